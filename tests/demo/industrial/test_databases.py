import csv
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import psycopg
import pytest

from demo.industrial.history import state
from demo.industrial.parameters import Parameters
from demo.industrial.replay import IndustrialReplay
from demo.industrial.schema import CRM, ERP, FILES, TABLES, create_statements
from demo.postgres import Postgres

SMALL = Parameters(seed=7, companies_count=60)
FIRST_LOAD = date(2017, 12, 28)
NEXT_DAY = FIRST_LOAD + timedelta(days=1)


def drop(server: Postgres) -> None:
    with psycopg.connect(server.owner_uri()) as connection:
        connection.execute(
            "drop schema if exists industrial_crm, industrial_erp, industrial_simulator cascade"
        )


@pytest.fixture(scope="module")
def played(
    server: Postgres, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[IndustrialReplay]:
    """A small unit, loaded as of one day and played one day on."""
    drop(server)
    replay = IndustrialReplay(server.owner_uri(), tmp_path_factory.mktemp("files"), SMALL)
    replay.create()
    replay.play_to(FIRST_LOAD)
    replay.play_next_day()
    yield replay
    drop(server)


@pytest.mark.parametrize("name", [name for name, spec in TABLES.items() if spec.system != FILES])
def test_database_holds_the_state_of_the_day(played: IndustrialReplay, name: str) -> None:
    spec = TABLES[name]
    expected = state(played.world, name, NEXT_DAY)
    columns = ", ".join(expected.column_names)

    with played.connect() as connection:
        rows = connection.execute(f"select {columns} from {spec.system}.{name}".encode()).fetchall()

    assert sorted(rows, key=str) == sorted(
        (tuple(row.values()) for row in expected.to_pylist()), key=str
    )


def test_clock_of_the_systems_stands_at_the_evening_that_was_played(
    played: IndustrialReplay,
) -> None:
    evening = datetime(2017, 12, 29, 14, tzinfo=UTC)  # ten o'clock in Shanghai
    with played.connect() as connection:
        newest = connection.execute(
            "select max(updated_at), count(*) filter (where updated_at = %s) "
            "from industrial_erp.order_lines",
            [evening],
        ).fetchone()
        delivered = connection.execute(
            "select count(*) from industrial_erp.order_lines where delivered_on = '2017-12-29'"
        ).fetchone()
        by_hand = connection.execute(
            "update industrial_crm.accounts set region = region "
            "where created_on < '2017-01-01' returning updated_at"
        ).fetchall()
        connection.rollback()

    assert newest is not None
    assert delivered is not None
    assert newest[0] == evening
    assert newest[1] >= delivered[0] > 0
    assert set(by_hand) == {(evening,)}


def test_playing_again_brings_nothing(played: IndustrialReplay) -> None:
    again = IndustrialReplay(played.postgres_uri, played.deliveries, SMALL)

    assert again.last_day() == NEXT_DAY
    assert again.play_to(NEXT_DAY).files == ()


def test_world_of_another_seed_is_refused(played: IndustrialReplay) -> None:
    other = IndustrialReplay(played.postgres_uri, played.deliveries, Parameters(seed=8))

    with pytest.raises(ValueError, match="holds the world of seed 7, not of 8"):
        other.play_next_day()


def test_day_outside_the_simulation_is_refused(played: IndustrialReplay) -> None:
    with pytest.raises(ValueError, match="2018-01-01 cannot be played"):
        played.play_to(date(2018, 1, 1))


def test_reader_reads_both_systems_and_changes_nothing(
    server: Postgres, played: IndustrialReplay
) -> None:
    assert played.last_day() == NEXT_DAY
    with psycopg.connect(server.extract_uri(), autocommit=True) as connection:
        for place in ("industrial_crm.accounts", "industrial_erp.orders"):
            assert connection.execute(f"select count(*) > 10 from {place}".encode()).fetchone() == (
                True,
            )
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(f"delete from {place}".encode())
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("select * from industrial_simulator.plays")


def test_rate_files_hold_every_day_once(played: IndustrialReplay) -> None:
    files = sorted((played.deliveries / "rates").iterdir())
    days = [
        row["rate_date"]
        for file in files
        for row in csv.DictReader(file.read_text(encoding="utf-8").splitlines())
    ]

    first = date(2012, 1, 1)
    count = (NEXT_DAY - first).days + 1
    assert days == [str(first + timedelta(days=number)) for number in range(count)]
    # Five years and eleven months by month, then 29 days of December.
    assert len(files) == 5 * 12 + 11 + 29


def test_lists_are_chinese_in_their_encodings_and_not_in_utf_8(played: IndustrialReplay) -> None:
    for table, encoding, word in [
        ("product_families", "gbk", "工业阀门"),
        ("product_master", "gb18030", "成套系统"),
    ]:
        files = sorted((played.deliveries / table).iterdir())
        content = files[-1].read_bytes()

        assert files[-1].name == "2017-10-01.csv"
        assert word in content.decode(encoding)
        with pytest.raises(UnicodeDecodeError):
            content.decode("utf-8")


@pytest.mark.parametrize("system", [CRM, ERP])
def test_tables_are_written_in_types_that_mariadb_knows(system: str) -> None:
    """Only plain words are used; `make optional` reads them from a real MariaDB."""
    plain = re.compile(
        r"(bigint|integer|boolean|date|varchar\(\d+\)|decimal\(\d+,\d+\)|datetime\(6\))( not null)?"
    )
    moved = "timestamp(6) not null default current_timestamp(6) on update current_timestamp(6)"

    for statement in create_statements(system, "mariadb"):
        head, *lines, key, end = statement.split("\n")
        columns = dict(line.strip().rstrip(",").split(" ", 1) for line in lines)
        assert re.fullmatch(r"create table [a-z_]+ \(", head)
        assert columns.pop("updated_at") == moved
        assert all(plain.fullmatch(kind) for kind in columns.values())
        assert re.fullmatch(r"    primary key \([a-z_, ]+\)", key)
        assert end == ")"
