"""Columns that are called answers in, one a respondent or party out: a second one is remarks, a party's own, or left over."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.checklist.columns.by_words.respondents_variants import (
    answer_column_words,
    have_distinct_variants,
    names_parties,
)
from extractors.checklist.columns.profile import Profile
from extractors.checklist.model import ChecklistColumn, Respondent, Role
from extractors.checklist.terms.column_names import column_name_words, contains_word
from extractors.checklist.terms.response_rounds import last_round, mark_earlier_rounds
from normalizers.text import fold

_MIN_ROWS = 3
_COVERED = 0.6
_HEAD = re.compile(r"[\n(（\[【※]")


def assign_one_per_respondent(
    columns: list[ChecklistColumn], profiles: Sequence[Profile], answers: list[int]
) -> list[ChecklistColumn]:
    """A second answer column of sentences is remarks, one of another party its answer, another is left over."""
    result = list(columns)
    groups: dict[tuple[Respondent, str | None], list[int]] = {}
    for index in answers:
        column = result[index]
        peers = [result[i] for i in answers if result[i].respondent == column.respondent]
        variant = column.variant if have_distinct_variants(peers) else None
        groups.setdefault((column.respondent or Respondent.PROVIDER, variant), []).append(index)
    for (respondent, _), indices in groups.items():
        last = last_round(result, indices)
        if last is not None:
            result = mark_earlier_rounds(result, indices, last)
            continue
        if len(indices) > 1 and _are_of_parties(result, profiles, indices):
            for index in indices:
                name = " ".join(result[index].label.split())
                result[index] = replace(result[index], respondent=respondent, variant=name)
            continue
        best = max(indices, key=lambda i: (_worth(result[i], profiles[i]), -i))
        for index in indices:
            if index != best:
                wordy = index > best and profiles[index].length > 6 and profiles[index].marks < 0.5
                result[index] = replace(result[index], role=Role.REMARKS if wordy else Role.OTHER_ANSWER)
    return result


def _are_of_parties(
    columns: Sequence[ChecklistColumn], profiles: Sequence[Profile], indices: Sequence[int]
) -> bool:
    """Whether columns of marks under names of parties, of one respondent by the words, are an answer of each."""
    filled = all(profiles[i].filled >= _MIN_ROWS and profiles[i].marks >= _COVERED for i in indices)
    return filled and names_parties([columns[i].label for i in indices])


def _worth(column: ChecklistColumn, profile: Profile) -> float:
    """How plainly a name asks; of equals, filled beats blank (not fuller: a form may be half done), marks sentences."""
    label, head = column.label, fold(head_of(column.label))
    now = contains_word(label, [*column_name_words()["prior"]["now"], *answer_column_words()["asked"]["now"]])
    plain = head.endswith(tuple(answer_column_words()["asked"]["plain"])) and (
        not profile.filled or profile.marks >= 0.5
    )
    return (
        2.0 * now
        - 4.0 * contains_word(label, answer_column_words()["asked"]["later"])
        + 3.0 * plain
        - 1.0 * (head in answer_column_words()["asked"]["weak"])
        + (profile.filled > 0)
        + profile.marks
    )


def head_of(label: str) -> str:
    """A name without what its brackets and further lines add."""
    return _HEAD.split(label.strip(), maxsplit=1)[0].strip() or label.strip()
