"""Reads questions whose choices stand on a line of their own below them, as in a letter.

`(1) …ますか。`, below it `■ はい　□ いいえ`, below that `補足：…`.

A grid in, the structure out. What begins with the same label behind the choices of several questions is their remark; every
line between a number and the choices belongs to the question. Which choice is taken its box, ring or bracket tells.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

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
_LONGEST_QUESTION = 4  # lines
_SHORTEST_QUESTION = 6
_LABEL = re.compile(r"(?P<label>[^\s　：:。、]{1,8})[\s　]*[：:]")
_NUMBER = re.compile(
    r"(?P<number>[(（]?(?:Q|問|設問|No\.?)?[\s　]?[0-9０-９]{1,3}(?:[-－.．][0-9０-９]{1,3})*[)）]?[.．、:：)）]?|[①-⑳])"
    r"(?:[\s　]+|(?<=[)）.．、:：①-⑳]))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question with its choices and its remark, each as a cell: the first of its cells with the text of all."""

    top: int
    bottom: int
    number: Cell | None
    question: Cell
    choices: Cell
    remark: Cell | None = None
    label: Cell | None = None


def choice_line_structures(view: GridView) -> list[Structure]:
    """The list of questions with a line of choices below each, none where a grid has none."""
    choosing = [row for row in range(view.n_rows) if _is_choices(view, row)]
    lines = [row for row in choosing if row - 1 not in choosing]
    questions: list[_Asked] = []
    for line in lines:
        above = questions[-1].bottom if questions else 0
        entry = _asked_above(view, line, above)
        if entry is not None:
            questions.append(entry)
    if len(questions) < _FEWEST:
        return []
    questions = _with_remarks(view, questions)
    label = next((entry.label.text for entry in questions if entry.label is not None), "備考")
    columns = (
        Column("番号", Role.NUMBER),
        Column("設問", Role.REQUIREMENT),
        Column("回答", Role.ANSWER, guessed=True),
        Column(label.strip(" 　：:"), Role.REMARKS),
    )
    pairs = [(entry.question, entry.choices) for entry in questions]
    chance = chance_of_choices(view, pairs, len(questions) / len(lines))
    return [records_to_structure(view.grid, "choice lines", columns, list(map(_record, questions)), chance)]


def _is_choices(view: GridView, row: int) -> bool:
    text = _text(view.starting(row)) if row < view.n_rows else ""
    return bool(text) and is_line_of_choices(text) and len(choices_in(text)) > 1


def _text(cells: Sequence[Cell]) -> str:
    """The texts of a row as one line."""
    ordered = sorted((cell for cell in cells if cell.text.strip()), key=lambda cell: cell.col)
    return "　".join(cell.text.strip() for cell in ordered)


def _asked_above(view: GridView, line: int, above: int) -> _Asked | None:
    """The question whose choices stand on a line: down from a number, else the one row right above."""
    rows = range(line - 1, max(above, line - 1 - _LONGEST_QUESTION) - 1, -1)
    filled = [row for row in rows if view.starting(row)]
    if not filled or filled[0] < line - 2:
        return None  # more than one blank line apart
    top = next((row for row in filled if _number_of(view, row) is not None), filled[0])
    own = [row for row in sorted(filled) if row >= top]
    number = _number_of(view, top)
    cells = [cell for row in own for cell in sorted(view.starting(row), key=lambda cell: cell.col)]
    cells = [cell for cell in cells if cell.text.strip() and cell is not number]
    texts = [cell.text.strip() for cell in cells]
    is_apart = any(cell is number for cell in view.starting(top))
    if number is not None and texts and not is_apart:
        texts[0] = texts[0].removeprefix(number.text).strip()  # the number stands in the question's own cell
    question = "".join(texts)
    if len(question) < _SHORTEST_QUESTION:
        return None
    bottom = line + 1
    while _is_choices(view, bottom):
        bottom += 1
    printed = [cell for row in range(line, bottom) for cell in view.starting(row) if cell.text.strip()]
    marked = tuple(ring for cell in printed for ring in cell.chosen)
    said = tuple(comment for cell in printed for comment in cell.comments)
    notes = tuple(comment for cell in cells for comment in cell.comments)
    text = "　".join(_text(view.starting(row)) for row in range(line, bottom))
    return _Asked(
        top,
        bottom,
        number,
        replace(cells[0], text=question, chosen=(), comments=notes),
        replace(printed[0], text=text, chosen=marked, comments=said),
    )


def _number_of(view: GridView, row: int) -> Cell | None:
    """The number with which a row begins: a cell of its own, or the beginning of its first cell."""
    cells = sorted((cell for cell in view.starting(row) if cell.text.strip()), key=lambda cell: cell.col)
    if not cells:
        return None
    if is_item_number(cells[0].text) and len(cells) > 1:
        return cells[0]
    match = _NUMBER.match(cells[0].text.strip())
    return replace(cells[0], text=match["number"]) if match else None


def _with_remarks(view: GridView, questions: Sequence[_Asked]) -> list[_Asked]:
    """The questions with the lines below their choices that begin with a label which several have."""
    ends = [entry.top for entry in questions[1:]] + [view.n_rows]
    behind = [
        min(view.starting(entry.bottom), key=lambda cell: cell.col, default=None)
        if entry.bottom < end
        else None
        for entry, end in zip(questions, ends, strict=True)
    ]
    labels = [_LABEL.match(cell.text.strip()) if cell is not None else None for cell in behind]
    often = Counter(match["label"] for match in labels if match)
    result = []
    for entry, cell, match in zip(questions, behind, labels, strict=True):
        if cell is None or match is None or often[match["label"]] < _FEWEST:
            result.append(entry)
            continue
        bottom, text = entry.bottom + 1, _text(view.starting(entry.bottom))[match.end() :].strip(" 　")
        result.append(
            replace(
                entry, bottom=bottom, remark=replace(cell, text=text), label=replace(cell, text=match.group())
            )
        )
    return result


def _record(entry: _Asked) -> Listed:
    cells = {1: entry.question, 2: entry.choices}
    if entry.number is not None:
        cells[0] = entry.number
    if entry.remark is not None:
        cells[3] = entry.remark
    labels = () if entry.label is None else (entry.label,)
    return Listed(entry.top, entry.bottom, cells, labels)
