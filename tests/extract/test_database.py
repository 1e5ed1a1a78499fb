"""Extraction from a real PostgreSQL loses nothing and changes nothing."""

import datetime as dt
import logging
from collections.abc import Iterator
from pathlib import Path

import duckdb
import psycopg
import pytest
from customer_value.errors import (
    ContractError,
    CustomerValueError,
    SourceAccessError,
    SourceUnavailableError,
)
from customer_value.extract.database import next_watermark
from customer_value.extract.system import extract_system
from customer_value.landing.batch import Batch, LandedTable
from customer_value.runs import Run
from customer_value.settings import Settings
from customer_value.sources.contract import load_system

from demo.postgres import Postgres

CONTRACT = """
unit: club
time_zone: UTC
systems:
  crm:
    kind: postgres
    connection: club_crm
    schema: club
    tables:
      members:
        key: [member_id]
        cursor: changed_at
        overlap_minutes: 0
        columns:
          member_id: {type: bigint}
          name: {type: varchar, nullable: true}
          credit: {type: "decimal(10,2)", nullable: true}
          joined: {type: date, nullable: true}
          changed_at: {type: timestamptz}
"""


class Club:
    """A CRM with one table, its owner's connection, and the nightly extraction of it."""

    def __init__(self, server: Postgres, settings: Settings, root: Path) -> None:
        sources = root / "project" / "dags" / "sources"
        sources.mkdir(parents=True)
        self.contract = sources / "club.yml"
        self.contract.write_text(CONTRACT)
        self.settings = Settings(
            home=settings.home, project=root / "project", memory_limit="1GB", threads=2
        )
        self.server = server
        self.uri = server.extract_uri()
        self.owner = psycopg.connect(server.owner_uri(), autocommit=True)
        self.nights = 0
        self.owner.execute("drop schema if exists club cascade")
        self.owner.execute("create schema club")
        self.owner.execute(
            "create table club.members (member_id bigint primary key, name text, "
            "credit numeric(10,2), joined date, changed_at timestamptz not null default now())"
        )
        self.owner.execute("grant usage on schema club to extract")
        self.owner.execute("grant select on club.members to extract")

    def write(self, sql: str) -> None:
        self.owner.execute(sql)

    def load(self, status: str = "accepted") -> Batch:
        self.nights += 1
        run = Run.named(str(self.nights), dt.date(2024, 3, self.nights), self.settings)
        system = load_system(self.settings.sources, "club_crm")
        (batch,) = extract_system(run, system, lambda _name: self.uri)
        batch.judge({"status": status})
        return batch

    def landed(self) -> dict[int, str]:
        """Return the newest landed name of each member."""
        files = [
            str(batch.data)
            for batch in LandedTable(self.settings.landing, "club_crm", "members").accepted()
        ]
        found = duckdb.sql(
            "select member_id, arg_max(name, _batch_sequence) "
            f"from read_parquet({files}) group by 1"
        ).fetchall()
        return dict(found)


@pytest.fixture
def club(server: Postgres, settings: Settings, tmp_path: Path) -> Iterator[Club]:
    club = Club(server, settings, tmp_path)
    yield club
    club.owner.close()


def test_a_commit_that_lands_late_is_in_the_next_batch(club: Club):
    club.write("insert into club.members values (1, 'early')")
    with psycopg.connect(club.server.owner_uri()) as late:
        late.execute("insert into club.members values (2, 'late')")
        club.write("insert into club.members values (3, 'after')")
        first = club.load()
        late.commit()

    second = club.load()

    assert first.rows_landed == 2
    assert club.landed() == {1: "early", 2: "late", 3: "after"}
    assert second.manifest["kind"] == "changes"


def test_a_transaction_still_without_a_write_holds_the_watermark_back_too(club: Club):
    with psycopg.connect(club.server.owner_uri()) as late:
        late.execute("select 1")  # now() of this transaction is fixed from here on
        club.write("insert into club.members values (1, 'first')")
        club.load()
        late.execute("insert into club.members values (2, 'late')")
        late.commit()

    club.load()

    assert club.landed() == {1: "first", 2: "late"}


def test_equal_timestamps_are_not_split(club: Club):
    club.write(
        "insert into club.members select n, 'a', 1, null, '2024-01-01' from generate_series(1, 5) n"
    )
    club.load()
    club.write(
        "insert into club.members select n, 'b', 1, null, '2024-01-01' from generate_series(6, 9) n"
    )

    club.load()

    assert sorted(club.landed()) == list(range(1, 10))


def test_only_changes_are_fetched_and_deletes_are_seen_in_the_key_listing(club: Club):
    club.write(
        "insert into club.members select n, 'a', n, null, '2024-01-01'::timestamptz "
        "+ n * interval '1 hour' from generate_series(1, 100) n"
    )
    complete = club.load()
    club.write("update club.members set name = 'b', changed_at = now() where member_id = 50")
    club.write("delete from club.members where member_id = 7")

    changes = club.load()
    quiet = club.load()

    assert complete.manifest["kind"] == "complete"
    assert changes.rows_landed == 2  # the changed row, and the one at the watermark itself
    keys = duckdb.sql(f"select member_id from '{changes.keys}'").fetchall()
    assert len(keys) == 99
    assert (7,) not in keys
    assert quiet.keys is None, "an unchanged listing is not stored again"


def test_touching_a_row_does_not_change_its_hash(club: Club):
    club.write("insert into club.members values (1, 'a', 1.50)")
    first = club.load()
    club.write("update club.members set changed_at = now()")

    second = club.load()

    hashes = [
        duckdb.sql(f"select _row_hash from '{batch.data}'").fetchall() for batch in (first, second)
    ]
    assert hashes[0] == hashes[1]


def test_values_postgres_knows_and_a_warehouse_cannot_use_go_to_quarantine(club: Club):
    club.write(
        "insert into club.members values (1, 'ok', 1.50, '2024-01-01'), "
        "(2, 'nan', 'NaN', null), (3, 'never', 1, 'infinity'), (4, 'late', 1, '0044-03-15 BC')"
    )

    batch = club.load()

    assert batch.manifest["rows_in"] == 4
    found = {(entry["rule"], entry["column"]) for entry in batch.manifest["quarantine"]}
    assert found == {("format", "credit"), ("not_finite", "joined")}
    assert sorted(club.landed()) == [1, 4]


def test_a_rejected_batch_does_not_move_the_watermark(club: Club):
    club.write("insert into club.members values (1, 'a')")
    club.load()
    club.write("insert into club.members values (2, 'b')")
    club.load(status="rejected")

    club.load()

    assert sorted(club.landed()) == [1, 2]


def test_a_run_that_is_repeated_extracts_nothing_twice(club: Club):
    club.write("insert into club.members values (1, 'a')")
    first = club.load()
    club.nights -= 1
    club.uri = "postgresql://nobody:wrong@localhost:1/none"

    again = club.load()

    assert again.label == first.label


def test_a_batch_nobody_judged_is_set_aside_and_its_rows_come_again(club: Club):
    club.write("insert into club.members values (1, 'a')")
    club.load(status="pending")

    second = club.load()

    first = LandedTable(club.settings.landing, "club_crm", "members").batches()[0]
    assert first.status == "abandoned"
    assert second.rows_landed == 1


def test_dropped_retyped_and_missing_tables_stop_before_anything_is_landed(club: Club):
    club.write("alter table club.members alter column credit type double precision")
    with pytest.raises(ContractError, match="credit is double precision at the source"):
        club.load()
    club.write("alter table club.members drop column credit")
    with pytest.raises(ContractError, match="Column credit is missing"):
        club.load()
    club.write("drop table club.members")
    with pytest.raises(ContractError, match=r"Table club\.members does not exist"):
        club.load()
    assert LandedTable(club.settings.landing, "club_crm", "members").batches() == []


def test_a_new_column_is_ignored_unless_it_looks_personal(club: Club):
    club.write("insert into club.members values (1, 'a')")
    club.write("alter table club.members add column shoe_size int")
    assert club.load().rows_landed == 1
    club.write("alter table club.members add column email text")
    with pytest.raises(ContractError, match="email is new and looks like data about a person"):
        club.load()


def test_a_role_that_can_write_is_refused(club: Club):
    club.write("grant insert on club.members to extract")
    with pytest.raises(SourceAccessError, match=r"can write to club\.members"):
        club.load()


def test_a_role_that_cannot_see_transactions_is_refused(club: Club):
    superuser = club.server.owner_uri().replace("//crm_owner@", "//postgres@")
    with psycopg.connect(superuser, autocommit=True) as administrator:
        administrator.execute("revoke pg_read_all_stats from extract")
        try:
            with pytest.raises(SourceAccessError, match="late commit could be lost"):
                club.load()
        finally:
            administrator.execute("grant pg_read_all_stats to extract")


def test_a_wrong_password_is_one_message_without_any_password(
    club: Club, caplog: pytest.LogCaptureFixture
):
    caplog.set_level(logging.DEBUG)
    club.uri = club.server.extract_uri(password="canary-secret")

    with pytest.raises(SourceAccessError, match="password authentication failed") as e:
        club.load()

    assert "canary-secret" not in str(e.value) + caplog.text
    assert "connection club_crm" in e.value.where


def test_a_server_that_is_down_can_be_tried_again(club: Club):
    club.uri = "postgresql://extract:x@127.0.0.1:9/crm"
    with pytest.raises(SourceUnavailableError, match="did not answer") as e:
        club.load()
    assert e.value.kind == "retry"


def test_a_watermark_ahead_of_the_source_stops(club: Club):
    club.write("insert into club.members values (1, 'a', 1, null, '2999-01-01')")
    first = club.load()
    watermark = next_watermark([first])
    assert watermark is not None
    assert watermark < dt.datetime.now(dt.UTC) + dt.timedelta(minutes=1)
    first.manifest["largest_cursor"] = first.manifest["ceiling"] = "2999-01-01T00:00:00+00:00"
    (first.directory / "manifest.json").write_text(__import__("json").dumps(first.manifest))

    with pytest.raises(ContractError, match="ahead of the source's clock"):
        club.load()


def test_a_changed_contract_reads_the_whole_table_again(club: Club):
    club.write("insert into club.members values (1, 'a')")
    club.load()
    club.contract.write_text(CONTRACT.replace("overlap_minutes: 0", "overlap_minutes: 5"))

    assert club.load().manifest["kind"] == "complete"


def test_two_extractions_of_one_system_do_not_meet(club: Club):
    from customer_value.warehouse.lock import exclusive

    with (
        exclusive(club.settings.landing / "club_crm" / ".lock", holder="run other"),
        pytest.raises(CustomerValueError, match="run other holds the lock"),
    ):
        _in_another_process(club)


def _in_another_process(club: Club) -> None:
    from customer_value.warehouse import lock

    held = lock._held_here.copy()
    lock._held_here.clear()
    try:
        club.load()
    finally:
        lock._held_here.update(held)


def test_a_discarded_batch_comes_again_whole_even_if_later_ones_were_accepted(club: Club):
    club.write("insert into club.members values (1, 'a')")
    club.load()
    club.write("insert into club.members values (2, 'b')")
    club.write("insert into club.members values (4, 'at the watermark, so it is read again')")
    middle = club.load()
    club.write("insert into club.members values (3, 'c')")
    club.load()
    middle.judge({"status": "rejected", "discarded_by": "lee", "why": "test"})
    assert sorted(club.landed()) == [1, 3, 4]

    again = club.load()

    assert again.manifest["kind"] == "complete"
    assert sorted(club.landed()) == [1, 2, 3, 4]
