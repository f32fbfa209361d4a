"""Glyphs, drawings and boxes of strike-outs in, the glyphs that a stroke runs through out: text that was withdrawn.

A stroke through text is no longer than the text, and runs through the middle of its characters; a rule of a table
passes between lines.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from extractors.location import Box
from extractors.pdf.page.glyphs import Glyphs
from extractors.pdf.page.paths import Drawing

_THIN = 1.6
_MIDDLE = 0.2  # of the character's height: how far from its middle the stroke may lie
_OVERHANG = 0.6  # of the size: how far the stroke may reach beyond the text
_FULL = 0.5  # of a character's width that a stroke covers at least


def struck_glyphs(glyphs: Glyphs, drawings: Sequence[Drawing], boxes: Sequence[Box] = ()) -> list[int]:
    """Indexes of the glyphs that are struck through, by strokes drawn on the page or by annotations over `boxes`."""
    if not glyphs.chars:
        return []
    found: set[int] = set()
    for box in boxes:
        inside = (glyphs.centres >= box[:2]) & (glyphs.centres <= box[2:])
        found.update(np.flatnonzero(inside.all(axis=1)).tolist())
    order = np.argsort(glyphs.centres[:, 1], kind="stable")
    heights = glyphs.centres[order, 1]
    strokes = _level_strokes(drawings)
    reach = _MIDDLE * max(glyphs.sizes) * 1.5
    first = np.searchsorted(heights, strokes[:, 1] - reach)
    last = np.searchsorted(heights, strokes[:, 1] + reach)
    for index in np.flatnonzero(last > first).tolist():
        found.update(_through(glyphs, order[first[index] : last[index]].tolist(), tuple(strokes[index])))
    return sorted(found)


def _level_strokes(drawings: Sequence[Drawing]) -> NDArray[np.float64]:
    """Level strokes and thin filled boxes as (left, y, right)."""
    lines = [
        (min(x0, x1), (y0 + y1) / 2, max(x0, x1))
        for drawing in drawings
        if drawing.stroked
        for x0, y0, x1, y1 in drawing.lines
        if abs(y0 - y1) <= _THIN / 2
    ]
    boxes = [
        (x0, (y0 + y1) / 2, x1)
        for drawing in drawings
        if not drawing.white
        for x0, y0, x1, y1 in drawing.boxes
        if y1 - y0 <= _THIN
    ]
    return np.asarray([*lines, *boxes], dtype=np.float64).reshape(-1, 3)


def _through(glyphs: Glyphs, near: Sequence[int], stroke: Sequence[float]) -> list[int]:
    """The glyphs that a stroke runs through; none where it is longer than what it runs through."""
    left, y, right = stroke
    hit = []
    for index in near:
        x0, top, x1, bottom = glyphs.boxes[index]
        covered = min(x1, right) - max(x0, left)
        level = abs(y - (top + bottom) / 2) <= _MIDDLE * (bottom - top)
        if level and covered >= _FULL * (x1 - x0) and not glyphs.chars[index].isspace():
            hit.append(index)
    if not hit:
        return []
    over = _OVERHANG * glyphs.sizes[hit[0]]
    begins, ends = min(glyphs.boxes[i][0] for i in hit), max(glyphs.boxes[i][2] for i in hit)
    return hit if begins - left <= over and right - ends <= over else []
