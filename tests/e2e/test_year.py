"""The whole real year of retail, from its systems to the published version, counted independently.

Of the other business units there is nothing here; `test_units.py` has them together.
"""

import datetime as dt
import shutil
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from customer_value.audit.gates import mart_targets
from customer_value.audit.run import audit_tables
from customer_value.site.write import write_site
from customer_value.warehouse.versions import Versions

from demo import postgres
from demo.expectation import expected_days, expected_until
from demo.retail import RetailReplay
from tests.audit.mutants import MUTANTS, Mutant
from tests.pruned import prune_project
from tests.site.page import Site, differing
from tests.world import World

pytestmark = [pytest.mark.slow, pytest.mark.seconds(105)]
LAST = dt.date(2017, 12, 31)
SOURCE_SALES = Decimal("4596039.58")


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A published load of all of 2017, and a second one with nothing new."""
    place = tmp_path_factory.mktemp("year")
    with postgres.running(place / "pg") as server:
        replay = RetailReplay(server.owner_uri(), place / "deliveries")
        replay.create()
        replay.play_to(LAST)
        project = prune_project(place / "project", marts=None)
        world = World(server, replay, place / "deliveries", place / "home", project)
        world.environment["CUSTOMER_VALUE_MEMORY_LIMIT"] = "4GB"
        world.night(LAST + dt.timedelta(days=1), "year")
        yield world


def test_sales_of_the_year_equal_the_source_to_the_cent(year: World):
    expected = expected_until(LAST)
    ((sales, lines, households, baskets),) = year.query(
        "select sum(net_revenue), count(*), count(distinct customer_id), "
        "count(distinct order_id) from marts.fct_order_lines"
    )

    assert sales == expected.sales == SOURCE_SALES
    assert (lines, households, baskets) == (
        expected.lines,
        expected.households,
        expected.baskets,
    )


def test_every_day_equals_the_source_to_the_cent(year: World):
    published = {
        day: (lines, int(sales * 100))
        for day, lines, sales in year.query(
            "select order_date, count(*), sum(net_revenue) from marts.fct_order_lines group by all"
        )
    }

    assert published == {
        day: (totals.lines, totals.sales_cents) for day, totals in expected_days().items()
    }


def test_every_number_of_the_dashboard_equals_its_sql(year: World):
    written = write_site(year.settings)

    assert differing(Site(year.settings)) == []
    assert written["bytes"] < 5_000_000


def test_all_marts_tell_the_same_total(year: World):
    totals = {
        year.query(f"select sum(net_revenue) from marts.{table}")[0][0]
        for table in ("fct_order_lines", "fct_orders", "fct_customer_months", "fct_customer_value")
    }

    assert totals == {SOURCE_SALES}


def test_the_chosen_model_beats_the_simple_ones_on_the_last_quarter(year: World):
    """The last 13 weeks held out; the scoreboard also says where the model loses."""
    errors = dict(
        year.query(
            "select case when is_chosen then 'chosen' else method_name end, mean_absolute_error "
            "from marts.fct_lifetime_value_scoreboard where cut_off_date = date '2017-10-02'"
        )
    )

    assert len(errors) == 8
    assert errors["chosen"] < errors["margin_multiple"]
    assert errors["chosen"] < errors["naive_mean"]


def test_newcomers_are_predicted_too_much_and_their_cohorts_say_so(year: World):
    """As README.md tells: the total of the same quarter is within four percent."""
    found = year.query(
        "select sum(customers_count), "
        "round(sum(actual_net_revenue) / sum(predicted_net_revenue), 2) "
        "from marts.fct_lifetime_value_scoreboard_cohorts "
        "where is_chosen and cut_off_date = date '2017-10-02' "
        "group by cohort_quarter_date > date '2017-03-31' order by 1 desc"
    )

    assert found == [(2280, 1.05), (167, 0.63)]


def test_the_last_quarter_lies_within_the_band_of_its_total(year: World):
    """The band is made of factors on a predicted total: the last quarter's factor lies in it."""
    ((ratio, lower, upper),) = year.query(
        "select scores.actual_to_predicted_ratio, "
        "totals.predicted_net_revenue_next_90_days_lower "
        "/ totals.predicted_net_revenue_next_90_days, "
        "totals.predicted_net_revenue_next_90_days_upper "
        "/ totals.predicted_net_revenue_next_90_days "
        "from marts.fct_lifetime_value_scoreboard as scores "
        "cross join marts.fct_lifetime_value_totals as totals "
        "where scores.is_chosen and scores.cut_off_date = date '2017-10-02'"
    )

    assert lower < ratio < upper


def test_every_household_is_predicted_with_the_parts_that_make_the_number(year: World):
    ((customers, differing),) = year.query(
        "select count(*), count_if(abs(predicted_net_revenue_next_365_days - probability_alive "
        "* predicted_occasions_if_alive_next_365_days * predicted_net_revenue_per_occasion) "
        "> 0.01 * (1 + predicted_occasions_if_alive_next_365_days)) "
        "from marts.fct_customer_value where prediction_basis = 'model'"
    )

    assert (customers, differing) == (expected_until(LAST).households, 0)


def test_every_household_is_a_customer_once(year: World):
    ((customers, unknown),) = year.query(
        "select count(*), sum(cast(is_unknown as int)) from marts.dim_customers"
    )

    assert (customers, unknown) == (expected_until(LAST).households + 1, 1)


def test_every_row_that_came_in_is_accounted_for(year: World):
    ((batches, rows_in, accounted),) = year.query(
        "select count(*), sum(delivered_rows_count), sum(loaded_rows_count "
        "+ superseded_rows_count + duplicate_rows_count + deleted_rows_count "
        "+ quarantined_rows_count) from operations.fct_batch_reconciliation"
    )

    assert batches == 8
    assert rows_in == accounted
    assert rows_in > expected_until(LAST).lines


def test_products_the_list_does_not_know_stay_with_their_money(year: World):
    """The source sells 17 products, 4,836 lines, that its product list does not name."""
    ((lines,),) = year.query(
        "select count(*) from marts.fct_order_lines as lines "
        "left join marts.dim_products as products using (product_id) "
        "where products.product_id is null or products.is_unknown"
    )

    assert lines >= 4836


def test_no_measure_is_infinite_or_not_a_number(year: World):
    doubles = year.query(
        "select table_schema, table_name, column_name from information_schema.columns "
        "where data_type in ('DOUBLE', 'FLOAT')"
    )

    for schema, table, column in doubles:
        ((wrong,),) = year.query(
            f'select count(*) from {schema}.{table} where not isfinite("{column}")'
        )
        assert wrong == 0, f"{schema}.{table}.{column}"
    money = year.query(
        "select table_name, column_name from information_schema.columns where data_type in "
        "('DOUBLE', 'FLOAT') and (column_name like '%revenue%' or column_name like '%amount%')"
    )
    assert money == [], "money is decimal, never float"


@pytest.mark.parametrize(
    "mutant",
    [mutant for mutant in MUTANTS if mutant.caught_by == "suite"],
    ids=lambda mutant: mutant.name,
)
def test_the_suite_notices(mutant: Mutant, year: World, tmp_path: Path):
    """The corruptions that no rule of SQL forbids, because each row alone could be true."""
    live = Versions(year.settings).live()
    assert live
    copy = Path(shutil.copy(live.database, tmp_path))
    copy.chmod(0o600)
    with duckdb.connect(copy) as opened:
        opened.execute(mutant.statement)

    report = audit_tables(
        copy,
        [
            target
            for target in mart_targets(year.project, copy)
            if target.suite.name == mutant.table
        ],
        settings=year.settings,
        run_id="mutant",
        label=mutant.table,
    )

    assert report.failures
