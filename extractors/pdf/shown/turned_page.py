"""Lines of a page in, by how much its writing is turned out; and places on the page put upright back to the page as it is shown.

A sheet laid on its side without saying so is read like one that says so; a place in it is told as a viewer shows the page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from extractors.grid import Cell
from extractors.location import Box, Location
from extractors.pdf.page.text_lines import TextLine

Turn = tuple[int, tuple[float, float]]  # by how many degrees, and the size of the page put upright
Turns = Mapping[int, Turn]  # by page
_MOST = 0.7  # share of the characters that are turned alike


def turn_of(lines: Sequence[TextLine]) -> int:
    """By how many degrees (0, 90, 180, 270) the page's level writing is turned clockwise; 0 where not most of it is."""
    counts: Counter[int] = Counter()
    for line in lines:
        counts[line.turn] += len(line.text.strip())
    turn, count = max(counts.items(), key=lambda entry: entry[1], default=(0, 0))
    return turn if turn and count >= _MOST * counts.total() else 0


def box_as_shown(box: Box, turn: int, size: tuple[float, float]) -> Box:
    """A box of a page of this `size` (put upright) on the page as it is shown, where its writing is turned by `turn`."""
    x0, y0, x1, y1 = box
    width, height = size
    if turn == 90:
        return height - y1, x0, height - y0, x1
    if turn == 180:
        return width - x1, height - y1, width - x0, height - y0
    return (y0, width - x1, y1, width - x0) if turn == 270 else box


def cell_as_shown(cell: Cell, turns: Turns) -> Cell:
    """A cell with its place on the page as it is shown; `turns` are those of turned pages."""
    location = location_as_shown(cell.location, turns)
    return cell if location is cell.location else replace(cell, location=location)


def location_as_shown(location: Location, turns: Turns) -> Location:
    """A place on the page as it is shown."""
    if location.page is None or location.page not in turns or location.bbox is None:
        return location
    turn, size = turns[location.page]
    return replace(location, bbox=box_as_shown(location.bbox, turn, size))
