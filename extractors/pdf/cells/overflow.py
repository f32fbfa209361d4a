"""A page with its tables in, the same with texts that run over a rule wholly in the cell that they begin in.

A long question that a spreadsheet prints over the rule into a blank answer cell, or clips there, is no answer:
「…残してい│ますか。」. A rule that goes through the middle of a character tells such a text from two cells that
stand close together.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from extractors.location import Box
from extractors.pdf.page.glyphs import Glyphs
from extractors.pdf.tables.fill import CellGlyphs, by_size
from extractors.pdf.tables.page_tables import Page
from normalizers.text import empty_boxes, shape_of, ticked_boxes

_TOUCHING = 0.25  # of the size: the gap within a text
_INSIDE = 0.12  # of a character's width: how far a rule that cuts it lies from its sides
_BEGINS = 1.5  # of the size: how far from its cell's left edge a text begins

_MARKS = 2  # characters of a mark

_Indexes = NDArray[np.int64]


def settle_overflow(page: Page) -> Page:
    """The page with each text that a rule cuts through in one cell; an unruled page, and one whose cells cut words, stay."""
    if page.unruled or page.splits_words or not page.tables:
        return page
    cells = [cell.box for index in by_size(page.tables) for cell in page.tables[index].cells]
    owner = page.cell_glyphs.owner.copy()
    cut = _cut_glyphs(page.glyphs, owner, cells)
    if not cut:
        return page
    for run in _runs(page.glyphs, cut):
        text = _without_mark(page.glyphs, run, owner)
        home = _home(page.glyphs, text, owner, cells)
        if home >= 0:
            owner[text] = home
    return replace(page, cell_glyphs=_by_owner(page, owner))


def _cut_glyphs(glyphs: Glyphs, owner: _Indexes, cells: list[Box]) -> list[int]:
    """Characters that a side of their cell goes through."""
    if not len(owner):
        return []
    edges = np.asarray(cells, dtype=np.float64)[owner][:, [0, 2]]
    left, right = glyphs.corners[:, 0], glyphs.corners[:, 2]
    margin = _INSIDE * (right - left)
    through = ((left + margin < edges[:, 0]) & (edges[:, 0] < right - margin)) | (
        (left + margin < edges[:, 1]) & (edges[:, 1] < right - margin)
    )
    level = np.asarray(glyphs.upright, dtype=bool)
    return [int(i) for i in np.flatnonzero(through & (owner >= 0) & ~glyphs.blank & level)]


def _runs(glyphs: Glyphs, cut: list[int]) -> Iterator[list[int]]:
    """The texts without a gap that the cut characters are in."""
    done = -1
    for index in cut:
        if index <= done:
            continue
        first = last = index
        while first > 0 and _goes_on(glyphs, first - 1, first):
            first -= 1
        while last + 1 < len(glyphs.chars) and _goes_on(glyphs, last, last + 1):
            last += 1
        done = last
        yield list(range(first, last + 1))


def _goes_on(glyphs: Glyphs, before: int, after: int) -> bool:
    gap = glyphs.boxes[after][0] - glyphs.boxes[before][2]
    near = abs(gap) < _TOUCHING * glyphs.sizes[after]
    return (
        near
        and glyphs.lines[before] == glyphs.lines[after]
        and not glyphs.blank[after]
        and not glyphs.blank[before]
    )


def _without_mark(glyphs: Glyphs, run: list[int], owner: _Indexes) -> list[int]:
    """A text without the lone mark that stands right behind it in the next cell: 「…していますか。│○」."""
    last = owner[run[-1]]
    tail = [index for index in run if owner[index] == last]
    text = [index for index in run if owner[index] != last]
    first = next((index for index in tail if _is_mark(glyphs.chars[index])), None)
    if not text or first is None or len(tail) - tail.index(first) > _MARKS:
        return run
    return run[: run.index(first)]


def _is_mark(char: str) -> bool:
    return shape_of(char) not in {None, "dash"} or char in empty_boxes() + ticked_boxes()


def _home(glyphs: Glyphs, run: list[int], owner: _Indexes, cells: list[Box]) -> int:
    """The cell in which a text begins, or in whose middle it stands where it hangs over both sides; -1 for none."""
    first = int(owner[run[0]])
    if first >= 0 and glyphs.boxes[run[0]][0] - cells[first][0] <= _BEGINS * glyphs.sizes[run[0]]:
        return first
    left, right = glyphs.boxes[run[0]][0], glyphs.boxes[run[-1]][2]
    middle = min(run, key=lambda index: abs(glyphs.centres[index][0] - (left + right) / 2))
    return int(owner[middle])


def _by_owner(page: Page, owner: _Indexes) -> CellGlyphs:
    """The glyphs of each cell, by the number of the cell that each glyph is in."""
    lists: list[list[int]] = [[] for table in page.tables for _ in table.cells]
    for index, number in enumerate(owner.tolist()):
        if number >= 0:
            lists[number].append(index)
    cells: dict[int, tuple[list[int], ...]] = {}
    start = 0
    for index in by_size(page.tables):
        count = len(page.tables[index].cells)
        cells[index] = tuple(lists[start : start + count])
        start += count
    return CellGlyphs(tuple(cells[index] for index in range(len(page.tables))), owner)
