"""Rows of figures in, the sum of boosted decision trees out: what a linear sum cannot say, such as that marks under
`結果` count only where the texts beside them ask something.

Gradient boosting (Friedman, Annals of Statistics 29, 2001), learned by `make weights`; the trees are five arrays of
equal shape, trees × nodes, where a leaf is its own child.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
PARTS = ("feature", "threshold", "left", "right", "value")


def sum_of_trees(figures: Floats, weights: Mapping[str, NDArray[Any]], name: str) -> Floats:
    """One sum for each row of `figures`, from the arrays `{name}_feature`, `_threshold`, `_left`, `_right`, `_value`, `_base`."""
    feature, threshold, left, right, value = (weights[f"{name}_{part}"] for part in PARTS)
    trees = np.arange(len(feature))[None, :]
    rows = np.arange(len(figures))[:, None]
    node = np.zeros((len(figures), len(feature)), dtype=np.intp)
    while True:
        below = np.where(
            figures[rows, feature[trees, node]] <= threshold[trees, node],
            left[trees, node],
            right[trees, node],
        ).astype(np.intp)
        if (below == node).all():
            break
        node = below
    total: Floats = value[trees, node].sum(axis=1, dtype=np.float64) + float(weights[f"{name}_base"][0])
    return total
