"""Builds a table of records that were found line by line or label by label.

A grid and its entries in; the grid with them as rows of a table out.
For sheets that ask without a table: each entry becomes one row under a header, all else stays a row of its own.
Places are kept as printed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from extractors.checklist.model import Role, UnusedReason
from extractors.checklist.terms.column_names import column_name_words
from extractors.checklist.terms.headings import style_of
from extractors.grid import Cell, Grid


@dataclass(frozen=True, slots=True)
class Entry:
    """What the rows [top, bottom) of a grid ask and answer: cells by the name of their column."""

    top: int
    bottom: int
    cells: Mapping[str, Cell]


def name_of(role: Role) -> str:
    """The name of a column of a role, as the header of a made table says it."""
    return str(column_name_words()["roles"][role]["exact"][0])


def entries_to_table(
    grid: Grid, names: Sequence[str], entries: Sequence[Entry], labels: Sequence[Cell] = ()
) -> Grid:
    """The grid with `entries` as rows under the header `names`; `labels` are cells that said nothing but names."""
    rows: dict[int, list[Cell]] = defaultdict(list)
    for cell in grid.cells:
        rows[cell.row].append(cell)
    head = next(iter(entries[0].cells.values()))
    first = _first_heading(rows, entries)
    cells: list[Cell] = []
    row, header, remaining = 0, -1, list(entries)
    for number in sorted(rows):
        if remaining and number >= remaining[0].bottom:
            remaining.pop(0)
        if header < 0 and remaining and number >= first:
            header = row
            cells += [
                _at(replace(head, text=name, chosen=(), comments=()), row, col)
                for col, name in enumerate(names)
            ]
            row += 1
        if not remaining or number < remaining[0].top:
            cells += _kept(rows[number], row, len(names))
        elif number == remaining[0].top:
            cells += _entry(remaining[0], names, row)
        else:
            continue
        row += 1
    labelled = tuple(replace(label, doubt=UnusedReason.LABEL) for label in labels)
    return replace(grid, cells=tuple(cells), aside=(*grid.aside, *labelled), tables=(), page_starts=())


def _first_heading(rows: Mapping[int, Sequence[Cell]], entries: Sequence[Entry]) -> int:
    """The row at which the table begins: the first entry's, or that of a heading over it as others stand between entries."""
    entry_rows = {row for entry in entries for row in range(entry.top, entry.bottom)}
    between = [row for row in rows if entries[0].top < row < entries[-1].top and row not in entry_rows]
    styles = {style_of(cell.text) for row in between for cell in rows[row] if cell.text.strip()} - {"plain"}
    above = max((row for row in rows if row < entries[0].top and _text(rows[row])), default=-1)
    return above if above >= 0 and style_of(_text(rows[above])) in styles else entries[0].top


def _text(cells: Sequence[Cell]) -> str:
    return "".join(cell.text for cell in cells).strip()


def _entry(entry: Entry, names: Sequence[str], row: int) -> list[Cell]:
    blank = replace(next(iter(entry.cells.values())), text="", chosen=(), comments=())
    return [_at(entry.cells.get(name, blank), row, col) for col, name in enumerate(names)]


def _kept(cells: Sequence[Cell], row: int, width: int) -> list[Cell]:
    """The cells of a row that is in no entry: the first as wide as the table, others right of it."""
    ordered = sorted(cells, key=lambda cell: cell.col)
    wide = [replace(cell, row=row, col=0, row_span=1, col_span=width) for cell in ordered[:1]]
    return wide + [_at(cell, row, width + number) for number, cell in enumerate(ordered[1:])]


def _at(cell: Cell, row: int, col: int) -> Cell:
    return replace(cell, row=row, col=col, row_span=1, col_span=1)
