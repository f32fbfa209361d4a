"""A sheet's grid in, the grid with pictures that were placed in cells out: each is ▣, of which nobody knows what it says.

Excel stores such a cell as an error (`#VALUE!`) with a number of rich data, WPS as a formula of its own
(`=DISPIMG("ID_1A2B",1)`), which Excel saves as `#NAME?`; a picture of the web is a formula, too (`=IMAGE("…")`). A stamp or
a drawn ○ in the answer column is neither blank nor a text.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from extractors.cell_reference import a1
from extractors.grid import Cell, Grid
from extractors.issue import Issue
from extractors.location import Location

PICTURE_IN_CELL = "picture_in_cell"
_UNREAD_MARK = "▣"
_ERROR = re.compile(r"#[A-Z/]+[!?]$")
_WPS = re.compile(r"\s*=?(?:_xlfn\.)?DISPIMG\(", re.IGNORECASE)
_RICH = re.compile(rb"<c\s(?=[^<>]*\bvm=\"\d+\")[^<>]*?\br=\"([A-Z]{1,3}[1-9][0-9]{0,6})\"")
_FORMULA = re.compile(
    rb"<c\s(?=[^<>]*?\br=\"([A-Z]{1,3}[1-9][0-9]{0,6})\")[^<>]*>\s*<f[^<>]*>(?:_xlfn\.)?(?:DISPIMG|IMAGE)\("
)
_NAMED = 10


def rich_cells(data: bytes) -> frozenset[str]:
    """The addresses of the cells of a worksheet's part that hold rich data, as a picture is, or a picture's formula."""
    addresses = _RICH.findall(data) if b'vm="' in data else []
    addresses += _FORMULA.findall(data) if b"IMG(" in data or b"IMAGE(" in data else []
    return frozenset(address.decode() for address in addresses)


def print_cell_pictures(grid: Grid, rich: Collection[str] = ()) -> tuple[Grid, list[Issue]]:
    """The grid with ▣ for each picture in a cell, and an issue that names them; `rich` are addresses of rich data."""
    pictures = {
        (cell.row, cell.col)
        for cell in grid.cells
        if _WPS.match(cell.text) or (_ERROR.match(cell.text) and a1(cell.row, cell.col) in rich)
    }
    if not pictures:
        return grid, []
    cells = tuple(_printed(cell) if (cell.row, cell.col) in pictures else cell for cell in grid.cells)
    names = [a1(row, col) for row, col in sorted(pictures)]
    location = Location(sheet=grid.sheet, cells=", ".join(names[:_NAMED]))
    return replace(grid, cells=cells), [Issue("picture_in_cell", location, {"count": str(len(names))})]


def _printed(cell: Cell) -> Cell:
    return replace(cell, text=_UNREAD_MARK, doubt=PICTURE_IN_CELL)
