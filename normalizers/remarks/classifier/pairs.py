"""A remark and a question in, the features of the two together out: what they share, deny, limit, count and name.

`暗号化はしていない` shares 暗号化 with the question for it and denies it; `海外には置いていない` denies what was not asked. Whether the
question is itself denied goes into each of these, for it turns them round: `残っていません` beside 「…残らないこと」 is good.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from normalizers.language.clause_topics import Question, question_of, share, topic_of
from normalizers.remarks.classifier.figures import compare_figures, has_figure
from normalizers.remarks.classifier.words import Features, Morpheme, Words, read_words
from normalizers.remarks.effect import clauses_of
from normalizers.vocabulary import load

_WEIGHT, _CUE_WEIGHT = 0.72, 0.6
_MOST_CLAUSES = 6
_NEAR = 3
_SHORT = 14
_DENYING = {
    "ない",
    "ぬ",
    "無い",
    "無し",
    "不可",
    "未",
    "非",
    "不",
    "ず",
    "not",
    "no",
    "never",
    "none",
    "without",
}
_LIMITING = {
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
_TIMING = {"予定", "場合", "可能", "必要", "次第", "中", "済み", "準備", "検討", "年", "月", "when", "if"}
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
    r"禁止|制限|限定|防止|排除|遮断|拒否|抑止|分離|なくす|無くす|免除|free (?:from|of)|prohibit|prevent|restrict|block|segregat|separat"
)
_LIMITS = (
    "only", "except", "part", "contrast", "others", "future", "ongoing", "notyet", "cost", "request", "cond", "substitute",
    "lax", "bad", "refuse", "undone", "absent",
)  # fmt: skip
_PROOFS = ("doc", "cert", "regular", "total", "past", "ban", "neverbad", "free")


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
    cues = _cues_of_pair(words.text, question_words.text, way)
    return {
        **{f"x:{name}": _WEIGHT for name in names},
        **{f"k:{name}": _CUE_WEIGHT for name in cues},
    }


def _overlap(words: Words, question: Words, way: str) -> set[str]:
    both = len(words.content & question.content)
    characters, asked_characters = set(_KANJI.findall(words.text)), set(_KANJI.findall(question.text))
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


def _denials(words: Words, question: Words, way: str) -> set[str]:
    """Which words are the question's own, and which words deny, limit or date what stands before them."""
    names = set()
    both = min(2, len(words.content & question.content))
    for index, morpheme in enumerate(words.morphemes):
        if morpheme.form in _DENYING | _LIMITING:
            names |= {f"{way}&{morpheme.form}", f"{way}&{morpheme.form}&{both}"}
        if not _is_thing(morpheme):
            continue
        own = morpheme.form in question.content or (
            len(morpheme.surface) > 1 and morpheme.surface in question.text
        )
        if own:
            names.add(f"own:{morpheme.form}")
        behind = {near.form for near in words.morphemes[index + 1 : index + 1 + _NEAR]}
        names |= {
            f"{'own' if own else 'new'}>{form}:{way}" for form in behind & (_DENYING | _LIMITING | _TIMING)
        }
    return names


def _is_thing(morpheme: Morpheme) -> bool:
    return morpheme.kind in {"名詞", "動詞", "形容詞", "形状詞", "接尾辞"}


def _figure_names(remark: str, question: str) -> set[str]:
    names = {f"figure:{word}" for word in compare_figures(question, remark)}
    return names | {f"figures:{has_figure(question)}:{has_figure(remark)}:{bool(names)}"}


def _clauses(remark: str, question: Question, way: str) -> set[str]:
    """What the grammar of clauses says of each: denied or not, and of what was asked, of a part or of something else."""
    names = set()
    for clause in clauses_of(unicodedata.normalize("NFKC", remark)[:600])[:_MOST_CLAUSES]:
        topic = topic_of(clause)
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


def _cues_of_pair(remark: str, question: str, way: str) -> set[str]:
    hits = {name: match for name, pattern in _cues().items() if (match := pattern.search(remark))}
    question_hits = [name for name, pattern in _cues().items() if pattern.search(question)]
    names = set()
    for name, match in hits.items():
        shared = name in question_hits or match.group() in question
        names |= {name, f"{name}:{way}", f"{name}:shared{shared}"}
        names |= {f"{name}:end"} if match.end() > len(remark) - 4 else set()
        names |= {f"{name}:start"} if match.start() < 2 else set()
        names |= {f"{name}:alone"} if len(remark) < _SHORT else set()
        names |= {f"{name}?{question_name}" for question_name in question_hits}
    names |= {f"{name}+{second}" for name in hits for second in hits if name < second}
    limits, proofs = (sum(name in hits for name in kinds) for kinds in (_LIMITS, _PROOFS))
    return names | {f"cues{min(4, len(hits))}", f"limits{min(3, limits)}:{min(3, proofs)}"}


def cues_in(remark: str) -> frozenset[str]:
    """The kinds of limiting and proving words in a remark as printed."""
    text = read_words(remark).text
    return frozenset(name for name, pattern in _cues().items() if pattern.search(text))


@cache
def _cues() -> dict[str, re.Pattern[str]]:
    table: dict[str, str] = load("normalizers.remarks.classifier", "cues.toml")["cues"]
    return {name: re.compile(pattern) for name, pattern in table.items()}
