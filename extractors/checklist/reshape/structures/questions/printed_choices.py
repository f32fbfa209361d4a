"""Choices that are printed to be marked, and how likely questions with such choices are a list to be answered.

A text in, its choices out: `□はい　□いいえ`, `１．はい　２．一部`, `はい・いいえ`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from extractors.checklist.grid_index import GridView
from extractors.checklist.reshape.structures.list_chance import asking_share, logistic, speaks_of_answering
from extractors.checklist.terms.column_names import choice_of
from extractors.grid import Cell
from normalizers.text import empty_boxes, mixed_boxes, split_numbered, ticked_boxes

_LONGEST_CHOICE = 24
_BETWEEN_WORDS = re.compile(r"(?<![\s　])[\s　]*[・／/｜|][\s　]*|(?<![\s　])[\s　]{2,}")
# By hand, from what a questionnaire, a quiz with its solutions and a list of steps differ in.
_WEIGHTS = {"asking": 3.0, "answers": 2.5, "marked": 2.0, "alike": 1.0, "speaks": 1.5, "share": 1.5}
_BIAS = -4.5


def is_line_of_choices(line: str) -> bool:
    """Whether a line holds choices and nothing else: two or more, or one behind a box or a number."""
    return len(choices_in(line)) >= (1 if _begins_with_box(line) or split_numbered(line) else 2)


def choices_in(text: str) -> list[str]:
    """The choices of a text without boxes and numbers; none where it holds anything else."""
    lines = text.split("\n")
    glyphs = empty_boxes() + ticked_boxes() + mixed_boxes()
    if all(map(_begins_with_box, lines)):
        return [
            part.strip(" 　、,/／") for line in lines for part in re.split(f"[{re.escape(glyphs)}]", line)[1:]
        ]
    numbered = [split_numbered(line) for line in lines]
    choices = [choice for of_line in numbered for choice in of_line]
    if all(numbered) and all(len(printed) <= _LONGEST_CHOICE for printed, _ in choices):
        return [word for _, word in choices]
    words = [word for line in lines for word in _BETWEEN_WORDS.split(line.strip()) if word]
    return words if all(choice_of(word) for word in words) else []


def _begins_with_box(line: str) -> bool:
    return line.strip(" 　")[:1] in (*empty_boxes(), *ticked_boxes(), *mixed_boxes())


def chance_of_choices(view: GridView, questions: Sequence[tuple[Cell, Cell]], share: float) -> float:
    """The chance that cells of questions, each with that of its choices, are a list to be answered; `share` is how much of the
    text around them is such."""
    texts = [choices_in(choices.text) for _, choices in questions]
    known = sum(any(choice_of(word) for word in words) for words in texts)
    marks = {*ticked_boxes(), *empty_boxes()}
    boxed = sum(
        any(char in marks for char in choices.text) or bool(choices.chosen) for _, choices in questions
    )
    alike = Counter(tuple(words) for words in texts).most_common(1)[0][1]
    figures = {
        "asking": asking_share([question.text for question, _ in questions]),
        "answers": known / len(questions),
        "marked": boxed / len(questions),
        "alike": alike / len(questions),
        "speaks": speaks_of_answering(view.grid),
        "share": share,
    }
    chance = logistic(figures, _WEIGHTS, _BIAS)
    return min(chance, 0.5) if figures["speaks"] < 0 else chance
