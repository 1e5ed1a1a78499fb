"""What all models share: integrals of the purchase rate."""

import numpy as np
import pytest
from customer_value.lifetime_value import model as integrals
from customer_value.lifetime_value.family import FAMILY

from tests.lifetime_value.simulation import TYPICAL


@pytest.mark.parametrize("name", FAMILY)
@pytest.mark.parametrize("horizon", [7.0, 90.0, 365.0, 1095.0])
@pytest.mark.parametrize("rate", [0.0, 4e-4])
def test_few_nodes_agree_with_many_where_they_are_used(
    name: str, horizon: float, rate: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    x, age = (each.ravel() for each in np.meshgrid([0, 1, 7, 300, 10_000], [1, 30, 400, 7000]))
    model = FAMILY[name]
    params = model.params_type(*TYPICAL[name])
    few = model.expected_purchases_if_alive(params, x, age, horizon, rate)

    monkeypatch.setattr(integrals, "SHORT_RULES", ())
    many = model.expected_purchases_if_alive(params, x, age, horizon, rate)

    np.testing.assert_allclose(few, many, rtol=1e-10)
