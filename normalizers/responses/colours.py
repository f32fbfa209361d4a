"""Rows and readings of a list in, the readings that colours decide put right out.

One mark in several colours beside a line that speaks of colours says nothing by itself: its answer is what the line
says of its colour, and unclear where it says nothing that is known. A blank cell is answered by its ground where the
line says what that means. Where the file keeps no colours and a line gives them a meaning, no yes is sure.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace

from extractors.checklist.model import ItemRow
from normalizers.answers.colour_legend import colour_meanings, colour_name, telling, told_by_colour
from normalizers.answers.model import Reading
from normalizers.text import fold

UNKEPT = "colour"  # the rule of answers that only a colour tells which the file does not keep
_SAYS_NOTHING = {"skip", "unclear"}


def with_colours(
    rows: Sequence[ItemRow], readings: Sequence[Reading], notes: Sequence[str], kept: bool = True
) -> list[Reading]:
    """The readings of a list's rows; `notes` are the lines that speak of colours, `kept` whether the file has them."""
    if not notes:
        return list(readings)
    if not kept:
        return [_unsure(reading) for reading in readings] if told_by_colour(notes) else list(readings)
    return _by_ground(rows, _by_mark(rows, readings, notes), notes)


def _unsure(reading: Reading) -> Reading:
    """A yes of which the colour says whether it is one is unclear."""
    return Reading("unclear", UNKEPT, reading.options, reading.remark) if reading.answer == "yes" else reading


def _by_mark(rows: Sequence[ItemRow], readings: Sequence[Reading], notes: Sequence[str]) -> list[Reading]:
    """One mark in several colours: its colour decides."""
    columns: dict[str, list[tuple[str, str | None]]] = defaultdict(list)
    for row in rows:
        columns[row.respondent].append((row.answer, row.colour))
    decisive = {respondent: telling(cells) for respondent, cells in columns.items()}
    meanings = colour_meanings(notes)
    return [
        _decided(reading, row, meanings.get(colour_name(row.colour) or "", "unclear"))
        if fold(row.answer) in decisive[row.respondent]
        else reading
        for row, reading in zip(rows, readings, strict=True)
    ]


def _by_ground(rows: Sequence[ItemRow], readings: Sequence[Reading], notes: Sequence[str]) -> list[Reading]:
    """Blank cells: the meaning of their ground, where a line tells it."""
    meanings = colour_meanings(notes, ground=True)
    blank = [_is_blank(row, reading) for row, reading in zip(rows, readings, strict=True)]
    grounds: dict[str, set[str | None]] = defaultdict(set)
    for row, empty in zip(rows, blank, strict=True):
        if empty:
            grounds[row.respondent].add(colour_name(row.colour))
    return [
        _decided(reading, row, answer)
        if empty and (answer := _ground_says(row, meanings, grounds[row.respondent])) is not None
        else reading
        for row, reading, empty in zip(rows, readings, blank, strict=True)
    ]


def _is_blank(row: ItemRow, reading: Reading) -> bool:
    return reading.answer == "unanswered" and row.choice is None and not row.answer.strip()


def _ground_says(row: ItemRow, meanings: Mapping[str, str], grounds: Set[str | None]) -> str | None:
    """What the ground of a blank cell says; None where it says nothing, `unclear` where it may say something.

    A ground that all blank cells have is the form's own and answers none of them, though a line says that it does.
    """
    name = colour_name(row.colour) if (row.colour or "").startswith("fill:") else None
    if name is None:
        return None
    told = meanings.get(name, "skip")
    telling_others = any(meanings.get(other or "", "skip") not in _SAYS_NOTHING for other in grounds)
    if told in _SAYS_NOTHING:
        return "unclear" if telling_others and name in meanings and told == "unclear" else None
    return told if len(grounds) > 1 or told == "not_applicable" else "unclear"


def _decided(reading: Reading, row: ItemRow, answer: str) -> Reading:
    answer = "unclear" if answer == "skip" else answer
    return replace(reading, answer=answer, rule=f"colour:{colour_name(row.colour) or 'none'}")
