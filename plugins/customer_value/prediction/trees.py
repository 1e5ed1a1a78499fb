"""Boosted trees as numbers: taught by scikit-learn, kept in a file and asked without it.

To load scikit-learn takes a second, and what it keeps is a program to run, bound to its version.
"""

from dataclasses import dataclass, fields
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from customer_value.lifetime_value.arrays import Array, in_blocks

Places = NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class Trees:
    """The nodes of all trees, one entry each; ``roots`` and ``depths`` have one a tree.

    A node asks whether ``feature`` is at most ``threshold``; the nodes for yes and no stand at
    twice its own place in ``children``, and one further. A leaf leads to itself and adds ``value``
    to the prediction, which begins with ``start``.
    """

    start: float
    roots: Places
    depths: Places
    feature: Places
    threshold: Array
    children: Places
    value: Array

    @classmethod
    def of(cls, model: Any) -> Self:
        """Return the trees of a fitted ``HistGradientBoostingRegressor`` with one output."""
        trees = [tree.nodes for (tree,) in model._predictors]
        roots = np.cumsum([0, *(nodes.size for nodes in trees)])[:-1]
        nodes = np.concatenate(trees)
        before = np.repeat(roots, [tree.size for tree in trees])
        is_leaf, own = nodes["is_leaf"].astype(bool), np.arange(nodes.size)
        yes, no = (np.where(is_leaf, own, before + nodes[side]) for side in ("left", "right"))
        return cls(
            start=float(model._baseline_prediction[0, 0]),
            roots=roots,
            depths=np.array([tree["depth"].max() for tree in trees], dtype=np.intp),
            feature=np.where(is_leaf, 0, nodes["feature_idx"]),
            threshold=np.where(is_leaf, 0.0, nodes["num_threshold"]),
            children=np.column_stack([yes, no]).ravel(),
            value=np.where(is_leaf, nodes["value"], 0.0),
        )

    @classmethod
    def read(cls, numbers: dict[str, Any]) -> Self:
        """Return the trees that were written as ``numbers``."""
        columns: dict[str, Any] = {
            name: np.asarray(each) if isinstance(each, list) else each
            for name, each in numbers.items()
        }
        return cls(**columns)

    def numbers(self) -> dict[str, Any]:
        """Return the trees as plain numbers and lists of them, digit for digit."""
        columns = {field.name: getattr(self, field.name) for field in fields(self)}
        return {
            name: each.tolist() if isinstance(each, np.ndarray) else each
            for name, each in columns.items()
        }

    def predict(self, columns: Array) -> Array:
        """Return the prediction for each row of ``columns``, one column a feature."""
        return in_blocks(self._predict_block, *columns.T)

    def _predict_block(self, *features: Array) -> Array:
        asked, row = np.concatenate(features), np.arange(features[0].size)
        predicted = np.full(row.size, self.start)
        # Tree by tree: the nodes of one stay in a processor's cache.
        for root, depth in zip(self.roots, self.depths, strict=True):
            places = np.full(row.size, root)
            for _ in range(depth):
                answer = asked[self.feature[places] * row.size + row]
                places = self.children[2 * places + (answer > self.threshold[places])]
            predicted += self.value[places]
        return predicted
