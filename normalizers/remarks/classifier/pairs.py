"""A remark and a question in, the features of the two together out: what they share, deny, limit, count and name.

`暗号化はしていない` shares 暗号化 with the question for it and denies it; `海外には置いていない` denies another thing. Whether
the question is itself denied goes into each: it turns them round (「残らないこと」).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from normalizers.language.clause_topics import ClauseTopic, Question, question_of, share, topic_of
from normalizers.remarks.classifier.asked_figures import figures_reach
from normalizers.remarks.classifier.assurance import assurance_features
from normalizers.remarks.classifier.cues import shared_cue_features
from normalizers.remarks.classifier.remark_figures import compare_figures, has_figure
from normalizers.remarks.classifier.word_cues import Features, Morpheme, Words, read_words
from normalizers.remarks.effect import clauses_of

_WEIGHT = 0.72
_REACH_WEIGHT = 2.0  # a figure that reaches or falls short says more than any word
_MOST_CLAUSES, _LONGEST = 6, 600
_NEAR = 3
_DENYING = frozenset(
    {"ない", "ぬ", "無い", "無し", "不可", "未", "非", "不", "ず", "not", "no", "never", "none", "without"}
)
_LIMITING = frozenset(
    {
        "のみ",
        "だけ",
        "限る",
        "限定",
        "除く",
        "以外",
        "一部",
        "しか",
        "対象",
        "限り",
        "only",
        "except",
        "excluding",
    }
)
_TIMING = frozenset(
    {"予定", "場合", "可能", "必要", "次第", "中", "済み", "準備", "検討", "年", "月", "when", "if"}
)
_CUE_WORDS = (
    "のみ",
    "だけ",
    "限",
    "場合",
    "ない",
    "一部",
    "予定",
    "除",
    "以外",
    "禁止",
    "制限",
    "only",
    "not",
    "no ",
)
_SCOPES = (
    "全て", "すべて", "全", "常時", "24時間", "365", "各", "必ず", "及び", "かつ", "all", "every", "each", "both", "両方",
    "毎", "定期", "以内", "以上", "第三者", "専任", "24/7", "whole", "entire",
)  # fmt: skip
_KANJI = re.compile(r"[一-龠ァ-ヶ]")
_RESTRAINED = re.compile(
    r"禁止|制限|限定|防止|排除|遮断|拒否|抑止|分離|なくす|無くす|免除"
    r"|free (?:from|of)|prohibit|prevent|restrict|block|segregat|separat"
)


def pair_features(remark: str, requirement: str) -> Features:
    """The features of a remark beside a question, both as printed."""
    words, question_words = read_words(remark), read_words(requirement)
    question = question_of(requirement)
    way = "D" if question.denied else "R" if _RESTRAINED.search(question_words.text) else "A"
    names = {
        *_overlap(words, question_words, way),
        *_denials(words, question_words, way),
        *_figure_names(words.text, question_words.text),
        *_clauses(remark, question, way),
        f"way:{way}",
    }
    own = {f"x:{name}": _WEIGHT for name in names}
    if reach := figures_reach(question_words.text, words.text):
        own[f"x:reach:{reach}"] = _REACH_WEIGHT
    own |= assurance_features(words.text, question_words.text)
    return own | shared_cue_features(words.text, question_words.text, way)


def _overlap(words: Words, question: Words, way: str) -> set[str]:
    both = len(words.content & question.content)
    characters, asked_characters = _characters(words.text), _characters(question.text)
    common = len(characters & asked_characters) / max(1, len(characters))
    last = words.morphemes[-1].form if words.morphemes else ""
    endings = "_".join(morpheme.form for morpheme in words.morphemes[-2:])
    return {
        f"both{min(3, both)}",
        f"share{int(3 * both / max(1, len(words.content)))}",
        f"covers{int(3 * both / max(1, len(question.content)))}",
        f"characters{int(4 * common)}",
        f"end:{way}:{endings}",
        f"end{min(2, both)}:{last}",
        *(f"asks:{scope}" for scope in _SCOPES if scope in question.text),
        *(f"cue:{cue}:{cue in question.text}" for cue in _CUE_WORDS if cue in words.text),
    }


@lru_cache(maxsize=8192)
def _characters(text: str) -> frozenset[str]:
    return frozenset(_KANJI.findall(text))


@dataclass(frozen=True, slots=True)
class _Thing:
    """A word that names or does something, and what stands behind it that denies, limits or dates."""

    form: str
    surface: str
    behind: frozenset[str]


def _denials(words: Words, question: Words, way: str) -> set[str]:
    """Which words are the question's own, and which words deny, limit or date what stands before them."""
    both = min(2, len(words.content & question.content))
    things, marks = _things(words)
    names = {name for mark in marks for name in (f"{way}&{mark}", f"{way}&{mark}&{both}")}
    for thing in things:
        own = thing.form in question.content or (len(thing.surface) > 1 and thing.surface in question.text)
        if own:
            names.add(f"own:{thing.form}")
        names |= {f"{'own' if own else 'new'}>{form}:{way}" for form in thing.behind}
    return names


@lru_cache(maxsize=8192)
def _things(words: Words) -> tuple[tuple[_Thing, ...], frozenset[str]]:
    """The things of a remark, and what denies or limits anywhere in it."""
    forms = [morpheme.form for morpheme in words.morphemes]
    marks = _DENYING | _LIMITING | _TIMING
    things = tuple(
        _Thing(morpheme.form, morpheme.surface, marks & set(forms[index + 1 : index + 1 + _NEAR]))
        for index, morpheme in enumerate(words.morphemes)
        if _is_thing(morpheme)
    )
    return things, (_DENYING | _LIMITING) & set(forms)


def _is_thing(morpheme: Morpheme) -> bool:
    return morpheme.kind in {"名詞", "動詞", "形容詞", "形状詞", "接尾辞"}


def _figure_names(remark: str, question: str) -> set[str]:
    names = {f"figure:{word}" for word in compare_figures(question, remark)}
    return names | {f"figures:{has_figure(question)}:{has_figure(remark)}:{bool(names)}"}


def _clauses(remark: str, question: Question, way: str) -> set[str]:
    """What the grammar of clauses says of each: denied or not, and of what was asked, of a part or of something else."""
    names = set()
    for topic in _topics(remark):
        if topic is None:
            names.add("clause:none")
            continue
        subject = "empty" if not topic.nouns else "new"
        if share(topic.nouns, question.nouns):
            subject = "nouns"
        if share(topic.things, question.core):
            subject = "core"
        names |= {f"clause:{topic.denied}:{subject}:{way}", f"action:{topic.action}:{topic.denied}:{way}"}
        if topic.action and topic.action in question.text:
            names.add(f"asked_action:{topic.denied}:{way}")
    return names


@lru_cache(maxsize=8192)
def _topics(remark: str) -> tuple[ClauseTopic | None, ...]:
    """The topics of a remark's first clauses."""
    clauses = clauses_of(unicodedata.normalize("NFKC", remark)[:_LONGEST])
    return tuple(map(topic_of, clauses[:_MOST_CLAUSES]))
