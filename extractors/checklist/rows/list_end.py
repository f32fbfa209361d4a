"""Tells where a list of items ends, so that nothing that stands below it flows into the last item.

Columns and the rows under a header in, the first row that belongs to no item out. Where items are numbered, what
comes after the last number is a total, a judgement or a signature (`総合判定 | ○`, `上記内容に相違ない | はい`),
unless rows without numbers stand between the numbered ones too, or a page ends there and the last item may go on.
Where they are not, it is a last block of a few rows below a blank row that asks nothing, while the rows above it
do.
"""

from __future__ import annotations

from collections.abc import Sequence

from extractors.checklist.columns.cell_shapes import SHAPES, shapes_of
from extractors.checklist.columns.profile import is_answer_like
from extractors.checklist.grid_index import GridView
from extractors.checklist.model import ANSWER_ROLES, QUESTION_ROLES, ChecklistColumn, Role
from extractors.grid import Cell
from normalizers.text import is_item_number

_MIN_ITEMS = 3
_NUMBERED = 0.9  # share of the rows with a question that have a number of their own in a numbered list
_COUNTED = 0.8  # share of the texts in a column of numbers that count
_TAIL = 4  # rows that a block below a list has at most
_ASKS = 0.6  # share of the rows of a list that look like questions where a block that does not is none
_ASKING = tuple(SHAPES.index(name) for name in ("question", "demand", "statement"))


def list_end(view: GridView, columns: Sequence[ChecklistColumn], top: int, bottom: int) -> int:
    """The first row of [top, bottom) that is below the last item, `bottom` where items go on to the end."""
    rows = [row for row in range(top, bottom) if view.starting(row)]
    if not rows:
        return bottom
    numbered = _end_of_numbers(view, columns, rows, bottom)
    return numbered if numbered is not None else _end_of_questions(view, columns, rows, bottom)


def _end_of_numbers(
    view: GridView, columns: Sequence[ChecklistColumn], rows: Sequence[int], bottom: int
) -> int | None:
    """Where a numbered list ends; None for a list that is not numbered throughout."""
    column = next((c for c in columns if c.role == Role.NUMBER), None)
    if column is None:
        return None
    numbered = _numbered(view, columns, column, rows)
    if len(numbered) < _MIN_ITEMS:
        return None
    last = numbered[-1]
    asking = [row for row in rows if row <= last and _asks(view, columns, row)]
    if sum(row in numbered for row in asking) < _NUMBERED * len(asking):
        return None
    number = _own(view, last, column)
    end = max([number.end_row if number else last + 1, *(c.end_row for c in _cells(view, columns, last))])
    behind = [row for row in rows if row >= end]
    if not behind or any(last < start <= behind[0] for start in view.grid.page_starts):
        return bottom
    parts = [row for row in _until_blank(behind, end) if not _says(view, columns, row)]
    return parts[-1] + 1 if parts and parts[0] == end and _is_run(parts) else end


def _numbered(
    view: GridView, columns: Sequence[ChecklistColumn], column: ChecklistColumn, rows: Sequence[int]
) -> list[int]:
    """The rows with a number of their own; a text among numbers that stands beside others, `局使用欄 | 審査`, is none."""
    filled = {row: cell.text for row in rows if (cell := _own(view, row, column)) is not None}
    numbers = {row for row, text in filled.items() if is_item_number(text) or any(map(str.isdigit, text))}
    if len(numbers) < _COUNTED * len(filled):
        return list(filled)
    return [
        row
        for row in filled
        if row in numbers or len(view.starting(row)) == 1 or _is_item(view, columns, row)
    ]


def _is_item(view: GridView, columns: Sequence[ChecklistColumn], row: int) -> bool:
    """Whether a row asks something, or is answered by a mark or a known word."""
    answers = [cell for c in columns if c.role in ANSWER_ROLES and (cell := _own(view, row, c)) is not None]
    return _looks_asked(view, columns, row) or any(is_answer_like(cell.text) for cell in answers)


def _until_blank(rows: Sequence[int], start: int) -> list[int]:
    """The rows from `start` on with none blank between: the last item may go on in them, or have parts there."""
    return [row for row in rows if row - start == sum(start <= before < row for before in rows)]


def _is_run(rows: Sequence[int]) -> bool:
    return list(rows) == list(range(rows[0], rows[0] + len(rows)))


def _says(view: GridView, columns: Sequence[ChecklistColumn], row: int) -> bool:
    """Whether a row says something of its own where items have their question or number, and is answered."""
    naming = {*QUESTION_ROLES, Role.NUMBER, Role.SECTION, Role.CATEGORY}
    has_name = any(_own(view, row, c) is not None for c in columns if c.role in naming)
    return has_name and (_answered(view, columns, row) or len(view.starting(row)) == 1)


def _end_of_questions(
    view: GridView, columns: Sequence[ChecklistColumn], rows: Sequence[int], bottom: int
) -> int:
    """Where a list without numbers ends: above a last block behind a blank row that asks nothing."""
    gap = next((i for i in range(len(rows) - 1, 0, -1) if rows[i] - rows[i - 1] > 1), None)
    if gap is None or len(rows) - gap > _TAIL or gap < _MIN_ITEMS:
        return bottom
    before = [row for row in rows[:gap] if _asks(view, columns, row)]
    asking = sum(_looks_asked(view, columns, row) for row in before)
    tail = rows[gap:]
    if asking < _ASKS * max(1, len(before)) or any(_looks_asked(view, columns, row) for row in tail):
        return bottom
    return _end_of_questions(view, columns, rows[:gap], tail[0])


def _own(view: GridView, row: int, column: ChecklistColumn) -> Cell | None:
    """The filled cell that begins in a row and a column, None where none does."""
    cell = view.within(row, column.start, column.end)
    return cell if cell is not None and cell.row == row and cell.text.strip() else None


def _cells(view: GridView, columns: Sequence[ChecklistColumn], row: int) -> list[Cell]:
    cells = (_own(view, row, c) for c in columns if c.role in QUESTION_ROLES or c.role in ANSWER_ROLES)
    return [cell for cell in cells if cell is not None]


def _asks(view: GridView, columns: Sequence[ChecklistColumn], row: int) -> bool:
    """Whether a row has a question of its own and stands beside something: a heading stands alone."""
    has_question = any(_own(view, row, c) is not None for c in columns if c.role == Role.REQUIREMENT)
    return has_question and len(view.starting(row)) > 1


def _answered(view: GridView, columns: Sequence[ChecklistColumn], row: int) -> bool:
    return any(_own(view, row, c) is not None for c in columns if c.role in ANSWER_ROLES)


def _looks_asked(view: GridView, columns: Sequence[ChecklistColumn], row: int) -> bool:
    cells = [_own(view, row, c) for c in columns if c.role == Role.REQUIREMENT]
    return any(cell is not None and any(shapes_of(cell.text)[i] for i in _ASKING) for cell in cells)
