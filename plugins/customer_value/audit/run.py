"""Validate tables of one DuckDB file against their suites, in one process and one context.

Results are kept below ``store``: ``<run_id>/<label>.json`` with every expectation's outcome, and
static pages under ``docs/``. No value of a row is stored: where a table's rows may be personal,
only counts are asked for.
"""

import math
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from customer_value import durable
from customer_value.audit import docs
from customer_value.audit.engine import close_schema, import_quietly, new_context, open_schema
from customer_value.audit.report import (
    AuditReport,
    RelationAudit,
    failures_of,
    not_evaluated,
    raised_messages,
    without_values,
)
from customer_value.audit.suites import Part, Suite, load_suite
from customer_value.settings import Settings
from customer_value.sql import identifier, literal

if TYPE_CHECKING:
    from great_expectations.core import (
        ExpectationSuiteValidationResult,
        ExpectationValidationResult,
    )
    from great_expectations.datasource.fluent.sql_datasource import SQLDatasource

# Counts and aggregates of a delivery are nobody's data, and the reader needs them to decide.
SHOWN: Mapping[Part, dict[str, Any]] = {
    "rows": {"result_format": "BASIC", "partial_unexpected_count": 0},
    "measures": {"result_format": "BASIC", "partial_unexpected_count": 1},
    "batch": {"result_format": "BASIC", "partial_unexpected_count": 1},
    "volume": {
        "result_format": "SUMMARY",
        "partial_unexpected_count": 5,
        "unexpected_index_column_names": ["business_date"],
    },
}


@dataclass(frozen=True, slots=True)
class AuditTarget:
    """One relation and the part of a suite that judges it.

    ``accepted_query`` is the relation without what somebody accepted, ``accepted_by`` says who
    accepted what: an expectation that fails on the relation and holds on that query counts as
    accepted, and is reported as such.
    """

    suite: Suite
    part: Part = "rows"
    accepted_query: str | None = None
    accepted_by: str = ""

    @property
    def table(self) -> str:
        """Return the name of the table or view inside its schema."""
        return {
            "rows": self.suite.name,
            "measures": self.suite.name,
            "batch": f"{self.suite.name}__batch",
            "volume": f"{self.suite.name}__volume",
        }[self.part]

    @property
    def condition(self) -> str:
        """Return the SQL that leaves the rows that are judged."""
        return f" where business_unit = {literal(self.suite.unit)}" if self.suite.unit else ""

    @property
    def relation(self) -> str:
        """Return the name under which reports speak of the target."""
        suffix = f" of {self.suite.unit}" if self.suite.unit else ""
        suffix += " as a whole" if self.part == "measures" else ""
        return f"{self.suite.schema}.{self.table}{suffix}"


def table_targets(project: Path, table: str) -> list[AuditTarget]:
    """Return the targets that judge ``schema.table`` itself: its rows, and its measures if any."""
    return targets_of(load_suite(project, table))


def targets_of(suite: Suite) -> list[AuditTarget]:
    """Return the targets that judge the rows and, if the suite has any, the measures."""
    parts: tuple[Part, ...] = ("rows", "measures")
    return [AuditTarget(suite, part) for part in parts if part in suite.parts]


def audit_tables(
    database: Path,
    targets: Sequence[AuditTarget],
    *,
    settings: Settings,
    run_id: str,
    label: str,
) -> AuditReport:
    """Return what holds in ``database`` (opened read-only); results are kept for ``run_id``.

    Nothing passes by accident: an expectation that raises counts as failed, and so does a target
    of which fewer expectations ran than its suite holds. No targets at all do not pass either.
    """
    started = time.monotonic()
    context = new_context()
    sources: dict[str, SQLDatasource] = {}
    audits = []
    pages = []
    try:
        for target in targets:
            schema = target.suite.schema
            if schema not in sources:
                sources[schema] = open_schema(context, database, schema, settings)
            audit, result = _audit(sources[schema], target)
            audits.append(audit)
            pages.append((audit, result))
    finally:
        for source in sources.values():
            close_schema(source)
    report = AuditReport(
        run_id=run_id,
        label=label,
        relations=tuple(audits),
        docs=docs.page_of(settings.audits, run_id, label),
        seconds=round(time.monotonic() - started, 2),
    )
    _keep(settings.audits, report, pages)
    return report


def _audit(
    source: "SQLDatasource", target: AuditTarget
) -> tuple[RelationAudit, "ExpectationSuiteValidationResult | None"]:
    expected = len(target.suite.parts[target.part])
    result, problem = _validate(source, target)
    if result is None:
        failure = not_evaluated(target.relation, target.part, problem)
        return RelationAudit(target.relation, target.part, expected, 0, (failure,)), None
    found = failures_of(target.relation, target.part, expected, result.results)
    accepted: tuple[str, ...] = ()
    if found and target.accepted_query:
        again, problem = _validate(source, target, target.accepted_query)
        rest = (
            (not_evaluated(target.relation, target.part, problem),)
            if again is None
            else failures_of(target.relation, target.part, expected, again.results)
        )
        still = {(failure.column, failure.rule, failure.reason) for failure in rest}
        accepted = tuple(
            f"{target.accepted_by}: {failure}"
            for failure in found
            if (failure.column, failure.rule, failure.reason) not in still
        )
        found = rest
    audit = RelationAudit(
        target.relation, target.part, expected, len(result.results), found, accepted
    )
    return audit, result


def _validate(
    source: "SQLDatasource", target: AuditTarget, query: str | None = None
) -> tuple["ExpectationSuiteValidationResult | None", str]:
    gx = import_quietly()
    from duckdb import Error as DuckDBError
    from great_expectations.datasource.fluent.interfaces import TestConnectionError
    from great_expectations.exceptions.exceptions import GreatExpectationsError
    from sqlalchemy.exc import SQLAlchemyError

    from customer_value.audit.dialect import asset_query

    name = f"{target.relation} {len(source.assets)}"
    suite = gx.ExpectationSuite(
        name=target.relation,
        expectations=[
            expectation.copy(deep=True) for expectation in target.suite.parts[target.part]
        ],
    )
    try:
        query = query or _judged(source, target)
        asset = (
            source.add_table_asset(name, table_name=target.table)
            if query is None
            else source.add_query_asset(name, query=asset_query(query))
        )
        batch = asset.get_batch(asset.build_batch_request())
        return batch.validate(suite, result_format=SHOWN[target.part]), ""
    except (GreatExpectationsError, TestConnectionError, SQLAlchemyError, DuckDBError) as error:
        return None, f"It could not be evaluated: {without_values(str(error))}"


def _judged(source: "SQLDatasource", target: AuditTarget) -> str | None:
    """Return the query whose rows are judged; None if they are the table's."""
    if target.part == "measures":
        return _measured(source, target)
    if target.condition:
        return f"select * from {identifier(target.table)}{target.condition}"
    return None


def _measured(source: "SQLDatasource", target: AuditTarget) -> str:
    """Return a query that gives the measures as constants: they are computed once, not per check.

    A measure is NULL, and judged by nobody, over too few rows, and where it divides nothing by
    nothing (NaN).
    """
    measures = target.suite.measures
    aggregates = ", ".join(
        f"case when count(*) >= {target.suite.measures_need_rows} then cast({sql} as double) end"
        for sql in measures.values()
    )
    with source.get_engine().connect() as connection:
        row = connection.exec_driver_sql(
            f"select {aggregates} from {identifier(target.table)}{target.condition}"
        ).one()
    constants = (
        f"cast({'null' if value is None or math.isnan(value) else literal(repr(value))}"
        f" as double) as {identifier(name)}"
        for name, value in zip(measures, row, strict=True)
    )
    return f"select {', '.join(constants)}"


def _keep(
    store: Path,
    report: AuditReport,
    pages: Sequence[tuple[RelationAudit, "ExpectationSuiteValidationResult | None"]],
) -> None:
    for _, result in pages:
        if result is not None:
            _forget_tracebacks(result)
    directory = store / "results" / report.run_id
    directory.mkdir(parents=True, exist_ok=True)
    record = report.as_record()
    record["results"] = {
        audit.relation: [_outcome(outcome) for outcome in result.results]
        for audit, result in pages
        if result is not None
    }
    durable.write_json(directory / f"{report.label}.json", record)
    docs.write_pages(store, report, pages)


def _outcome(result: "ExpectationValidationResult") -> dict[str, Any]:
    """Return what is kept of one expectation; GX's own serialisation costs more than the check."""
    config = result.expectation_config
    kwargs = dict(config.kwargs) if config else {}
    kwargs.pop("batch_id", None)
    return {
        "success": result.success,
        "expectation": config.type if config else None,
        "kwargs": kwargs,
        "notes": config.notes if config else None,
        "result": result.result,
        "raised": raised_messages(result.exception_info),
    }


def _forget_tracebacks(result: "ExpectationSuiteValidationResult") -> None:
    for outcome in result.results:
        raised = raised_messages(outcome.exception_info)
        outcome.exception_info = {
            "raised_exception": bool(raised),
            "exception_message": "; ".join(raised),
            "exception_traceback": "",
        }
