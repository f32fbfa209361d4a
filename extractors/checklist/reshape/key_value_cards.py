"""Reshapes key-value cards into a table: `設問1 | …` over `回答 | …` over `補足 | …`, block after block.

A grid in; the same texts as a table out.
Each block becomes one row, its labels the header; what stands between blocks stays a row of its own. Places are kept.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extractors.cell_reference import a1
from extractors.checklist.model import Role, UnusedReason
from extractors.checklist.terms.column_names import guess_role
from extractors.grid import Cell, Grid
from extractors.location import Location
from normalizers.text import fold, is_item_number

_MIN_BLOCKS = 3
_NUMBERED = re.compile(r"(?:設問|質問|問|q|no\.?|項番|項目|確認事項)\.?\d{1,4}(?:[-.]\d{1,3})*")
_HEADS = ("番号", "質問")


@dataclass(frozen=True, slots=True)
class _Block:
    """Rows [top, bottom) of a card, and its labels from top to bottom."""

    top: int
    bottom: int
    labels: tuple[Cell, ...]


def cards_to_table(grid: Grid) -> Grid:
    """The grid with its cards as rows of a table; the grid itself where it holds no cards."""
    rows: dict[int, list[Cell]] = defaultdict(list)
    columns: dict[int, list[Cell]] = defaultdict(list)
    for cell in grid.cells:
        rows[cell.row].append(cell)
        if cell.text.strip():
            columns[cell.col].append(cell)
    for col in sorted(columns):
        blocks = _blocks(columns[col])
        if blocks:
            return _table(grid, rows, blocks)
    return grid


def _blocks(column: Sequence[Cell]) -> list[_Block]:
    """The cards whose labels stand in a column: each begins with a number and asks for an answer; none where it is otherwise."""
    cells = sorted(column, key=lambda cell: cell.row)
    starts = [index for index, cell in enumerate(cells) if _is_start(cell.text)]
    asking = Counter(fold(cell.text) for cell in cells if _is_answer(cell.text))
    if len(starts) < _MIN_BLOCKS or not asking or asking.most_common(1)[0][1] < _MIN_BLOCKS:
        return []
    blocks = []
    for index, following in zip(starts, [*starts[1:], len(cells)], strict=True):
        labels = [cells[index]]
        for cell in cells[index + 1 : following]:
            if cell.row != labels[-1].end_row or guess_role(cell.text) is None:
                break
            labels.append(cell)
        if any(_is_answer(label.text) for label in labels):
            blocks.append(_Block(labels[0].row, labels[-1].end_row, tuple(labels)))
    return blocks if len(blocks) >= max(_MIN_BLOCKS, 0.8 * len(starts)) else []


def _is_start(text: str) -> bool:
    return bool(_NUMBERED.fullmatch(fold(text))) or is_item_number(text)


def _is_answer(text: str) -> bool:
    guess = guess_role(text)
    return guess is not None and guess.role == Role.ANSWER


def _table(grid: Grid, rows: dict[int, list[Cell]], blocks: Sequence[_Block]) -> Grid:
    names = list(dict.fromkeys(fold(label.text) for block in blocks for label in block.labels[1:]))
    width = len(names) + len(_HEADS)
    first = {fold(label.text): label for block in reversed(blocks) for label in block.labels[1:]}
    row = _first_heading(rows, blocks)
    cells: list[Cell] = [cell for above in range(row) for cell in rows[above]]
    heads = [replace(blocks[0].labels[0], text=text) for text in _HEADS] + [first[name] for name in names]
    cells += [replace(head, row=row, col=col, row_span=1, col_span=1) for col, head in enumerate(heads)]
    read_to = row
    for block in blocks:
        for between in range(read_to, block.top):
            row += bool(rows[between])
            cells += [replace(cell, row=row, col=0, row_span=1, col_span=width) for cell in rows[between][:1]]
            cells += [
                replace(c, row=row, col=width + n, row_span=1, col_span=1)
                for n, c in enumerate(rows[between][1:])
            ]
        row += 1
        cells += _row(grid, rows, block, names, row)
        read_to = block.bottom
    below = [cell for number in sorted(rows) if number >= read_to for cell in rows[number]]
    cells += [replace(cell, row=cell.row - read_to + row + 1, col=0, col_span=width) for cell in below]
    labels = [replace(label, doubt=UnusedReason.LABEL) for block in blocks for label in block.labels[1:]]
    return replace(grid, cells=tuple(cells), aside=(*grid.aside, *labels), tables=())


def _first_heading(rows: dict[int, list[Cell]], blocks: Sequence[_Block]) -> int:
    """Where the table begins: at the first card, or at a heading over it, where headings stand between cards too."""
    top = blocks[0].top
    between = [row for block, following in pairwise(blocks) for row in range(block.bottom, following.top)]
    last = max((row for row in range(top) if _is_alone(rows[row])), default=top)
    filled = any(cell.text.strip() for row in range(last + 1, top) for cell in rows[row])
    return last if any(_is_alone(rows[row]) for row in between) and not filled else top


def _is_alone(cells: Sequence[Cell]) -> bool:
    return sum(bool(cell.text.strip()) for cell in cells) == 1


def _row(
    grid: Grid, rows: dict[int, list[Cell]], block: _Block, names: Sequence[str], row: int
) -> list[Cell]:
    """One card as a row: number, question, then the values of the labels."""
    start = block.labels[0]
    cells = [replace(start, row=row, col=0, row_span=1, col_span=1)]
    extra = len(names) + len(_HEADS)
    for label in block.labels:
        col = 1 if label is start else len(_HEADS) + names.index(fold(label.text))
        values = sorted(
            (c for r in range(label.row, label.end_row) for c in rows[r] if c.col >= label.end_col),
            key=_order,
        )
        value = values[0] if values else Cell(row, col, "", _blank(grid, label))
        cells.append(replace(value, row=row, col=col, row_span=1, col_span=1))
        for more in values[1:]:
            cells.append(replace(more, row=row, col=extra, row_span=1, col_span=1))
            extra += 1
    before = [
        c for r in range(block.top, block.bottom) for c in rows[r] if c.col < start.col and c.text.strip()
    ]
    cells += [replace(c, row=row, col=extra + n, row_span=1, col_span=1) for n, c in enumerate(before)]
    return cells


def _order(cell: Cell) -> tuple[int, int]:
    return cell.row, cell.col


def _blank(grid: Grid, label: Cell) -> Location:
    """Where the value of a label would stand: on a sheet the cell beside it, else the page."""
    if grid.sheet is None:
        return Location(page=label.location.page, sheet=label.location.sheet)
    return Location(sheet=label.location.sheet, cells=a1(label.row, label.end_col))
