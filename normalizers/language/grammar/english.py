"""An English clause in, whether it denies and its words out: `We do not use any sub-processors` denies use.

Words are compared by their stems, cut short: review, reviewed and reviews are one word.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from normalizers.vocabulary import load

_DENIES = re.compile(
    r"\b(?:no|not|never|none|neither|nor|without|cannot|nobody|nothing|nil|zero|lacks?|nope|discontinued|retired|abandoned)\b|n't\b"
)
_UNDENIED = re.compile(
    r"\bnot only\b|\bno later than\b|\bno (?:less|more|fewer) than\b|\bno problem\b|\bwithout (?:exception|delay|undue)\w*"
)
_STEM = 5


def is_english(text: str) -> bool:
    """Whether a text is written in Latin letters."""
    letters = [char for char in text if char.isalpha()]
    return bool(letters) and sum(char.isascii() for char in letters) >= 0.8 * len(letters)


def denies_english(clause: str) -> bool:
    """Whether an English clause denies an odd number of times."""
    return len(_DENIES.findall(_UNDENIED.sub(" ", clause.lower()))) % 2 == 1


@lru_cache(maxsize=8192)
def stems_of(text: str) -> frozenset[str]:
    """The stems of an English text's words that say something."""
    words = re.findall(r"[a-z][a-z\-']+", text.lower())
    return frozenset(word[:_STEM] for word in words if word not in _empty())


@cache
def _empty() -> frozenset[str]:
    return frozenset(load("normalizers.language.grammar", "english.toml")["words"]["empty"])
