"""Each small corruption of a built candidate is noticed by the check that it names.

Of the undisturbed candidate they all hold, or it would not have been built. Corruptions that only
a suite notices need a real shop's numbers: `tests/e2e/test_year.py`.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from customer_value.runs import Run
from customer_value.settings import PROJECT
from customer_value.warehouse.candidate import load_candidate

from tests.audit.mutants import MUTANTS, Mutant
from tests.faults.conftest import FIRST, ONE_DAY
from tests.world import STEPS, World

pytestmark = [pytest.mark.slow, pytest.mark.seconds(40)]
IN_SQL = [mutant for mutant in MUTANTS if mutant.caught_by != "suite"]


@pytest.fixture(scope="module")
def candidate(shop: World) -> Path:
    """The file of a night that was built and not yet published."""
    shop.project = PROJECT  # all marts
    night = FIRST + ONE_DAY
    built = shop.steps(night, "first", *STEPS[: STEPS.index("audit_marts")])
    assert built.returncode == 0, built.stderr
    return load_candidate(Run.named("first", night, shop.settings)).database


@pytest.fixture(scope="module")
def checks(shop: World, candidate: Path) -> dict[str, list[str]]:
    """The SQL that dbt ran on the candidate: each singular test, and all of `relationships`."""
    assert candidate.exists()
    found: dict[str, list[str]] = {"relationships": []}
    for file in (shop.settings.build / "dbt" / "compiled").rglob("*.sql"):
        if file.stem.startswith("assert_"):
            found[file.stem] = [file.read_text()]
        elif file.stem.startswith("relationships_"):
            found["relationships"].append(file.read_text())
    return found


@pytest.fixture(scope="module")
def connection(
    candidate: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[duckdb.DuckDBPyConnection]:
    copy = tmp_path_factory.mktemp("mutants") / candidate.name
    shutil.copy(candidate, copy)
    with duckdb.connect(copy) as opened:
        opened.execute("set TimeZone = 'UTC'")
        yield opened


@pytest.mark.parametrize("mutant", IN_SQL, ids=lambda mutant: mutant.name)
def test_sql_notices(
    mutant: Mutant, connection: duckdb.DuckDBPyConnection, checks: dict[str, list[str]]
):
    connection.begin()
    try:
        if mutant.caught_by == "contract":
            with pytest.raises(duckdb.ConstraintException):
                connection.execute(mutant.statement)
            return
        connection.execute(mutant.statement)
        rows = [row for sql in checks[mutant.caught_by] for row in connection.sql(sql).fetchall()]
    finally:
        connection.rollback()

    assert rows, f"{mutant.caught_by} says nothing when {mutant.name}"
