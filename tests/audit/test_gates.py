"""The gates decide for a whole system, and once."""

import datetime as dt
from pathlib import Path

import duckdb
import pytest
from customer_value.audit.gates import judge_batches, mart_targets
from customer_value.audit.suites import pin_suites
from customer_value.errors import AuditError, LandingError, SuiteError
from customer_value.landing.batch import Batch, LandedTable, write_manifest
from customer_value.runs import Run
from customer_value.settings import Settings
from customer_value.sources.contract import System, load_system

AS_OF = dt.date(2017, 3, 1)
SOURCES = """
unit: retail
time_zone: UTC
systems:
  crm:
    kind: postgres
    connection: retail_crm
    schema: crm
    tables:
      households:
        key: [household_id]
        columns: {household_id: {type: bigint}}
      campaigns:
        key: [campaign_id]
        columns: {campaign_id: {type: bigint}}
"""
SUITE = """
import great_expectations.expectations as gxe

EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(column="{key}", min_value=1, notes="Keys count from 1.")
]
BATCH_EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeInSet(column="is_emptied", value_set=[False], notes="Empty.")
]
"""
VOLUME = """
VOLUME_EXPECTATIONS = [
    gxe.ExpectColumnValuesToBeBetween(column="rows", min_value=1, notes="A day that has rows.")
]
"""


@pytest.fixture
def crm(audited, write_suite) -> System:
    audited.sources.mkdir(parents=True)
    (audited.sources / "retail.yml").write_text(SOURCES)
    write_suite("landing_retail_crm.households", SUITE.format(key="household_id"))
    write_suite("landing_retail_crm.campaigns", SUITE.format(key="campaign_id"))
    return load_system(audited.sources, "retail_crm")


def run_of(settings: Settings, name: str) -> Run:
    return Run.named(name, AS_OF, settings)


def land(
    run: Run,
    table: str,
    *keys: int,
    listed: int | None = None,
    volume: dict[str, int] | None = None,
) -> Batch:
    """Land one batch as extraction does: data first, then the manifest."""
    sequence, directory = LandedTable(run.settings.landing, "retail_crm", table).next_directory()
    rows = ", ".join(f"({key})" for key in keys)
    duckdb.sql(
        f"copy (select * from (values {rows}) as keys ({table[:-1]}_id)) "
        f"to '{directory / 'data.parquet'}' (format parquet)"
    )
    return write_manifest(
        directory,
        {
            "system": "retail_crm",
            "table": table,
            "sequence": sequence,
            "run_id": run.run_id,
            "observed_date": AS_OF.isoformat(),
            "kind": "complete",
            "rows_in": len(keys),
            "rows_landed": len(keys),
            "rows_duplicate": 0,
            "rows_quarantined": 0,
            "quarantine": [],
            "keys_listed": len(keys) if listed is None else listed,
            "volume": volume or {},
        },
    )


def statuses(settings: Settings) -> dict[str, str]:
    return {
        batch.label: batch.status
        for table in ("households", "campaigns")
        for batch in LandedTable(settings.landing, "retail_crm", table).batches()
    }


def test_believable_batches_are_accepted(audited, crm):
    run = run_of(audited, "first")
    land(run, "households", 1, 2)
    land(run, "campaigns", 1)

    summary = judge_batches(run, crm)

    assert (summary["evaluated"], summary["failed"]) == (4, 0)
    assert statuses(audited) == {
        "retail_crm.households.000001": "accepted",
        "retail_crm.campaigns.000001": "accepted",
    }


@pytest.mark.parametrize(
    ("volume", "warns"),
    [
        ({"2017-02-27": 1, "2017-02-28": 1}, []),
        (
            {"2017-02-27": 2},
            ["households has no row of 2017-02-28; the newest is of 2017-02-27. Unless"],
        ),
        ({}, ["households has no row of 2017-02-28; none has come yet. Unless"]),
    ],
    ids=["both days", "yesterday is missing", "nothing at all"],
)
def test_a_business_day_without_a_row_is_a_warning(
    audited, write_suite, volume: dict[str, int], warns: list[str]
):
    """A shop may be closed for a day, so the night goes on."""
    contract = SOURCES.replace(
        "key: [household_id]\n        columns: {",
        "key: [household_id]\n        volume_date: joined_on\n"
        "        columns: {joined_on: {type: date}, ",
    )
    audited.sources.mkdir(parents=True)
    (audited.sources / "retail.yml").write_text(contract)
    write_suite("landing_retail_crm.households", SUITE.format(key="household_id") + VOLUME)
    write_suite("landing_retail_crm.campaigns", SUITE.format(key="campaign_id"))
    run = run_of(audited, "first")
    land(run, "households", 1, 2, volume=volume)
    land(run, "campaigns", 1)

    warnings = judge_batches(run, load_system(audited.sources, "retail_crm"))["warnings"]

    assert len(warnings) == len(warns)
    assert all(part in warning for part, warning in zip(warns, warnings, strict=True))


def test_one_unbelievable_table_rejects_the_whole_delivery(audited, crm):
    run = run_of(audited, "first")
    land(run, "households", 1, 2)
    land(run, "campaigns", 0)

    with pytest.raises(AuditError, match=r"campaigns: campaign_id: Keys count from 1\."):
        judge_batches(run, crm)

    assert set(statuses(audited).values()) == {"rejected"}


def test_case_032_truncated_source_is_rejected_by_the_listing_before(audited, crm):
    first = run_of(audited, "first")
    land(first, "households", 1, 2)
    land(first, "campaigns", 1)
    judge_batches(first, crm)
    second = run_of(audited, "second")
    land(second, "households", 1, listed=0)
    land(second, "campaigns", 1)

    with pytest.raises(AuditError, match="is_emptied"):
        judge_batches(second, crm)


def test_a_repeated_task_keeps_the_verdict_and_reports_the_same(audited, crm):
    run = run_of(audited, "first")
    land(run, "households", 1, 2)
    land(run, "campaigns", 1)
    once = judge_batches(run, crm)

    assert judge_batches(run, crm) == once


def test_a_rejected_batch_cannot_be_left_out_of_a_repeated_audit(audited, crm):
    run = run_of(audited, "first")
    land(run, "households", 1, 2)
    land(run, "campaigns", 1).judge({"status": "rejected"})

    with pytest.raises(LandingError, match=r"no batch to judge of retail_crm\.campaigns\.000001"):
        judge_batches(run, crm)

    assert statuses(audited)["retail_crm.households.000001"] == "pending"


def test_a_run_that_landed_nothing_is_told_to_extract(audited, crm):
    with pytest.raises(LandingError, match="nothing was landed") as caught:
        judge_batches(run_of(audited, "first"), crm)

    assert "extract_source" in str(caught.value)


def test_a_batch_that_changed_on_disk_is_not_judged(audited, crm):
    run = run_of(audited, "first")
    land(run, "households", 1, 2)
    batch = land(run, "campaigns", 1)
    batch.data.write_bytes(batch.data.read_bytes()[:-1] + b"?")

    with pytest.raises(LandingError, match="changed after landing"):
        judge_batches(run, crm)


def test_a_mart_without_a_suite_is_refused(audited, write_suite, database):
    write_suite("marts.fct_sales")
    with duckdb.connect(str(database)) as connection:
        connection.execute("create table marts.fct_new as select 1 as id")

    with pytest.raises(SuiteError, match=r"marts\.fct_new has no expectation suite"):
        mart_targets(audited.project, database)


def test_a_suite_without_its_mart_is_refused(audited, write_suite, database):
    write_suite("marts.fct_sales")
    write_suite("marts.fct_gone")

    with pytest.raises(SuiteError, match=r"lacks marts\.fct_gone"):
        mart_targets(audited.project, database)


def test_a_file_without_marts_is_refused(audited, write_suite, tmp_path: Path):
    write_suite("landing_retail_crm.households", SUITE.format(key="household_id"))
    pin_suites(audited.project)
    empty = tmp_path / "empty.duckdb"
    duckdb.connect(str(empty)).close()

    with pytest.raises(AuditError, match="holds no mart"):
        mart_targets(audited.project, empty)
