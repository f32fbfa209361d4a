"""Rows with their readings in, the readings in the light of their column out: between judgements a scrap is no answer.

Where nearly all cells of a column are judgements (marks, known answer words), a short text that judges (`禁止`, `不要`,
`本社のみ`) and that no rule knows is a notation that is not known: `unclear`, told with the line that makes it known, and not
`value`. Names and times (`東京都`, `随時`) and whatever answers a question for a place or a name stay what they are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from extractors.checklist.model import ItemRow
from normalizers.answers.model import Reading
from normalizers.answers.question import asks_for_text, judges

RULE = "judgements:unknown"
_NEARLY_ALL = 0.8
_FEWEST = 5
_SHORT = 12
_TEXT = "sentence:text"
_NO_JUDGEMENTS = {"value", "unclear", "unanswered"}


def with_judgements(rows: Sequence[ItemRow], readings: Sequence[Reading]) -> list[Reading]:
    """The readings in their order, each column (respondent) by itself."""
    judged = _columns_of_judgements(rows, readings)
    return [
        Reading("unclear", RULE) if row.respondent in judged and _is_scrap(row, reading) else reading
        for row, reading in zip(rows, readings, strict=True)
    ]


def _columns_of_judgements(rows: Sequence[ItemRow], readings: Sequence[Reading]) -> set[str]:
    filled: dict[str, list[bool]] = defaultdict(list)
    for row, reading in zip(rows, readings, strict=True):
        if row.answer.strip() and reading.answer != "unanswered":
            filled[row.respondent].append(reading.answer not in _NO_JUDGEMENTS)
    return {
        respondent
        for respondent, told in filled.items()
        if len(told) >= _FEWEST and sum(told) >= _NEARLY_ALL * len(told)
    }


def _is_scrap(row: ItemRow, reading: Reading) -> bool:
    short = reading.rule == _TEXT and len(row.answer.strip()) <= _SHORT
    return (
        short
        and not row.unit
        and judges(row.answer.strip())
        and not asks_for_text(row.requirement or row.item or "")
    )
