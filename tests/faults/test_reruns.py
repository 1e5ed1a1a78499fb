"""However the same deliveries arrive and whenever they are loaded, the content is the same."""

import datetime as dt
import shutil
from pathlib import Path

import pytest

from demo import troubles
from tests.faults.conftest import FIRST
from tests.world import World

pytestmark = [pytest.mark.slow, pytest.mark.seconds(70)]
NIGHT = FIRST + dt.timedelta(days=1)
DAYS = (NIGHT - dt.timedelta(days=1), NIGHT)


@pytest.fixture(scope="module")
def clean(shop: World) -> str:
    """The content digest of undisturbed loads, one night after the other."""
    for number, day in enumerate(DAYS):
        shop.night(day, f"forwards {number}")
    return shop.digest()


@pytest.fixture
def elsewhere(shop: World, tmp_path: Path) -> World:
    """The same shop with deliveries of its own to rearrange, and an empty warehouse."""
    shutil.copytree(shop.deliveries, tmp_path / "deliveries")
    replay = type(shop.replay)(shop.server.owner_uri(), tmp_path / "deliveries", 40)
    return World(shop.server, replay, tmp_path / "deliveries", tmp_path / "home", shop.project)


def test_the_same_night_again_changes_nothing(shop: World, clean: str):
    assert shop.night(NIGHT, "again") == clean
    assert len(shop.status()["versions"]) == len(DAYS) + 1, "it really built a version"


def test_split_and_reordered_deliveries_on_a_host_in_shanghai_build_the_same(
    shop: World, elsewhere: World, clean: str
):
    """Then an earlier night is backfilled, so that the days are loaded backwards as well."""
    elsewhere.environment["TZ"] = "Asia/Shanghai"
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

    assert elsewhere.night(DAYS[0], "the day before") == shop.digest(DAYS[0]) != clean
    assert elsewhere.digest() == clean, "readers never went back to an earlier day"
