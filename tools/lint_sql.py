"""sqlfluff in less time, with the same findings.

Garbage is collected seldom. The layout of a file is taken apart once for all rules that ask for
it: a tree does not change while it is linted, and is another after it was fixed. And no rule looks
at what one call of a macro became: sqlfluff leaves out what it finds there. That takes settings by
which no rule goes by what it saw elsewhere in the file, as "consistent" would.
"""

import gc

gc.set_threshold(500_000, 50, 100)

from typing import Any  # noqa: E402

from sqlfluff.cli.commands import cli  # noqa: E402 - its import alone makes garbage
from sqlfluff.core.rules.crawlers import SegmentSeekerCrawler  # noqa: E402
from sqlfluff.utils.reflow.sequence import ReflowSequence  # noqa: E402

take_apart = ReflowSequence.from_root
looks_at = SegmentSeekerCrawler.passes_filter
latest: dict[str, Any] = {"tree": None, "file": None}


def from_root(root_segment: Any, config: Any) -> ReflowSequence:
    """Take a tree apart as sqlfluff does, unless it is the tree of the call before."""
    if latest["tree"] is not root_segment:
        latest.update(tree=root_segment, sequence=take_apart(root_segment, config))
    return latest["sequence"]


def passes_filter(self: SegmentSeekerCrawler, segment: Any) -> bool:
    """Return whether a rule is to look at a part of a file and at what it consists of."""
    source = segment.pos_marker.source_slice
    if (source.start, source.stop) in calls(segment.pos_marker.templated_file):
        return False
    return looks_at(self, segment)


def calls(file: Any) -> set[tuple[int, int]]:
    """Return where a file's calls of macros begin and end."""
    if latest["file"] is not file:
        parts = file.raw_sliced
        ends = [*(part.source_idx for part in parts[1:]), len(file.source_str)]
        found = {
            (part.source_idx, end)
            for part, end in zip(parts, ends, strict=True)
            if part.slice_type == "templated"
        }
        latest.update(file=file, calls=found)
    return latest["calls"]


ReflowSequence.from_root = from_root  # type: ignore[method-assign]
SegmentSeekerCrawler.passes_filter = passes_filter  # type: ignore[method-assign]

if __name__ == "__main__":
    cli()
