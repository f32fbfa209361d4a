"""A remark in, whether it says of the whole question that it is done or not out: `当社では行っていません` is a no.

Only a sentence without a subject of its own says so: its predicate is an action that may answer any question (実施, 対応,
行う), and no other noun stands in it but 当社, 現在 and the like. `第三者へは提供していません` tells of something else.
"""

from __future__ import annotations

import re
from functools import lru_cache

from normalizers.answers.model import AnswerValue
from normalizers.language.predicates import (
    Predicate,
    PredicateForm,
    predicate_pattern,
    predicate_words,
    read_predicate,
)
from normalizers.language.tokens import tokenizer
from normalizers.text import fold

_LONGEST = 60


@lru_cache(maxsize=4096)
def states_generally(remark: str) -> AnswerValue | None:
    """`yes` or `no` where the first sentence of a remark (NFKC, one line) affirms or denies the question as such."""
    first = re.split(r"[。\n]", remark, maxsplit=1)[0].strip()
    first = predicate_pattern("denying", "turns").split(first, maxsplit=1)[0]
    predicate = read_predicate(first) if 0 < len(first) <= _LONGEST else None
    if predicate is None or predicate.inner or not predicate.listed:
        return None
    if predicate.subject.endswith(tuple(predicate_words("burdens", "words"))):
        return None
    if _doubtful(first) or _own_nouns(first, predicate):
        return None
    if predicate.denials == 1:
        return AnswerValue.NO
    return AnswerValue.YES if predicate.denials == 0 and predicate.form == PredicateForm.LASTING else None


def _doubtful(text: str) -> bool:
    patterns = (("denying", "doubled"), ("denying", "duty"), ("unsaid", "endings"), ("unsaid", "patterns"))
    return any(predicate_pattern(*name).search(text) for name in patterns)


def _own_nouns(sentence: str, predicate: Predicate) -> set[str]:
    """The nouns of a sentence that name a subject: without its action and what stands in any sentence (当社, 現在)."""
    general = predicate_words("asking", "general") | predicate_words("asking", "empty")
    nouns = {
        m.surface()
        for m in tokenizer().tokenize(sentence)
        if m.part_of_speech()[0] in {"名詞", "形状詞", "代名詞"} and re.search(r"\w", m.surface())
    }
    general |= predicate_words("asking", "times")
    return {noun for noun in nouns - general if fold(noun) not in fold(predicate.word)}
