"""A page and what its answer cells show in, the page as shown out: hidden text aside, marks that were drawn as text or as ▣.

▣ is a mark of which nobody knows what it says: an answer with it is unclear, never blank and never a yes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from extractors.location import Box
from extractors.package.drawn_marks import DRAWN
from extractors.pdf.cells.answer_cells import CellCheck
from extractors.pdf.page.content import HIDDEN
from extractors.pdf.page.glyph_lines import glyphs_to_lines
from extractors.pdf.page.glyphs import Glyphs, glyphs_of
from extractors.pdf.shown.picture import PIXELS_A_POINT, Pixels
from extractors.pdf.shown.read_page import PageViewer
from extractors.pdf.tables.fill import fill_tables
from extractors.pdf.tables.page_tables import Page
from normalizers.text import empty_boxes

INK = "ink_not_read"  # why an answer is not sure: something is drawn there that was not read
UNREAD_MARK = "▣"
_MARGIN = 2.0  # points round a mark
_RULE = 1.5  # points: the part of a cell in which its rules are drawn

MarkViews = tuple[Pixels, Pixels]  # a mark drawn at 200 dpi, and at 400
MarkReader = Callable[[Sequence[MarkViews], float], Sequence[str | None]]


@dataclass(frozen=True, slots=True)
class ShownPage:
    """A page as shown, and the boxes of the marks on it that were not read."""

    page: Page
    unread: tuple[Box, ...] = ()


def read_marks(views: Sequence[MarkViews], text_height: float) -> list[str | None]:
    """Each of these marks, None where it is not sure; `text_height` is that of a character in pixels of the smaller view."""
    from extractors.marks.classify import classify_views  # noqa: PLC0415  its weights are loaded where there is a mark

    coarse, fine = ([view[size] for view in views] for size in (0, 1))
    return [guess.mark or None for guess in classify_views((coarse, fine), (text_height, 2 * text_height))]


def apply_check(
    page: Page, view: PageViewer | None, check: CellCheck, read: MarkReader = read_marks
) -> ShownPage:
    """The page with what is seen in its answer cells; `view` draws them for `read`."""
    if view is None or not (check.hidden or check.unread):
        return ShownPage(page)
    lines = glyphs_to_lines(page.glyphs, [[index] for index in check.hidden])
    aside = tuple((line, HIDDEN) for glyph_lines in lines for line in glyph_lines)
    areas = [_with_margin(ink, cell) for cell, ink in check.unread]
    views = [(view.picture().shape(area), view.picture().shape(area, 2)) for area in areas]
    height = float(np.median(page.glyphs.sizes_of)) * PIXELS_A_POINT if page.glyphs.chars else 0.0
    marks = [mark or UNREAD_MARK for mark in (read(views, height) if views else ())]
    entries = [
        (*entry, mark) for entry, mark in zip(check.unread, marks, strict=True) if mark not in empty_boxes()
    ]
    doubts = {cell: INK if mark == UNREAD_MARK else DRAWN for cell, _, mark in entries}
    drawn = [(mark, ink) for _, ink, mark in entries]  # an empty box says nothing
    shown = _with_marks(page.glyphs, {*check.hidden, *_in_cells(page, set(doubts))}, drawn)
    seen = replace(
        page,
        glyphs=shown,
        cell_glyphs=fill_tables(page.tables, shown),
        aside=(*page.aside, *aside),
        circles=tuple(
            circle for circle in page.circles if not any(_same(circle, ink) for _, ink in check.unread)
        ),
        doubts={**page.doubts, **doubts},
    )
    return ShownPage(seen, tuple(ink for mark, ink in drawn if mark == UNREAD_MARK))


def _in_cells(page: Page, boxes: set[Box]) -> list[int]:
    """The glyphs that stand in the cells with these boxes: characters that nobody can read."""
    return [
        index
        for table, cells in zip(page.tables, page.cell_glyphs.cells, strict=True)
        for cell, glyphs in zip(table.cells, cells, strict=True)
        if cell.box in boxes
        for index in glyphs
    ]


def _with_marks(glyphs: Glyphs, gone: set[int], marks: list[tuple[str, Box]]) -> Glyphs:
    """The glyphs without some, and with the marks, each in a line of its own."""
    kept = [index for index in range(len(glyphs.chars)) if index not in gone]
    rows = [(glyphs.chars[i], glyphs.boxes[i], glyphs.sizes[i], glyphs.upright[i]) for i in kept]
    numbers = [glyphs.lines[i] for i in kept]
    first = max(glyphs.lines, default=0) + 1
    rows += [(mark, box, box[3] - box[1], True) for mark, box in marks]
    return glyphs_of(rows, [*numbers, *range(first, first + len(marks))])


def _with_margin(ink: Box, cell: Box) -> Box:
    """What of a cell a mark's box takes up, with a margin and without the rules of the cell."""
    left, top, right, foot = cell
    return (
        max(ink[0] - _MARGIN, left + _RULE),
        max(ink[1] - _MARGIN, top + _RULE),
        min(ink[2] + _MARGIN, right - _RULE),
        min(ink[3] + _MARGIN, foot - _RULE),
    )


def _same(first: Box, second: Box) -> bool:
    return all(abs(a - b) <= 4.0 for a, b in zip(first, second, strict=True))
