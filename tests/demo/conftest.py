from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from demo import postgres
from demo.postgres import Postgres
from demo.retail import RetailReplay


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Postgres]:
    with postgres.running(tmp_path_factory.mktemp("crm"), tcp=True) as server:
        yield server


@pytest.fixture
def replay(server: Postgres, tmp_path: Path) -> RetailReplay:
    """A replay before its first day, of every fiftieth household so that a day is played fast."""
    replay = RetailReplay(server.owner_uri(), tmp_path / "deliveries", one_household_in=50)
    with replay.connect() as connection:
        connection.execute("drop schema if exists crm, simulator cascade")
    replay.create()
    return replay


@pytest.fixture(scope="session")
def january(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RetailReplay]:
    """The shop up to 2017-01-20: each test spoils a day or a household of its own."""
    folder = tmp_path_factory.mktemp("january")
    with postgres.running(folder / "crm") as server:
        replay = RetailReplay(server.owner_uri(), folder / "deliveries")
        replay.create()
        replay.play_to(date(2017, 1, 20))
        yield replay
