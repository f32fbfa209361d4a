"""An entry of a sheet's legend, and what two prints of one mark share.

`○` and `◯` are one mark, `△` and `▲` are two: forms give them different meanings. What the words of a legend mean is read in
normalizers/legends.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from normalizers.answers.model import AnswerValue
from normalizers.text import Shape, fold, shape_of

_LONGEST_WORDS = 30
_OTHER_TRIANGLES = "▲▽▼"  # forms explain them beside △; its thinner prints are △ itself


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """One entry of a legend: the mark and its meaning as printed, and the answer that it says, None where it says none."""

    mark: str
    text: str
    answer: AnswerValue | None


def mark_key(mark: str) -> str:
    """What two prints of one mark share: the shape's name, a triangle of another kind itself, or the folded text."""
    shape = shape_of(mark)
    if shape == Shape.TRIANGLE and mark.strip()[0] in _OTHER_TRIANGLES:
        return mark.strip()[0]
    return shape or fold(mark)


def legend_answers(legend: Iterable[LegendEntry]) -> Mapping[str, AnswerValue]:
    """Mark key → answer; a mark that is explained and says no answer is unclear, and so is a triangle of another kind.

    The words of an entry stand for its mark, where no other entry has them: `一部実施` in a cell under `2:一部実施`.
    """
    entries = tuple(legend)
    answers = {mark_key(entry.mark): entry.answer or AnswerValue.UNCLEAR for entry in entries}
    if any(shape_of(entry.mark) == Shape.TRIANGLE for entry in entries):
        for triangle in ("△", *_OTHER_TRIANGLES):
            answers.setdefault(mark_key(triangle), AnswerValue.UNCLEAR)
    for entry in entries:
        if 1 < len(entry.text) <= _LONGEST_WORDS and entry.answer is not None:
            answers.setdefault(fold(entry.text), entry.answer)
    return answers
