"""Forms with their questions in, which of them are editions of one form out.

Lists that share 60 % of their items are one form already (forms.py). An edition is reworded or renumbered further: forms
whose titles are the same but for years and numbers and that share a tenth of their questions, or that share half of the
shorter one's whatever their titles. A question counts as shared where the words are nearly the same.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import combinations

from rapidfuzz import fuzz, process

from normalizers.text import fold
from pipeline.review.inherited import strip_question_ending

_NEARLY = 85.0  # of 100: a question reworded a little
_SHARED, _SHARED_BY_NAME = 0.5, 0.1  # of the shorter form's questions
_FIGURES = re.compile(r"\d+")
_FEWEST = 3  # questions that two forms must share
_EDITION = re.compile(
    r"(?:令和|平成)?\d+(?:[./\-年月日版]+\d*)*|第|改訂|改定|最新|新|旧|版|v(?:er)?\.?|[()【】\[\]_\s.\-]"
)
_MOST_QUESTIONS = 400  # of a form that are compared, and forms that one question may link
_MOST_PAIRS = 10_000  # of forms that are compared at all: a question or title in very many forms tells little


def assign_families(forms: Mapping[str, tuple[str | None, Sequence[str]]]) -> dict[str, str]:
    """Form id → id of its family, for forms with at least one other edition; `forms` gives title and questions."""
    ordered = sorted(forms)
    owner = {form: form for form in ordered}
    for first, second in sorted(_likely(forms)):
        if _are_editions(forms[first], forms[second]):
            old, new = sorted((_root(owner, first), _root(owner, second)))
            owner[new] = old
    members: dict[str, list[str]] = defaultdict(list)
    for form in ordered:
        members[_root(owner, form)].append(form)
    return {form: family for family, group in members.items() if len(group) > 1 for form in group}


def _likely(forms: Mapping[str, tuple[str | None, Sequence[str]]]) -> set[tuple[str, str]]:
    """Pairs of forms with one title, or with a question in the same words."""
    forms_of_key: dict[str, set[str]] = defaultdict(set)
    for form, (title, questions) in forms.items():
        name = _family_name(title)
        for key in (f"title {name}" if name else "", *map(strip_question_ending, questions)):
            if key:
                forms_of_key[key].add(form)
    pairs: set[tuple[str, str]] = set()
    for _, group in sorted(forms_of_key.items(), key=lambda entry: (len(entry[1]), entry[0])):
        if 1 < len(group) <= _MOST_QUESTIONS:
            pairs.update(combinations(sorted(group), 2))
        if (
            len(pairs) > _MOST_PAIRS
        ):  # what few forms share comes first, so that many alike keep no others apart
            break
    return pairs


def _are_editions(first: tuple[str | None, Sequence[str]], second: tuple[str | None, Sequence[str]]) -> bool:
    """Whether two forms, each as its title and questions, share enough questions."""
    names = _family_name(first[0]), _family_name(second[0])
    sides = [
        sorted({strip_question_ending(text) for text in side[1]} - {""})[:_MOST_QUESTIONS]
        for side in (first, second)
    ]
    shorter, longer = sorted(sides, key=len)
    if not shorter:
        return False
    shared = sum(_stands_in(longer, text) for text in shorter)
    needed = _SHARED_BY_NAME if names[0] and names[0] == names[1] else _SHARED
    return shared >= _FEWEST and shared >= needed * len(shorter)


def _stands_in(questions: Sequence[str], text: str) -> bool:
    """Whether a question stands in a list in nearly the same words and with the same figures."""
    near = process.extract(text, questions, scorer=fuzz.ratio, score_cutoff=_NEARLY, limit=3)
    return any(_FIGURES.findall(question) == _FIGURES.findall(text) for question, _, _ in near)


def _family_name(title: str | None) -> str:
    """A title without years, numbers of editions and marks."""
    return _EDITION.sub("", fold(title or ""))


def _root(owner: Mapping[str, str], form: str) -> str:
    while owner[form] != form:
        form = owner[form]
    return form
