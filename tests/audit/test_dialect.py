"""Does every expectation we use really run inside DuckDB, and fail when it should?"""

import datetime as dt
from pathlib import Path

import duckdb
import pytest
import sqlalchemy
from customer_value.audit.dialect import asset_query, connection_string
from customer_value.audit.engine import import_quietly, new_context, open_schema
from customer_value.settings import Settings

import_quietly()

import great_expectations.expectations as gxe  # noqa: E402 - after its logger was quietened

ROWS = """
create table shop.lines as
select
    number as line_id,
    number % 3 as shop_id,
    cast(number as decimal(12, 2)) as sales,
    cast(number / 2 as decimal(12, 2)) as discount,
    case when number > 1 then 'Type ' || chr(cast(64 + number as integer)) end as kind,
    number % 2 = 0 as is_even,
    date '2017-01-01' + cast(number as integer) as sold_date,
    timestamp '2017-01-01 12:00:00' + to_days(cast(number as integer)) as sold_at,
    timestamptz '2017-01-01 12:00:00+00' + to_days(cast(number as integer)) as updated_at,
from range(1, 11) as numbers (number)
"""
# Ten lines: sales 1 to 10, discounts half of that, kinds NULL and 'Type B' to 'Type J'.
DAY, LATER = dt.date(2017, 1, 5), dt.date(2018, 1, 1)
INSTANT, LATER_INSTANT = (
    dt.datetime(2017, 1, 5, tzinfo=dt.UTC),
    dt.datetime(2018, 1, 1, tzinfo=dt.UTC),
)
TRUE_AND_FALSE = [
    (gxe.ExpectTableRowCountToBeBetween, {"min_value": 10}, {"min_value": 11}),
    (gxe.ExpectTableRowCountToEqual, {"value": 10}, {"value": 9}),
    (gxe.ExpectTableColumnCountToEqual, {"value": 9}, {"value": 10}),
    (gxe.ExpectColumnToExist, {"column": "sales"}, {"column": "margin"}),
    (
        gxe.ExpectColumnValuesToBeBetween,
        {"column": "sales", "max_value": 10},
        {"column": "sales", "max_value": 9.99},
    ),
    (
        gxe.ExpectColumnValuesToBeBetween,
        {"column": "sales", "max_value": 9, "mostly": 0.9},
        {"column": "sales", "max_value": 8, "mostly": 0.9},
    ),
    (
        gxe.ExpectColumnValuesToBeBetween,
        {"column": "sold_date", "max_value": LATER},
        {"column": "sold_date", "max_value": DAY},
    ),
    (
        gxe.ExpectColumnValuesToBeBetween,
        {"column": "sold_at", "max_value": LATER},
        {"column": "sold_at", "max_value": DAY},
    ),
    (
        gxe.ExpectColumnValuesToBeBetween,
        {"column": "updated_at", "max_value": LATER_INSTANT},
        {"column": "updated_at", "max_value": INSTANT},
    ),
    (
        gxe.ExpectColumnPairValuesAToBeGreaterThanB,
        {"column_A": "sales", "column_B": "discount"},
        {"column_A": "discount", "column_B": "sales"},
    ),
    (
        gxe.ExpectColumnPairValuesAToBeGreaterThanB,
        {
            "column_A": "sold_at",
            "column_B": "sold_date",
            "ignore_row_if": "either_value_is_missing",
        },
        {
            "column_A": "sold_date",
            "column_B": "sold_at",
            "ignore_row_if": "either_value_is_missing",
        },
    ),
    (
        gxe.ExpectColumnValuesToBeInSet,
        {"column": "shop_id", "value_set": [0, 1, 2]},
        {"column": "shop_id", "value_set": [0, 1]},
    ),
    (
        gxe.ExpectColumnValuesToBeInSet,
        {"column": "is_even", "value_set": [True, False]},
        {"column": "is_even", "value_set": [False]},
    ),
    (
        gxe.ExpectColumnValuesToNotBeInSet,
        {"column": "shop_id", "value_set": [3]},
        {"column": "shop_id", "value_set": [2]},
    ),
    (
        gxe.ExpectColumnValuesToMatchRegex,
        {"column": "kind", "regex": "^Type [A-J]$"},
        {"column": "kind", "regex": "^Type [A-D]$"},
    ),
    (
        gxe.ExpectColumnValuesToNotMatchRegex,
        {"column": "kind", "regex": "^.*[\\x00-\\x1f\\x{FFFD}].*$"},
        {"column": "kind", "regex": "^.*J$"},
    ),
    (
        gxe.ExpectColumnValueLengthsToBeBetween,
        {"column": "kind", "max_value": 6},
        {"column": "kind", "max_value": 5},
    ),
    (
        gxe.ExpectColumnValuesToNotBeNull,
        {"column": "kind", "mostly": 0.9},
        {"column": "kind"},
    ),
    (
        gxe.ExpectColumnUniqueValueCountToBeBetween,
        {"column": "shop_id", "min_value": 3, "max_value": 3},
        {"column": "shop_id", "min_value": 4},
    ),
    (
        gxe.ExpectColumnProportionOfUniqueValuesToBeBetween,
        {"column": "shop_id", "max_value": 0.3},
        {"column": "shop_id", "max_value": 0.29},
    ),
    (
        gxe.ExpectColumnMeanToBeBetween,
        {"column": "sales", "min_value": 5.5, "max_value": 5.5},
        {"column": "sales", "max_value": 5.4},
    ),
    (
        gxe.ExpectColumnSumToBeBetween,
        {"column": "sales", "min_value": 55, "max_value": 55},
        {"column": "sales", "min_value": 56},
    ),
    (
        gxe.ExpectColumnMaxToBeBetween,
        {"column": "sales", "max_value": 10},
        {"column": "sales", "max_value": 9},
    ),
    (
        gxe.ExpectColumnMinToBeBetween,
        {"column": "sales", "min_value": 1},
        {"column": "sales", "min_value": 2},
    ),
]


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    path = tmp_path / "till.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("set TimeZone = 'UTC'")
        connection.execute("create schema shop")
        connection.execute(ROWS)
    return path


@pytest.mark.parametrize("wanted", [True, False], ids=["true", "false"])
def test_every_expectation_runs_in_the_database_and_says(shop, settings, wanted):
    gx = import_quietly()
    expectations = [
        kind(**(true if wanted else false), notes=f"number {number}")
        for number, (kind, true, false) in enumerate(TRUE_AND_FALSE)
    ]

    asset = open_schema(new_context(), shop, "shop", settings).add_table_asset("lines")
    batch = asset.get_batch(asset.build_batch_request())
    outcome = batch.validate(gx.ExpectationSuite(name="lines", expectations=expectations))

    raised = [result for result in outcome.results if not result.result and not result.success]
    assert len(outcome.results) == len(TRUE_AND_FALSE)
    # A column that does not exist has nothing to show; everything else was evaluated.
    assert {result.expectation_config.type for result in raised} <= {"expect_column_to_exist"}
    wrong = [
        (result.expectation_config.type, result.expectation_config.notes)
        for result in outcome.results
        if result.success is not wanted
    ]
    assert wrong == []


def test_the_file_cannot_be_written_through_the_dialect(shop, settings):
    engine = sqlalchemy.create_engine(connection_string(shop, "shop", settings))

    with (
        engine.connect() as connection,
        pytest.raises(sqlalchemy.exc.DBAPIError, match="read-only"),
    ):
        connection.exec_driver_sql("delete from lines")

    engine.dispose()


def test_times_are_utc_wherever_the_machine_stands(shop, settings, monkeypatch):
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    engine = sqlalchemy.create_engine(connection_string(shop, "shop", settings))

    with engine.connect() as connection:
        day = connection.exec_driver_sql(
            "select cast(min(updated_at) as varchar), current_setting('TimeZone') from lines"
        ).one()

    engine.dispose()
    assert tuple(day) == ("2017-01-02 12:00:00+00", "UTC")


def test_a_table_that_is_not_there_is_reported_as_missing(shop, settings):
    engine = sqlalchemy.create_engine(connection_string(shop, "shop", settings))

    with pytest.raises(sqlalchemy.exc.NoSuchTableError):
        sqlalchemy.inspect(engine).get_columns("orders")

    engine.dispose()


def test_limits_of_the_settings_reach_the_database(shop, tmp_path):
    settings = Settings(home=tmp_path, memory_limit="512MB", threads=1)
    engine = sqlalchemy.create_engine(connection_string(shop, "shop", settings))

    with engine.connect() as connection:
        found = connection.exec_driver_sql(
            "select current_setting('threads'), current_setting('memory_limit'), "
            "current_setting('autoinstall_known_extensions')"
        ).one()

    engine.dispose()
    assert tuple(found) == (1, "488.2 MiB", False)


def test_the_query_of_an_asset_alone_gives_columns_and_wrapped_its_rows(shop, settings):
    """Great Expectations runs it alone to learn the columns, which fetched whole marts."""
    engine = sqlalchemy.create_engine(connection_string(shop, "shop", settings))
    query = asset_query("select number, number * 2 as double from range(5) as numbers (number)")
    with engine.connect() as connection:
        alone = connection.execute(sqlalchemy.text(query))
        wrapped = connection.execute(sqlalchemy.text(f"select count(*) from ({query}) as asked"))

        assert (list(alone.keys()), alone.fetchall()) == (["number", "double"], [])
        assert wrapped.scalar_one() == 5
    engine.dispose()
