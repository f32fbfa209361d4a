"""A remark beside a yes in, what becomes of the yes out: another answer, a yes with a caveat, or a plain yes.

Rules decide where they are sure (effect.py). Of the rest the classifier decides: what limits for sure changes the answer (`本社のみ`
→ partial), what may limit leaves the yes with the remark's words as its caveat, what supports leaves it plain. What denies or
falls short makes it unclear, never a no: nobody knows which of the two was meant.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from normalizers.answers.model import AnswerValue
from normalizers.remarks.classifier.model import (
    RemarkKind,
    RemarkModel,
    Verdict,
    classify_remark,
    load_model,
)
from normalizers.remarks.effect import remark_effect, says_nothing

_ANSWERS = {
    RemarkKind.SCOPE: AnswerValue.PARTIAL,
    RemarkKind.TIME: AnswerValue.PLANNED,
    RemarkKind.CONDITION: AnswerValue.CONDITIONAL,
    RemarkKind.DENIES: AnswerValue.UNCLEAR,
    RemarkKind.FIGURE: AnswerValue.UNCLEAR,
    RemarkKind.MOOT: AnswerValue.NOT_APPLICABLE,
}
_LEAST_SHARE = 0.6


@dataclass(frozen=True, slots=True)
class RemarkJudgement:
    """`answer` where the yes becomes another one, else `caveat` with the words that may limit it ("" for a plain yes)."""

    answer: AnswerValue | None = None
    caveat: str = ""


_PLAIN = RemarkJudgement()


def judge_remark(remark: str, requirement: str, sheet: dt.date | None = None) -> RemarkJudgement:
    """What a remark makes of the yes beside a requirement; `sheet` is the sheet's date where it is known."""
    answer = remark_effect(remark, requirement, sheet)
    if answer is not None:
        return RemarkJudgement(answer)
    if says_nothing(remark):
        return _PLAIN
    return judge_by_verdict(classify_remark(remark, requirement), remark, load_model())


def judge_by_verdict(verdict: Verdict, remark: str, model: RemarkModel) -> RemarkJudgement:
    """What the classifier's verdict on a remark makes of the yes."""
    if verdict.logit >= model.changes_from and verdict.share >= _LEAST_SHARE:
        return RemarkJudgement(_ANSWERS[verdict.kind])
    return RemarkJudgement(caveat=remark.strip()) if verdict.logit >= model.flags_from else _PLAIN
