"""Make an audited candidate the live version, or refuse; and go back to an earlier one."""

import shutil
from typing import Any

from customer_value import durable
from customer_value.errors import PublishRefusedError, VersionError
from customer_value.failpoints import failpoint
from customer_value.runs import Run
from customer_value.settings import Settings
from customer_value.warehouse.candidate import Candidate, load_candidate
from customer_value.warehouse.lock import exclusive
from customer_value.warehouse.versions import DATABASE, SEAL, Version, Versions

GATE = "gate.json"


def record_gate(candidate: Candidate, evaluated: int) -> None:
    """Record that this very file passed its audit."""
    sealed = durable.read_json(candidate.sealed / SEAL)
    durable.write_json(
        candidate.sealed / GATE,
        {
            "run_id": candidate.run.run_id,
            "file_sha256": sealed["file"]["sha256"],
            "digest": sealed["digest"],
            "expectations_evaluated": evaluated,
        },
    )


def publish(run: Run) -> dict[str, Any]:
    """Publish this run's sealed candidate; return the version, and whether it is the live one.

    A version for an earlier as-of date than the live one (a backfill) is kept beside it: readers
    never go back except by ``rollback``. Doing it again does nothing more. Call it under the
    writer lock. Raises ``PublishRefusedError`` when the file is not the audited one, when another
    version went live since the build began, or when a newer run has overtaken this one.
    """
    failpoint("publish.started")
    candidate = load_candidate(run)
    versions = Versions(run.settings)
    versions.recover_moves()
    live = versions.live()
    if live is None or live.name != candidate.version_name:
        _refuse_stale(candidate, live, versions)
    version = _move_into_place(candidate, versions)
    failpoint("publish.version_moved")
    if live is None or (live.name != version.name and version.as_of_date >= live.as_of_date):
        versions.point_to(version, kind="publish", by=run.run_id, why="load")
        live = version
    pruned = versions.prune()
    _clean_build(run)
    failpoint("publish.pruned")
    return {
        "version": version.name,
        "live": live.name == version.name,
        "live_version": live.name,
        "as_of_date": version.as_of_date.isoformat(),
        "digest": version.seal["digest"],
        "path": str(versions.pointer / DATABASE),
        "pruned": pruned,
    }


def rollback(settings: Settings, name: str | None, *, who: str, why: str) -> dict[str, Any]:
    """Point readers to an earlier version (by default the one before) and record who and why."""
    if not who.strip() or not why.strip():
        raise PublishRefusedError(
            "A rollback needs a name and a reason.",
            where="rollback",
            fix="Give both: `customer-value rollback --who NAME --why REASON`.",
        )
    with exclusive(
        settings.warehouse / ".lock",
        holder=f"rollback by {who}",
        wait_seconds=settings.lock_wait_seconds,
    ):
        versions = Versions(settings)
        versions.recover_moves()
        live = versions.live()
        target = versions.get(name) if name else _before(versions, live)
        target.check()
        versions.point_to(target, kind="rollback", by=who, why=why)
    return {
        "version": target.name,
        "before": live.name if live else None,
        "as_of_date": target.as_of_date.isoformat(),
    }


def _before(versions: Versions, live: Version | None) -> Version:
    """Return the version that was live before the present one and still exists."""
    kept = {version.name: version for version in versions.all()}
    for move in reversed(versions.moves()):
        if live and move["version"] == live.name and move["before"] in kept:
            return kept[move["before"]]
    others = [name for name in kept if not live or name != live.name]
    raise VersionError(
        "There is no earlier live version to go back to.",
        where=str(versions.folder),
        fix=f"Name one: {', '.join(others)}." if others else "No other is kept: load again.",
    )


def _move_into_place(candidate: Candidate, versions: Versions) -> Version:
    target = versions.folder / candidate.version_name
    if not target.exists():
        _check_gate(candidate)
        versions.folder.mkdir(parents=True, exist_ok=True)
        candidate.sealed.rename(target)
        durable.sync_directory(versions.folder)
    version = versions.get(target.name)
    version.check()
    if version.seal["run_id"] != candidate.run.run_id:
        raise PublishRefusedError(
            f"Version {target.name} belongs to run {version.seal['run_id']}.",
            where=str(target),
            fix="Run the load again; it takes a new number.",
        )
    return version


def _check_gate(candidate: Candidate) -> None:
    gate = candidate.sealed / GATE
    where = str(candidate.sealed)
    if not gate.exists():
        raise PublishRefusedError(
            f"Run {candidate.run.run_id} was not audited.",
            where=where,
            fix="Run audit_marts first; nothing is published without it.",
        )
    passed = durable.read_json(gate)
    found = durable.sha256_of(candidate.sealed / DATABASE)
    if passed["file_sha256"] != found:
        raise PublishRefusedError(
            f"The file changed after its audit: SHA-256 was {passed['file_sha256'][:16]}…, "
            f"is {found[:16]}….",
            where=where,
            fix="Run the load again from build_history, and find out who wrote to that file.",
        )


def _refuse_stale(candidate: Candidate, live: Version | None, versions: Versions) -> None:
    now = live.name if live else None
    newer = [int(version.name) for version in versions.all() if int(version.name) > candidate.fence]
    if now != candidate.base:
        other = live.seal["run_id"] if live else "nobody"
        raise PublishRefusedError(
            f"Run {candidate.run.run_id} was built on version {candidate.base or 'none'}, but "
            f"run {other} made version {now or 'none'} live meanwhile.",
            where=str(versions.pointer),
            fix="Load again: it builds on what is live now.",
        )
    if newer:
        raise PublishRefusedError(
            f"Run {candidate.run.run_id} has number {candidate.fence}; a newer run "
            f"({max(newer)}) has overtaken it.",
            where=str(versions.folder),
            fix="Load again if this day's numbers are still wanted.",
        )


def _clean_build(run: Run) -> None:
    """Delete scratch space: this run's, and that of other runs that were building.

    Whoever builds holds the writer lock, which is ours now, so those runs are dead or refused; a
    run that is extracting holds another lock and keeps its space.
    """
    for path in run.settings.build.glob("*"):
        if path.name in ("dbt", run.run_id) or not path.is_dir():
            continue
        if (path / "candidate.json").exists():
            shutil.rmtree(path, ignore_errors=True)
    for name in ("candidate.duckdb", "candidate.duckdb.wal"):
        (run.build_directory / name).unlink(missing_ok=True)
