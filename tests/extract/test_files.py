"""Delivered files become batches: each fault has one answer, and no row is lost on the way."""

import datetime as dt
import gzip
from pathlib import Path

import duckdb
import fsspec
import pytest
from customer_value.errors import ContractError, DeliveryError, SourceUnavailableError
from customer_value.extract.files import extract_files
from customer_value.landing.batch import Batch
from customer_value.landing.quarantine import explain, list_quarantined, replay
from customer_value.runs import Run
from customer_value.settings import Settings
from customer_value.sources.contract import load_system

CONTRACT = """
unit: shop
time_zone: Asia/Shanghai
systems:
  till:
    kind: files
    connection: till
    tables:
      lines:
        files: "lines/*"
        delivery: once
        encoding: {encoding}
        key: [line_id]
        volume_date: sold_at
        columns:
          line_id: {{type: bigint}}
          amount: {{type: "decimal(10,2)", min: {minimum}}}
          name: {{type: varchar, nullable: true}}
          sold_at: {{type: timestamp}}
"""
HEADER = "line_id,amount,name,sold_at\n"


class Till:
    """A shop's delivery folder and its contract."""

    def __init__(self, settings: Settings, root: Path) -> None:
        self.folder = root / "deliveries"
        (self.folder / "lines").mkdir(parents=True)
        self.project = root / "project"
        (self.project / "dags" / "sources").mkdir(parents=True)
        self.settings = Settings(home=settings.home, project=self.project, memory_limit="1GB")
        self.promise()
        self.nights = 0

    def promise(self, encoding: str = "utf-8", minimum: str = "0") -> None:
        text = CONTRACT.format(encoding=encoding, minimum=minimum)
        (self.project / "dags" / "sources" / "shop.yml").write_text(text)

    def deliver(self, name: str, content: str | bytes) -> None:
        raw = content if isinstance(content, bytes) else (HEADER + content).encode()
        (self.folder / "lines" / name).write_bytes(raw)

    def run(self) -> Run:
        self.nights += 1
        return Run.named(str(self.nights), dt.date(2024, 3, self.nights), self.settings)

    def load(self, uri: str | None = None) -> Batch:
        system = load_system(self.settings.sources, "shop_till")
        (batch,) = extract_files(
            self.run(), system, uri or f"file://{self.folder}", [system.table("lines")]
        )
        batch.judge({"status": "accepted"})
        return batch


def rows(batch: Batch) -> list[tuple[object, ...]]:
    return duckdb.sql(
        f"select line_id, amount, name, sold_at from '{batch.data}' order by line_id"
    ).fetchall()


def counts(batch: Batch) -> tuple[int, int, int, int]:
    names = ("rows_in", "rows_landed", "rows_duplicate", "rows_quarantined")
    read, landed, duplicate, quarantined = (batch.manifest[name] for name in names)
    assert read == landed + duplicate + quarantined
    return read, landed, duplicate, quarantined


@pytest.fixture
def till(settings: Settings, tmp_path: Path) -> Till:
    return Till(settings, tmp_path)


def test_csv_gzip_json_and_parquet_give_the_same_rows(till: Till):
    line = "{},1.50,tea,2024-03-01 10:00:00\n"
    till.deliver("a.csv", line.format(1))
    till.deliver("b.csv.gz", gzip.compress((HEADER + line.format(2)).encode()))
    till.deliver(
        "c.jsonl", b'{"line_id":3,"amount":"1.50","name":"tea","sold_at":"2024-03-01 10:00:00"}\n'
    )
    duckdb.sql(
        "copy (select 4::bigint as line_id, 1.5::decimal(10,2) as amount, 'tea' as name, "
        "timestamp '2024-03-01 10:00:00' as sold_at) "
        f"to '{till.folder / 'lines' / 'd.parquet'}' (format parquet)"
    )

    batch = till.load()

    assert counts(batch) == (4, 4, 0, 0)
    assert {row[1:] for row in rows(batch)} == {rows(batch)[0][1:]}
    assert [entry["rows"] for entry in batch.manifest["deliveries"]] == [1, 1, 1, 1]


def test_text_is_never_guessed_at(till: Till):
    wrong = ["1e3", "1,5", "0.005", "NaN", "-", "1.234,50", "０", "0x10"]
    till.deliver(
        "a.csv",
        "".join(f'{n},"{text}",x,2024-03-01 10:00:00\n' for n, text in enumerate(wrong))
        + "99,7.100,x,2024-03-01 10:00:00\n",
    )

    batch = till.load()

    assert counts(batch) == (9, 1, 0, 8)
    assert [(row[0], str(row[1])) for row in rows(batch)] == [(99, "7.10")]
    assert [(e["rule"], e["column"], e["rows"]) for e in batch.manifest["quarantine"]] == [
        ("format", "amount", 8)
    ]


def test_the_first_of_many_bad_rows_is_named_by_its_file_and_number(till: Till):
    till.deliver("a.csv", "1,1.00,x,2024-03-01 10:00:00\n" * 2)
    till.deliver("b.csv", "".join(f"{n},many,x,2024-03-01 10:00:00\n" for n in range(9, 309)))
    till.deliver("c.csv", "1\n2,many,x,2024-03-01 10:00:00\n")

    batch = till.load()

    found = {e["rule"]: (e["first_file"], e["first_row"]) for e in batch.manifest["quarantine"]}
    assert found == {"format": ("lines/b.csv", 1), "ragged_row": ("lines/c.csv", 2)}
    assert {type(row) for _, row in found.values()} == {int}


def test_each_rule_names_its_column_and_the_row_it_stands_in(till: Till):
    till.deliver(
        "a.csv",
        "1,1.00,ok,2024-03-01 10:00:00\n"
        ",2.00,no key,2024-03-01 10:00:00\n"
        "3,-1.00,negative,2024-03-01 10:00:00\n"
        "4,1.00,bad day,2024-02-30 10:00:00\n"
        "5,1.00\n"
        "6,1.00,a,2024-03-01 10:00:00,extra\n"
        "7,1.00,a\x00b,2024-03-01 10:00:00\n",
    )

    batch = till.load()

    assert counts(batch) == (7, 1, 0, 6)
    found = {(e["rule"], e["column"], e["rows"]) for e in batch.manifest["quarantine"]}
    assert found == {
        ("missing", "line_id", 1),
        ("below_minimum", "amount", 1),
        ("format", "sold_at", 1),
        ("nul_character", "name", 1),
        ("ragged_row", None, 2),
    }
    explained = explain(till.settings, batch.label)
    negative = next(row for row in explained if row["rule"] == "below_minimum")
    assert (negative["file"], negative["row"], negative["value"]) == ("lines/a.csv", 3, "-1.00")


def test_equal_rows_in_a_file_count_once_and_conflicting_ones_all_go_to_quarantine(till: Till):
    till.deliver(
        "a.csv",
        "1,1.00,same,2024-03-01 10:00:00\n"
        "1,1.00,same,2024-03-01 10:00:00\n"
        "2,1.00,one,2024-03-01 10:00:00\n"
        "2,9.00,other,2024-03-01 10:00:00\n"
        "3,1.00,alone,2024-03-01 10:00:00\n",
    )

    batch = till.load()

    assert counts(batch) == (5, 2, 1, 2)
    assert [row[0] for row in rows(batch)] == [1, 3]


def test_the_same_bytes_again_are_a_duplicate_whatever_their_name(till: Till):
    till.deliver("a.csv", "1,1.00,x,2024-03-01 10:00:00\n")
    till.load()
    till.deliver("b.csv", "1,1.00,x,2024-03-01 10:00:00\n")

    again = till.load()
    after = till.load()

    assert counts(again) == (1, 0, 1, 0)
    assert counts(after) == (0, 0, 0, 0)


def test_other_bytes_under_a_delivered_name_are_refused_with_both_hashes(till: Till):
    till.deliver("a.csv", "1,1.00,x,2024-03-01 10:00:00\n")
    first = till.load()
    till.deliver("a.csv", "1,2.00,x,2024-03-01 10:00:00\n")

    with pytest.raises(DeliveryError, match=r"a\.csv was delivered again with other content") as e:
        till.load()

    assert first.manifest["deliveries"][0]["sha256"][:16] in e.value.what


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.csv", b"", "is empty"),
        ("a.csv", HEADER.encode() + "1,1.00,茶,2024".encode("gb18030"), "reads as gb18030"),
        ("a.csv", HEADER.encode("utf-16"), "not valid utf-8 near byte 0"),
        ("a.csv.gz", gzip.compress(HEADER.encode() * 99)[:-20], "cut off or damaged"),
        ("a.csv.gz", gzip.compress(b"0" * 50_000_000), "unpacks to over 200 times"),
        ("a.parquet", b"PAR1" + b"\0" * 100, "without a Parquet footer"),
        ("a.parquet", b"PAR1" + b"\0" * 100 + b"PAR1", "cannot be read"),
        ("a.xlsx", b"PK", "has none of the endings"),
        (
            "a.csv",
            (HEADER + '1,1.00,"open,2024-03-01 10:00:00\n2,1.00,a,b\n').encode(),
            "quote opened on line 2 never closes",
        ),
    ],
    ids=[
        "empty",
        "gbk as utf-8",
        "utf-16 as utf-8",
        "gzip cut off",
        "gzip bomb",
        "parquet without footer",
        "parquet of zeros",
        "unknown ending",
        "open quote",
    ],
)
def test_a_broken_file_stops_the_load_and_is_named(
    till: Till, name: str, content: bytes, message: str
):
    till.deliver(name, content)

    with pytest.raises(DeliveryError, match=message) as e:
        till.load()

    assert name in str(e.value) or "a delivered file" in str(e.value).lower()


def test_declared_encodings_are_decoded(till: Till):
    for night, (encoding, codec) in enumerate(
        [("gbk", "gb18030"), ("gb18030", "gb18030"), ("utf-16", "utf-16"), ("utf-8", "utf-8-sig")]
    ):
        till.promise(encoding)
        text = HEADER + f"{night},1.00,茶😀,2024-03-01 10:00:00\n"
        till.deliver(f"{night}.csv", text.encode(codec))
        assert rows(till.load())[0][2] == "茶😀"


def test_columns_are_found_by_name_and_drift_is_answered_by_the_contract(till: Till):
    till.deliver("a.csv", b"name,sold_at,line_id,extra,amount\nx,2024-03-01 10:00:00,1,e,2.00\n")
    assert rows(till.load())[0][:3] == (1, pytest.approx(2), "x")
    till.deliver("b.csv", b"line_id,amount,name\n2,1.00,x\n")
    with pytest.raises(ContractError, match="Column sold_at is missing"):
        till.load()
    till.deliver("b.csv", b"line_id,amount,name,sold_at,e_mail\n2,1.00,x,2024-03-01,a@b\n")
    with pytest.raises(ContractError, match="e_mail is new and looks like data about a person"):
        till.load()


def test_a_retyped_parquet_column_stops_even_if_its_values_would_fit(till: Till):
    duckdb.sql(
        "copy (select 4::integer as line_id, 1.5::decimal(10,2) as amount, 'tea' as name, "
        "timestamp '2024-03-01 10:00:00' as sold_at) "
        f"to '{till.folder / 'lines' / 'd.parquet'}' (format parquet)"
    )

    with pytest.raises(ContractError, match=r"line_id is INTEGER in the file.*says BIGINT"):
        till.load()


def test_a_header_alone_is_a_complete_delivery_of_nothing(till: Till):
    till.deliver("a.csv", "")

    assert counts(till.load()) == (0, 0, 0, 0)


def test_no_file_at_all_and_no_folder_are_told_apart(till: Till):
    with pytest.raises(DeliveryError, match="No file matches 'lines/"):
        till.load()
    with pytest.raises(SourceUnavailableError, match="location does not exist"):
        till.load(uri="file:///nowhere/at/all")


def test_unfinished_files_wait_and_links_are_refused(till: Till, tmp_path: Path):
    till.deliver("a.csv", "1,1.00,x,2024-03-01 10:00:00\n")
    till.deliver(".b.csv", "2,1.00,x,2024-03-01 10:00:00\n")
    till.deliver("c.csv.tmp", "3,1.00,x,2024-03-01 10:00:00\n")
    assert counts(till.load()) == (1, 1, 0, 0)
    (tmp_path / "secret.csv").write_text(HEADER)
    (till.folder / "lines" / "d.csv").symlink_to(tmp_path / "secret.csv")
    with pytest.raises(DeliveryError, match=r"d\.csv is a symbolic link"):
        till.load()


def test_business_days_are_counted_in_the_shops_time_zone(till: Till):
    till.deliver("a.csv", "1,1.00,x,2024-02-29 15:59:59\n2,1.00,x,2024-02-29 16:00:00\n")

    assert till.load().manifest["volume"] == {"2024-02-29": 1, "2024-03-01": 1}


def test_an_object_store_is_read_like_a_folder(till: Till):
    """Covers listing, hashing and fetching by URI; a memory store stands for the network."""
    store = fsspec.filesystem("memory")
    line = "1,1.00,x,2024-03-01 10:00:00\n"
    store.pipe("/bucket/till/lines/a.csv", (HEADER + line).encode())
    store.pipe("/bucket/till/lines/b.csv.gz", gzip.compress((HEADER + "2" + line[1:]).encode()))

    batch = till.load(uri="memory://bucket/till")

    assert [row[0] for row in rows(batch)] == [1, 2]


def test_quarantined_rows_are_replayed_once_after_the_contract_was_mended(till: Till):
    till.deliver("a.csv", "1,-1.00,x,2024-03-01 10:00:00\n2,abc,x,2024-03-01 10:00:00\n")
    batch = till.load()
    assert counts(batch) == (2, 0, 0, 2)
    till.promise(minimum='"-5"')

    again = replay(till.run(), batch.label)
    again.judge({"status": "accepted"})

    assert counts(again) == (2, 1, 0, 1)
    assert rows(again)[0][0] == 1
    assert [item.replayed for item in list_quarantined(till.settings)][:2] == [again.label] * 2
    with pytest.raises(ValueError, match="nothing left to replay"):
        replay(till.run(), batch.label)


def test_a_list_that_returns_to_an_earlier_state_is_not_a_duplicate(till: Till):
    contract = till.project / "dags" / "sources" / "shop.yml"
    contract.write_text(contract.read_text().replace("delivery: once", "delivery: snapshot"))
    one = "1,1.00,x,2024-03-01 10:00:00\n"
    till.deliver("1.csv", one)
    till.deliver("2.csv", one + "2" + one[1:])
    assert [row[0] for row in rows(till.load())] == [1, 2]
    till.deliver("3.csv", one)

    batch = till.load()

    assert [row[0] for row in rows(batch)] == [1]
    assert batch.manifest["keys_listed"] == 1
    till.deliver("4.csv", one)
    assert counts(till.load()) == (1, 0, 1, 0)
