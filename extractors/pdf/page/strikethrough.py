"""Glyphs, vector paths and boxes of strike-outs in, the glyphs that a stroke runs through out: text that was withdrawn.

A stroke through text is no longer than the text, and runs through the middle of its characters; a rule of a table
passes between lines. A struck 「対応済」 with 「未対応」 beside it answers 「未対応」.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from extractors.location import Box
from extractors.pdf.page.glyphs import Glyphs
from extractors.pdf.page.paths import VectorPath

_THIN = 1.6
_MIDDLE = 0.2  # of the character's height: how far from its middle the stroke may lie
_OVERHANG = 0.6  # of the size: how far the stroke may reach beyond the text
_FULL = 0.5  # of a character's width that a stroke covers at least


def struck_glyphs(glyphs: Glyphs, paths: Sequence[VectorPath], boxes: Sequence[Box] = ()) -> list[int]:
    """Indexes of the glyphs that are struck through, by strokes drawn on the page or by annotations over `boxes`."""
    if not glyphs.chars:
        return []
    struck_indexes: set[int] = set()
    for box in boxes:
        inside = (glyphs.centres >= box[:2]) & (glyphs.centres <= box[2:])
        struck_indexes.update(np.flatnonzero(inside.all(axis=1)).tolist())
    order = np.argsort(glyphs.centres[:, 1], kind="stable")
    heights = glyphs.centres[order, 1]
    strokes = _level_strokes(paths)
    reach = _MIDDLE * max(glyphs.sizes) * 1.5
    first = np.searchsorted(heights, strokes[:, 1] - reach)
    last = np.searchsorted(heights, strokes[:, 1] + reach)
    for index in np.flatnonzero(last > first).tolist():
        struck_indexes.update(
            _through(glyphs, order[first[index] : last[index]].tolist(), tuple(strokes[index]))
        )
    return sorted(struck_indexes)


def _level_strokes(paths: Sequence[VectorPath]) -> NDArray[np.float64]:
    """Level strokes and thin filled boxes as (left, y, right)."""
    lines = [
        (min(x0, x1), (y0 + y1) / 2, max(x0, x1))
        for path in paths
        if path.stroked
        for x0, y0, x1, y1 in path.lines
        if abs(y0 - y1) <= _THIN / 2
    ]
    boxes = [
        (x0, (y0 + y1) / 2, x1)
        for path in paths
        if not path.white
        for x0, y0, x1, y1 in path.boxes
        if y1 - y0 <= _THIN
    ]
    return np.asarray([*lines, *boxes], dtype=np.float64).reshape(-1, 3)


def _through(glyphs: Glyphs, near: Sequence[int], stroke: Sequence[float]) -> list[int]:
    """The glyphs that a stroke runs through; none where it is longer than what it runs through."""
    left, y, right = stroke
    crossed_indexes = []
    for index in near:
        x0, top, x1, bottom = glyphs.boxes[index]
        covered = min(x1, right) - max(x0, left)
        level = abs(y - (top + bottom) / 2) <= _MIDDLE * (bottom - top)
        if level and covered >= _FULL * (x1 - x0) and not glyphs.chars[index].isspace():
            crossed_indexes.append(index)
    if not crossed_indexes:
        return []
    over = _OVERHANG * glyphs.sizes[crossed_indexes[0]]
    begins, ends = (
        min(glyphs.boxes[i][0] for i in crossed_indexes),
        max(glyphs.boxes[i][2] for i in crossed_indexes),
    )
    return crossed_indexes if begins - left <= over and right - ends <= over else []
