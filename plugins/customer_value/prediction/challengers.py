"""What simpler or cleverer methods would have said, for the scoreboard beside the models.

Each learns from days before the cut-off only: ``training`` are the histories one horizon earlier,
whose later occasions end at the cut-off. Each returns the net revenue expected of every customer
within the horizon, in the order of ``histories``.
"""

import numpy as np

from customer_value.lifetime_value import markov_chain
from customer_value.prediction.history import MONTH_DAYS, SEED, Array, Histories

# Pfeifer and Carraway's states: months since the last purchase, the last one open.
RECENCY_STATES = 5


def naive_mean(histories: Histories, training: Histories) -> Array:
    """Everybody spends what the mean customer spent in the last horizon."""
    mean = training.later_value.sum() / histories.customers_count
    return np.full(histories.customers_count, mean)


def margin_multiple(histories: Histories, training: Histories) -> Array:
    """Each customer's revenue a month so far, kept by the base's retention, to the horizon.

    Gupta and Lehmann's m r / (1 + i - r) is the sum of m (r / (1 + i))^k over all months k; here
    the sum ends at the horizon, without a discount, as the other methods do.
    """
    was_active = training.last_quarter_value > 0
    kept = float((training.later_occasions[was_active] > 0).mean()) if was_active.any() else 0.0
    months = histories.horizon / MONTH_DAYS
    retention = kept ** (MONTH_DAYS / histories.horizon)
    powers = retention ** np.arange(1, int(np.ceil(months)) + 1)
    shares = np.minimum(1, months - np.arange(powers.size))
    monthly = histories.mean_value * histories.occasions / np.maximum(histories.age, 1) * MONTH_DAYS
    # A customer of yesterday has no month yet: count at least one.
    monthly = np.where(
        histories.age < MONTH_DAYS, histories.mean_value * histories.occasions, monthly
    )
    return np.asarray(monthly * float(powers @ shares))


def markov(histories: Histories, training: Histories) -> Array:
    """Months since the last purchase as states; a month's purchase is worth the base's mean.

    Who buys within the horizon is known, who buys within a month is not: each state's share of
    buyers is brought to a month as if every month had the same.
    """
    before = _months_silent(training)
    bought_again = training.later_occasions > 0
    shares = np.array(
        [_mean_or(bought_again[before == silent], 0.0) for silent in range(RECENCY_STATES)]
    )
    buys = 1 - (1 - shares) ** (MONTH_DAYS / training.horizon)
    transitions = np.zeros((RECENCY_STATES, RECENCY_STATES))
    transitions[:, 0] = buys
    for silent in range(RECENCY_STATES):
        transitions[silent, min(silent + 1, RECENCY_STATES - 1)] += 1 - buys[silent]
    bought = histories.last_month_occasions > 0
    reward = np.zeros(RECENCY_STATES)
    reward[0] = _mean_or(
        (histories.mean_value * histories.last_month_occasions)[bought],
        float(histories.mean_value.mean()),
    )
    whole, part = divmod(histories.horizon / MONTH_DAYS, 1)
    so_far = markov_chain.value(transitions, reward, 0.0, int(whole))
    one_more = markov_chain.value(transitions, reward, 0.0, int(whole) + 1)
    # The present month's reward, the first of the sums, is past.
    value = so_far + part * (one_more - so_far) - reward
    return np.asarray(value[_months_silent(histories)])


def gradient_boosting(histories: Histories, training: Histories) -> Array:
    """Boosted trees on the same histories, taught by what followed one horizon earlier."""
    from sklearn.ensemble import HistGradientBoostingRegressor  # a second of import
    from threadpoolctl import threadpool_limits

    model = HistGradientBoostingRegressor(
        max_iter=150, learning_rate=0.05, min_samples_leaf=20, random_state=SEED
    )
    # Its threads wait for each other by spinning: beside other work two take ten times as long.
    with threadpool_limits(1):
        model.fit(features(training), training.later_value)
        return np.asarray(model.predict(features(histories)), dtype=np.float64)


CHALLENGERS = {
    "naive_mean": naive_mean,
    "margin_multiple": margin_multiple,
    "markov_chain": markov,
    "gradient_boosting": gradient_boosting,
}


def features(histories: Histories) -> Array:
    """Return what is known of each customer on the day, one row a customer."""
    return np.column_stack(
        [
            histories.occasions,
            histories.age,
            histories.age - histories.age_at_last_purchase,
            histories.mean_value,
            histories.last_month_occasions,
            histories.last_quarter_value,
        ]
    )


def _months_silent(histories: Histories) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    silent = (histories.age - histories.age_at_last_purchase - 1) // MONTH_DAYS
    return np.clip(silent, 0, RECENCY_STATES - 1).astype(np.int64)


def _mean_or(values: Array, default: float) -> float:
    return float(values.mean()) if values.size else default
