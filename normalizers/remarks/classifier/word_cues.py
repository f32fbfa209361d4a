"""A text in, its features as words out: characters, morphemes, its end, its length; and the words that others compare.

`本社のみ実施` gives the runs of one to four characters, 本社, のみ, 実施 and their pairs and triples, the same with nouns masked
(名詞_のみ), and its last morphemes. The features of a group share one weight: a long remark is not surer than a short one.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from normalizers.language.tokens import tokenizer

_LONGEST = 600
_NUMBER = re.compile(r"\d+")
_CONTENT = {"名詞", "動詞", "形容詞", "形状詞"}
_RUNS = (1, 2, 3, 4)
Features = dict[str, float]


@dataclass(frozen=True, slots=True)
class Morpheme:
    """A morpheme: as printed, its normalized form (numbers are 0), its part of speech, whether it is a content word."""

    surface: str
    form: str
    kind: str
    is_content: bool


@dataclass(frozen=True, slots=True)
class Words:
    """A text (NFKC, small letters), its morphemes, and the forms of its content words."""

    text: str
    morphemes: tuple[Morpheme, ...]
    content: frozenset[str]


@lru_cache(maxsize=8192)
def read_words(printed: str) -> Words:
    """The words of a text, of which the first 600 characters count."""
    text = unicodedata.normalize("NFKC", printed).lower()[:_LONGEST]
    morphemes = []
    for token in tokenizer().tokenize(text):
        kind = token.part_of_speech()
        if token.surface().strip():
            is_number = kind[1] == "数詞" or token.surface().isdigit()
            form = "0" if is_number else token.normalized_form().lower()
            is_content = kind[0] in _CONTENT and kind[1] not in {"数詞", "非自立可能"}
            morphemes.append(Morpheme(token.surface(), form, kind[0], is_content))
    content = frozenset(morpheme.form for morpheme in morphemes if morpheme.is_content)
    return Words(text, tuple(morphemes), content)


def remark_features(words: Words) -> Features:
    """What a remark says by itself."""
    forms = [morpheme.form for morpheme in words.morphemes]
    masked = [
        "名詞" if morpheme.kind == "名詞" and morpheme.form != "0" else morpheme.form
        for morpheme in words.morphemes
    ]
    text = f"^{_NUMBER.sub('0', words.text)}$"
    runs = {text[i : i + size] for size in _RUNS for i in range(len(text) - size + 1)}
    endings = {"_".join(forms[-size:]) for size in (1, 2, 3)}
    endings |= {"~" + "_".join(masked[-size:]) for size in (2, 3, 4)}
    return {
        **_group("c", runs),
        **_group("m", {*forms, *_pairs(forms), *_triples(forms)}),
        **_group("s", {*_pairs(masked), *_triples(masked)}),
        **{f"e:{ending}": 0.36 for ending in endings},
        **{f"g:{shape}": 0.18 for shape in _shapes(words.text)},
    }


def question_features(words: Words) -> Features:
    """What is asked, whatever the remark."""
    forms = [morpheme.form for morpheme in words.morphemes]
    endings = {"_".join(forms[-size:]) for size in (1, 2, 3)}
    pairs = {f"{first}_{second}" for first, second in pairwise([*forms, "$"])}
    return {**_group("qm", {*forms, *pairs}, 0.8), **_group("qe", endings, 0.8)}


def _group(name: str, values: set[str], weight: float = 2.0) -> Features:
    share = weight / max(1, len(values)) ** 0.5
    return {f"{name}:{value}": share for value in values}


def _pairs(forms: list[str]) -> list[str]:
    return [f"{first}_{second}" for first, second in pairwise(["^", *forms, "$"])]


def _triples(forms: list[str]) -> list[str]:
    return [
        "_".join(triple) for triple in zip(["^", *forms], forms, [*forms[1:], "$"], strict=False) if forms
    ]


def _shapes(text: str) -> tuple[str, ...]:
    latin = sum(char < "\x7f" for char in text) / max(1, len(text))
    sentences = len(re.findall(r"[。.]\s*\S", text))
    return (
        f"length{min(9, len(text) // 6)}",
        f"sentences{min(3, sentences)}",
        f"latin{int(3 * latin)}",
        "bias",
    )
