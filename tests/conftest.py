"""Fixtures that several rooms share: a data root for each test, one PostgreSQL for all."""

import datetime as dt
import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from customer_value.runs import Run
from customer_value.settings import Settings

from demo import postgres
from tests import shared

AS_OF = dt.date(2024, 3, 2)
# Garbage is rare here, and looking for it as often as Python does takes a tenth of the time.
gc.set_threshold(200_000, 20, 100)


def pytest_configure(config: pytest.Config) -> None:
    shared.begin(config)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take longest, so that none of them runs alone at the end."""

    def seconds(item: pytest.Item) -> int:
        marker = item.get_closest_marker("seconds")
        return int(marker.args[0]) if marker else 0

    items.sort(key=seconds, reverse=True)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of a warehouse that does not exist yet, with this project's code."""
    return Settings(home=tmp_path / "home", memory_limit="1GB", threads=2)


@pytest.fixture
def run(settings: Settings) -> Run:
    return Run.named("first", AS_OF, settings)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[postgres.Postgres]:
    """A real PostgreSQL 18 that tests share; each makes tables of its own."""
    with postgres.running(tmp_path_factory.mktemp("pg")) as running:
        yield running
