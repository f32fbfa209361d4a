"""A remark in, the kinds of words in it that limit, date, deny or prove out (cues.toml): `本社のみ` holds `only` and `group`.

Where a kind stands at the start, at the end or in a short note says more, and so does which kinds stand together; whether the
question holds the same kind says that it asks for just that.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from normalizers.remarks.classifier.word_cues import Features
from normalizers.vocabulary import load

_WEIGHT = 0.6
_SHORT = 14
_LIMITS = (
    "only", "except", "part", "contrast", "others", "future", "ongoing", "notyet", "cost", "request", "cond", "substitute",
    "lax", "bad", "refuse", "undone", "absent",
)  # fmt: skip
_PROOFS = ("doc", "cert", "regular", "total", "past", "ban", "neverbad", "free")


@lru_cache(maxsize=8192)
def cues_in(text: str) -> Mapping[str, re.Match[str]]:
    """Kind of word → where it first stands in a text (NFKC, small letters)."""
    return {name: match for name, pattern in _patterns().items() if (match := pattern.search(text))}


def cue_features(remark: str) -> Features:
    """What the kinds of words in a remark say by themselves."""
    hits = cues_in(remark)
    names = {*hits, *(f"{name}+{second}" for name in hits for second in hits if name < second)}
    for name, match in hits.items():
        names |= {f"{name}:end"} if match.end() > len(remark) - 4 else set()
        names |= {f"{name}:start"} if match.start() < 2 else set()
        names |= {f"{name}:alone"} if len(remark) < _SHORT else set()
    limits, proofs = (sum(name in hits for name in kinds) for kinds in (_LIMITS, _PROOFS))
    return _features(names | {f"cues{min(4, len(hits))}", f"limits{min(3, limits)}:{min(3, proofs)}"})


def shared_cue_features(remark: str, question: str, way: str) -> Features:
    """What the kinds of words in a remark say beside a question; `way` tells whether that is itself denied."""
    question_hits = cues_in(question)
    names = set()
    for name, match in cues_in(remark).items():
        is_shared = name in question_hits or match.group() in question
        names |= {f"{name}:{way}", f"{name}:shared{is_shared}"}
        names |= {f"{name}?{question_name}" for question_name in question_hits}
    return _features(names)


def _features(names: set[str]) -> Features:
    return {f"k:{name}": _WEIGHT for name in names}


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    table: dict[str, str] = load("normalizers.remarks.classifier", "cues.toml")["cues"]
    return {name: re.compile(pattern) for name, pattern in table.items()}
