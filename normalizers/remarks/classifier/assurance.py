"""A remark and a question in, the signs that the remark assures what is asked although it holds words of limits out.

`未登録の端末はつながりません` denies nothing: what is unfit is barred. `承認されるまで公開しない` is a gate, `責任者のみ解錠`
names the keepers, `違反は0件` tells that nothing bad came of it, `失敗した場合は再取得` what follows when it goes wrong. Each
counts by whether the question asks to keep something small, closed or apart. Words stand in assurance.toml; what each says is
learnt.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from normalizers.remarks.classifier.cues import cues_in
from normalizers.remarks.classifier.word_cues import Features
from normalizers.vocabulary import load

_WEIGHT = 0.8
_CLAUSES = re.compile(r"[。;]|(?<=[a-z])\.\s|\n")
_LIMITS = frozenset(
    {
        "only", "except", "part", "contrast", "others", "future", "ongoing", "notyet", "cost", "request", "cond", "undone",
        "refuse", "absent", "bad", "lax",
    }
)  # fmt: skip
# What may stand in a reasoned claim and binds nothing: who asks, what happens when, what must not happen.
_OF_A_REASON = frozenset({"cond", "request", "bad"})
_SIGNS = ("gate", "keepers", "none_bad", "beyond", "remedy", "conforms", "done")


def assurance_features(remark: str, question: str) -> Features:
    """The signs of a remark (NFKC, small letters) beside a question of the same kind."""
    signs = _signs_of(remark)
    way = "G" if _pattern("questions", "guards").search(question) else "O"
    limits = cues_in(remark).keys() & _LIMITS
    names = {name for sign in signs for name in (sign, f"{sign}:{way}")}
    names |= {f"{limit}/{sign}" for limit in limits for sign in signs}
    names |= {f"{limit}/none:{way}" for limit in limits if not signs}
    names.add(f"limits{min(2, len(limits))}:{way}:{_affirmed(remark)}")
    if not limits:
        names.add(f"clear:{way}:{bool(signs)}")
    return {f"a:{name}": _WEIGHT for name in names}


def claims_conformity(remark: str) -> bool:
    """Whether a remark (NFKC, small letters) ends in saying that the requirement is met, and nothing in it limits that."""
    sentences = [part for part in _CLAUSES.split(remark) if part.strip()]
    if not sentences or not _pattern("words", "conforms").search(sentences[-1]):
        return False
    return not cues_in(remark).keys() & (_LIMITS - _OF_A_REASON)


def _affirmed(remark: str) -> str:
    """Whether all sentences tell of what is done, some, or none."""
    sentences = [part.strip() for part in _CLAUSES.split(remark) if part.strip()]
    affirmed = sum(_pattern("words", "affirms").search(part) is not None for part in sentences)
    return "all" if affirmed == len(sentences) else "some" if affirmed else "none"


@lru_cache(maxsize=8192)
def _signs_of(remark: str) -> frozenset[str]:
    signs = {name for name in _SIGNS if _pattern("words", name).search(remark)}
    for clause in filter(None, _CLAUSES.split(remark)):
        unfit = _pattern("words", "unfit").search(clause)
        if unfit and _pattern("words", "barred").search(clause, unfit.end() - 1):
            signs.add("barred_unfit")
        elif _pattern("words", "barred").search(clause):
            signs.add("barred")
    return frozenset(signs)


@cache
def _pattern(table: str, name: str) -> re.Pattern[str]:
    return re.compile(load("normalizers.remarks.classifier", "assurance.toml")[table][name])
