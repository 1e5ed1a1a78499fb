"""MBG/NBD: BG/NBD with one more chance to leave, right after the first purchase."""

import numpy as np
import pytest
from customer_value.lifetime_value.beta_geometric import BetaGeometricParams
from customer_value.lifetime_value.mbg_nbd import MBG_NBD

ONES = BetaGeometricParams(1, 1, 1, 1)


def test_a_one_time_buyer_is_doubted_from_the_start_and_more_with_silence() -> None:
    """Chance to leave a/(a+b) = 1/2 at once; after time 1 the odds of having left double."""
    alive = MBG_NBD.probability_alive(ONES, 0, 0, [0, 1])

    assert alive == pytest.approx([1 / 2, 1 / 3])


def test_the_likelihood_of_one_repeat_worked_by_hand() -> None:
    """As for BG/NBD, with E[(1-p)^2] = 1/3 for staying twice and E[p(1-p)] = 1/6 for leaving."""
    x, t_x, age = np.ones(1), np.ones(1), np.full(1, 2.0)

    likelihood, _ = MBG_NBD.log_likelihood_and_gradient(ONES, x, t_x, age)

    assert np.exp(likelihood[0]) == pytest.approx(1 / 9 / 3 + 1 / 4 / 6)
