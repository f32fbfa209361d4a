"""Rows with their results in, the results out in the light of their columns: of yes and no, or of figures and texts.

Where nearly all cells of a column are marks or known answer words, a short text that judges (`禁止`, `不要`,
`本社のみ`) and that no rule knows is a notation that is not known: `unclear`, shown with the line that makes it known, and not
`value`. Names and times (`東京都`, `随時`) and whatever answers a question for a place or a name stay what they are. Where nearly
all cells are figures and texts, a figure is one of them.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from normalizers.answers.model import AnswerResult, AnswerValue
from normalizers.answers.question import asks_for_text, judges
from normalizers.prose.read_prose import LEARNT
from normalizers.responses.row import Column, ResponseRow

RULE = "judgements:unknown"
_NEARLY_ALL = 0.8
_FEWEST = 5
_SHORT = 12
_FEW = 2
_MOSTLY = 0.8
_FIGURE = re.compile(r"[0-9０-９一二三四五六七八九十毎]")
_TEXT = "sentence:text"
_NO_YES_OR_NO = {AnswerValue.VALUE, AnswerValue.UNCLEAR, AnswerValue.UNANSWERED}


def apply_yes_no_columns(
    rows: Sequence[ResponseRow], columns: Sequence[Column], results: Sequence[AnswerResult]
) -> list[AnswerResult]:
    """The results in their order, each answer column by itself; `columns` holds that of each row."""
    judged = _yes_no_columns(rows, columns, results)
    return [
        AnswerResult(AnswerValue.UNCLEAR, RULE) if column in judged and _is_scrap(row, result) else result
        for row, column, result in zip(rows, columns, results, strict=True)
    ]


def _yes_no_columns(
    rows: Sequence[ResponseRow], columns: Sequence[Column], results: Sequence[AnswerResult]
) -> set[Column]:
    filled: dict[Column, list[bool]] = defaultdict(list)
    for row, column, result in zip(rows, columns, results, strict=True):
        if row.answer.strip() and result.answer != AnswerValue.UNANSWERED:
            filled[column].append(result.answer not in _NO_YES_OR_NO)
    return {
        column
        for column, is_yes_or_no in filled.items()
        if len(is_yes_or_no) >= _FEWEST and sum(is_yes_or_no) >= _NEARLY_ALL * len(is_yes_or_no)
    }


def _is_scrap(row: ResponseRow, result: AnswerResult) -> bool:
    short = result.rule == _TEXT and len(row.answer.strip()) <= _SHORT
    return (
        short
        and not row.unit
        and judges(row.answer.strip())
        and not asks_for_text(row.requirement or row.item or "")
    )


def figures_among_texts(
    rows: Sequence[ResponseRow], columns: Sequence[Column], results: Sequence[AnswerResult]
) -> list[AnswerResult]:
    """Figures that prose makes a doubtful yes are texts in a column of such: `一時間ごと`, `週に一度`, `自動`."""
    doubtful = [
        result.rule == f"{LEARNT}{AnswerValue.YES}"
        and bool(result.caveat)
        and bool(_FIGURE.search(row.answer))
        for row, result in zip(rows, results, strict=True)
    ]
    are_texts = [
        figure or result.answer == AnswerValue.VALUE for figure, result in zip(doubtful, results, strict=True)
    ]
    texts = Counter(column for column, is_text in zip(columns, are_texts, strict=True) if is_text)
    filled = Counter(column for column, row in zip(columns, rows, strict=True) if row.answer.strip())
    return [
        replace(result, answer=AnswerValue.VALUE, rule="quantity:among_texts", caveat="")
        if figure and texts[column] > max(_FEW, _MOSTLY * filled[column])
        else result
        for figure, column, result in zip(doubtful, columns, results, strict=True)
    ]
