"""Splits rows whose cells answer line by line: numbered statements in one cell, a mark for each in the cell beside it.

A grid in; the same grid out, one row for each line. `（１）… ⏎（２）… ⏎（３）…` beside `○ ⏎ × ⏎ －` is three items. Two columns
are read so where their counts of numbers and of marks agree row after row; where one row does not agree, that row
stays as it is, so that no mark is given to a line that it does not belong to.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors.checklist.columns.profile import is_answer_like
from extractors.checklist.terms.continuation import PART
from extractors.grid import Cell, Grid
from extractors.looks import NO_LOOKS
from normalizers.text import shape_of

_MIN_ROWS = 2
_AGREE = 0.7  # share of the rows with several marks in which the numbers are as many
_MARK = 12  # characters of an answer on a line of its own


@dataclass(frozen=True, slots=True)
class _Lines:
    """A cell of numbered lines and a cell of as many marks in the same row."""

    items: Cell
    marks: Cell
    parts: tuple[tuple[str, str], ...]
    answers: tuple[str, ...]


def split_lines(grid: Grid) -> Grid:
    """The grid with its rows of lines split; the grid itself where it has none."""
    rows: dict[int, list[Cell]] = defaultdict(list)
    for cell in grid.cells:
        if "\n" in cell.text.strip():
            rows[cell.row].append(cell)
    pairs: dict[tuple[int, int], list[_Lines]] = defaultdict(list)
    several: dict[int, int] = defaultdict(int)
    for cells in rows.values():
        marks = [(c, lines) for c in cells if (lines := _marks(c.text)) is not None]
        items = [(c, parts) for c in cells if (parts := _parts(c.text)) is not None]
        for mark, lines in marks:
            several[mark.col] += 1
            for item, parts in items:
                # Numbered choices are not marks beside themselves: `1. はい ⏎ 2. いいえ`.
                if item is not mark and len(parts) == len(lines) and item.row_span == mark.row_span:
                    pairs[item.col, mark.col].append(_Lines(item, mark, parts, lines))
    best = max(pairs.items(), key=lambda entry: len(entry[1]), default=None)
    if best is None or len(best[1]) < max(_MIN_ROWS, _AGREE * several[best[0][1]]):
        return grid
    return _split(grid, {pair.items.row: pair for pair in best[1]})


def _parts(text: str) -> tuple[tuple[str, str], ...] | None:
    """Numbers and texts of a cell's numbered lines; a line without a number goes on with the one before."""
    parts: list[tuple[str, str]] = []
    for line in text.strip().split("\n"):
        match = PART.fullmatch(line)
        if match:
            parts.append((match["no"], match["text"].strip()))
        elif parts and line.strip():
            parts[-1] = (parts[-1][0], f"{parts[-1][1]}\n{line.strip()}")
        elif line.strip():
            return None
    return tuple(parts) if len(parts) > 1 else None


def _marks(text: str) -> tuple[str, ...] | None:
    """The lines of a cell where each is an answer of its own, perhaps behind its number."""
    lines = [line.strip() for line in text.strip().split("\n") if line.strip()]
    texts = [match["text"].strip() if (match := PART.fullmatch(line)) else line for line in lines]
    answers = all(len(line) <= _MARK and (shape_of(line) or is_answer_like(line)) for line in texts)
    return tuple(texts) if len(texts) > 1 and answers else None


def _split(grid: Grid, pairs: dict[int, _Lines]) -> Grid:
    """Each row of lines as several; cells that stand over all of them are merged over as many rows."""
    grown = {row: len(pair.parts) - 1 for row, pair in pairs.items()}
    column = next(iter(pairs.values())).items.col

    def below(row: int) -> int:
        return row + sum(count for above, count in grown.items() if above < row)

    def moved(cell: Cell) -> Cell:
        col = cell.col + (cell.col > column)
        span = cell.col_span + (cell.col <= column < cell.end_col)
        bottom = below(cell.end_row - 1) + grown.get(cell.end_row - 1, 0) + 1
        return replace(cell, row=below(cell.row), col=col, row_span=bottom - below(cell.row), col_span=span)

    cells: list[Cell] = []
    for cell in grid.cells:
        pair = pairs.get(cell.row)
        if pair is not None and cell is pair.items:
            cells += _lines_of(moved(cell), pair)
        elif pair is not None and cell is pair.marks:
            top = moved(cell)
            cells += [
                replace(top, row=top.row + n, row_span=1, text=text) for n, text in enumerate(pair.answers)
            ]
        else:
            cells.append(moved(cell))
    return replace(
        grid,
        cells=tuple(sorted(cells, key=lambda cell: (cell.row, cell.col))),
        page_starts=tuple(map(below, grid.page_starts)),
        tables=tuple((below(a), below(b)) for a, b in grid.tables),
        shades=(),
        looks=NO_LOOKS,
    )


def _lines_of(cell: Cell, pair: _Lines) -> Sequence[Cell]:
    """The number and the text of each line, side by side in the two columns that the cell stood in."""
    result = []
    for index, (number, text) in enumerate(pair.parts):
        row = cell.row + index
        result.append(replace(cell, row=row, row_span=1, col_span=1, text=number))
        result.append(
            replace(cell, row=row, col=cell.col + 1, row_span=1, col_span=cell.col_span - 1, text=text)
        )
    return result
