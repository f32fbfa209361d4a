"""Detects conflicting answer columns: of one name and one respondent.

Columns in; the rows out in which they say different things.
Nothing on such a sheet tells which of the two counts: the older may be a column that is hidden in the program that
opens the file, and kinds of files that do not tell so are read too. A mark under `対象外` beside an answer says something
else, too: the row is answered, and it is not asked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from extractors.checklist.model import ChecklistColumn, Respondent, Role
from extractors.checklist.rows.parse import Draft
from extractors.checklist.terms.column_names import column_name_words, contains_word
from normalizers.text import Shape, fold, shape_of

ANSWER_COLUMNS_DIFFER = "answer_columns_differ"  # the doubt, and the rule by which its rows are unclear
_LONGEST_NAME = 12  # characters of a name that says no more than that a row is not asked
# Share of the rows that a mark excludes at most: where it stands in all, it means something else.
_SPARSE = 0.5
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


def excluding_columns(drafts: Sequence[Draft], columns: Sequence[ChecklistColumn]) -> tuple[int, ...]:
    """The columns under a name like `対象外` in which a mark takes a row out of what is asked; answers are none of them."""
    words = column_name_words()["exclusions"]["words"]
    return tuple(
        index
        for index, column in enumerate(columns)
        if column.role == Role.IGNORE
        and len(column.label.strip()) <= _LONGEST_NAME
        and contains_word(column.label, words)
        and sum(_marked(draft, index) for draft in drafts) <= _SPARSE * len(drafts)
    )


def is_excluded(draft: Draft, excluding: Sequence[int]) -> bool:
    """Whether a mark takes this row out of what is asked."""
    return any(_marked(draft, index) for index in excluding)


def _marked(draft: Draft, index: int) -> bool:
    return shape_of(draft.text(index)) not in {None, Shape.DASH}
