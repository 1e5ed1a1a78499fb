"""A night that goes wrong under the real scheduler, is mended, and a past one run again."""

import datetime as dt
from collections.abc import Iterator

import pytest
from customer_value.warehouse.versions import Versions

from demo import postgres, troubles
from demo.retail import RetailReplay
from tests.world import World
from tools import airflow_local
from tools.demo import DAG

pytestmark = pytest.mark.slow
LAST = dt.date(2017, 3, 9)
ONE_DAY = dt.timedelta(days=1)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A fifth of the households, enough for volumes to be judged; one night is published."""
    place = tmp_path_factory.mktemp("red")
    with postgres.running(place / "pg") as server:
        replay = RetailReplay(server.owner_uri(), place / "deliveries", one_household_in=5)
        replay.create()
        replay.play_to(LAST)
        world = World(server, replay, place / "deliveries", place / "home")
        world.night(LAST + ONE_DAY, "first")
        yield world


def test_a_broken_night_is_red_readers_keep_yesterday_and_mended_it_is_green(world: World):
    day = LAST + ONE_DAY
    settings = world.settings
    world.replay.play_to(day)
    troubles.volume_drop(world.replay, day)
    connections = {
        "retail_crm": world.server.extract_uri(),
        "retail_shop": world.deliveries.as_uri(),
    }
    with airflow_local.running(world.home, connections=connections, last_night=LAST) as airflow:
        airflow.unpause(DAG)
        run_id = airflow.trigger(DAG, {"as_of_date": (day + ONE_DAY).isoformat()})
        red = airflow.wait(DAG, run_id)
        live_then = Versions(settings).live()
        world.replay.redeliver(day)
        airflow.clear(DAG, run_id, only_failed=False)
        green = airflow.wait(DAG, run_id)
        live_now = Versions(settings).live()
        start = dt.datetime(2017, 2, 20, 7, tzinfo=dt.UTC)
        (past,) = airflow.backfill(DAG, start, start)

    assert red.state == "failed"
    failed = {task.task_id for task in red.tasks if task.state == "failed"}
    assert failed == {"audit_source"}, red.as_text()
    logs = world.home / "logs" / "airflow" / f"dag_id={DAG}" / f"run_id={run_id}"
    first_try = (logs / "task_id=audit_source" / "map_index=1" / "attempt=1.log").read_text()
    for part in (
        "retail_shop.order_lines__volume: ratio_to_same_weekday",
        "(saw 1 of 1 rows",
        "version 000001 (as of 2017-03-10) is still live",
        "customer-value accept volume retail_shop.order_lines --date",
    ):
        assert part in first_try, first_try
    assert live_then
    assert live_then.name == "000001"

    assert green.state == "success", green.as_text()
    assert live_now
    assert (live_now.name, live_now.as_of_date) == ("000002", day + ONE_DAY)

    assert past.state == "success", past.as_text()
    versions = Versions(settings)
    assert versions.live() == live_now, "a backfill of the past never takes readers back"
    assert versions.all()[-1].as_of_date == dt.date(2017, 2, 20)
