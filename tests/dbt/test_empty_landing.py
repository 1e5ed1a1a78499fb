"""On the first night nothing may have landed yet; the unit tests need no more than that either."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.dbt.building import DBT_PROJECT, Workshop, query

pytestmark = pytest.mark.seconds(45)


@dataclass(frozen=True)
class Built:
    """An empty warehouse, what dbt said of each node, and what it knows of the project."""

    database: Path
    statuses: dict[str, str]
    manifest: Any


@pytest.fixture(scope="module")
def built(workshop: Workshop, tmp_path_factory: pytest.TempPathFactory) -> Built:
    database = tmp_path_factory.mktemp("empty") / "warehouse.duckdb"
    return Built(database, workshop.build([], database), workshop.manifest)


def test_every_model_and_every_test_passes_on_an_empty_landing(built: Built) -> None:
    statuses = Counter((node.split(".")[0], status) for node, status in built.statuses.items())

    assert set(statuses) == {
        ("seed", "success"),
        ("model", "success"),
        ("test", "pass"),
        ("unit_test", "pass"),
    }


def test_no_node_of_the_project_is_left_out(built: Built) -> None:
    manifest = built.manifest
    project = {*manifest.nodes, *manifest.unit_tests}

    assert project == set(built.statuses)


def test_an_empty_warehouse_holds_unknown_members_labels_and_open_questions(built: Built) -> None:
    counts = " union all ".join(
        f"select '{node.name}', count(*) from {node.schema}.{node.name}"
        for node in built.manifest.nodes.values()
        if node.resource_type == "model" and node.schema in ("marts", "operations")
    )
    rows = dict(query(built.database, counts))

    labels = (DBT_PROJECT / "seeds" / "labels.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert {mart: count for mart, count in rows.items() if count} == {
        "dim_customers": 2,
        "dim_products": 2,
        "dim_business_units": 2,
        "dim_campaigns": 2,
        "dim_labels": len(labels),
        "fct_loyalty_hypotheses": 12,  # two hypotheses at three horizons, none answered
        "fct_tenure_hypotheses": 6,  # three claims, none tested
    }


def test_every_column_is_described_and_no_description_is_left_over(built: Built) -> None:
    found = query(
        built.database,
        "select table_name, list(column_name order by column_index) from duckdb_columns() "
        "where schema_name in ('staging', 'intermediate', 'marts', 'operations') "
        "group by table_name",
    )
    described = {
        node.name: [column.name for column in node.columns.values() if column.description]
        for node in built.manifest.nodes.values()
        if node.resource_type == "model"
    }

    assert {table: sorted(columns) for table, columns in found} == {
        table: sorted(columns) for table, columns in described.items()
    }


def test_readers_find_the_descriptions_in_the_marts(built: Built) -> None:
    silent = query(
        built.database,
        "select table_name, column_name from duckdb_columns() "
        "where schema_name in ('marts', 'operations') and comment is null",
    )
    nameless = query(
        built.database,
        "select table_name from duckdb_tables() "
        "where schema_name in ('marts', 'operations') and comment is null",
    )

    assert (silent, nameless) == ([], [])


def test_money_is_decimal_and_nothing_is_a_float(built: Built) -> None:
    floats = query(
        built.database,
        "select table_name, column_name from duckdb_columns() "
        "where schema_name in ('staging', 'intermediate', 'marts', 'operations') "
        "and data_type in ('FLOAT', 'DOUBLE')",
    )

    assert floats == []
