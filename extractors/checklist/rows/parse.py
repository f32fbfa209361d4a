"""Parses the rows under a header: tells section headings from items, fills down merged and left-out cells.

Rows of a grid in; drafts of items out, and a reason for each cell that none takes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from extractors.checklist.grid_index import GridView
from extractors.checklist.model import (
    QUESTION_ROLES,
    ChecklistColumn,
    Field,
    FieldRole,
    Leftover,
    Role,
    UnusedReason,
)
from extractors.checklist.rows.lone_questions import questions_without_answers
from extractors.checklist.terms.continuation import continues
from extractors.checklist.terms.headings import Headings, is_example, is_framed, is_label, is_note, is_total
from extractors.checklist.terms.requirement_level import is_understood
from extractors.checklist.terms.response_rounds import fill_from_earlier_rounds
from extractors.grid import Cell
from normalizers.text import is_item_number

_FILLED_DOWN = (Role.SECTION, Role.CATEGORY, Role.ITEM)
_SPANNING = (Role.NUMBER, Role.SECTION, Role.CATEGORY, Role.ITEM, Role.REQUIREMENT, Role.LEVEL, Role.UNIT)
_NAMING = (Role.NUMBER, Role.SECTION, Role.CATEGORY)
_ANSWERING = (Role.ANSWER, Role.CHOICE, Role.REMARKS)


@dataclass(frozen=True, slots=True)
class Draft:
    """One row of items before it is split by respondent: column index → cell, and which cells begin here."""

    row: int
    cells: dict[int, Cell]
    own_columns: frozenset[int]
    filled_down: dict[int, str]
    headings: tuple[str, ...]
    doubts: tuple[str, ...] = ()

    def text(self, index: int) -> str:
        """The column's text: its own cell's, a merged cell's, or one carried down; "" where blank."""
        cell = self.cells.get(index)
        return cell.text if cell is not None and cell.text.strip() else self.filled_down.get(index, "")


@dataclass(slots=True)
class ParsedRows:
    """What was read between a header and the end of its table."""

    drafts: list[Draft] = field(default_factory=list)
    leftovers: list[Leftover] = field(default_factory=list)
    used: set[tuple[int, int]] = field(default_factory=set)
    fields: list[Field] = field(default_factory=list)
    headings: Headings = field(default_factory=Headings)
    pending: list[Cell] = field(default_factory=list)


def parse_rows(
    view: GridView, columns: tuple[ChecklistColumn, ...], body: ParsedRows, top: int, bottom: int
) -> None:
    """Read rows [top, bottom) into `body`; called once for every stretch between repeated headers."""
    alone = _questions_alone(view, columns, top, bottom)
    for row in range(top, bottom):
        cells = view.starting(row)
        if not cells:
            continue
        band = row not in alone and _is_band(view, columns, row, cells)
        if band and not _may_continue(view, columns, body, row, cells[0]):
            push_heading(body, cells[0])
        else:
            _parse_row(view, columns, body, row, cells)


def _questions_alone(
    view: GridView, columns: tuple[ChecklistColumn, ...], top: int, bottom: int
) -> frozenset[int]:
    """The rows that hold a question and nothing else, where that is how questions stand in the list."""
    alone = [row for row in range(top, bottom) if _is_question_alone(columns, view.starting(row))]
    if not alone:
        return frozenset()
    questions = sum(any(_asks(columns, cell) for cell in view.starting(row)) for row in range(top, bottom))
    return questions_without_answers(alone, questions - len(alone))


def _is_question_alone(columns: tuple[ChecklistColumn, ...], cells: Sequence[Cell]) -> bool:
    return len(cells) == 1 and _touched(columns, cells[0]) == 1 and _asks(columns, cells[0])


def _asks(columns: tuple[ChecklistColumn, ...], cell: Cell) -> bool:
    """Whether a cell stands in a column of questions."""
    index = _column_of(columns, cell)
    return index is not None and columns[index].role == Role.REQUIREMENT


def _column_of(columns: tuple[ChecklistColumn, ...], cell: Cell) -> int | None:
    """The column that a cell stands in: the one it shares most grid columns with.

    A cell over the marks of parts and the questions beside them is the question that has the parts.
    """
    best, shared = None, 0
    for index, column in enumerate(columns):
        overlap = min(cell.end_col, column.end) - max(cell.col, column.start)
        if overlap > shared:
            best, shared = index, overlap
    if best is not None and best + 1 < len(columns) and columns[best].role == Role.SUB_ITEM:
        behind = columns[best + 1]
        if behind.role == Role.REQUIREMENT and cell.end_col >= behind.end:
            return best + 1
    return best


def _touched(columns: tuple[ChecklistColumn, ...], cell: Cell) -> int:
    """How many columns a cell stands over."""
    return sum(min(cell.end_col, c.end) > max(cell.col, c.start) for c in columns)


def _is_band(view: GridView, columns: tuple[ChecklistColumn, ...], row: int, cells: list[Cell]) -> bool:
    """A row with one filled cell that is wide, or stands where a number should, is a heading or a note."""
    if len(cells) != 1:
        return False
    cell = cells[0]
    index = _column_of(columns, cell)
    covered = [
        view.at(row, column.start)
        for column in columns
        if column.role in _ANSWERING or column.role == Role.NUMBER
    ]
    if any(
        cover is not None and cover is not cell and cover.row < row and cover.text.strip()
        for cover in covered
    ):
        return False
    if _touched(columns, cell) >= max(2, len(columns) * 0.6) or index is None:
        return index is not None or is_note(cell.text)
    return _is_heading_in(columns, columns[index].role, cell)


def _is_heading_in(columns: tuple[ChecklistColumn, ...], role: Role, cell: Cell) -> bool:
    """Whether a cell alone in its row heads the rows below, by the column that it stands in."""
    if role in {Role.SECTION, Role.CATEGORY}:
        return True
    if role == Role.NUMBER:
        return not is_item_number(cell.text)
    numbered = any(column.role == Role.NUMBER for column in columns)
    short = len(cell.text) <= 40 if numbered else is_framed(cell.text)
    return role in {Role.ITEM, Role.REQUIREMENT} and (short or (numbered and is_note(cell.text)))


def _may_continue(
    view: GridView, columns: tuple[ChecklistColumn, ...], body: ParsedRows, row: int, cell: Cell
) -> bool:
    """The first row of a page with a text under the question may be the rest of a question cut by the page end."""
    if not body.drafts or body.headings.fresh:
        return False
    last = body.drafts[-1]
    index = _column_of(columns, cell)
    if index is None or columns[index].role not in QUESTION_ROLES:
        return False
    if not any(last.row < start <= row for start in view.grid.page_starts):
        return last.row == row - 1 and continues(last.text(index), cell.text)
    if _touched(columns, cell) > 1:
        return False  # a question stands in its own column, however many grid columns that spans
    before = last.text(index).strip()
    return bool(before) and not before.endswith(("。", "こと", "か", "？", "?"))


def push_heading(body: ParsedRows, cell: Cell) -> None:
    """Headings wait until an item follows; what never gets one is left over."""
    if is_note(cell.text):
        body.leftovers.append(Leftover(cell.text, cell.location, UnusedReason.NOTE))
        return
    body.headings = body.headings.push(cell.text)
    body.pending.append(cell)


def _parse_row(
    view: GridView, columns: tuple[ChecklistColumn, ...], body: ParsedRows, row: int, cells: list[Cell]
) -> None:
    draft = _build_draft(view, columns, body, row, cells)
    reason = _no_item_reason(columns, draft)
    if reason:
        body.leftovers.extend(Leftover(cell.text, cell.location, reason) for cell in cells)
        return
    draft = replace(draft, cells=fill_from_earlier_rounds(columns, draft.cells))
    used = {index for index in draft.own_columns if _is_used(columns, index, draft)}
    for cell in cells:
        index = _column_of(columns, cell)
        if index in used and draft.cells.get(index) is cell:
            body.used.add((cell.row, cell.col))
            body.fields.append(Field(cell.location, columns[index].role, index))
        else:
            body.leftovers.append(Leftover(cell.text, cell.location, _unused_reason(columns, index)))
    body.used |= {(cell.row, cell.col) for cell in body.pending}
    body.fields += [Field(cell.location, FieldRole.HEADING) for cell in body.pending]
    body.pending.clear()
    body.headings = body.headings.settled()
    body.drafts.append(draft)


def _is_used(columns: tuple[ChecklistColumn, ...], index: int, draft: Draft) -> bool:
    """Whether a field takes the cell: ignored columns go into none, nor does a grade that is no level (高)."""
    column, cell = columns[index], draft.cells[index]
    if column.role == Role.LEVEL:
        return is_understood(cell.text, column.label)
    if column.role == Role.EARLIER_ANSWER:
        return any(draft.cells.get(i) is cell for i, c in enumerate(columns) if c.role == Role.ANSWER)
    return column.role not in {Role.IGNORE, Role.EXAMPLE, Role.OTHER_ANSWER, Role.VERDICT}


def _unused_reason(columns: tuple[ChecklistColumn, ...], index: int | None) -> UnusedReason:
    if index is None:
        return UnusedReason.OUTSIDE_COLUMNS
    reasons = {
        Role.EXAMPLE: UnusedReason.EXAMPLE_COLUMN,
        Role.OTHER_ANSWER: UnusedReason.OTHER_ANSWER_COLUMN,
        Role.EARLIER_ANSWER: UnusedReason.EARLIER_ANSWER,
        Role.VERDICT: UnusedReason.VERDICT,
    }
    return reasons.get(columns[index].role, UnusedReason.UNUSED_COLUMN)


def _build_draft(
    view: GridView, columns: tuple[ChecklistColumn, ...], body: ParsedRows, row: int, cells: list[Cell]
) -> Draft:
    cells_of_column: dict[int, Cell] = {}
    own_columns: set[int] = set()
    for cell in cells:
        index = _column_of(columns, cell)
        if index is not None and index not in own_columns:
            cells_of_column[index] = cell
            own_columns.add(index)
    for index, column in enumerate(columns):
        above = view.within(row, column.start, column.end)
        if (
            index not in cells_of_column
            and above is not None
            and above.row <= row
            and _column_of(columns, above) == index
        ):
            cells_of_column[index] = above
    filled_down = _fill_down(columns, body, cells_of_column, own_columns)
    return Draft(row, cells_of_column, frozenset(own_columns), filled_down, body.headings.texts)


def _fill_down(
    columns: tuple[ChecklistColumn, ...],
    body: ParsedRows,
    cells_of_column: dict[int, Cell],
    own_columns: set[int],
) -> dict[int, str]:
    """Category and item names left blank after their first row go on until an outer one changes."""
    if not body.drafts or body.headings.fresh:
        return {}
    last = body.drafts[-1]
    filled_down: dict[int, str] = {}
    for index, column in enumerate(columns):
        if column.role not in _FILLED_DOWN:
            continue
        if index in cells_of_column and cells_of_column[index].text.strip():
            if index in own_columns:
                break
            continue
        if last.text(index):
            filled_down[index] = last.text(index)
    return filled_down


def _no_item_reason(columns: tuple[ChecklistColumn, ...], draft: Draft) -> UnusedReason | None:
    """Why a row is no item: the form's own example, a total, a number with nothing beside it."""
    by_role = {columns[index].role: draft.cells[index].text for index in draft.own_columns}
    number = by_role.get(Role.NUMBER, "")
    if any(is_example(c.text) for i, c in draft.cells.items() if columns[i].role in _NAMING):
        return UnusedReason.EXAMPLE_ROW
    numbered = any(column.role == Role.NUMBER for column in columns)
    if numbered and not number and is_label(by_role.get(Role.REQUIREMENT, "")):
        return UnusedReason.NOTE
    leading = [i for i in sorted(draft.own_columns) if columns[i].role in _SPANNING]
    for index in leading:
        other_texts = [draft.cells[i].text for i in draft.own_columns if i != index]
        if not is_item_number(number) and is_total(draft.cells[index].text, other_texts):
            return UnusedReason.TOTAL_ROW
    filled = {columns[index].role for index in draft.own_columns} - {Role.IGNORE, Role.EXAMPLE, Role.VERDICT}
    if not filled or filled == {Role.NUMBER}:
        covered = any(columns[i].role == Role.REQUIREMENT and c.text.strip() for i, c in draft.cells.items())
        return None if covered and filled else UnusedReason.NOTHING_ASKED
    return None
