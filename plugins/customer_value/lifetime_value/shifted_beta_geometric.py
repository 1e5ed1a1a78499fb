"""Shifted beta-geometric: how long contractual customers stay, from the survivors of one cohort.

Fader and Hardie (2007), "How to Project Customer Retention", Journal of Interactive Marketing
21:1; residual value from Fader and Hardie (2010), Marketing Science 29:1. Customers leave at the
end of a contract period with a probability of their own, which varies as Beta(alpha, beta). Time
is counted in contract periods. Retention rises with age because the loyal are left over.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from customer_value.lifetime_value.arrays import Array, column, counts, number, refuse_rows
from customer_value.lifetime_value.optimum import RIDGE, Fit, maximise
from customer_value.lifetime_value.params import Params

STARTS = (1.0, 3.0, 0.3)


@dataclass(frozen=True, slots=True)
class ShiftedBetaGeometricParams(Params):
    """``alpha`` pulls towards leaving, ``beta`` towards staying; neither has a unit."""

    alpha: float
    beta: float


def fit(survivors: ArrayLike, *, penalty: float = RIDGE) -> Fit[ShiftedBetaGeometricParams]:
    """Return the penalised maximum-likelihood fit to one cohort.

    ``survivors`` are customers left after 0, 1, 2, ... periods, the whole cohort first. Raises
    ``ValueError`` for fewer than two entries, growth, or an empty cohort.
    """
    left = column("survivors", survivors, least=0.0)
    if left.size < 2 or left[0] == 0:
        raise ValueError(
            f"survivors need a cohort and at least one period after it, got {left.tolist()}."
        )
    refuse_rows(
        np.append(False, np.diff(left) > 0), left, "survivors never grow: count one cohort only"
    )
    lost = -np.diff(left)
    period = np.arange(1.0, left.size)

    def read(position: Array) -> ShiftedBetaGeometricParams:
        return ShiftedBetaGeometricParams(*np.exp(position).tolist())

    def objective(position: Array) -> tuple[float, Array]:
        params = read(position)
        alpha, beta = params.alpha, params.beta
        survived = _log_survival(params, period)
        before = _log_survival(params, period - 1)
        leaving = np.log(alpha) - np.log(alpha + beta + period - 1)
        value = lost @ (before + leaving) + left[-1] * survived[-1]

        together = special.digamma(alpha + beta) - special.digamma(alpha + beta + period)
        by_alpha = together
        by_beta = together + special.digamma(beta + period) - special.digamma(beta)
        share_of_gone = 1 / (alpha + beta + period - 1)
        earlier_alpha = np.append(0.0, by_alpha[:-1])
        earlier_beta = np.append(0.0, by_beta[:-1])
        gradient = np.array(
            [
                lost @ (alpha * (earlier_alpha - share_of_gone) + 1)
                + left[-1] * alpha * by_alpha[-1],
                lost @ (beta * (earlier_beta - share_of_gone)) + left[-1] * beta * by_beta[-1],
            ]
        )
        return float(value), gradient

    return maximise(
        "shifted_beta_geometric",
        objective,
        read,
        names=("alpha", "beta"),
        starts=[np.full(2, np.log(value)) for value in STARTS],
        size=float(left[0]),
        penalty=penalty,
    )


def survival(params: ShiftedBetaGeometricParams, periods: ArrayLike) -> Array:
    """Return the share of a cohort still there after whole ``periods``, S(t)."""
    return np.asarray(np.exp(_log_survival(params, counts("periods", periods))))


def retention(params: ShiftedBetaGeometricParams, periods: ArrayLike) -> Array:
    """Return the share of those there before period t who stay through it, t from 1 up."""
    t = counts("periods", periods)
    refuse_rows(t < 1, t, "periods are counted from 1: nobody can leave before the first")
    return (params.beta + t - 1) / (params.alpha + params.beta + t - 1)


def discounted_expected_lifetime(params: ShiftedBetaGeometricParams, rate: float) -> float:
    """Return periods expected of a new customer, the first at once and whole, DEL.

    ``rate`` per period, above 0. Sum of S(t) / (1 + rate)^t over t = 0, 1, ... in closed form.
    """
    rate = number("rate", rate, least=0.0, is_open=True)
    discount = 1 / (1 + rate)
    total = params.alpha + params.beta
    return float(special.hyp2f1(1, params.beta, total, discount))


def discounted_expected_residual_lifetime(
    params: ShiftedBetaGeometricParams, renewals: ArrayLike, rate: float
) -> Array:
    """Return further periods expected of customers who have renewed so many times, DERL.

    Valued just before the next renewal is due, whose payment is the first in the sum, whole if it
    comes. Fader and Hardie (2010), equation 6; ``rate`` per period, above 0.
    """
    discount = 1 / (1 + number("rate", rate, least=0.0, is_open=True))
    stayed = params.beta + counts("renewals", renewals)
    stays = stayed / (params.alpha + stayed)
    return np.asarray(stays * special.hyp2f1(1, stayed + 1, params.alpha + stayed + 1, discount))


def _log_survival(params: ShiftedBetaGeometricParams, periods: Array) -> Array:
    return np.asarray(
        special.betaln(params.alpha, params.beta + periods)
        - special.betaln(params.alpha, params.beta)
    )
