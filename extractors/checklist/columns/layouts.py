"""Frames and evidence in, layouts out: what each column of a table holds, and how likely the table is a list of
questions.

Two steps, both learned (weights.npz). The chance of each role is given column by column; then one joint choice is
made: one question column, or several of which one is the longest, and at least one column of answers. How likely
the whole is, by the chances of what was chosen, by how far the next choice is behind, and by what the rows look
like, is the layout's `p`. Of frames that lie over each other the likeliest stands.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from extractors.checklist.columns.cell_shapes import SHAPES, shapes_of
from extractors.checklist.columns.evidence import COLUMN_FEATURES, column_figures
from extractors.checklist.columns.frames import Frame, propose_frames
from extractors.checklist.columns.learned.texts import context_score
from extractors.checklist.columns.learned.trees import sum_of_trees
from extractors.checklist.columns.learned.weights import load_weights
from extractors.checklist.columns.look_features import FRAME_LOOK_FEATURES, frame_look_figures
from extractors.checklist.columns.names import NAME_ROLES
from extractors.checklist.grid_index import GridView
from extractors.checklist.terms.column_names import contains_word
from extractors.checklist.terms.headings import heading_words

Floats = NDArray[np.float64]
Entry = TypeVar("Entry")
_REQUIREMENT, _ITEM = NAME_ROLES.index("requirement"), NAME_ROLES.index("item")
_ANSWER, _CHOICE = NAME_ROLES.index("answer"), NAME_ROLES.index("choice")
SURE = 0.5
RANK_SCALE = 5.0
_STEPS = (0.15, 0.5, 0.85)
_NO_ANSWERS = tuple(i for i, role in enumerate(NAME_ROLES) if role not in {"answer", "choice", "requirement"})
_SECOND = 0.6  # chance from which a column is a second answer beside the likeliest
_LEAST = 0.02  # chance below which no column is taken for the answer
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
_QUESTION_MARGIN, _ANSWER_MARGIN = map(FRAME_FEATURES.index, ("question_margin", "answer_margin"))
_AT = {name: index for index, name in enumerate(COLUMN_FEATURES)}
_KNOWN_WORDS = [index for name, index in _AT.items() if name.startswith("word_")]


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """One reading of a frame: a role and its chance for each column, and how likely the whole is.

    `margin` is the difference of the chances of the chosen question and answer columns and of the next best ones.
    `rank` orders layouts of frames that lie over each other. `table` holds the chance of each of NAME_ROLES for each
    column, `blank` whether nothing stands in it.
    """

    frame: Frame
    roles: tuple[str, ...]
    chances: tuple[float, ...]
    p: float
    margin: float
    rank: float
    table: Floats
    blank: tuple[bool, ...]

    @property
    def question(self) -> int:
        """The index of the main question column."""
        return main_question(self.roles, self.table)

    @property
    def answers(self) -> tuple[int, ...]:
        """The indices of the columns that are answered or ticked."""
        return tuple(i for i, role in enumerate(self.roles) if role in {"answer", "choice"})


@dataclass(frozen=True, slots=True, eq=False)
class _Draft:
    """What was chosen for one frame, before it is known how likely the whole is."""

    frame: Frame
    roles: tuple[str, ...]
    chances: Floats
    figures: Floats
    blank: tuple[bool, ...]
    rank: float


def layouts_of(view: GridView) -> list[Layout]:
    """The likeliest layouts of a grid that do not lie over each other, from top to bottom, whatever their `p`."""
    drafts = [draft for frame in propose_frames(view) if (draft := _draft_of(view, frame)) is not None]
    chosen = without_overlaps(drafts, [draft.rank for draft in drafts], [draft.frame for draft in drafts])
    return _weighed_layouts(sorted(chosen, key=lambda entry: entry.frame.top))


def without_overlaps(
    entries: Sequence[Entry], ranks: Sequence[float], frames: Sequence[Frame]
) -> list[Entry]:
    """Of entries whose frames lie over each other those of the highest rank."""
    order = sorted(range(len(entries)), key=lambda i: -ranks[i])
    chosen: list[int] = []
    for index in order:
        if not any(_overlap(frames[index], frames[better]) for better in chosen):
            chosen.append(index)
    return [entries[index] for index in chosen]


def _overlap(frame: Frame, before: Frame) -> bool:
    """Whether two frames claim the same header, or one begins in the first rows of the other."""
    first, second = sorted((frame, before), key=lambda entry: entry.bottom)
    return second.top < first.bottom or second.bottom - first.bottom < 2


def layout_of(view: GridView, frame: Frame) -> Layout | None:
    """The best joint choice of roles for a frame, None where nothing may be a question with an answer."""
    draft = _draft_of(view, frame)
    return _weighed_layouts([draft])[0] if draft is not None else None


def _draft_of(view: GridView, frame: Frame) -> _Draft | None:
    figures = column_figures(view, frame)
    chances = role_chances(figures)
    roles = joint_roles(chances, figures)
    if roles is None:
        return None
    row = frame_figures(view, frame, roles, chances, figures)
    rank = float(steps(row[None, :])[0] @ load_weights()["frame_weights"])
    blank = tuple(bool(value) for value in figures[:, _AT["blank"]])
    return _Draft(frame, roles, chances, row, blank, rank)


def _weighed_layouts(drafts: Sequence[_Draft]) -> list[Layout]:
    """Layouts with their chances of being a list of questions."""
    if not drafts:
        return []
    rows = np.array([np.append(draft.figures, draft.rank / RANK_SCALE) for draft in drafts])
    weights = load_weights()
    # What is linear reaches further than the trees from the forms that were learned from; the trees are surer near them.
    both = [steps(rows) @ weights["list_weights"], sum_of_trees(rows, weights, "list")]
    chances = np.mean([1.0 / (1.0 + np.exp(-np.clip(odds, -30, 30))) for odds in both], axis=0)
    return [
        Layout(
            draft.frame,
            draft.roles,
            tuple(float(draft.chances[i, NAME_ROLES.index(role)]) for i, role in enumerate(draft.roles)),
            float(chance),
            float(min(draft.figures[_QUESTION_MARGIN], draft.figures[_ANSWER_MARGIN])),
            draft.rank,
            draft.chances,
            draft.blank,
        )
        for draft, chance in zip(drafts, chances, strict=True)
    ]


def main_question(roles: Sequence[str], chances: Floats) -> int:
    """The likeliest of the columns whose role is the question."""
    return max(
        (i for i, role in enumerate(roles) if role == "requirement"),
        key=lambda i: float(chances[i, _REQUIREMENT]),
    )


def role_chances(figures: Floats) -> Floats:
    """The chance of each of NAME_ROLES for each column."""
    total = steps(figures) @ load_weights()["column_weights"]
    total -= total.max(axis=1, keepdims=True)
    chances = np.exp(total)
    shares: Floats = chances / chances.sum(axis=1, keepdims=True)
    return shares


def steps(figures: Floats) -> Floats:
    """The figures, and whether each is above 0.15, 0.5 and 0.85: what is linear in these may bend."""
    return np.hstack([figures, *((figures > step).astype(float) for step in _STEPS)])


def joint_roles(chances: Floats, figures: Floats) -> tuple[str, ...] | None:
    """One role a column: a question and an answer at least, in different columns; the rest as likely."""
    best = [NAME_ROLES[i] for i in chances.argmax(axis=1)]
    if len(best) < 2:
        return None
    length = figures[:, _AT["longest"]]
    ask = chances[:, _REQUIREMENT] + 0.3 * chances[:, _ITEM] + 0.05 * length
    give = chances[:, _ANSWER] + chances[:, _CHOICE]
    pairs = [(ask[q] * give[a], q, a) for q in range(len(best)) for a in range(len(best)) if q != a]
    _, question, answer = max(pairs)
    if give[answer] < _LEAST:
        return None
    if best[answer] not in {"answer", "choice"}:
        best[answer] = "answer" if chances[answer, _ANSWER] >= chances[answer, _CHOICE] else "choice"
    best[question] = "requirement"
    for index, role in enumerate(best):
        if role == "answer" and index != answer and chances[index, _ANSWER] < _SECOND:
            best[index] = NAME_ROLES[max(_NO_ANSWERS, key=lambda i: chances[index, i])]
    return tuple(_lone_choice(best))


def _lone_choice(roles: Sequence[str]) -> list[str]:
    """One column alone is no choice among several: it is an answer."""
    alone = sum(role == "choice" for role in roles) == 1
    return ["answer" if alone and role == "choice" else role for role in roles]


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
        min(1.0, max(map(len, names), default=0) / 60),
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
    """The titles over a frame (the sheet's name first) and the innermost names of its columns."""
    names = [name for column in frame.columns for name in column.names[:1]]
    return [view.grid.name, *_texts_above(view, frame)], names


def _texts_above(view: GridView, frame: Frame) -> list[str]:
    """The texts of the three rows above the header that hold any."""
    rows = [view.starting(row) for row in range(max(0, frame.top - 8), frame.top)]
    return [cell.text for cells in [cells for cells in rows if cells][-3:] for cell in cells][:6]


def _log(chance: float) -> float:
    return math.log(chance + 1e-3)
