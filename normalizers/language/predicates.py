"""One sentence of an answer in, how its predicate ends out: denied, affirmed, twice denied, or nothing of the kind.

Sudachi's morphemes decide, not strings: `取得していません` and `用意がない` are denied, `やむを得ない` and
`実施しなければならない` are not, `未実施` is and `未満` is not. The predicate is the last content word of the sentence; what
stands behind it (auxiliaries, particles, する, いる, 済み) tells whether it is denied. An affirmation counts only for the
actions of predicates.toml.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from typing import Any

from normalizers.language.tokens import tokenizer
from normalizers.vocabulary import load

_LONGEST = 200
_STOPS = set("。．.、，,！! 　")
_HELPERS = {"助動詞", "助詞"}
_PUNCTUATION = {"補助記号", "空白", "記号"}
_EXISTENCE = {"有る", "御座る", "無い"}
_ABSENT = ("なし", "無し", "無い", "皆無")


class PredicateForm(StrEnum):
    """How an action is stated: している or 済み, 可能 or できる, nothing behind a noun, or another way."""

    LASTING = "lasting"
    ABLE = "able"
    NOUN = "noun"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Predicate:
    """The end of a sentence: `word` is its action (`暗号化`), `denials` how often it is denied, `inner` how often
    something else in the sentence is, `subject` the noun that it says something of, `listed` whether a plain statement
    of the action is a yes."""

    word: str
    denials: int
    inner: int
    subject: str
    form: PredicateForm
    listed: bool


@dataclass(frozen=True, slots=True)
class _Token:
    surface: str
    kind: str
    form: str


@lru_cache(maxsize=4096)
def read_predicate(sentence: str) -> Predicate | None:
    """The predicate of one sentence without full stops; None where there is none, or of more than 200 characters."""
    if len(sentence) > _LONGEST:
        return None
    tokens = _tokens(sentence)
    start = _predicate_start(tokens)
    if start is None:
        return None
    first = _compound_start(tokens, start)
    before, action, tail = tokens[:first], tokens[first : start + 1], tokens[start + 1 :]
    word = "".join(token.surface for token in action)
    able = word in predicate_words("affirming", "able")
    prefixes = sum(token.kind == "接頭辞" and token.surface in _prefixes() for token in before)
    return Predicate(
        word=word,
        denials=sum(map(_denies, tail)) + int(_denies_itself(action)),
        inner=sum(map(_denies, before)) + prefixes,
        subject=_subject(before, tail, word),
        form=_form(action, tail),
        listed=_is_listed((_noun_before(before) or action) if able else action),
    )


@cache
def predicate_words(table: str, name: str) -> frozenset[str]:
    """A list of words of predicates.toml."""
    return frozenset(load("normalizers.language", "predicates.toml")[table][name])


@cache
def predicate_pattern(table: str, name: str) -> re.Pattern[str]:
    """A pattern of predicates.toml, or several as one."""
    patterns: str | list[str] = load("normalizers.language", "predicates.toml")[table][name]
    return re.compile(patterns if isinstance(patterns, str) else "|".join(patterns))


def without_burden(text: str) -> str:
    """`漏れなく記録しております` → `記録しております`: how smoothly something is done denies nothing."""
    return predicate_pattern("burdens", "smooth").sub("", text) or text


def _tokens(sentence: str) -> list[_Token]:
    morphemes: Sequence[Any] = tokenizer().tokenize(sentence)
    tokens = [_Token(m.surface(), m.part_of_speech()[0], m.normalized_form()) for m in morphemes]
    while tokens and tokens[-1].surface in _STOPS:
        tokens.pop()
    return tokens


def _predicate_start(tokens: list[_Token]) -> int | None:
    """Where the last content word stands: する, いる and ない lean on a word before them, where there is one."""
    index = len(tokens) - 1
    while index > 0 and _leans(tokens[index]):
        index -= 1
    return index if tokens and tokens[index].kind not in _PUNCTUATION | _HELPERS else None


def _leans(token: _Token) -> bool:
    if token.kind in _HELPERS or token.form in predicate_words("burdens", "formal"):
        return True
    if token.kind == "動詞":
        return token.form in predicate_words("affirming", "light")
    return token.form == "無い" or (token.kind == "接尾辞" and token.form in {"済み", "兼ねる"})


def _compound_start(tokens: list[_Token], end: int) -> int:
    """Where the compound that ends at `end` begins, with its prefix: 未 暗号 化."""
    first = end
    while (
        first > 0
        and tokens[first].kind in {"名詞", "接尾辞", "形状詞"}
        and tokens[first - 1].kind in {"名詞", "接頭辞", "接尾辞"}
    ):
        first -= 1
        if tokens[first].kind == "接頭辞":
            break
    return first


@cache
def _prefixes() -> frozenset[str]:
    return predicate_words("denying", "prefixes") | predicate_words("denying", "other_prefixes")


def _denies(token: _Token) -> bool:
    helper = token.kind in {"助動詞", "形容詞"} or (token.kind == "接尾辞" and token.form == "兼ねる")
    if helper and token.form in predicate_words("denying", "auxiliaries"):
        return True
    return token.kind == "名詞" and token.surface in {"なし", "無し"}


def _denies_itself(action: list[_Token]) -> bool:
    """未実施, 不可, 冗長化なし."""
    if action[0].kind == "接頭辞" and action[0].surface in predicate_words("denying", "prefixes"):
        return True
    last, word = action[-1], "".join(token.surface for token in action)
    denying = predicate_words("denying", "words")
    return last.surface in denying or last.form in denying or word in denying


def _subject(before: list[_Token], tail: list[_Token], word: str) -> str:
    """What is said not to be there: 障害 of 障害は発生していません, 用意 of 用意がない, 冗長化 of 冗長化なし; else ""."""
    formal = predicate_words("burdens", "formal")
    if any(t.form in _EXISTENCE or t.form in formal for t in tail) and (
        tail[0].kind == "助詞" or tail[0].form in _EXISTENCE
    ):
        return word
    if word not in _ABSENT and word not in predicate_words("burdens", "seen"):
        return word[:-2] if word.endswith(_ABSENT) else ""
    nouns = [t for t in before if t.kind in {"名詞", "形状詞"} and t.form not in formal]
    return nouns[-1].surface if nouns else ""


def _form(action: list[_Token], tail: list[_Token]) -> PredicateForm:
    forms = [token.form for token in tail]
    able = predicate_words("affirming", "able")
    if action[-1].form in able or any(form in able for form in forms):
        return PredicateForm.ABLE
    if not tail:
        return PredicateForm.NOUN if action[-1].kind in {"名詞", "接尾辞"} else PredicateForm.OTHER
    if "済み" in forms or any(f in {"居る", "おる", "てる", "とる"} for f in forms):
        return PredicateForm.LASTING
    if {"有る", "御座る"} & {*forms, action[-1].form}:
        return PredicateForm.LASTING
    return PredicateForm.NOUN if forms == ["です"] and action[-1].kind == "名詞" else PredicateForm.OTHER


def _noun_before(before: list[_Token]) -> list[_Token]:
    """The compound noun that something is possible of: 設定変更 of 設定変更が可能です."""
    for index in range(len(before) - 1, -1, -1):
        if before[index].kind not in _HELPERS:
            return before[_compound_start(before, index) : index + 1]
    return []


def _is_listed(action: list[_Token]) -> bool:
    """Whether the action is one of which a plain statement is a yes."""
    if any(token.kind == "接頭辞" and token.surface in _prefixes() for token in action):
        return False
    nouns = predicate_words("affirming", "nouns") | predicate_words("affirming", "bare")
    if len(action) > 1 and action[-1].form in predicate_words("affirming", "able"):
        action = action[:-1]
    word = "".join(token.surface for token in action)
    if action[-1].kind in {"動詞", "形容詞"}:
        return action[-1].form in predicate_words("affirming", "verbs")
    return any(word.endswith(noun) for noun in nouns) or action[-1].form in nouns
