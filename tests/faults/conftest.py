"""A small shop (one household in forty, seven weeks) that each fault test loads."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from demo import postgres
from demo.retail import RetailReplay
from tests.pruned import prune_project
from tests.world import World

FIRST = dt.date(2017, 2, 18)
SECOND = dt.date(2017, 2, 19)
ONE_DAY = dt.timedelta(days=1)


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A shop that has traded until the first night; no warehouse yet."""
    place = tmp_path_factory.mktemp("shop")
    with postgres.running(place / "pg") as server:
        replay = RetailReplay(server.owner_uri(), place / "deliveries", one_household_in=40)
        replay.create()
        replay.play_to(FIRST)
        project = prune_project(place / "project")
        yield World(server, replay, place / "deliveries", place / "home", project)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("kept")
