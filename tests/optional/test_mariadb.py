"""The order system of the industrial unit in a real MariaDB: it lands as from PostgreSQL."""

import datetime as dt
import subprocess
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
import yaml
from customer_value.errors import ContractError, SourceAccessError
from customer_value.extract.system import extract_system
from customer_value.landing.batch import Batch, LandedTable
from customer_value.runs import Run
from customer_value.settings import PROJECT, Settings
from customer_value.sources.contract import load_system

from demo.industrial.history import state
from demo.industrial.parameters import Parameters
from demo.industrial.replay import IndustrialReplay
from demo.industrial.schema import ERP, create_statements, tables_of
from demo.postgres import Postgres
from tests.optional import mariadb
from tests.optional.mariadb import READER, MariaDb

SMALL = Parameters(seed=7, companies_count=40)
DAY = dt.date(2017, 11, 30)
FIRST, SECOND, THIRD = (dt.date(2017, 12, 1 + number) for number in range(3))


class Orders:
    """One kind of database with the order system, and its extraction into a landing zone."""

    def __init__(self, place: Path, kind: str, uri: str) -> None:
        sources = place / "dags" / "sources"
        sources.mkdir(parents=True)
        content = yaml.safe_load((PROJECT / "dags" / "sources" / "industrial.yml").read_text())
        system = content["systems"]["erp"] | {"kind": kind}
        if kind == "mysql":  # an instant is a datetime in UTC there, but the moving updated_at
            for table in system["tables"].values():
                for name, column in table["columns"].items():
                    if column["type"] == "timestamptz" and name != "updated_at":
                        column["type"] = "timestamp"
        (sources / "industrial.yml").write_text(
            yaml.safe_dump(content | {"systems": {"erp": system}})
        )
        self.settings = Settings(home=place / "home", project=place, memory_limit="1GB", threads=2)
        self.uri = uri

    def extract(self, day: dt.date) -> dict[str, Batch]:
        run = Run.named(str(day), day, self.settings)
        system = load_system(self.settings.sources, ERP)
        batches = extract_system(run, system, lambda _name: self.uri)
        for batch in batches:
            batch.judge({"status": "accepted"})
        return {str(batch.manifest["table"]): batch for batch in batches}

    def landed(self, table: str) -> list[tuple[object, ...]]:
        """Return the landed columns of the contract, instants as UTC without a zone."""
        system = load_system(self.settings.sources, ERP)
        files = [
            str(batch.data) for batch in LandedTable(self.settings.landing, ERP, table).accepted()
        ]
        connection = duckdb.connect()
        connection.execute("set TimeZone = 'UTC'")
        columns = ", ".join(
            f"cast({name} as timestamp)" if column.type.startswith("timestamp") else name
            for name, column in system.tables[table].columns.items()
        )
        return connection.execute(
            f"select {columns} from read_parquet({files}) order by all"
        ).fetchall()


@pytest.fixture(scope="module")
def server_of_mariadb(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MariaDb]:
    with mariadb.running(tmp_path_factory.mktemp("mariadb")) as running:
        yield running


@pytest.fixture
def orders(server_of_mariadb: MariaDb, tmp_path: Path) -> Iterator[Orders]:
    """The order system as it stood on a day, in MariaDB."""
    world = IndustrialReplay("", tmp_path, SMALL).world
    server = server_of_mariadb
    server.write(f"create database {ERP}; grant select on {ERP}.* to {READER}@'%';")
    for statement in create_statements(ERP, "mariadb"):
        server.write(statement + ";", ERP)
    for table in tables_of(ERP):
        server.fill(ERP, table, state(world, table, DAY))
    yield Orders(tmp_path / "mariadb", "mysql", server.reader_uri(ERP))
    server.write(f"drop database {ERP}; revoke all on {ERP}.* from {READER}@'%';")


def test_mariadb_lands_what_postgresql_lands(
    orders: Orders, server: Postgres, tmp_path: Path
) -> None:
    replay = IndustrialReplay(server.owner_uri(), tmp_path / "deliveries", SMALL)
    replay.create()
    replay.play_to(DAY)
    reference = Orders(tmp_path / "postgres", "postgres", server.extract_uri())

    extracted, expected = orders.extract(FIRST), reference.extract(FIRST)

    assert {table: batch.rows_landed for table, batch in extracted.items()} == {
        table: batch.rows_landed for table, batch in expected.items()
    }
    assert all(batch.quarantine is None for batch in extracted.values())
    for table in tables_of(ERP):
        assert orders.landed(table) == reference.landed(table), table


def test_instants_are_utc_on_a_server_in_shanghai(orders: Orders) -> None:
    """The simulator's clock shows ten in the evening there, two in the afternoon in UTC."""
    batch = orders.extract(FIRST)["orders"]

    (clock,) = duckdb.sql(
        f"select distinct hour(updated_at at time zone 'UTC') from read_parquet('{batch.data}')"
    ).fetchall()

    assert clock == (14,)
    assert batch.manifest["largest_cursor"] == "2017-11-30 14:00:00+00"


def test_a_change_comes_alone_and_a_deletion_is_seen(
    orders: Orders, server_of_mariadb: MariaDb
) -> None:
    orders.extract(FIRST)
    server_of_mariadb.write(
        "update customers set name = concat(name, '公司') limit 1; delete from refunds limit 1;",
        ERP,
    )

    second = orders.extract(SECOND)

    assert second["customers"].manifest["kind"] == "changes"
    assert "公司" in str(orders.landed("customers"))
    left = duckdb.read_parquet(str(second["refunds"].keys)).shape[0]
    before = LandedTable(orders.settings.landing, ERP, "refunds").accepted()[0].rows_landed
    assert left == before - 1


def test_a_commit_that_lands_late_is_in_the_next_batch(
    orders: Orders, server_of_mariadb: MariaDb
) -> None:
    late = subprocess.Popen(
        [*server_of_mariadb.client(), ERP],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert late.stdin
    assert late.stdout
    late.stdin.write("begin; update customers set name = 'late' order by customer_number limit 1;")
    late.stdin.write("select 'open';\n")
    late.stdin.flush()
    assert late.stdout.readline() == "open\n"
    server_of_mariadb.write(
        "update customers set name = 'early' order by customer_number desc limit 1;", ERP
    )
    orders.extract(FIRST)
    late.communicate("commit;\n")

    orders.extract(SECOND)

    names = str(orders.landed("customers"))
    assert "'early'" in names
    assert "'late'" in names


def test_a_role_that_may_write_is_refused(orders: Orders, server_of_mariadb: MariaDb) -> None:
    server_of_mariadb.write(f"grant insert on {ERP}.* to {READER}@'%';")

    with pytest.raises(SourceAccessError, match="can write to industrial_erp"):
        orders.extract(FIRST)


def test_a_role_that_cannot_see_transactions_is_refused(
    orders: Orders, server_of_mariadb: MariaDb
) -> None:
    server_of_mariadb.write(f"revoke process on *.* from {READER}@'%';")
    try:
        with pytest.raises(SourceAccessError, match="grant process"):
            orders.extract(FIRST)
    finally:
        server_of_mariadb.write(f"grant process on *.* to {READER}@'%';")


def test_a_wrong_password_is_refused_and_not_shown(
    orders: Orders, server_of_mariadb: MariaDb
) -> None:
    orders.uri = server_of_mariadb.reader_uri(ERP, "wrong password")

    with pytest.raises(SourceAccessError, match="The database refused us") as refused:
        orders.extract(FIRST)

    assert "wrong password" not in str(refused.value)


def test_a_column_of_another_type_is_refused(orders: Orders, server_of_mariadb: MariaDb) -> None:
    server_of_mariadb.write("alter table refunds modify refund_amount double;", ERP)

    with pytest.raises(ContractError, match="Column refund_amount is double at the source"):
        orders.extract(FIRST)
