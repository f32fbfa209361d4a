"""A page with its tables in, what the picture of its answer cells says against their text out.

Only columns in which answers may stand are looked at: those with marks, or mostly blank. Text that leaves no ink is
hidden; ink where no text is may be an answer, a 「○」 pasted as a picture, drawn with a pen, or in a font whose
characters the file does not name.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from extractors.location import Box
from extractors.pdf.page.content import STRUCK, WATERMARK, PageContent
from extractors.pdf.page.glyphs import Glyphs
from extractors.pdf.shown.picture import Strip, has_ink, ink_of
from extractors.pdf.shown.read_page import PageViewer
from extractors.pdf.shown.symbol_text import UNREAD
from extractors.pdf.tables.page_tables import Page

_SHORT = 3  # characters of a mark with its brackets
_BLANK = 0.5  # share of blank cells that makes a column one in which answers may be missing
_WIDEST = 0.45  # of the page's width
_NUMBER = re.compile(r"[\d０-９()（）.．\-－―]+")
_RULE = 2.0  # points: the edge of a cell in which its rules are drawn
_STROKE = 2.0  # points: how far a line that strikes a text through stands out of it
_LEAST = 5  # pixels of ink that are more than dirt
_LEAST_SIDE = 2.5  # points: what is lower or narrower is a line
_MOST = 0.5  # share of a cell: more ink is its ground
_SOLID = 0.9  # of its box: such ink is a coloured area
_ACROSS = 0.8  # of a cell's sides: a stroke from corner to corner says that the cell is not used


@dataclass(frozen=True, slots=True)
class CellCheck:
    """Indexes of glyphs of which nothing is seen, and for cells by their box where the ink stands that nobody read."""

    hidden: tuple[int, ...] = ()
    unread: tuple[tuple[Box, Box], ...] = ()


@dataclass(frozen=True, slots=True)
class _CheckedCell:
    """A cell of a table: its box and its inked glyphs, by index."""

    box: Box
    glyphs: tuple[int, ...]


def check_cells(page: Page, content: PageContent, view: PageViewer | None) -> CellCheck:
    """What is seen in the answer cells of a page by its `view`, against what was read there; nothing where there is none."""
    if view is None or not page.tables:
        return CellCheck()
    watermarks = [line.box for line, why in page.aside if why == WATERMARK]
    withdrawn = [_widened(line.box) for line, why in page.aside if why == STRUCK]
    is_guess = page.unruled or page.splits_words  # where a cell ends, and so what lies in it, is not sure
    hidden: list[int] = []
    unread: dict[Box, Box] = {}
    for table, cells in zip(page.tables, page.cell_glyphs.cells, strict=True):
        inked = [
            _CheckedCell(cell.box, tuple(i for i in glyphs if not page.glyphs.blank[i]))
            for cell, glyphs in zip(table.cells, cells, strict=True)
        ]
        unread |= {cell.box: ink for cell in inked if (ink := _drawn_in(cell, page.glyphs, content, view))}
        for column in _answer_columns(inked, page):
            strip = view.picture().strip(_around([cell.box for cell in column]))
            for cell in column:
                hidden += _without_ink(cell, page.glyphs, view, strip)
                ink = None if cell.box in unread or is_guess else _unread_ink(cell, page.glyphs, strip)
                if ink is None or any(_meets(ink, box) for box in watermarks):
                    continue
                # Of struck-through text nothing is left to read; what reaches beyond it is another mark.
                if not any(_is_within(ink, box) for box in withdrawn):
                    unread[cell.box] = ink
    crossed = {box for box in unread if _is_crossed_out(box, content)}
    return CellCheck(tuple(hidden), tuple((box, ink) for box, ink in unread.items() if box not in crossed))


def _widened(box: Box) -> Box:
    """A text's box with the ends of the line that strikes it through."""
    return (box[0] - _STROKE, box[1] - _STROKE, box[2] + _STROKE, box[3] + _STROKE)


def _drawn_in(cell: _CheckedCell, glyphs: Glyphs, content: PageContent, view: PageViewer) -> Box | None:
    """Where something is drawn or pasted within a cell that holds no text that can be read."""
    if any(glyphs.chars[i] != UNREAD for i in cell.glyphs):
        return None
    inside = [box for box in (*content.drawings.marks, *content.circles) if _lies_in(box, cell.box)]
    return _around(inside) if inside and has_ink(view.picture().crop(_around(inside))) else None


def _answer_columns(cells: Sequence[_CheckedCell], page: Page) -> list[list[_CheckedCell]]:
    """The blank and short cells of the columns in which answers may stand."""
    columns: dict[tuple[float, float], list[_CheckedCell]] = defaultdict(list)
    for cell in cells:
        columns[cell.box[0], cell.box[2]].append(cell)
    return [
        short
        for (left, right), column in columns.items()
        if right - left <= _WIDEST * page.width
        and (short := [cell for cell in column if len(cell.glyphs) <= _SHORT])
        and _may_hold_answers(column, short, page.glyphs)
    ]


def _may_hold_answers(column: Sequence[_CheckedCell], short: Sequence[_CheckedCell], glyphs: Glyphs) -> bool:
    texts = ["".join(glyphs.chars[i] for i in cell.glyphs) for cell in short]
    marks = sum(bool(text) and not _NUMBER.fullmatch(text) for text in texts)
    blank = texts.count("")
    numbers = len(texts) - marks - blank
    return marks > numbers or (blank >= _BLANK * len(column) and numbers <= marks + 1)


def _without_ink(cell: _CheckedCell, glyphs: Glyphs, view: PageViewer, strip: Strip) -> list[int]:
    """The glyphs of a cell that leave no ink; a field draws its value anywhere in its box, a font not there proves nothing."""
    return [
        index
        for index in cell.glyphs
        if not has_ink(strip.crop(glyphs.boxes[index]))
        and not any(_holds(box, glyphs.centres[index]) for box in view.fields)
        and view.is_drawable(glyphs.boxes[index])
    ]


def _unread_ink(cell: _CheckedCell, glyphs: Glyphs, strip: Strip) -> Box | None:
    """Where ink stands in a cell without any text that can be read, if it looks like a mark."""
    if any(glyphs.chars[i] != UNREAD for i in cell.glyphs):
        return None
    x0, y0, x1, y1 = cell.box
    if min(x1 - x0, y1 - y0) < 3 * _RULE:
        return None
    inner = (x0 + _RULE, y0 + _RULE, x1 - _RULE, y1 - _RULE)
    pixels = strip.crop(inner)
    if not has_ink(pixels):
        return None
    ink = _without_letters(ink_of(pixels), cell, glyphs, inner)
    count = int(ink.sum())
    if count < _LEAST or count > _MOST * ink.size:
        return None
    box = _ink_box(ink, inner)
    width, height = box[2] - box[0], box[3] - box[1]
    return box if min(width, height) >= _LEAST_SIDE and count < _SOLID * width * height else None


def _without_letters(
    ink: NDArray[np.bool_], cell: _CheckedCell, glyphs: Glyphs, inner: Box
) -> NDArray[np.bool_]:
    """The ink without that of texts of other cells that run over this one."""
    if not ink.any():
        return ink
    low, high = glyphs.corners[:, :2], glyphs.corners[:, 2:]
    over = np.flatnonzero((low < inner[2:]).all(axis=1) & (high > inner[:2]).all(axis=1) & ~glyphs.blank)
    left, top = np.floor(inner[0]), np.floor(inner[1])
    for index in set(over.tolist()) - set(cell.glyphs):
        x0, y0, x1, y1 = glyphs.corners[index]
        rows = slice(max(int(y0 - top) - 1, 0), max(int(np.ceil(y1 - top)) + 1, 0))
        ink[rows, max(int(x0 - left) - 1, 0) : max(int(np.ceil(x1 - left)) + 1, 0)] = False
    return ink


def _ink_box(ink: NDArray[np.bool_], inner: Box) -> Box:
    rows, cols = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    left, top = float(np.floor(inner[0])), float(np.floor(inner[1]))
    return left + float(cols[0]), top + float(rows[0]), left + float(cols[-1]) + 1, top + float(rows[-1]) + 1


def _is_crossed_out(cell: Box, content: PageContent) -> bool:
    """Whether a stroke runs through the cell from corner to corner."""
    width, height = cell[2] - cell[0], cell[3] - cell[1]
    return any(
        abs(x0 - x1) >= _ACROSS * width
        and abs(y0 - y1) >= _ACROSS * height
        and _meets((min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)), cell)
        for x0, y0, x1, y1 in content.drawings.slants
    )


def _meets(first: Box, second: Box) -> bool:
    return first[0] < second[2] and second[0] < first[2] and first[1] < second[3] and second[1] < first[3]


def _holds(box: Box, centre: NDArray[np.float64]) -> bool:
    return bool(box[0] <= centre[0] <= box[2] and box[1] <= centre[1] <= box[3])


def _is_within(box: Box, outer: Box) -> bool:
    return outer[0] <= box[0] and outer[1] <= box[1] and box[2] <= outer[2] and box[3] <= outer[3]


def _lies_in(box: Box, cell: Box) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return cell[0] < x < cell[2] and cell[1] < y < cell[3] and box[2] - box[0] <= 1.5 * (cell[2] - cell[0])


def _around(boxes: Sequence[Box]) -> Box:
    left, top, right, bottom = zip(*boxes, strict=True)
    return min(left), min(top), max(right), max(bottom)
