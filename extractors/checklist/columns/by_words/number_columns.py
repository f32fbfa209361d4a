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
        )
    ]
    finest = max(counting, key=lambda index: profiles[index].filled, default=None)
    return [replace(c, role=Role.NUMBER, guessed=True) if i == finest else c for i, c in enumerate(columns)]
