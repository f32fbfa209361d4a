"""An answer's printed words in, how they are to be taken out: whether they conform, echo the question, or state.

適合 and 満たす say that a requirement is met even where it is worded as what is feared; はい to 「使い回していませんか」 may
mean either that it is so or that it is not; ○ and a sentence are taken as what they say.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache, lru_cache

from normalizers.language.grammar.clause_bearing import Denial
from normalizers.text import fold
from normalizers.vocabulary import load

_LEADING = 6


class AnswerWording(StrEnum):
    """How the words of an answer are to be taken."""

    CONFORMS = "conforms"
    ECHOES = "echoes"
    STATES = "states"


@lru_cache(maxsize=16384)
def answer_wording(words: str) -> AnswerWording:
    """How an answer is to be taken by its words: the cell, the label of a choice, or what the legend says of a mark."""
    folded = fold(words).strip("。.、, 　■☑✓✔レ()（）")
    for wording in (AnswerWording.CONFORMS, AnswerWording.ECHOES):
        if folded in _words(wording):
            return wording
    leading = folded[:_LEADING].replace("，", "、").partition("、")
    return (
        AnswerWording.ECHOES
        if leading[1] and leading[0] in _words(AnswerWording.ECHOES)
        else AnswerWording.STATES
    )


def is_ambiguous(answer: str, wording: AnswerWording, denial: Denial) -> bool:
    """Whether an answer to a question that denies may mean either: いいえ to 〜していないか, はい too to 〜していませんか."""
    if denial == Denial.NONE or wording != AnswerWording.ECHOES:
        return False
    return denial == Denial.BIASED or answer == "no"


@cache
def _words(wording: AnswerWording) -> frozenset[str]:
    listed: list[str] = load("normalizers.responses", "answer_wording.toml")["words"][wording]
    return frozenset(map(fold, listed))
