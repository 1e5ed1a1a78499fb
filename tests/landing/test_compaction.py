"""Closed months are read as one file, and give the very rows that their batches hold."""

import datetime as dt
from pathlib import Path

import duckdb
import pytest
from customer_value.errors import LandingError
from customer_value.extract.files import extract_files
from customer_value.landing.batch import Batch, LandedTable
from customer_value.landing.compaction import compact
from customer_value.runs import Run
from customer_value.settings import Settings
from customer_value.sources.contract import load_system
from customer_value.warehouse.candidate import attach_landing

CONTRACT = """
unit: shop
time_zone: UTC
systems:
  till:
    kind: files
    connection: till
    tables:
      prices:
        files: "*"
        delivery: snapshot
        encoding: utf-8
        key: [product]
        columns:
          product: {{type: varchar}}
          price: {{type: "{price}"}}
"""
NIGHTS = [dt.date(2024, 1, 9), dt.date(2024, 1, 20), dt.date(2024, 2, 1), dt.date(2024, 2, 2)]


class Till:
    """A price list that changes now and then, and its landed batches."""

    def __init__(self, root: Path) -> None:
        self.settings = Settings(home=root / "home", project=root, memory_limit="1GB")
        self.settings.sources.mkdir(parents=True)
        self.lists = root / "lists"
        self.lists.mkdir()
        self.promise("integer")

    def promise(self, price: str) -> None:
        (self.settings.sources / "shop.yml").write_text(CONTRACT.format(price=price))

    def land(self, night: dt.date, content: str) -> Batch:
        """Deliver a price list and land it as that night's batch."""
        (self.lists / f"{night}.csv").write_text(f"product,price\n{content}\n")
        system = load_system(self.settings.sources, "shop_till")
        run = Run.named("night", night, self.settings)
        (batch,) = extract_files(run, system, self.lists.as_uri(), [system.table("prices")])
        batch.judge({"status": "accepted"})
        return batch

    @property
    def batches(self) -> list[Batch]:
        return LandedTable(self.settings.landing, "shop_till", "prices").accepted()

    def files(self) -> list[str]:
        """Return what a build reads, as paths below the table's folder."""
        with duckdb.connect() as connection:
            read = compact(connection, self.batches)
        table = self.settings.landing / "shop_till" / "prices"
        return [str(path.relative_to(table)).split("-")[-1] for path in (*read.data, *read.keys)]

    def rows(self, relation: str = "prices") -> list[tuple[object, ...]]:
        """Return product, price and batch as a build sees them; of ``prices__keys``, no price."""
        system = load_system(self.settings.sources, "shop_till")
        wanted = "product, price, _batch_sequence, _observed_date"
        if relation.endswith("__keys"):
            wanted = "product, _batch_sequence, _observed_date"
        with duckdb.connect() as connection:
            attach_landing(connection, [(system, system.table("prices"), self.batches)])
            return connection.execute(
                f"select {wanted} from landing_shop_till.{relation} order by all"
            ).fetchall()


@pytest.fixture
def till(tmp_path: Path) -> Till:
    """January holds two batches, February two; February is the latest month."""
    till = Till(tmp_path)
    for night, content in zip(NIGHTS, ["a,1", "a,2\nb,5", "a,3", "a,3\nc,7"], strict=True):
        till.land(night, content)
    return till


def test_a_closed_month_is_one_file_and_the_latest_month_stays_as_it_landed(till: Till):
    (january, february_1, february_2, *keys) = [Path(name) for name in till.files()]

    assert (january.name, february_1.parent.name, february_2.parent.name) == (
        "data.parquet",
        "000003",
        "000004",
    )
    assert january.parent.name not in ("000001", "000002")
    assert [path.name for path in keys] == ["keys.parquet"] * 3


def test_the_rows_and_the_listings_are_those_of_the_batches(till: Till):
    first, second, third, fourth = NIGHTS

    assert till.rows() == [
        ("a", 1, 1, first),
        ("a", 2, 2, second),
        ("a", 3, 3, third),
        ("a", 3, 4, fourth),
        ("b", 5, 2, second),
        ("c", 7, 4, fourth),
    ]
    assert till.rows("prices__keys") == [
        ("a", 1, first),
        ("a", 2, second),
        ("a", 3, third),
        ("a", 4, fourth),
        ("b", 2, second),
        ("c", 4, fourth),
    ]


def test_a_second_build_reads_the_file_of_the_first(till: Till):
    assert till.files() == till.files()
    compacted = till.settings.landing / "shop_till" / "prices" / "compacted"
    assert len(list(compacted.iterdir())) == 1


def test_a_discarded_batch_leaves_the_compacted_month_too(till: Till):
    before = till.rows()
    till.batches[1].judge({"status": "rejected", "discarded_by": "Lee"})

    assert till.rows() == [row for row in before if row[2] != 2]


def test_a_batch_taken_back_in_is_there_again(till: Till):
    before, second = till.rows(), till.batches[1]
    second.judge({"status": "rejected", "discarded_by": "Lee"})
    till.rows()
    second.judge({"status": "accepted"})

    assert till.rows() == before


def test_batches_of_other_column_types_are_not_mixed(till: Till):
    """An integer read together with a decimal would be a decimal for both."""
    till.promise("decimal(10,2)")
    till.land(dt.date(2024, 2, 3), "a,3.50")
    till.land(dt.date(2024, 3, 1), "a,4.00")

    names = till.files()

    assert sum(name.startswith("0000") for name in names) == 4, names
    assert [str(row[1]) for row in till.rows() if row[0] == "a"] == [
        "1.00",
        "2.00",
        "3.00",
        "3.00",
        "3.50",
        "4.00",
    ]


def test_a_compacted_file_that_rotted_is_named_and_may_be_deleted(till: Till):
    before = till.rows()
    (damaged,) = (till.settings.landing / "shop_till" / "prices").glob("compacted/*/data.parquet")
    content = bytearray(damaged.read_bytes())
    content[len(content) // 2] ^= 1
    damaged.write_bytes(content)

    with pytest.raises(LandingError, match=r"compacted shop_till\.prices 2024-01 changed") as error:
        till.rows()

    assert f"Delete {damaged.parent}" in error.value.fix
    for path in damaged.parent.iterdir():
        path.unlink()
    damaged.parent.rmdir()
    assert till.rows() == before


def test_a_folder_that_a_killed_build_left_is_written_again(till: Till):
    before = till.rows()
    (manifest,) = (till.settings.landing / "shop_till" / "prices").glob("compacted/*/manifest.json")
    manifest.unlink()
    (manifest.parent / "data.parquet").write_bytes(b"half")

    assert till.rows() == before
