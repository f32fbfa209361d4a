"""What the labels of records stand for: by the same evidence that reads the columns of any table.

A table made of records in, the role of each of its columns and the chances of question and answer out. `知りたいこと
| お答え | 付け足し` is as good as `質問 | 回答 | 備考` for it. A table that was made has a layout like any other: it can
be proposed to a person, and decided by one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from extractors.checklist.columns.by_words.respondents_variants import judges
from extractors.checklist.columns.evidence import column_figures
from extractors.checklist.columns.frames import Frame, FrameColumn
from extractors.checklist.columns.layout_columns import layout_to_header
from extractors.checklist.columns.layouts import Layout, joint_roles, role_chances
from extractors.checklist.columns.names import NAME_ROLES, name_scores
from extractors.checklist.grid_index import GridView
from extractors.checklist.model import Role
from extractors.checklist.reshape.structures.structure import Structure
from extractors.checklist.terms.column_names import STRONG, guess_role, is_answers_name

_NUMBER, _REQUIREMENT, _ANSWER = (NAME_ROLES.index(name) for name in ("number", "requirement", "answer"))
_CHOICE, _CATEGORY = NAME_ROLES.index("choice"), NAME_ROLES.index("category")
_KNOWN = 0.9  # what a known word for an answer is worth
_CALLED = 0.5  # likeness to known names from which a name is one of them
_HINTED = 0.8  # and a name that holds one
_NAMES = {
    Role.NUMBER: "number", Role.SECTION: "category", Role.CATEGORY: "category", Role.ITEM: "item", Role.SUB_ITEM: "item",
    Role.REQUIREMENT: "requirement", Role.LEVEL: "level", Role.UNIT: "unit", Role.ANSWER: "answer", Role.CHOICE: "choice",
    Role.REMARKS: "remarks", Role.EXAMPLE: "example", Role.VERDICT: "buyer",
}  # fmt: skip
_GIVEN = ("answer", "choice")
Floats = NDArray[np.float64]


def layout_of_structure(view: GridView, structure: Structure) -> Layout:
    """The layout of a structure's table, as evidence would have made it: its roles are those of the header."""
    frame = _frame(view, structure)
    table = role_chances(column_figures(view, frame))
    roles = tuple(_NAMES.get(column.role, "ignore") for column in structure.header.columns)
    return _layout(frame, roles, table, structure.chance)


def with_evident_roles(structure: Structure, counter: int | None, beside: Sequence[int]) -> Structure | None:
    """The structure with the roles that evidence finds for its names, None where nothing asks or nothing is answered.

    `counter` is the column that numbers the records, `beside` are those right of a number without any name: they ask or sort, and
    are never answers. The chance becomes that of the question and of the answer.
    """
    view = GridView(structure.grid)
    frame = _frame(view, structure)
    figures = column_figures(view, frame)
    chances = role_chances(figures)
    for index in beside:
        chances[index, [_ANSWER, _CHOICE]] = 0.0
    if counter is not None:
        chances[counter] = np.eye(len(NAME_ROLES))[_NUMBER]
    for index, column in enumerate(frame.columns):
        hint = _hint(column.label)
        chances[index, _ANSWER] = max(chances[index, _ANSWER], hint)
    roles = joint_roles(chances, figures)
    if roles is None:
        return None
    roles = _called_answers(roles, [column.label for column in frame.columns])
    layout = _layout(frame, roles, chances, structure.chance)
    question = float(chances[layout.question, _REQUIREMENT])
    answered = max(layout.gives(i) for i in layout.answers)
    header = layout_to_header(view, layout)
    columns = tuple(
        replace(column, role=Role.NUMBER) if index == counter else column
        for index, column in enumerate(header.columns)
    )
    return replace(
        structure,
        header=replace(structure.header, columns=columns),
        chance=structure.chance * min(1.0, question) * min(1.0, answered),
    )


def _called_answers(roles: tuple[str, ...], labels: Sequence[str]) -> tuple[str, ...]:
    """Where the name of one answer says that it is one, others that say nothing of the kind are none."""
    called = {
        i for i, role in enumerate(roles) if role in _GIVEN and is_called(labels[i], "answer", "choice")
    }
    given = {i for i in called if not judges(labels[i])}
    called = given or called  # 判定 beside 回答 is what somebody else thinks of it
    # 窓口確認 beside 回答 is what another has done with it
    called = {i for i in called if is_answers_name(labels[i])} or called
    if not called:
        return roles
    return tuple("ignore" if role in _GIVEN and i not in called else role for i, role in enumerate(roles))


def is_called(label: str, *roles: str) -> bool:
    """Whether a name is one of roles (of NAME_ROLES) by itself: a known word, or like the names that are known."""
    guess = guess_role(label)
    if guess is not None and _NAMES.get(guess.role) in roles:
        return True
    return float(sum(name_scores(label)[NAME_ROLES.index(role)] for role in roles)) >= _CALLED


def _hint(label: str) -> float:
    guess = guess_role(label)
    if guess is None or guess.role != Role.ANSWER:
        return 0.0
    return _KNOWN if guess.strength == STRONG else _HINTED


def _frame(view: GridView, structure: Structure) -> Frame:
    header = structure.header
    columns = tuple(
        FrameColumn(c.start, c.end, (c.label,) if c.label.strip() else ()) for c in header.columns
    )
    width = len(columns)
    rows = [row for row in range(header.bottom, structure.bottom) if not _is_heading(view, row, width)]
    return Frame(header.top, header.bottom, structure.bottom, columns, tuple(rows[:30]))


def _is_heading(view: GridView, row: int, width: int) -> bool:
    cells = view.starting(row)
    return not cells or cells[0].col_span >= width


def _layout(frame: Frame, roles: tuple[str, ...], table: Floats, chance: float) -> Layout:
    own = tuple(float(table[i, NAME_ROLES.index(role)]) for i, role in enumerate(roles))
    blank = tuple(False for _ in roles)
    return Layout(frame, roles, own, chance, chance, 0.0, table, blank, np.zeros(len(roles)))
