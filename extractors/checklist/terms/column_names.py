"""Maps header words to column roles, by column_names.toml.

A header text in; its role, respondent or choice out: `貴社ご回答` is an answer of the provider.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from extractors.checklist.model import Respondent, Role
from normalizers.text import fold
from normalizers.vocabulary import load

_CUT = re.compile(r"[\n(（\[［【※<＜:：]")
_LANGUAGES = re.compile(r"\s+[/／|｜]\s+|\n|(?<=[A-Za-z])(?=[ぁ-ヿ一-鿿])")
_POLITE = re.compile("^(?:ご|御|お|貴社|御社|弊社|当社)(?:ご|御)?")
_MAX_HEADER = 26
STRONG, WEAK = 3, 2


@dataclass(frozen=True, slots=True)
class RoleGuess:
    """A role with its strength: STRONG for a word that is the whole header, WEAK for one inside it."""

    role: Role
    strength: int


@cache
def column_name_words() -> dict[str, Any]:
    """What column_names.toml says of header words."""
    return load("extractors.checklist.terms", "column_names.toml")


@cache
def _exact() -> dict[str, Role]:
    return {
        fold(word): Role(role)
        for role, entry in column_name_words()["roles"].items()
        for word in entry["exact"]
    }


@cache
def _contained() -> list[tuple[str, Role]]:
    pairs = [
        (fold(word), Role(role))
        for role, entry in column_name_words()["roles"].items()
        for word in entry.get("contains", [])
    ]
    return sorted(pairs, key=lambda pair: -len(pair[0]))


@lru_cache(maxsize=8192)
def guess_role(text: str) -> RoleGuess | None:
    """The role that a header cell's words say, None where they say nothing."""
    folded = fold(text)
    head = fold(_CUT.split(text.strip(), maxsplit=1)[0]) or folded
    plain_head = _POLITE.sub("", head)
    exact = _exact().get(folded) or _exact().get(head) or _exact().get(plain_head) or _in_two_languages(text)
    if exact:
        return RoleGuess(exact, STRONG)
    lines = [fold(_CUT.split(line, maxsplit=1)[0]) for line in _LANGUAGES.split(text.strip())]
    return next((guess for line in [head, *lines[1:]] if (guess := _guess_by_part(line))), None)


def is_answers_name(label: str) -> bool:
    """Whether a name is known as the answer's as it stands: `ご回答欄`, not `適合とみなすご回答`, which ends like one."""
    guess = guess_role(label)
    return guess is not None and guess.role == Role.ANSWER and guess.strength == STRONG


def _guess_by_part(head: str) -> RoleGuess | None:
    """The role that a part of one line of a name says, None where it says nothing or is too long for a name."""
    if len(head) > _MAX_HEADER:
        return None
    if _is_subject(head):
        return RoleGuess(Role.REQUIREMENT, STRONG)
    if head.endswith("例") and len(head) <= 6:
        return RoleGuess(Role.EXAMPLE, WEAK)
    role = next((role for word, role in _contained() if word in head), None)
    if role == Role.ANSWER and head.endswith(tuple(column_name_words()["beside"]["ends"])):
        return RoleGuess(Role.IGNORE, WEAK)
    return RoleGuess(role, WEAK) if role else None


def _in_two_languages(text: str) -> Role | None:
    """The role of `Requirement / 要求事項`, on one line or two: one part at least is a known name, none says another role."""
    parts = _LANGUAGES.split(text.strip())
    known = {role for part in parts if (role := _exact().get(fold(_CUT.split(part, maxsplit=1)[0])))}
    return known.pop() if len(parts) > 1 and len(known) == 1 else None


def _is_subject(head: str) -> bool:
    """`点検の観点`, `審査基準`: something that is looked at, put together of two known words."""
    entries = column_name_words()["subjects"]
    if head in entries["whole"]:
        return True
    begun = [head.removeprefix(word) for word in entries["begins"] if head.startswith(word)]
    return any(rest.removeprefix("の") in entries["ends"] for rest in begun)


def respondent_of(texts: list[str]) -> Respondent | None:
    """Who is asked, from the header texts of an answer column, innermost first; None where they don't say.

    Of several words the last one names the asked: `利用者向けサービス事業者` is the provider. `self` is whoever made the
    form: respondents_variants.py tells whether that is the buyer.
    """
    for text in texts:
        head = fold(_CUT.split(text.strip(), maxsplit=1)[0])
        hits = [
            (head.find(fold(word)), respondent)
            for respondent, entries in column_name_words()["respondents"].items()
            for word in entries
            if fold(word) in head
        ]
        if hits:
            return Respondent(max(hits)[1])
    return None


def choice_of(text: str) -> str | None:
    """The answer word that a header consists of (`はい`, `該当なし`), None where it is none."""
    key = fold(text)
    choices = column_name_words()["choices"]
    return (
        text.strip() if key in {fold(word) for side in ("yes", "other") for word in choices[side]} else None
    )


def contains_word(text: str, entries: list[str]) -> bool:
    """Whether the folded text contains one of the words."""
    key = fold(text)
    return any(fold(word) in key for word in entries)
