"""Requirement text in, normalised words out, for aligning items: サーバ and サーバー, 問合せ and 問い合わせ are one word.

Sudachi (core dictionary) does the splitting, in short units (mode A) and long ones (mode C). Normalised forms are
never used as answers: they turn 〇 into 0 and レ into れる.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
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
# English words that only hold a sentence together, and those that ask.
_EMPTY_ENGLISH = frozenset([
    "a", "all", "also", "an", "and", "any", "are", "as", "at", "be", "been", "before", "by", "can", "could", "do",
    "does", "for", "from", "has", "have", "how", "if", "in", "into", "is", "it", "its", "made", "may", "must",
    "no", "of", "on", "only", "or", "our", "own", "please", "provide", "provided", "shall", "should", "so",
    "such", "than", "that", "the", "their", "them", "then", "there", "these", "they", "this", "those", "to",
    "under", "up", "us", "use", "used", "via", "was", "we", "what", "when", "where", "whether", "which", "who",
    "whose", "will", "with", "within", "without", "would", "you", "your",
])  # fmt: skip
_ENGLISH_ENDING = re.compile(r"(?<=[a-z]{4})(?:ing|ed|es|s)$")
_ENGLISH_RUN = re.compile(r"[a-z]{2}[ -]+[a-z]{2}")
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
    # Sudachi writes English words in kana: `and` is アンド.
    if not word.strip() or word in _EMPTY or morpheme.surface().casefold() in _EMPTY_ENGLISH:
        return None
    word = _ENGLISH_ENDING.sub("", word) if word.isascii() else word
    return word if word in _NEGATIONS or morpheme.part_of_speech()[0] in _CONTENT else None


@cache
def _concepts() -> tuple[re.Pattern[str], dict[str, str]]:
    """A pattern of all phrases, longest first, and the concept of each."""
    owner = {
        fold(phrase): concept for phrase, concept in _phrases(load("normalizers.language", "synonyms.toml"))
    }
    longest = sorted(owner, key=lambda phrase: (-len(phrase), phrase))
    # A short Latin word (ids, ai) counts only where no other Latin letter touches it.
    parts = [rf"(?<![a-z]){re.escape(p)}(?![a-z])" if p.isascii() else re.escape(p) for p in longest]
    return re.compile("|".join(parts)), owner


@cache
def _english_concepts() -> tuple[re.Pattern[str], dict[str, str]]:
    """As _concepts, of English phrases, whose endings do not count."""
    owner = dict(_phrases(load("normalizers.language", "synonyms_english.toml")))
    longest = sorted(owner, key=lambda phrase: (-len(phrase), phrase))
    phrases = "|".join(re.escape(phrase) for phrase in longest)
    return re.compile(rf"(?<![a-z])({phrases})(?:e?s|e?d|ing)?(?![a-z])"), owner


def _phrases(vocabulary: Mapping[str, Any]) -> list[tuple[str, str]]:
    table: dict[str, list[str]] = vocabulary["concepts"]
    return [(phrase, concept) for concept, phrases in table.items() for phrase in phrases]


def _concepts_of(text: str) -> tuple[str, ...]:
    """The concepts that `text` names, in order, as `@concept`; English phrases only where words stand beside each other."""
    pattern, owner = _concepts()
    concepts = [f"@{owner[match.group()]}" for match in pattern.finditer(fold(text[:10_000]))]
    english = unicodedata.normalize("NFKC", text[:10_000]).lower()
    if _ENGLISH_RUN.search(english):
        pattern, owner = _english_concepts()
        concepts += [f"@{owner[match[1]]}" for match in pattern.finditer(english)]
    return tuple(concepts)
