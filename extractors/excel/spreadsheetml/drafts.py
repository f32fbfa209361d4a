"""Cells and places made in great numbers: what goes in are their fields, what comes out are plain Cells and Places.

The constructor of a frozen dataclass sets each field through `object.__setattr__`; for the 12 fields of a cell and
the 4 of its place that takes longer than reading them from the file does (2 of 3 microseconds). A draft has the
same slots, is filled by plain assignments, and becomes the frozen class at the end.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from extractors.grid import Cell, Place


class _DraftPlace:
    __slots__ = Place.__slots__

    def __init__(self, sheet: str, cells: str) -> None:
        self.page = None
        self.sheet = sheet
        self.cells = cells
        self.bbox = None
        self.__class__ = Place  # type: ignore[assignment]


class _DraftCell:
    __slots__ = Cell.__slots__

    def __init__(self, row: int, col: int, text: str, place: Place, hidden: bool) -> None:
        self.row = row
        self.col = col
        self.text = text
        self.place = place
        self.row_span = 1
        self.col_span = 1
        self.hidden = hidden
        self.open_top = False
        self.open_bottom = False
        self.doubt = None
        self.chosen = ()
        self.comments = ()
        self.colour = None
        self.__class__ = Cell  # type: ignore[assignment]


# Sheet and A1 name → the place; row, column, text, place and whether it is hidden → the cell, of one row and column.
draft_place = cast(Callable[[str, str], Place], _DraftPlace)
draft_cell = cast(Callable[[int, int, str, Place, bool], Cell], _DraftCell)
