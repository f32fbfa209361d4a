"""Layouts in, a PDF that shows their cells out: sheets that have no pages of their own, drawn so that they can be marked."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import pymupdf

from extractors.cell_reference import column_letters
from extractors.grid import Cell
from extractors.location import Box
from extractors.pdf.render.fonts import PageWriter, text_width
from extractors.pdf.render.sheet_layout import (
    GUTTER,
    HEAD,
    LEADING,
    PAD,
    SIZE,
    SheetLayout,
    alone_in_row,
    cell_lines,
    choice_text,
    span,
)

_FAINT, _LIGHT, _GREY = (0.93, 0.93, 0.93), (0.8, 0.8, 0.8), (0.55, 0.55, 0.55)
_INK, _WHITE, _HIDDEN = (0.0, 0.0, 0.0), (1.0, 1.0, 1.0), (0.94, 0.94, 0.94)
_CHOICE = (0.7, 0.0, 0.13)
_NAMES = 6.5


def layouts_to_pdf(pages: Sequence[tuple[SheetLayout, int]]) -> BytesIO:
    """A PDF with these pages: each a layout and the number of its page, from 0."""
    book = pymupdf.open()
    for layout, number in pages:
        width, height = layout.page_size(number)
        _draw_page(book.new_page(width=width, height=height), layout, number)
    return BytesIO(book.tobytes())


def _draw_page(page: Any, layout: SheetLayout, number: int) -> None:
    """Faint lines for the sheet's empty cells, over them the cells; hidden ones on grey and in grey."""
    shape = page.new_shape()
    writer = PageWriter(page)
    _draw_lines(shape, layout, number)
    _name_edges(writer, layout, number)
    alone = alone_in_row(layout.grid)
    for cell in layout.grid.cells:
        if not layout.page_of(cell.row) <= number <= layout.page_of(cell.end_row - 1):
            continue
        box = dict(layout.boxes(cell.row, cell.col, cell.end_row, cell.end_col))[number]
        shape.draw_rect(box)
        shape.finish(color=_LIGHT, width=0.6, fill=_HIDDEN if cell.hidden else _WHITE)
        if layout.page_of(cell.row) == number:
            width = page.rect.width - box[0] if cell.row in alone else box[2] - box[0]
            _write(writer, cell, box, width)
    shape.commit()
    writer.flush()


def _draw_lines(shape: Any, layout: SheetLayout, number: int) -> None:
    width, height = layout.page_size(number)
    start, end = layout.stretch(number)
    for y in layout.ys:
        if start <= y <= end:
            shape.draw_line((GUTTER, y - start + HEAD), (width - PAD, y - start + HEAD))
    for x in layout.xs:
        shape.draw_line((x + GUTTER, HEAD), (x + GUTTER, height - PAD))
    shape.finish(color=_FAINT, width=0.5)


def _write(writer: PageWriter, cell: Cell, box: Box, width: float) -> None:
    colour = _GREY if cell.hidden else _INK
    for line, text in enumerate(cell_lines(cell, width)):
        writer.text((box[0] + PAD, box[1] + PAD + LEADING * line), text, SIZE, colour)
    if cell.chosen:  # a circle round a printed choice is no text of the cell
        right = box[0] + PAD + text_width(cell_lines(cell, width)[0], SIZE) + LEADING
        writer.text((right, box[1] + PAD), choice_text(cell), SIZE, _CHOICE)


def _name_edges(writer: PageWriter, layout: SheetLayout, number: int) -> None:
    """Row numbers and column letters along the edges, where there is room for them."""
    for row in layout.rows[:-1]:
        if layout.page_of(row) == number:
            box = layout.boxes(row, 0, row + 1, 1)[0][1]
            if box[3] - box[1] > LEADING:
                writer.text((2, box[1] + PAD + 1), str(row + 1), _NAMES, _GREY)
    for col in layout.cols[:-1] if layout.grid.sheet is not None else ():
        x0, x1 = span(layout.cols, layout.xs, col, col + 1)
        if x1 - x0 > SIZE + PAD:
            writer.text((x0 + GUTTER + PAD, HEAD - 11), column_letters(col), _NAMES, _GREY)
