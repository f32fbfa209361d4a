"""Answer columns of one name and one respondent in, the rows out in which they say different things.

Nothing on such a sheet tells which of the two counts: the older may be a column that is hidden in the program that
opens the file, and kinds of files that do not tell so are read too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from extractors.checklist.body import Draft
from extractors.checklist.shape import Column
from normalizers.text import fold

RIVALS = "answer_columns_differ"
_OTHER = "other_answer"


def rivals_of(drafts: Sequence[Draft], columns: Sequence[Column]) -> dict[int, tuple[int, ...]]:
    """Index of each answer column → the filled columns of its name and respondent that were not taken."""
    filled = [i for i, c in enumerate(columns) if c.role == _OTHER and any(d.text(i).strip() for d in drafts)]
    found = {}
    for index, column in enumerate(columns):
        rivals = tuple(i for i in filled if _alike(columns[i], column))
        if column.role == "answer" and rivals:
            found[index] = rivals
    return found


def _alike(one: Column, other: Column) -> bool:
    same = (one.respondent or "provider") == (other.respondent or "provider")
    return same and bool(fold(one.label)) and fold(one.label) == fold(other.label)


def differ(draft: Draft, index: int, rivals: Mapping[int, Sequence[int]]) -> bool:
    """Whether a column of the same name says something else than the answer column `index` in this row."""
    return any(fold(draft.text(rival)) != fold(draft.text(index)) for rival in rivals.get(index, ()))
