"""What simpler or cleverer methods would have said, for the scoreboard beside the models.

Each learns from days before the cut-off only: ``training`` are the histories one horizon earlier,
whose later occasions end at the cut-off. Each returns the net revenue expected of every customer
within the horizon, in the order of ``histories``.
"""

import numpy as np

from customer_value.prediction.history import Array, Histories

MONTH_DAYS = 30
# Pfeifer and Carraway's states: months since the last purchase, the last one open.
RECENCY_STATES = 5
SEED = 20171231


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
    """Months since the last purchase as states; a month's purchase is worth the base's mean."""
    state = _months_silent(histories)
    bought = histories.last_month_occasions > 0
    # One step earlier: who had been silent how long, and did they buy in the month after?
    before = _months_silent(training)
    within_month = 1 - (1 - np.minimum(training.later_occasions, 1)) ** (
        MONTH_DAYS / training.horizon
    )
    buys = np.array(
        [_mean_or(within_month[before == silent], 0.0) for silent in range(RECENCY_STATES)]
    )
    transitions = np.zeros((RECENCY_STATES, RECENCY_STATES))
    transitions[:, 0] = buys
    for silent in range(RECENCY_STATES):
        transitions[silent, min(silent + 1, RECENCY_STATES - 1)] += 1 - buys[silent]
    spend = _mean_or(
        (histories.mean_value * histories.last_month_occasions)[bought],
        float(histories.mean_value.mean()),
    )
    reward = np.zeros(RECENCY_STATES)
    reward[0] = spend
    value = np.zeros(RECENCY_STATES)
    months = histories.horizon / MONTH_DAYS
    for month in range(int(np.ceil(months))):
        ahead = np.linalg.matrix_power(transitions, month + 1) @ reward
        value += min(1.0, months - month) * ahead
    return np.asarray(value[state])


def gradient_boosting(histories: Histories, training: Histories) -> Array:
    """Boosted trees on the same histories, taught by what followed one horizon earlier."""
    from sklearn.ensemble import HistGradientBoostingRegressor  # a second of import

    model = HistGradientBoostingRegressor(
        max_iter=150, learning_rate=0.05, min_samples_leaf=20, random_state=SEED
    )
    model.fit(_features(training), training.later_value)
    return np.asarray(model.predict(_features(histories)), dtype=np.float64)


CHALLENGERS = {
    "naive_mean": naive_mean,
    "margin_multiple": margin_multiple,
    "markov_chain": markov,
    "gradient_boosting": gradient_boosting,
}


def _features(histories: Histories) -> Array:
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
