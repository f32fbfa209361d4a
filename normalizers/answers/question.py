"""A short cell and the question beside it in, what the question makes of it out: a burden denied, a choice named, a text asked.

`制約はありません` is a no where the question is whether there are any, `1` beside `（1：有る　2：無い）` names a choice, and a
question for a place is answered by any text. Sentences are read beside their question in normalizers/prose.
"""

from __future__ import annotations

import re

from normalizers.answers.model import AnswerValue, Option
from normalizers.language.predicates import predicate_pattern, predicate_words
from normalizers.language.tokens import tokenizer
from normalizers.text import fold, split_numbered
from normalizers.vocabulary import load

_LONGEST = 4000
_ENOUGH = 0.6
_JUDGING = {"動詞", "形容詞", "形状詞", "助動詞", "助詞", "副詞"}
_ACTIONS = {"サ変可能", "サ変形状詞可能", "形状詞可能"}
_OPTION = re.compile(
    r"(?:^|(?<=[\s　（(、,，／/]))(?P<key>[0-9０-９A-Za-zＡ-Ｚア-ン])[\s　]*[：:＝=．.)）][\s　]*"
    r"(?P<text>[^\s　、,，／/（）()0-9０-９][^\s　、,，／/（）()]{0,20})"
)


def answer_of_denied_burden(text: str, subject: str, question: str) -> AnswerValue | None:
    """What a cell that denies something bad answers; None where it only tells that.

    `制約はありません` is a no where the question is whether there are any; `問題ありません` is a yes beside a requirement
    (`…していること`). `subject` is the burden that the cell denies.
    """
    fine = load("normalizers.answers", "question.toml")["fine"]
    is_fine = re.search(fine["says"], fold(text).rstrip("。."))
    burdens = predicate_words("burdens", "words") if is_fine else frozenset({subject})
    key = fold(question)[:_LONGEST]
    if any(re.search(re.escape(fold(word)) + fine["burden"], key) for word in burdens if word):
        return AnswerValue.NO
    return AnswerValue.YES if is_fine and re.search(fine["met"], key) else None


def asks_for_text(question: str) -> bool:
    """Whether a question asks for a place, a time, a name or the like, which a text answers."""
    wanted = load("normalizers.answers", "question.toml")["wanted"]["says"]
    return re.search(wanted, fold(question)[:_LONGEST]) is not None


def judges(text: str) -> bool:
    """Whether a short text says something of what was asked (`禁止`, `取得する`, `本社のみ`), not a name or a time."""
    tokens = [m for m in tokenizer().tokenize(text) if re.search(r"\w", m.surface())]
    if not tokens or predicate_pattern("measured", "often").search(text):
        return False
    kind = tokens[-1].part_of_speech()
    return kind[0] in _JUDGING or kind[2] in _ACTIONS


def options_of(answer: str, question: str) -> tuple[Option, ...]:
    """The options that a question prints with their numbers, the one that a cell names by its number checked."""
    key = fold(answer)
    return tuple(Option(text, own == key, 0, 0) for own, text in _printed_options(question))


def _printed_options(text: str) -> list[tuple[str, str]]:
    """Each number and the words behind it: choices and nothing else, or choices within a question."""
    choices = split_numbered(text[:_LONGEST])
    if len(choices) > 1:
        return [(_key(printed), choice) for printed, choice in choices]
    return [(fold(m.group("key")), m.group("text").strip()) for m in _OPTION.finditer(text[:_LONGEST])]


def _key(printed: str) -> str:
    """The number with which a choice is printed: of `(1) はい` and `10．はい` the digits."""
    digits = re.search(r"\d{1,2}", fold(printed))
    return digits.group() if digits else fold(printed)[:1]


def chosen_option(answer: str, question: str) -> str | None:
    """The text of the option that a cell names by its number, where the question prints two or more: `（1：有る　2：無い）`."""
    key = fold(answer)
    if not key.isalnum() or len(key) > (2 if key.isdecimal() else 1):
        return None
    printed = _printed_options(question)
    options = dict(printed)
    if len(options) < len(printed):
        return None
    return options.get(key) if len(options) > 1 else None
