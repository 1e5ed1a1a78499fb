import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from demo import postgres
from demo.postgres import Postgres, PostgresError
from demo.retail import RetailReplay


def processes_of(folder: Path) -> list[str]:
    """Return the command lines of running processes that name ``folder``."""
    commands = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            commands.append((process / "cmdline").read_bytes().replace(b"\0", b" ").decode())
        except (FileNotFoundError, ProcessLookupError):
            continue  # ended while we looked
    return [command for command in commands if str(folder) in command]


def test_server_is_postgres_18(server: Postgres) -> None:
    with psycopg.connect(server.owner_uri()) as connection:
        assert connection.info.server_version // 10_000 == 18


def test_stop_leaves_no_process_behind_and_start_finds_the_data_again(tmp_path: Path) -> None:
    folder = tmp_path / "crm"
    server = postgres.start(folder)
    with psycopg.connect(server.owner_uri()) as connection:
        connection.execute("create table kept as select 42 as answer")
    assert processes_of(folder)

    postgres.stop(folder)

    assert processes_of(folder) == []
    assert not server.is_running()
    with postgres.running(folder) as again, psycopg.connect(again.owner_uri()) as connection:
        assert connection.execute("select answer from kept").fetchone() == (42,)
    assert processes_of(folder) == []


def test_stop_works_from_a_later_process_without_a_home(tmp_path: Path) -> None:
    def run(command: str) -> None:
        subprocess.run(
            [sys.executable, "-m", "demo", command, f"--folder={tmp_path}"],
            cwd=Path(postgres.__file__).parents[1],
            env={"PATH": "/usr/bin:/bin"},
            check=True,
        )

    run("start")
    assert processes_of(tmp_path)

    run("stop")

    assert processes_of(tmp_path) == []


def test_server_runs_in_a_folder_too_deep_for_a_socket_and_cleans_up_elsewhere(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "a folder's name" / ("x" * 100)

    with postgres.running(folder) as server:
        with psycopg.connect(server.extract_uri()) as connection:
            assert connection.execute("select 1").fetchone() == (1,)
        elsewhere = server.socket_folder

    assert elsewhere != folder
    assert not elsewhere.exists()


def test_immediate_restart_keeps_what_was_committed_and_cuts_connections(server: Postgres) -> None:
    with psycopg.connect(server.owner_uri(), autocommit=True) as connection:
        connection.execute("create table crash as select 'committed' as state")
    cut = psycopg.connect(server.owner_uri())
    cut.execute("insert into crash values ('open')")

    server.restart_immediately()

    with pytest.raises(psycopg.OperationalError):
        cut.execute("select 1")
    cut.close()
    with psycopg.connect(server.owner_uri()) as connection:
        assert connection.execute("select state from crash").fetchall() == [("committed",)]
        connection.execute("drop table crash")


@pytest.mark.parametrize("tcp", [False, True], ids=["socket", "tcp"])
def test_reader_enters_with_its_password_only(server: Postgres, tcp: bool) -> None:
    with psycopg.connect(server.extract_uri(tcp=tcp)) as connection:
        assert connection.execute("select current_user").fetchone() == ("extract",)

    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(server.extract_uri(password="wrong", tcp=tcp))


def test_owner_cannot_enter_over_tcp(server: Postgres) -> None:
    with pytest.raises(psycopg.OperationalError, match=r"no pg_hba\.conf entry"):
        psycopg.connect(f"postgresql://crm_owner@127.0.0.1:{server.port}/crm")


@pytest.mark.parametrize(
    "statement",
    [
        "insert into crm.campaigns values (99, 'Type A', '2017-01-01', '2017-01-02')",
        "update crm.households set income_band = null",
        "delete from crm.households",
        "truncate crm.coupons",
        "alter table crm.households add column mine int",
        "create table crm.mine (id int)",
        "create table public.mine (id int)",
        "create temporary table mine (id int)",
        "select * from simulator.plays",
    ],
)
def test_reader_can_change_nothing(server: Postgres, replay: RetailReplay, statement: str) -> None:
    assert replay.last_day() is None
    with psycopg.connect(server.extract_uri()) as connection:
        assert connection.execute("select count(*) from crm.households").fetchone() == (0,)

        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(statement)


def test_reader_sees_how_long_others_have_been_writing(
    server: Postgres, replay: RetailReplay
) -> None:
    with replay.connect() as writer, psycopg.connect(server.extract_uri()) as reader:
        writer.execute(
            "insert into crm.campaigns values (99, 'Type A', '2017-01-01', '2017-01-02')"
        )

        open_since = reader.execute(
            "select count(xact_start) from pg_stat_activity "
            "where usename = 'crm_owner' and backend_xid is not null"
        ).fetchone()

    assert open_since == (1,)


def test_address_for_tcp_is_refused_when_the_server_has_none(january: RetailReplay) -> None:
    server = postgres.find(january.deliveries.parent / "crm")

    with pytest.raises(PostgresError, match="created without TCP"):
        server.extract_uri(tcp=True)


def test_stop_names_a_folder_in_which_nothing_was_created(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="No PostgreSQL was created in"):
        postgres.stop(tmp_path)


def test_password_stands_in_no_log_and_not_in_the_representation(server: Postgres) -> None:
    assert server.extract_password not in repr(server)
    assert server.extract_password not in (server.folder / "postgres.log").read_text()
    assert (server.folder / "server.json").stat().st_mode & 0o777 == 0o600
