"""A clause and what was asked in, how the two stand to each other out: of the very action, of its things, bare, or of another.

`しておりません` is bare, `保管しておりません` beside 「保管していること」 of the action, `帳簿は作っていません` of another thing.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from normalizers.language.claim import verbs_alike
from normalizers.language.clause_topics import share, topic_words
from normalizers.language.grammar.clause import StatedClause
from normalizers.language.grammar.demand import Demand

_OCCURS = frozenset({"発生", "起きる", "起こる", "生じる", "生ずる"})
_SAYS_WHETHER = re.compile(r"対象$|(?:原則|一切|全く|特に|現在)?(?:無|有|なし|無し|あり|有り|皆無|なかっ)$")


class Bond(StrEnum):
    """How a clause stands to what was asked."""

    BARE = "bare"
    ACTION = "action"
    THING = "thing"
    OTHER = "other"


@lru_cache(maxsize=16384)
def bond_of(clause: StatedClause, demand: Demand) -> Bond:
    """How a clause stands to what was asked."""
    if clause.english or demand.english:
        return _english_bond(clause, demand)
    plain = topic_words("plain") | topic_words("existing") | topic_words("lean") | topic_words("times")
    own = {word for word in clause.nouns | clause.things if word not in plain | topic_words("generic")}
    leans = clause.action in plain or not clause.action or _SAYS_WHETHER.match(clause.action) is not None
    if leans and not own:
        return Bond.BARE
    if clause.action in _OCCURS and clause.action in demand.text and not own - {clause.action}:
        return Bond.ACTION
    said = own if leans else frozenset({clause.action})
    own -= {clause.action} if _SAYS_WHETHER.match(clause.action) else set()
    if leans and not own:
        return Bond.BARE
    if share(frozenset(said), demand.core - plain) or is_alike(clause.action, demand.core - plain):
        return Bond.ACTION
    return Bond.THING if _shares_words(clause, demand) else Bond.OTHER


def _shares_words(clause: StatedClause, demand: Demand) -> bool:
    words = {clause.action, *clause.nouns}
    shared = share(clause.things, demand.core | demand.nouns) or share(clause.nouns, demand.nouns)
    return shared or any(len(word) > 1 and word in demand.text for word in words)


def _english_bond(clause: StatedClause, demand: Demand) -> Bond:
    """How a clause stands to the question where one of them is English: by the stems that both hold."""
    shared = clause.nouns & demand.nouns
    if shared:
        return Bond.ACTION if len(shared) > 1 else Bond.THING
    return Bond.OTHER if clause.nouns else Bond.BARE


@lru_cache(maxsize=16384)
def is_alike(action: str, core: frozenset[str]) -> bool:
    """Whether an action means one of the words that were asked: 保存 and 保管."""
    stem = re.sub(r"(?<=[一-龠])[ぁ-ん]+$", "", action)
    return bool(stem) and any(
        set(verbs_alike(stem)) & {word, re.sub(r"(?<=[一-龠])[ぁ-ん]+$", "", word)} for word in core
    )
