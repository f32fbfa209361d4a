"""Figures and what is right in, boosted trees as arrays out (extractors/checklist/columns/learned/trees.py)."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier

Weights = dict[str, NDArray[Any]]
# Chosen by writers held out one at a time: 150 trees of 8 leaves beside 80 of 6 and 200 of 4.
_TREES, _LEAVES, _RATE, _LEAST, _SHRINK = 150, 8, 0.05, 15, 5.0


def fit_trees(
    figures: NDArray[np.float64], right: NDArray[np.bool_], counts: NDArray[np.float64], name: str
) -> Weights:
    """The trees that tell the right rows from the others, as arrays whose names begin with `name`.

    `counts` is how much each row counts.
    """
    model = HistGradientBoostingClassifier(
        max_iter=_TREES,
        learning_rate=_RATE,
        max_leaf_nodes=_LEAVES,
        min_samples_leaf=_LEAST,
        l2_regularization=_SHRINK,
        early_stopping=False,
        random_state=0,
    ).fit(figures, right, sample_weight=counts)
    # scikit-learn keeps the nodes of these trees in an attribute that is not public, and has no other way out.
    nodes = [predictors[0].nodes for predictors in model._predictors]
    size = max(map(len, nodes))
    found: Weights = {
        f"{name}_feature": np.zeros((len(nodes), size), dtype=np.uint8),
        f"{name}_threshold": np.zeros((len(nodes), size), dtype=np.float64),
        f"{name}_left": np.tile(np.arange(size, dtype=np.uint8), (len(nodes), 1)),
        f"{name}_right": np.tile(np.arange(size, dtype=np.uint8), (len(nodes), 1)),
        f"{name}_value": np.zeros((len(nodes), size), dtype=np.float32),
        f"{name}_base": np.array(model._baseline_prediction, dtype=np.float64).reshape(-1),
    }
    for tree, of_tree in enumerate(nodes):
        for index, node in enumerate(of_tree):
            if node["is_leaf"]:
                found[f"{name}_value"][tree, index] = node["value"]
            else:
                found[f"{name}_feature"][tree, index] = node["feature_idx"]
                found[f"{name}_threshold"][tree, index] = node["num_threshold"]
                found[f"{name}_left"][tree, index] = node["left"]
                found[f"{name}_right"][tree, index] = node["right"]
    return found
