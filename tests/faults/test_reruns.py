"""However the same deliveries arrive and whenever they are loaded, the content is the same."""

import datetime as dt
import shutil
from pathlib import Path

import pytest

from demo import troubles
from tests.faults.conftest import FIRST
from tests.world import World

pytestmark = pytest.mark.slow
NIGHT = FIRST + dt.timedelta(days=1)
ONE_DAY = dt.timedelta(days=1)


@pytest.fixture(scope="module")
def clean(shop: World) -> str:
    """The content digest of one undisturbed load of everything."""
    return shop.night(NIGHT, "clean")


@pytest.fixture
def elsewhere(shop: World, tmp_path: Path) -> World:
    """The same shop with deliveries of its own to rearrange, and an empty warehouse."""
    shutil.copytree(shop.deliveries, tmp_path / "deliveries")
    replay = type(shop.replay)(shop.server.owner_uri(), tmp_path / "deliveries", 40)
    return World(shop.server, replay, tmp_path / "deliveries", tmp_path / "home")


def test_the_same_night_again_changes_nothing(shop: World, clean: str):
    assert shop.night(NIGHT, "again") == clean
    first, second = [version["version"] for version in shop.status()["versions"]][:2]
    assert first != second, "the second load really built a version"


def test_a_host_in_another_time_zone_builds_the_same(elsewhere: World, clean: str):
    elsewhere.environment["TZ"] = "Asia/Shanghai"

    assert elsewhere.night(NIGHT, "shanghai") == clean


def test_split_and_reordered_deliveries_build_the_same(elsewhere: World, clean: str):
    orders = elsewhere.deliveries / "orders"
    csv_days = sorted(file for file in orders.glob("*.csv"))
    troubles.split_delivery(elsewhere.replay, dt.date.fromisoformat(csv_days[0].stem))
    late = sorted(orders.glob("*"))[5:9]
    aside = elsewhere.home.parent / "aside"
    aside.mkdir()
    for file in late:
        file.rename(aside / file.name)
    # Four days with no order at all would be held up by nobody: their absence is not a volume.
    elsewhere.night(NIGHT, "without four days")
    assert elsewhere.digest() != clean
    for file in aside.iterdir():
        file.rename(orders / file.name)

    assert elsewhere.night(NIGHT, "with them") == clean


def test_a_backfill_gives_each_day_the_same_content_in_either_direction(
    shop: World, elsewhere: World, clean: str
):
    days = [NIGHT - 2 * ONE_DAY, NIGHT - ONE_DAY, NIGHT]
    forwards = World(shop.server, shop.replay, shop.deliveries, elsewhere.home.parent / "forwards")
    for number, day in enumerate(days):
        forwards.night(day, f"forwards {number}")
    for number, day in enumerate(reversed(days)):
        elsewhere.night(day, f"backwards {number}")

    assert [forwards.digest(day) for day in days] == [elsewhere.digest(day) for day in days]
    assert forwards.digest(NIGHT) == clean
    assert len({forwards.digest(day) for day in days}) == 3
    live = elsewhere.status()["live"]
    assert elsewhere.digest() == clean, f"readers of {live} never went back to an earlier day"
