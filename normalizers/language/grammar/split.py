"""A text in, its clauses out, brackets apart: `定めておりませんが平均2時間です` is two clauses, `（本社のみ）` an aside.

A clause ends at a full stop, at a turn (…が、, …ものの), and at a comma behind a predicate: `実施し、記録している` ends one,
`名簿、帳簿を保管` does not. Which commas stand behind a predicate the morphemes tell.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from normalizers.language.tokens import tokenizer

LONGEST = 400
_MOST = 12
_BRACKET = re.compile(r"[(（\[［【「『][^()（）\[\]［］【】「」『』]*[)）\]］】」』]?")
_STOPS = re.compile(
    r"[。！!？?\n；;]|(?<=[^\d\s])\s*[/／]\s*(?=[^\d\s])|(?<=[a-z])[.](?=\s|$)|→", re.IGNORECASE
)
# Manners before what is said: 恐れ入りますが、…
_PREFACE = re.compile(
    r"(?:^|(?<=[。\n]))[\s　]*(?:大変|誠に|まことに|甚だ)?"
    r"(?:恐れ入り|恐縮|申し訳|申しわけ|お手数|勝手|残念|あいにく|遺憾|心苦し|失礼)"
    r"(?:[^、,。\n]{0,12}(?:が|けれども?|けど|ながら)|ながら)?[、,]"
)
_COMMAS = {"、", ",", "，", "､"}
_TURNS = {"が", "けど", "けれど", "けれども", "ものの", "ながら"}
_LEADING_ON = {
    "対し",
    "対して",
    "おいて",
    "より",
    "関し",
    "関して",
    "基づき",
    "応じ",
    "通じ",
    "加え",
    "含め",
    "除き",
    "除い",
    "つき",
    "よっ",
}
_STATES = {"あり", "なし", "有り", "有", "無", "無し", "可", "不可", "済", "未", "済み", "中"}


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a text: `aside` where it stands in brackets, `turned` where what precedes it is turned (…が、)."""

    text: str
    aside: bool = False
    turned: bool = False


@lru_cache(maxsize=16384)
def split_clauses(printed: str) -> tuple[Part, ...]:
    """The clauses of the first 400 characters of a text, at most twelve, asides last."""
    text = unicodedata.normalize("NFKC", printed)[:LONGEST]
    asides = [match.group().strip("()[]【】「」『』 ") for match in _BRACKET.finditer(text)]
    plain = _PREFACE.sub("", _BRACKET.sub(" ", text))
    if not plain.strip(" 、,。."):
        plain, asides = " ".join(asides), []
    parts = [part for sentence in _STOPS.split(plain) for part in _split_sentence(sentence)]
    return (*parts[:_MOST], *(Part(aside, aside=True) for aside in asides[:_MOST] if aside))


def _split_sentence(sentence: str) -> list[Part]:
    """The clauses of one sentence."""
    if not sentence.strip(" 、,・.-"):
        return []
    morphemes = [m for m in tokenizer().tokenize(sentence) if m.surface().strip()]
    parts: list[Part] = []
    words: list[str] = []
    turned = False
    for index, morpheme in enumerate(morphemes):
        behind = morphemes[index - 1] if index else None
        surface = morpheme.surface()
        if surface in _COMMAS and behind is not None and _ends_clause(behind):
            parts.append(Part("".join(words), turned=turned))
            words, turned = [], behind.surface() in _TURNS
            continue
        words.append(_spaced(morphemes, index))
        if _turns(morphemes, index):
            parts.append(Part("".join(words), turned=turned))
            words, turned = [], True
    parts.append(Part("".join(words), turned=turned))
    return [
        Part(text, part.aside, part.turned) for part in parts if (text := part.text.strip(" 、,，・:：-"))
    ]


def _spaced(morphemes: list[Any], index: int) -> str:
    """A morpheme with the space that stands before Latin words."""
    surface: str = morphemes[index].surface()
    before = morphemes[index - 1].surface() if index else ""
    return (
        f" {surface}"
        if before[-1:].isascii() and surface[:1].isascii() and before[-1:].isalpha()
        else surface
    )


def _ends_clause(behind: Any) -> bool:
    """Whether a comma behind this morpheme ends a clause."""
    kind = behind.part_of_speech()
    if behind.surface() in _LEADING_ON:  # 従業員に対し、教育を行っています
        return False
    if kind[0] == "助詞":
        return bool(kind[1] == "接続助詞") or behind.surface() in _TURNS
    if kind[0] in {"動詞", "助動詞", "形容詞"}:
        return True
    return kind[0] in {"名詞", "接尾辞", "形状詞", "接頭辞"} and (
        behind.surface() in _STATES or kind[2] == "サ変可能"
    )


def _turns(morphemes: list[Any], index: int) -> bool:
    """Whether a turn stands here without a comma behind it: 定めておりません が 平均…"""
    if index == 0 or index + 1 >= len(morphemes) or morphemes[index + 1].surface() in _COMMAS:
        return False
    morpheme, behind = morphemes[index], morphemes[index - 1]
    return (
        morpheme.surface() in _TURNS
        and morpheme.part_of_speech()[1] == "接続助詞"
        and behind.part_of_speech()[0] in {"助動詞", "動詞", "形容詞"}
    )
