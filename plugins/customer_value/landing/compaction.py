"""A closed month's many small batches as one file, so that years of nights stay cheap to read.

``landing/<system>/<table>/compacted/<month>-<digest>/`` holds a copy of the rows, and of the key
listings, of the accepted batches that were observed in a month before the table's latest. The
digest names the batches and their content: a batch that is discarded later gives another name,
and the file is made anew. The batches themselves stay as they are; a compacted file can be
deleted at any time and the next build writes it again.
"""

import hashlib
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import duckdb

from customer_value import durable
from customer_value.failpoints import failpoint
from customer_value.landing.batch import DATA, KEYS, MANIFEST, Batch, check_files, write_manifest
from customer_value.landing.land import PARQUET
from customer_value.sql import literal, literals

COMPACTED = "compacted"


@dataclass(frozen=True, slots=True)
class Files:
    """The files that hold a table's rows and its key listings, every batch in exactly one."""

    data: tuple[Path, ...]
    keys: tuple[Path, ...]


def compact(connection: duckdb.DuckDBPyConnection, batches: Sequence[Batch]) -> Files:
    """Return what to read for one table's accepted batches, oldest first.

    Writes the closed months that are not compacted yet. Every file is compared with its hash.
    Raises ``LandingError`` for one that is not byte for byte what was written. Call it under the
    writer lock.
    """
    data: list[Path] = []
    keys: list[Path] = []
    for (month, _), group in groupby(batches, key=_month_and_types):
        members = list(group)
        if len(members) > 1 and month < _month(batches[-1]):
            directory = _compacted(connection, month, members)
            data.append(directory / DATA)
            keys.extend(path for path in [directory / KEYS] if path.exists())
            continue
        for batch in members:
            batch.check_files()
            data.append(batch.data)
            keys.extend(path for path in [batch.keys] if path)
    return Files(tuple(data), tuple(keys))


def _month(batch: Batch) -> str:
    return batch.observed_date.isoformat()[:7]


def _month_and_types(batch: Batch) -> tuple[str, dict[str, str]]:
    """Files of different column types are not mixed: each is cast to today's contract when read."""
    return _month(batch), batch.manifest["columns"]


def _compacted(connection: duckdb.DuckDBPyConnection, month: str, members: list[Batch]) -> Path:
    """Return the folder with the rows of ``members``, written now unless it is there."""
    sources = {f"{batch.sequence:06d}": _hashes(batch) for batch in members}
    digest = hashlib.sha256(repr(sorted(sources.items())).encode()).hexdigest()
    directory = members[0].directory.parent / COMPACTED / f"{month}-{digest[:16]}"
    manifest = directory / MANIFEST
    if not manifest.exists():
        for batch in members:
            batch.check_files()
        shutil.rmtree(directory, ignore_errors=True)
        directory.mkdir(parents=True)
        _copy(connection, (batch.data for batch in members), directory / DATA)
        listings = [batch.keys for batch in members if batch.keys]
        if listings:
            _copy(connection, listings, directory / KEYS)
        failpoint("build.compaction_copied")
        write_manifest(directory, {"batches": sources})
    check_files(
        directory,
        durable.read_json(manifest),
        label=f"compacted {members[0].manifest['system']}.{members[0].manifest['table']} {month}",
        fix=f"Delete {directory}: its batches are unharmed and the next load writes it again.",
    )
    return directory


def _copy(connection: duckdb.DuckDBPyConnection, sources: Iterable[Path], target: Path) -> None:
    connection.execute(
        f"copy (select * from read_parquet({literals(sources)})) to {literal(target)} {PARQUET}"
    )


def _hashes(batch: Batch) -> dict[str, Any]:
    return {
        name: promised["sha256"]
        for name, promised in batch.manifest["files"].items()
        if name in (DATA, KEYS)
    }
