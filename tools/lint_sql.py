"""sqlfluff in less time, with the same findings.

Garbage is collected seldom, and the layout of a file is taken apart once for all rules that ask
for it: a tree does not change while it is linted, and is another after it was fixed. The worker
processes import this module too, and so do the same.
"""

import gc

gc.set_threshold(500_000, 50, 100)

from typing import Any  # noqa: E402

from sqlfluff.cli.commands import cli  # noqa: E402 - its import alone makes garbage
from sqlfluff.utils.reflow.sequence import ReflowSequence  # noqa: E402

take_apart = ReflowSequence.from_root
latest: dict[str, Any] = {"tree": None}


def from_root(root_segment: Any, config: Any) -> ReflowSequence:
    """Take a tree apart as sqlfluff does, unless it is the tree of the call before."""
    if latest["tree"] is not root_segment:
        latest.update(tree=root_segment, sequence=take_apart(root_segment, config))
    return latest["sequence"]


ReflowSequence.from_root = from_root  # type: ignore[method-assign]

if __name__ == "__main__":
    cli()
