"""The published versions: which there are, which is live, and every move of the pointer.

``warehouse/versions/<number>/`` holds a version, read-only for ever. ``warehouse/current`` is a
symbolic link to the live one; replacing it is the only act of publishing.
"""

import datetime as dt
import json
import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from customer_value import durable
from customer_value.errors import VersionError
from customer_value.failpoints import failpoint
from customer_value.settings import Settings

DATABASE = "customer_value.duckdb"
SEAL = "seal.json"
VERSION = re.compile(r"^[0-9]{6}$")


@dataclass(frozen=True, slots=True)
class Version:
    """One sealed version on disk."""

    directory: Path
    seal: dict[str, Any]

    @property
    def name(self) -> str:
        return self.directory.name

    @property
    def database(self) -> Path:
        return self.directory / DATABASE

    @property
    def as_of_date(self) -> dt.date:
        return dt.date.fromisoformat(self.seal["as_of_date"])

    def check(self) -> None:
        """Raise ``VersionError`` if the file is not byte for byte what was sealed."""
        wal = self.database.with_name(f"{DATABASE}.wal")
        if wal.exists():
            raise VersionError(
                f"A write-ahead log lies beside version {self.name}; opening the version would "
                "replay it.",
                where=str(wal),
                fix=f"Move {wal} away and look at who put it there.",
            )
        size = self.database.stat().st_size if self.database.exists() else 0
        found = durable.sha256_of(self.database) if size else "nothing"
        if found != self.seal["file"]["sha256"]:
            raise VersionError(
                f"Version {self.name} is damaged: {size:,} bytes with SHA-256 {found[:16]}…, "
                f"sealed were {self.seal['file']['bytes']:,} with "
                f"{self.seal['file']['sha256'][:16]}….",
                where=str(self.database),
                fix="Go back to a sound version with `customer-value rollback`, then load again.",
            )


class Versions:
    """The versions below one warehouse folder."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.folder = settings.warehouse / "versions"
        self.pointer = settings.warehouse / "current"
        self.moves_file = settings.warehouse / "moves.jsonl"

    def all(self) -> list[Version]:
        """Return every version with a readable seal, oldest first."""
        seals = sorted(self.folder.glob(f"*/{SEAL}"))
        return [_read(path) for path in seals if VERSION.match(path.parent.name)]

    def live(self) -> Version | None:
        """Return the version readers see, or ``None`` before the first publish.

        Raises ``VersionError`` if the pointer leads nowhere.
        """
        if not self.pointer.is_symlink():
            if self.pointer.exists():
                raise self._broken_pointer("is not a symbolic link")
            return None
        target = self.pointer.readlink()
        if target.parent != Path("versions") or not VERSION.match(target.name):
            raise self._broken_pointer(f"leads to {str(target)!r}")
        return self.get(target.name)

    def get(self, name: str) -> Version:
        """Return one version; raises ``VersionError`` listing those there are."""
        seal = self.folder / name / SEAL
        if not VERSION.match(name) or not seal.exists():
            there = ", ".join(version.name for version in self.all()) or "none"
            raise VersionError(
                f"There is no version {name!r}.",
                where=str(self.folder),
                fix=f"Choose one of: {there}.",
            )
        return _read(seal)

    def point_to(self, version: Version, *, kind: str, by: str, why: str) -> None:
        """Make ``version`` the live one in one atomic step, and record the move."""
        before = self.pointer.readlink().name if self.pointer.is_symlink() else None
        temporary = self.pointer.with_name(f".current.{os.getpid()}")
        temporary.unlink(missing_ok=True)
        temporary.symlink_to(Path("versions") / version.name)
        durable.sync_directory(self.pointer.parent)
        failpoint("publish.pointer_prepared")
        temporary.replace(self.pointer)
        durable.sync_directory(self.pointer.parent)
        failpoint("publish.pointer_swapped")
        self._record(version.name, before, kind=kind, by=by, why=why)
        failpoint("publish.move_recorded")

    def moves(self) -> list[dict[str, Any]]:
        """Return every move of the pointer, oldest first."""
        if not self.moves_file.exists():
            return []
        lines = self.moves_file.read_text(encoding="utf-8").splitlines()
        return [json.loads(line) for line in lines if line.endswith("}")]

    def recover_moves(self) -> None:
        """Record a move that a killed run made without recording it."""
        live = self.live()
        moves = self.moves()
        recorded = moves[-1]["version"] if moves else None
        if live is not None and live.name != recorded:
            self._record(
                live.name, recorded, kind="publish", by=live.seal["run_id"], why="recovered"
            )

    def prune(self) -> list[str]:
        """Delete the oldest versions beyond the number to keep; never the live one."""
        live = self.live()
        versions = self.all()
        surplus = versions[: max(0, len(versions) - self.settings.keep_versions)]
        removed = []
        for version in surplus:
            if live is None or version.name == live.name:
                continue
            # Renamed first, so that a half-deleted folder is never taken for a version.
            doomed = self.folder / f".{version.name}.pruned"
            version.directory.rename(doomed)
            shutil.rmtree(doomed)
            removed.append(version.name)
        return removed

    def orphans(self) -> list[Path]:
        """Return what killed runs left: folders without a seal, temporary pointers."""
        unsealed = [
            path
            for path in self.folder.glob("*")
            if path.is_dir() and not (VERSION.match(path.name) and (path / SEAL).exists())
        ]
        return unsealed + sorted(self.pointer.parent.glob(".current.*"))

    def _record(self, version: str, before: str | None, *, kind: str, by: str, why: str) -> None:
        move = {
            "at_utc": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
            "version": version,
            "before": before,
            "kind": kind,
            "by": by,
            "why": why,
        }
        torn = self.moves_file.exists() and not self.moves_file.read_bytes().endswith(b"\n")
        with self.moves_file.open("a", encoding="utf-8") as file:
            file.write(("\n" if torn else "") + json.dumps(move, ensure_ascii=False) + "\n")
            file.flush()
            os.fsync(file.fileno())

    def _broken_pointer(self, problem: str) -> VersionError:
        versions = self.all()
        newest = versions[-1].name if versions else "a version"
        return VersionError(
            f"The pointer to the live version {problem}.",
            where=str(self.pointer),
            fix=f"`customer-value doctor --fix` points it to the newest sound version ({newest}).",
        )


def _read(seal: Path) -> Version:
    try:
        return Version(seal.parent, durable.read_json(seal))
    except ValueError as error:
        raise VersionError(
            f"The seal of version {seal.parent.name} is damaged: {error}.",
            where=str(seal),
            fix=f"Restore {seal} from a backup, or move its folder out of {seal.parent.parent}.",
        ) from error
