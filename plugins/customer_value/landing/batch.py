"""Batches on disk: immutable data files, a manifest written last, a verdict written by the audit.

``landing/<system>/<table>/<sequence>/`` holds one batch. Without ``manifest.json`` the batch does
not exist. Without an accepting ``verdict.json`` it is never built from. There is no other state:
the next watermark, the files already delivered and the next sequence are read from the manifests.
"""

import datetime as dt
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from customer_value import durable
from customer_value.errors import LandingError

Verdict = Literal["pending", "accepted", "rejected", "abandoned"]
MANIFEST = "manifest.json"
VERDICT = "verdict.json"
DATA = "data.parquet"
KEYS = "keys.parquet"
QUARANTINE = "quarantine.parquet"
PEOPLE = "people.parquet"


@dataclass(frozen=True)
class Batch:
    """One landed batch of one table."""

    directory: Path
    manifest: dict[str, Any]

    @property
    def sequence(self) -> int:
        return int(self.manifest["sequence"])

    @property
    def label(self) -> str:
        """Return the batch's full name, ``retail_crm.households.000012``."""
        return f"{self.manifest['system']}.{self.manifest['table']}.{self.sequence:06d}"

    @property
    def run_id(self) -> str:
        return str(self.manifest["run_id"])

    @property
    def observed_date(self) -> dt.date:
        return dt.date.fromisoformat(self.manifest["observed_date"])

    @property
    def rows_landed(self) -> int:
        return int(self.manifest["rows_landed"])

    @property
    def data(self) -> Path:
        return self.directory / DATA

    @property
    def keys(self) -> Path | None:
        """Return the listing of all keys the source held, if this batch carries one."""
        return self.directory / KEYS if KEYS in self.manifest["files"] else None

    @property
    def quarantine(self) -> Path | None:
        return self.directory / QUARANTINE if QUARANTINE in self.manifest["files"] else None

    @property
    def people(self) -> Path | None:
        """Return what this batch says about people; an erasure writes it anew, by another name."""
        names = [name for name in self.manifest["files"] if name.endswith(PEOPLE)]
        return self.directory / names[0] if names else None

    @cached_property
    def verdict(self) -> dict[str, Any]:
        path = self.directory / VERDICT
        return durable.read_json(path) if path.exists() else {"status": "pending"}

    @property
    def status(self) -> Verdict:
        status: Verdict = self.verdict["status"]
        return status

    @property
    def was_discarded(self) -> bool:
        """Return whether a person set this batch aside after it had been accepted."""
        return "discarded_by" in self.verdict

    def judge(self, verdict: dict[str, Any]) -> None:
        """Write the verdict beside the manifest."""
        durable.write_json(self.directory / VERDICT, verdict)
        self.__dict__.pop("verdict", None)

    def check_files(self) -> None:
        """Raise ``LandingError`` if a file is not byte for byte what was landed."""
        check_files(self.directory, self.manifest, label=self.label, fix=_reland(self))


def check_files(directory: Path, manifest: dict[str, Any], *, label: str, fix: str) -> None:
    """Raise ``LandingError`` if a file in ``directory`` is not what its manifest says."""
    for name, promised in manifest["files"].items():
        path = directory / name
        if not path.exists():
            raise LandingError(
                f"Landed file {name} of {label} is missing.", where=str(path), fix=fix
            )
        size = path.stat().st_size
        if size != promised["bytes"]:
            raise LandingError(
                f"Landed file {name} of {label} has {size:,} bytes, "
                f"its manifest says {promised['bytes']:,}.",
                where=str(path),
                fix=fix,
            )
        found = durable.sha256_of(path)
        if found != promised["sha256"]:
            raise LandingError(
                f"Landed file {name} of {label} changed after landing: SHA-256 is "
                f"{found[:16]}…, its manifest says {promised['sha256'][:16]}….",
                where=str(path),
                fix=fix,
            )


def _reland(batch: Batch) -> str:
    return (
        "Restore the file from a backup, or set the batch aside with "
        f"`customer-value landing discard {batch.label} --who NAME --why REASON` and load again."
    )


class LandedTable:
    """The batches of one table, oldest first."""

    def __init__(self, landing: Path, system: str, table: str) -> None:
        self.system = system
        self.table = table
        self.directory = landing / system / table

    def batches(self) -> list[Batch]:
        """Return every complete batch, whatever its verdict.

        Raises ``LandingError`` for a manifest that cannot be read: better to stop than to build
        from what is left.
        """
        return list(self._read())

    def accepted(self) -> list[Batch]:
        return [batch for batch in self.batches() if batch.status == "accepted"]

    def next_directory(self) -> tuple[int, Path]:
        """Return the next sequence and its folder, emptied of what a killed run left there."""
        last = max((batch.sequence for batch in self.batches()), default=0)
        directory = self.directory / f"{last + 1:06d}"
        if directory.exists():
            shutil.rmtree(directory)
        directory.mkdir(parents=True)
        return last + 1, directory

    def _read(self) -> Iterator[Batch]:
        for path in sorted(self.directory.glob(f"[0-9]*/{MANIFEST}")):
            try:
                manifest = durable.read_json(path)
                yield Batch(path.parent, manifest)
            except ValueError as error:
                raise LandingError(
                    f"The manifest of {self.system}.{self.table} {path.parent.name} is not JSON: "
                    f"{error}.",
                    where=str(path),
                    fix="Restore it from a backup, or move its folder away and load again.",
                ) from error


def write_manifest(directory: Path, manifest: dict[str, Any]) -> Batch:
    """Make what ``directory`` holds exist: sync its files, hash them, write the manifest last."""
    files = {}
    for name in (DATA, KEYS, QUARANTINE, PEOPLE):
        path = directory / name
        if path.exists():
            durable.sync_file(path)
            files[name] = {"bytes": path.stat().st_size, "sha256": durable.sha256_of(path)}
    durable.sync_directory(directory)
    manifest = manifest | {"files": files}
    durable.write_json(directory / MANIFEST, manifest)
    durable.sync_directory(directory.parent)
    return Batch(directory, manifest)
