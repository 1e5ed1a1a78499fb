"""The world is neither a gift nor a riddle: signals together find what none finds alone."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]  # pyarrow has no types
import pytest

from demo.industrial.parameters import Parameters
from demo.industrial.world import simulate
from tests.demo.industrial.observer import SIGNALS, observe, scores

# Chosen on seed 1, tried on seed 2.
THRESHOLD = 0.48
WITHIN_QUARTERS = 2


@dataclass(frozen=True, slots=True)
class Verdict:
    """Transitions found within two quarters, and generalists' false alarms per year."""

    found_ratio: float
    false_alarms_per_year: float
    transitions_count: int


@pytest.fixture(scope="module")
def signals() -> pa.Table:
    parameters = Parameters(seed=2)
    return observe(simulate(parameters), parameters.last_day)


def judge(signals: pa.Table, score: np.ndarray, threshold: float) -> Verdict:
    """Compare the first quarter above the threshold with the true one, pair by pair."""
    stage = np.array(signals["stage"])
    pair = (
        np.array(signals["company"]) * 10
        + np.unique(np.array(signals["product_family"]), return_inverse=True)[1]
    )
    found, transitions, alarms, quarters = 0, 0, 0, 0
    for rows in np.split(np.arange(len(pair)), np.flatnonzero(np.diff(pair)) + 1):
        if signals["is_thin"][int(rows[0])].as_py():
            continue
        above = np.flatnonzero(np.nan_to_num(score[rows], nan=-1.0) > threshold)
        first = int(above[0]) if len(above) else len(rows) + 99
        generalist = int((stage[rows] == "inexperienced_generalist").sum())
        turned = generalist + int((stage[rows] == "in_transition").sum())
        # Turning is no moment: an alarm in the last quarters before it is early, not false.
        safe = generalist if turned == len(rows) == generalist else generalist - WITHIN_QUARTERS
        alarms += first < safe
        quarters += max(safe, 0)
        if generalist and turned < len(rows):
            transitions += 1
            found += abs(first - turned) <= WITHIN_QUARTERS
    return Verdict(found / transitions, alarms / (quarters / 4), transitions)


def test_six_signals_together_find_four_in_five_transitions(signals: pa.Table) -> None:
    verdict = judge(signals, scores(signals)["mean"], THRESHOLD)

    assert verdict.transitions_count > 100
    assert 0.8 < verdict.found_ratio < 0.99
    assert verdict.false_alarms_per_year < 0.1


@pytest.mark.parametrize("name", SIGNALS)
def test_no_signal_alone_finds_them(signals: pa.Table, name: str) -> None:
    score = scores(signals)[name]

    verdicts = [judge(signals, score, threshold) for threshold in np.linspace(0.2, 0.9, 15)]

    assert not any(v.found_ratio > 0.8 and v.false_alarms_per_year < 0.1 for v in verdicts)


def test_thin_pairs_rarely_have_four_signals(signals: pa.Table) -> None:
    thin = np.array(signals["is_thin"])
    unknown = np.isnan(scores(signals)["mean"])

    assert unknown[thin].mean() > 0.8
    assert unknown[~thin].mean() < 0.25


def test_warning_of_a_takeover_is_useful_and_not_always_right(signals: pa.Table) -> None:
    """Procurement at half of the touches or more while hardly anybody asks about applications."""
    rows = signals.filter(pa.array(~np.isnan(signals["procurement"].to_numpy())))
    warned = (rows["procurement"].to_numpy() >= 0.55) & (rows["application"].to_numpy() <= 0.1)
    company = np.array(rows["company"])
    true = np.unique(company[np.array(rows["takeover_strength"]) == 1.0])
    alerts = np.unique(company[warned])

    hits = len(np.intersect1d(true, alerts))

    assert hits / len(true) > 0.6
    assert 0.3 < hits / len(alerts) < 0.9
