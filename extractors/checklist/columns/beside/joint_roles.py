"""The chances of each column's roles in, one role a column out: which column asks, which are answered, and what the others are.

One question column, or several of which one is the longest, and at least one column of answers.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from extractors.checklist.columns.beside.column_relations import ColumnRelations
from extractors.checklist.columns.frames import Frame
from extractors.checklist.columns.names import NAME_ROLES
from extractors.checklist.model import Role
from extractors.checklist.terms.column_names import guess_role, is_answers_name

Floats = NDArray[np.float64]
_REQUIREMENT, _ITEM = NAME_ROLES.index("requirement"), NAME_ROLES.index("item")
_ANSWER, _CHOICE = NAME_ROLES.index("answer"), NAME_ROLES.index("choice")
_NO_ANSWERS = tuple(i for i, role in enumerate(NAME_ROLES) if role not in {"answer", "choice", "requirement"})
_SECOND = 0.8  # chance from which a column is a second answer beside the likeliest
_LEAST = 0.02  # chance below which no column is taken for the answer


def joint_roles_of_chances(
    chances: Floats, length: Floats, alike: Sequence[tuple[int, ...]] = ()
) -> tuple[str, ...] | None:
    """The same from the chances alone; `length` is 1 for the column with the longest texts, `alike` are answered alike."""
    best = [NAME_ROLES[i] for i in chances.argmax(axis=1)]
    if len(best) < 2:
        return None
    ask = chances[:, _REQUIREMENT] + 0.3 * chances[:, _ITEM] + 0.05 * length
    give = chances[:, _ANSWER] + chances[:, _CHOICE]
    together = np.outer(ask, give)
    np.fill_diagonal(together, -np.inf)
    # of several that are as likely the last
    last = together.size - 1 - int(together.ravel()[::-1].argmax())
    question, answer = divmod(last, len(best))
    if give[answer] < _LEAST:
        return None
    if best[answer] not in {"answer", "choice"}:
        best[answer] = "answer" if chances[answer, _ANSWER] >= chances[answer, _CHOICE] else "choice"
    best[question] = "requirement"
    for index, role in enumerate(best):
        if role == "answer" and index != answer and chances[index, _ANSWER] < _SECOND:
            best[index] = NAME_ROLES[max(_NO_ANSWERS, key=lambda i: chances[index, i])]
    for group in alike:
        if answer in group and question not in group:
            for index in group:
                best[index] = best[answer]
    return tuple(_lone_choice(best))


def with_known_answer(frame: Frame, roles: tuple[str, ...], relations: ColumnRelations) -> tuple[str, ...]:
    """The roles where a column that only looks like an answer is none beside one that is known as such.

    `回答 | 窓口確認`: a name is known; `一致/差異 | 対応方針`: a name lists what stands below it, and the other's says remarks.
    """
    answers = [i for i, role in enumerate(roles) if role == "answer"]
    known = {i for i in answers if is_answers_name(frame.columns[i].label)}
    with_known = known.union(*(set(group) for group in relations.alike if known & set(group)))
    groups = {frame.columns[i].names[1:] for i in known} - {()}
    with_known |= {
        i for i in answers if frame.columns[i].names[1:] in groups
    }  # 自己点検: 整備状況 | 運用状況
    result = list(roles)
    for index in answers:
        guess = guess_role(frame.columns[index].label)
        beside_known = bool(known) and index not in with_known and guess is None
        beside_listed = (
            bool(relations.listed & set(answers)) and guess is not None and guess.role != Role.ANSWER
        )
        if beside_known or (beside_listed and index not in relations.listed):
            result[index] = NAME_ROLES[max(_NO_ANSWERS, key=lambda i: relations.chances[index, i])]
    return tuple(result)


def _lone_choice(roles: Sequence[str]) -> list[str]:
    """One column alone is no choice among several: it is an answer."""
    alone = sum(role == "choice" for role in roles) == 1
    return ["answer" if alone and role == "choice" else role for role in roles]
