"""Columns with what stands in them in, the same columns out with the one that numbers the items, where no name says which."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.checklist.columns.profile import Profile
from extractors.checklist.model import ChecklistColumn, Role

_MIN_ROWS = 3
_NUMBERS = 0.7  # share of the cells of a column of numbers that are numbers


def assign_numbers(columns: list[ChecklistColumn], profiles: Sequence[Profile]) -> list[ChecklistColumn]:
    """Where no header says No., the column of numbers left of the first text that fills most rows, of equal ones the leftmost.

    `要件 | 質問` over `2.2.1 | …`: the name of a question over numbers names them, where another column asks.
    """
    if any(column.role == Role.NUMBER for column in columns):
        return columns
    numbers = [p.filled >= _MIN_ROWS and p.numbers >= _NUMBERS for p in profiles]
    asking = {i for i, column in enumerate(columns) if column.role == Role.REQUIREMENT}
    ends = {Role.REQUIREMENT, Role.ANSWER, Role.CHOICE}
    texts = (i for i, column in enumerate(columns) if column.role in ends and not numbers[i])
    counting = [
        index
        for index in range(next(texts, len(columns)))
        if numbers[index]
        and (
            columns[index].role in {Role.UNKNOWN, Role.CATEGORY, Role.ITEM}
            or (index in asking and len(asking) > 1)
            or _names_section(columns[index], profiles[index])
        )
    ]
    finest = max(counting, key=lambda index: profiles[index].filled, default=None)
    return [replace(c, role=Role.NUMBER, guessed=True) if i == finest else c for i, c in enumerate(columns)]


def _names_section(column: ChecklistColumn, profile: Profile) -> bool:
    """Whether the name over numbers, all different, is rather that of a section: `運用 | 質問 | 回答` over OP-01, OP-02."""
    return column.role == Role.IGNORE and not profile.hidden and profile.distinct == 1.0
