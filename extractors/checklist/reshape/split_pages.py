"""A grid of pages in, the same grid out with pages that hold the columns which the page width cut off put beside them.

A spreadsheet program prints a sheet that is too wide down and then over, or over and then down. The parts share the
edges of their rows and have other names in their headers; a column that is repeated on each part is kept once. None of
the parts is a whole list.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extractors.checklist.terms.column_names import guess_role
from extractors.grid import Cell, Grid
from extractors.issue import Issue
from extractors.location import Location
from normalizers.text import fold

_NEAR = 1.5  # points: the same edge on two pages
_MIN_ROWS = 3
_MOST = 60  # pages: a longer document is no sheet that was too wide
_SUBJECT, _ASKED = {"requirement", "item"}, {"answer", "choice"}
_BESIDE_QUESTIONS = _ASKED | {"remarks", "number"}
_REPEATED = "label"


@dataclass(frozen=True, slots=True)
class _Part:
    """One page: its cells by row, and the rows [top, bottom) of its only table, with the heights of their edges."""

    cells: tuple[Cell, ...]
    top: int
    bottom: int
    edges: tuple[float, ...]

    def row(self, number: int) -> tuple[Cell, ...]:
        """The cells of a row of the table, counted from its first."""
        return tuple(cell for cell in self.cells if cell.row == self.top + number)

    @property
    def reach(self) -> tuple[int, int]:
        """The first and the last column of its table."""
        mine = [cell for cell in self.cells if self.top <= cell.row < self.bottom]
        return min(cell.col for cell in mine), max(cell.end_col for cell in mine)

    @property
    def roles(self) -> set[str]:
        """What the names in the table's first row say."""
        guesses = [guess_role(cell.text) for cell in self.row(0) if cell.text.strip()]
        return {guess.role for guess in guesses if guess is not None}


def pages_side_by_side(grid: Grid) -> tuple[Grid, Issue | None]:
    """The grid with its pages joined, or as it is; and what a person should look at: that it was done, or could not be."""
    starts = [0, *grid.page_starts]
    if grid.sheet is not None or not 2 <= len(starts) <= _MOST or not grid.ruled:
        return grid, None
    parts = [_part(grid, a, b) for a, b in pairwise([*starts, grid.n_rows])]
    pages = [part for part in parts if part is not None]
    if len(pages) < len(parts) or not _is_cut(pages):
        return grid, None
    location = Location(page=pages[1].cells[0].location.page)
    for order in _orders(pages):
        named = all(page.roles for page in order[0])
        under = all(one.reach == other.reach for one, other in _one_below_the_other(order))
        if named and under and all(_fits(strip[0], other) for strip in order for other in strip[1:]):
            params = {"count": str(len(order[0]))}
            return _joined(grid, order), Issue("pages_joined", location, params)
    return grid, Issue("pages_not_joined", location)


def _part(grid: Grid, top: int, bottom: int) -> _Part | None:
    """The page of these rows, None where it has not just one table."""
    tables = [(a, b) for a, b in grid.tables if top <= a < bottom]
    cells = tuple(cell for cell in grid.cells if top <= cell.row < bottom)
    if len(tables) != 1:
        return None
    first, end = tables[0]
    boxes = [c.location.bbox for c in cells if first <= c.row < end and c.location.bbox is not None]
    edges = sorted({round(box[1], 1) for box in boxes} | {round(box[3], 1) for box in boxes})
    return _Part(cells, first, end, tuple(edges))


def _is_cut(pages: Sequence[_Part]) -> bool:
    """Whether there is a page of questions and another of answers, and none that holds both."""
    roles = [page.roles for page in pages]
    whole = [bool(found & _SUBJECT and found & _ASKED) for found in roles]
    only_answers = any(found & _ASKED and found <= _BESIDE_QUESTIONS for found in roles)
    return only_answers and any(found & _SUBJECT for found in roles) and not any(whole)


def _orders(pages: Sequence[_Part]) -> list[list[list[_Part]]]:
    """Ways in which pages may lie: for each part of the sheet's height its pages from left to right."""
    orders = []
    for wide in range(len(pages), 1, -1):
        high, odd = divmod(len(pages), wide)
        if not odd:
            orders.append([[pages[i + j * high] for j in range(wide)] for i in range(high)])
            orders.append([[pages[i * wide + j] for j in range(wide)] for i in range(high)])
    return orders


def _one_below_the_other(order: Sequence[Sequence[_Part]]) -> list[tuple[_Part, _Part]]:
    """Each page below the first with the first page of its columns."""
    return [(first, page) for strip in order[1:] for first, page in zip(order[0], strip, strict=True)]


def _fits(one: _Part, other: _Part) -> bool:
    """Whether two tables have the same row edges and other names."""
    rows = one.bottom - one.top
    level = len(one.edges) == len(other.edges) and all(
        abs(a - b) <= _NEAR for a, b in zip(one.edges, other.edges, strict=True)
    )
    names = [[fold(cell.text) for cell in part.row(0)] for part in (one, other)]
    return level and rows == other.bottom - other.top and names[0] != names[1] and rows >= _MIN_ROWS


def _joined(grid: Grid, order: Sequence[Sequence[_Part]]) -> Grid:
    """One page after the other, each with the pages beside it; lines outside of tables go above or below."""
    cells: list[Cell] = []
    aside: list[Cell] = []
    starts: list[int] = []
    tables: list[tuple[int, int]] = []
    row, width = 0, grid.n_cols
    for strip in order:
        starts.append(row)
        over, row = _moved([c for p in strip for c in p.cells if c.row < p.top], row)
        tables.append((row, row + strip[0].bottom - strip[0].top))
        body: list[Cell] = []
        for number, page in enumerate(strip):
            mine = [c for c in page.cells if page.top <= c.row < page.bottom]
            again = _repeated(strip[0], page) if number else set()
            aside += [replace(c, doubt=_REPEATED) for c in mine if c.col in again]
            shift = tables[-1][0] - page.top
            body += [
                replace(c, row=c.row + shift, col=c.col + number * width) for c in mine if c.col not in again
            ]
        under, row = _moved([c for p in strip for c in p.cells if c.row >= p.bottom], tables[-1][1])
        cells += [*over, *sorted(body, key=lambda c: (c.row, c.col)), *under]
    return replace(
        grid,
        cells=tuple(cells),
        aside=(*grid.aside, *aside),
        page_starts=tuple(starts[1:]),
        tables=tuple(tables),
    )


def _repeated(first: _Part, page: _Part) -> set[int]:
    """Columns of a page whose texts are those of a column of the first page, row by row."""
    known = set(_columns(first).values())
    return {col for col, texts in _columns(page).items() if texts in known and any(text for _, text in texts)}


def _columns(page: _Part) -> dict[int, tuple[tuple[int, str], ...]]:
    columns: dict[int, list[tuple[int, str]]] = {}
    for cell in page.cells:
        if page.top <= cell.row < page.bottom:
            columns.setdefault(cell.col, []).append((cell.row - page.top, fold(cell.text)))
    return {col: tuple(sorted(texts)) for col, texts in columns.items()}


def _moved(cells: Sequence[Cell], row: int) -> tuple[list[Cell], int]:
    """The cells of lines with rows counted on from `row`, and the row after them."""
    moved: list[Cell] = []
    last: tuple[int | None, int] | None = None
    row -= 1
    for cell in cells:
        here = (cell.location.page, cell.row)
        row += here != last
        last = here
        moved.append(replace(cell, row=row))
    return moved, row + 1
