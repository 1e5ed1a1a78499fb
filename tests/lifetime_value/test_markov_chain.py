"""Markov chain against the example of Pfeifer and Carraway (2000)."""

import numpy as np
import pytest
from customer_value.lifetime_value.markov_chain import (
    predict,
    stationarity,
    transition_intervals,
    transition_probabilities,
    value,
)
from scipy import stats

# Recalled, arithmetic exact: states recency 1 to 4 and gone; a purchase brings 40, contact costs 4.
RECENCY = [
    [0.30, 0.70, 0, 0, 0],
    [0.20, 0, 0.80, 0, 0],
    [0.15, 0, 0, 0.85, 0],
    [0.05, 0, 0, 0, 0.95],
    [0, 0, 0, 0, 1],
]
REWARDS = [36, -4, -4, -4, 0]


def test_states_are_worth_what_pfeifer_and_carraway_found() -> None:
    worth = value(RECENCY, REWARDS, 0.2)

    assert worth.round(3).tolist() == [52.320, 5.554, 1.251, -1.820, 0]


def test_four_periods_are_worth_what_pfeifer_and_carraway_found() -> None:
    worth = value(RECENCY, REWARDS, 0.2, periods=4)

    assert worth.round(3).tolist() == [50.115, 4.220, 0.592, -1.980, 0]


def test_giving_up_earlier_is_worth_what_pfeifer_and_carraway_found() -> None:
    """No contact after recency 3: from there nobody comes back, and nothing is spent."""
    policy = np.array(RECENCY)
    policy[3] = [0, 0, 0, 0, 1]

    worth = value(policy, [36, -4, -4, 0, 0], 0.2)

    assert worth[:3].round(3).tolist() == [53.149, 6.621, 2.644]


def test_many_periods_come_to_the_endless_horizon() -> None:
    assert value(RECENCY, REWARDS, 0.2, periods=200) == pytest.approx(value(RECENCY, REWARDS, 0.2))


def test_no_further_period_leaves_the_reward_of_now() -> None:
    assert value(RECENCY, REWARDS, 0.2, periods=0).tolist() == REWARDS


def test_smoothing_spreads_one_customer_over_each_row() -> None:
    """Two states: half a customer each, so 3 and 0 become 3.5 / 4 and 0.5 / 4."""
    smoothed = transition_probabilities([[3, 0], [0, 0]])

    assert smoothed.tolist() == [[0.875, 0.125], [0.5, 0.5]]


def test_without_smoothing_shares_are_plain_and_an_empty_state_is_refused() -> None:
    assert transition_probabilities([[3, 1], [0, 2]], pseudo_count=0).tolist() == [
        [0.75, 0.25],
        [0, 1],
    ]
    with pytest.raises(ValueError, match="nobody was in state 1"):
        transition_probabilities([[3, 1], [0, 0]], pseudo_count=0)


def test_intervals_are_wilsons() -> None:
    """Against scipy's for 3 of 10; nothing seen leaves everything open."""
    low, high = transition_intervals([[3, 7], [0, 0]])

    wilson = stats.binomtest(3, 10).proportion_ci(method="wilson")
    assert [low[0, 0], high[0, 0]] == pytest.approx([wilson.low, wilson.high])
    assert low[1].tolist() == [0, 0]
    assert high[1].tolist() == [1, 1]


def test_intervals_reach_the_ends_where_nobody_or_everybody_went() -> None:
    """Wilson for 0 of 10 at 95 %: 0 to z^2 / (10 + z^2) = 0.2775."""
    low, high = transition_intervals([[10, 0], [5, 5]])

    assert low[0] == pytest.approx([1 - 0.2775, 0], abs=5e-5)
    assert high[0] == pytest.approx([1, 0.2775], abs=5e-5)


def test_three_steps_are_three_single_steps() -> None:
    customers = [100.0, 0, 0, 0, 0]
    for _ in range(3):
        customers = predict(RECENCY, customers, 1).tolist()

    assert predict(RECENCY, [100, 0, 0, 0, 0], 3) == pytest.approx(customers)
    assert sum(customers) == pytest.approx(100)
    # By hand: a purchase at each step, or at 1, 2 and 3 in any mix that ends in one.
    assert customers[0] == pytest.approx(100 * (0.3**3 + 2 * 0.3 * 0.7 * 0.2 + 0.7 * 0.8 * 0.15))


def test_equal_periods_are_stationary() -> None:
    counts = [[30, 10], [20, 40]]

    found = stationarity(counts, counts)

    assert found.statistic == pytest.approx(0, abs=1e-9)
    assert found.degrees_of_freedom == 2
    assert found.p_value == pytest.approx(1)


def test_the_test_is_a_likelihood_ratio_for_each_row() -> None:
    """A row of two periods is a two-by-two table; scipy's G test without correction."""
    earlier, later = [[30, 10], [20, 40]], [[20, 20], [25, 35]]

    found = stationarity(earlier, later)

    rows = [
        stats.chi2_contingency([first, second], correction=False, lambda_="log-likelihood")
        for first, second in zip(earlier, later, strict=True)
    ]
    assert found.statistic == pytest.approx(sum(row.statistic for row in rows))
    assert found.degrees_of_freedom == 2
    assert found.p_value == pytest.approx(stats.chi2.sf(found.statistic, 2))


def test_states_empty_in_a_period_say_nothing() -> None:
    """Row 1 has no later customers; column 2 of row 0 is empty in both periods."""
    found = stationarity([[5, 5, 0], [9, 0, 1], [0, 0, 0]], [[5, 5, 0], [0, 0, 0], [1, 0, 0]])

    assert found.degrees_of_freedom == 1
    assert stationarity([[0]], [[0]]).p_value == 1


def test_stationary_periods_are_rejected_as_often_as_stated() -> None:
    rng = np.random.default_rng(4)
    rows = np.array([[0.5, 0.3, 0.2], [0.2, 0.6, 0.2], [0.1, 0.2, 0.7]])

    def period() -> list[list[int]]:
        return [rng.multinomial(200, row).tolist() for row in rows]

    p_values = [stationarity(period(), period()).p_value for _ in range(1000)]

    assert np.mean(np.array(p_values) < 0.05) == pytest.approx(0.05, abs=0.03)


@pytest.mark.parametrize(
    ("matrix", "message"),
    [
        ([[0.5, 0.4], [0, 1]], r"row 0 is no set of probabilities \(sum 0\.9\)"),
        ([[1, 0], [-0.5, 1.5]], "row 1 is no set of probabilities"),
        ([[1, 0]], r"square table of states, got shape \(1, 2\)"),
        ([[1, np.nan], [0, 1]], "row 0, column 1 is not"),
    ],
)
def test_a_matrix_that_is_none_is_refused(matrix: list[list[float]], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        value(matrix, [1, 1], 0.1)


def test_rewards_for_other_states_are_refused() -> None:
    with pytest.raises(ValueError, match="rewards has 3 entries for 2 states"):
        value([[1, 0], [0, 1]], [1, 1, 1], 0.1)


def test_an_endless_horizon_needs_a_rate() -> None:
    with pytest.raises(ValueError, match="rate must be a finite number above 0"):
        value(RECENCY, REWARDS, 0)


def test_negative_counts_are_refused() -> None:
    with pytest.raises(ValueError, match="row 1, column 0 is -1"):
        transition_probabilities([[1, 1], [-1, 1]])
