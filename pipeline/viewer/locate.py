"""Where the places of a document stand on its pictures: the pages of a PDF, or pages drawn from a workbook's cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from io import BytesIO

from extractors.grid import Document, Grid
from extractors.location import Box, Location
from extractors.pdf.render.sheet_layout import SheetLayout, grid_to_layout
from extractors.pdf.render.sheet_to_pdf import layouts_to_pdf

_CELL = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
Boxes = list[tuple[int, Box]]


def pdf_boxes(location: Location) -> Boxes:
    """The place on a PDF's own pages."""
    return [(location.page, location.bbox)] if location.page is not None and location.bbox is not None else []


@dataclass(frozen=True, slots=True)
class SheetPage:
    """One picture of a sheet: the sheet's number (from 1) among all, its name, and which of its parts (from 1) it is."""

    sheet: int
    grid: Grid
    part: int
    parts: int


@dataclass(frozen=True, slots=True)
class Sheets:
    """The sheets of a document laid out, one behind the other on pages counted from 1."""

    layouts: tuple[SheetLayout, ...]
    pages: tuple[SheetPage, ...]

    def locate(self) -> Callable[[Location], Boxes]:
        """A look-up of the boxes of a place."""
        firsts: dict[str | None, tuple[int, SheetLayout]] = {}
        known: dict[Location, tuple[int, int, int, int]] = {}
        page = 1
        for layout in self.layouts:
            firsts.setdefault(layout.grid.sheet, (page, layout))
            page += layout.n_pages
            for cell in (*layout.grid.aside, *layout.grid.cells):
                known[cell.location] = cell.row, cell.col, cell.end_row, cell.end_col

        def boxes(location: Location) -> Boxes:
            span = known.get(location) or _span(location.cells)
            if span is None or location.sheet not in firsts:
                return _first_page(firsts, location)
            first, layout = firsts[location.sheet]
            return [(first + part, box) for part, box in layout.boxes(*span)]

        return boxes

    def pdf(self, pages: Sequence[int]) -> BytesIO:
        """A PDF of these pages, in their order."""
        drawn = [(self.layouts[self.pages[n - 1].sheet - 1], self.pages[n - 1].part - 1) for n in pages]
        return layouts_to_pdf(drawn)

    def behind(self, pages: int) -> Callable[[Location], Boxes]:
        """A look-up for a PDF of that many pages of its own, the sheets drawn behind them."""
        inner = self.locate()

        def boxes(location: Location) -> Boxes:
            if location.sheet is None:
                return pdf_boxes(location)
            return [(page + pages, box) for page, box in inner(location)]

        return boxes


def document_to_sheets(document: Document) -> Sheets:
    """All sheets that hold anything, laid out; of a PDF the files attached to it, for it has pages of its own."""
    grids = document.grids if document.pages is None else _attached(document)
    layouts = tuple(grid_to_layout(grid) for grid in grids)
    pages = tuple(
        SheetPage(number, layout.grid, part + 1, layout.n_pages)
        for number, layout in enumerate(layouts, 1)
        for part in range(layout.n_pages)
    )
    return Sheets(layouts, pages)


def _attached(document: Document) -> list[Grid]:
    """The grids of attachments: their places name a sheet, which a page of the PDF itself has not."""
    sheet_names = [
        (grid, next((cell.location.sheet for cell in (*grid.cells, *grid.aside)), None))
        for grid in document.grids
    ]
    return [replace(grid, sheet=sheet) for grid, sheet in sheet_names if sheet is not None]


def _first_page(firsts: dict[str | None, tuple[int, SheetLayout]], location: Location) -> Boxes:
    """The edge of the sheet's first page, for what is told of the sheet as a whole; else nothing."""
    if location.sheet is None or location.sheet not in firsts:
        return []
    return [(firsts[location.sheet][0], (0.0, 0.0, 12.0, 12.0))]


def _span(cells: str | None) -> tuple[int, int, int, int] | None:
    """Rows [top, bottom) and columns [left, right) of `D7` or `D7:F8`, counted from 0; None where it is no range."""
    ends = [_CELL.fullmatch(end) for end in (cells or "").split(":")]
    if len(ends) > 2 or not all(ends):
        return None
    corners = [(int(end.group(2)) - 1, _column(end.group(1))) for end in ends if end is not None]
    (top, left), (bottom, right) = corners[0], corners[-1]
    return top, left, bottom + 1, right + 1


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
