"""The contract in ``dags/sources/industrial.yml`` promises what the simulated systems hold."""

import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from customer_value.extract.system import extract_system
from customer_value.runs import Run
from customer_value.settings import Settings
from customer_value.sources.contract import System, load_systems

from demo.industrial.history import state
from demo.industrial.parameters import Parameters
from demo.industrial.replay import IndustrialReplay
from demo.industrial.schema import CRM, ERP, FILES, TABLES, tables_of
from demo.industrial.world import World
from demo.postgres import Postgres

CONTRACT = Path(__file__).parents[3] / "dags" / "sources" / "industrial.yml"
SYSTEMS = {"industrial_crm": CRM, "industrial_erp": ERP, "industrial_files": FILES}
PLAYED = dt.date(2017, 12, 30)


@pytest.fixture(scope="module")
def systems() -> dict[str, System]:
    systems = load_systems(CONTRACT.parent)
    return {name: system for name, system in systems.items() if system.unit == "industrial"}


def test_contract_declares_every_system_and_table(systems: dict[str, System]) -> None:
    assert {name: set(system.tables) for name, system in systems.items()} == {
        name: set(tables_of(system)) for name, system in SYSTEMS.items()
    }
    assert {system.time_zone for system in systems.values()} == {"Asia/Shanghai"}


@pytest.mark.parametrize("name", TABLES)
def test_contract_promises_the_columns_keys_and_types(
    systems: dict[str, System], name: str
) -> None:
    spec = TABLES[name]
    (table,) = [system.tables[name] for system in systems.values() if name in system.tables]
    cursor = {} if spec.system == FILES else {"updated_at": ("timestamptz", False, False)}

    promised = {
        column: (known.type, known.nullable, known.personal)
        for column, known in table.columns.items()
    }

    assert table.key == spec.key
    assert table.cursor == (None if spec.system == FILES else "updated_at")
    assert promised == cursor | {
        column: (
            known.type.partition("(v")[0] if known.type[0] != "v" else "varchar",
            known.nullable,
            known.personal,
        )
        for column, known in spec.columns.items()
    }


@pytest.mark.parametrize("name", TABLES)
def test_every_allowed_value_occurs_and_no_other(
    systems: dict[str, System], world: World, name: str
) -> None:
    (table,) = [system.tables[name] for system in systems.values() if name in system.tables]
    rows = state(world, name, world.parameters.last_day)
    # A word for products of a kind that this world happens not to have, and a plan not yet filled.
    absent = {"maturity": {"new", "growing", "declining", "mature"}}

    for column, promised in table.columns.items():
        if promised.allowed:
            seen = {value for value in rows[column].to_pylist() if value is not None}
            assert seen <= set(promised.allowed)
            assert set(promised.allowed) - seen <= absent.get(column, set())


@pytest.fixture
def replay(server: Postgres, tmp_path: Path) -> Iterator[IndustrialReplay]:
    def drop() -> None:
        with psycopg.connect(server.owner_uri()) as connection:
            connection.execute(
                "drop schema if exists industrial_crm, industrial_erp, industrial_simulator cascade"
            )

    drop()
    small = Parameters(seed=7, companies_count=60)
    replay = IndustrialReplay(server.owner_uri(), tmp_path / "deliveries", small)
    replay.create()
    yield replay
    drop()


def test_extraction_lands_every_row_and_the_next_night_what_changed(
    server: Postgres, replay: IndustrialReplay, tmp_path: Path
) -> None:
    sources = tmp_path / "project" / "dags" / "sources"
    sources.mkdir(parents=True)
    shutil.copy(CONTRACT, sources)
    settings = Settings(
        home=tmp_path / "home",
        project=tmp_path / "project",
        memory_limit="1GB",
        threads=2,
        pseudonym_key="0123456789abcdef0123456789abcdef",
    )
    addresses = {"industrial_files": (tmp_path / "deliveries").as_uri()}

    def land(day: dt.date, *names: str) -> dict[str, dict[str, Any]]:
        replay.play_to(day)
        run = Run.named(day.isoformat(), day + dt.timedelta(days=1), settings)
        counts: dict[str, dict[str, Any]] = {}
        for name in names:
            system = load_systems(sources)[name]
            for batch in extract_system(
                run, system, lambda known: addresses.get(known, server.extract_uri())
            ):
                counts[batch.manifest["table"]] = batch.manifest
                batch.judge({"status": "accepted"})
        return counts

    first = land(PLAYED - dt.timedelta(days=1), *SYSTEMS)
    second = land(PLAYED, "industrial_erp", "industrial_files")

    assert {name: found["rows_landed"] for name, found in first.items()} == {
        name: state(replay.world, name, PLAYED - dt.timedelta(days=1)).num_rows for name in TABLES
    }
    assert sum(found["rows_quarantined"] for found in (*first.values(), *second.values())) == 0
    assert 0 < second["orders"]["rows_landed"] < first["orders"]["rows_landed"] / 10
    assert second["exchange_rates"]["rows_landed"] == 1
