"""A frame under chosen roles in, one row of figures out: what the whole looks like, from which it is learned whether
it is a list of questions that somebody answers.

How sure the roles are, how the names and titles read, what the question and the answer column hold, and what the form's
maker told the program that shows it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from extractors.checklist.columns.cell_shapes import SHAPES, shapes_of
from extractors.checklist.columns.evidence import COLUMN_FEATURES
from extractors.checklist.columns.frames import Frame
from extractors.checklist.columns.learned.text_kinds import context_score
from extractors.checklist.columns.look_features import FRAME_LOOK_FEATURES, frame_look_figures
from extractors.checklist.columns.names import NAME_ROLES
from extractors.checklist.grid_index import GridView
from extractors.checklist.terms.column_names import contains_word
from extractors.checklist.terms.document_kinds import names_other_document
from extractors.checklist.terms.headings import heading_words

Floats = NDArray[np.float64]
_REQUIREMENT, _ANSWER, _CHOICE = map(NAME_ROLES.index, ("requirement", "answer", "choice"))
_TITLE_ROWS = 3
# What is longer is a sentence; a Latin title takes twice the characters.
_LONGEST_TITLE, _LONGEST_LATIN = 40, 80
_NOTE = re.compile(r"[\n(（※]")
_SPANS = (
    "distinct",
    "filled",
    "share_question",
    "share_demand",
    "share_statement",
    "share_len_12",
    "share_len_24",
    "share_number",
    "reads_question",
    "reads_foreign",
)
_MARKS = (
    "filled",
    "blank",
    "share_answer_word",
    "share_mark",
    "few_values",
    "share_len_12",
    "share_len_48",
    "share_date",
    "share_numeric",
    "reads_answer",
    "reads_foreign",
    "look_list",
    "look_list_answers",
    "look_list_levels",
    "look_only_list",
    "look_only_writable",
    "look_blank_filled_unlike",
)
FRAME_FEATURES: tuple[str, ...] = (
    "always", "asked", "answered", "least", "mean", "question_margin", "answer_margin", "other_answers",
    "columns", "rows", "headless", "levels", "named", "longest_name", "name_like_answer", "name_like_number", "name_like_text",
    "known_names", "number_column", "remarks_column", "level_column", "titled", "no_list", "ruled", "first_row", "choices",
    "right_of", "context", "reads_foreign",
    *(f"question_{name}" for name in _SPANS), *(f"answer_{name}" for name in _MARKS), "answer_like_question",
    *FRAME_LOOK_FEATURES,
)  # fmt: skip
_AT = {name: index for index, name in enumerate(COLUMN_FEATURES)}
_KNOWN_WORDS = [index for name, index in _AT.items() if name.startswith("word_")]


def main_question(roles: Sequence[str], chances: Floats) -> int:
    """The likeliest of the columns whose role is the question; of the items where there is none, else of all."""
    asking, items = ([i for i, role in enumerate(roles) if role == name] for name in ("requirement", "item"))
    return max(asking or items or range(len(roles)), key=lambda i: float(chances[i, _REQUIREMENT]))


def frame_figures(
    view: GridView, frame: Frame, roles: Sequence[str], chances: Floats, figures: Floats
) -> Floats:
    """One figure for each of FRAME_FEATURES: what the whole looks like under the chosen roles."""
    question = main_question(roles, chances)
    answers = [i for i, role in enumerate(roles) if role in {"answer", "choice"}]
    answer = max(answers, key=lambda i: chances[i, _ANSWER] + chances[i, _CHOICE])
    own = np.array([chances[i, NAME_ROLES.index(role)] for i, role in enumerate(roles)])
    give = chances[:, _ANSWER] + chances[:, _CHOICE]
    titles, names = context_of(view, frame)
    shapes = _name_shapes(names)
    title = " ".join(titles)
    known = figures[:, _KNOWN_WORDS].max(axis=1)
    head = [
        1.0,
        _log(chances[question, _REQUIREMENT]),
        _log(give[answer]),
        _log(own.min()),
        float(np.mean(np.log(own + 1e-3))),
        float(chances[question, _REQUIREMENT] - max(np.delete(chances[:, _REQUIREMENT], question), default=0.0)),
        float(give[answer] - max((give[i] for i in range(len(roles)) if i not in answers), default=0.0)),
        float(len(answers) > 1),
        min(1.0, len(roles) / 10),
        min(1.0, len(frame.rows) / 20),
        float(frame.top == frame.bottom),
        (frame.bottom - frame.top) / 3,
        sum(bool(column.names) for column in frame.columns) / len(frame.columns),
        min(1.0, max(map(_name_length, names), default=0) / 60),
        shapes[0], shapes[1], shapes[2],
        float(known.mean()),
        float("number" in roles), float("remarks" in roles), float("level" in roles),
        float(contains_word(title, heading_words()["kinds"]["list"])),
        float(contains_word(title, heading_words()["kinds"]["no_list"])),
        float(view.grid.ruled),
        float(frame.top < 3),
        float("choice" in roles),
        float(answer > question),
        max(-1.0, min(1.0, context_score(titles, names) / 4)),
        float(figures[:, _AT["reads_foreign"]].mean()),
    ]  # fmt: skip
    spans = [figures[question, _AT[name]] for name in _SPANS]
    marks = [figures[answer, _AT[name]] for name in _MARKS]
    alike = figures[answer, _AT["share_question"]]
    return np.array([*head, *spans, *marks, alike, *frame_look_figures(view, frame)])


def _name_length(name: str) -> int:
    """The characters of a name itself: how it is to be filled in may stand in lines and brackets below it."""
    return len(_NOTE.split(name.strip(), maxsplit=1)[0])


def _name_shapes(names: Sequence[str]) -> tuple[float, float, float]:
    """The shares of names that look like an answer, an item's number, a sentence: then they are no names."""
    if not names:
        return 0.0, 0.0, 0.0
    rows = np.mean([shapes_of(name) for name in names], axis=0)
    return (
        float(rows[SHAPES.index("mark")]),
        float(rows[SHAPES.index("number")]),
        float(rows[SHAPES.index("len_24")]),
    )


def context_of(view: GridView, frame: Frame) -> tuple[list[str], list[str]]:
    """The titles over a frame (the sheet's first, never the file's name) and the innermost names of its columns."""
    names = [name for column in frame.columns for name in column.names[:1]]
    return [view.grid.sheet or "", *_texts_above(view, frame.top)], names


def titled_other(view: GridView, top: int) -> bool:
    """Whether the titles over row `top`, or the file's name where they do not disagree, name a document that asks nothing."""
    return names_other_document(titles_over(view, top))


def titles_over(view: GridView, top: int) -> list[str]:
    """The names of the file and the sheet, and the short texts of the first rows of the grid and of those above row `top`."""
    filled = islice(filter(None, map(view.starting, range(top))), _TITLE_ROWS)
    first = [cell.text for cells in filled for cell in cells]
    titles = [view.grid.file, view.grid.sheet or "", *first, *_texts_above(view, top)]
    return [
        title for title in titles if len(title) <= (_LONGEST_LATIN if title.isascii() else _LONGEST_TITLE)
    ]


def _texts_above(view: GridView, top: int) -> list[str]:
    """The texts of the three rows above row `top` that hold any."""
    rows = [view.starting(row) for row in range(max(0, top - 8), top)]
    return [cell.text for cells in [cells for cells in rows if cells][-3:] for cell in cells][:6]


def _log(chance: float) -> float:
    return math.log(chance + 1e-3)
