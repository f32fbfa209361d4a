"""Merges rows cut by a page break, and fills down numbers to the rows under them.

Drafts in; drafts out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.checklist.model import ANSWER_ROLES, ChecklistColumn, Role
from extractors.checklist.rows.parse import Draft
from extractors.grid import Cell
from extractors.location import Location
from normalizers.text import squeeze

_ENDS = ("。", "．", "）", ")", "」", "』", "】", "こと", "か", "か?", "か？")
_BELOW = "joined_over_page_end"
_TEXTS = (Role.REQUIREMENT, Role.ANSWER, Role.REMARKS, Role.ITEM, Role.CATEGORY)


def merge_cut_rows(
    drafts: Sequence[Draft], columns: tuple[ChecklistColumn, ...], page_starts: Sequence[int]
) -> list[Draft]:
    """Join the first row of a page to the last one before it where it is the rest of that row."""
    starts = set(page_starts)
    joined: list[Draft] = []
    seen_row = -1
    for draft in drafts:
        crossed = any(seen_row < start <= draft.row for start in starts)
        if joined and crossed and _continues_row(joined[-1], draft, columns):
            joined[-1] = _join(joined[-1], draft, columns)
        else:
            joined.append(draft)
        seen_row = draft.row
    return joined


def _continues_row(last: Draft, draft: Draft, columns: tuple[ChecklistColumn, ...]) -> bool:
    """Whether `draft` is the rest of `last`: cells cut open, or no number where every item has one."""
    numbers = [index for index, column in enumerate(columns) if column.role == Role.NUMBER]
    own_number = any(index in draft.own_columns for index in numbers)
    last_number = any(last.text(index).strip() for index in numbers)
    same_number = own_number and all(squeeze(draft.text(i)) == squeeze(last.text(i)) for i in numbers)
    open_cells = [index for index, cell in last.cells.items() if cell.open_bottom]
    if open_cells and not _is_merge_only(last, open_cells, columns):
        return not own_number or same_number or not last_number
    if numbers and own_number and not last_number and _asks_nothing_yet(last, columns):
        return _unfinished(last, columns, Role.REQUIREMENT)
    if not numbers or (own_number and not same_number):
        return False
    twice = [
        i
        for i in draft.own_columns & last.own_columns
        if columns[i].role in {Role.ANSWER, Role.CHOICE, Role.LEVEL, Role.UNIT}
    ]
    if twice:
        return same_number and _unfinished(last, columns, Role.ANSWER)
    if any(columns[i].role == Role.REQUIREMENT for i in draft.own_columns) and not same_number:
        return _unfinished(last, columns, Role.REQUIREMENT)
    return bool(draft.own_columns)


def _asks_nothing_yet(last: Draft, columns: tuple[ChecklistColumn, ...]) -> bool:
    """A row without an answer above the page end: number and mark stand in the middle of its part on the next page."""
    answers = [i for i, column in enumerate(columns) if column.role in ANSWER_ROLES]
    return bool(last.own_columns) and not any(last.text(index).strip() for index in answers)


def _is_merge_only(last: Draft, open_cells: list[int], columns: tuple[ChecklistColumn, ...]) -> bool:
    """Only labels are open, or a question merged over several rows whose own answers are closed: the row is whole."""
    labels = {Role.NUMBER, Role.SECTION, Role.CATEGORY, Role.ITEM, Role.SUB_ITEM, Role.IGNORE}
    if all(columns[index].role in labels for index in open_cells):
        return True
    answers = [
        i
        for i, c in enumerate(columns)
        if c.role in {Role.ANSWER, Role.CHOICE, Role.REMARKS} and i in last.cells
    ]
    return bool(answers) and not any(last.cells[index].open_bottom for index in answers)


def _unfinished(draft: Draft, columns: tuple[ChecklistColumn, ...], role: Role) -> bool:
    """Whether the row's text of a role stops in the middle of a sentence."""
    texts = [draft.text(i).strip() for i, c in enumerate(columns) if c.role == role]
    return any(text and not text.endswith(_ENDS) for text in texts)


def _join(last: Draft, draft: Draft, columns: tuple[ChecklistColumn, ...]) -> Draft:
    cells = dict(last.cells)
    for index, cell in draft.cells.items():
        if not cell.text.strip():
            continue
        before = cells.get(index)
        if before is None or not before.text.strip():
            cells[index] = cell
        elif before is not cell and columns[index].role in _TEXTS:
            cells[index] = replace(
                before,
                text=_join_text(before.text, cell.text),
                location=_first_place(before, cell),
                open_bottom=cell.open_bottom,
            )
    for index, cell in draft.cells.items():
        if index in cells and cells[index] is not cell and not cell.open_bottom:
            cells[index] = replace(cells[index], open_bottom=False)
    return replace(
        last, cells=cells, own_columns=last.own_columns | draft.own_columns, doubts=(*last.doubts, _BELOW)
    )


def _join_text(before: str, after: str) -> str:
    """The text of both parts; a line that the page end cut in two is printed on both pages and kept once."""
    first, second = before.rstrip("\n"), after.lstrip("\n")
    if squeeze(first) == squeeze(second):
        return first
    for size in range(min(len(first), len(second), 400), 3, -1):
        if first.endswith(second[:size]) and ("\n" not in second[:size] or size > 20):
            return first + second[size:]
    joint = "" if not first or not second else _joint(first, second)
    return first + joint + second


def _joint(first: str, second: str) -> str:
    """A new line where the first part ends a sentence or the second begins a bullet, else nothing."""
    breaks = first.endswith(("。", "：", ":")) or second[0] in "・※■□◆●○①②③④⑤【＜（(　"
    return "\n" if breaks else ""


def _first_place(before: Cell, after: Cell) -> Location:
    """The place of the first part; where it has none, of the second."""
    return before.location if before.text.strip() else after.location


def fill_down_numbers(
    drafts: Sequence[Draft], columns: tuple[ChecklistColumn, ...], page_starts: Sequence[int] = ()
) -> list[Draft]:
    """Rows without a number and without a question of their own belong to the item above them.

    Where the page end cuts merged cells that are still blank, their text stands in the part on the next page.
    """
    drafts = _fill_from_next_page(drafts, columns, set(page_starts))
    keys = [index for index, column in enumerate(columns) if column.role in {Role.NUMBER, Role.REQUIREMENT}]
    numbered = any(column.role == Role.NUMBER for column in columns)
    result: list[Draft] = []
    for draft in drafts:
        orphan = bool(result) and numbered and not any(draft.text(index).strip() for index in keys)
        if orphan and _only_remarks(draft, columns) and result[-1].row == draft.row - 1:
            result[-1] = _add_remarks(result[-1], draft)
        elif orphan:
            result.append(_fill_from_item(result[-1], draft, columns))
        else:
            result.append(draft)
    return result


def _fill_from_next_page(
    drafts: Sequence[Draft], columns: tuple[ChecklistColumn, ...], starts: set[int]
) -> list[Draft]:
    """Drafts whose number and question are blank and cut open take them from the first row of the next page."""
    keys = [index for index, column in enumerate(columns) if column.role in {Role.NUMBER, Role.REQUIREMENT}]
    result = list(drafts)
    for index in range(len(result) - 2, -1, -1):
        draft, after = result[index], result[index + 1]
        crosses = any(draft.row < start <= after.row for start in starts) or after.doubts[-1:] == (_BELOW,)
        cells = [draft.cells.get(key) for key in keys]
        blank = bool(cells) and all(
            cell is not None and cell.open_bottom and not cell.text.strip() for cell in cells
        )
        if crosses and blank:
            result[index] = replace(_fill_from_item(after, draft, columns), doubts=(*draft.doubts, _BELOW))
    return result


def _fill_from_item(last: Draft, draft: Draft, columns: tuple[ChecklistColumn, ...]) -> Draft:
    """The draft with number and question of the item above it."""
    texts = {i: last.text(i) for i in range(len(columns)) if columns[i].role in _CARRY_ROLES}
    filled = {i: text for i, text in texts.items() if text and not draft.text(i).strip()}
    return replace(
        draft, filled_down={**draft.filled_down, **filled}, doubts=(*draft.doubts, "number_carried")
    )


_CARRY_ROLES = (Role.NUMBER, Role.REQUIREMENT, Role.CATEGORY, Role.ITEM, Role.SECTION, Role.LEVEL, Role.UNIT)


def _only_remarks(draft: Draft, columns: tuple[ChecklistColumn, ...]) -> bool:
    return {columns[index].role for index in draft.own_columns} == {Role.REMARKS}


def _add_remarks(last: Draft, draft: Draft) -> Draft:
    cells = dict(last.cells)
    for index in draft.own_columns:
        before = cells.get(index)
        cell = draft.cells[index]
        if before is None or not before.text.strip():
            cells[index] = cell
        else:
            cells[index] = replace(before, text=f"{before.text}\n{cell.text}")
    return replace(last, cells=cells, own_columns=last.own_columns | draft.own_columns)
