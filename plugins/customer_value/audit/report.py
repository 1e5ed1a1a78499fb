"""What an audit found, in sentences a tired person can act on."""

import logging
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from customer_value.audit.suites import PIN, Part
from customer_value.errors import AuditError

if TYPE_CHECKING:
    from great_expectations.core import ExpectationValidationResult

SHOWN_FAILURES = 20

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Failure:
    """One expectation that did not hold, or could not be evaluated.

    ``rows`` of ``rows_checked`` broke it; ``observed`` is an aggregate, never a customer's value.
    """

    relation: str
    part: Part
    column: str
    rule: str
    reason: str
    rows: int | None = None
    rows_checked: int | None = None
    observed: str | None = None

    def __str__(self) -> str:
        seen = []
        if self.rows is not None and self.rows_checked is not None:
            seen.append(f"saw {self.rows:,} of {self.rows_checked:,} rows")
        if self.observed is not None:
            seen.append(f"observed {self.observed}")
        return f"{self.relation}: {self.column}: {self.reason}" + (
            f" ({'; '.join(seen)})" if seen else ""
        )


@dataclass(frozen=True, slots=True)
class RelationAudit:
    """How one table, or the measures or counts that belong to it, stood up to its suite."""

    relation: str
    part: Part
    expected: int
    evaluated: int
    failures: tuple[Failure, ...] = ()
    accepted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AuditReport:
    """The outcome of one audit: ``label`` is a source system or ``marts``."""

    run_id: str
    label: str
    relations: tuple[RelationAudit, ...]
    docs: Path
    seconds: float

    @property
    def evaluated(self) -> int:
        return sum(relation.evaluated for relation in self.relations)

    @property
    def failures(self) -> list[Failure]:
        return [failure for relation in self.relations for failure in relation.failures]

    @property
    def accepted(self) -> list[str]:
        return [sentence for relation in self.relations for sentence in relation.accepted]

    @property
    def passed(self) -> bool:
        return self.evaluated > 0 and not self.failures

    def as_record(self) -> dict[str, Any]:
        """Return the report as JSON can hold it: counts and sentences."""
        return {
            "run_id": self.run_id,
            "label": self.label,
            "passed": self.passed,
            "evaluated": self.evaluated,
            "failures": [str(failure) for failure in self.failures],
            "accepted": self.accepted,
            "relations": [
                asdict(relation) | {"failures": [str(failure) for failure in relation.failures]}
                for relation in self.relations
            ],
            "docs": str(self.docs),
            "seconds": self.seconds,
        }


def raise_for_failures(report: AuditReport, details: Sequence[str] = ()) -> None:
    """Raise ``AuditError`` naming table, rule, rows and remedy unless every expectation held.

    ``details`` are further lines for the message, such as which rows lie in quarantine.
    """
    for sentence in report.accepted:
        log.warning("%s: %s", report.label, sentence)
    if report.passed:
        return
    failures = report.failures
    relations = sorted({failure.relation for failure in failures})
    shown = [f"- {failure}" for failure in failures[:SHOWN_FAILURES]]
    if len(failures) > SHOWN_FAILURES:
        shown.append(f"- and {len(failures) - SHOWN_FAILURES} more")
    raise AuditError(
        f"{report.label} is not believable: {len(failures)} of {report.evaluated} expectations "
        f"failed in {', '.join(relations) or 'no table at all'}:\n" + "\n".join([*shown, *details]),
        where=str(report.docs),
        fix=_remedy(report.label, failures),
    )


def failures_of(
    relation: str, part: Part, expected: int, results: Sequence["ExpectationValidationResult"]
) -> tuple[Failure, ...]:
    """Return what failed; an expectation that raised, or never ran, is a failure too."""
    failures = [
        _failure(relation, part, result) for result in results if result.success is not True
    ]
    if len(results) < max(expected, 1):
        failures.append(
            not_evaluated(
                relation,
                part,
                f"Only {len(results)} of at least {max(expected, 1)} expectations ran.",
            )
        )
    return tuple(failures)


def not_evaluated(relation: str, part: Part, reason: str) -> Failure:
    """Return the failure of a check that could not be made."""
    return Failure(relation, part, "whole table", "evaluated", reason)


def without_values(message: str) -> str:
    """Return the first line of an error without quoted literals, which may be a person's data.

    >>> without_values("Conversion Error: Could not convert string 'Ann Lee' to INT32\\nLINE 1")
    "Conversion Error: Could not convert string '…' to INT32"
    """
    first_line, *_ = [*message.strip().splitlines(), ""]
    return re.sub(r"'[^']*'", "'…'", first_line)


def _failure(relation: str, part: Part, result: "ExpectationValidationResult") -> Failure:
    config = result.expectation_config
    if config is None:
        return not_evaluated(relation, part, "A result came without its expectation.")
    kwargs = config.kwargs
    column = (
        kwargs.get("column")
        or " and ".join(kwargs[name] for name in ("column_A", "column_B") if name in kwargs)
        or ", ".join(kwargs.get("column_list", []))
        or "whole table"
    )
    notes = config.notes if isinstance(config.notes, str) else " ".join(config.notes or [])
    raised = raised_messages(result.exception_info)
    if raised:
        reason = f"{notes} It could not be evaluated: {'; '.join(sorted(set(raised)))}"
        return Failure(relation, part, column, config.type, reason)
    found = result.result
    return Failure(
        relation,
        part,
        column,
        config.type,
        notes,
        rows=found.get("unexpected_count"),
        rows_checked=found.get("element_count"),
        observed=_observed(found),
    )


def raised_messages(exception_info: Mapping[str, Any] | None) -> list[str]:
    """Return what was raised inside a metric; the structure is flat or one level deep."""
    info = exception_info or {}
    nested = [entry for entry in info.values() if isinstance(entry, Mapping)]
    return [
        without_values(str(entry.get("exception_message") or "an error without a message"))
        for entry in [info, *nested]
        if entry.get("raised_exception") is True
    ]


def _observed(found: Mapping[str, Any]) -> str | None:
    if "observed_value" in found:
        return _readable(found["observed_value"])
    indexed = found.get("partial_unexpected_index_list")
    if indexed:
        return "; ".join(
            ": ".join(_readable(value) for value in entry.values()) for entry in indexed
        )
    values = found.get("partial_unexpected_list")
    return ", ".join(_readable(value) for value in values) if values else None


def _readable(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return str(value)
    if isinstance(value, int) or abs(value) >= 10_000:
        return f"{value:,.0f}"
    return f"{float(value):.4g}"


def _remedy(label: str, failures: Sequence[Failure]) -> str:
    steps = ["Look at the delivery; have it corrected and delivered again, then rerun the task."]
    volumes = sorted(
        {
            failure.relation
            for failure in failures
            if failure.part == "volume" or failure.column == "ratio_to_previous"
        }
    )
    for relation in volumes:
        table = relation.split(".")[1].partition("__")[0]
        steps.append(
            "If the volume is true: `customer-value accept volume "
            f"{label}.{table} --date <date> --who <you> --why <reason>`."
        )
    steps.append(f"If a rule is wrong: change its suite, have it reviewed, run `{PIN}`.")
    return " ".join(steps)
