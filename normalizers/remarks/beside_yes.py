"""A remark beside a yes in, what becomes of the yes out: another answer, a yes with a caveat, or a plain yes.

Rules decide where they are sure (effect.py). Of the rest the classifier decides: what limits for sure changes the answer
(`本社のみ` → partial), what may limit leaves the yes with the remark's words as its caveat, what supports leaves it plain. What
denies, falls short or does not apply only by the weights leaves a caveat: which denials take a yes back is for the rules.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass

from normalizers.answers.model import AnswerValue
from normalizers.language.predicates import read_predicate
from normalizers.remarks.classifier.asked_figures import figures_reach, is_whole
from normalizers.remarks.classifier.assurance import claims_conformity
from normalizers.remarks.classifier.cues import cues_in
from normalizers.remarks.classifier.verdict_of_remark import (
    RemarkKind,
    RemarkModel,
    RemarkVerdict,
    classify_remark,
    load_model,
)
from normalizers.remarks.classifier.word_cues import read_words
from normalizers.remarks.effect import is_weighed, remark_effect, says_nothing
from normalizers.vocabulary import load

_ANSWERS = {
    RemarkKind.SCOPE: AnswerValue.PARTIAL,
    RemarkKind.TIME: AnswerValue.PLANNED,
    RemarkKind.CONDITION: AnswerValue.CONDITIONAL,
}
# Words of these kinds must stand in a remark that changes the answer so: the weights alone are sure of too much.
_EVIDENCE = {
    RemarkKind.SCOPE: {"only", "except", "part", "others"},
    RemarkKind.TIME: {"future", "ongoing", "notyet"},
    RemarkKind.CONDITION: {"cost", "request", "cond", "approve"},
}
_LEAST_SHARE = 0.6
# By a season, a month, a year: behind it no action that was done.
_DEADLINE = re.compile(
    r"(?:[春夏秋冬]|\d年度?|\d月|[期末]|年[内中])(?:末|頃|中|初め)?までに(?![^。]*(?:た|済み?|完了|ている|ています)(?:[。、]|$))"
)
_EXCEPTS = re.compile(r"[^、。,;]{1,20}(?:を|は)(?:除く|除きます|除外)[。.]?")
_MORE_CLAUSES = re.compile("[、。,;；・／/\n(（]")
_LONGEST_TITLES = 60
_LONGEST_SURE = (
    40  # characters of a remark that may change the answer: the examples are notes, not paragraphs
)


@dataclass(frozen=True, slots=True)
class RemarkJudgement:
    """`answer` where the yes becomes another one, else `caveat` with the words that may limit it ("" for a plain yes)."""

    answer: AnswerValue | None = None
    caveat: str = ""


_PLAIN = RemarkJudgement()


def judge_remark(remark: str, requirement: str, sheet: dt.date | None = None) -> RemarkJudgement:
    """What a remark makes of the yes beside a requirement; `sheet` is the sheet's date where it is known."""
    return _by_rules(remark, requirement, sheet) or _by_weights(
        classify_remark(remark, requirement), remark, requirement, load_model()
    )


def judge_by(verdict: RemarkVerdict, remark: str, requirement: str, model: RemarkModel) -> RemarkJudgement:
    """The same by a verdict and thresholds that are given: how other weights would judge."""
    return _by_rules(remark, requirement, None) or _by_weights(verdict, remark, requirement, model)


def _by_rules(remark: str, requirement: str, sheet: dt.date | None) -> RemarkJudgement | None:
    if names_papers(remark):
        return _PLAIN
    answer = remark_effect(remark, requirement, sheet)
    if answer is not None:
        return RemarkJudgement(answer)
    if excepts_of_all(remark, requirement):
        return RemarkJudgement(AnswerValue.PARTIAL)
    if says_nothing(remark) or proves(remark):
        return _PLAIN
    is_heard = falls_short(remark, requirement) or names_a_deadline(remark)
    return RemarkJudgement(caveat=remark.strip()) if is_heard else None


def _by_weights(verdict: RemarkVerdict, remark: str, requirement: str, model: RemarkModel) -> RemarkJudgement:
    judgement = judge_by_verdict(verdict, remark, model)
    if judgement.answer is not None and is_weighed(judgement.answer, remark, requirement):
        return RemarkJudgement(caveat=remark.strip())
    return judgement


def excepts_of_all(remark: str, requirement: str) -> bool:
    """Whether a remark does nothing but except something where all is asked: `別館を除く` beside 「全ての…」."""
    plain = unicodedata.normalize("NFKC", remark).strip()
    return _EXCEPTS.fullmatch(plain) is not None and "total" in cues_in(read_words(requirement).text)


def falls_short(remark: str, requirement: str) -> bool:
    """Whether a figure of the remark is less than the requirement asks: never a plain yes, whatever else the remark says."""
    return figures_reach(read_words(requirement).text, read_words(remark).text) == "short"


def names_a_deadline(remark: str) -> bool:
    """Whether a remark ends in a time by which, and tells nothing done: `来年夏までに全店`."""
    plain = unicodedata.normalize("NFKC", remark)
    return _DEADLINE.search(plain) is not None and not re.search(r"毎|各|都度", plain)


def proves(remark: str) -> bool:
    """Whether a remark plainly supports, whatever is asked: it names the paper, says that the requirement is met, or is `4/4`."""
    plain = read_words(remark).text
    return is_whole(plain) or plainly_supports(remark) or claims_conformity(plain)


def names_papers(remark: str) -> bool:
    """Whether a remark is the title of a paper, or of several, and nothing else: `教育計画書`."""
    words = load("normalizers.remarks", "effect.toml")["supports"]
    plain = unicodedata.normalize("NFKC", remark).strip()
    if len(plain) > _LONGEST_TITLES or re.search(words["papers_guard"], plain):
        return False
    return all(re.fullmatch(words["papers"], title) for title in re.split(r"[・、/\s]+", plain))


def plainly_supports(remark: str) -> bool:
    """Whether a remark only names the paper in which the thing is laid down: `契約書の第14条に定めています`."""
    patterns = load("normalizers.remarks", "effect.toml")["supports"]
    plain = unicodedata.normalize("NFKC", remark)
    return bool(re.search(patterns["says"], plain)) and not re.search(patterns["guard"], plain)


def is_short(remark: str) -> bool:
    """Whether a remark is short enough to change the answer by the classifier alone."""
    return len(remark.strip()) <= _LONGEST_SURE


def judge_by_verdict(verdict: RemarkVerdict, remark: str, model: RemarkModel) -> RemarkJudgement:
    """What the classifier's verdict on a remark makes of the yes."""
    is_sure = verdict.logit >= model.changes_from and verdict.share >= _LEAST_SHARE
    evidence = _EVIDENCE.get(verdict.kind, set())
    is_told = evidence & cues_in(read_words(remark).text).keys() and not _denies_a_limit(verdict.kind, remark)
    if is_sure and is_short(remark) and is_told:
        return RemarkJudgement(_ANSWERS[verdict.kind])
    return RemarkJudgement(caveat=remark.strip()) if verdict.logit >= model.flags_from else _PLAIN


def _denies_a_limit(kind: RemarkKind, remark: str) -> bool:
    """Whether the only clause of a remark is denied: `検知のみのモードでは運用していません` may limit a scope or not."""
    plain = unicodedata.normalize("NFKC", remark).strip(" 。.")
    if kind != RemarkKind.SCOPE or _MORE_CLAUSES.search(plain):
        return False
    predicate = read_predicate(plain)
    return predicate is not None and predicate.denials % 2 == 1
