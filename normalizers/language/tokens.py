"""Requirement text in, normalised words out, for aligning items: サーバ and サーバー, 問合せ and 問い合わせ are one word.

Sudachi (core dictionary) does the splitting, in short units (mode A) and long ones (mode C). Normalised forms are
never used as answers: they turn 〇 into 0 and レ into れる.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from normalizers.text import fold
from normalizers.vocabulary import load

_CONTENT = {"名詞", "動詞", "形容詞", "形状詞", "副詞", "接頭辞", "接尾辞"}
_NEGATIONS = {"ない", "ぬ", "無い"}
_EMPTY = {
    "こと",
    "事",
    "為る",
    "有る",
    "居る",
    "出来る",
    "成る",
    "等",
    "及び",
    "又は",
    "場合",
    "的",
    "物",
    "为",
    "御",
    "本",
    "当該",
    "貴社",
    "行う",
    "於く",
    "因る",
    "付く",
    "て",
    "する",
}
_MAX_BYTES = 40_000


@dataclass(frozen=True, slots=True)
class Tokens:
    """A text's words: short units, long units, and groups (synonym groups and concepts), each in order of the text."""

    short: tuple[str, ...]
    long: tuple[str, ...]
    groups: tuple[str, ...]


@cache
def tokenizer() -> Any:
    """Sudachi's tokenizer in mode A, made once a process; a text may hold 49,149 bytes."""
    return _dictionary().create(mode=_short())


@cache
def _long() -> Any:
    return _dictionary().create(mode=_sudachi().SplitMode.C)


@cache
def _dictionary() -> Any:
    return _sudachi().Dictionary(dict="core")


@cache
def _short() -> Any:
    return _sudachi().SplitMode.A


def _sudachi() -> Any:
    import sudachipy  # noqa: PLC0415  loading takes a while: only where items are aligned or sentences are read

    return sudachipy


def content_words(text: str) -> list[str]:
    """Normalised content words of `text` in short units, in order; negation (`ない`, `不`, `非`) is kept as a word."""
    return list(words_of(text).short)


@lru_cache(maxsize=16384)
def words_of(text: str) -> Tokens:
    """The content words of `text`, at most its first 10,000 characters."""
    normal = unicodedata.normalize("NFKC", text)[: _MAX_BYTES // 4]
    short: list[str] = []
    long: list[str] = []
    groups: list[str] = []
    for morpheme in _long().tokenize(normal):
        parts = [word for part in morpheme.split(_short(), add_single=True) if (word := _content(part))]
        short += parts
        word = _content(morpheme)
        if word:
            long.append(word)
            ids = morpheme.synonym_group_ids()
            groups += [f"#{ids[0]}"] if ids else parts
    return Tokens(tuple(short), tuple(long), (*groups, *_concepts_of(text)))


def _content(morpheme: Any) -> str | None:
    """The normalised form of a morpheme, None where it is a particle, a mark or a word that says nothing."""
    word: str = morpheme.normalized_form().casefold()
    if not word.strip() or word in _EMPTY:
        return None
    return word if word in _NEGATIONS or morpheme.part_of_speech()[0] in _CONTENT else None


@cache
def _concepts() -> tuple[re.Pattern[str], dict[str, str]]:
    """A pattern of all phrases, longest first, and the concept of each."""
    table: dict[str, list[str]] = load("normalizers.language", "synonyms.toml")["concepts"]
    owner = {fold(phrase): concept for concept, phrases in table.items() for phrase in phrases}
    longest = sorted(owner, key=lambda phrase: (-len(phrase), phrase))
    # A short Latin word (ids, ai) counts only where no other Latin letter touches it.
    parts = [rf"(?<![a-z]){re.escape(p)}(?![a-z])" if p.isascii() else re.escape(p) for p in longest]
    return re.compile("|".join(parts)), owner


def _concepts_of(text: str) -> tuple[str, ...]:
    """The concepts of synonyms.toml that `text` names, in order, as `@concept`."""
    pattern, owner = _concepts()
    return tuple(f"@{owner[match.group()]}" for match in pattern.finditer(fold(text[:10_000])))
