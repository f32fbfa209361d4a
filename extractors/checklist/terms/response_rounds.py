"""Resolves response rounds: of 一次回答 and 二次回答 the last that is filled counts.

Answer columns in; their rounds out, and row by row the cell that counts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.checklist.model import ChecklistColumn, Role
from extractors.grid import Cell
from normalizers.text import fold
from normalizers.vocabulary import load

_NUMBERED = re.compile(r"第?([1-9一二三四五])(?:次|回目?)")
_DIGITS = {digit: number for number, digit in enumerate("一二三四五", 1)}


def last_round(columns: Sequence[ChecklistColumn], indices: Sequence[int]) -> int | None:
    """Of answer columns that one respondent fills, the one of the last round; None where their names tell no rounds."""
    rounds = {index: round_of(columns[index].label) for index in indices}
    if len(set(rounds.values())) < len(rounds) or max(rounds.values()) < 2:
        return None
    return max(rounds, key=lambda index: rounds[index])


def round_of(label: str) -> int:
    """The round that a name tells, from 1; the first where it tells none."""
    key = fold(label)
    numbered = _NUMBERED.search(key)
    if numbered:
        digit = numbered.group(1)
        return _DIGITS.get(digit) or int(digit)
    entries: list[str] = load("extractors.checklist.columns.by_words", "answer_columns.toml")["asked"][
        "again"
    ]
    return 2 if any(fold(word) in key for word in entries) else 1


def fill_from_earlier_rounds(columns: Sequence[ChecklistColumn], cells: dict[int, Cell]) -> dict[int, Cell]:
    """The cells of a row; where the last round is blank, the answer of the round before it stands in its place."""
    result = dict(cells)
    for index, column in enumerate(columns):
        cell = result.get(index)
        if column.role != Role.ANSWER or (cell is not None and cell.text.strip()):
            continue
        filled = [
            cells[i]
            for i, c in enumerate(columns)
            if c.role == Role.EARLIER_ANSWER
            and c.respondent == column.respondent
            and i in cells
            and cells[i].text.strip()
        ]
        if filled:
            result[index] = filled[-1]
    return result


def mark_earlier_rounds(
    columns: Sequence[ChecklistColumn], indices: Sequence[int], last: int
) -> list[ChecklistColumn]:
    """The columns with all of `indices` but the last round told as earlier ones."""
    return [
        replace(c, role=Role.EARLIER_ANSWER) if i in indices and i != last else c
        for i, c in enumerate(columns)
    ]
