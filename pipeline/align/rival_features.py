"""Scores of candidate pairs in, features of their rivals out: how a pair stands among the other candidates.

A score alone does not tell whether a query has a counterpart: the same likeness is much where all other candidates are
far behind, and little where three are as near. Row and column softmax as in the dual softmax of image matching (Sun et
al., LoFTR, 2021, 3.3).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pipeline.align.vectors import Floats

Indices = NDArray[np.intp]
ROW_FEATURES = ("score", "row_ahead", "row_share")
USUAL_RIVAL = (
    -4.0
)  # logit: a little under the second best of a query, whose median on labelled lists is -2.8 to -3.8
BOTH_FEATURES = (*ROW_FEATURES, "col_ahead", "col_share")


def row_features(rows: Indices, scores: Floats) -> Floats:
    """Score (a logit), lead over the best other candidate of the query, share of the query's softmax."""
    return np.column_stack([scores, *_among(rows, scores)])


def both_features(rows: Indices, cols: Indices, scores: Floats) -> Floats:
    """As row_features, and the same among the queries of each candidate."""
    return np.column_stack([scores, *_among(rows, scores), *_among(cols, scores)])


def _among(side: Indices, scores: Floats) -> tuple[Floats, Floats]:
    """Lead over the best rival with the same index, from -6 to 6, and share of the softmax, 0 to 1.

    An unseen rival of the usual score always takes part, so that one query and one candidate do not win unopposed.
    """
    if not len(side):
        return np.zeros(0), np.zeros(0)
    best, second = (np.maximum(top_scores, USUAL_RIVAL) for top_scores in _two_best(side, scores))
    rival = np.where(scores >= best[side], second[side], best[side])
    weight = np.exp(scores - best[side])
    total = np.bincount(side, weights=weight) + np.exp(USUAL_RIVAL - best)
    return np.clip(scores - rival, -6.0, 6.0), weight / total[side]


def _two_best(side: Indices, scores: Floats) -> tuple[Floats, Floats]:
    """The best and the second best score of every index of `side`; minus infinity where there is none."""
    order = np.lexsort((-scores, side))
    ordered, figures = side[order], scores[order]
    start = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]])
    best = np.full(int(side.max()) + 1, -np.inf)
    second = np.full(len(best), -np.inf)
    best[ordered[start]] = figures[start]
    after = start[np.r_[np.diff(start), len(ordered) - start[-1]] > 1] + 1
    second[ordered[after]] = figures[after]
    return best, second
