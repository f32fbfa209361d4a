"""A decided question and the items of other editions in, the items that ask the same in hardly other words out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from rapidfuzz import fuzz, process

from normalizers.language.clauses import clause_of
from normalizers.language.polarity import polarity_of
from normalizers.text import fold
from pipeline.align.item import Item

_NEARLY = 90.0  # of 100: a question reworded a little
_FIGURES = re.compile(r"[a-z][a-z0-9.]*|\d+(?:\.\d+)?")
_ENDING = re.compile(
    r"(?:てい(?:ること|るか|ますか|る|ます)|すること|するか|しますか|する|ですか|こと|か|ます|である){0,12}[。.?？!]{0,40}$"
)
ByWords = Mapping[tuple[str, str], Sequence[Item]]


def find_inheriting_items(name: str, requirement: str, by_words: ByWords) -> Iterator[Item]:
    """Items of nearly the same words: same short name, actor, polarity and figures; those of the same words too.

    `by_words` holds the items by folded short name and folded question.
    """
    question, wanted = strip_question_ending(requirement), fold(name)
    if not question:
        return
    texts = {key: strip_question_ending(key[1]) for key in by_words if key[0] == wanted}
    for _, _, key in process.extract(question, texts, scorer=fuzz.ratio, score_cutoff=_NEARLY, limit=None):
        item = by_words[key][0]
        if _asks_the_same(requirement, item.requirement):
            yield from by_words[key]


def strip_question_ending(question: str) -> str:
    """A question, folded, without the ending that makes it a question or a demand."""
    return _ENDING.sub("", fold(question))


def _asks_the_same(first: str, second: str) -> bool:
    return (
        polarity_of(first, second).value == "same"
        and clause_of(first) == clause_of(second)
        and set(_FIGURES.findall(fold(first))) == set(_FIGURES.findall(fold(second)))
    )
