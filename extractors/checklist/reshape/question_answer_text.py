"""Reshapes running questions and answers, as in a letter, into a table.

A grid of lines in; the same texts as a table out.
`Q1. …` over `A1. …` over `（補足）…`, or `質問1 …` over `回答：…`. A line of neither kind goes on with the text before it,
unless a blank line parts them, or it begins as a heading does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.checklist.model import Role
from extractors.checklist.reshape.records_to_table import Entry, entries_to_table, name_of
from extractors.checklist.terms.column_names import guess_role
from extractors.checklist.terms.headings import style_of
from extractors.grid import Cell, Grid

_QUESTION = re.compile(
    r"[\s　]*(?P<no>(?:[QＱ]|問|質問|設問)[\s　]*\.?[0-9０-９]{1,3}(?:[-－.．][0-9０-９]{1,3})*[.．]?)"
    r"[)）:：、\s　]*(?P<text>.*)",
    re.DOTALL,
)
_ANSWER = re.compile(
    r"[\s　]*(?:[AＡ]|答え?)[\s　]*\.?(?:[0-9０-９]{1,3}(?:[-－.．][0-9０-９]{1,3})*)?[.．:：、)）][\s　]*(?P<text>.*)",
    re.DOTALL,
)
_LABELLED = re.compile(
    r"[\s　]*[（(【\[]?(?P<label>[^\s：:（）()【】\[\]]{1,8})[\s　]*(?:[)）】\]][:：]?|[:：])[\s　]*(?P<text>.*)",
    re.DOTALL,
)
_MIN_ENTRIES = 3
_ANSWERED = 0.8
_ENDS = ("。", "．", ".", "）", ")", "！", "？", "」")
_HEADING = 40  # characters: a longer line is no heading
_ROLES = (Role.NUMBER, Role.REQUIREMENT, Role.ANSWER, Role.REMARKS)


def question_answers_to_table(grid: Grid) -> Grid:
    """The grid with its questions and answers as rows of a table; the grid itself where it is no dialogue."""
    lines = [cell for cell in grid.cells if cell.text.strip()]
    if grid.tables or len({cell.row for cell in lines}) < len(lines):
        return grid
    dialogue = _entries(lines)
    answered = sum(Role.ANSWER in texts for texts, _ in dialogue)
    if answered < max(_MIN_ENTRIES, _ANSWERED * len(dialogue)):
        return grid
    names = [name_of(role) for role in _ROLES]
    entries = [
        Entry(rows[0], rows[-1] + 1, {name_of(role): cell for role, cell in texts.items()})
        for texts, rows in dialogue
    ]
    return entries_to_table(grid, names, entries)


_Entry = tuple[dict[Role, Cell], list[int]]


def _entries(lines: Sequence[Cell]) -> list[_Entry]:
    """Questions with what belongs to them, by role, and the rows that they take."""
    entries: list[_Entry] = []
    role: Role | None = None
    for line in lines:
        question = _QUESTION.fullmatch(line.text)
        if question:
            texts = {Role.NUMBER: replace(line, text=question["no"].strip())}
            texts |= {Role.REQUIREMENT: replace(line, text=question["text"])} if question["text"] else {}
            entries.append((texts, [line.row]))
            role = Role.REQUIREMENT
            continue
        if role is None:
            continue
        texts, rows = entries[-1]
        reply = _detect_reply(line.text)
        if reply is not None:
            role, text = reply
        elif _continues(texts.get(role), line, rows[-1], Role.ANSWER in texts):
            text = line.text.strip()
        else:
            role = None
            continue
        texts[role] = _added(texts.get(role), line, text)
        rows.append(line.row)
    return entries


def _detect_reply(text: str) -> tuple[Role, str] | None:
    """Role and text of a line that says itself what it is: an answer or a remark."""
    answer = _ANSWER.fullmatch(text)
    if answer:
        return Role.ANSWER, answer["text"]
    labelled = _LABELLED.fullmatch(text)
    guess = guess_role(labelled["label"]) if labelled else None
    if labelled is None or guess is None or guess.role not in {Role.ANSWER, Role.REMARKS}:
        return None
    return guess.role, labelled["text"]


def _continues(before: Cell | None, line: Cell, last: int, answered: bool) -> bool:
    """Whether a line goes on with the text before it: no blank line between, no heading, and that text is not at its end."""
    if not answered:
        return True
    if line.row != last + 1 or (style_of(line.text) != "plain" and len(line.text) <= _HEADING):
        return False
    return before is None or not before.text.strip().endswith(_ENDS) or line.text.strip().endswith(_ENDS)


def _added(before: Cell | None, line: Cell, text: str) -> Cell:
    if before is None or not before.text:
        return replace(line, text=text)
    return replace(before, text=f"{before.text}\n{text}" if text else before.text)
