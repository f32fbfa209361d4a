"""A requirement in, what it asks out: in which way, whether it asks for something not to be, and by which words.

`第三者に提供していないこと` asks for something not to be (`denied`); `アクセスできないよう制限していること` and
`持込みを禁止している` state that it is kept off (`prevents`).
`世代数` and `保管期間は何日か` ask for a figure, `有無` whether there is any.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache

from normalizers.language.claim import denied_verb
from normalizers.language.clause_topics import question_of, topic_of
from normalizers.language.grammar.english import denies_english, is_english, stems_of
from normalizers.language.predicates import read_predicate
from normalizers.vocabulary import load

_LONGEST = 600
_NOTE = re.compile(r"^[\s　]*(?:※|\*|注|[(（]注)")
_ASIDE = re.compile(r"[(（\[【][^()（）\[\]【】]*[)）\]】]")
_ANYHOW = re.compile(
    r"(?:何[度回人]?|いつ|どこ|誰|どれ|どの[^、。]{0,8}?)(?:で|から)?も|何らか|何か(?=[しあな])|どう(?:し|さ)"
)
_LACKING_STATE = re.compile(r"(?:ない|ぬ|れず)(?:状態|状況|事態|環境|体制)[^、。]{0,8}(?:ない|ません)")
_ENDING = re.compile(
    r"(?:こと|事|もの|か|です|でしょう|の|か否か|かどうか|とする|である|ものとする)*[。.?？]*$"
)


_TELL = re.compile(
    r"(?:を|は|について(?:は)?|につき)?(?:お答え|ご?回答|ご?記載|ご?記入|お書き|ご?教示|お知らせ|お示し|ご?説明|列挙|明示|明記|示)"
    r"(?:し(?:て)?)?(?:(?P<asks>ください|下さい|願います|をお願いします|お願いします)|する(?:こと)?|のこと|すこと|せよ|されたい)[。.]?$"
)


class Way(StrEnum):
    """What a requirement wants to hear."""

    DONE = "done"
    EXISTS = "exists"
    ABLE = "able"
    NEEDED = "needed"
    FIGURE = "figure"
    TEXT = "text"
    TITLE = "title"
    NONE = "none"


_TOLD = frozenset({Way.FIGURE, Way.TEXT, Way.EXISTS})


@dataclass(frozen=True, slots=True)
class Demand:
    """What a requirement asks: its `way`, whether it asks for something not to be, its words, whether it `prevents`.

    `core` are the words that an answer may take up, `nouns` all nouns; `outer` the action that is stated behind a
    `…ないように` (制限, していること), `kept_off` the one before it (アクセス).
    """

    way: Way
    denied: bool
    prevents: bool
    core: frozenset[str]
    nouns: frozenset[str]
    outer: str
    kept_off: str
    english: bool
    text: str


@lru_cache(maxsize=8192)
def read_demand(requirement: str) -> Demand:
    """What a requirement or question as printed asks; `none` where nothing stands there."""
    plain = unicodedata.normalize("NFKC", requirement).strip()[:_LONGEST]
    sentence = _asking_sentence(plain)
    way = _way_of(_ANYHOW.sub("", sentence.lower())) if sentence else Way.NONE
    keeps_off = prevents(sentence) and way not in {Way.EXISTS, Way.FIGURE, Way.TEXT}
    if is_english(sentence):
        stems = stems_of(sentence)
        return Demand(way, denies_english(sentence), keeps_off, stems, stems, "", "", True, plain)
    question = question_of(requirement)
    predicate = read_predicate(_ENDING.sub("", sentence)[-200:]) or read_predicate(sentence[-200:])
    denied = predicate is not None and (
        predicate.denials % 2 == 1 or _denies_a_state(sentence, predicate.denials)
    )
    topic = topic_of(_ENDING.sub("", sentence)[-200:])
    core = question.core | (topic.things if topic else frozenset()) | ({topic.action} if topic else set())
    outer = topic.action if topic else ""
    kept_off = denied_verb(sentence) or "" if keeps_off else ""
    return Demand(way, denied, keeps_off, frozenset(core), question.nouns, outer, kept_off, False, plain)


def _way_of(sentence: str) -> Way:
    """The way that words tell; what is to be told, `連絡先をお答えください`, is asked as if its noun stood alone."""
    tells = _TELL.search(sentence)
    if tells is not None:
        of_noun = _first_way(sentence[: tells.start()])
        if of_noun in _TOLD:
            return of_noun
        if tells["asks"]:
            return Way.TEXT
    return _first_way(sentence)


def _first_way(sentence: str) -> Way:
    return next((way for way, pattern in _ways().items() if pattern.search(sentence)), Way.TITLE)


def _denies_a_state(sentence: str, denials: int) -> bool:
    """Whether a state is asked not to be that is a lack itself: `鍵を知らない状態になっていないか`."""
    return denials > 1 and _LACKING_STATE.search(sentence) is not None


def prevents(text: str) -> bool:
    """Whether a text says that something is kept off: 制限, 禁止, …ないように."""
    return _pattern("prevents", "says").search(text.lower()) is not None


@cache
def _ways() -> dict[Way, re.Pattern[str]]:
    """The ways that words tell, in the order in which they are tried."""
    names: dict[str, list[str]] = load("normalizers.language.grammar", "demand.toml")["ways"]
    return {Way(name): _pattern("ways", name) for name in names}


@cache
def _pattern(table: str, name: str) -> re.Pattern[str]:
    return re.compile("|".join(load("normalizers.language.grammar", "demand.toml")[table][name]))


def _asking_sentence(plain: str) -> str:
    """The sentence that asks: the first that is no note, without what stands in brackets."""
    for part in re.split(r"[。\n]|(?<=[?？])", plain):
        sentence = _ASIDE.sub("", part).strip(" 　・-")
        if len(sentence) > 1 and not _NOTE.match(sentence):
            return sentence
    return ""
