"""A CRM with people in it, and the landing of it night by night."""

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import psycopg
import pytest
from customer_value.extract.system import extract_system
from customer_value.landing.batch import Batch
from customer_value.privacy.people import write_people
from customer_value.runs import Run
from customer_value.settings import Settings
from customer_value.sources.contract import load_system

from demo.postgres import Postgres

CONTRACT = """
unit: works
time_zone: UTC
systems:
  crm:
    kind: postgres
    connection: works_crm
    schema: works
    tables:
      contacts:
        key: [contact_id]
        cursor: changed_at
        overlap_minutes: 0
        columns:
          contact_id: {type: bigint, person: contact}
          layer: {type: varchar, allowed: [operation, management]}
          name: {type: varchar, personal: true}
          phone: {type: varchar, personal: true, nullable: true}
          changed_at: {type: timestamptz}
      visits:
        key: [visit_id]
        columns:
          visit_id: {type: bigint}
          contact_id: {type: bigint, person: contact}
          rival: {type: varchar, nullable: true, personal: true, person: rival}
"""
KEY = "0123456789abcdef0123456789abcdef"


class Works:
    """The CRM, its owner's connection, and one home that lands it."""

    def __init__(self, server: Postgres, settings: Settings, root: Path) -> None:
        sources = root / "project" / "dags" / "sources"
        sources.mkdir(parents=True)
        (sources / "works.yml").write_text(CONTRACT)
        self.settings = Settings(
            home=settings.home,
            project=root / "project",
            memory_limit="1GB",
            threads=2,
            pseudonym_key=KEY,
        )
        self.uri = server.extract_uri()
        self.owner = psycopg.connect(server.owner_uri(), autocommit=True)
        self.nights = 0
        self.write("drop schema if exists works cascade; create schema works")
        self.write(
            "create table works.contacts (contact_id bigint primary key, layer text, name text, "
            "phone text, changed_at timestamptz not null default now())"
        )
        self.write(
            "create table works.visits (visit_id bigint primary key, contact_id bigint, rival text)"
        )
        self.write("grant usage on schema works to extract")
        self.write("grant select on all tables in schema works to extract")

    def write(self, sql: str) -> None:
        self.owner.execute(sql.encode())

    def load(self, settings: Settings | None = None) -> dict[str, Batch]:
        """Land and accept both tables, and write the people file; return the batches by table."""
        self.nights += 1
        used = settings or self.settings
        run = Run.named(str(self.nights), dt.date(2024, 3, self.nights), used)
        system = load_system(used.sources, "works_crm")
        batches = extract_system(run, system, lambda _name: self.uri)
        for batch in batches:
            batch.judge({"status": "accepted"})
        write_people(used)
        return {str(batch.manifest["table"]): batch for batch in batches}

    def texts(self) -> str:
        """Return every value of every file below home, unpacked, and every other byte of it."""
        found = []
        for path in sorted(self.settings.home.rglob("*")):
            if path.suffix == ".parquet":
                found.append(str(duckdb.sql(f"from read_parquet('{path}')").fetchall()))
            elif path.suffix == ".duckdb":
                with duckdb.connect(str(path), read_only=True) as database:
                    for (table,) in database.sql("show tables").fetchall():
                        found.append(str(database.sql(f"from {table}").fetchall()))
            if path.is_file():
                found.append(path.read_bytes().decode("utf-8", errors="ignore"))
        return "\n".join(found)


@pytest.fixture
def works(server: Postgres, settings: Settings, tmp_path: Path) -> Iterator[Works]:
    works = Works(server, settings, tmp_path)
    yield works
    works.owner.close()


Rows = Callable[[Path | None], list[dict[str, object]]]


@pytest.fixture
def rows() -> Rows:
    def read(path: Path | None) -> list[dict[str, object]]:
        assert path
        found = duckdb.sql(f"from read_parquet('{path}') order by 1")
        return [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]

    return read
