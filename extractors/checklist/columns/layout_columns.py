"""A layout in, a header with its columns out, as the rest of the room reads them; and the key of its form.

What a layout calls `target`, `buyer` or `flag` is no vendor's answer: such columns are left over with a reason. Of
two question columns the one that was chosen asks; the others are names of items where they are shorter. Several
answer columns are answers to the same question: each keeps its name as variant (`現在 | 2年後の目標`).

The key of a form is the same for every copy of it, whoever filled it in: a hash over the folded names of its columns and
the folded texts of its question column, which stand in the blank form already. Answers take no part in it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from extractors.checklist.columns.by_words.roles import assign_groups
from extractors.checklist.columns.layouts import SURE, Layout
from extractors.checklist.columns.names import NAME_ROLES, name_scores
from extractors.checklist.grid_index import GridView
from extractors.checklist.model import ChecklistColumn, Header, Role
from extractors.checklist.terms.column_names import guess_role, is_answers_name
from normalizers.text import fold, is_japanese

_KEY_LENGTH = 16
_FLAG, _CALLED = 2, 0.5  # characters of a mark; chance of a name from which it is an answer's
_ANSWER = NAME_ROLES.index("answer")
_STEP = 2  # digits that the name of a step of a scale has at most
_ROLES = {
    "number": Role.NUMBER,
    "category": Role.CATEGORY,
    "item": Role.ITEM,
    "requirement": Role.REQUIREMENT,
    "answer": Role.ANSWER,
    "choice": Role.CHOICE,
    "remarks": Role.REMARKS,
    "level": Role.LEVEL,
    "unit": Role.UNIT,
    "buyer": Role.VERDICT,
    "example": Role.EXAMPLE,
}


def layout_to_header(view: GridView, layout: Layout) -> Header:
    """The header rows with their columns; without header rows the header is empty and stands at its top."""
    frame = layout.frame
    texts = tuple(fold(cell.text) for row in range(frame.top, frame.bottom) for cell in view.starting(row))
    return Header(frame.top, frame.bottom, _columns(view, layout), texts)


def _columns(view: GridView, layout: Layout) -> tuple[ChecklistColumn, ...]:
    roles = _without_second_part(_with_evidence(_with_scale(layout), layout), layout)
    by_name = _named_answer(layout)
    columns = [
        ChecklistColumn(
            column.start,
            column.end,
            column.label,
            _role(role, column.label),
            guessed=role in {"answer", "choice"} and index != by_name,
            unsure=role in {"answer", "choice"} and layout.p < 1.0 and _is_unsure(view, layout, index),
            choice=column.label.strip() or None if role == "choice" else None,
        )
        for index, (column, role) in enumerate(zip(layout.frame.columns, roles, strict=True))
    ]
    return tuple(
        _with_variants(
            _with_one_number(view, assign_groups(_with_one_question(columns, layout)), layout), layout
        )
    )


def _role(role: str, label: str) -> Role:
    """The role as the room reads it; a date for which something is planned is a remark where its name is known as one."""
    if role == "planned_date":
        guess = guess_role(label)
        return Role.REMARKS if guess is not None and guess.role == Role.REMARKS else Role.IGNORE
    return _ROLES.get(role, Role.IGNORE)


def scale_of(layout: Layout) -> frozenset[int]:
    """The indices of columns called 1, 2, 3: steps of one scale, where there are two or more."""
    labels = [fold(column.label) for column in layout.frame.columns]
    scale = [i for i, label in enumerate(labels) if label.isdecimal() and len(label) <= _STEP]
    return frozenset(scale) if len(scale) > 1 else frozenset()


def _with_scale(layout: Layout) -> list[str]:
    """The roles, where a mark under a step of a scale chooses that step and says no yes."""
    scale = scale_of(layout)
    return [
        "choice" if role == "answer" and index in scale else role for index, role in enumerate(layout.roles)
    ]


def _with_evidence(roles: Sequence[str], layout: Layout) -> list[str]:
    """The roles, where what proves an answer (`証跡`) is the only thing said beside it: then it is the remark."""
    if "remarks" in roles:
        return list(roles)
    right = [role == "evidence" and index > layout.question for index, role in enumerate(roles)]
    return ["remarks" if proves else role for proves, role in zip(right, roles, strict=True)]


def _named_answer(layout: Layout) -> int | None:
    """The answer column where its name says so as it stands and no other column's does: nothing of it is guessed."""
    called = [i for i, column in enumerate(layout.frame.columns) if is_answers_name(column.label)]
    return called[0] if len(called) == 1 and layout.roles[called[0]] == "answer" else None


def _without_second_part(roles: Sequence[str], layout: Layout) -> list[str]:
    """The roles, where a part of the name that the question stands under explains no answer: its bullets, `■ | 質問`."""
    names = [column.names for column in layout.frame.columns]
    shared = {layout.question}
    for step in (-1, 1):
        index = layout.question + step
        while 0 <= index < len(names) and names[index] and names[index] == names[layout.question]:
            shared.add(index)
            index += step
    explains = ("remarks", "evidence")
    return ["ignore" if i in shared and role in explains else role for i, role in enumerate(roles)]


def _is_unsure(view: GridView, layout: Layout, index: int) -> bool:
    """Whether what is taken for an answer is less likely one than not, a step of a scale, or one of flags under one name."""
    if layout.gives(index) < SURE or index in scale_of(layout):
        return True
    if _is_flagged(view, layout, index):
        return True
    flags = [i for i in (index - 1, index + 1) if i in range(len(layout.roles)) and layout.roles[i] == "flag"]
    own = _marks(view, layout, index)
    return any(own and own == _marks(view, layout, flag) for flag in flags)


def _is_flagged(view: GridView, layout: Layout, index: int) -> bool:
    """Whether one mark stands here and there in a column that is not called an answer: it may say which rows are asked."""
    marks = _marks(view, layout, index)
    called = float(name_scores(layout.frame.columns[index].label)[_ANSWER])
    return layout.roles[index] == "answer" and called < _CALLED and any(len(mark) <= _FLAG for mark in marks)


def _marks(view: GridView, layout: Layout, index: int) -> frozenset[str]:
    """What stands in a column, where it is one and the same thing."""
    texts = _texts(view, layout, index)
    return texts if len(texts) == 1 else frozenset()


def _texts(view: GridView, layout: Layout, index: int) -> frozenset[str]:
    """The different texts that stand in a column."""
    column = layout.frame.columns[index]
    cells = (view.within(row, column.start, column.end) for row in layout.frame.rows)
    return frozenset(fold(cell.text) for cell in cells if cell is not None and cell.text.strip())


def _with_one_question(columns: list[ChecklistColumn], layout: Layout) -> list[ChecklistColumn]:
    """Question columns beside the chosen one are the item's name where they stand left of it, else nobody's."""
    question = layout.question
    return [
        replace(column, role=Role.ITEM if index < question else Role.IGNORE)
        if column.role == Role.REQUIREMENT and index != question
        else column
        for index, column in enumerate(columns)
    ]


def _with_one_number(view: GridView, columns: list[ChecklistColumn], layout: Layout) -> list[ChecklistColumn]:
    """Of several columns of numbers the one that tells most rows apart numbers the items: `1 | 1.2 | 1.2.3`."""
    numbers = [index for index, column in enumerate(columns) if column.role == Role.NUMBER]
    finest = max(numbers, key=lambda index: len(_texts(view, layout, index)), default=None)
    return [
        replace(column, role=Role.IGNORE) if index in numbers and index != finest else column
        for index, column in enumerate(columns)
    ]


def _with_variants(columns: list[ChecklistColumn], layout: Layout) -> list[ChecklistColumn]:
    """Several answers to one question are told apart by the names of their columns."""
    answers = [i for i, column in enumerate(columns) if column.role == Role.ANSWER]
    if len(answers) < 2 or any(column.role == Role.CHOICE for column in columns):
        return columns
    names = _variant_names([layout.frame.columns[i].names for i in answers])
    result = list(columns)
    for index, name in zip(answers, names, strict=True):
        result[index] = replace(result[index], variant=name)
    return result


def _variant_names(stacks: Sequence[tuple[str, ...]]) -> list[str]:
    """The innermost names, with the names over them where two are the same."""
    inner = [_on_one_line(names[0]) if names else "" for names in stacks]
    if len(set(inner)) == len(inner):
        return inner
    return [" / ".join(map(_on_one_line, reversed(names))) for names in stacks]


def _on_one_line(name: str) -> str:
    """A name that was wrapped to fit its cell, as it is read."""
    lines = [line for part in name.split("\n") if (line := part.strip())] or [""]
    result = lines[0]
    for line in lines[1:]:
        between = "" if is_japanese(result[-1:]) and is_japanese(line[:1]) else " "
        result += between + line
    return result


def form_key(view: GridView, layout: Layout) -> str:
    """The key of the form that a layout's table is a copy of: 16 hexadecimal digits."""
    column = layout.frame.columns[layout.question]
    cells = (view.within(row, column.start, column.end) for row in layout.frame.rows)
    questions = [fold(cell.text) for cell in cells if cell is not None and cell.text.strip()]
    names = [fold(name) for column in layout.frame.columns for name in column.names]
    return hashlib.sha256("\0".join([*names, "", *questions]).encode()).hexdigest()[:_KEY_LENGTH]
