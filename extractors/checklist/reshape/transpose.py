"""Grid whose items stand side by side in, the same items one below the other out; places are kept.

`番号`, `質問`, `回答` down the first column with an item in every further one; and the export of a questionnaire, whose
first row holds the questions and every further row what one company answered.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from extractors.checklist.terms.column_names import STRONG, guess_role
from extractors.grid import Cell, Grid
from normalizers.text import is_item_number

_MIN_ITEMS = 3
_LONG = 8
_SUBJECT = {"requirement", "item"}
_SHARE = 0.5  # of the named columns of an export: questions, at least
_HEADS = ("質問", "回答")
_QUESTION = re.compile(
    r"^\s*(?:[QＱqｑ]|問|設問|質問)\s*[0-9０-９]|(?:(?:か|ください|下さい)。?|こと|[?？])\s*$"
)
Rows = dict[int, list[Cell]]


def upright(grid: Grid) -> Grid:
    """The grid with its items in rows; the grid itself where they stand so already."""
    rows: Rows = defaultdict(list)
    for cell in grid.cells:
        rows[cell.row].append(cell)
    block = _names_down(rows)
    if block:
        return _turned(grid, rows, block)
    row = _questions_across(rows)
    return grid if row is None else _listed(grid, rows, row)


def _names_down(rows: Rows) -> tuple[int, int] | None:
    """Rows [top, bottom) whose first cells name a number, a question and an answer, with the items beside them."""
    named: dict[int, str] = {}
    for row in sorted(rows):
        cells = _filled(rows[row])
        guess = guess_role(cells[0].text) if len(cells) > 1 else None
        if guess and guess.strength == STRONG and not any(guess_role(cell.text) for cell in cells[1:]):
            named[row] = guess.role
    asked = [row for row, role in named.items() if role in _SUBJECT and _asks(_filled(rows[row])[1:])]
    if not asked or not {"answer"} & set(named.values()) or len(set(named.values())) < len(named):
        return None
    top, bottom = min(named), max(named) + 1
    between = [row for row in range(top, bottom) if _filled(rows.get(row, [])) and row not in named]
    return None if between else (top, bottom)


def _asks(cells: Sequence[Cell]) -> bool:
    texts = [cell.text.strip() for cell in cells]
    long = sum(len(text) >= _LONG for text in texts)
    return len(texts) >= _MIN_ITEMS and len(set(texts)) == len(texts) and long >= 0.7 * len(texts)


def _filled(cells: Sequence[Cell]) -> list[Cell]:
    return sorted((cell for cell in cells if cell.text.strip()), key=lambda cell: cell.col)


def _turned(grid: Grid, rows: Rows, block: tuple[int, int]) -> Grid:
    """The block with rows for columns, what stands above and below it as it is."""
    top, bottom = block
    inside = [cell for row in range(top, bottom) for cell in rows.get(row, [])]
    left = min(cell.col for cell in inside)
    grown = max(cell.end_col for cell in inside) - left - (bottom - top)
    cells = [
        replace(c, row=top + c.col - left, col=c.row - top, row_span=c.col_span, col_span=c.row_span)
        for c in inside
    ]
    cells += [cell for row, found in rows.items() if row < top for cell in found]
    cells += [replace(c, row=c.row + grown) for row, found in rows.items() if row >= bottom for c in found]
    return _with(grid, cells)


def _questions_across(rows: Rows) -> int | None:
    """The row of questions of an export: the first that is filled, with answers in the rows below."""
    row = next((number for number in sorted(rows) if _filled(rows[number])), None)
    if row is None:
        return None
    names = _filled(rows[row])
    below = [cells for number in sorted(rows) if number > row and (cells := _filled(rows[number]))]
    asked = [cell for cell in names if _QUESTION.search(cell.text)]
    known = {guess.role for cell in names if (guess := guess_role(cell.text)) and guess.strength == STRONG}
    if len(asked) < _MIN_ITEMS or len(asked) < _SHARE * len(names) or known & {"answer", "requirement"}:
        return None
    columns, questions = {cell.col for cell in names}, {cell.col for cell in asked}
    alike = all({cell.col for cell in cells} <= columns for cells in below)
    answered = all({cell.col for cell in cells} & questions for cells in below)
    return row if below and alike and answered and not any(is_item_number(c.text) for c in asked) else None


def _listed(grid: Grid, rows: Rows, row: int) -> Grid:
    """Every company's row as a list of its own: what is no question above, then question and answer in each row."""
    names = _filled(rows[row])
    asked = [cell for cell in names if _QUESTION.search(cell.text)]
    cells: list[Cell] = []
    at = row
    for number in sorted(number for number in rows if number > row):
        given = {cell.col: cell for cell in rows[number]}
        for name in names:
            if name not in asked and name.col in given:
                cells += _pair(name, given[name.col], at)
                at += 1
        cells += [
            replace(asked[0], text=text, row=at, col=col, col_span=1) for col, text in enumerate(_HEADS)
        ]
        at += 1
        for name in asked:
            cells += _pair(name, given.get(name.col), at)
            at += 1
        at += 1
    return _with(grid, cells)


def _pair(name: Cell, value: Cell | None, row: int) -> list[Cell]:
    pair = [replace(name, row=row, col=0, row_span=1, col_span=1)]
    return pair if value is None else [*pair, replace(value, row=row, col=1, row_span=1, col_span=1)]


def _with(grid: Grid, cells: Sequence[Cell]) -> Grid:
    return replace(
        grid, cells=tuple(sorted(cells, key=lambda cell: (cell.row, cell.col))), tables=(), page_starts=()
    )
