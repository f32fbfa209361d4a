"""A clause in, how it is meant out: planned, considered, bound to a condition, in part, permitted, a duty, past, withheld.

`来年度から実施` is planned, `お客様のご依頼により提供` bound to a condition and of the customer. The words stand in moods.toml.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache, lru_cache

from normalizers.vocabulary import load


class Mood(StrEnum):
    """The ways in which a clause may be meant besides as done or not; a clause may have several."""

    PLANNED = "planned"
    CONSIDERED = "considered"
    PARTIAL = "partial"
    CONDITIONAL = "conditional"
    PERMITTED = "permitted"
    DUTY = "duty"
    PAST = "past"
    WITHHELD = "withheld"
    MOOT = "moot"
    ELSEWHERE = "elsewhere"
    SUBSTITUTE = "substitute"
    CUSTOMER = "customer"
    CONTRACTOR = "contractor"
    ALL = "all"
    UNTESTED = "untested"
    BAD = "bad"
    PROOF = "proof"
    OFTEN = "often"


@lru_cache(maxsize=16384)
def moods_of(clause: str) -> frozenset[Mood]:
    """The moods of a clause (NFKC)."""
    text = clause.lower()
    return frozenset(mood for mood, words in _words().items() if any(word in text for word in words))


@cache
def _words() -> dict[Mood, tuple[str, ...]]:
    table: dict[str, list[str]] = load("normalizers.language.grammar", "moods.toml")["moods"]
    return {Mood(name): tuple(words) for name, words in table.items()}
