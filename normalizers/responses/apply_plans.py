"""Rows with their results in, the results with what they plan out: whether it will be done later, and when.

`×` beside `2026年12月予定` is a no that will change, `▲` whose remark says `令和8年度上期` is planned for the first of April. A
cell that holds nothing but a later date (`2026年10月頃`) beside something to be done is a plan; beside a question when, it is
the answer.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from normalizers.answers.model import AnswerResult, AnswerValue
from normalizers.language.grammar.clause import StatedClause, read_clauses
from normalizers.language.grammar.demand import Way, read_demand
from normalizers.language.grammar.moods import Mood
from normalizers.responses.row import ResponseRow
from normalizers.values.dates import last_known_year
from normalizers.values.periods import first_day

RULE = "plan:date"
_MAY_PLAN = {AnswerValue.NO, AnswerValue.PLANNED, AnswerValue.PARTIAL}
_MAY_BE_DATE = {AnswerValue.VALUE, AnswerValue.UNCLEAR}
_ASKS_WHEN = re.compile(
    r"[年月日]付?$|日時|時期|期限|期間|期日|時点|いつ|有効|年月|設立|更新|開始日|\bdate\b|\bwhen\b|\bsince\b|term|period",
    re.IGNORECASE,
)
_ONLY_DATE = re.compile(
    r"[\d\s年月日度期頃末初旬中内上下春夏秋冬半第四から~〜～\-./,'令和平成RrHhQqFfYy元予定以降にまでを目途目処]+"
)
_LONGEST_DATE = 20
_PROMISES = re.compile(
    r"予定|計画(?!停止|的)|見込|目途|目処|目指|準備中|までに|(?:から|より|以降に?)(?:開始|実施|対応|導入|適用|運用|提供)|来[年期月春夏秋冬]|次年度|翌年度"
    r"|今後(?:対応|実施|導入|整備)|planned|scheduled|will\b|roadmap|expected|due\b",
    re.IGNORECASE,
)


def apply_plans(
    rows: Sequence[ResponseRow], results: Sequence[AnswerResult], sheet: dt.date | None = None
) -> list[AnswerResult]:
    """The results in their order; `sheet` is the document's date."""
    return [_apply_plan(row, result, sheet) for row, result in zip(rows, results, strict=True)]


def _apply_plan(row: ResponseRow, result: AnswerResult, sheet: dt.date | None) -> AnswerResult:
    is_open = result.answer in _MAY_BE_DATE or result.rule.startswith("prose:")
    if is_open and _is_later_date(row, sheet):
        day = first_day(row.answer, sheet)
        return AnswerResult(AnswerValue.PLANNED, RULE, remark=result.remark, planned=True, planned_date=day)
    if result.answer not in _MAY_PLAN:
        return result
    texts = [text for text in (row.answer, result.remark, row.remarks) if text]
    plans = [clause for text in texts for clause in read_clauses(text) if _promises(clause)]
    if not plans and result.answer != AnswerValue.PLANNED:
        return result
    later = (first_day(clause.text, sheet) for clause in plans)
    day = result.planned_date or next((day for day in later if day is not None), None)
    if day is None and result.answer == AnswerValue.PLANNED:
        day = next((day for text in texts if (day := first_day(text, sheet)) is not None), None)
    return replace(result, planned=True, planned_date=day)


def _promises(clause: StatedClause) -> bool:
    """Whether a clause says that something will be done: not `対応予定なし`, not only that it is considered."""
    if clause.denied or Mood.CONSIDERED in clause.moods:
        return False
    return _PROMISES.search(clause.text) is not None


def _is_later_date(row: ResponseRow, sheet: dt.date | None) -> bool:
    """Whether a cell is nothing but a date that lies ahead, beside something that is to be done."""
    plain = unicodedata.normalize("NFKC", row.answer).strip()
    question = row.requirement or row.item or ""
    if (
        not question
        or len(plain) > _LONGEST_DATE
        or not re.search(r"\d", plain)
        or not _ONLY_DATE.fullmatch(plain)
    ):
        return False
    if read_demand(question).way in {Way.FIGURE, Way.TEXT, Way.NONE} or _ASKS_WHEN.search(question):
        return False
    day = first_day(plain, sheet)
    if day is None:
        return False
    return day > sheet if sheet is not None else day.year >= last_known_year()
