"""Widths, heights and anchors in, boxes in points and the cells under them out.

A drawing is anchored to cells with offsets: EMU in drawings (12,700 a point; ECMA-376 part 1, 20.5), pixels in VML
(0.75 points a pixel). Lengths here are points from the sheet's top left corner, rows and columns count from 0.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import accumulate

from extractors.grid import Cell
from extractors.location import Box

EMU = 12_700
PIXEL = 0.75
LAST_COL, LAST_ROW = 16_383, 1_048_575
HIDDEN = 0.01  # points of a hidden column or row: what is anchored in it stays there
_WIDEST, _TALLEST = 1_400.0, 409.5  # points: what Excel allows
_INSIDE = 0.999  # a drawing squeezed to nothing stays in its cell
_FAR = 2e7  # points; the longest sheet is shorter, and what is farther off is a broken number


@dataclass(frozen=True, slots=True)
class Axis:
    """Where columns or rows begin: one size for most, others by number."""

    usual: float
    last: int
    numbers: tuple[int, ...] = ()
    sizes: tuple[float, ...] = ()
    extra: tuple[float, ...] = (0.0,)

    def start(self, index: int) -> float:
        """Points from the sheet's edge to the edge of column or row `index`."""
        return index * self.usual + self.extra[bisect_right(self.numbers, index - 1)]

    def size(self, index: int) -> float:
        """Points from one edge of column or row `index` to the other."""
        at = bisect_right(self.numbers, index) - 1
        return self.sizes[at] if at >= 0 and self.numbers[at] == index else self.usual

    def at(self, position: float) -> int:
        """The column or row in which a point lies."""
        low, high = 0, self.last
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if self.start(middle) <= position else (low, middle - 1)
        return low


def axis(usual: float, last: int, sizes: Mapping[int, float]) -> Axis:
    """An axis whose columns or rows have `usual` points but for those in `sizes`."""
    in_order = sorted((n, max(0.0, size)) for n, size in sizes.items() if 0 <= n <= last)
    extra = (0.0, *accumulate(size - usual for _, size in in_order))
    return Axis(
        max(usual, 0.1), last, tuple(n for n, _ in in_order), tuple(size for _, size in in_order), extra
    )


@dataclass(frozen=True, slots=True)
class SheetMetrics:
    """Widths of a sheet's columns and heights of its rows."""

    columns: Axis = field(default_factory=lambda: axis(48.0, LAST_COL, {}))
    rows: Axis = field(default_factory=lambda: axis(15.0, LAST_ROW, {}))

    def box_of(self, cell: Cell) -> Box:
        """The box of a cell, merged ones as a whole."""
        return (
            self.columns.start(cell.col),
            self.rows.start(cell.row),
            self.columns.start(cell.end_col),
            self.rows.start(cell.end_row),
        )


@dataclass(frozen=True, slots=True)
class Corner:
    """A corner of an anchor: column and row, and the way from their edges in points."""

    col: int
    across: float
    row: int
    down: float


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a drawing geometries: two corners, or one and a size in points; `part` is its share of that box.

    A shape inside a group geometries in a part of the group's box, as fractions of its width and height.
    """

    start: Corner
    end: Corner | None = None
    size: tuple[float, float] = (0.0, 0.0)
    part: Box = (0.0, 0.0, 1.0, 1.0)


def corner(numbers: Iterable[str], unit: float) -> Corner | None:
    """A corner from the texts of column, offset, row, offset; `unit` are points an offset. None for no numbers."""
    try:
        col, across, row, down = (float(text) for text in numbers)
    except ValueError:
        return None
    if not all(abs(value) < _FAR * EMU for value in (col, across, row, down)):
        return None
    return Corner(
        min(max(int(col), 0), LAST_COL), across * unit, min(max(int(row), 0), LAST_ROW), down * unit
    )


def anchor_box(anchor: Anchor, metrics: SheetMetrics) -> Box:
    """The box that an anchor geometries for."""
    free = anchor.end is None
    left, top = _point(anchor.start, metrics, free)
    right, bottom = (
        (left + anchor.size[0], top + anchor.size[1])
        if anchor.end is None
        else _point(anchor.end, metrics, free)
    )
    left, right, top, bottom = min(left, right), max(left, right), min(top, bottom), max(top, bottom)
    width, height = right - left, bottom - top
    x0, y0, x1, y1 = anchor.part
    return left + x0 * width, top + y0 * height, left + x1 * width, top + y1 * height


def grow_to_anchors(metrics: SheetMetrics, anchors: Iterable[Anchor]) -> SheetMetrics:
    """The metrics with rows and columns at least as large as the offsets of anchors in them.

    Files of other programs leave the heights of rows to Excel, which fits them to their text.
    """
    columns: dict[int, float] = {}
    rows: dict[int, float] = {}
    for anchor in anchors:
        for at in (anchor.start, anchor.end):
            if at is not None and anchor.end is not None:
                columns[at.col] = max(columns.get(at.col, 0.0), min(at.across, _WIDEST))
                rows[at.row] = max(rows.get(at.row, 0.0), min(at.down, _TALLEST))
    return SheetMetrics(_stretched(metrics.columns, columns), _stretched(metrics.rows, rows))


def _stretched(line: Axis, least: Mapping[int, float]) -> Axis:
    larger = {n: size for n, size in least.items() if size > line.size(n) > HIDDEN}
    if not larger:
        return line
    return axis(line.usual, line.last, dict(zip(line.numbers, line.sizes, strict=True)) | larger)


def _point(at: Corner, metrics: SheetMetrics, free: bool) -> tuple[float, float]:
    """A corner in points; between two corners an offset never leaves its cell, as in Excel."""
    across, down = at.across, at.down
    if not free:
        across = min(max(across, 0.0), metrics.columns.size(at.col) * _INSIDE)
        down = min(max(down, 0.0), metrics.rows.size(at.row) * _INSIDE)
    return metrics.columns.start(at.col) + across, metrics.rows.start(at.row) + down


def middle(box: Box) -> tuple[float, float]:
    """The middle of a box."""
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2


def cells_under(cells: Iterable[Cell], places: Iterable[tuple[int, int]]) -> dict[tuple[int, int], Cell]:
    """(row, column) → the cell that covers it; what no cell covers is left out.

    A merged cell can be as large as a sheet: only the places that are asked for are looked at.
    """
    columns_of_row: dict[int, list[int]] = {}
    for row, col in sorted(set(places)):
        columns_of_row.setdefault(row, []).append(col)
    rows = list(columns_of_row)
    cover: dict[tuple[int, int], Cell] = {}
    for cell in cells:
        first = bisect_right(rows, cell.row - 1)
        for row in rows[first : bisect_right(rows, cell.end_row - 1)]:
            cols = columns_of_row[row]
            for col in cols[bisect_right(cols, cell.col - 1) : bisect_right(cols, cell.end_col - 1)]:
                cover.setdefault((row, col), cell)
    return cover
