"""Metrics of a backtest, each worked by hand on a handful of customers."""

from dataclasses import astuple

import numpy as np
import pytest
from customer_value.lifetime_value.backtest import (
    errors,
    gain_table,
    interval_coverage,
    total_band,
)
from customer_value.lifetime_value.ranks import midranks


def test_errors_worked_by_hand() -> None:
    """Misses 1, -1, 2, 0: mean size 1, mean square 6/4; total 8 against 6."""
    found = errors([2, 0, 4, 2], [1, 1, 2, 2])

    assert found.mean_absolute_error == 1
    assert found.root_mean_squared_error == pytest.approx(np.sqrt(1.5))
    assert found.total_ratio == pytest.approx(8 / 6)
    # Ranks 2.5 1 4 2.5 against 1.5 1.5 3.5 3.5; centred 0 -1.5 1.5 0 and -1 -1 1 1.
    assert found.concordance == pytest.approx(3 / np.sqrt(4.5 * 4))


def test_weights_are_repeated_customers() -> None:
    grouped = errors([2, 0, 4], [1, 1.5, 2], [1, 3, 2])
    apart = errors([2, 0, 0, 0, 4, 4], [1, 1.5, 1.5, 1.5, 2, 2])

    assert astuple(grouped) == pytest.approx(astuple(apart))


def test_a_constant_prediction_ranks_nobody() -> None:
    assert errors([1, 2, 3], [2, 2, 2]).concordance == 0


def test_a_total_of_nothing_predicted_is_refused() -> None:
    with pytest.raises(ValueError, match="the predicted total is 0"):
        errors([1, 2], [0, 0])
    with pytest.raises(ValueError, match="nobody to compare"):
        errors([], [])
    with pytest.raises(ValueError, match="actual 2, predicted 3"):
        errors([1, 2], [1, 2, 3])


def test_midranks_share_the_middle_among_equals() -> None:
    ranks = midranks(np.array([5.0, 7.0, 5.0]), np.array([1.0, 2.0, 1.0]))

    assert ranks.tolist() == [1, 3, 1]


def test_gain_counts_from_the_best_predicted_down() -> None:
    """Halves: the best two predicted hold 3 + 5 of 10."""
    table = gain_table([5, 3, 2, 0], [9, 8, 1, 0], groups=2)

    assert table.mean_actual.tolist() == [4, 1]
    assert table.mean_predicted.tolist() == [8.5, 0.5]
    assert table.lift == pytest.approx([1.6, 0.4])
    assert table.gain == pytest.approx([0.8, 1])


def test_customers_predicted_alike_are_treated_alike_in_any_order() -> None:
    """Three alike hold 6 in all: a half of four takes one and a third of their block."""
    one_way = gain_table([0, 6, 0, 2], [1, 1, 1, 5], groups=2)
    other_way = gain_table([6, 2, 0, 0], [1, 5, 1, 1], groups=2)

    assert one_way.mean_actual.tolist() == other_way.mean_actual.tolist() == [2, 2]


def test_deciles_of_fewer_than_ten_customers_still_add_up() -> None:
    table = gain_table([4, 1], [2, 1], [1, 2])

    assert table.gain[-1] == pytest.approx(1)
    assert table.mean_actual.sum() * 0.3 == pytest.approx(4 + 2)


def test_a_gain_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="the actual total is 0"):
        gain_table([0, 0], [1, 2])


def test_coverage_counts_the_ends_as_inside() -> None:
    assert interval_coverage([1, 2, 3, 9], [1, 0, 4, 0], [2, 2, 5, 8]) == 0.5
    assert interval_coverage([1, 9], [1, 0], [2, 8], [3, 1]) == 0.75


def test_a_band_worked_by_hand() -> None:
    """Logarithms -d, 0, d: deviation d, t(2) at 95 % 2.91999, so exp(+-2.91999 d sqrt(4/3))."""
    band = total_band([0.8, 1.0, 1.25], level=0.9)

    reach = np.exp(2.91999 * np.log(1.25) * np.sqrt(4 / 3))
    assert band.middle == pytest.approx(1)
    assert [band.low, band.high] == pytest.approx([1 / reach, reach], rel=1e-5)


def test_a_band_corrects_what_was_always_missed() -> None:
    band = total_band([1.19, 1.20, 1.21])

    assert band.low > 1.1
    assert band.middle == pytest.approx(1.2, abs=1e-3)


def test_a_band_covers_the_next_total_as_often_as_it_says() -> None:
    rng = np.random.default_rng(9)

    for size in (3, 6):
        ratios = np.exp(rng.normal(0.1, 0.2, (3000, size + 1)))
        bands = [total_band(past, level=0.8) for past in ratios[:, :-1]]
        inside = [
            band.low <= now <= band.high for band, now in zip(bands, ratios[:, -1], strict=True)
        ]

        assert np.mean(inside) == pytest.approx(0.8, abs=4 * np.sqrt(0.8 * 0.2 / 3000))


def test_too_few_backtests_give_no_band() -> None:
    with pytest.raises(ValueError, match="at least 3 backtests, got 2"):
        total_band([1.0, 1.1])
    with pytest.raises(ValueError, match="ratios must be above 0; row 2 is 0"):
        total_band([1.0, 1.1, 0.0])
