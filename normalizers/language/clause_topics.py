"""A clause in, what it speaks of out: its action, the things that the action is done to, and the other nouns.

`遠隔地への保管は行っておりません` speaks of 保管, for 行う says nothing by itself; `監視しておりません` of 監視. Of a
question the same words tell what is asked: `バックアップを遠隔地に保管していること` asks for 保管, and
`復旧の手順を定めていること` for 手順.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from normalizers.language.predicates import predicate_pattern, predicate_words, read_predicate
from normalizers.language.tokens import tokenizer
from normalizers.vocabulary import load

_LONGEST = 200
_LONGEST_QUESTION = 4000
_MOST_SENTENCES = 12
_NOUNS = {"名詞", "接尾辞", "接頭辞", "形状詞"}
_OBJECT = {"を", "が", "は", "も"}
_ABLE = re.compile(r"(?:の?有無|の?可否|について|(?:です|ます)?か|こと|ですか)[?？]?$")
_AROUND = {"以上", "以内", "以下", "未満", "間", "時間", "毎", "ごと", "程度", "ヶ月", "か月", "カ月", "回"}
_KANA_TAIL = re.compile(r"[一-龠][ぁ-ん]+$")
_WORD = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Theme:
    """`action` in its dictionary form, `denied` where the predicate is; `things` are what it is done to where the action
    leans on them, else the action; `nouns` all compound nouns, `too` where one of them is marked by も."""

    action: str
    denied: bool
    things: frozenset[str]
    nouns: frozenset[str]
    too: bool


@dataclass(frozen=True, slots=True)
class Question:
    """What a requirement asks for: its `core`, all its nouns, whether it asks for something not to be, whether its
    action leans on an object (設ける, 導入), and whether one of several things is enough."""

    core: frozenset[str]
    nouns: frozenset[str]
    denied: bool
    leans: bool
    either: bool
    text: str


@cache
def turned_words(name: str) -> frozenset[str]:
    """A list of words of remarks/effect.toml, and their printed forms in lower case."""
    return frozenset(load("normalizers.remarks", "effect.toml")["words"][name])


@lru_cache(maxsize=8192)
def theme_of(clause: str) -> Theme | None:
    """The theme of one clause (NFKC, no full stop); None where it has no predicate or more than 200 characters."""
    predicate = read_predicate(clause) if 0 < len(clause) <= _LONGEST else None
    if predicate is None:
        return None
    compounds = _compounds(clause)
    action = _action(predicate.word, clause)
    lean = action in turned_words("lean") or not action
    own = {action} if action and not lean else set()
    named = [(noun, particle) for noun, particle in compounds if not _says_nothing(noun, action)]
    if lean:  # 設置には至っておりません, 実施は行っていません
        named = [(noun, particle) for noun, particle in named if noun not in turned_words("plain")]
    things = own or _objects(named)
    return Theme(
        action,
        predicate.denials % 2 == 1,
        frozenset(things),
        frozenset(noun for noun, _ in named),
        any(particle == "も" for _, particle in named),
    )


@lru_cache(maxsize=4096)
def question_of(text: str) -> Question:
    """What a question or requirement asks for, from each of its first sentences."""
    plain = unicodedata.normalize("NFKC", text[:_LONGEST_QUESTION])
    core: set[str] = set()
    nouns: set[str] = set()
    denied = leans = False
    for sentence in _sentences(plain):
        theme = theme_of(predicate_pattern("burdens", "smooth").sub("", sentence)[-_LONGEST:])
        if theme is None:
            continue
        denied = theme.denied
        leans = theme.action in turned_words("lean") or not theme.action
        core |= {theme.action} - {""} if leans else theme.things
        core |= _asked_objects(sentence) if leans else set()
        nouns |= theme.nouns
    either = re.search(_pattern("either"), plain) is not None
    core -= turned_words("existing") | turned_words("times")
    return Question(frozenset(core), frozenset(nouns), denied, leans, either, plain)


def _sentences(plain: str) -> list[str]:
    """The parts of a question that ask: not the members of a list, which may be alternatives, and not brackets."""
    lines = [part.strip() for part in re.split(r"[。\n]", plain) if part.strip()]
    asking = [line for line in lines if not re.match(_pattern("member"), line)] or lines
    parts = [
        p
        for line in asking
        for p in re.split(_pattern("asks_also"), re.sub(_pattern("aside"), "", line))
        if p
    ]
    return [part if part.endswith("こと") else _ABLE.sub("", part) for part in parts][-_MOST_SENTENCES:]


def _asked_objects(sentence: str) -> set[str]:
    """What a question asks for that leans on an object: 手順 of 手順を定める, 侵入検知 of 侵入検知の仕組みを備える."""
    named = [
        (noun, particle)
        for noun, particle in _compounds(sentence)
        if noun not in predicate_words("burdens", "formal")
    ]
    named = [(noun, particle) for noun, particle in named if noun not in turned_words("lean")] or named
    marked = [place for place, (_, particle) in enumerate(named) if particle in _OBJECT] or [len(named) - 1]
    for place in range(marked[-1], -1, -1):
        noun, _ = named[place]
        if not _says_nothing(noun, ""):
            return {noun}
        if place == 0 or named[place - 1][1] != "の":
            break
    return set()


@cache
def _pattern(name: str) -> str:
    pattern: str = load("normalizers.remarks", "effect.toml")["questions"][name]
    return pattern


def nouns_of(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """The nouns of a text that name a subject, and of them the last one and the last that を, が, は or も marks."""
    named = [(noun, particle) for noun, particle in _compounds(text) if not _says_nothing(noun, "")]
    named = [(noun, particle) for noun, particle in named if noun not in turned_words("plain")]
    last = {noun for noun, _ in named[-1:]}
    return frozenset(noun for noun, _ in named), frozenset(_objects(named) | last)


def share(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether a word of one set holds or is held by one of the other: 手順書 and 復旧手順."""
    return any(
        ((a in b or b in a) and min(len(a), len(b)) > 1) or _same_verb(a, b) for a in one for b in other
    )


def _same_verb(one: str, other: str) -> bool:
    """備える and 備わる, 含む and 含める: verbs of the same first character."""
    return (
        one[0] == other[0]
        and len(one) > 1 < len(other)
        and not (one[0] + one[1] + other[1]).isascii()
        and (bool(_KANA_TAIL.match(one)) and bool(_KANA_TAIL.match(other)))
    )


def _action(word: str, clause: str) -> str:
    """The dictionary form of the predicate's word without what denies it: 未実装 → 実装, 設け → 設ける, 暗号化なし → ""."""
    if verb := _form_in(clause, word):
        return verb
    bare = re.sub(r"(?:なし|無し|無い|ない|不可能|不可|困難)$", "", word)
    if bare != word:
        return "無い" if word.endswith(("なし", "無し", "無い", "ない")) else "可能"
    bare = re.sub(r"^(?:未|ご|お)(?=[一-龠ァ-ヶ])", "", bare)
    if re.search(
        rf"{re.escape(word)}(?:自体|等)?(?:は|が|も|の|を)?(?:ほとんど|全く|一切|特に)?(?:あり|ござい|ある|な[いし]|無)",
        clause,
    ):
        return "有る"
    if re.search(rf"{re.escape(word)}(?:で|に)?(?:は|が|も)(?:でき|出来|不可|可能)", clause):
        return "出来る"
    found = [noun for noun, _ in _compounds(bare)]
    return found[-1] if found else bare


def _form_in(clause: str, word: str) -> str:
    """The dictionary form of a verb as it stands in the clause: 定め alone might be a noun."""
    found = [
        m for m in tokenizer().tokenize(clause) if m.surface() == word and m.part_of_speech()[0] == "動詞"
    ]
    return str(found[-1].normalized_form()) if found else ""


@lru_cache(maxsize=8192)
def _compounds(clause: str) -> tuple[tuple[str, str], ...]:
    """Compound nouns with the particle behind each, in their order, numbers left out."""
    found: list[tuple[str, str]] = []
    word = ""
    counted = False
    for token in [*tokenizer().tokenize(clause), None]:
        if token is not None and _is_noun(token):
            left_out = _is_number(token, counted) or (not word and token.surface() in turned_words("times"))
            counted = left_out and (counted or token.part_of_speech()[1] == "数詞")
            word += "" if left_out else token.surface()
            continue
        counted = False
        if word:
            found.append((word, token.surface() if token is not None else ""))
        word = ""
    return tuple((noun, particle) for noun, particle in found if _WORD.search(noun))


def _is_noun(token: Any) -> bool:
    return token.part_of_speech()[0] in _NOUNS


def _is_number(token: Any, counted: bool) -> bool:
    """A number, and behind one what it counts: 24 時間, 1 年 以上."""
    kind = token.part_of_speech()
    return kind[1] == "数詞" or (counted and (kind[2].startswith("助数詞") or token.surface() in _AROUND))


def _says_nothing(noun: str, action: str) -> bool:
    """Whether a noun names no subject: times, 当社, 機能 are no subjects, nor is the action itself."""
    bare = re.sub(r"(?:なし|無し|不可|予定|中|済み?)$", "", noun)
    empty = turned_words("times") | turned_words("generic") | predicate_words("asking", "times")
    empty |= predicate_words("burdens", "formal") - predicate_words("burdens", "words")
    if bare == action or bare in empty or noun in empty or not bare:
        return True
    words = [m.surface() for m in tokenizer().tokenize(bare)]
    if all(word in empty for word in words):
        return True
    return re.sub(r"^未", "", bare) == action


def _objects(named: list[tuple[str, str]]) -> set[str]:
    """What an empty action is done to: the last noun marked by を, が, は, の有無, else the last noun."""
    marked = [noun for noun, particle in named if particle in _OBJECT]
    last = marked[-1:] or [noun for noun, _ in named][-1:]
    return {re.sub(r"(?:なし|無し|不可|未実施|未対応|予定)$", "", noun) for noun in last} - {""}
