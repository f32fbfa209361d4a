"""Glyphs in, those that are drawn a second time in nearly the same place out: bold print of two strokes, shadows, layers.

The heading 「回答」 drawn twice 0.3 points apart, or with a grey copy beside it, is read as 「回答」 and not as 「回回答答」.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations, product

import numpy as np
from numpy.typing import NDArray

from extractors.pdf.page.glyphs import Glyphs

_MOST_COPIES = 12  # of one glyph that are compared: bold print has three or four
_NEAR = 0.2  # of the size: copies lie no farther apart
_WIDTH = 0.5  # of the glyph's width, for narrow ones: the two l of 「all」 stand beside each other

Lightness = Callable[[int], int]


def repeated_glyphs(glyphs: Glyphs, lightness: Lightness) -> list[int]:
    """Indexes of the copies; of two shades, told by `lightness` (0 black to 255), the lighter one is the copy."""
    if len(glyphs.chars) < 2:
        return []
    reach = _NEAR * float(np.median(glyphs.sizes_of))
    codes = np.asarray([ord(char[0]) for char in glyphs.chars], dtype=np.int64)
    copies: set[int] = set()
    for shift in product((0.0, reach), repeat=2):
        for alike in _groups(codes, glyphs.centres, shift, 2 * reach):
            for a, b in combinations(alike[:_MOST_COPIES], 2):
                if a not in copies and b not in copies and _is_copy(glyphs, a, b):
                    copies.add(a if lightness(a) > lightness(b) else b)
    return sorted(copies)


def _groups(
    codes: NDArray[np.int64], places: NDArray[np.float64], shift: tuple[float, float], pitch: float
) -> list[list[int]]:
    """The glyphs of one character that fall into one square of a raster of this pitch, where they are several."""
    squares = np.floor((places + shift) / pitch).astype(np.int64)
    keys = (squares[:, 0] * 100_003 + squares[:, 1]) * 1_114_112 + codes
    order = np.argsort(keys, kind="stable")
    same = np.concatenate(([False], keys[order][1:] == keys[order][:-1], [False]))
    starts = np.flatnonzero(~same[:-1] & same[1:])
    ends = np.flatnonzero(same[:-1] & ~same[1:]) + 1
    return [order[start:end].tolist() for start, end in zip(starts.tolist(), ends.tolist(), strict=True)]


def _is_copy(glyphs: Glyphs, first: int, second: int) -> bool:
    size = min(glyphs.sizes[first], glyphs.sizes[second])
    width = glyphs.boxes[first][2] - glyphs.boxes[first][0]
    dx, dy = np.abs(glyphs.centres[first] - glyphs.centres[second])
    alike = max(glyphs.sizes[first], glyphs.sizes[second]) < 1.25 * size
    return bool(alike and dx <= min(_NEAR * size, _WIDTH * width) and dy <= _NEAR * size)
