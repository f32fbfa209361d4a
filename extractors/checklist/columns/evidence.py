"""Frame in, evidence out: one row of figures a column, and one row for the frame, each figure with a name.

Nothing is decided here. What a column's names say is told by names.py (likeness to names that are known), what
stands in it by cell_shapes.py, and where it stands by its neighbours: a number is left of a question and an answer
right of it, as a rule and not as a law. The figures are those that a reader of a foreign form would look at; their
worth is learned (weights.npz).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from extractors.checklist.columns.by_words.respondents_variants import answer_column_words
from extractors.checklist.columns.cell_shapes import SHAPES, shapes_of
from extractors.checklist.columns.frames import ColumnCells, Frame, FrameColumn, cells_under
from extractors.checklist.columns.learned.text_kinds import TEXT_KINDS, text_scores
from extractors.checklist.columns.look_features import LOOK_FEATURES, look_figures
from extractors.checklist.columns.names import NAME_ROLES, name_scores
from extractors.checklist.grid_index import GridView
from extractors.checklist.terms.column_names import (
    STRONG,
    column_name_words,
    contains_word,
    guess_role,
    respondent_of,
)
from extractors.checklist.terms.fiscal_years import Moment, year_of
from normalizers.text import fold

Floats = NDArray[np.float64]

_PLACES = (
    "first",
    "last",
    "second",
    "left_of_longest",
    "right_of_longest",
    "next_right",
    "next_left",
    "longest",
    "second_longest",
)
_TEXTS = (
    "filled",
    "blank",
    "distinct",
    "few_values",
    "top_value",
    "rising",
    "merged_down",
    "merged_across",
    "hidden",
)
_MARKED = (
    "most_marked",
    "first_marked_right",
    "blank_right",
    "first_blank_right",
    "behind_marked",
)
_WORDS = (
    "number",
    "category",
    "item",
    "requirement",
    "answer",
    "remarks",
    "level",
    "unit",
    "example",
    "ignore",
)
_RESPONDENTS = ("provider", "customer", "contractor", "self")
_TIMES = ("dated", "latest", "earlier", "past", "now", "later", "seen_before")
_NEAR = ("number", "requirement", "answer", "remarks", "choice", "category")
CONTENT_FEATURES: tuple[str, ...] = (
    *(f"share_{name}" for name in SHAPES),
    *(f"reads_{kind}" for kind in TEXT_KINDS),
    *_TEXTS,
    *_PLACES,
    *_MARKED,
)
COLUMN_FEATURES: tuple[str, ...] = (
    "always",
    *(f"name_{role}" for role in NAME_ROLES),
    *(f"group_{role}" for role in NAME_ROLES),
    *(f"word_{role}" for role in _WORDS),
    *(f"asks_{respondent}" for respondent in _RESPONDENTS),
    *_TIMES,
    *CONTENT_FEATURES,
    *(f"left_{role}" for role in _NEAR),
    *(f"right_{role}" for role in _NEAR),
    *(f"any_{role}" for role in _NEAR),
    *LOOK_FEATURES,
)
_RIGHT_OF_COLUMN = 30


def column_figures(view: GridView, frame: Frame) -> Floats:
    """One row for each column of the frame, one figure for each of COLUMN_FEATURES."""
    under = cells_under(view, frame)
    names = np.array([name_scores(column.label) for column in frame.columns])
    groups = np.array([_group_scores(column) for column in frame.columns])
    content = np.hstack([_content(under), _relations(under)])
    near = _neighbours(names)
    said = np.array([_words_of(column.names) for column in frame.columns])
    times, looks = _times(frame.columns), look_figures(view, frame)
    return np.hstack([np.ones((len(under), 1)), names, groups, said, times, content, near, looks])


@lru_cache(maxsize=16384)
def _words_of(names: tuple[str, ...]) -> tuple[float, ...]:
    """What known words in names, innermost first, say: the role of the innermost one, and whom any of them asks."""
    guess = guess_role(names[0]) if names else None
    strength = 0.0 if guess is None else 1.0 if guess.strength == STRONG else 0.5
    respondent = respondent_of(list(names))
    return (
        *(strength * (guess is not None and guess.role == role) for role in _WORDS),
        *(float(respondent == name) for name in _RESPONDENTS),
    )


def _times(columns: Sequence[FrameColumn]) -> Floats:
    """Years and words of time in the names: the latest of several years is the one that is asked about."""
    said = [_times_of(column.names) for column in columns]
    latest = max((year for year, _ in said if year is not None), default=None)
    labels = [column.label for column in columns]
    return np.array(
        [
            [
                year is not None, year is not None and year == latest, year is not None and year != latest, *flags,
                bool(labels[index]) and labels[index] in labels[:index],
            ]
            for index, (year, flags) in enumerate(said)
        ],
        dtype=float,
    )  # fmt: skip


@lru_cache(maxsize=16384)
def _times_of(names: tuple[str, ...]) -> tuple[Moment | None, tuple[bool, bool, bool]]:
    """The year that names tell, and whether they speak of the past, of now, of later."""
    year = next((year for name in names if (year := year_of(name)) is not None), None)
    text = " ".join(names)
    prior, answers = column_name_words()["prior"], answer_column_words()["asked"]
    flags = (
        contains_word(text, prior["words"]),
        contains_word(text, [*prior["now"], *answers["now"]]),
        contains_word(text, answers["later"]),
    )
    return year, flags


def _group_scores(column: FrameColumn) -> Floats:
    """What the names over the innermost one say; nothing where there are none."""
    if len(column.names) < 2:
        return np.zeros(len(NAME_ROLES))
    scores: Floats = np.max([name_scores(name) for name in column.names[1:]], axis=0)
    return scores


def _content(under: Sequence[ColumnCells]) -> Floats:
    rows = []
    for column in under:
        texts = column.texts
        if not texts:
            rows.append([0.0] * (len(SHAPES) + len(TEXT_KINDS)) + [float(name == "blank") for name in _TEXTS])
            continue
        shares = np.add.reduce([_reads(text) for text in texts]) / len(texts)
        counts = Counter(map(fold, texts))
        rows.append([*shares.tolist(), *_text_figures(column, counts)])
    return np.array(rows)


@lru_cache(maxsize=65536)
def _reads(text: str) -> Floats:
    """What a cell's text looks like, and what it reads like."""
    return np.array([*shapes_of(text), *text_scores(text)])


def _text_figures(column: ColumnCells, counts: Counter[str]) -> list[float]:
    count = len(column.cells)
    few = count >= 5 and len(counts) <= max(2, count / 3) and max(map(len, counts)) <= 24
    return [
        min(1.0, count / max(1, column.rows)),
        0.0,
        len(counts) / count,
        float(few),
        counts.most_common(1)[0][1] / count,
        _rising(column.texts),
        sum(cell.row_span > 1 for cell in column.cells) / count,
        sum(cell.col_span > 1 for cell in column.cells) / count,
        sum(cell.hidden for cell in column.cells) / count,
    ]


def _rising(texts: Sequence[str]) -> float:
    """The share of neighbours of which the second holds a number one higher than the first's last one."""
    numbers = [_last_number(text) for text in texts]
    steps = [b == a + 1 for a, b in pairwise(numbers) if a is not None and b is not None]
    return sum(steps) / max(1, len(texts) - 1)


@lru_cache(maxsize=65536)
def _last_number(text: str) -> int | None:
    digits = ""
    for char in reversed(fold(text)[:_RIGHT_OF_COLUMN]):
        if char.isascii() and char.isdigit():
            digits = char + digits
        elif digits:
            break
    return int(digits[-9:]) if digits else None


def _relations(under: Sequence[ColumnCells]) -> Floats:
    """Where each column stands, and how it stands to the one with the longest texts and to the marks."""
    count = len(under)
    lengths = [_weight(column) for column in under]
    order = sorted(range(count), key=lambda i: -lengths[i])
    longest = order[0]
    marked = [_marked_share(column) for column in under]
    best_mark = max(range(count), key=lambda i: (marked[i] * bool(under[i].cells), len(under[i].cells)))
    right_marks = [i for i in range(longest + 1, count) if marked[i] >= 0.5]
    right_blanks = [i for i in range(longest + 1, count) if not under[i].cells]
    rows = []
    for i in range(count):
        rows.append(
            [
                i == 0, i == count - 1, i == 1, i < longest, i > longest, i == longest + 1, i == longest - 1,
                i == longest, count > 1 and i == order[1],
                i == best_mark and marked[i] >= 0.5, bool(right_marks) and i == right_marks[0],
                i in right_blanks, bool(right_blanks) and i == right_blanks[0],
                i > 0 and marked[i - 1] >= 0.5,
            ]
        )  # fmt: skip
    return np.array(rows, dtype=float)


def _weight(column: ColumnCells) -> float:
    """Mean length of the texts, less where few rows have one or where the same text comes again and again."""
    if not column.cells:
        return 0.0
    texts = column.texts
    return (
        sum(map(len, texts))
        / len(texts)
        * math.sqrt(len(texts) / max(1, column.rows))
        * (len(set(texts)) / len(texts))
    )


def _marked_share(column: ColumnCells) -> float:
    texts = column.texts
    position = SHAPES.index("answer_word")
    return sum(shapes_of(text)[position] for text in texts) / len(texts) if texts else 0.0


def _neighbours(names: Floats) -> Floats:
    """What the names of the columns left and right of each, and of any other, say."""
    picked = names[:, [NAME_ROLES.index(role) for role in _NEAR]]
    zero = np.zeros((1, picked.shape[1]))
    left, right = np.vstack([zero, picked[:-1]]), np.vstack([picked[1:], zero])
    anywhere = np.array(
        [np.max(np.delete(picked, i, axis=0), axis=0, initial=0.0) for i in range(len(picked))]
    )
    return np.hstack([left, right, anywhere])
