"""Merges questions that go on in the row below, and attaches sub-items to the question that they are parts of.

Drafts in; drafts out. `1 次の対策を講じること。` without an answer and `(a) …` with one below: the number is the
parent's, its question heads the parts, and the parent asks nothing by itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.checklist.model import ANSWER_ROLES, QUESTION_ROLES, ChecklistColumn, Role
from extractors.checklist.rows.parse import Draft
from extractors.checklist.terms.continuation import begins_sub_item, continues, is_complete_sentence
from normalizers.text import fold

_NAME = 30
_SEPARATOR = re.compile(r"[-‐‑–—−－ー．.、]")
_RULE = 0.6  # share of questions that end with a full stop where that is the rule
_TEXTS = {*QUESTION_ROLES, Role.REMARKS}


def merge_overflow(
    drafts: Sequence[Draft], columns: tuple[ChecklistColumn, ...], page_starts: Sequence[int] = ()
) -> list[Draft]:
    """Rows that hold nothing but the rest of an unfinished text of the row above, on the same page, joined with it."""
    joined: list[Draft] = []
    stopped = _ends_with_stops(drafts, columns)
    for draft in drafts:
        last = joined[-1] if joined and draft.row not in page_starts else None
        if last is not None and draft.row == _end_row(last) and _is_rest(last, draft, columns, stopped):
            joined[-1] = _merge_rest(last, draft)
        elif last is not None and _shares_answer(last, draft, columns):
            joined[-1] = _merge_rest(last, draft, "\n")
        else:
            joined.append(draft)
    return joined


def _ends_with_stops(drafts: Sequence[Draft], columns: tuple[ChecklistColumn, ...]) -> bool:
    """Whether the questions of a list end with a full stop as a rule: one that does not is unfinished."""
    texts = [text for draft in drafts if (text := _own_text(draft, columns, Role.REQUIREMENT))]
    return sum(text.endswith("。") for text in texts) >= _RULE * max(len(texts), 1)


def _end_row(draft: Draft) -> int:
    return (
        max(draft.cells[index].end_row for index in draft.own_columns) if draft.own_columns else draft.row + 1
    )


def _is_rest(last: Draft, draft: Draft, columns: tuple[ChecklistColumn, ...], stopped: bool) -> bool:
    """Whether the own cells of a row go on with the texts above them, of which the question stops in the middle."""
    roles = {columns[index].role for index in draft.own_columns}
    if not roles & QUESTION_ROLES or not roles <= _TEXTS:
        return False
    questions = [index for index in draft.own_columns if columns[index].role in QUESTION_ROLES]
    if stopped and all(_unstopped(last.text(i), draft.text(i)) for i in questions):
        return True
    return all(continues(last.text(index), draft.text(index)) for index in draft.own_columns)


def _unstopped(before: str, after: str) -> bool:
    """Whether a text lacks the full stop that the one below it brings."""
    first, second = before.strip(), after.strip()
    return bool(first) and not first.endswith("。") and second.endswith("。") and not begins_sub_item(second)


def _shares_answer(last: Draft, draft: Draft, columns: tuple[ChecklistColumn, ...]) -> bool:
    """Whether one answer is merged over the lines of a question that each have a cell of their own, in a list without numbers.

    A line that ends a sentence is a question of its own: several are then answered at once.
    """
    answers = [index for index, column in enumerate(columns) if column.role in ANSWER_ROLES]
    shared = [
        index for index in answers if index in last.cells and draft.cells.get(index) is last.cells[index]
    ]
    roles = {columns[index].role for index in draft.own_columns}
    if any(column.role == Role.NUMBER for column in columns) or roles != {Role.REQUIREMENT} or not shared:
        return False
    if any(
        index not in last.own_columns or last.cells[index].end_row != draft.row for index in draft.own_columns
    ):
        return False
    before = _own_text(last, columns, Role.REQUIREMENT)
    stops = is_complete_sentence(before) and not before.endswith((":", "："))
    return len(shared) == len(answers) and bool(before) and not stops


def _merge_rest(last: Draft, draft: Draft, between: str = "") -> Draft:
    cells = dict(last.cells)
    for index in draft.own_columns:
        below = draft.cells[index]
        cells[index] = replace(
            cells[index],
            text=cells[index].text + between + below.text,
            row_span=below.end_row - cells[index].row,
        )
    return replace(last, cells=cells)


def apply_numbered_headings(drafts: Sequence[Draft], columns: tuple[ChecklistColumn, ...]) -> list[Draft]:
    """`1 基本方針` without an answer before `1.1` and `1.2`: a heading of these that asks nothing by itself."""
    result: list[Draft] = []
    over: dict[str, str] = {}
    for index, draft in enumerate(drafts):
        number = _normalize_number(_own_text(draft, columns, Role.NUMBER))
        following = drafts[index + 1] if index + 1 < len(drafts) else None
        if following is not None and _is_numbered_heading(draft, number, following, columns):
            over = {n: text for n, text in over.items() if number.startswith(n + ".")}
            over[number] = _own_text(draft, columns, Role.REQUIREMENT)
            continue
        own = tuple(text for n, text in over.items() if number.startswith(n + "."))
        result.append(replace(draft, headings=(*draft.headings, *own)) if own else draft)
    return result


def _is_numbered_heading(
    draft: Draft, number: str, following: Draft, columns: tuple[ChecklistColumn, ...]
) -> bool:
    """Whether a row holds a number and a name only, and the number of the row below begins with it."""
    roles = {columns[index].role for index in draft.own_columns if draft.cells[index].text.strip()}
    name = _own_text(draft, columns, Role.REQUIREMENT)
    below = _normalize_number(_own_text(following, columns, Role.NUMBER))
    has_short_name = bool(name) and len(name) <= _NAME and not is_complete_sentence(name)
    return (
        roles == {Role.NUMBER, Role.REQUIREMENT}
        and has_short_name
        and bool(number)
        and below.startswith(number + ".")
    )


def _normalize_number(number: str) -> str:
    return _SEPARATOR.sub(".", fold(number)).strip(".")


def attach_sub_items(drafts: Sequence[Draft], columns: tuple[ChecklistColumn, ...]) -> list[Draft]:
    """Rows without a number of their own that ask something, with the number of the question that they are parts of."""
    if not any(column.role == Role.NUMBER for column in columns):
        return list(drafts)
    result: list[Draft] = []
    parent: Draft | None = None
    for draft in drafts:
        if _own_text(draft, columns, Role.NUMBER):
            parent = draft
            result.append(draft)
        elif parent is not None and _is_part(parent, draft, columns):
            if result and result[-1] is parent and not _answered(parent, columns):
                result.pop()
            result.append(_attach(parent, draft, columns))
        else:
            result.append(draft)
    return result


def _is_part(parent: Draft, draft: Draft, columns: tuple[ChecklistColumn, ...]) -> bool:
    """Whether a row asks a part of its parent: by its mark, or because it has the answer that the parent has not."""
    question = _own_text(draft, columns, Role.REQUIREMENT)
    if not question:
        return False
    marked = bool(_own_text(draft, columns, Role.SUB_ITEM)) or begins_sub_item(question)
    parent_complete = is_complete_sentence(
        "".join(parent.text(i) for i, c in enumerate(columns) if c.role == Role.REQUIREMENT)
    )
    return marked or (parent_complete and not _answered(parent, columns) and _answered(draft, columns))


def _own_text(draft: Draft, columns: tuple[ChecklistColumn, ...], role: Role) -> str:
    return "".join(draft.cells[i].text.strip() for i in sorted(draft.own_columns) if columns[i].role == role)


def _answered(draft: Draft, columns: tuple[ChecklistColumn, ...]) -> bool:
    return any(draft.text(i).strip() for i, c in enumerate(columns) if c.role in ANSWER_ROLES)


def _attach(parent: Draft, draft: Draft, columns: tuple[ChecklistColumn, ...]) -> Draft:
    numbers = {i: parent.text(i) for i, c in enumerate(columns) if c.role == Role.NUMBER and parent.text(i)}
    question = " ".join(parent.text(i).strip() for i, c in enumerate(columns) if c.role == Role.REQUIREMENT)
    headings = draft.headings if _answered(parent, columns) or not question else (*draft.headings, question)
    doubts = (*draft.doubts, "number_carried")
    return replace(draft, filled_down={**draft.filled_down, **numbers}, headings=headings, doubts=doubts)
