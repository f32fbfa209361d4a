"""Merges horizontally split pages: columns that the page width cut off.

A grid of pages in; the same grid out, the pages of one strip beside each other.
A spreadsheet program prints a sheet that is too wide down and then over, or over and then down. The parts share the
edges of their rows and have other names in their headers; a column that is repeated on each part is kept once. None of
the parts is a whole list.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extractors.checklist.model import ANSWER_ROLES, QUESTION_ROLES, Role, UnusedReason
from extractors.checklist.terms.column_names import guess_role
from extractors.grid import Cell, Grid
from extractors.issue import Issue
from extractors.location import Location
from normalizers.text import fold

_NEAR = 1.5  # points: the same edge on two pages
_MIN_ROWS = 3
_MOST = 60  # pages: a longer document is no sheet that was too wide
_BESIDE_QUESTIONS = ANSWER_ROLES | {Role.REMARKS, Role.NUMBER}


@dataclass(frozen=True, slots=True)
class _SheetPage:
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
        table_cells = [cell for cell in self.cells if self.top <= cell.row < self.bottom]
        return min(cell.col for cell in table_cells), max(cell.end_col for cell in table_cells)

    @property
    def is_beside(self) -> bool:
        """Whether its names speak of no question or answer: what stands beside a list, perhaps with its numbers again."""
        has_names = any(cell.text.strip() for cell in self.row(0))
        return has_names and not self.roles & (QUESTION_ROLES | ANSWER_ROLES)

    @property
    def roles(self) -> set[Role]:
        """What the names in the table's first row say."""
        guesses = [guess_role(cell.text) for cell in self.row(0) if cell.text.strip()]
        return {guess.role for guess in guesses if guess is not None}


def merge_split_pages(grid: Grid) -> tuple[Grid, Issue | None]:
    """The grid with its pages joined, or as it is; and what a person should look at: that it was done, or could not be."""
    starts = [0, *grid.page_starts]
    if grid.sheet is not None or not 2 <= len(starts) <= _MOST or not grid.ruled:
        return grid, None
    parts = [_part(grid, a, b) for a, b in pairwise([*starts, grid.n_rows])]
    pages = [part for part in parts if part is not None]
    if len(pages) < len(parts):
        return grid, None
    has_remarks_apart = _has_remarks_apart(pages)
    if not has_remarks_apart and not _is_cut(pages):
        return grid, None
    location = Location(page=pages[1].cells[0].location.page)
    for order in _orders(pages):
        has_names = has_remarks_apart or all(page.roles for page in order[0])
        if has_remarks_apart and not all(_is_list_with_remarks(strip) for strip in order):
            continue
        under = all(upper.reach == page.reach for upper, page in _stacked_pairs(order))
        if has_names and under and all(_fits(strip[0], page) for strip in order for page in strip[1:]):
            params = {"count": str(len(order[0]))}
            return _merge_pages(grid, order), Issue("pages_joined", location, params)
    lost = not has_remarks_apart or any(page.roles == {Role.REMARKS} for page in pages)
    return grid, Issue("pages_not_joined", location) if lost else None


def _part(grid: Grid, top: int, bottom: int) -> _SheetPage | None:
    """The page of these rows, None where it has not just one table."""
    tables = [(a, b) for a, b in grid.tables if top <= a < bottom]
    cells = tuple(cell for cell in grid.cells if top <= cell.row < bottom)
    if len(tables) != 1:
        return None
    first, end = tables[0]
    boxes = [c.location.bbox for c in cells if first <= c.row < end and c.location.bbox is not None]
    edges = sorted({round(box[1], 1) for box in boxes} | {round(box[3], 1) for box in boxes})
    return _SheetPage(cells, first, end, tuple(edges))


def _has_remarks_apart(pages: Sequence[_SheetPage]) -> bool:
    """Whether all answers stand beside their questions, and pages with neither, as of remarks alone, among them."""
    beside = [page for page in pages if page.is_beside]
    complete = [page for page in pages if page.roles & QUESTION_ROLES and page.roles & ANSWER_ROLES]
    return bool(beside) and bool(complete) and len(beside) + len(complete) == len(pages)


def _is_list_with_remarks(strip: Sequence[_SheetPage]) -> bool:
    """Whether a list comes first, and what is beside it has no numbers but those of the list."""
    return not strip[0].is_beside and all(
        page.is_beside and (Role.NUMBER not in page.roles or _repeated(strip[0], page)) for page in strip[1:]
    )


def _is_cut(pages: Sequence[_SheetPage]) -> bool:
    """Whether there is a page of questions and another of answers, and none that holds both."""
    roles = [page.roles for page in pages]
    has_both = [bool(page_roles & QUESTION_ROLES and page_roles & ANSWER_ROLES) for page_roles in roles]
    only_answers = any(page_roles & ANSWER_ROLES and page_roles <= _BESIDE_QUESTIONS for page_roles in roles)
    return only_answers and any(page_roles & QUESTION_ROLES for page_roles in roles) and not any(has_both)


def _orders(pages: Sequence[_SheetPage]) -> list[list[list[_SheetPage]]]:
    """Ways in which pages may lie: for each part of the sheet's height its pages from left to right."""
    orders = []
    for wide in range(len(pages), 1, -1):
        high, odd = divmod(len(pages), wide)
        if not odd:
            orders.append([[pages[i + j * high] for j in range(wide)] for i in range(high)])
            orders.append([[pages[i * wide + j] for j in range(wide)] for i in range(high)])
    return orders


def _stacked_pairs(order: Sequence[Sequence[_SheetPage]]) -> list[tuple[_SheetPage, _SheetPage]]:
    """Each page below the first with the first page of its columns."""
    return [(first, page) for strip in order[1:] for first, page in zip(order[0], strip, strict=True)]


def _fits(first: _SheetPage, second: _SheetPage) -> bool:
    """Whether two tables have the same row edges and other names."""
    rows = first.bottom - first.top
    level = len(first.edges) == len(second.edges) and all(
        abs(a - b) <= _NEAR for a, b in zip(first.edges, second.edges, strict=True)
    )
    names = [[fold(cell.text) for cell in part.row(0)] for part in (first, second)]
    return level and rows == second.bottom - second.top and names[0] != names[1] and rows >= _MIN_ROWS


def _merge_pages(grid: Grid, order: Sequence[Sequence[_SheetPage]]) -> Grid:
    """One page after the other, each with the pages beside it; lines outside of tables go above or below."""
    cells: list[Cell] = []
    aside: list[Cell] = []
    starts: list[int] = []
    tables: list[tuple[int, int]] = []
    row, width = 0, grid.n_cols
    for strip in order:
        starts.append(row)
        over, row = _renumber_rows([c for p in strip for c in p.cells if c.row < p.top], row)
        tables.append((row, row + strip[0].bottom - strip[0].top))
        body: list[Cell] = []
        for number, page in enumerate(strip):
            table_cells = [c for c in page.cells if page.top <= c.row < page.bottom]
            again = _repeated(strip[0], page) if number else set()
            aside += [replace(c, doubt=UnusedReason.LABEL) for c in table_cells if c.col in again]
            shift = tables[-1][0] - page.top
            body += [
                replace(c, row=c.row + shift, col=c.col + number * width)
                for c in table_cells
                if c.col not in again
            ]
        under, row = _renumber_rows([c for p in strip for c in p.cells if c.row >= p.bottom], tables[-1][1])
        cells += [*over, *sorted(body, key=lambda c: (c.row, c.col)), *under]
    return replace(
        grid,
        cells=tuple(cells),
        aside=(*grid.aside, *aside),
        page_starts=tuple(starts[1:]),
        tables=tuple(tables),
    )


def _repeated(first: _SheetPage, page: _SheetPage) -> set[int]:
    """Columns of a page whose texts are those of a column of the first page, row by row."""
    known = set(_columns(first).values())
    return {col for col, texts in _columns(page).items() if texts in known and any(text for _, text in texts)}


def _columns(page: _SheetPage) -> dict[int, tuple[tuple[int, str], ...]]:
    columns: dict[int, list[tuple[int, str]]] = {}
    for cell in page.cells:
        if page.top <= cell.row < page.bottom:
            columns.setdefault(cell.col, []).append((cell.row - page.top, fold(cell.text)))
    return {col: tuple(sorted(texts)) for col, texts in columns.items()}


def _renumber_rows(cells: Sequence[Cell], row: int) -> tuple[list[Cell], int]:
    """The cells of lines with rows counted on from `row`, and the row after them."""
    renumbered: list[Cell] = []
    last: tuple[int | None, int] | None = None
    row -= 1
    for cell in cells:
        here = (cell.location.page, cell.row)
        row += here != last
        last = here
        renumbered.append(replace(cell, row=row))
    return renumbered, row + 1
