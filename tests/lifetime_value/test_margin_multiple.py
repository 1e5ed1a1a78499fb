"""Margin multiple against Gupta and Lehmann's table, r / (1 + i - r)."""

import pytest
from customer_value.lifetime_value.margin_multiple import value

RETENTION = [0.6, 0.7, 0.8, 0.9]


# 2.67 is confirmed in print; the others are recalled, their arithmetic exact.
@pytest.mark.parametrize(
    ("rate", "multiples"),
    [
        (0.10, [1.20, 1.75, 2.67, 4.50]),
        (0.12, [1.15, 1.67, 2.50, 4.09]),
        (0.14, [1.11, 1.59, 2.35, 3.75]),
        (0.16, [1.07, 1.52, 2.22, 3.46]),
    ],
)
def test_multiples_are_the_published_ones(rate: float, multiples: list[float]) -> None:
    assert value(1, RETENTION, rate).round(2).tolist() == multiples


# Worked from the same formula: what more retention is worth at constant margin and i = 10 %.
@pytest.mark.parametrize(
    ("retention", "points", "gain"),
    [(0.8, 0.01, 0.047), (0.8, 0.05, 0.275), (0.9, 0.01, 0.064), (0.9, 0.05, 0.407)],
)
def test_points_of_retention_are_worth_more_where_it_is_high(
    retention: float, points: float, gain: float
) -> None:
    before, after = value(100, [retention, retention + points], 0.1)

    assert after / before - 1 == pytest.approx(gain, abs=5e-4)


def test_an_endless_value_is_refused_by_row() -> None:
    with pytest.raises(ValueError, match=r"retention must stay under 1 \+ rate.*; row 1 is 1\.1"):
        value(100, [0.9, 1.1], 0.1)


def test_a_retention_under_zero_is_refused() -> None:
    with pytest.raises(ValueError, match=r"retention must be at least 0; row 0 is -0\.1"):
        value(100, -0.1, 0.1)
