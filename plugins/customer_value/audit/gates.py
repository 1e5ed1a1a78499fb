"""The two gates: landed batches on the way in, the sealed marts on the way out."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb

from customer_value.audit.landed import Delivery, audit_deliveries
from customer_value.audit.report import AuditReport, raise_for_failures
from customer_value.audit.run import AuditTarget, audit_tables, table_targets
from customer_value.audit.suites import MARTS, OF_UNIT, judged_table, pinned_tables
from customer_value.errors import AuditError, LandingError, SuiteError
from customer_value.extract.rules import RULES
from customer_value.failpoints import failpoint
from customer_value.landing.batch import Batch, LandedTable
from customer_value.runs import Run
from customer_value.sources.contract import System, Table
from customer_value.warehouse.candidate import Candidate
from customer_value.warehouse.versions import DATABASE


def judge_batches(run: Run, system: System) -> dict[str, Any]:
    """Accept this run's batches of ``system`` if all are believable, else reject them and raise.

    A batch judged before keeps its verdict, so that a repeated task does the rest and no more.
    """
    landed = {
        table.name: LandedTable(run.settings.landing, system.name, table.name).batches()
        for table in system.tables.values()
    }
    mine = [
        [batch for batch in batches if batch.run_id == run.run_id][-1:]
        for batches in landed.values()
    ]
    latest = [batch for batches in mine for batch in batches]
    unusable = [batch.label for batch in latest if batch.status not in ("pending", "accepted")]
    if unusable or not latest:
        raise LandingError(
            f"Run {run.run_id} has no batch to judge of {', '.join(unusable) or system.name}: "
            f"{'set aside before' if unusable else 'nothing was landed'}.",
            where=str(run.settings.landing / system.name),
            fix="Run extract_source again (in Airflow: clear it with all tasks after it).",
        )
    pending = [batch for batch in latest if batch.status == "pending"]
    if not pending:
        return _summary(latest[0].verdict["audit"]) | {
            "warnings": _missing_days(run, system, landed)
        }
    for batch in pending:
        batch.check_files()
    deliveries = [
        _delivery(system, system.table(str(batch.manifest["table"])), batch, landed)
        for batch in pending
    ]
    report = audit_deliveries(
        deliveries,
        database=run.build_directory / "audit" / f"{system.name}.duckdb",
        settings=run.settings,
        run_id=run.run_id,
        as_of_date=run.as_of_date,
        label=system.name,
    )
    outcome = _outcome(report)
    for batch in pending:
        batch.judge(
            {
                "status": "accepted" if report.passed else "rejected",
                "by_run": run.run_id,
                "audit": outcome,
            }
        )
        failpoint("audit.verdict_written")
    raise_for_failures(report, [line for batch in pending for line in _quarantined(batch)])
    return _summary(outcome) | {"warnings": _missing_days(run, system, landed)}


def _missing_days(run: Run, system: System, landed: dict[str, list[Batch]]) -> list[str]:
    """Say which tables have no row of the last business day.

    A warning and no failure: a shop may be closed, and the night after brings what came late.
    """
    last_day = run.as_of_date - dt.timedelta(days=1)
    warnings = []
    for table in system.tables.values():
        if table.volume_date is None or table.optional:
            continue
        accepted = [batch for batch in landed[table.name] if batch.status == "accepted"]
        days = [day for day in _volume(accepted) if day <= last_day]
        if max(days, default=None) != last_day:
            newest = f"the newest is of {max(days)}" if days else "none has come yet"
            warnings.append(
                f"{system.name}.{table.name} has no row of {last_day}; {newest}. Unless the "
                "source was closed that day, ask for the delivery: the next load takes it in."
            )
    return warnings


def judge_sealed(candidate: Candidate) -> dict[str, Any]:
    """Return what the audit of the sealed marts counted; raises ``AuditError`` if any failed."""
    run = candidate.run
    database = candidate.sealed / DATABASE
    report = audit_tables(
        database,
        mart_targets(run.settings.project, database),
        settings=run.settings,
        run_id=run.run_id,
        label=MARTS,
    )
    raise_for_failures(report)
    return _summary(_outcome(report))


def mart_targets(project: Path, database: Path) -> list[AuditTarget]:
    """Return the targets for every mart in ``database``.

    Raises ``SuiteError`` for a mart without a suite, or a unit's rows in it without one, and for a
    pinned suite without its mart.
    """
    judging: dict[str, list[str]] = {}
    for suite in pinned_tables(project):
        if suite.startswith(f"{MARTS}."):
            judging.setdefault(judged_table(suite), []).append(suite)
    connection = duckdb.connect(str(database), read_only=True)
    try:
        found = {
            f"{MARTS}.{name}"
            for (name,) in connection.execute(
                "select table_name from duckdb_tables() where schema_name = ?", [MARTS]
            ).fetchall()
        }
        unjudged = [
            f"{table}{OF_UNIT}{unit}"
            for table, suites in judging.items()
            if table in found and table not in suites
            for (unit,) in connection.execute(
                f"select business_unit from {table} group by business_unit order by business_unit"
            ).fetchall()
            if f"{table}{OF_UNIT}{unit}" not in suites
        ]
    finally:
        connection.close()
    gone = sorted(judging.keys() - found)
    if gone:
        raise SuiteError(
            f"The sealed file lacks {', '.join(gone)}, which a reviewed suite guards.",
            where=str(database),
            fix="Build the mart again, or remove its suite and run `customer-value suites pin`.",
        )
    if not found:
        raise AuditError(
            "The sealed file holds no mart.",
            where=str(database),
            fix="Run build_marts again (in Airflow: clear it with all tasks after it).",
        )
    return [
        target
        for table in sorted(found)
        for suite in [*judging.get(table, [table]), *unjudged]
        if judged_table(suite) == table
        for target in table_targets(project, suite)
    ]


def _delivery(
    system: System, table: Table, batch: Batch, landed: dict[str, list[Batch]]
) -> Delivery:
    earlier = [
        other
        for other in landed[table.name]
        if other.status == "accepted" and other.sequence < batch.sequence
    ]
    listed = [other.manifest["keys_listed"] for other in earlier if "keys_listed" in other.manifest]
    manifest = batch.manifest
    return Delivery(
        system=system.name,
        table=table.name,
        data_paths=(batch.data,),
        rows_in=int(manifest["rows_in"]),
        rows_landed=batch.rows_landed,
        rows_duplicate=int(manifest["rows_duplicate"]),
        rows_quarantined=int(manifest["rows_quarantined"]),
        rows_listed=manifest.get("keys_listed"),
        previous_rows=listed[-1] if listed else None,
        volume=_volume([batch]) if table.volume_date else None,
        volume_history=_volume(earlier),
    )


def _quarantined(batch: Batch) -> list[str]:
    """Say which rows of a batch could not be used, by rule and first place."""
    return [
        f"- {batch.label}: {entry['rows']:,} rows in quarantine, {entry['column'] or 'line'}: "
        f"{RULES[entry['rule']]}, first at {entry['first_file'] or 'the database'}"
        + (f" row {entry['first_row']}" if entry["first_row"] else "")
        for entry in batch.manifest["quarantine"]
    ]


def _volume(batches: Sequence[Batch]) -> dict[dt.date, int]:
    rows: dict[dt.date, int] = {}
    for batch in batches:
        for day, count in batch.manifest.get("volume", {}).items():
            date = dt.date.fromisoformat(day)
            rows[date] = rows.get(date, 0) + int(count)
    return rows


def _outcome(report: AuditReport) -> dict[str, Any]:
    return {
        "evaluated": report.evaluated,
        "failures": [str(failure) for failure in report.failures],
        "accepted": report.accepted,
        "docs": str(report.docs),
    }


def _summary(outcome: dict[str, Any]) -> dict[str, Any]:
    return {
        "evaluated": outcome["evaluated"],
        "failed": len(outcome["failures"]),
        "accepted": outcome["accepted"],
        "docs": outcome["docs"],
    }
