"""Detects conflicting answer columns: of one name and one respondent.

Columns in; the rows out in which they say different things.
Nothing on such a sheet tells which of the two counts: the older may be a column that is hidden in the program that
opens the file, and kinds of files that do not tell so are read too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from extractors.checklist.model import ChecklistColumn, Respondent, Role
from extractors.checklist.rows.parse import Draft
from normalizers.text import fold

ANSWER_COLUMNS_DIFFER = "answer_columns_differ"  # the doubt, and the rule by which its rows are unclear
_FULL = 0.5  # of the cells of the answer column: how many a rival has at least


def conflicting_columns(
    drafts: Sequence[Draft], columns: Sequence[ChecklistColumn]
) -> dict[int, tuple[int, ...]]:
    """Index of each answer column → the columns of its name and respondent that were not taken and are as full.

    A column with the few cells of a legend beside the list (`判定 | 判定の基準`) is no rival.
    """
    count = [sum(bool(draft.text(index).strip()) for draft in drafts) for index in range(len(columns))]
    conflicts = {}
    for index, column in enumerate(columns):
        indices = tuple(
            i
            for i, candidate in enumerate(columns)
            if candidate.role == Role.OTHER_ANSWER
            and _same_name(candidate, column)
            and count[i]
            and count[i] >= _FULL * count[index]
        )
        if column.role == Role.ANSWER and indices:
            conflicts[index] = indices
    return conflicts


def _same_name(first: ChecklistColumn, second: ChecklistColumn) -> bool:
    same = (first.respondent or Respondent.PROVIDER) == (second.respondent or Respondent.PROVIDER)
    return same and bool(fold(first.label)) and fold(first.label) == fold(second.label)


def answers_conflict(draft: Draft, index: int, conflicts: Mapping[int, Sequence[int]]) -> bool:
    """Whether a column of the same name says something else than the answer column `index` in this row."""
    return any(
        fold(draft.text(index_of_other)) != fold(draft.text(index))
        for index_of_other in conflicts.get(index, ())
    )
