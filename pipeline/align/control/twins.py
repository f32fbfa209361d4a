"""Controls in, how alike they are out, and which are near twins: they ask for nearly the same and are no rivals of each other.

時刻同期 and 基準時刻源 are asked in the same words; that an item fits both says that it fits, not that it is doubtful.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from pipeline.align.vectors import prepare_text
from pipeline.catalogue.load import Control

_NEAR = 0.4  # cosine of all wordings of two controls: of 333 controls 140 pairs lie above


def twin_matrix(controls: Sequence[Control]) -> NDArray[np.bool_]:
    """For each pair of controls whether they are twins; each control is its own."""
    return likeness_matrix(controls) >= _NEAR


def likeness_matrix(controls: Sequence[Control]) -> NDArray[np.float64]:
    """For each pair of controls how alike they are asked for, 0 to 1: the cosine of all their wordings."""
    return _likeness(tuple(controls))


@lru_cache(maxsize=4)
def _likeness(controls: tuple[Control, ...]) -> NDArray[np.float64]:
    from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415  slow import

    words = [
        [word for text in control.wordings for word in prepare_text(text).groups] for control in controls
    ]
    if not any(words):
        return np.eye(len(controls))
    vectors = TfidfVectorizer(analyzer=list, sublinear_tf=True).fit_transform(words)
    alike: NDArray[np.float64] = np.asarray((vectors @ vectors.T).todense())
    np.fill_diagonal(alike, 1.0)
    return alike
