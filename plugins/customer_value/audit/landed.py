"""Is what one source system delivered believable, compared with what it delivered before?

The audit gets its own small DuckDB file, schema ``landing_<system>``. Per table it holds a view
over the new rows and two summaries:

- ``<table>__batch``, one row: ``rows_in``, ``rows_landed``, ``rows_duplicate``,
  ``rows_quarantined``, ``quarantined_ratio``, ``rows_listed`` (rows the source held, where the
  delivery says so), ``previous_rows`` (the same, one listing earlier), ``is_emptied`` and
  ``ratio_to_previous``;
- ``<table>__volume``, one row per business date that no earlier batch had: ``business_date``,
  ``rows``, ``median_same_weekday`` of up to eight earlier same weekdays, ``weekdays_seen`` and
  ``ratio_to_same_weekday``.

A ratio is NULL, and judged by nobody, while it would say more about chance than about the source.
"""

import datetime as dt
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from customer_value.audit.overrides import Acceptance, accepted_volumes
from customer_value.audit.report import AuditReport
from customer_value.audit.run import AuditTarget, audit_tables, targets_of
from customer_value.audit.suites import Suite, load_suite
from customer_value.errors import SuiteError
from customer_value.settings import Settings
from customer_value.sql import connect_scratch, identifier, literals

# Over 2017, in samples of 300 households and fewer (478 lines a day), chance alone moved a day
# outside 0.4 to 2.5 times its median; with 400 households (658 lines a day) it never did.
ROWS_BEFORE_A_WEEKDAY_RATIO = 500
WEEKDAYS_BEFORE_A_RATIO = 4
WEEKDAYS_COMPARED = 8
# One row more or less is 1 % of a list of 100, and far more of a shorter one.
ROWS_BEFORE_A_LIST_RATIO = 100
# Fewer are for a person to look at in quarantine, not a reason to stop the night.
ROWS_BEFORE_A_QUARANTINE_RATIO = 20
RATIO = Decimal("0.000001")

BATCH_COLUMNS = """
    rows_in bigint, rows_landed bigint, rows_duplicate bigint, rows_quarantined bigint,
    quarantined_ratio decimal(12, 6), rows_listed bigint, previous_rows bigint, is_emptied boolean,
    ratio_to_previous decimal(18, 6)"""
VOLUME_COLUMNS = """
    business_date date, rows bigint, median_same_weekday decimal(18, 1), weekdays_seen bigint,
    ratio_to_same_weekday decimal(18, 6)"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What one run landed of one table, and what came before.

    ``rows_listed`` and ``previous_rows`` count what the source held at this and at the previous
    complete listing; NULL (None) without one. ``volume`` counts the new rows by business date,
    None for a table without a volume date; ``volume_history`` counts those of accepted batches.
    """

    system: str
    table: str
    data_paths: tuple[Path, ...]
    rows_in: int
    rows_landed: int
    rows_duplicate: int
    rows_quarantined: int
    rows_listed: int | None = None
    previous_rows: int | None = None
    volume: Mapping[dt.date, int] | None = None
    volume_history: Mapping[dt.date, int] = field(default_factory=dict)

    @property
    def schema(self) -> str:
        return f"landing_{self.system}"


def audit_deliveries(
    deliveries: Sequence[Delivery],
    *,
    database: Path,
    settings: Settings,
    run_id: str,
    as_of_date: dt.date,
    label: str,
) -> AuditReport:
    """Return what holds of ``deliveries``; ``database`` is (re)written for it.

    A volume that somebody accepted is reported as such; see ``audit/overrides.py``.
    """
    targets = []
    for delivery in deliveries:
        suite = load_suite(settings.project, f"{delivery.schema}.{delivery.table}")
        accepted = accepted_volumes(settings, delivery.system, delivery.table)
        targets += _targets(delivery, suite, accepted, as_of_date)
    write_audit_database(database, deliveries, settings)
    return audit_tables(database, targets, settings=settings, run_id=run_id, label=label)


def write_audit_database(
    database: Path, deliveries: Sequence[Delivery], settings: Settings
) -> None:
    """Write the file the audit reads: views over the landed rows, and the summaries."""
    database.parent.mkdir(parents=True, exist_ok=True)
    database.unlink(missing_ok=True)
    connection = connect_scratch(settings, database, scratch=database.parent / "spill")
    try:
        for delivery in deliveries:
            schema = identifier(delivery.schema)
            connection.execute(f"create schema if not exists {schema}")
            connection.execute(
                f"create view {schema}.{identifier(delivery.table)} as "
                f"from read_parquet({literals(delivery.data_paths)})"
            )
            batch = f"{schema}.{identifier(delivery.table + '__batch')}"
            connection.execute(f"create table {batch} ({BATCH_COLUMNS})")
            connection.execute(
                f"insert into {batch} values (?, ?, ?, ?, ?, ?, ?, ?, ?)", batch_summary(delivery)
            )
            if delivery.volume is None:
                continue
            volume = f"{schema}.{identifier(delivery.table + '__volume')}"
            connection.execute(f"create table {volume} ({VOLUME_COLUMNS})")
            for row in volume_summary(delivery.volume, delivery.volume_history):
                connection.execute(f"insert into {volume} values (?, ?, ?, ?, ?)", row)
    finally:
        connection.close()


def batch_summary(delivery: Delivery) -> tuple[int | bool | Decimal | None, ...]:
    """Return the row of ``<table>__batch``."""
    quarantined_ratio = None
    if delivery.rows_quarantined >= ROWS_BEFORE_A_QUARANTINE_RATIO:
        quarantined_ratio = _ratio(delivery.rows_quarantined, delivery.rows_in)
    listed, previous = delivery.rows_listed, delivery.previous_rows
    ratio_to_previous = None
    if listed is not None and previous is not None and previous >= ROWS_BEFORE_A_LIST_RATIO:
        ratio_to_previous = _ratio(listed, previous)
    return (
        delivery.rows_in,
        delivery.rows_landed,
        delivery.rows_duplicate,
        delivery.rows_quarantined,
        quarantined_ratio,
        listed,
        previous,
        listed == 0 and bool(previous),
        ratio_to_previous,
    )


def volume_summary(
    volume: Mapping[dt.date, int], history: Mapping[dt.date, int]
) -> list[tuple[dt.date, int, Decimal | None, int, Decimal | None]]:
    """Return the rows of ``<table>__volume``: the dates of ``volume`` that ``history`` lacks.

    >>> monday = dt.date(2017, 1, 2)
    >>> history = {monday + dt.timedelta(weeks=n): 1000 for n in range(4)}
    >>> [(_, rows, median, seen, ratio)] = volume_summary({dt.date(2017, 1, 30): 900}, history)
    >>> rows, median, seen, ratio
    (900, Decimal('1000.0'), 4, Decimal('0.900000'))
    """
    known = {**volume, **history}
    by_weekday: dict[int, list[dt.date]] = {}
    for date in sorted(known):
        by_weekday.setdefault(date.weekday(), []).append(date)
    summary = []
    for date in sorted(volume.keys() - history.keys()):
        earlier = [other for other in by_weekday[date.weekday()] if other < date]
        compared = [known[other] for other in earlier[-WEEKDAYS_COMPARED:]]
        median = Decimal(str(statistics.median(compared))) if compared else None
        enough = len(compared) >= WEEKDAYS_BEFORE_A_RATIO
        ratio = None
        if median is not None and enough and median >= ROWS_BEFORE_A_WEEKDAY_RATIO:
            ratio = _ratio(volume[date], median)
        shown = None if median is None else median.quantize(Decimal("0.1"))
        summary.append((date, volume[date], shown, len(compared), ratio))
    return summary


def _ratio(numerator: int, denominator: int | Decimal) -> Decimal:
    return (Decimal(numerator) / denominator).quantize(RATIO)


def _targets(
    delivery: Delivery,
    suite: Suite,
    accepted: Mapping[dt.date, Acceptance],
    as_of_date: dt.date,
) -> list[AuditTarget]:
    if (delivery.volume is not None) != ("volume" in suite.parts):
        raise SuiteError(
            f"{suite.table} and its suite disagree about volume: the contract "
            f"{'names a' if delivery.volume is not None else 'names no'} volume_date.",
            where=f"expectations/{suite.schema}/{suite.name}.py",
            fix="Give the suite VOLUME_EXPECTATIONS exactly if the table has a volume_date.",
        )
    targets = targets_of(suite)
    targets.append(_batch_target(suite, accepted.get(as_of_date)))
    if delivery.volume is not None:
        dates = sorted(accepted.keys() & delivery.volume.keys())
        targets.append(_volume_target(suite, [accepted[date] for date in dates]))
    return targets


def _batch_target(suite: Suite, acceptance: Acceptance | None) -> AuditTarget:
    """Return the target over the counts; an acceptance covers the size of the list only."""
    if acceptance is None:
        return AuditTarget(suite, "batch")
    without = (
        "select * replace (false as is_emptied, cast(null as bigint) as rows_listed, "
        "cast(null as decimal(18, 6)) as ratio_to_previous) "
        f"from {identifier(suite.name + '__batch')}"
    )
    return AuditTarget(suite, "batch", without, str(acceptance))


def _volume_target(suite: Suite, acceptances: Sequence[Acceptance]) -> AuditTarget:
    if not acceptances:
        return AuditTarget(suite, "volume")
    dates = ", ".join(f"date '{acceptance.date}'" for acceptance in acceptances)
    without = (
        f"select * from {identifier(suite.name + '__volume')} where business_date not in ({dates})"
    )
    return AuditTarget(suite, "volume", without, "; ".join(map(str, acceptances)))
