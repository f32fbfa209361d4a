"""A frame and the chances of its columns' roles in, chances by what the columns say of each other out.

Each column was judged by itself and by its neighbours' names. Six things are seen only where columns are laid beside each
other, and each says more than a name: a column that repeats, row by row, one of the texts printed beside it was chosen from these
(`規定無し | 週に一度 | 毎日 | … | 週に一度`); a number beside numbered choices is one of them (numbered_choices.py); a column in
which nothing stands but the values that its own name lists was answered (`Pass/Fail`); one that is full of ○ and × is no flag,
which is set or left blank; columns of which one is ticked in each row are a choice (ticked_runs.py); and a run of names printed
twice (`iOS: 結果 | 実施日`, `Android: 結果 | 実施日`) means the same each time.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from extractors.checklist.columns.beside.numbered_choices import chosen_by_number
from extractors.checklist.columns.beside.ticked_runs import TickedRuns, ticked_runs
from extractors.checklist.columns.frames import Frame, FrameColumn
from extractors.checklist.columns.names import NAME_ROLES
from extractors.checklist.grid_index import GridView
from extractors.checklist.terms.requirement_level import is_level
from normalizers.text import fold, shape_of

Floats = NDArray[np.float64]
Texts = Sequence[Sequence[str]]
_AT = {role: index for index, role in enumerate(NAME_ROLES)}
_ROWS = 5  # filled rows from which a coincidence of texts is none
_MOST = 0.8  # share of the filled rows in which it holds
_OPTIONS = 3  # columns that a text is chosen from, at least
_FULL = 0.9  # share of the rows that a column of answers by mark fills
_ASKED = 0.9  # share of the rows that a question fills
_TOLD = 0.95  # chance of a role that columns tell of each other
_FLAGS = 0.9  # share of a flag's chance that is the answer's where ○ and × stand in it
_ISSUERS = 0.5  # chance of what is the issuer's from which a tick is his
_WIDEST = 60  # columns of a frame that are compared
_VALUES = re.compile(r"[/／|｜・,、]|\bor\b")
_NUMBER = re.compile(r"[0-9]{1,3}")
_LONGEST_VALUE = 16


@dataclass(frozen=True, slots=True)
class ColumnRelations:
    """Chances of roles (columns × NAME_ROLES), groups of columns that are answered alike, whether one was chosen from others,
    and the columns whose names list what stands in them."""

    chances: Floats
    alike: tuple[tuple[int, ...], ...] = ()
    chosen: bool = False
    listed: frozenset[int] = frozenset()


def related(view: GridView, frame: Frame, chances: Floats) -> ColumnRelations:
    """What the columns of a frame say of each other, put into the chances of their roles."""
    if len(frame.columns) > _WIDEST:
        return ColumnRelations(chances)
    texts = _texts(view, frame)
    result = chances.copy()
    listed = frozenset(i for i, c in enumerate(frame.columns) if _lists_values(c.label, texts[i]))
    for index in listed:
        result[index] = _with_role(result[index], "answer")
    numbered = chosen_by_number(view, frame)
    for index, choices in numbered.items():
        result[index] = _with_role(result[index], "answer")
        result[choices] = _with_role(result[choices], "unit")
    marked = _marked_groups(frame, texts)
    for index in (index for group in marked for index in group):
        result[index] = _no_flag(result[index])
    result = _with_ticks(result, ticked_runs(texts))
    alike = (*repeated_runs(frame.columns), *(group for group in marked if len(group) > 1))
    for group in alike:
        result[list(group)] = result[list(group)].mean(axis=0)
    picks = picked_from(texts) if frame.top < frame.bottom else {}
    options = _options([column.label for column in frame.columns], picks)
    question = _question(texts, options)
    if question is None:
        return ColumnRelations(result, alike, bool(numbered), listed)
    result = _with_picks(result, question, picks, options)
    alike = (*alike, tuple(picks)) if len(picks) > 1 else alike
    return ColumnRelations(result, alike, True, listed)


def _texts(view: GridView, frame: Frame) -> list[list[str]]:
    """The folded text of each row that begins in each column, "" where none does."""
    rows = frame.sample or frame.rows
    return [[_begins(view, row, column) for row in rows] for column in frame.columns]


def _begins(view: GridView, row: int, column: FrameColumn) -> str:
    cell = view.within(row, column.start, column.end)
    if cell is None or cell.row != row or not column.start <= cell.col < column.end:
        return ""
    return fold(cell.text)


def picked_from(texts: Texts) -> dict[int, frozenset[int]]:
    """Columns that repeat in nearly every filled row a text which stands left of it, and the columns that it stands in.

    These are three at least, one text was chosen from them in a row, and what was chosen itself is none of them. Marks and
    numbers stand beside each other by chance.
    """
    repeating: dict[int, frozenset[int]] = {}
    for index, own in enumerate(texts):
        filled = [row for row, text in enumerate(own) if _is_worded(text)]
        if len(filled) < _ROWS or len({own[row] for row in filled}) < 2:
            continue
        places = [{i for i in range(index) if texts[i][row] == own[row]} for row in filled]
        if sum(map(bool, places)) >= _MOST * len(filled):
            repeating[index] = frozenset(set().union(*places))
    picks = {index: places - set(repeating) for index, places in repeating.items()}
    return {index: places for index, places in picks.items() if len(places) >= _OPTIONS}


def _is_worded(text: str) -> bool:
    return len(text) > 1 and not text.isdecimal() and shape_of(text) is None


def _options(labels: Sequence[str], picks: dict[int, frozenset[int]]) -> frozenset[int]:
    """The columns that texts were picked from, with those between them, and steps of the same scale that nobody picked:
    `レベル0` left of `レベル1`."""
    chosen_from = set().union(*picks.values())
    if not chosen_from:
        return frozenset()
    first, last = min(chosen_from), max(chosen_from)
    while first > 0 and _is_step_before(labels[first - 1], labels[first]):
        first -= 1
    return frozenset(range(first, last + 1)) - set(picks)


def _is_step_before(label: str, after: str) -> bool:
    """Whether two names differ in nothing but a number that is one less in the first."""
    first, second = (_NUMBER.search(fold(text)) for text in (label, after))
    if first is None or second is None or _NUMBER.sub("", fold(label)) != _NUMBER.sub("", fold(after)):
        return False
    return int(first.group()) + 1 == int(second.group())


def _question(texts: Texts, options: frozenset[int]) -> int | None:
    """The question that the options answer: the nearest column left of them that asks in every row; None where none does."""
    return next((i for i in range(min(options, default=0) - 1, -1, -1) if _asks(texts[i])), None)


def _with_picks(
    chances: Floats, question: int, picks: dict[int, frozenset[int]], options: frozenset[int]
) -> Floats:
    """The chances where what was picked answers, the texts that it was picked from are nobody's, and `question` asks."""
    result = chances.copy()
    result[:, [_AT["answer"], _AT["choice"]]] *= 1.0 - _TOLD
    result[:, _AT["requirement"]] *= 1.0 - _TOLD
    for index in (question, *picks, *options):
        role = "requirement" if index == question else "answer" if index in picks else "ignore"
        result[index] = _with_role(result[index], role)
    shares: Floats = result / result.sum(axis=1, keepdims=True)
    return shares


def _asks(own: Sequence[str]) -> bool:
    """Whether a column has a text of its own in nearly every row, and not always the same."""
    filled = [text for text in own if _is_worded(text)]
    return len(filled) >= _ASKED * len(own) and len(set(filled)) >= _MOST * len(filled)


def _lists_values(label: str, own: Sequence[str]) -> bool:
    """Whether a name is nothing but a list of values, `Pass/Fail`, and nothing but these stand under it."""
    values = {fold(part).strip("()[]") for part in _VALUES.split(label)}
    if len(values) < 2 or any(not 0 < len(value) <= _LONGEST_VALUE for value in values):
        return False
    filled = [text for text in own if text]
    known = sum(text in values for text in filled)
    levels = sum(map(is_level, filled))
    return len(filled) >= 2 and known >= _MOST * len(filled) and 2 * levels < len(filled)


def _marked_groups(frame: Frame, texts: Texts) -> list[tuple[int, ...]]:
    """Columns that are full of marks, those side by side together; ○ and × both stand in one of them at least."""
    groups: list[list[int]] = []
    for index, column in enumerate(frame.columns):
        if not column.label or not _marks(texts[index]):
            continue
        if groups and groups[-1][-1] == index - 1:
            groups[-1].append(index)
        else:
            groups.append([index])
    return [tuple(group) for group in groups if any(len(_marks(texts[index])) > 1 for index in group)]


def _marks(own: Sequence[str]) -> frozenset[str]:
    """The shapes of the marks of a column in which nothing else stands, in nearly every row; none where that is not so."""
    shapes = [shape_of(text) for text in own]
    filled = [shape for shape in shapes if shape is not None]
    return frozenset(filled) if len(filled) >= max(_ROWS, _FULL * len(own)) else frozenset()


def repeated_runs(columns: Sequence[FrameColumn]) -> list[tuple[int, ...]]:
    """Columns that stand at the same place of a run of names which is printed twice or more side by side."""
    labels = [fold(column.label) for column in columns]
    for size in range(len(labels) // 2, 1, -1):
        for start in range(len(labels) - 2 * size + 1):
            run = labels[start : start + size]
            if len(set(filter(None, run))) < 2:
                continue
            count = 1
            while labels[start + count * size : start + (count + 1) * size] == run:
                count += 1
            if count > 1:
                return [tuple(range(start + offset, start + count * size, size)) for offset in range(size)]
    return []


def _with_ticks(chances: Floats, runs: TickedRuns) -> Floats:
    """The chances where one mark in a row chooses a column, and marks that stand together choose none.

    Levels are chosen by the issuer, and so is what a flag says: where the names tell that, they stand.
    """
    result = chances.copy()
    issuers = [_AT["level"], _AT["flag"], _AT["buyer"]]
    for run in map(list, runs.choices):
        if float(chances[np.ix_(run, issuers)].sum(axis=1).mean()) < _ISSUERS:
            for index in run:
                result[index] = _with_role(result[index], "choice")
    for run in map(list, runs.together):
        result[run, _AT["flag"]] += result[run, _AT["choice"]]
        result[run, _AT["choice"]] = 0.0
    return result


def _with_role(chances: Floats, role: str) -> Floats:
    result: Floats = chances * (1.0 - _TOLD)
    result[_AT[role]] += _TOLD
    return result


def _no_flag(chances: Floats) -> Floats:
    """The chances where what would be a flag is rather an answer."""
    result = chances.copy()
    moved = _FLAGS * result[_AT["flag"]]
    result[_AT["flag"]] -= moved
    result[_AT["answer"]] += moved
    return result
