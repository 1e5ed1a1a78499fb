"""What the benchmarks measure on: the same from the same seed, and of the shape asked for."""

from pathlib import Path

import duckdb
import numpy as np
import pytest
from customer_value.lifetime_value.bg_nbd import BG_NBD
from customer_value.lifetime_value.cells import Cells
from customer_value.lifetime_value.fit import fit

from benchmarks import histories
from benchmarks.histories import (
    BG_NBD_TRUTH,
    DAYS,
    PARETO_NBD_TRUTH,
    simulate_histories,
    write_histories,
    write_order_book,
)


def test_the_same_seed_writes_the_same_histories_and_another_writes_others(tmp_path: Path) -> None:
    for name, seed in (("once", 1), ("again", 1), ("other", 2)):
        write_histories(tmp_path / name, 500, seed=seed)

    once, again, other = ((tmp_path / name).read_bytes() for name in ("once", "again", "other"))
    assert once == again
    assert once != other


def test_blocks_differ_from_each_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(histories, "HISTORIES_BLOCK", 100)
    write_histories(tmp_path / "histories.parquet", 250)

    values = duckdb.sql(f"select mean_value from '{tmp_path}/histories.parquet'").fetchall()

    assert len(values) == len(set(values)) == 250


@pytest.mark.parametrize("truth", [BG_NBD_TRUTH, PARETO_NBD_TRUTH])
def test_histories_are_possible_ones(truth: histories.Truth) -> None:
    made = simulate_histories(5000, truth, np.random.default_rng(3))

    cells = Cells.grouped(made.repeat_occasions, made.age_at_last_purchase, made.age)
    assert cells.customers_count.sum() == 5000
    assert ((made.age_at_last_purchase > 0) == (made.repeat_occasions > 0)).all()
    assert made.repeat_occasions.max() <= made.age.max() <= DAYS
    assert (made.mean_value > 0).all()


def test_a_fit_finds_the_truth_that_histories_were_made_from() -> None:
    made = simulate_histories(100_000, BG_NBD_TRUTH, np.random.default_rng(3))
    cells = Cells.grouped(made.repeat_occasions, made.age_at_last_purchase, made.age)

    found = fit(BG_NBD, cells).params

    # One occasion a day is a little less than the truth bought; the rest is chance.
    assert found.r / found.alpha == pytest.approx(BG_NBD_TRUTH.r / BG_NBD_TRUTH.alpha, rel=0.05)
    assert found.a / found.b == pytest.approx(BG_NBD_TRUTH.a / BG_NBD_TRUTH.b, rel=0.05)


def test_the_same_seed_writes_the_same_order_book(tmp_path: Path) -> None:
    books = [write_order_book(tmp_path / name, 2000) for name in ("once", "again")]

    once, again = ({p.name: p.read_bytes() for p in book.folder.iterdir()} for book in books)
    assert once == again
    assert books[0].lines_count == books[1].lines_count


def test_an_order_book_has_the_lines_customers_and_one_time_buyers_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(histories, "LINES_BLOCK", 1000)
    book = write_order_book(tmp_path / "book", 60_000, one_time_share=0.6)

    row = duckdb.sql(
        f"""
        with customers as (
            select customer_number, count(distinct order_number) as orders, count(*) as lines
            from '{book.lines}' group by all
        )
        select count(*), sum(lines), avg(cast(orders = 1 as integer)) from customers
        """
    ).fetchone()

    assert row is not None
    assert row[:2] == (book.customers_count, book.lines_count) == (3000, book.lines_count)
    assert book.lines_count == pytest.approx(60_000, rel=0.1)
    assert row[2] == pytest.approx(0.6, abs=0.05)
