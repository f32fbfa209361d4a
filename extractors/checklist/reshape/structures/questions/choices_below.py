"""Reads cells that hold a question and, below it, the choices to answer by: `鍵を替えていますか。⏎１．はい　２．いいえ`.

A grid in, the structure out. Such cells count as a list where they come again and again in one column; the number left of them
and what is written right of them belong to the question. Which choice is taken a ring, a box or a bracket tells, as in an
answer cell. A label that all cells right of the questions begin with (`補足`) names their column.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import replace

from extractors.checklist.grid_index import GridView
from extractors.checklist.model import Role
from extractors.checklist.reshape.structures.questions.printed_choices import (
    chance_of_choices,
    choices_in,
    is_line_of_choices,
)
from extractors.checklist.reshape.structures.structure import Column, Listed, Structure, records_to_structure
from extractors.grid import Cell
from normalizers.text import is_item_number

_FEWEST = 3
_SHARE = 0.6  # of the cells of several lines in a column, how many hold choices
_SHORTEST_QUESTION = 6
_LONGEST_LABEL = 10
_LONGEST_CHOICES = 400  # characters of all choices behind a question: each end of a sentence in them is tried
_SENTENCE_END = re.compile(r"[。？?][\s　]*(?=\S)")
_COLUMNS = (
    Column("番号", Role.NUMBER),
    Column("設問", Role.REQUIREMENT),
    Column("回答", Role.ANSWER, guessed=True),
)


def choice_structures(view: GridView) -> list[Structure]:
    """The list of questions with their choices below them, none where a grid has none."""
    by_column: dict[int, dict[int, tuple[Cell, Cell]]] = defaultdict(dict)
    for cell in view.grid.cells:
        parts = _parts(cell)
        if parts is not None:
            by_column[cell.col][cell.row] = parts
    column = max(by_column, key=lambda col: len(by_column[col]), default=-1)
    questions = by_column.get(column, {})
    first = min(questions, default=0)
    beside = [c for c in view.grid.cells if c.col == column and c.row >= first and "\n" in c.text.strip()]
    if len(questions) < max(_FEWEST, _SHARE * len(beside)):
        return []
    label = _label(view, questions)
    columns = (*_COLUMNS, Column(label or "備考", Role.REMARKS))
    records = [_record(view, row, parts, label) for row, parts in sorted(questions.items())]
    chance = chance_of_choices(view, list(questions.values()), len(questions) / max(1, len(beside)))
    return [records_to_structure(view.grid, "choices", columns, records, chance)]


def _parts(cell: Cell) -> tuple[Cell, Cell] | None:
    """The question and the choices of a cell, as cells of their own."""
    if "\n" not in cell.text and not _SENTENCE_END.search(cell.text):
        return None
    lines = [line for line in cell.text.strip().split("\n") if line.strip()]
    count = next((n for n, line in enumerate(reversed(lines)) if not is_line_of_choices(line)), len(lines))
    question, choices = "\n".join(lines[: len(lines) - count]), "\n".join(lines[len(lines) - count :])
    if not count:
        question, choices = _behind_sentence(cell.text.strip())
    if len(question.strip()) < _SHORTEST_QUESTION or len(choices_in(choices)) < 2:
        return None
    return replace(cell, text=question, chosen=()), replace(cell, text=choices, comments=())


def _behind_sentence(text: str) -> tuple[str, str]:
    """The same where a question that fills its line and the choices below it were read as one: `…ますか。1．はい 2．いいえ`."""
    from_here = max(0, len(text) - _LONGEST_CHOICES)
    ends = (match.end() for match in _SENTENCE_END.finditer(text, from_here))
    return next(((text[:end], text[end:]) for end in ends if len(choices_in(text[end:])) > 1), ("", ""))


def _label(view: GridView, questions: Mapping[int, tuple[Cell, Cell]]) -> str:
    """The short line that all cells right of the questions begin with."""
    firsts = Counter(
        cell.text.strip().split("\n")[0]
        for row, (question, _) in questions.items()
        for cell in view.starting(row)
        if cell.col >= question.end_col
    )
    line, count = next(iter(firsts.most_common(1)), ("", 0))
    return line if count == len(questions) and len(line) <= _LONGEST_LABEL else ""


def _record(view: GridView, row: int, parts: tuple[Cell, Cell], label: str) -> Listed:
    question, choices = parts
    cells = {1: question, 2: choices}
    labels: list[Cell] = []
    for cell in view.starting(row):
        if cell.end_col <= question.col and is_item_number(cell.text) and 0 not in cells:
            cells[0] = cell
        elif cell.col >= question.end_col and 3 not in cells:
            text = cell.text.strip().removeprefix(label).strip()
            cells[3] = replace(cell, text=text)
            labels += [replace(cell, text=label)] if label else []
    return Listed(row, question.end_row, cells, tuple(labels))
