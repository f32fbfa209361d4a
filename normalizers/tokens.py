"""Requirement text in, normalised words out, for aligning items: サーバ and サーバー, 問合せ and 問い合わせ are one word.

Sudachi (mode A, core dictionary) does the splitting. Normalised forms
are never used as answers: they turn 〇 into 0 and レ into れる.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import Any

_CONTENT = {"名詞", "動詞", "形容詞", "形状詞", "副詞", "接頭辞", "接尾辞"}
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


@cache
def tokenizer() -> Any:
    """Sudachi's tokenizer in mode A, made once a process; a text may hold 49,149 bytes."""
    import sudachipy  # noqa: PLC0415  loading the dictionary takes a while: only where items are aligned or sentences are read

    return sudachipy.Dictionary(dict="core").create(mode=sudachipy.SplitMode.A)


def content_words(text: str) -> list[str]:
    """Normalised content words of `text` in order; negation (`ない`, `不`, `非`) is kept as a word."""
    normal = unicodedata.normalize("NFKC", text)[: _MAX_BYTES // 4]
    words = []
    for morpheme in tokenizer().tokenize(normal):
        kind = morpheme.part_of_speech()[0]
        word = morpheme.normalized_form().casefold()
        if (kind in _CONTENT or word in {"ない", "ぬ", "無い"}) and word not in _EMPTY and word.strip():
            words.append(word)
    return words
