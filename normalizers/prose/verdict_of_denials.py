"""One plain clause and what was asked in, yes or no out by how often both are denied; None where grammar alone is not sure.

`しておりません` is no to 「しているか」 and yes to 「していないこと」, `アクセスできません` is yes to
「アクセスできないよう制限していること」,
`適合していない項目あり` holds in part, `不要` denies a need. That holds only for a clause that takes up what was asked (bind.py)
and that nothing binds: no plan, no part, no condition.
"""

from __future__ import annotations

import re

from normalizers.answers.model import AnswerValue
from normalizers.language.clause_topics import topic_words
from normalizers.language.grammar.bind import Bond, bond_of, is_alike
from normalizers.language.grammar.clause import StatedClause
from normalizers.language.grammar.demand import Demand, Way, prevents
from normalizers.language.grammar.moods import Mood
from normalizers.language.predicates import PredicateForm, predicate_pattern

_LONGEST = 60
BINDING = frozenset({
    Mood.PLANNED, Mood.CONSIDERED, Mood.PARTIAL, Mood.CONDITIONAL, Mood.WITHHELD, Mood.DUTY, Mood.PAST, Mood.BAD,
    Mood.UNTESTED, Mood.ELSEWHERE, Mood.SUBSTITUTE, Mood.CUSTOMER, Mood.CONTRACTOR, Mood.MOOT,
})  # fmt: skip
STATING = frozenset({Way.DONE, Way.EXISTS, Way.ABLE})
_CONFORMING = {
    "対応",
    "実施",
    "履行",
    "遵守",
    "順守",
    "充足",
    "適合",
    "準拠",
    "達成",
    "完了",
    "守る",
    "満たす",
}
# Verbs of knowing: what is denied of these says nothing of the thing itself.
_KNOWING = frozenset({
    "把握", "確認", "承知", "分かる", "判る", "解る", "知る", "調べる", "調査", "存ずる", "存じる", "覚える", "断言",
    "言い切れる",
})  # fmt: skip
# What was put off is not done, and nobody knows whether it will be.
_PUT_OFF = {"延期", "先送り", "見合わせる", "保留", "中断", "棚上げ"}
_ASKS_OF_THE_PAST = re.compile(r"(?:った|した|いた|れた|きた|けた|ました)(?:か|こと)|過去|これまで|直近")
_UNSURE = re.compile(
    r"(?:と[はも](?:言い切れ|言え)|定かで(?:は)?|はっきりし(?:て)?(?:い)?|確認が取れて(?:い)?)(?:ない|ません)$"
    r"|^(?:現時点では|現状|詳細は?)?(?:不明|未確認)(?:です|であります|でございます|である)?$"
)
_ENDING = frozenset({
    "終了", "廃止", "中止", "撤廃", "打ち切る", "取り止める", "止める", "辞める", "解約", "撤去", "退役",
})  # fmt: skip
_ALLOWS = re.compile(r"許可|認め|許容|許し")
_HAVING = {"抱える", "持つ", "有する", "受ける", "発生", "保有", "有る", "存在", "居る", "御座る"}
_EXCEPT = re.compile(
    r"[れけえせてめべ]ば|以外|なく(?!な)|なしに|ずに|限り|しか|まで|より(?=[前後先])|場合|とき|時に|まま"
)
_NEEDLESS = re.compile(
    r"(?:不要|必要(?:は|が)?(?:な[いし]|あり?ません|ございません)|必要としません|要しません|要しない)(?:です)?$"
)
_NEEDED = re.compile(r"(?:要|必要|要します|要する|必須)(?:です|となります)?$")
_INNER = re.compile(
    r"(?P<done>[^、。]{1,20}?)(?:して|できて|されて|れて|て)(?:い|おら|おり)(?:ない|ません|なかった|ず)[^、。]{1,14}?(?:は|が|も)?"
    r"(?:(?P<none>ありません|ございません|ない|なし|いません|いない|存在しません|存在しない|ゼロ(?:です)?)"
    r"|(?:あり|ある|あります|ございます|います|いる|有り|存在します|存在する|残って(?:います|いる)|残る))$"
)
_WE_DO_NOT = re.compile(
    r"(?:we|our \w+|it|the \w+) (?:do|does|did|are|is|have|has|can)(?: ?not|n't) (?!only|yet)", re.IGNORECASE
)


def answer_of_clause(clause: StatedClause, demand: Demand) -> AnswerValue | None:
    """What one clause says where it is all that a cell says."""
    if is_unknown(clause, demand):
        return AnswerValue.UNCLEAR
    if demand.english or clause.english:
        return _of_english_denial(clause, demand)
    return _of_need(clause, demand) or _of_inner_denial(clause, demand) or _of_denial(clause, demand)


def is_unknown(clause: StatedClause, demand: Demand) -> bool:
    """Whether a clause says that nobody knows (`把握していない`) or that it is put off, where that is not what was asked."""
    if _UNSURE.search(clause.text) or (clause.action in _PUT_OFF and clause.action not in demand.text):
        return True
    if not clause.denied or clause.action not in _KNOWING or "され" in clause.text:
        return False  # 被害は確認されていません tells
    return clause.action not in demand.text


def _yes_if(is_so: bool) -> AnswerValue:
    return AnswerValue.YES if is_so else AnswerValue.NO


def _of_need(clause: StatedClause, demand: Demand) -> AnswerValue | None:
    """`要`, `停止不要` beside a question whether something is needed."""
    if demand.way != Way.NEEDED or clause.moods & (BINDING - {Mood.DUTY}):
        return None
    if _NEEDLESS.search(clause.text):
        return _yes_if(demand.denied)
    return _yes_if(not demand.denied) if _NEEDED.search(clause.text) else None


def _of_inner_denial(clause: StatedClause, demand: Demand) -> AnswerValue | None:
    """Something not done is there (`適合していない項目あり`): in part; or is not there: wholly."""
    match = _INNER.search(clause.text)
    if match is None or demand.denied or demand.way not in STATING | {Way.TITLE} or clause.moods & BINDING:
        return None
    done = re.findall(r"[一-龠々ァ-ヶーA-Za-z]+", match["done"])
    if not done or done[-1] not in demand.text:
        return None
    return AnswerValue.YES if match["none"] else AnswerValue.PARTIAL


def _of_denial(clause: StatedClause, demand: Demand) -> AnswerValue | None:
    """By denials where the clause takes up what was asked and nothing binds it."""
    if demand.way not in STATING:
        return None
    if _has_ended(clause, demand):
        return _yes_if(demand.denied)
    return None if _is_bound(clause, demand) else _of_bond(clause, demand, bond_of(clause, demand))


def _of_bond(clause: StatedClause, demand: Demand, bond: Bond) -> AnswerValue | None:
    if clause.denied and f"{clause.text}よう" in demand.text:
        return AnswerValue.YES  # できない beside 「削除できないように…」 takes up the words that are kept off
    if (forbidden := _of_forbidding(clause, demand, bond)) is not None:
        return forbidden
    if bond == Bond.THING and clause.denied and demand.way == Way.EXISTS and clause.action in _HAVING:
        return _yes_if(demand.denied)
    if bond not in {Bond.BARE, Bond.ACTION} or not (clause.denied or _states(clause)):
        return None
    if demand.prevents and not demand.denied:
        return _beside_prevention(clause, demand, bond)
    return None if _says_else(clause, demand, bond) else _yes_if(clause.denied == demand.denied)


def _has_ended(clause: StatedClause, demand: Demand) -> bool:
    """`提供を終了しました` beside 「提供しているか」: what was asked was, and is no more."""
    ends = clause.action in _ENDING and not clause.denied and not clause.moods & (BINDING - {Mood.PAST})
    if not ends or demand.prevents:
        return False
    nouns = {noun for noun in clause.nouns if noun not in topic_words("times")} - {clause.action}
    return clause.action[:2] not in demand.text and bool(nouns) and all(noun in demand.text for noun in nouns)


def _is_bound(clause: StatedClause, demand: Demand) -> bool:
    """Whether a plan, part, condition or exception binds the clause that the question does not name itself."""
    binding = BINDING - {Mood.PAST} if clause.exists else BINDING
    if clause.moods & binding or len(clause.text) > _LONGEST:
        return True
    names = ("duty", "doubled") if _ASKS_OF_THE_PAST.search(demand.text) else ("duty", "doubled", "past")
    if any(predicate_pattern("denying", name).search(clause.text) for name in names):
        return True
    return any(word not in demand.text for word in _EXCEPT.findall(clause.text))


def _says_else(clause: StatedClause, demand: Demand, bond: Bond) -> bool:
    """Whether the clause tells of conformity (対応済 beside 「〜がないこと」), of another figure, or denies inside."""
    if demand.denied and bond == Bond.BARE and clause.action in _CONFORMING:
        return True
    if re.search(r"\d", clause.text) and re.search(r"\d", demand.text):
        return True
    affirms_other = clause.exists and not clause.denied and demand.way != Way.EXISTS
    return affirms_other or (clause.inner and "なく" not in clause.text)


def _of_forbidding(clause: StatedClause, demand: Demand, bond: Bond) -> AnswerValue | None:
    """`禁止` beside 「認めているか」, `アクセスできません` beside 「アクセスできないよう制限していること」."""
    if demand.prevents:
        speaks_of_it = not clause.exists and not demand.denied and bool(demand.kept_off)
        if not speaks_of_it or not is_alike(clause.action, frozenset({demand.kept_off})):
            return None
        return _yes_if(clause.denied) if clause.denied or not prevents(clause.text) else None
    forbids = clause.action in {"禁止", "禁じる"} and not clause.denied and _ALLOWS.search(demand.text)
    return _yes_if(demand.denied) if forbids and bond != Bond.BARE else None


def _states(clause: StatedClause) -> bool:
    """Whether an affirming clause plainly states something as done or possible."""
    stated = clause.form in {PredicateForm.LASTING, PredicateForm.ABLE}
    return stated or clause.exists or clause.text.endswith(("ます", "済", "する"))


def _beside_prevention(clause: StatedClause, demand: Demand, bond: Bond) -> AnswerValue | None:
    """A bare denial denies that something is kept off, and so does one of the very word (制限していません)."""
    if bond == Bond.BARE or clause.action == demand.outer or prevents(clause.text):
        return _yes_if(not clause.denied)
    return AnswerValue.YES if clause.denied and not clause.exists else None


def _of_english_denial(clause: StatedClause, demand: Demand) -> AnswerValue | None:
    """`We do not use any sub-processors.` beside `Do you use sub-processors?`."""
    if not demand.english or demand.way not in STATING or demand.prevents:
        return None
    if not clause.denied or clause.moods & BINDING or not _WE_DO_NOT.match(clause.text):
        return None
    return _yes_if(demand.denied) if bond_of(clause, demand) == Bond.ACTION else None
