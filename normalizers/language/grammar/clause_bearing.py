"""A clause in, what yes to it means for who asks out: the rules of bearing.py for one clause.

What happens (`…ことがある`), what is kept off (`…ないようにしている`), what exists, what is denied and what is affirmed are
looked at in this order.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from normalizers.language.grammar.feared_words import (
    ends_in,
    fears,
    is_doubtful,
    is_event,
    is_left_out,
    is_wanted,
    is_wanted_action,
    listed,
    names,
    stem_of,
)
from normalizers.language.predicates import Predicate, PredicateForm, read_predicate

_KEPT_OFF = re.compile(
    r"(?P<verb>[一-龠々ァ-ヶーa-z]{0,30}[ぁ-ん]{0,6}?)(?:ない|ぬ|ず)(?:よう(?:に|な)?|(?:という)?(?:状態|仕様|仕組み|仕掛け|設計|設定|構成|構造|方式|運用|方針|ルール|規則|規定|形|環境|契約|条件|措置|対策|旨|こと)"
    r"(?:を|と|に|が|で|は|へ))"
)
HAPPENS = re.compile(
    r"(?:こと|場合|例|ケース|おそれ|恐れ|可能性|危険性?|事態|時間帯|期間)(?:は|が|も)?(?:一切|全く|過去に|まったく)?(?P<end>ある|あり|あっ|あった|有|な[いかし]|ござ|無|残っ|生じ|存在)(?P<tail>(?:(?!よう)\S){0,8})$"
)
_PAST = re.compile(
    r"(?:[たっ]|んだ)(?:こと|例|ケース|事態)(?:は|が|も)?(?:一切|全く|過去に|まったく)?(?:ある|あり|あっ|有|な|ござ|無)\S{0,8}$"
)
_UNLESS = re.compile(
    r"(?:なければ|なくては|ないと|ない限り|得ずに(?:は)?|なしに(?:は)?|なしでは|なくして|以外(?:は|の者?は?|に|が)?|しか|を除き)"
)
_EXISTENCE = re.compile(
    r"(?:が|は|も|を)?(?:一つも|一切|全く|現在|現に|今も|まだ)?(?:ある|あり|あった|あっ|ございま|ござい|(?<=[がはも])い(?:る|ます|ない|ません|た)|存在し|存在す|残っ|残存し|残る|残り)\S{0,8}$"
    r"|(?:なし|無し)$"
)
_NOT = re.compile(r"な[いかし]|ません|無")
_ABLE_TAIL = re.compile(r"(?:を|が)?(?:する|の)?こと(?:は|が|も)[^、]{0,8}(?:可能|でき|出来)\S{0,6}$")
_ABLE_VERB = re.compile(r"(?:でき|られ|[えけせてねめれげべ])$")
_PASSIVE = re.compile(r"られ(?:ます|る)$")
_HAPPENED = re.compile(
    r"(?P<what>[^、。がはもを]{1,60}?)(?:等|など|といった事象|の事実|の事例)?(?:が|は|も|を|の)?(?:一度も|多く|何度も)?"
    r"(?:発生し|起き|起こ|生じ|受け(?!付)|招い|招き|被っ|被り|出し|続い)\S{0,8}$"
)
_ABLE_PERSON = re.compile(
    r"(?:られる|できる|れる|える|せる|める|ける)(?:担当|要員|社員|職員|従業員|者|人|利用者)"
)
_MADE_SAFE = re.compile(
    r"(?:変え|変更し|消し|消去し|削除し|暗号化し|匿名化し|伏せ\S{0,3}|マスキングし|マスクし|加工し|置き換え|無効にし|承認を得|許可を得|同意を得|承諾を得|届け出)(?:て|た)"
)
_RELATIVE_DENIAL = re.compile(
    r"(?:ない|ぬ|なかった|未[一-龠々]{1,4}の)(?=[^、。]{0,24}?(?:が|は|も)[^、。]{0,12}$)"
)


class Direction(StrEnum):
    """What yes to a requirement means for who asks."""

    HOPED = "hoped"
    FEARED = "feared"
    UNKNOWN = "unknown"


class Denial(StrEnum):
    """How a question denies: `していないか` plainly, `していませんか` so that はい may mean either."""

    NONE = "none"
    PLAIN = "plain"
    BIASED = "biased"


@dataclass(frozen=True, slots=True)
class Bearing:
    """The direction of a requirement, whether its words alone settle it, and how it denies where it is a question."""

    direction: Direction
    settled: bool = False
    denial: Denial = Denial.NONE


UNKNOWN_BEARING = Bearing(Direction.UNKNOWN)
HOPED, FEARED = Bearing(Direction.HOPED, True), Bearing(Direction.FEARED, True)
LIKELY_HOPED, LIKELY_FEARED = Bearing(Direction.HOPED), Bearing(Direction.FEARED)


def bearing_of_clause(clause: str, asks: bool) -> Bearing:
    """The bearing of a clause without its question mark; the rules are tried in this order."""
    if able := _ABLE_TAIL.search(clause):
        clause = clause[: able.start()] if not _NOT.search(able.group()) else clause
    predicate = read_predicate(clause[-200:])
    if predicate is None:
        return UNKNOWN_BEARING
    denied = predicate.denials % 2 == 1
    structure = _of_structure(clause, denied, asks)
    if structure is not None:
        return structure
    if ends_in(clause, "strong") and not _PASSIVE.search(clause):
        # 制限していない, stated and not asked, is feared
        return FEARED if denied and not asks else _flip(HOPED, denied, asks)
    return _of_denied(clause, predicate, asks) if denied else _of_affirmed(clause, predicate)


def _of_structure(clause: str, denied: bool, asks: bool) -> Bearing | None:
    """What the build of a clause says: that it happens, is kept off, exists; None where it says nothing of these."""
    if happens := HAPPENS.search(clause):
        return _of_happening(clause, happens)
    if kept_off := _KEPT_OFF.search(clause):
        return _of_kept_off(kept_off, clause, denied)
    if _occurs(clause):
        return _flip(FEARED, denied, asks)
    if existence := _EXISTENCE.search(clause):
        return _of_existence(clause, _NOT.search(existence.group()) is not None, asks)
    return None


def _of_kept_off(match: re.Match[str], clause: str, denied: bool) -> Bearing:
    """`表示されないようにしている`, `消さない設定にしている`: hoped for, but where what is kept off is itself wanted."""
    verb = match["verb"]
    if not denied and _ABLE_VERB.search(verb):
        return HOPED  # 設定できないようにしている
    if (
        denied
        or is_wanted_action(verb)
        or any(verb.endswith(stem_of(word)) for word in listed("verbs", "protect"))
    ):
        return UNKNOWN_BEARING
    return HOPED if not fears(clause[match.end() :]) else UNKNOWN_BEARING


def _of_happening(clause: str, match: re.Match[str]) -> Bearing:
    """`…することがある`: feared; but `訓練を行ったことがある` is hoped for."""
    before = clause[: match.start()]
    if _NOT.search(match["end"] + match["tail"]):
        return UNKNOWN_BEARING if _PAST.search(clause) and not fears(before) else HOPED
    if not _PAST.search(clause):
        return FEARED if fears(before) or not _is_protective(before) else UNKNOWN_BEARING
    objects = _head_of(before)
    if any(objects.endswith(noun) for noun in listed("nouns", "trials")):
        return LIKELY_HOPED
    if fears(before) or (names(before, "states", "events") and not _is_protective(before)):
        return FEARED
    return LIKELY_HOPED if _is_protective(before) else UNKNOWN_BEARING


def _of_existence(clause: str, denied: bool, asks: bool) -> Bearing:
    """`手順がある` is hoped for, `暗号化していない経路がある` and `事故があった` are feared."""
    head = _head_of(clause)
    if re.search(r"(?:予定|必要|計画|関係)(?:が|は|も)?[^がはも]{0,8}$", clause) and not fears(clause):
        return UNKNOWN_BEARING
    feared = (
        _RELATIVE_DENIAL.search(clause) is not None
        or _ABLE_PERSON.search(clause) is not None
        or names(clause, "states", "manner")
        or names(clause, "states", "things")
        or is_event(head)
        or is_left_out(clause)
    )
    wanted = any(head.endswith(noun) for noun in listed("nouns", "wanted")) and not _ABLE_PERSON.search(
        clause
    )
    if is_doubtful(clause) and not feared:
        return UNKNOWN_BEARING
    if feared and not wanted:
        return LIKELY_HOPED if denied and asks else _flip(FEARED, denied, asks)
    if re.search(r"残[っる存り]\S{0,8}$", clause):
        return HOPED if denied else LIKELY_FEARED
    if wanted and not feared:
        return UNKNOWN_BEARING if denied and asks else _flip(HOPED, denied, asks)
    return UNKNOWN_BEARING


def _occurs(clause: str) -> bool:
    """Whether an event that is feared is said to happen: 事故が発生した, 処分を受けた."""
    match = _HAPPENED.search(clause)
    return match is not None and is_event(match["what"])


def _of_denied(clause: str, predicate: Predicate, asks: bool) -> Bearing:
    """`使っていない`, `承認なしに変えられない`: hoped for, but where a wanted action is denied."""
    if re.search(r"しか|ないと", clause):
        return UNKNOWN_BEARING
    if predicate.form == PredicateForm.ABLE and not (fears(clause) or _UNLESS.search(clause)):
        return LIKELY_HOPED if asks else UNKNOWN_BEARING
    if fears(clause) or _UNLESS.search(clause):
        return HOPED
    if ends_in(clause, "risky"):
        return HOPED if asks and not is_wanted(clause, predicate) else UNKNOWN_BEARING
    if is_wanted(clause, predicate):
        return UNKNOWN_BEARING if asks else LIKELY_FEARED
    return LIKELY_HOPED if asks else UNKNOWN_BEARING


def _of_affirmed(clause: str, predicate: Predicate) -> Bearing:
    """`平文で保存している` is feared, `平文のデータを洗い出している` hoped for, `統計に利用する` not known."""
    if _is_safe_use(clause) or _MADE_SAFE.search(clause):
        return LIKELY_HOPED
    if is_left_out(clause) or names(clause, "states", "manner"):
        return FEARED
    if is_doubtful(clause) and not ends_in(clause, "protect"):
        return LIKELY_FEARED
    if names(clause, "states", "things"):
        return _of_feared_thing(clause, predicate)
    if ends_in(clause, "permit") or ends_in(clause, "risky") or _PASSIVE.search(clause):
        return UNKNOWN_BEARING
    return HOPED if is_wanted(clause, predicate) else LIKELY_HOPED


def _of_feared_thing(clause: str, predicate: Predicate) -> Bearing:
    """`本番データを使う` is feared, `本番データを消す` hoped for."""
    if ends_in(clause, "protect"):
        return HOPED
    return (
        FEARED
        if ends_in(clause, "risky") or ends_in(clause, "permit") or not predicate.word
        else UNKNOWN_BEARING
    )


def _is_safe_use(clause: str) -> bool:
    return re.search(r"だけ|のみ|限って|限り|限定", clause) is not None


def _flip(bearing: Bearing, denied: bool, asks: bool) -> Bearing:
    """The bearing where nothing is denied; else the contrary, which a question that denies leaves open."""
    if not denied:
        return bearing
    if bearing.direction == Direction.FEARED:
        return HOPED
    return UNKNOWN_BEARING if asks else LIKELY_FEARED


def _is_protective(before: str) -> bool:
    """Whether what stands before `ことがある` protects: 訓練, 点検."""
    predicate = read_predicate(before[-200:])
    return predicate is not None and predicate.denials % 2 == 0 and ends_in(before, "strong")


def _head_of(clause: str) -> str:
    """The noun of which something is said: what stands before the last が, は, も or を."""
    last = max(clause.rfind(particle) for particle in "がはもを")
    head = re.split("[、。をがはもにで]", clause[: max(last, 0)])[-1]
    return head or clause
