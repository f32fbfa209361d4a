"""A layout that waits for a person in, the layouts that are proposed out: it and what is next likely.

A person decides faster between two than about one. The rival is the likeliest choice with another question or with another
column that is answered, or the one in which nothing is answered yet: `No. | 確認内容` of a blank list has no column to fill in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from extractors.checklist.columns.layouts import Layout
from extractors.checklist.columns.names import NAME_ROLES

_REQUIREMENT, _ITEM, _ANSWER = map(NAME_ROLES.index, ("requirement", "item", "answer"))
_GIVEN = frozenset({"answer", "choice"})
_NAMED = 0.3  # what an item's name is worth as a question
_LONGEST = 0.05
_LEAST = 0.02  # chance below which a column is proposed for nothing
_PROPOSED = 2  # layouts that are put beside each other


def with_rival(layout: Layout) -> tuple[Layout, ...]:
    """The layout and its rival; the layout alone where nothing else is likely at all."""
    return distinct([layout, *_by_score(layout)])


def distinct(layouts: Iterable[Layout]) -> tuple[Layout, ...]:
    """The first layouts with other questions or answers than those before them, at most two."""
    kept: list[Layout] = []
    for layout in layouts:
        if all(_decides(layout) != _decides(before) for before in kept):
            kept.append(layout)
    return tuple(kept[:_PROPOSED])


def _decides(layout: Layout) -> tuple[int, tuple[int, ...]]:
    """What a layout says of the columns that make a row: which of them asks most, and which are answered."""
    return layout.question, layout.answers


def _by_score(layout: Layout) -> list[Layout]:
    """Other choices, the likeliest first."""
    return [alternative for _, alternative in sorted(_alternatives(layout), key=lambda entry: -entry[0])]


def _alternatives(layout: Layout) -> Iterator[tuple[float, Layout]]:
    asks = [
        float(row[_REQUIREMENT] + _NAMED * row[_ITEM] + _LONGEST * length)
        for row, length in zip(layout.table, layout.lengths, strict=True)
    ]
    gives = [layout.gives(index) for index in range(len(layout.table))]
    question, answers = layout.question, layout.answers
    main = max((gives[index] for index in answers), default=0.0)
    if answers:
        yield asks[question] * (1.0 - main), _with_roles(layout, question, ())
    for index in range(len(layout.table)):
        if index in {question, *answers}:
            continue
        if gives[index] >= _LEAST:
            yield asks[question] * gives[index], _with_roles(layout, question, _alike(layout, index))
        if asks[index] >= _LEAST:
            yield asks[index] * main, _with_roles(layout, index, answers)


def _alike(layout: Layout, index: int) -> tuple[int, ...]:
    """The columns that are answered as one is."""
    return next((group for group in layout.alike if index in group), (index,))


def _with_roles(layout: Layout, question: int, answers: tuple[int, ...]) -> Layout:
    """The layout with another question or other answers; what was one of these before is as likely something else."""
    roles = list(layout.roles)
    for index, role in enumerate(roles):
        if role == "requirement" and index != question:
            roles[index] = "item"
        elif role in _GIVEN and index not in answers:
            roles[index] = "ignore"
    roles[question] = "requirement"
    for index in answers:
        roles[index] = roles[index] if roles[index] in _GIVEN else "answer"
    chances = tuple(float(row[NAME_ROLES.index(role)]) for row, role in zip(layout.table, roles, strict=True))
    return replace(layout, roles=tuple(roles), chances=chances)
