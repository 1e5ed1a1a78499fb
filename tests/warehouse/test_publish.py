"""A version becomes visible whole or not at all, and readers never go back by accident."""

import datetime as dt
import re
import shutil
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pytest
from customer_value import durable
from customer_value.errors import LockHeldError, PublishRefusedError, VersionError
from customer_value.load import state_for_readers
from customer_value.runs import Run
from customer_value.settings import PROJECT, Settings
from customer_value.warehouse.candidate import Candidate, create_candidate, load_candidate
from customer_value.warehouse.lock import exclusive
from customer_value.warehouse.publish import publish, record_gate, rollback
from customer_value.warehouse.readonly import connect_readonly
from customer_value.warehouse.seal import seal
from customer_value.warehouse.versions import Versions
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

CONTRACT = """
unit: shop
time_zone: UTC
systems:
  till:
    kind: files
    connection: till
    tables:
      lines:
        files: "*"
        delivery: once
        key: [id]
        columns: {id: {type: bigint}}
"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A warehouse whose project is one small contract, so that only the test changes it."""
    sources = tmp_path / "project" / "dags" / "sources"
    sources.mkdir(parents=True)
    (sources / "shop.yml").write_text(CONTRACT)
    return Settings(home=tmp_path / "home", project=tmp_path / "project", memory_limit="1GB")


def run_of(settings: Settings, name: str, day: int = 1) -> Run:
    return Run.named(name, dt.date(2024, 3, day), settings)


def sealed(run: Run, value: int) -> Candidate:
    """Build and seal a candidate with two tables that must always agree."""
    candidate = create_candidate(run)
    with duckdb.connect(str(candidate.database)) as connection:
        connection.execute("create schema marts; create schema operations")
        for table in ("one", "two"):
            connection.execute(
                f"create table marts.{table} as select i as id, {value} as value "
                "from range(1000) as numbers(i)"
            )
        connection.execute("comment on column marts.one.value is 'euro, it''s a test'")
    seal(candidate)
    record_gate(candidate, 1)
    return candidate


def published(settings: Settings, name: str, value: int, day: int = 1) -> dict[str, Any]:
    run = run_of(settings, name, day)
    sealed(run, value)
    return publish(run)


def value_now(settings: Settings, version: str | None = None) -> int:
    with connect_readonly(settings, version) as connection:
        row = connection.execute("select max(value) from marts.one").fetchone()
    assert row
    return int(row[0])


def test_what_is_published_can_be_read_with_its_comments(settings: Settings):
    result = published(settings, "a", 7)

    assert result["live"]
    assert value_now(settings) == 7
    with connect_readonly(settings) as connection:
        comment = connection.execute(
            "select comment from duckdb_columns() where table_name = 'one' "
            "and column_name = 'value'"
        ).fetchone()
    assert comment == ("euro, it's a test",)


def test_the_same_content_has_the_same_digest_however_often_it_is_built(settings: Settings):
    first = published(settings, "a", 7)
    second = published(settings, "b", 7)
    third = published(settings, "c", 8)

    assert first["digest"] == second["digest"] != third["digest"]


def test_publishing_twice_does_nothing_more(settings: Settings):
    run = run_of(settings, "a")
    sealed(run, 7)

    assert publish(run)["version"] == publish(run)["version"]
    assert len(Versions(settings).moves()) == 1


def test_a_file_that_was_not_audited_or_changed_since_is_refused(settings: Settings):
    run = run_of(settings, "a")
    candidate = sealed(run, 7)
    (candidate.sealed / "gate.json").unlink()
    with pytest.raises(PublishRefusedError, match="was not audited"):
        publish(run)
    record_gate(candidate, 1)
    database = candidate.sealed / "customer_value.duckdb"
    database.chmod(0o640)
    with duckdb.connect(str(database)) as connection:
        connection.execute("update marts.one set value = 8 where id = 1")
    with pytest.raises(PublishRefusedError, match="changed after its audit"):
        publish(run)
    assert Versions(settings).live() is None


def test_a_run_that_was_overtaken_is_refused_and_the_live_version_stays(settings: Settings):
    published(settings, "before", 1)
    slow = run_of(settings, "slow", day=2)
    sealed(slow, 2)
    fast = run_of(settings, "fast", day=2)
    # The faster run's publish clears dead runs' scratch space; a paused run still has its files.
    kept = slow.build_directory.rename(settings.home / "aside")
    sealed(fast, 3)
    publish(fast)
    kept.rename(slow.build_directory)

    with pytest.raises(PublishRefusedError, match="made version 000003 live meanwhile"):
        publish(slow)

    assert value_now(settings) == 3


def test_a_backfill_of_an_earlier_day_is_kept_but_readers_do_not_go_back(settings: Settings):
    published(settings, "new", 2, day=9)

    result = published(settings, "old", 1, day=3)

    assert (result["live"], result["live_version"]) == (False, "000001")
    assert value_now(settings) == 2
    assert value_now(settings, result["version"]) == 1


def test_code_that_changed_between_two_steps_stops_the_run(settings: Settings):
    run = run_of(settings, "a")
    sealed(run, 7)
    (settings.sources / "shop.yml").write_text(CONTRACT + "# changed\n")

    with pytest.raises(PublishRefusedError, match="code changed while"):
        load_candidate(run)


def test_rollback_points_back_is_recorded_and_needs_a_reason(settings: Settings):
    published(settings, "a", 1, day=1)
    published(settings, "b", 2, day=2)

    with pytest.raises(PublishRefusedError, match="needs a name and a reason"):
        rollback(settings, None, who="lee", why=" ")
    moved = rollback(settings, None, who="lee", why="wrong prices")

    assert moved == {"version": "000001", "before": "000002", "as_of_date": "2024-03-01"}
    assert value_now(settings) == 1
    assert Versions(settings).moves()[-1]["why"] == "wrong prices"
    assert published(settings, "c", 3, day=3)["live"]


def test_a_damaged_version_is_found_and_not_rolled_back_to(settings: Settings):
    first = published(settings, "a", 1)
    published(settings, "b", 2)
    database = Versions(settings).get(first["version"]).database
    database.chmod(0o640)
    content = bytearray(database.read_bytes())
    content[len(content) // 2] ^= 1
    database.write_bytes(content)

    with pytest.raises(VersionError, match="000001 is damaged"):
        rollback(settings, None, who="lee", why="test")
    assert value_now(settings) == 2


def test_a_stale_write_ahead_log_beside_a_version_refuses_to_open(settings: Settings):
    published(settings, "a", 1)
    live = Versions(settings).live()
    assert live
    live.database.with_name(live.database.name + ".wal").write_bytes(b"x")

    with pytest.raises(VersionError, match="write-ahead log lies beside"):
        connect_readonly(settings)


@pytest.mark.parametrize("pointer", ["../elsewhere", "versions/999999", "versions/../.."])
def test_a_broken_pointer_is_a_clear_error_and_can_be_mended(settings: Settings, pointer: str):
    from customer_value.doctor import repair

    published(settings, "a", 1)
    versions = Versions(settings)
    versions.pointer.unlink()
    versions.pointer.symlink_to(pointer)

    with pytest.raises(VersionError):
        connect_readonly(settings)
    assert repair(settings) == ["pointed current to 000001"]
    assert value_now(settings) == 1


def test_a_copy_in_place_of_the_pointer_is_put_aside_and_kept(settings: Settings):
    """As a backup that followed links brings it back."""
    from customer_value.doctor import repair

    published(settings, "a", 1)
    pointer = Versions(settings).pointer
    pointer.unlink()
    shutil.copytree(settings.warehouse / "versions" / "000001", pointer)

    moved, pointed = repair(settings)

    assert pointed == "pointed current to 000001"
    assert value_now(settings) == 1
    assert (Path(moved.rpartition(" into ")[2]) / "current" / "seal.json").exists()


def test_an_error_says_whether_readers_see_this_run_already(settings: Settings):
    """Publishing may still fail after the pointer was swapped, on a full disk for example."""
    assert state_for_readers(settings) == "nothing has been published yet."
    published(settings, "a", 1)

    live = run_of(settings, "a")
    assert state_for_readers(settings, live) == (
        "version 000001 (as of 2024-03-01) of this very run is live already, complete and audited."
    )
    other = run_of(settings, "b")
    assert state_for_readers(settings, other) == (
        "version 000001 (as of 2024-03-01) is still live; nothing changed for readers."
    )


def test_pruning_keeps_the_newest_and_never_the_live_one_goes(settings: Settings):
    few = replace(settings, keep_versions=2)
    for number in range(4):
        published(few, str(number), number, day=number + 1)
    rollback(few, "000003", who="lee", why="test")
    published(few, "old", 9, day=1)
    published(few, "older", 9, day=1)

    names = [version.name for version in Versions(few).all()]
    live = Versions(few).live()
    assert live
    assert live.name == "000003"
    assert names == ["000003", "000005", "000006"]


def test_published_files_are_read_only_and_scratch_is_private(settings: Settings):
    published(settings, "a", 1)
    live = Versions(settings).live()
    assert live
    assert live.database.stat().st_mode & 0o777 == 0o440


@pytest.mark.parametrize(
    "escape",
    [
        "copy (select 1) to '{home}/out.csv'",
        "select * from read_text('{home}/fence')",
        "select * from glob('{home}/*')",
        "attach '{home}/other.duckdb'",
        "install httpfs",
        "load httpfs",
        "set enable_external_access = true",
        "set lock_configuration = false",
        "export database '{home}/dump'",
        "create table marts.mine as select 1",
        "delete from marts.one",
        "create secret s (type s3)",
    ],
)
def test_the_readers_connection_has_no_way_out(settings: Settings, escape: str):
    published(settings, "a", 1)
    before = sorted(settings.home.rglob("*"))

    with connect_readonly(settings) as connection, pytest.raises(duckdb.Error):
        connection.execute(escape.format(home=settings.warehouse)).fetchall()

    assert sorted(settings.home.rglob("*")) == before


def test_the_lock_names_its_holder_and_goes_with_it(settings: Settings):
    path = settings.warehouse / ".lock"
    code = (
        "import sys, time; from pathlib import Path\n"
        "from customer_value.warehouse.lock import exclusive\n"
        f"with exclusive(Path({str(path)!r}), holder='run one'):\n"
        "    print('held', flush=True); time.sleep(60)\n"
    )
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert process.stdout
    assert process.stdout.readline() == "held\n"

    with pytest.raises(LockHeldError, match=f"run one holds the lock .process {process.pid}"):  # noqa: SIM117
        with exclusive(path, holder="run two"):
            pass
    process.kill()
    process.wait()
    with exclusive(path, holder="run two"):
        assert durable.read_json(path)["holder"] == "run two"


SQLALCHEMY = re.compile(r"^## Python, SQLAlchemy\n(.*?)^## ", re.DOTALL | re.MULTILINE)
CODE = re.compile(r"^```python\n(.*?)^```", re.DOTALL | re.MULTILINE)


def test_the_recipes_for_sqlalchemy_see_each_version_and_a_bare_pool_the_one_it_opened(
    settings: Settings,
):
    def seen_by(engine: Engine) -> int:
        with engine.connect() as connection:
            return int(connection.execute(text("select min(value) from marts.one")).scalar_one())

    found = SQLALCHEMY.search((PROJECT / "docs" / "bi.md").read_text(encoding="utf-8"))
    assert found
    published(settings, "first", 1)
    recipe: dict[str, Any] = {"home": settings.home}
    exec("".join(CODE.findall(found[1])), recipe)  # noqa: S102  our own page
    fresh, pool, answer = recipe["engine"], recipe["pool"], recipe["answer"]
    question = text("select min(value) from marts.one")
    assert (seen_by(fresh), answer(question)) == (1, [(1,)])

    published(settings, "second", 2)

    assert (seen_by(fresh), seen_by(pool)) == (2, 1)
    assert answer(question) == [(2,)]
    pool.dispose()
    with fresh.connect() as connection, pytest.raises(DBAPIError, match="read-only"):
        connection.execute(text("delete from marts.one"))


READER = """
import sys, time
from pathlib import Path
from customer_value.settings import Settings
from customer_value.warehouse.readonly import connect_readonly
settings = Settings(home=Path(sys.argv[1]), memory_limit="1GB", threads=1)
last, reads = -1, 0
while not Path(sys.argv[2]).exists() or reads == 0:
    with connect_readonly(settings) as connection:
        (low, high, other) = connection.execute(
            "select min(one.value), max(one.value), max(two.value) "
            "from marts.one inner join marts.two using (id)").fetchone()
    assert low == high == other, f"mixed: {low} {high} {other}"
    assert low >= last, f"backwards: {low} after {last}"
    last, reads = low, reads + 1
print(reads, last)
"""


def test_readers_see_twenty_publishes_without_an_error_a_mix_or_a_step_back(
    settings: Settings, tmp_path: Path
):
    stop = tmp_path / "stop"
    few = replace(settings, keep_versions=3, threads=1)
    published(few, "0", 0)
    readers = [
        subprocess.Popen(
            [sys.executable, "-c", READER, str(settings.home), str(stop)],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for _ in range(2)
    ]
    for value in range(1, 21):
        published(few, str(value), value)
    time.sleep(0.2)
    stop.touch()
    for reader in readers:
        output, _ = reader.communicate(timeout=60)
        assert reader.returncode == 0, output
        reads, last = output.split()
        assert int(reads) >= 20
        assert last == "20"
