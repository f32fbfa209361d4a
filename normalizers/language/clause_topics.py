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
_EXISTS = r"(?:自体|等)?(?:は|が|も|の|を)?(?:ほとんど|全く|一切|特に)?(?:あり|ござい|ある|な[いし]|無)"
_IS_ABLE = r"(?:で|に)?(?:は|が|も)(?:でき|出来|不可|可能)"
_Compound = tuple[str, str]  # a compound noun and the particle behind it


@dataclass(frozen=True, slots=True)
class ClauseTopic:
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
def topic_words(name: str) -> frozenset[str]:
    """A list of words of clause_topics.toml; verbs that lean on an object are also those of `existing` and `taken_up`."""
    table: dict[str, list[str]] = load("normalizers.language", "clause_topics.toml")["words"]
    names = ("lean", "existing", "taken_up") if name == "lean" else (name,)
    return frozenset(word for listed in names for word in table[listed])


@lru_cache(maxsize=8192)
def topic_of(clause: str) -> ClauseTopic | None:
    """The topic of one clause (NFKC, no full stop); None where it has no predicate or more than 200 characters."""
    predicate = read_predicate(clause) if 0 < len(clause) <= _LONGEST else None
    if predicate is None:
        return None
    compounds = _compounds(clause)
    action = _action(predicate.word, clause)
    lean = action in topic_words("lean") or not action
    own = {action} if action and not lean else set()
    subjects = [(noun, particle) for noun, particle in compounds if not _says_nothing(noun, action)]
    if lean:  # 設置には至っておりません, 実施は行っていません
        subjects = _without(subjects, topic_words("plain"))
    things = own or _objects(subjects)
    return ClauseTopic(
        action,
        predicate.denials % 2 == 1,
        frozenset(things),
        frozenset(noun for noun, _ in subjects),
        any(particle == "も" for _, particle in subjects),
    )


def _without(compounds: list[_Compound], words: frozenset[str]) -> list[_Compound]:
    return [(noun, particle) for noun, particle in compounds if noun not in words]


@lru_cache(maxsize=4096)
def question_of(text: str) -> Question:
    """What a question or requirement asks for, from each of its first sentences."""
    plain = unicodedata.normalize("NFKC", text[:_LONGEST_QUESTION])
    core: set[str] = set()
    nouns: set[str] = set()
    denied = leans = False
    for sentence in _asking_sentences(plain):
        topic = topic_of(predicate_pattern("burdens", "smooth").sub("", sentence)[-_LONGEST:])
        if topic is None:
            continue
        denied = topic.denied
        leans = topic.action in topic_words("lean") or not topic.action
        core |= {topic.action} - {""} if leans else topic.things
        core |= _objects_of_question(sentence) if leans else set()
        nouns |= topic.nouns
    either = re.search(_pattern("either"), plain) is not None
    core -= topic_words("existing") | topic_words("times")
    return Question(frozenset(core), frozenset(nouns), denied, leans, either, plain)


def _asking_sentences(plain: str) -> list[str]:
    """The parts of a question that ask: not the members of a list, which may be alternatives, and not brackets."""
    lines = [part.strip() for part in re.split(r"[。\n]", plain) if part.strip()]
    asking = [line for line in lines if not re.match(_pattern("member"), line)] or lines
    without_asides = (re.sub(_pattern("aside"), "", line) for line in asking)
    parts = [part for line in without_asides for part in re.split(_pattern("asks_also"), line) if part]
    return [part if part.endswith("こと") else _ABLE.sub("", part) for part in parts][-_MOST_SENTENCES:]


def _objects_of_question(sentence: str) -> set[str]:
    """What a question asks for that leans on an object: 手順 of 手順を定める, 侵入検知 of 侵入検知の仕組みを備える."""
    compounds = _without(list(_compounds(sentence)), predicate_words("burdens", "formal"))
    compounds = _without(compounds, topic_words("lean")) or compounds
    marked = [index for index, (_, particle) in enumerate(compounds) if particle in _OBJECT]
    for index in range((marked or [len(compounds) - 1])[-1], -1, -1):
        noun, _ = compounds[index]
        if not _says_nothing(noun, ""):
            return {noun}
        if index == 0 or compounds[index - 1][1] != "の":
            break
    return set()


@cache
def _pattern(name: str) -> str:
    pattern: str = load("normalizers.language", "clause_topics.toml")["questions"][name]
    return pattern


def nouns_of(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """The nouns of a text that name a subject, and of them the last one and the last that を, が, は or も marks."""
    compounds = [(noun, particle) for noun, particle in _compounds(text) if not _says_nothing(noun, "")]
    subjects = _without(compounds, topic_words("plain"))
    last = {noun for noun, _ in subjects[-1:]}
    return frozenset(noun for noun, _ in subjects), frozenset(_objects(subjects) | last)


def share(words: frozenset[str], second_words: frozenset[str]) -> bool:
    """Whether a word of one set holds or is held by one of the other: 手順書 and 復旧手順."""
    return any(
        ((a in b or b in a) and min(len(a), len(b)) > 1) or _same_verb(a, b)
        for a in words
        for b in second_words
    )


def _same_verb(first: str, second: str) -> bool:
    """備える and 備わる, 含む and 含める: verbs of the same first character."""
    return (
        first[0] == second[0]
        and len(first) > 1 < len(second)
        and not (first[0] + first[1] + second[1]).isascii()
        and (bool(_KANA_TAIL.match(first)) and bool(_KANA_TAIL.match(second)))
    )


def _action(word: str, clause: str) -> str:
    """The dictionary form of the predicate's word without what denies it: 未実装 → 実装, 設け → 設ける, 暗号化なし → ""."""
    if verb := _form_in(clause, word):
        return verb
    undenied = re.sub(r"(?:なし|無し|無い|ない|不可能|不可|困難)$", "", word)
    if undenied != word:
        return "無い" if word.endswith(("なし", "無し", "無い", "ない")) else "可能"
    stem = re.sub(r"^(?:未|ご|お)(?=[一-龠ァ-ヶ])", "", undenied)
    if re.search(re.escape(word) + _EXISTS, clause):
        return "有る"
    if re.search(re.escape(word) + _IS_ABLE, clause):
        return "出来る"
    nouns = [noun for noun, _ in _compounds(stem)]
    return nouns[-1] if nouns else stem


def _form_in(clause: str, word: str) -> str:
    """The dictionary form of a verb as it stands in the clause: 定め alone might be a noun."""
    verbs = [
        m for m in tokenizer().tokenize(clause) if m.surface() == word and m.part_of_speech()[0] == "動詞"
    ]
    return str(verbs[-1].normalized_form()) if verbs else ""


@lru_cache(maxsize=8192)
def _compounds(clause: str) -> tuple[_Compound, ...]:
    """Compound nouns with the particle behind each, in their order, numbers left out."""
    compounds: list[_Compound] = []
    word = ""
    counted = False
    for token in [*tokenizer().tokenize(clause), None]:
        if token is not None and _is_noun(token):
            left_out = _is_number(token, counted) or (not word and token.surface() in topic_words("times"))
            counted = left_out and (counted or token.part_of_speech()[1] == "数詞")
            word += "" if left_out else token.surface()
            continue
        counted = False
        if word:
            compounds.append((word, token.surface() if token is not None else ""))
        word = ""
    return tuple((noun, particle) for noun, particle in compounds if _WORD.search(noun))


def _is_noun(token: Any) -> bool:
    return token.part_of_speech()[0] in _NOUNS


def _is_number(token: Any, counted: bool) -> bool:
    """A number, and behind one what it counts: 24 時間, 1 年 以上."""
    kind = token.part_of_speech()
    return kind[1] == "数詞" or (counted and (kind[2].startswith("助数詞") or token.surface() in _AROUND))


def _says_nothing(noun: str, action: str) -> bool:
    """Whether a noun names no subject: times, 当社, 機能 are no subjects, nor is the action itself."""
    stem = re.sub(r"(?:なし|無し|不可|予定|中|済み?)$", "", noun)
    empty = topic_words("times") | topic_words("generic") | predicate_words("asking", "times")
    empty |= predicate_words("burdens", "formal") - predicate_words("burdens", "words")
    if stem == action or stem in empty or noun in empty or not stem:
        return True
    if all(m.surface() in empty for m in tokenizer().tokenize(stem)):
        return True
    return re.sub(r"^未", "", stem) == action


def _objects(compounds: list[_Compound]) -> set[str]:
    """What an empty action is done to: the last noun marked by を, が, は, の有無, else the last noun."""
    marked = [noun for noun, particle in compounds if particle in _OBJECT]
    last = marked[-1:] or [noun for noun, _ in compounds][-1:]
    return {re.sub(r"(?:なし|無し|不可|未実施|未対応|予定)$", "", noun) for noun in last} - {""}
