"""A project with one small suite, and a database for it to judge."""

from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from customer_value.audit.suites import pin_suites
from customer_value.settings import Settings

SUITE = """
import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectTableRowCountToBeBetween(min_value=1, notes="Nobody bought anything."),
    gxe.ExpectColumnValuesToBeBetween(
        column="sales", min_value=0, max_value=100, notes="Nothing costs more than 100."
    ),
]
"""

WriteSuite = Callable[..., None]


@pytest.fixture
def audited(tmp_path: Path) -> Settings:
    """Settings of a project that has no suite yet."""
    (tmp_path / "project" / "expectations").mkdir(parents=True)
    return Settings(
        home=tmp_path / "home",
        project=tmp_path / "project",
        memory_limit="1GB",
        threads=2,
    )


@pytest.fixture
def write_suite(audited: Settings) -> WriteSuite:
    """Write a suite into the project and pin it."""

    def write(table: str = "marts.fct_sales", text: str = SUITE, *, pin: bool = True) -> None:
        schema, _, name = table.partition(".")
        path = audited.project / "expectations" / schema / f"{name}.py"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
        if pin:
            pin_suites(audited.project)

    return write


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A file with ``marts.fct_sales``: three sales of two people, of 1.00, 2.50 and 120.00."""
    path = tmp_path / "sales.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("create schema marts")
        connection.execute("create table marts.fct_sales (who varchar, sales decimal(12, 2))")
        connection.execute(
            "insert into marts.fct_sales values ('Ann Lee', 1), ('Bo Day', 2.5), ('Ann Lee', 120)"
        )
    return path
