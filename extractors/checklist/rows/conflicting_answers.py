"""Answer columns of one name and one respondent in, the rows out in which they say different things.

Nothing on such a sheet tells which of the two counts: the older may be a column that is hidden in the program that
opens the file, and kinds of files that do not tell so are read too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from extractors.checklist.model import Column
from extractors.checklist.rows.parse import Draft
from normalizers.text import fold

RIVALS = "answer_columns_differ"  # the doubt, and the rule by which its rows are unclear
_OTHER = "other_answer"
_FULL = 0.5  # of the cells of the answer column: how many a rival has at least


def rivals_of(drafts: Sequence[Draft], columns: Sequence[Column]) -> dict[int, tuple[int, ...]]:
    """Index of each answer column → the columns of its name and respondent that were not taken and are as full.

    A column with the few cells of a legend beside the list (`判定 | 判定の基準`) is no rival.
    """
    count = [sum(bool(draft.text(index).strip()) for draft in drafts) for index in range(len(columns))]
    found = {}
    for index, column in enumerate(columns):
        rivals = tuple(
            i
            for i, other in enumerate(columns)
            if other.role == _OTHER
            and _alike(other, column)
            and count[i]
            and count[i] >= _FULL * count[index]
        )
        if column.role == "answer" and rivals:
            found[index] = rivals
    return found


def _alike(one: Column, other: Column) -> bool:
    same = (one.respondent or "provider") == (other.respondent or "provider")
    return same and bool(fold(one.label)) and fold(one.label) == fold(other.label)


def differ(draft: Draft, index: int, rivals: Mapping[int, Sequence[int]]) -> bool:
    """Whether a column of the same name says something else than the answer column `index` in this row."""
    return any(fold(draft.text(rival)) != fold(draft.text(index)) for rival in rivals.get(index, ()))
