"""Glyphs of cells in, their printed lines out: all cells of a page in one go, as arrays.

Characters of one line have their centres at one height, up to a part of their size; a wide gap between two is a space:
「有」 and 「無」 far apart come out as 「有 無」.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from extractors.location import Box
from extractors.pdf.page.glyphs import Glyphs

_SAME_LINE = 0.45  # of the size: how far centres of one line lie apart
_SPACE = 0.6  # of the size: a gap that is a space

_Indexes = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """One printed line: text, box and size of its characters in points."""

    text: str
    box: Box
    size: float


def glyphs_to_lines(glyphs: Glyphs, cells: Sequence[Sequence[int]]) -> list[list[PrintedLine]]:
    """The lines that the glyphs of each cell form, from top to bottom; `cells` are indexes into `glyphs`.

    Vertical and turned writing comes as one line.
    """
    lines: list[list[PrintedLine]] = [[] for _ in cells]
    level_cells: list[int] = []
    for number, indexes in enumerate(cells):
        if indexes and [glyphs.upright[index] for index in indexes].count(True) * 2 <= len(indexes):
            lines[number] = _vertical(glyphs, indexes)
        elif indexes:
            level_cells.append(number)
    level_indexes = np.asarray([index for number in level_cells for index in cells[number]], dtype=np.int64)
    owners = np.repeat(
        np.asarray(level_cells, dtype=np.int64), [len(cells[number]) for number in level_cells]
    )
    for owner, line in _level_lines(glyphs, level_indexes, owners):
        lines[owner].append(line)
    return lines


def _level_lines(glyphs: Glyphs, indexes: _Indexes, owners: _Indexes) -> Iterator[tuple[int, PrintedLine]]:
    """The level lines of the glyphs with these indexes, each with its owner, from top to bottom."""
    if not len(indexes):
        return
    order = np.lexsort((glyphs.centres[indexes, 1], owners))
    indexes, owners = indexes[order], owners[order]
    groups = _groups(glyphs, indexes, owners)
    left, right = glyphs.corners[indexes, 0], glyphs.corners[indexes, 2]
    order = np.lexsort((right, left, groups))
    indexes, owners, groups = indexes[order], owners[order], groups[order]
    texts = _with_spaces(glyphs, indexes, groups)
    bounds = [0, *(np.flatnonzero(np.diff(groups)) + 1).tolist(), len(groups)]
    line_texts = ["".join(texts[start:end]).rstrip() for start, end in pairwise(bounds)]
    owner_of = owners[bounds[:-1]].tolist()
    inked = ~glyphs.blank[indexes]
    line_numbers = np.cumsum(np.concatenate(([0], np.diff(groups) != 0)))[inked]
    for number, box, size in _extents(glyphs, indexes[inked], line_numbers):
        yield owner_of[number], PrintedLine(line_texts[number], box, size)


def _extents(glyphs: Glyphs, indexes: _Indexes, line_numbers: _Indexes) -> Iterator[tuple[int, Box, float]]:
    """Number, box and middle size of each line that the glyphs form; `line_numbers` are their lines in rising order."""
    if not len(indexes):
        return
    starts = np.concatenate(([0], np.flatnonzero(np.diff(line_numbers)) + 1))
    corners = glyphs.corners[indexes]
    near = np.minimum.reduceat(corners[:, :2], starts).tolist()
    far = np.maximum.reduceat(corners[:, 2:], starts).tolist()
    sizes = glyphs.sizes_of[indexes].tolist()
    ends = [*starts[1:].tolist(), len(indexes)]
    numbers = line_numbers[starts].tolist()
    for number, start, end, low, high in zip(numbers, starts.tolist(), ends, near, far, strict=True):
        yield number, (*low, *high), sorted(sizes[start:end])[(end - start) // 2]


def _groups(glyphs: Glyphs, indexes: _Indexes, owners: _Indexes) -> _Indexes:
    """Number of the line that each glyph is in; the glyphs come cell by cell, by height.

    A line ends where the next glyph lies further from the middle of its glyphs than a part of its size.
    """
    heights, sizes = glyphs.centres[indexes, 1], glyphs.sizes_of[indexes]
    apart = (np.diff(heights) > _SAME_LINE * sizes[1:]) | (np.diff(owners) != 0)
    breaks = np.concatenate(([0], np.flatnonzero(apart) + 1, [len(indexes)]))
    groups = np.repeat(np.arange(len(breaks) - 1), np.diff(breaks))
    spread = heights[breaks[1:] - 1] - heights[breaks[:-1]]
    smallest = np.minimum.reduceat(sizes, breaks[:-1])
    extra = np.zeros(len(indexes), dtype=np.int64)
    for number in np.flatnonzero(spread > _SAME_LINE * smallest).tolist():
        start, end = int(breaks[number]), int(breaks[number + 1])
        for offset in _drifting(heights[start:end].tolist(), sizes[start:end].tolist()):
            extra[start + offset] = 1
    return np.asarray(groups + np.cumsum(extra))


def _drifting(heights: Sequence[float], sizes: Sequence[float]) -> list[int]:
    """Where new lines begin among glyphs whose heights drift slowly, as with raised or lowered characters."""
    breaks = []
    total, count = heights[0], 1
    for index in range(1, len(heights)):
        if abs(heights[index] - total / count) > _SAME_LINE * sizes[index]:
            breaks.append(index)
            total, count = 0.0, 0
        total, count = total + heights[index], count + 1
    return breaks


def _with_spaces(glyphs: Glyphs, indexes: _Indexes, groups: _Indexes) -> list[str]:
    """The characters, with a space before those that stand far behind the one before."""
    texts = [glyphs.chars[index] for index in indexes.tolist()]
    gaps = glyphs.corners[indexes[1:], 0] - glyphs.corners[indexes[:-1], 2]
    wide = (gaps > _SPACE * glyphs.sizes_of[indexes[1:]]) & (groups[1:] == groups[:-1])
    wide &= ~glyphs.blank[indexes[1:]]
    for index in np.flatnonzero(wide).tolist():
        if texts[index][-1] not in " 　":
            texts[index + 1] = " " + texts[index + 1]
    return texts


def _around(glyphs: Glyphs, indexes: _Indexes) -> Box:
    """The box around glyphs."""
    corners = glyphs.corners[indexes]
    left, top = corners[:, :2].min(axis=0).tolist()
    right, bottom = corners[:, 2:].max(axis=0).tolist()
    return left, top, right, bottom


def _size(glyphs: Glyphs, indexes: Sequence[int]) -> float:
    """The middle of the glyphs' sizes."""
    return sorted([glyphs.sizes[index] for index in indexes])[len(indexes) // 2]


def _vertical(glyphs: Glyphs, indexes: Sequence[int]) -> list[PrintedLine]:
    """Vertical and turned writing as one line: as the file draws its lines, which may be read upwards.

    Characters drawn one by one are read in columns from right to left, each from top to bottom.
    """
    size = max(_size(glyphs, indexes), 1.0)
    order = sorted(indexes)
    if len({glyphs.lines[index] for index in indexes}) == len(indexes):
        order.sort(key=lambda i: (-round(glyphs.centres[i, 0] / size), glyphs.boxes[i][1]))
    text = "".join(glyphs.chars[index] for index in order).strip()
    return [PrintedLine(text, _around(glyphs, np.asarray(indexes)), size)] if text else []
