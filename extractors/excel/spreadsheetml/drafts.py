"""Fields of cells in, plain Cells and Locations out, made quickly where there are a great many of them.

The constructor of a frozen dataclass sets each field through `object.__setattr__`; for the 12 fields of a cell and
the 5 of its location that takes longer than reading them from the file does (2 of 3 microseconds). A draft has the
same slots, is filled by plain assignments, and becomes the frozen class at the end.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from extractors.grid import Cell
from extractors.location import TEXT, Location


class _DraftLocation:
    __slots__ = Location.__slots__


_new_location = _DraftLocation.__new__


class _DraftCell:
    __slots__ = Cell.__slots__

    def __init__(self, row: int, col: int, text: str, sheet_and_name: tuple[str, str], hidden: bool) -> None:
        location: Any = _new_location(_DraftLocation)
        location.page = None
        location.sheet, location.cells = sheet_and_name
        location.bbox = None
        location.read_by = TEXT
        location.__class__ = Location
        self.row = row
        self.col = col
        self.text = text
        self.location = location
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


# Row, column, text, sheet with A1 name, and whether it is hidden → the cell, of one row and column, with its location.
draft_cell = cast(Callable[[int, int, str, tuple[str, str], bool], Cell], _DraftCell)
