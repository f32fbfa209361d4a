"""Rows with their results in, the results out, `unclear` for a short text that no rule knows in a column of yes and no.

Where nearly all cells of a column are marks or known answer words, a short text that judges (`禁止`, `不要`,
`本社のみ`) and that no rule knows is a notation that is not known: `unclear`, shown with the line that makes it known, and not
`value`. Names and times (`東京都`, `随時`) and whatever answers a question for a place or a name stay what they are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from normalizers.answers.model import AnswerResult, AnswerValue
from normalizers.answers.question import asks_for_text, judges
from normalizers.responses.row import ResponseRow

RULE = "judgements:unknown"
_NEARLY_ALL = 0.8
_FEWEST = 5
_SHORT = 12
_TEXT = "sentence:text"
_NO_YES_OR_NO = {AnswerValue.VALUE, AnswerValue.UNCLEAR, AnswerValue.UNANSWERED}


def apply_yes_no_columns(rows: Sequence[ResponseRow], results: Sequence[AnswerResult]) -> list[AnswerResult]:
    """The results in their order, each column (respondent) by itself."""
    respondents = _respondents_of_yes_no_columns(rows, results)
    return [
        AnswerResult(AnswerValue.UNCLEAR, RULE)
        if row.respondent in respondents and _is_scrap(row, result)
        else result
        for row, result in zip(rows, results, strict=True)
    ]


def _respondents_of_yes_no_columns(rows: Sequence[ResponseRow], results: Sequence[AnswerResult]) -> set[str]:
    filled: dict[str, list[bool]] = defaultdict(list)
    for row, result in zip(rows, results, strict=True):
        if row.answer.strip() and result.answer != AnswerValue.UNANSWERED:
            filled[row.respondent].append(result.answer not in _NO_YES_OR_NO)
    return {
        respondent
        for respondent, is_yes_or_no in filled.items()
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
