"""The steps of a load. Airflow's operators and the command line both call these, and only these.

Each step records how it went in the ledger, returns ids and counts, and on failure says what
readers see. Any step may be run again: what is done already is not done twice.
"""

import datetime as dt
import errno
import logging
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from customer_value.audit.gates import judge_batches, judge_sealed
from customer_value.errors import (
    CustomerValueError,
    ResourceError,
    VersionError,
)
from customer_value.extract.connect import Connections
from customer_value.extract.system import extract_system
from customer_value.failpoints import failpoint
from customer_value.landing.batch import Batch
from customer_value.privacy.erase import erase as erase_person
from customer_value.privacy.people import write_people
from customer_value.runs import Run, run_ids
from customer_value.settings import Settings
from customer_value.sources.contract import load_system, load_systems
from customer_value.transform.build import build
from customer_value.warehouse import publish
from customer_value.warehouse.candidate import create_candidate, load_candidate
from customer_value.warehouse.lock import exclusive
from customer_value.warehouse.readonly import find_version, open_version
from customer_value.warehouse.seal import seal
from customer_value.warehouse.versions import Versions

log = logging.getLogger(__name__)
Summary = dict[str, Any]
# What dbt can build only once lifetime value is fitted.
AFTER_FIT = "tag:after_fit"
OnStep = Callable[[str, Summary], None]
RESOURCE_ERRORS = {
    errno.ENOSPC: "The disk is full",
    errno.EDQUOT: "The disk quota is used up",
    errno.EROFS: "The file system is read-only",
    errno.EACCES: "Permission is denied",
    errno.EPERM: "Permission is denied",
    errno.EMFILE: "Too many files are open",
    errno.EIO: "The disk failed to read or write",
}


def systems(settings: Settings) -> list[str]:
    """Return the names of all declared source systems."""
    return list(load_systems(settings.sources))


def extract_source(run: Run, system: str, connections: Connections) -> Summary:
    """Land what changed in one source system since its last accepted batches."""
    with _step(run, f"extract_source.{system}") as result:
        contract = load_system(run.settings.sources, system)
        batches = extract_system(run, contract, connections)
        result["tables"] = {batch.manifest["table"]: _counts(batch) for batch in batches}
    return result


def audit_source(run: Run, system: str) -> Summary:
    """Accept this run's batches of one system if all are believable; else reject them, raise."""
    with _step(run, f"audit_source.{system}") as result:
        contract = load_system(run.settings.sources, system)
        result |= judge_batches(run, contract)
        for warning in result["warnings"]:
            log.warning(warning)
    return result


def build_history(run: Run) -> Summary:
    """Start a candidate over all accepted batches and build staging and intermediate in it."""
    with _step(run, "build_history") as result, _writing(run):
        candidate = create_candidate(run)
        result |= {"version": candidate.version_name, "batches": len(candidate.batches)}
        result |= build(
            candidate, "resource_type:seed", "staging", "intermediate", exclude=[AFTER_FIT]
        )
        failpoint("build.history_built")
    return result


def fit_lifetime_value(run: Run) -> Summary:
    """Fit what is due, or take up the month's fit, and write what the marts are scored by."""
    from customer_value.prediction.step import fit_lifetime_value as fit  # SciPy: a second

    with _step(run, "fit_lifetime_value") as result, _writing(run):
        result |= fit(load_candidate(run, to_build=True))
    return result


def build_marts(run: Run) -> Summary:
    """Build the marts in the candidate and seal a copy of them."""
    with _step(run, "build_marts") as result, _writing(run):
        candidate = load_candidate(run, to_build=True)
        result |= build(candidate, AFTER_FIT, "marts")
        failpoint("build.marts_built")
        sealed = seal(candidate)
        result |= {
            "version": sealed["version"],
            "digest": sealed["digest"],
            "rows": {name: facts["rows"] for name, facts in sealed["tables"].items()},
            "bytes": sealed["file"]["bytes"],
        }
    return result


def audit_marts(run: Run) -> Summary:
    """Let the sealed file pass if its marts are believable; else raise."""
    with _step(run, "audit_marts") as result, _writing(run):
        candidate = load_candidate(run)
        result |= judge_sealed(candidate)
        publish.record_gate(candidate, result["evaluated"])
        failpoint("audit.marts_recorded")
    return result


def publish_warehouse(run: Run) -> Summary:
    """Publish the audited file as a new version, and write the people file beside it."""
    with _step(run, "publish_warehouse") as result, _writing(run):
        result |= publish.publish(run)
        result["people"] = write_people(run.settings)
        failpoint("publish.people_written")
    return result


def load(run: Run, connections: Connections, on_step: OnStep | None = None) -> Summary:
    """Do the whole load in this process under the writer lock; return what was published."""
    say = on_step or (lambda _name, _summary: None)
    with _explained(run.settings, run), _writing(run):
        names = systems(run.settings)
        for name in names:
            say(f"extract_source.{name}", extract_source(run, name, connections))
            say(f"audit_source.{name}", audit_source(run, name))
        for step in (build_history, fit_lifetime_value, build_marts, audit_marts):
            say(step.__name__, step(run))
        published = publish_warehouse(run)
        say("publish_warehouse", published)
    return published


def backtest_lifetime_value(
    settings: Settings, name: str, on_step: OnStep | None = None
) -> Summary:
    """Hold the models of past quarters against what came, by the live version; publish nothing.

    Raises ``BacktestError`` when the latest of them left its band.
    """
    from customer_value.prediction.review import refuse_left_bands, review  # SciPy: a second

    with _explained(settings):
        version = find_version(settings)
    run = Run.named(name, version.as_of_date, settings)
    with _step(run, "backtest_lifetime_value") as result:
        connection = open_version(settings, version)
        try:
            reviews = review(connection, version.as_of_date)
        finally:
            connection.close()
        result["version"] = version.name
        result["reviews"] = [one.as_record() for one in reviews]
        if on_step:
            on_step("backtest_lifetime_value", result)
        refuse_left_bands(reviews, where=f"marts of version {version.name}, run {run.run_id}")
    return result


def rollback(settings: Settings, version: str | None, who: str, why: str) -> Summary:
    """Point readers to an earlier version; see ``warehouse.publish.rollback``."""
    with _explained(settings):
        return publish.rollback(settings, version, who=who, why=why)


def erase(settings: Settings, person_id: str, who: str, why: str) -> Summary:
    """Erase a person from every file; see ``privacy.erase.erase``."""
    with _explained(settings):
        return erase_person(settings, person_id, who=who, why=why)


def run_summary(settings: Settings, run_id: str) -> Summary:
    """Return what one run did: rows by table, audits, version, seconds by step."""
    directory = settings.runs / run_id
    if not directory.is_dir():
        known = ", ".join(run_ids(settings)[-5:]) or "none"
        raise VersionError(
            f"There is no run {run_id!r}.",
            where=str(settings.runs),
            fix=f"Choose one; the latest are: {known}.",
        )
    steps = Run(run_id, dt.date.fromisoformat(run_id[:10]), settings).steps()
    by_name = {step["step"]: step for step in steps}
    tables = {
        f"{system}.{table}": counts
        for system in systems(settings)
        for table, counts in by_name.get(f"extract_source.{system}", {})
        .get("result", {})
        .get("tables", {})
        .items()
    }
    audits = {
        name: {
            "status": step["status"],
            "evaluated": step.get("result", {}).get("evaluated", 0),
            "failed": step.get("result", {}).get("failed", 0),
        }
        for name, step in by_name.items()
        if name.startswith("audit_")
    }
    failures = [step for step in steps if step["status"] == "failed"]
    unfinished = any(step["status"] == "running" for step in steps)
    return {
        "run_id": run_id,
        "as_of_date": run_id[:10],
        "status": "failed" if failures else "unfinished" if unfinished else "done",
        "error": failures[-1] if failures else None,
        "tables": tables,
        "audits": audits,
        "warnings": [
            warning for step in steps for warning in step.get("result", {}).get("warnings", [])
        ],
        "published": by_name.get("publish_warehouse", {}).get("result", {}),
        "seconds": {step["step"]: step["seconds"] for step in steps},
    }


@contextmanager
def _step(run: Run, name: str) -> Iterator[Summary]:
    with _explained(run.settings, run), run.step(name) as result, _explained(run.settings, run):
        yield result


@contextmanager
def _explained(settings: Settings, run: Run | None = None) -> Iterator[None]:
    """Say in every expected error what readers see now; explain what the system refused."""
    try:
        yield
    except CustomerValueError as error:
        error.state = error.state or state_for_readers(settings, run)
        raise
    except OSError as error:
        if error.errno not in RESOURCE_ERRORS:
            raise
        explained = _resource_error(error, settings)
        explained.state = state_for_readers(settings, run)
        raise explained from error


def _resource_error(error: OSError, settings: Settings) -> ResourceError:
    place = Path(str(error.filename or settings.home))
    existing = next((path for path in (place, *place.parents) if path.exists()), Path("/"))
    free = shutil.disk_usage(existing).free
    facts = existing.stat()
    return ResourceError(
        f"{RESOURCE_ERRORS[error.errno or 0]}: {error.strerror}.",
        where=f"{place} (free: {free / 1e6:,.0f} MB; {existing} is mode "
        f"{facts.st_mode & 0o777:04o}, owner {facts.st_uid})",
        fix="Free space there, or give this user access (chown, chmod u+rwX); then run again. "
        "`customer-value doctor` checks every place.",
    )


def state_for_readers(settings: Settings, run: Run | None = None) -> str:
    """Return what readers see after something failed, in ``run`` or outside of any."""
    try:
        live = Versions(settings).live()
    except (CustomerValueError, OSError, ValueError):
        return "the pointer to the live version is broken; `customer-value doctor` looks into it."
    if live is None:
        return "nothing has been published yet."
    named = f"version {live.name} (as of {live.as_of_date})"
    if run is not None and live.seal["run_id"] == run.run_id:
        return f"{named} of this very run is live already, complete and audited."
    return f"{named} is still live; nothing changed for readers."


@contextmanager
def _writing(run: Run) -> Iterator[None]:
    with exclusive(
        run.settings.warehouse / ".lock",
        holder=f"run {run.run_id}",
        wait_seconds=run.settings.lock_wait_seconds,
    ):
        yield


def _counts(batch: Batch) -> Summary:
    manifest = batch.manifest
    return {
        "batch": batch.sequence,
        "kind": manifest["kind"],
        "rows_in": manifest["rows_in"],
        "rows_landed": manifest["rows_landed"],
        "rows_duplicate": manifest["rows_duplicate"],
        "rows_quarantined": manifest["rows_quarantined"],
    }
