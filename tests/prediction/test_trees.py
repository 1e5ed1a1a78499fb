import json

import numpy as np
import pytest
from customer_value.prediction.trees import Trees
from sklearn.ensemble import HistGradientBoostingRegressor

from tests.prediction.conftest import CUSTOMERS


@pytest.mark.parametrize("loss", [{}, {"loss": "quantile", "quantile": 0.9}])
def test_trees_as_numbers_say_what_the_library_says(loss: dict[str, object]) -> None:
    rng = np.random.default_rng(3)
    known, asked = rng.gamma(1, 10, (CUSTOMERS, 4)), rng.gamma(1, 12, (5000, 4))
    model = HistGradientBoostingRegressor(max_iter=10, early_stopping=False, **loss)
    model.fit(known, known.sum(axis=1))

    trees = Trees.read(json.loads(json.dumps(Trees.of(model).numbers())))

    assert trees.predict(asked) == pytest.approx(model.predict(asked), rel=1e-12)
    assert (trees.predict(asked) == Trees.of(model).predict(asked)).all()


def test_trees_of_one_leaf_say_the_same_of_everybody() -> None:
    """Ten rows cannot be parted into leaves of twenty: the mean of 0 to 9 is left."""
    model = HistGradientBoostingRegressor(max_iter=3, early_stopping=False)
    model.fit(np.arange(10.0)[:, None], np.arange(10.0))

    assert Trees.of(model).predict(np.array([[-5.0], [50.0]])) == pytest.approx([4.5, 4.5])
