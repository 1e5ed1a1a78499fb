"""Each benchmark runs, at a size that shows nothing but that."""

import json
import sys
from pathlib import Path

import duckdb
import pytest

from benchmarks import lifetime_value, rfm
from benchmarks.histories import write_histories, write_order_book
from benchmarks.measure import cost_of, python


def test_lifetime_value_fits_and_scores_every_customer(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    histories = tmp_path / "histories.parquet"
    write_histories(histories, 2000)

    found = lifetime_value.compare(
        histories, tmp_path, {lifetime_value.OURS: python(lifetime_value.OUR_CODE)}
    )
    lifetime_value.print_comparison("Small", histories, found)

    scores = found[lifetime_value.OURS].scores
    row = duckdb.sql(
        "select count(*), min(probability_alive), max(probability_alive), min(expected_occasions) "
        f"from '{scores}'"
    ).fetchone()
    assert row is not None
    assert row[0] == 2000
    assert 0 <= row[1] <= row[2] == 1
    assert row[3] >= 0
    assert "1.0x" in capsys.readouterr().out


def test_a_night_scores_all_horizons_with_intervals(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    histories, scores, report = (
        tmp_path / name for name in ("in.parquet", "out.parquet", "report")
    )
    write_histories(histories, 2000)
    monkeypatch.setattr(sys, "argv", ["-c", str(histories), str(scores), str(report)])

    exec(lifetime_value.NIGHT_CODE, {})  # noqa: S102  # a process of its own elsewhere

    row = duckdb.sql(
        "select count(*), count(residual_value), "
        "count(case when value_low_90 <= value_high_90 and value_90 <= value_1095 then 1 end) "
        f"from '{scores}'"
    ).fetchone()
    assert row == (2000, 2000, 2000)
    assert set(json.loads(report.read_text())["parameters"]) == set(lifetime_value.PARAMETERS)


@pytest.mark.slow
@pytest.mark.seconds(45)
def test_rfm_scores_every_customer_of_an_order_book(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = write_order_book(tmp_path / "book", 2000)

    build = rfm.build(book, tmp_path / "build", "1GB")
    rfm.print_builds([build])

    with duckdb.connect(str(tmp_path / "build" / "candidate.duckdb")) as connection:
        row = connection.execute(
            "select count(*), sum(lifetime_net_revenue) from marts.fct_customer_rfm"
        ).fetchone()
    cents = duckdb.sql(f"select sum(gross_cents - discount_cents) from '{book.lines}'").fetchone()
    assert row is not None
    assert cents is not None
    assert row[0] == book.customers_count
    assert row[1] * 100 == cents[0]
    assert build.seconds_by_model["int_customers__rfm_scored"] > 0
    assert "1.00x" in capsys.readouterr().out


def test_a_run_that_takes_longer_than_its_limit_is_ended() -> None:
    endless = [sys.executable, "-c", "while True: pass"]

    with pytest.raises(TimeoutError, match="more than 1 CPU seconds"):
        cost_of(endless, runs=1, environment={}, limit=1)
