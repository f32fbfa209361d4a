"""Rows with their results in, the results in the light of their remarks out: a remark may take a yes back.

A marked yes whose remark plainly denies the asked thing is never stored as a yes: `○` beside `未実装です` is `unclear`; it is
`planned`, `conditional` or `partial` where the remark says so, and stays a yes with a caveat where it may limit it
(normalizers/remarks/beside_yes.py). A no is never turned by a remark.
A remark that several respondents share may speak of the one who said no: the others keep their answer.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from normalizers.answers.inline_remark import remark_behind
from normalizers.answers.model import AnswerResult, AnswerValue
from normalizers.remarks.beside_yes import judge_remark
from normalizers.responses.row import ResponseRow
from normalizers.text import UNREAD, without_invisible
from normalizers.values.dates import first_date

RULE = "remark:"
_TAKEN_BACK = {f"{RULE}{AnswerValue.UNCLEAR}", f"{RULE}{AnswerValue.PLANNED}"}


def apply_remarks(
    rows: Sequence[ResponseRow], results: Sequence[AnswerResult], sheet: dt.date | None = None
) -> list[AnswerResult]:
    """The results in their order; `sheet` is the document's date. The rule of a turned one is `remark:` and its answer."""
    shared = _answers_beside_a_remark(rows, results)
    return [
        _apply_remark(row, result, sheet)
        if result.answer == AnswerValue.YES and shared[_key(row)] <= {AnswerValue.YES}
        else result
        for row, result in zip(rows, results, strict=True)
    ]


def is_taken_back(result: AnswerResult) -> bool:
    """Whether a remark took the yes back, not only bound it to a plan, an option or a part."""
    return result.rule in _TAKEN_BACK


def _apply_remark(row: ResponseRow, result: AnswerResult, sheet: dt.date | None) -> AnswerResult:
    """A yes in the light of the remark beside it and of the one inside its cell; the first that changes it decides.

    A remark with characters that could not be read may limit the yes: it is a caveat. What stands behind the mark was weighed
    when the cell was read (inline_remark.py) and turned nothing: whatever else it says is a caveat too.
    """
    question = row.requirement or row.item or ""
    remarks = [remark for remark in dict.fromkeys((row.remarks, result.remark)) if remark]
    judgements = [judge_remark(remark, question, sheet) for remark in remarks]
    for remark, judgement in zip(remarks, judgements, strict=True):
        if judgement.answer is not None:
            return _change(result, judgement.answer, remark)
    caveats = [judgement.caveat for judgement in judgements if judgement.caveat]
    if (behind := remark_behind(without_invisible(row.answer), result.rule)) and behind not in remarks:
        judgement = judge_remark(behind, question, sheet)
        caveats += [behind] if judgement.answer is not None or judgement.caveat else []
    caveats = caveats or [remark for remark in remarks if _is_contrary(result, remark)]
    caveat = "\n".join(caveats or [remark for remark in remarks if UNREAD in remark])
    return replace(result, caveat=caveat) if caveat else result


def _is_contrary(result: AnswerResult, remark: str) -> bool:
    """Whether a remark is the other word of the answer's own pair: 無 is "no remarks" beside ○, beside 有 nobody knows."""
    return result.rule == "word:有" and remark.strip() == "無"


def _change(result: AnswerResult, answer: AnswerValue, remark: str) -> AnswerResult:
    planned = answer == AnswerValue.PLANNED
    date = first_date(remark) if planned else None
    return AnswerResult(answer, f"{RULE}{answer}", result.options, result.remark, planned, date)


def _key(row: ResponseRow) -> tuple[str, ...]:
    return (row.item_no, row.sub_item or "", row.requirement, row.item or "", row.remarks)


def _answers_beside_a_remark(
    rows: Sequence[ResponseRow], results: Sequence[AnswerResult]
) -> dict[tuple[str, ...], set[AnswerValue]]:
    """The answers of all respondents that share an item and its remark; blank ones are none."""
    answers: dict[tuple[str, ...], set[AnswerValue]] = defaultdict(set)
    for row, result in zip(rows, results, strict=True):
        if row.remarks and result.answer != AnswerValue.UNANSWERED:
            answers[_key(row)].add(result.answer)
    return answers
