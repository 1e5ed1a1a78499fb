"""Which expectations guard a table, and are they still the ones somebody reviewed?

A suite is the Python file ``expectations/<schema>/<table>.py``, or, for the rows that one business
unit has in a mart, ``expectations/marts/<mart>__<unit>.py``:

- ``EXPECTATIONS`` looks at each row of the table;
- ``MEASURES`` names aggregates of the whole table, in SQL, which ``MEASURE_EXPECTATIONS`` judge
  once the table has ``MEASURES_NEED_ROWS`` rows: a mean over five rows says nothing;
- ``BATCH_EXPECTATIONS`` (every landed table) look at the counts of the delivery, and
  ``VOLUME_EXPECTATIONS`` at its rows per business date: see ``audit/landed.py``.

``expectations/suites.lock.json`` holds each suite as it was reviewed. Everything here fails closed:
a suite that is missing, empty, unreadable or different from its pin raises ``SuiteError``.
"""

import difflib
import json
import re
import runpy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from customer_value import durable
from customer_value.audit.engine import import_quietly
from customer_value.errors import SuiteError

if TYPE_CHECKING:
    from great_expectations.expectations.expectation import Expectation

Part = Literal["rows", "measures", "batch", "volume"]

LISTS: Mapping[str, Part] = {
    "EXPECTATIONS": "rows",
    "MEASURE_EXPECTATIONS": "measures",
    "BATCH_EXPECTATIONS": "batch",
    "VOLUME_EXPECTATIONS": "volume",
}
NAME = re.compile(r"^[a-z][a-z0-9_]{0,62}$")
MARTS = "marts"
OF_UNIT = "__"
PIN = "customer-value suites pin"
DIFF_LINES = 60


@dataclass(frozen=True, slots=True)
class Suite:
    """The reviewed expectations of one table, ``schema.table``, or of a unit's rows in a mart."""

    table: str
    parts: Mapping[Part, tuple["Expectation", ...]]
    measures: Mapping[str, str] = field(default_factory=dict)
    measures_need_rows: int = 0

    @property
    def schema(self) -> str:
        return self.table.split(".")[0]

    @property
    def name(self) -> str:
        """Return the name, inside its schema, of the table that is judged."""
        return judged_table(self.table).split(".")[1]

    @property
    def unit(self) -> str | None:
        """Return the business unit whose rows alone are judged, if it is one unit's suite."""
        return self.table.removeprefix(judged_table(self.table)).removeprefix(OF_UNIT) or None

    def canonical(self) -> dict[str, Any]:
        """Return everything that decides what the suite lets pass, as the lock file stores it."""
        pinned: dict[str, Any] = {
            part: {
                "count": len(expectations),
                "expectations": [_described(expectation) for expectation in expectations],
            }
            for part, expectations in sorted(self.parts.items())
        }
        if self.measures:
            pinned["measures"]["columns"] = dict(self.measures)
            pinned["measures"]["need_rows"] = self.measures_need_rows
        parsed: dict[str, Any] = json.loads(json.dumps(pinned, default=str))
        return parsed


def load_suite(project: Path, table: str) -> Suite:
    """Return the suite of ``schema.table``; raises ``SuiteError`` unless it equals its pin."""
    suite = _read_suite(project, table)
    pins = _read_pins(project)
    found = suite.canonical()
    if table not in pins:
        raise SuiteError(
            f"The suite of {table} was never reviewed: it is not in the lock file.",
            where=str(_lock_file(project)),
            fix=f"Review the suite, then run `{PIN}` and commit the lock file.",
        )
    if found != pins[table]:
        raise SuiteError(
            f"The suite of {table} differs from the reviewed one:\n{_diff(pins[table], found)}",
            where=str(_suite_file(project, table)),
            fix=f"Undo the change, or have it reviewed: run `{PIN}` and commit the lock file.",
        )
    return suite


def judged_table(suite: str) -> str:
    """Return the table that a suite judges.

    >>> judged_table("marts.fct_orders__retail"), judged_table("landing_retail_shop.returns")
    ('marts.fct_orders', 'landing_retail_shop.returns')
    """
    return suite.partition(OF_UNIT)[0] if suite.startswith(f"{MARTS}.") else suite


def pinned_tables(project: Path) -> list[str]:
    """Return the names of the reviewed suites."""
    return sorted(_read_pins(project))


def pin_suites(project: Path) -> list[str]:
    """Write the lock file from the suites as they are now; returns those whose pin changed."""
    tables = sorted(
        f"{path.parent.name}.{path.stem}" for path in (project / "expectations").glob("*/*.py")
    )
    if not tables:
        raise SuiteError(
            "There is no suite to pin.",
            where=str(project / "expectations"),
            fix="Restore expectations/<schema>/<table>.py from version control.",
        )
    pins = {table: _read_suite(project, table).canonical() for table in tables}
    before = _read_pins(project) if _lock_file(project).exists() else {}
    durable.write_json(_lock_file(project), pins, mode=0o644)
    return sorted(
        table for table in before.keys() | pins.keys() if before.get(table) != pins.get(table)
    )


def _suite_file(project: Path, table: str) -> Path:
    schema, _, name = table.partition(".")
    if not (NAME.match(schema) and NAME.match(name)):
        raise SuiteError(
            f"{table!r} is not schema.table in lower case letters, digits and _.",
            where="name of an audited table",
            fix="Rename the table; names also become file names.",
        )
    return project / "expectations" / schema / f"{name}.py"


def _lock_file(project: Path) -> Path:
    return project / "expectations" / "suites.lock.json"


def _read_pins(project: Path) -> dict[str, Any]:
    path = _lock_file(project)
    try:
        pins = durable.read_json(path)
    except (OSError, ValueError) as error:
        raise SuiteError(
            f"The lock file of the expectation suites cannot be read: {error}.",
            where=str(path),
            fix="Restore it from version control.",
        ) from error
    if not isinstance(pins, dict) or not pins:
        raise SuiteError(
            "The lock file of the expectation suites pins no suite.",
            where=str(path),
            fix="Restore it from version control.",
        )
    return pins


def _read_suite(project: Path, table: str) -> Suite:
    path = _suite_file(project, table)
    defined = _run_file(path, table)
    faults: list[str] = []
    parts: dict[Part, tuple[Expectation, ...]] = {}
    for name, part in LISTS.items():
        if name in defined:
            parts[part] = tuple(defined[name] or ())
            faults += _faults(name, parts[part])
    if "rows" not in parts:
        faults.append("EXPECTATIONS is missing.")
    if table.startswith("landing_") != ("batch" in parts):
        faults.append("BATCH_EXPECTATIONS belong to every landed table and to no other.")
    measures = defined.get("MEASURES", {})
    need_rows = defined.get("MEASURES_NEED_ROWS", 0)
    if bool(measures) != ("measures" in parts) or bool(measures) != bool(need_rows):
        faults.append("MEASURES, MEASURES_NEED_ROWS and MEASURE_EXPECTATIONS go together.")
    if faults:
        raise SuiteError(
            f"The suite of {table} would let anything pass:\n- " + "\n- ".join(faults),
            where=str(path),
            fix="Give every list its expectations, and every expectation its reason in notes.",
        )
    return Suite(table, parts, measures, need_rows)


def _run_file(path: Path, table: str) -> dict[str, Any]:
    """Return what the file defines; it is read anew each time, never from cached bytecode."""
    import_quietly()
    try:
        return runpy.run_path(str(path), run_name=f"customer_value_expectations.{table}")
    except FileNotFoundError as error:
        raise SuiteError(
            f"{table} has no expectation suite, so nothing can vouch for it.",
            where=str(path),
            fix="Restore the file from version control, or write it: see CONTRIBUTING.md.",
        ) from error
    except (
        ArithmeticError,
        AttributeError,
        ImportError,
        LookupError,
        NameError,
        OSError,
        RuntimeError,
        SyntaxError,
        TypeError,
        ValueError,
    ) as error:
        raise SuiteError(
            f"The suite of {table} cannot be loaded: {type(error).__name__}: {error}.",
            where=str(path),
            fix="Repair the file, or restore it from version control.",
        ) from error


def _faults(name: str, expectations: tuple[Any, ...]) -> Iterator[str]:
    from great_expectations.expectations.expectation import Expectation

    if not expectations:
        yield f"{name} is empty."
    for position, expectation in enumerate(expectations, start=1):
        place = f"{name} {position}"
        if not isinstance(expectation, Expectation):
            yield f"{place} is {expectation!r}, not an expectation."
            continue
        place = f"{place} ({expectation.expectation_type})"
        if not _reason(expectation).strip():
            yield f"{place} has no reason in notes."
        if getattr(expectation, "mostly", 1) == 0:
            yield f"{place} has mostly=0, which no data can fail."
        regex = getattr(expectation, "regex", "^$")
        if not (regex.startswith("^") and regex.endswith("$")):
            yield f"{place} has the regex {regex!r}; DuckDB compares whole values: write ^...$."
        bounds = [getattr(expectation, bound, 0) for bound in ("min_value", "max_value")]
        if bounds == [None, None]:
            yield f"{place} has neither min_value nor max_value."


def _reason(expectation: "Expectation") -> str:
    notes = expectation.notes
    return notes if isinstance(notes, str) else " ".join(notes or [])


def _described(expectation: "Expectation") -> dict[str, Any]:
    configuration = expectation.configuration
    return {
        "type": configuration.type,
        "kwargs": dict(sorted(configuration.kwargs.items())),
        "severity": str(configuration.severity.value),
        "notes": _reason(expectation),
    }


def _diff(pinned: Any, found: Any) -> str:
    lines = list(
        difflib.unified_diff(
            json.dumps(pinned, indent=1, ensure_ascii=False).splitlines(),
            json.dumps(found, indent=1, ensure_ascii=False).splitlines(),
            "reviewed",
            "found",
            lineterm="",
            n=2,
        )
    )
    more = [f"... {len(lines) - DIFF_LINES} more lines"] if len(lines) > DIFF_LINES else []
    return "\n".join(f"    {line}" for line in [*lines[:DIFF_LINES], *more])
