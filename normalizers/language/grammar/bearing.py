"""A requirement in, what yes to it means for who asks out: something hoped for, something feared, or not known.

`平文で保存しているか` asks for what is feared, `平文で保存していないこと` and `平文での保存を禁止しているか` for what is hoped
for. Of `統計に利用しますか` the words alone do not say it, and the control has its say (pipeline/align/control/direction.py).
A demand (…こと) and what is kept off on purpose (…ないようにしている) are always hoped for; that something ever happens
(…ことがあるか) is feared. Of several questions in one text all must agree.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from functools import lru_cache

from normalizers.language.grammar.clause_bearing import (
    HAPPENS,
    HOPED,
    UNKNOWN_BEARING,
    Bearing,
    Denial,
    bearing_of_clause,
)
from normalizers.language.grammar.feared_words import ends_in, fears, listed_pattern

_LONGEST = 600
_MOST_SENTENCES = 6
_ASIDE = re.compile(r"[(（\[【「『][^()（）\[\]【】「」『』]*[)）\]】」』]")
_NOTE = re.compile(r"^[\s　]*(?:※|\*|注|例[:：)])")
_DEMAND = re.compile(
    r"(?:(?<!た)(?<!う)(?:こと|事)|ものとする|(?:なければ|ねば)なら(?:ない|ぬ)|なければなりません|べきである|義務付けられている)$"
)
_WHETHER = re.compile(r"(?:の有無|有無|か否か|かどうか)$")
_QUESTION = re.compile(r"(?:のでしょうか|でしょうか|のですか|ですか|のか|か)$")
_DENIES = re.compile(r"(?:ない|ぬ|ません|ませんでした|なかった|ないの|ません\S{0,4}|ないです|ないよう)$")
_BIASED = re.compile(r"(?:ません|ませんでした|ないでしょう|ないです|なかったです)$")
_TITLE = re.compile(r"[一-龠々ァ-ヶーa-z0-9]$")
_TAIL = re.compile(r"(?:のもの|もの|である|です|だ)$")
_SUBORDINATE = re.compile(
    r"(?:ため(?:に)?|場合(?:に)?(?:は|も)?|とき(?:に)?(?:は|も)?|時(?:に)?は|際(?:に)?(?:は|も)?|うえで|上で|のち|後(?:に)?(?:は|も)?|によって|により|よう(?:に)?)、"
)
_WHENEVER = re.compile(r"(?<=[うくすつぬむるぶぐ])と(?=[一-龠ァ-ヶ])")
_STATE = re.compile(
    r"(?<=[るいただぬ])(?:仕様|方式|仕組み|状態|構成|設定|形|設計|運用|環境|方法|作り|こと|の)(?:(?:に|と)(?:なって|して)(?:い|お)(?:る|ます|り)\S{0,3})?$"
)


@lru_cache(maxsize=16384)
def bearing_of(requirement: str) -> Bearing:
    """What yes to a requirement or question as printed means; unknown where its sentences do not agree."""
    plain = unicodedata.normalize("NFKC", requirement[:_LONGEST]).lower()
    bearings = [_of_sentence(sentence) for sentence in _asking(plain)]
    directions = {bearing.direction for bearing in bearings}
    if len(directions) != 1:
        return UNKNOWN_BEARING
    denial = max((bearing.denial for bearing in bearings), key=list(Denial).index)
    return Bearing(directions.pop(), all(bearing.settled for bearing in bearings), denial)


def _asking(plain: str) -> list[str]:
    """The sentences that ask: those that end as questions or demands where any do, else the first."""
    parts = [_ASIDE.sub("", part).strip(" 　・-:：") for part in re.split(r"[。\n]|(?<=[?？])", plain)]
    sentences = [part.rstrip("?？") for part in parts if len(part) > 1 and not _NOTE.match(part)]
    asking = [text for text in sentences if _DEMAND.search(text) or _QUESTION.search(text)]
    return (asking or sentences[:1])[:_MOST_SENTENCES]


def _of_sentence(sentence: str) -> Bearing:
    if _DEMAND.search(sentence):
        return HOPED
    asks = bool(_QUESTION.search(sentence) or _WHETHER.search(sentence))
    clause = _TAIL.sub("", _QUESTION.sub("", _WHETHER.sub("がある", sentence)))
    if (
        not asks
        and _TITLE.search(clause)
        and not ends_in(clause, "protect")
        and (fears(clause) or listed_pattern("states", "events").search(clause))
    ):
        clause += "がある"  # 過去3年間の行政処分 asks whether there was any
    clause = _main_clause(listed_pattern("states", "smooth").sub("", clause))
    clause = _STATE.sub("", clause) if not HAPPENS.search(clause) else clause
    bearing = bearing_of_clause(clause, asks)
    denies = asks and _DENIES.search(clause) is not None
    return replace(bearing, denial=_denial(clause)) if denies else bearing


def _main_clause(clause: str) -> str:
    """What stands behind the last subordinate clause: `障害の際は、止める` → `止める`."""
    for ends in (_SUBORDINATE, _WHENEVER):
        clause = clause[max((match.end() for match in ends.finditer(clause)), default=0) :]
    return clause


def _denial(clause: str) -> Denial:
    return Denial.BIASED if _BIASED.search(clause) else Denial.PLAIN
