"""The words of a legend in, the answer that they say out: `条件付き（備考に記載）` is conditional, `回答必須` says none.

Known words decide by themselves. Words alone (an option, a column's name) are weighed by patterns (meanings.toml) and a learnt
classifier (definition_model.py): where they agree that is the answer, where the classifier is sure of another one its own
counts, and a yes that only one of them sees has to be a very sure one. Of the entries of a legend the classifier sees mark and
place, too, and what patterns say; it decides where it is sure enough. What is left is `unclear`, for a person to decide.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from normalizers.answers.lexicon import answer_words
from normalizers.answers.model import AnswerValue
from normalizers.legends.definition_model import DefinitionGuess, guess_definition, place_features
from normalizers.remarks.classifier.word_cues import Features
from normalizers.text import fold
from normalizers.vocabulary import load

_SKIP = "skip"  # in meanings.toml: a legend about something else than answers
# `該当するリスクなし（要件を満たしている）`: the bracket says which of the two is the good one.
_EXPLAINED = re.compile(r"[（(](?P<inner>[^（()）]*(?:要件|基準|要求事項|要求)[をに][^（()）]*)[）)]$")
_UNDIVIDED = {"n/a", "yes/no"}
# Chances, chosen on writers held out: of a guess where patterns know nothing, of one that outranks them, of a yes that they see
# too, of one that they do not.
_GUESS, _OUTRANKS, _YES, _YES_ALONE = 0.45, 0.8, 0.6, 0.9
# The same of a legend's entries: of any answer, of a yes, of a yes that patterns see too.
_ENTRY, _ENTRY_YES, _ENTRY_YES_TOO = 0.5, 0.9, 0.75
_Patterns = list[tuple[AnswerValue | None, list[re.Pattern[str]]]]


@dataclass(frozen=True, slots=True)
class LegendDecision:
    """What a person decided that the words of a legend mean, in every form that has them or in the one of `form_key`.

    With a `mark` it is that mark of the form, whatever its legend says of it, or if it says nothing.
    """

    text: str
    answer: AnswerValue
    form_key: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class _Ruled:
    """What words or patterns say of a meaning: `answer` is None where it is about something else than answers.

    `sure` says that a word of the vocabulary decided, `open` that patterns see what tells neither of the answers
    (`リスクあり`).
    """

    answer: AnswerValue | None
    sure: bool = False
    open: bool = False


@lru_cache(maxsize=2048)
def answer_of_meaning(text: str) -> AnswerValue | None:
    """The answer that a legend's words say; None where they are about something else, `unclear` where not known."""
    return answer_by(text, guess_definition)


def answer_by(text: str, guess: Callable[[str, AnswerValue], DefinitionGuess]) -> AnswerValue | None:
    """As answer_of_meaning, by a classifier of choice: a function of the deciding words and of what patterns take them for."""
    ruled = _ruled(text)
    if ruled.answer is None or ruled.sure:
        return ruled.answer
    return _weigh(ruled, guess(deciding_part(text), ruled.answer))


_APPLIES = re.compile(r"(?:当て|あて)はま(?:る|ります)|該当(?:する|します|$)")
_APPLIES_NOT = re.compile(
    r".{0,12}(?:(?:当て|あて)はまら(?:ない|ず)|(?:当て|あて)はまりません|該当(?:しない|せず|しません))(?:場合|もの|項目|とき|事項)?"
)


def answers_of_entries(entries: Sequence[tuple[str, str]]) -> list[AnswerValue | None]:
    """The answer of each entry (mark, words) of a legend, in printed order; None where it is about something else."""
    return answers_of_entries_by(entries, guess_definition)


def answers_of_entries_by(
    entries: Sequence[tuple[str, str]], guess: Callable[[str, AnswerValue, Features], DefinitionGuess]
) -> list[AnswerValue | None]:
    """As answers_of_entries, by a classifier of choice, which is handed what the place among the others says, too."""
    # Beside 当てはまる it says no; alone it says that the question is not for whoever answers.
    applies = any(_APPLIES.search(fold(text)) for _, text in entries)
    moot = AnswerValue.NO if applies else AnswerValue.NOT_APPLICABLE
    return [
        moot if _APPLIES_NOT.fullmatch(fold(text)) else answer
        for (_, text), answer in zip(entries, _answers_by(entries, guess), strict=True)
    ]


def _answers_by(
    entries: Sequence[tuple[str, str]], guess: Callable[[str, AnswerValue, Features], DefinitionGuess]
) -> list[AnswerValue | None]:
    if len(entries) == 1:
        return [answer_by(entries[0][1], lambda text, answer: guess(text, answer, {}))]
    ruled = [_ruled(text) for _, text in entries]
    marks, said = [mark for mark, _ in entries], [rule.answer or AnswerValue.UNCLEAR for rule in ruled]
    return [
        rule.answer
        if rule.answer is None or rule.sure
        else _weigh_entry(rule, guess(deciding_part(text), rule.answer, place_features(marks, said, index)))
        for index, ((_, text), rule) in enumerate(zip(entries, ruled, strict=True))
    ]


def _weigh_entry(ruled: _Ruled, guess: DefinitionGuess) -> AnswerValue:
    if guess.answer == AnswerValue.YES and not ruled.open:
        least = _ENTRY_YES_TOO if ruled.answer == AnswerValue.YES else _ENTRY_YES
        return AnswerValue.YES if guess.chance >= least else AnswerValue.UNCLEAR
    return guess.answer if guess.chance >= _ENTRY and not ruled.open else AnswerValue.UNCLEAR


def read_by_patterns(text: str) -> AnswerValue:
    """What words and patterns alone take a meaning for."""
    return _ruled(text).answer or AnswerValue.UNCLEAR


def deciding_part(text: str) -> str:
    """The words that decide: those of a bracket that explains, else all."""
    explained = _EXPLAINED.search(text)
    return explained.group("inner") if explained else text


def _weigh(ruled: _Ruled, guess: DefinitionGuess) -> AnswerValue:
    """What patterns and the classifier say together."""
    if ruled.answer == guess.answer:
        return (
            guess.answer if guess.answer != AnswerValue.YES or guess.chance >= _YES else AnswerValue.UNCLEAR
        )
    if guess.answer == AnswerValue.YES:
        is_sure = ruled.answer == AnswerValue.UNCLEAR and not ruled.open and guess.chance >= _YES_ALONE
        return AnswerValue.YES if is_sure else AnswerValue.UNCLEAR
    if ruled.open and guess.answer == AnswerValue.NO:
        return AnswerValue.UNCLEAR
    if ruled.answer in {AnswerValue.YES, AnswerValue.UNCLEAR, None}:
        if guess.chance >= _GUESS:
            return guess.answer
        return (
            AnswerValue.YES if ruled.answer == AnswerValue.YES and guess.yes >= _YES else AnswerValue.UNCLEAR
        )
    return guess.answer if guess.chance >= _OUTRANKS else ruled.answer


def _ruled(text: str) -> _Ruled:
    """What known words and patterns say: of meanings side by side (`対応していない／該当しない`) the first that is known."""
    if _EXPLAINED.search(text):
        return _ruled(deciding_part(text))
    inner = " ".join(re.findall(r"[（(]([^（()）]{1,12})[）)]", text))
    for answer, patterns in _patterns():
        if (
            inner
            and answer in {AnswerValue.CONDITIONAL, AnswerValue.PARTIAL}
            and any(p.search(fold(inner)) for p in patterns)
        ):
            return _Ruled(answer)
    parts = [text, *re.split(r"[/／、,，・]", re.sub(r"[（(].*?(?:[）)]|$)", "", text) or text)]
    for part in parts if fold(text) in _UNDIVIDED else parts[1:]:
        ruled = _ruled_key(fold(part))
        if ruled is not None:
            return ruled if fold(part) == fold(text) or "／" in text else replace(ruled, sure=False)
    return _Ruled(AnswerValue.UNCLEAR)


def _ruled_key(key: str) -> _Ruled | None:
    """What is said of a folded meaning, None where it is not known: what is `first`, the answer words, the other patterns."""
    for answer, patterns in _patterns(first=True):
        if any(pattern.search(key) for pattern in patterns):
            return _Ruled(answer, sure=True)
    word = answer_words().get(key)
    if word is not None:
        return _Ruled(AnswerValue.UNCLEAR if word == AnswerValue.UNANSWERED else word, sure=True)
    for answer, patterns in _patterns():
        if any(p.search(key) for p in patterns):
            return _Ruled(answer, open=answer == AnswerValue.UNCLEAR)
    return None


@cache
def _patterns(*, first: bool = False) -> _Patterns:
    entries = load("normalizers.legends", "meanings.toml")["meanings"]
    return [
        (
            None if entry["answer"] == _SKIP else AnswerValue(entry["answer"]),
            list(map(re.compile, entry["patterns"])),
        )
        for entry in entries
        if entry.get("first", False) == first
    ]
