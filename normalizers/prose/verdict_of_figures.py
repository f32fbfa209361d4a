"""A cell that holds a figure, beside its question, in; the answer that follows from the figure alone out.

`3か月` beside 「6か月以上」 falls short, `13か月` meets it; `1件あり` says that there is one, `0件` that there is none, which is
a yes to 「発生していないこと」.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from normalizers.answers.model import AnswerValue
from normalizers.language.grammar.clause import StatedClause
from normalizers.language.grammar.demand import Demand, Way
from normalizers.remarks.classifier.asked_figures import figures_reach, shares_in
from normalizers.remarks.classifier.remark_figures import compare_figures

_LONGEST, _LONGEST_TEXT = 30, 400
_COUNT = re.compile(r"(?<![\d.,年月/])(?P<number>\d{1,4}) ?(?:件|回|名|人|社|台|度|か所|箇所)")
_COUNTED = re.compile(r"件|台|回|名|人")
_RECURS = re.compile(r"年\d|\d+回/|毎|予定|以内|まで|全")
_NUMBER_ALONE = re.compile(r"\d+(?:\.\d+)?")
_BOUND_FIGURE = re.compile(
    r"(?<![\d,.])\d[\d,.]*\s*[^\d\s、。,]{0,5}(?:以上|以内|以下|未満|まで|以降|以前|超|or (?:more|less|higher))"
    r"|(?:at least|within|up to|every) \d"
)
_UNDONE = re.compile(r"未|残|ない|ません|不")
_ONLY_FIGURE = re.compile(
    r"^(?:約|最大|最長|最短|最低|毎|年|月|週|現在|実績|目標|平均|for |within |every )?[ ]?[\d.,]+ ?[^\d、。,]{1,12}"
    r"(?:で)?(?:保管|保存|保持|設定|実施|以内|以上|です|ごと|毎)?(?:[をに](?:強制|要求|設定|必須))?(?:と?してい(?:る|ます)|と?しております|です)?$"
)
# A bound that is not to be crossed: 「24時間を超えることはないか」 asks for 24時間以内, 「8文字未満は不可」 for 8文字以上.
_CROSSED = re.compile(
    r"(?<![\d,.])(?P<figure>\d[\d,.]{0,12}\s?[^\d\s、。,をがはよりの超越上下未割]{1,5})[をがの]?(?:より)?"
    r"(?:(?P<above>超|越え|上回)|(?P<below>下回|未満|割り|割っ|に満たな|足りな))(?![^、。]*[、。][^、。]*[^\s、。])"
    r"(?![^、。]*(?:とし|かつ|および|及び))"
)


def answer_of_figure(cell: str, question: str, demand: Demand) -> AnswerValue | None:
    """A figure alone beside one that the question demands; None where it demands none of its kind."""
    is_kept_off = demand.denied or demand.prevents
    if demand.way not in {Way.DONE, Way.ABLE, Way.TITLE} and not is_kept_off:
        return None
    to_keep = _uncrossed(question) if is_kept_off else question
    if to_keep is None:
        return None
    plain = unicodedata.normalize("NFKC", cell).strip().lower().rstrip("。")
    if not (_ONLY_FIGURE.match(plain) or _NUMBER_ALONE.fullmatch(plain)):
        return None
    plain_question = unicodedata.normalize("NFKC", to_keep).lower()
    verdicts = {word for word in compare_figures(plain_question, plain) if word in {"short", "met"}}
    reached = figures_reach(plain_question, plain)
    if reached == "short" or (reached == "met" and _NUMBER_ALONE.fullmatch(plain)):
        verdicts |= {reached}
    if len(verdicts) != 1:
        return None
    return AnswerValue.NO if "short" in verdicts else AnswerValue.YES


def _uncrossed(question: str) -> str | None:
    """A question that a bound be not crossed as one that asks to keep it; None where it names none, or more than one."""
    plain = unicodedata.normalize("NFKC", question)[:_LONGEST_TEXT]
    crossed = list(_CROSSED.finditer(plain))
    if len(crossed) != 1 or re.search(r"以上|以下|以内", plain):
        return None
    bound = "以内" if crossed[0]["above"] else "以上"
    return f"{plain[: crossed[0].start()]}{crossed[0]['figure']}{bound}"


def keeps_bound(question: str, demand: Demand) -> bool:
    """Whether a question asks that a figure be not crossed: what a cell with a figure says of it, only figures tell."""
    return (demand.denied or demand.prevents) and _uncrossed(question) is not None


def answer_of_share(cell: str, demand: Demand) -> AnswerValue | None:
    """`全30棟中12棟` and nothing else that judges: a part of what was asked, or all of it, or none."""
    shares = shares_in(unicodedata.normalize("NFKC", cell).lower())
    if len(shares) != 1 or demand.denied or demand.way not in {Way.DONE, Way.ABLE, Way.TITLE, Way.EXISTS}:
        return None
    (part, total), plain = shares[0], unicodedata.normalize("NFKC", cell)
    if not 0 < total >= part or len(plain) > _LONGEST or _UNDONE.search(plain):
        return None
    return AnswerValue.PARTIAL if 0 < part < total else None


def leaves_figure_open(cell: str, question: str) -> bool:
    """Whether a figure is asked for with its bound, and the cell tells one of which nobody knows that it reaches it."""
    plain_question = unicodedata.normalize("NFKC", question).lower()[:_LONGEST_TEXT]
    plain = unicodedata.normalize("NFKC", cell).lower()[:_LONGEST_TEXT]
    if not _BOUND_FIGURE.search(plain_question) or not re.search(r"\d", plain):
        return False
    return figures_reach(plain_question, plain) != "met"


def answer_of_count(cell: str, clauses: Sequence[StatedClause], demand: Demand) -> AnswerValue | None:
    """`1件あり` beside a question whether there are any, or a demand that there be none."""
    plain = unicodedata.normalize("NFKC", cell).strip()
    counts = [int(match["number"]) for match in _COUNT.finditer(plain)]
    if len(counts) != 1 or len(plain) > _LONGEST or len(clauses) > 2:
        return None
    if demand.way != Way.EXISTS and not (demand.denied and demand.way in {Way.DONE, Way.ABLE}):
        return None
    if not _COUNTED.search(plain) or _RECURS.search(plain):
        return None
    if any(clause.denied for clause in clauses) and counts[0]:
        return None
    return AnswerValue.YES if (counts[0] == 0) == demand.denied else AnswerValue.NO
