"""Items and controls in, whether an item lacks the words that a control must have or holds one that it must not, out.

`管理者&記録` stands for both words together. Where the wording that an item is nearest to lacks the `must` words itself, they
are not asked of the item. How much either counts is learnt (training/calibrate.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from normalizers.text import fold
from pipeline.align.vectors import Floats
from pipeline.catalogue.load import Control

WordSets = tuple[tuple[str, ...], ...]  # any of these, each all of its words together
Indices = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class _Bounds:
    """A control's folded words, and the numbers of its wordings that hold none of `must`."""

    must: WordSets
    must_not: WordSets
    without: frozenset[int]


def must_features(
    texts: Sequence[str], controls: Sequence[Control], pairs: tuple[Indices, Indices, Indices]
) -> Floats:
    """(lacks, holds a forbidden one) of each (item, control, nearest wording), as 0 and 1; `texts` are the items folded."""
    bounds = [_bounds(control) for control in controls]
    flags = np.zeros((len(pairs[0]), 2))
    for index, (row, col, wording) in enumerate(zip(*(side.tolist() for side in pairs), strict=True)):
        bound = bounds[col]
        if bound.must_not and _holds_any(texts[row], bound.must_not):
            flags[index, 1] = 1.0
        elif bound.must and wording not in bound.without and not _holds_any(texts[row], bound.must):
            flags[index, 0] = 1.0
    return flags


@lru_cache(maxsize=4096)
def _bounds(control: Control) -> _Bounds:
    must, must_not = _folded(control.must), _folded(control.must_not)
    without = frozenset(
        n for n, text in enumerate(control.wordings) if must and not _holds_any(fold(text), must)
    )
    return _Bounds(must, must_not, without)


def _folded(words: Sequence[str]) -> WordSets:
    return tuple(tuple(fold(word) for word in together.split("&")) for together in words)


def _holds_any(text: str, sets: WordSets) -> bool:
    return any(all(word in text for word in together) for together in sets)
