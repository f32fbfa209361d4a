"""The ink of a region in, the boxes of its lines of text out: cut at blank rows, then at wide gaps, in turns (XY cut).

Method: recursive X-Y cuts (Nagy and Seth, ICPR 1984). In a cell of 「有 ・ 無」 the wide gaps part three pieces. Where a number
stands half way between the two lines of its question, no row between them is blank: such a band is cut at its gaps first, for a
cut between the lines would go through the number.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]
PixelBox = tuple[int, int, int, int]  # left, top, right, bottom
_GAP = 1.1  # of the line's height: a gap that parts two pieces
_LOW = 0.45  # of the height of a character: a lower band belongs to its neighbour
_HIGH = 1.75  # of the height of a character: a higher band is two lines that touch
_VALLEY = 0.3  # of the fullest row: how empty the row is at which lines that touch are parted
_DEEPEST = 4
_ALLEY = 1.0  # of the height of a character: a gap that parts columns where it runs beside several lines


def find_lines(ink: Mask, em: float, origin: tuple[int, int] = (0, 0)) -> list[PixelBox]:
    """Boxes of lines, in reading order; `em` is the height of a character in pixels, `origin` the region's left and top."""
    return [
        (left + origin[0], top + origin[1], right + origin[0], bottom + origin[1])
        for left, top, right, bottom in _cut(ink, em, 0)
    ]


def _cut(ink: Mask, em: float, depth: int) -> list[PixelBox]:
    boxes: list[PixelBox] = []
    profile = ink.sum(axis=1)
    for top, bottom in _merged(_spans(profile > 0, 1), em):
        columns = _spans(np.asarray(ink[top:bottom].any(axis=0)), _ALLEY * em)
        if bottom - top > _HIGH * em and len(columns) > 1 and depth < _DEEPEST:
            boxes += _cut_pieces(ink, (top, bottom), columns, em, depth)
            continue
        is_high = bottom - top > _HIGH * em
        for band in _parted(profile, top, bottom, em) if is_high else [(top, bottom)]:
            boxes += _cut_band(ink, band, em, depth)
    return boxes


def _cut_band(ink: Mask, band: tuple[int, int], em: float, depth: int) -> list[PixelBox]:
    """The pieces of a band of one line, or of one that could not be parted."""
    top, bottom = band
    gap = max(_GAP * min(bottom - top, 1.5 * em), 0.7 * em)
    pieces = _spans(np.asarray(ink[top:bottom].any(axis=0)), gap)
    if len(pieces) > 1 and depth < _DEEPEST and bottom - top > 1.3 * em:
        return _cut_pieces(ink, band, pieces, em, depth)
    boxes = []
    for left, right in pieces:
        rows = np.flatnonzero(ink[top:bottom, left:right].any(axis=1))
        boxes.append((left, top + int(rows[0]), right, top + int(rows[-1]) + 1))
    return boxes


def _cut_pieces(
    ink: Mask, band: tuple[int, int], pieces: list[tuple[int, int]], em: float, depth: int
) -> list[PixelBox]:
    """The lines of pieces of a band that stand side by side, each piece cut for itself."""
    top, bottom = band
    return [
        (left + a, top + b, left + c, top + d)
        for left, right in pieces
        for a, b, c, d in _cut(ink[top:bottom, left:right], em, depth + 1)
    ]


def _merged(spans: list[tuple[int, int]], em: float) -> list[tuple[int, int]]:
    """Bands of which those that are too low for a line are joined to the one they touch nearly."""
    merged: list[tuple[int, int]] = []
    for top, bottom in spans:
        if merged:
            last_top, last_bottom = merged[-1]
            low = min(bottom - top, last_bottom - last_top) < _LOW * em
            if low and top - last_bottom <= 0.3 * em and bottom - last_top <= 1.35 * em:
                merged[-1] = (last_top, bottom)
                continue
        merged.append((top, bottom))
    return merged


def _parted(profile: NDArray[np.int64], top: int, bottom: int, em: float) -> list[tuple[int, int]]:
    """A band of several lines, cut at its emptiest rows; as it is where no row is nearly empty."""
    count = round((bottom - top) / (1.3 * em))
    if count < 2:
        return [(top, bottom)]
    part = profile[top:bottom]
    pitch = (bottom - top) / count
    cuts = [0]
    for number in range(1, count):
        middle = round(number * pitch)
        reach = round(0.3 * pitch)
        low, high = max(cuts[-1] + 1, middle - reach), min(len(part) - 1, middle + reach)
        if low >= high:
            continue
        row = low + int(part[low:high].argmin())
        if part[row] <= _VALLEY * part.max():
            cuts.append(row)
    return [(top + a, top + b) for a, b in pairwise([*cuts, len(part)])]


def _spans(filled: NDArray[np.bool_], gap: float) -> list[tuple[int, int]]:
    """Runs that are filled, those nearer than `gap` as one."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], filled.view(np.int8), [0]))))
    spans: list[tuple[int, int]] = []
    for start, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        if spans and start - spans[-1][1] < gap:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return spans
