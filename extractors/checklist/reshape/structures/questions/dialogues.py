"""Reads questions and answers below each other: letters, web questionnaires, sheets with an answer box under each question.

A grid of lines in, the structures out. The label that counts (`【質問１】`, `(1)`, `Q1.`) begins a record; labels that come
again in record after record (`【回答】`, `補足：`) name its parts; a line without a label is the answer where the
question before it is at its end. Which of the labels is the answer is told by evidence, as for the names of
columns. A heading between two records stays a heading.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from extractors.checklist.grid_index import GridView
from extractors.checklist.model import Role
from extractors.checklist.reshape.structures.label_roles import is_called
from extractors.checklist.reshape.structures.labelled_lines import Line, is_blank_line, lines_of
from extractors.checklist.reshape.structures.list_chance import logistic, question_share, speaks_of_answering
from extractors.checklist.reshape.structures.structure import (
    Column,
    Listed,
    Structure,
    blank_at,
    records_to_structure,
)
from extractors.checklist.terms.column_names import STRONG, guess_role
from extractors.checklist.terms.headings import PLAIN, is_note, style_of
from extractors.grid import Cell, Grid
from normalizers.text import empty_boxes, ticked_boxes

_MIN_RECORDS = 3
_LEAST_SHARE = 0.6  # share of the records that have a part which has a label
_ENDS = ("。", "．", ".", "）", ")", "！", "？", "?", "」", "か", "こと", "い", "有無")
_HEADING = 40  # characters: a longer line is no heading
# By hand: what a letter, a form with boxes and a list of frequent questions differ in.
_WEIGHTS = {"asking": 3.0, "called": 2.5, "answered": 1.0, "regular": 1.5, "speaks": 1.5, "many": 1.0}
_BIAS = -4.0
_UNASKED = 0.5  # the most that a list is worth in a document which says that it is something else


@dataclass(slots=True)
class _Dialogue:
    """One record while it is read: its question's line, further lines of the question, parts by label, the last row."""

    line: Line
    question: list[str]
    parts: dict[str, list[tuple[Line, str]]] = field(default_factory=dict)
    last: int = 0


def dialogue_structures(view: GridView) -> list[Structure]:
    """The dialogue of a grid, none where no label counts its questions."""
    lines = lines_of(view)
    if lines is None:
        return []
    structures = []
    for template in _counters(lines):
        structure = _structure(view, lines, template)
        if structure is not None:
            structures.append(structure)
    return sorted(structures, key=lambda structure: (-structure.chance, -structure.rows))[:1]


def _counters(lines: Sequence[Line]) -> list[str]:
    """The labels whose numbers count up, beginning again now and then; the most frequent first."""
    often = Counter(line.template for line in lines if line.template is not None and "#" in line.template)
    result = []
    for template, times in often.most_common():
        counts = [line.count for line in lines if line.template == template and line.count is not None]
        up = sum(after in (before + 1, 1) for before, after in itertools.pairwise(counts))
        if times >= _MIN_RECORDS and len(counts) == times and up >= 0.8 * (times - 1):
            result.append(template)
    return result


def _structure(view: GridView, lines: Sequence[Line], template: str) -> Structure | None:
    first = next(index for index, line in enumerate(lines) if line.template == template)
    behind = Counter(line.template for line in lines[first:] if line.template != template)
    labels = {
        t for t, times in behind.items() if t is not None and _is_part(t) and (times > 1 or _is_known(t))
    }
    dialogues = _read(lines[first:], template, labels)
    unlabelled = sum("" in dialogue.parts for dialogue in dialogues)
    names = [name for name in dict.fromkeys(n for d in dialogues for n in d.parts) if name]
    often = Counter(name for dialogue in dialogues for name in dialogue.parts)
    enough = _LEAST_SHARE * len(dialogues)
    answer = next((name for name in names if _is_answer(name) and often[name] >= enough), None)
    if answer is None and names and not unlabelled:
        return None
    return _built(view, dialogues, answer, names)


def _is_part(template: str) -> bool:
    """Whether a label names an answer or a remark, and no heading, item or choice."""
    if any(char in template for char in empty_boxes() + ticked_boxes()):
        return False
    return _is_answer(template) or is_called(_name(template), "remarks", "evidence")


def _is_answer(template: str) -> bool:
    name = _name(template)
    return name.casefold() in {"a", "答", "答え"} or is_called(name, "answer")


def _is_known(template: str) -> bool:
    """Whether a label is a known name, so that it need not come again."""
    guess = guess_role(_name(template))
    return guess is not None and guess.strength == STRONG


def _name(template: str) -> str:
    return template.replace("#", "").strip("【】[]()（）<>＜＞「」〔〕:：. 　")


def _read(lines: Sequence[Line], template: str, labels: set[str]) -> list[_Dialogue]:
    """The records: each goes on until the next one, a heading, or a blank row behind its last part."""
    dialogues: list[_Dialogue] = []
    part: str | None = None
    for index, line in enumerate(lines):
        if line.template == template:
            dialogues.append(_Dialogue(line, [line.rest], last=line.row))
            part = None
            continue
        now = dialogues[-1]
        if line.template in labels and line.template is not None:
            part = line.template
            now.parts.setdefault(part, []).append((line, line.rest))
        elif _heads(lines, index, template, now):
            continue
        elif part is None and not _ended(now) and line.row == now.last + 1:
            now.question.append(line.cell.text.strip())
        elif part is not None and not _continues(now.parts[part], line, now.last):
            continue
        else:
            part = part or ""
            now.parts.setdefault(part, []).append((line, line.cell.text.strip()))
        now.last = line.row
    return dialogues


def _ended(dialogue: _Dialogue) -> bool:
    return dialogue.question[-1].strip().endswith(_ENDS)


def _heads(lines: Sequence[Line], index: int, template: str, now: _Dialogue) -> bool:
    """Whether a line heads the records behind it: short, before the next record, in the style of a heading or apart."""
    text = lines[index].cell.text.strip()
    behind = lines[index + 1] if index + 1 < len(lines) else None
    if is_note(text):
        return True
    if behind is None:
        return bool(now.parts) and lines[index].row > now.last + 1
    short = len(text) <= _HEADING and not text.endswith(("。", "？", "?"))
    styled = style_of(text) != PLAIN or lines[index].cell.col < now.line.cell.col
    boxed = any(char in text for char in empty_boxes() + ticked_boxes())
    leads = behind.template == template or (
        style_of(behind.cell.text) != PLAIN and len(behind.cell.text) <= _HEADING
    )
    return short and styled and not boxed and leads


def _continues(part: Sequence[tuple[Line, str]], line: Line, last: int) -> bool:
    """Whether a line without a label goes on with the text before it: no blank row between, and that text is not at its end."""
    if line.row != last + 1 or (style_of(line.cell.text) != PLAIN and len(line.cell.text) <= _HEADING):
        return False
    if _begins_anew(part, line):
        return False
    text = part[-1][1].strip()
    return not text.endswith(_ENDS[:9]) or line.cell.text.strip().endswith(_ENDS[:9])


def _begins_anew(part: Sequence[tuple[Line, str]], line: Line) -> bool:
    """Whether a printed line stands left of an indented text that ended long before it: a farewell behind `回答：①`."""
    first, last, box = part[0][0].cell.location.bbox, part[-1][0].cell.location.bbox, line.cell.location.bbox
    if first is None or last is None or box is None:
        return False
    height = box[3] - box[1]
    return box[0] < first[0] - height and last[2] < box[2] - 2 * height


def _built(
    view: GridView, dialogues: Sequence[_Dialogue], answer: str | None, names: Sequence[str]
) -> Structure | None:
    rest = [name for name in names if name != answer]
    columns = [
        Column("番号", Role.NUMBER),
        Column("質問", Role.REQUIREMENT),
        Column(answer or "回答", Role.ANSWER, guessed=answer is None),
        *(Column(name, Role.REMARKS) for name in rest),
    ]
    records = [_record(view, dialogue, answer, rest) for dialogue in dialogues]
    chance = _chance(view.grid, dialogues, records, answer)
    return records_to_structure(view.grid, "dialogue", columns, records, chance)


def _record(view: GridView, dialogue: _Dialogue, answer: str | None, rest: Sequence[str]) -> Listed:
    line = dialogue.line
    number = line.number if line.number is not None else replace(line.cell, text=line.label)
    question = replace(line.cell, text="\n".join(text for text in dialogue.question if text))
    cells = {0: number, 1: question, 2: _text(view, dialogue, answer or "")}
    cells |= {
        3 + index: _text(view, dialogue, name) for index, name in enumerate(rest) if name in dialogue.parts
    }
    used = [part_line.cell for parts in dialogue.parts.values() for part_line, _ in parts[1:]]
    return Listed(line.row, max(dialogue.last, line.row) + 1, cells, tuple(used))


def _text(view: GridView, dialogue: _Dialogue, name: str) -> Cell:
    parts = dialogue.parts.get(name, [])
    if not parts:
        return blank_at(view.grid, dialogue.last + 1, dialogue.line.cell.col, dialogue.line.cell)
    texts = [text for _, text in parts if text and not is_blank_line(text)]
    return replace(parts[0][0].cell, text="\n".join(texts))


def _chance(
    grid: Grid, dialogues: Sequence[_Dialogue], records: Sequence[Listed], answer: str | None
) -> float:
    questions = [" ".join(dialogue.question) for dialogue in dialogues]
    heights = Counter(b.line.row - a.line.row for a, b in itertools.pairwise(dialogues))
    speaks = speaks_of_answering(grid)
    figures = {
        "asking": question_share(questions),
        "called": sum(answer in dialogue.parts for dialogue in dialogues) / len(dialogues),
        "answered": sum(bool(record.cells[2].text) for record in records) / len(records),
        "regular": sum(times for rows, times in heights.items() if rows > 1) / max(1, len(dialogues) - 1),
        "speaks": speaks,
        "many": min(1.0, len(records) / 8),
    }
    chance = logistic(figures, _WEIGHTS, _BIAS)
    return min(chance, _UNASKED) if speaks < 0 else chance
