"""Cells hold what the models need to know of a base, and refuse what cannot have happened."""

import numpy as np
import pytest
from customer_value.lifetime_value.cells import Cells


def test_customers_with_one_history_become_one_weighted_row() -> None:
    cells = Cells.grouped([1, 0, 1, 1], [4, 0, 4, 5], [9, 9, 9, 9])

    assert cells.repeat_occasions.tolist() == [0, 1, 1]
    assert cells.age_at_last_purchase.tolist() == [0, 4, 5]
    assert cells.age.tolist() == [9, 9, 9]
    assert cells.customers_count.tolist() == [1, 2, 1]


def test_the_order_of_customers_does_not_matter() -> None:
    first = Cells.grouped([2, 0, 1], [5, 0, 3], [8, 9, 7])
    second = Cells.grouped([1, 2, 0], [3, 5, 0], [7, 8, 9])

    assert first.age.tolist() == second.age.tolist() == [9, 7, 8]


def test_cells_cannot_be_changed() -> None:
    ages = np.array([9.0])
    cells = Cells.grouped([0], [0], ages)

    ages[0] = 1

    assert cells.age.tolist() == [9]
    with pytest.raises(ValueError, match="read-only"):
        cells.age[0] = 1


def test_a_second_occasion_in_the_first_week_is_possible_in_whole_weeks() -> None:
    assert Cells.grouped([1], [0], [9]).repeat_occasions.tolist() == [1]


@pytest.mark.parametrize(
    ("x", "t_x", "age", "message"),
    [
        ([1, 1], [5, 9], [8, 8], r"exceeds age at row 1 \(9 > 8\); count both"),
        ([0], [3], [8], "one-time buyer has a later purchase at row 0"),
        ([1, 1.5], [1, 1], [8, 8], "repeat_occasions must be a whole number; row 1 is 1.5"),
        ([-1], [0], [8], "repeat_occasions must be at least 0; row 0 is -1"),
        ([1], [-2], [8], "age_at_last_purchase must be at least 0; row 0 is -2"),
        ([0, 0], [0, 0], [8, np.inf], "age must be finite: .*; row 1 is inf"),
        ([np.nan], [0], [8], "repeat_occasions must be finite"),
        ([0, 0], [0, 0, 0], [8, 8], "repeat_occasions 2, age_at_last_purchase 3, age 2"),
        ([[0]], [0], [8], r"repeat_occasions has shape \(1, 1\)"),
        ([], [], [], "at least one customer"),
    ],
)
def test_an_impossible_history_is_refused_by_row_and_value(
    x: list[float], t_x: list[float], age: list[float], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        Cells.grouped(x, t_x, age)


@pytest.mark.parametrize(
    ("weight", "message"),
    [([0.0], "customers_count must be positive: .*; row 0 is 0"), ([1.0, 1.0], "has 2 rows")],
)
def test_a_weight_that_counts_nobody_is_refused(weight: list[float], message: str) -> None:
    one = np.array([1.0])

    with pytest.raises(ValueError, match=message):
        Cells(one, one, one, np.array(weight))
