"""Transposes tables whose items stand side by side, and unpivots wide exports.

A grid in; the same items one below the other out. Places are kept.
`番号`, `質問`, `回答` down the first column with an item in every further one; and the export of a questionnaire, whose
first row holds the questions and every further row what one company answered.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from extractors.checklist.model import QUESTION_ROLES, Role
from extractors.checklist.terms.column_names import STRONG, guess_role
from extractors.grid import Cell, Grid
from normalizers.text import is_item_number

_MIN_ITEMS = 3
_LONG = 8
_SHARE = 0.5  # of the named columns of an export: questions, at least
_HEADS = ("質問", "回答")
_QUESTION = re.compile(
    r"^\s*(?:[QＱqｑ]|問|設問|質問)\s*[0-9０-９]|(?:(?:か|ください|下さい)。?|こと|[?？])\s*$"
)
Rows = dict[int, list[Cell]]


def normalize_orientation(grid: Grid) -> Grid:
    """The grid with its items in rows; the grid itself where they stand so already."""
    rows: Rows = defaultdict(list)
    for cell in grid.cells:
        rows[cell.row].append(cell)
    block = _detect_transposed(rows)
    if block:
        return _transpose(grid, rows, block)
    row = _detect_wide(rows)
    return grid if row is None else _wide_to_long(grid, rows, row)


def _detect_transposed(rows: Rows) -> tuple[int, int] | None:
    """Rows [top, bottom) whose first cells name a number, a question and an answer, with the items beside them."""
    role_of_row: dict[int, Role] = {}
    for row in sorted(rows):
        cells = _filled(rows[row])
        guess = guess_role(cells[0].text) if len(cells) > 1 else None
        if guess and guess.strength == STRONG and not any(guess_role(cell.text) for cell in cells[1:]):
            role_of_row[row] = guess.role
    question_rows = [
        row for row, role in role_of_row.items() if role in QUESTION_ROLES and _asks(_filled(rows[row])[1:])
    ]
    if (
        not question_rows
        or not {Role.ANSWER} & set(role_of_row.values())
        or len(set(role_of_row.values())) < len(role_of_row)
    ):
        return None
    top, bottom = min(role_of_row), max(role_of_row) + 1
    between = [row for row in range(top, bottom) if _filled(rows.get(row, [])) and row not in role_of_row]
    return None if between else (top, bottom)


def _asks(cells: Sequence[Cell]) -> bool:
    texts = [cell.text.strip() for cell in cells]
    long = sum(len(text) >= _LONG for text in texts)
    return len(texts) >= _MIN_ITEMS and len(set(texts)) == len(texts) and long >= 0.7 * len(texts)


def _filled(cells: Sequence[Cell]) -> list[Cell]:
    return sorted((cell for cell in cells if cell.text.strip()), key=lambda cell: cell.col)


def _transpose(grid: Grid, rows: Rows, block: tuple[int, int]) -> Grid:
    """The block with rows for columns, what stands above and below it as it is."""
    top, bottom = block
    inside = [cell for row in range(top, bottom) for cell in rows.get(row, [])]
    first_col = min(cell.col for cell in inside)
    grown = max(cell.end_col for cell in inside) - first_col - (bottom - top)
    cells = [
        replace(c, row=top + c.col - first_col, col=c.row - top, row_span=c.col_span, col_span=c.row_span)
        for c in inside
    ]
    cells += [cell for row, row_cells in rows.items() if row < top for cell in row_cells]
    cells += [
        replace(c, row=c.row + grown) for row, row_cells in rows.items() if row >= bottom for c in row_cells
    ]
    return _with_cells(grid, cells)


def _detect_wide(rows: Rows) -> int | None:
    """The row of questions of an export: the first that is filled, with answers in the rows below."""
    row = next((number for number in sorted(rows) if _filled(rows[number])), None)
    if row is None:
        return None
    names = _filled(rows[row])
    below = [cells for number in sorted(rows) if number > row and (cells := _filled(rows[number]))]
    question_cells = [cell for cell in names if _QUESTION.search(cell.text)]
    known_roles = {
        guess.role for cell in names if (guess := guess_role(cell.text)) and guess.strength == STRONG
    }
    if (
        len(question_cells) < _MIN_ITEMS
        or len(question_cells) < _SHARE * len(names)
        or known_roles & {Role.ANSWER, Role.REQUIREMENT}
    ):
        return None
    columns, questions = {cell.col for cell in names}, {cell.col for cell in question_cells}
    alike = all({cell.col for cell in cells} <= columns for cells in below)
    answered = all({cell.col for cell in cells} & questions for cells in below)
    return (
        row
        if below and alike and answered and not any(is_item_number(c.text) for c in question_cells)
        else None
    )


def _wide_to_long(grid: Grid, rows: Rows, row: int) -> Grid:
    """Every company's row as a list of its own: what is no question above, then question and answer in each row."""
    names = _filled(rows[row])
    question_cells = [cell for cell in names if _QUESTION.search(cell.text)]
    cells: list[Cell] = []
    new_row = row
    for number in sorted(number for number in rows if number > row):
        answer_of_col = {cell.col: cell for cell in rows[number]}
        for name in names:
            if name not in question_cells and name.col in answer_of_col:
                cells += _pair(name, answer_of_col[name.col], new_row)
                new_row += 1
        cells += [
            replace(question_cells[0], text=text, row=new_row, col=col, col_span=1)
            for col, text in enumerate(_HEADS)
        ]
        new_row += 1
        for name in question_cells:
            cells += _pair(name, answer_of_col.get(name.col), new_row)
            new_row += 1
        new_row += 1
    return _with_cells(grid, cells)


def _pair(name: Cell, value: Cell | None, row: int) -> list[Cell]:
    pair = [replace(name, row=row, col=0, row_span=1, col_span=1)]
    return pair if value is None else [*pair, replace(value, row=row, col=1, row_span=1, col_span=1)]


def _with_cells(grid: Grid, cells: Sequence[Cell]) -> Grid:
    return replace(
        grid, cells=tuple(sorted(cells, key=lambda cell: (cell.row, cell.col))), tables=(), page_starts=()
    )
