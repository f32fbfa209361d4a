"""Frames and evidence in, layouts out: what each column of a table holds, and how likely the table is a list of
questions.

Two steps, both learned (weights.npz). The chance of each role is given column by column; then one joint choice is
made: one question column, or several of which one is the longest, and at least one column of answers. How likely
the whole is, by the chances of what was chosen, by how far the next choice is behind, and by what the rows look
like, is the layout's `p`. Of frames that lie over each other the likeliest stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from extractors.checklist.columns.beside.column_relations import ColumnRelations, related
from extractors.checklist.columns.beside.joint_roles import joint_roles_of_chances, with_known_answer
from extractors.checklist.columns.by_words.reserved_columns import reserved_columns
from extractors.checklist.columns.by_words.respondents_variants import contrasted
from extractors.checklist.columns.by_words.shown_columns import names_expected
from extractors.checklist.columns.evidence import COLUMN_FEATURES, column_figures
from extractors.checklist.columns.frame_features import FRAME_FEATURES, frame_figures, main_question
from extractors.checklist.columns.frames import Frame, propose_frames
from extractors.checklist.columns.learned.trees import sum_of_trees
from extractors.checklist.columns.learned.weights import load_weights
from extractors.checklist.columns.names import NAME_ROLES
from extractors.checklist.grid_index import GridView
from extractors.checklist.terms.column_names import is_answers_name

Floats = NDArray[np.float64]
Entry = TypeVar("Entry")
_REQUIREMENT = NAME_ROLES.index("requirement")
_ANSWER, _CHOICE = NAME_ROLES.index("answer"), NAME_ROLES.index("choice")
_TARGET, _BUYER = NAME_ROLES.index("target"), NAME_ROLES.index("buyer")
SURE = 0.5
CHOSEN = 0.98  # least chance of a table in which one column was chosen from the texts beside it: nobody else does that
RANK_SCALE = 5.0
_STEPS = (0.15, 0.5, 0.85)
_MAY_RESULT = 0.25  # chance from which a column beside what is expected holds what came out
_MOSTLY = 0.6  # share of the rows that a filled column fills
_QUESTION_MARGIN, _ANSWER_MARGIN = map(FRAME_FEATURES.index, ("question_margin", "answer_margin"))
_AT = {name: index for index, name in enumerate(COLUMN_FEATURES)}
_KNOWN_WORDS = [index for name, index in _AT.items() if name.startswith("word_")]


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """One reading of a frame: a role and its chance for each column, and how likely the whole is.

    `margin` is the difference of the chances of the chosen question and answer columns and of the next best ones.
    `rank` orders layouts of frames that lie over each other. `table` holds the chance of each of NAME_ROLES for each
    column, `blank` whether nothing stands in it, `lengths` is 1 for the column with the longest texts, `alike` are groups of
    columns that are answered alike.
    """

    frame: Frame
    roles: tuple[str, ...]
    chances: tuple[float, ...]
    p: float
    margin: float
    rank: float
    table: Floats
    blank: tuple[bool, ...]
    lengths: Floats
    alike: tuple[tuple[int, ...], ...] = ()

    @property
    def question(self) -> int:
        """The index of the main question column."""
        return main_question(self.roles, self.table)

    def gives(self, index: int) -> float:
        """The chance that a column is answered or ticked."""
        return float(self.table[index][_ANSWER] + self.table[index][_CHOICE])

    @property
    def answers(self) -> tuple[int, ...]:
        """The indices of the columns that are answered or ticked."""
        return tuple(i for i, role in enumerate(self.roles) if role in {"answer", "choice"})


@dataclass(frozen=True, slots=True, eq=False)
class _Draft:
    """What was chosen for one frame, before it is known how likely the whole is."""

    frame: Frame
    roles: tuple[str, ...]
    relations: ColumnRelations
    figures: Floats
    blank: tuple[bool, ...]
    rank: float
    lengths: Floats


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
    relations = related(view, frame, column_chances(frame, figures))
    relations = replace(relations, chances=_with_filled_answer(frame, relations.chances, figures))
    chances = relations.chances
    roles = joint_roles(chances, figures, relations.alike)
    if roles is None:
        return None
    roles = with_known_answer(frame, roles, relations)
    row = frame_figures(view, frame, roles, chances, figures)
    rank = float(steps(row[None, :])[0] @ load_weights()["frame_weights"])
    blank = tuple(bool(value) for value in figures[:, _AT["blank"]])
    return _Draft(frame, roles, relations, row, blank, rank, figures[:, _AT["longest"]])


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
            tuple(
                float(draft.relations.chances[i, NAME_ROLES.index(role)])
                for i, role in enumerate(draft.roles)
            ),
            max(float(chance), CHOSEN) if draft.relations.chosen else float(chance),
            float(min(draft.figures[_QUESTION_MARGIN], draft.figures[_ANSWER_MARGIN])),
            draft.rank,
            draft.relations.chances,
            draft.blank,
            draft.lengths,
            draft.relations.alike,
        )
        for draft, chance in zip(drafts, chances, strict=True)
    ]


def column_chances(frame: Frame, figures: Floats) -> Floats:
    """The chance of each of NAME_ROLES for each column; what is expected or planned, by its column's name, answers nothing.

    The issuer has filled such a column: a blank one may be filled in by somebody who answers.
    Where `期待結果` was taken for the answer, the answer is what came out of it: the likeliest other column, where it may be one.
    """
    chances = _without_reserved(frame, role_chances(figures))
    beside = contrasted([column.label for column in frame.columns])
    expected = [
        index
        for index, column in enumerate(frame.columns)
        if index in beside or (names_expected(column.label) and not figures[index, _AT["blank"]])
    ]
    if not expected:
        return chances
    moved = float(chances[expected][:, [_ANSWER, _CHOICE]].sum(axis=1).max())
    chances[expected, _TARGET] += chances[expected, _ANSWER] + chances[expected, _CHOICE]
    chances[np.ix_(expected, [_ANSWER, _CHOICE])] = 0.0
    result = int(chances[:, _ANSWER].argmax())
    if chances[result, _ANSWER] >= _MAY_RESULT:
        chances[result] *= 1.0 - moved
        chances[result, _ANSWER] += moved
    return chances


def _with_filled_answer(frame: Frame, chances: Floats, figures: Floats) -> Floats:
    """The chances where a blank column is likeliest to be answered and a filled one is rather likely as well.

    Who sends a sheet back has filled in what he was asked: `レベル | 社の評価`. A blank column whose name is known as the
    answer's keeps its chance.
    """
    give = chances[:, [_ANSWER, _CHOICE]].sum(axis=1)
    main = int(give.argmax())
    filled = [
        i for i in range(len(give)) if not figures[i, _AT["blank"]] and figures[i, _AT["filled"]] >= _MOSTLY
    ]
    rivals = [i for i in filled if give[i] >= SURE]
    if not figures[main, _AT["blank"]] or is_answers_name(frame.columns[main].label) or not rivals:
        return chances
    result = chances.copy()
    result[main, _BUYER] += give[main]
    result[main, [_ANSWER, _CHOICE]] = 0.0
    return result


def _without_reserved(frame: Frame, chances: Floats) -> Floats:
    """The chances where what the issuer keeps for himself neither asks nor answers."""
    reserved = sorted(reserved_columns([column.names for column in frame.columns]))
    result = chances.copy()
    for role in (_REQUIREMENT, _ANSWER, _CHOICE):
        result[reserved, _BUYER] += result[reserved, role]
        result[reserved, role] = 0.0
    return result


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


def joint_roles(
    chances: Floats, figures: Floats, alike: Sequence[tuple[int, ...]] = ()
) -> tuple[str, ...] | None:
    """One role a column: a question and an answer at least, in different columns; the rest as likely."""
    return joint_roles_of_chances(chances, figures[:, _AT["longest"]], alike)
