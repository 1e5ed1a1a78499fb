"""The bridge of customer value between nights that were really published: what it calls the opening
is what readers saw then, across a refund, a new fit and an order that came late."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from customer_value.warehouse.versions import Versions

from demo import postgres, troubles
from demo.retail import RetailReplay
from demo.troubles import Planted
from tests.pruned import VALUE, prune_project
from tests.world import World

pytestmark = [pytest.mark.slow, pytest.mark.seconds(90)]
ONE_DAY = dt.timedelta(days=1)
# The first pair is crossed by a refund, the second by August's fit, the third by a late order.
AUGUST, MID_AUGUST, SEPTEMBER, MID_SEPTEMBER = (
    dt.date(2017, 8, 1),
    dt.date(2017, 8, 16),
    dt.date(2017, 9, 1),
    dt.date(2017, 9, 16),
)
PAIRS = [(AUGUST, MID_AUGUST), (AUGUST, SEPTEMBER), (SEPTEMBER, MID_SEPTEMBER)]
MARTS = VALUE | {"fct_customer_rfm_months", "fct_orders", "fct_refunds"}
PARTS = (
    "identity_change + late_data_change + ageing_change + new_orders_change + refunds_change "
    "+ information_change + model_change"
)


@dataclass
class Year:
    """Four published nights, and what was planted between them."""

    world: World
    refund: Planted
    late: Planted

    def rows(self, sql: str, day: dt.date) -> list[tuple[object, ...]]:
        """Return the rows that readers of a day's version see."""
        versions = Versions(self.world.settings).all()
        return self.world.query(sql, [v.name for v in versions if v.as_of_date == day][-1])


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Year]:
    """A tenth of the households: enough for a model to be chosen from August on."""
    place = tmp_path_factory.mktemp("bridge")
    with postgres.running(place / "pg") as server:
        replay = RetailReplay(server.owner_uri(), place / "deliveries", one_household_in=10)
        replay.create()
        project = prune_project(place / "project", MARTS)
        world = World(server, replay, place / "deliveries", place / "home", project)
        late = troubles.late_order(replay, dt.date(2017, 8, 24), dt.date(2017, 9, 5))
        for day in (AUGUST, MID_AUGUST, SEPTEMBER, MID_SEPTEMBER):
            replay.play_to(day - ONE_DAY)
            if day == MID_AUGUST:
                refund = troubles.return_of_known_lines(replay, dt.date(2017, 8, 4))
            world.night(day, f"night of {day}")
        yield Year(world, refund, late)


@pytest.mark.parametrize(("opening", "closing"), PAIRS)
def test_the_parts_add_up_to_the_cent_for_every_customer(
    year: Year, opening: dt.date, closing: dt.date
):
    ((customers, wrong, first),) = year.rows(
        f"select count(*), count_if(opening_value + {PARTS} <> closing_value), min(opening_date) "
        "from marts.fct_customer_value_bridge",
        closing,
    )

    assert (wrong, first) == (0, opening)
    assert isinstance(customers, int)
    assert customers > 200


@pytest.mark.parametrize(("opening", "closing"), PAIRS)
def test_the_opening_is_what_was_published_then(year: Year, opening: dt.date, closing: dt.date):
    published = year.rows(
        "select customer_id, net_revenue, coalesce(predicted_net_revenue_next_365_days, 0) "
        "from marts.fct_customer_value order by customer_id",
        opening,
    )

    reopened = year.rows(
        "select customer_id, opening_net_revenue, opening_predicted_net_revenue "
        "from marts.fct_customer_value_bridge where opening_value <> 0 order by customer_id",
        closing,
    )

    assert reopened == published
    assert any(predicted for _, _, predicted in published)


@pytest.mark.parametrize("closing", [closing for _, closing in PAIRS])
def test_the_closing_is_what_is_published_now(year: Year, closing: dt.date):
    values = year.rows(
        "select customer_id, net_revenue + coalesce(predicted_net_revenue_next_365_days, 0) "
        "from marts.fct_customer_value order by customer_id",
        closing,
    )

    bridged = year.rows(
        "select customer_id, closing_value from marts.fct_customer_value_bridge "
        "order by customer_id",
        closing,
    )

    assert bridged == values


def test_a_refund_has_its_own_part(year: Year):
    totals = "select sum(refunds_change) * 100 from marts.fct_customer_value_bridge"

    assert year.rows(totals, MID_AUGUST) == [(-year.refund.cents,)]
    assert year.rows(totals, SEPTEMBER) == [(-year.refund.cents,)]
    assert year.rows(totals, MID_SEPTEMBER) == [(0,)]


def test_only_a_new_fit_changes_the_model(year: Year):
    changed = "select count_if(model_change <> 0) > 100 from marts.fct_customer_value_bridge"

    assert year.rows(changed, SEPTEMBER) == [(True,)], "August's fit against September's"
    assert year.rows(
        "select count_if(model_change <> 0) from marts.fct_customer_value_bridge", MID_AUGUST
    ) == [(0,)]


def test_a_late_order_has_its_own_part_with_its_customer_alone(year: Year):
    assert year.rows(
        "select count(*), sum(late_net_revenue) * 100 from marts.fct_customer_value_bridge "
        "where late_data_change <> 0",
        MID_SEPTEMBER,
    ) == [(1, year.late.cents)]
    assert year.rows(
        "select count(*) from marts.fct_customer_value_bridge where late_data_change <> 0",
        SEPTEMBER,
    ) == [(0,)]


def test_a_past_month_asked_today_is_what_it_was_but_for_late_data(year: Year):
    """Asked as of 1 September: by then nothing was late; two weeks later one customer's order was.

    The scores of others may move with that customer, so measures are compared.
    """
    months = (
        "select customer_id, recency_days, window_occasions_count, "
        "window_net_revenue "
        "from marts.fct_customer_rfm_months where snapshot_date = date '{}' "
    )
    late = "select customer_id from marts.fct_customer_value_bridge where late_data_change <> 0"
    ((customer,),) = year.rows(late, MID_SEPTEMBER)
    august, september = months.format(AUGUST), months.format(SEPTEMBER)

    assert set(year.rows(august, MID_SEPTEMBER)) == set(year.rows(august, AUGUST))
    then, now = set(year.rows(september, SEPTEMBER)), set(year.rows(september, MID_SEPTEMBER))
    assert {row[0] for row in then ^ now} == {customer}


def test_the_backtest_reads_what_readers_read_and_publishes_nothing(year: Year):
    """The quarter from 17 June has 167 days before it: too few for a model, and it says so."""
    before = year.world.status()["versions"]

    finished = year.world.command("backtest")

    assert finished.returncode == 0, finished.stderr
    assert "2017-06-17" in finished.stdout
    assert "none: 167 days" in finished.stdout
    assert year.world.status()["versions"] == before
