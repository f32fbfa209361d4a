"""Builds a structure: records that were found by their repetition, as rows under one header of our own.

A grid and its records in; the grid with a row for each record, its header, and how likely it is a list out. What a
record does not use stays: beside its row where it stood among the record's rows, else in a row of its own, as wide
as the table, so that a heading between two cards is a heading between two rows. Places are kept as printed:
`回答 | はい` of card 3 is still cell B14.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from extractors.cell_reference import a1
from extractors.checklist.model import ChecklistColumn, Header, Role, UnusedReason
from extractors.grid import Cell, Grid
from extractors.location import Location
from extractors.looks import NO_LOOKS
from normalizers.text import fold


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the table that records make: its name, what it holds, for which plan or product."""

    name: str
    role: Role
    guessed: bool = False
    variant: str | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """What rows [top, bottom) of a grid ask and answer: cells by the index of their column; `labels` only name them."""

    top: int
    bottom: int
    cells: Mapping[int, Cell]
    labels: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class Structure:
    """A list that no header names: the grid with it as a table, the header's place and columns, the row behind it.

    `chance` says how likely it is a list to be answered (0 to 1), `location` where it stands in the file, `first_row` its first
    row there, `rows` how many records it has.
    """

    kind: str
    grid: Grid
    header: Header
    bottom: int
    rows: int
    chance: float
    location: Location
    first_row: int


def records_to_structure(
    grid: Grid, kind: str, columns: Sequence[Column], records: Sequence[Listed], chance: float
) -> Structure:
    """The structure of records, which are ordered from top to bottom; a record's cells may be missing."""
    columns = _without_numbers(columns, records)
    ordered = sorted(records, key=lambda record: (record.top, _first_col(record)))
    top, bottom = ordered[0].top, max(record.bottom for record in ordered)
    table = _BuiltTable(grid, columns, ordered)
    first, end = table.build()
    labels = tuple(
        replace(cell, doubt=UnusedReason.LABEL)
        for record in ordered
        for cell in record.labels
        if cell.text.strip()
    )
    built = replace(
        grid,
        cells=tuple(table.cells),
        aside=(*grid.aside, *labels),
        tables=(),
        page_starts=(),
        shades=(),
        looks=NO_LOOKS,
    )
    own = tuple(
        ChecklistColumn(i, i + 1, column.name, column.role, None, column.guessed, None, column.variant)
        for i, column in enumerate(columns)
    )
    header = Header(first, first + 1, own, tuple(fold(column.name) for column in columns if column.name))
    area = _area(grid, [c for c in grid.cells if top <= c.row < bottom and c.text.strip()])
    return Structure(kind, built, header, end, len(ordered), chance, area, top)


def with_role(structure: Structure, index: int, role: Role) -> Structure:
    """The structure with another role for one of its columns."""
    columns = list(structure.header.columns)
    columns[index] = replace(columns[index], role=role)
    return replace(structure, header=replace(structure.header, columns=tuple(columns)))


def _without_numbers(columns: Sequence[Column], records: Sequence[Listed]) -> list[Column]:
    """A first column for numbers that no record has is nobody's: a question alone in a list of numbers would be a heading."""
    first = columns[0]
    numbered = any(0 in record.cells and record.cells[0].text.strip() for record in records)
    return [Column("", Role.IGNORE) if first.role == Role.NUMBER and not numbered else first, *columns[1:]]


def blank_at(grid: Grid, row: int, col: int, near: Cell) -> Cell:
    """A blank cell at a place, near another one whose page it is on."""
    sheet = near.location.sheet
    place = (
        Location(sheet=sheet, cells=a1(row, col))
        if grid.sheet is not None
        else Location(page=near.location.page)
    )
    return Cell(row, col, "", place)


def _first_col(record: Listed) -> int:
    return min((cell.col for cell in (*record.labels, *record.cells.values())), default=0)


def _area(grid: Grid, cells: Sequence[Cell]) -> Location:
    if grid.sheet is None or not cells:
        return Location(page=cells[0].location.page) if cells else Location()
    top, first = min(c.row for c in cells), min(c.col for c in cells)
    bottom, last = max(c.end_row for c in cells), max(c.end_col for c in cells)
    return Location(sheet=grid.sheet, cells=a1(top, first, bottom - top, last - first))


class _BuiltTable:
    """The rows of the grid that is built, one after the other."""

    def __init__(self, grid: Grid, columns: Sequence[Column], records: Sequence[Listed]) -> None:
        self.cells: list[Cell] = []
        self._columns, self._records = columns, records
        self._row = 0
        used = {id(c) for record in records for c in (*record.cells.values(), *record.labels)}
        split = {(c.row, c.col) for record in records for c in record.cells.values() if c.text.strip()}
        self._rest: dict[int, list[Cell]] = defaultdict(list)
        for cell in grid.cells:
            if cell.text.strip() and id(cell) not in used and (cell.row, cell.col) not in split:
                self._rest[cell.row].append(cell)

    def build(self) -> tuple[int, int]:
        """Fills `cells`; gives the rows of the header and behind the last record."""
        first = self._records[0].top
        heading = self._heading_over(first)
        for row in sorted(row for row in self._rest if row < first and row not in heading):
            self._keep(self._rest.pop(row))
        header = self._row
        self._head()
        end = header + 1
        for record in self._records:
            for row in sorted(row for row in self._rest if row < record.top):
                self._keep(self._rest.pop(row))
            self._place(record)
            end = self._row
        for row in sorted(self._rest):
            self._keep(self._rest[row])
        return header, end

    def _heading_over(self, first: int) -> set[int]:
        """The row above the first record where it heads it, as others of its kind head records further below."""
        above = max((row for row in self._rest if row < first), default=None)
        if above is None or len(self._rest[above]) != 1:
            return set()
        cell = self._rest[above][0]
        last = self._records[-1].top
        alike = any(
            len(cells) == 1
            and first < row < last
            and (cells[0].col, cells[0].col_span) == (cell.col, cell.col_span)
            for row, cells in self._rest.items()
        )
        return {above} if alike else set()

    def _head(self) -> None:
        near = next(iter((*self._records[0].labels, *self._records[0].cells.values())))
        for index, column in enumerate(self._columns):
            self.cells.append(_at(replace(near, text=column.name, chosen=(), comments=()), self._row, index))
        self._row += 1

    def _place(self, record: Listed) -> None:
        self.cells += [_at(cell, self._row, index) for index, cell in sorted(record.cells.items())]
        inside = [row for row in sorted(self._rest) if record.top <= row < record.bottom]
        beside = [cell for row in inside for cell in self._rest.pop(row)]
        width = len(self._columns)
        self.cells += [_at(cell, self._row, width + 1 + number) for number, cell in enumerate(beside)]
        self._row += 1

    def _keep(self, cells: Sequence[Cell]) -> None:
        ordered = sorted(cells, key=lambda cell: cell.col)
        width = len(self._columns)
        self.cells += [
            replace(cell, row=self._row, col=0, row_span=1, col_span=width) for cell in ordered[:1]
        ]
        self.cells += [_at(cell, self._row, width + number) for number, cell in enumerate(ordered[1:])]
        self._row += 1


def _at(cell: Cell, row: int, col: int) -> Cell:
    return replace(cell, row=row, col=col, row_span=1, col_span=1)
