"""Rows and readings of a list in, the readings that colours decide put right out.

One mark in several colours beside a line that speaks of colours says nothing by itself: its answer is what the line
says of its colour, and unclear where it says nothing that is known.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from extractors.checklist.shape import ItemRow
from normalizers.colours import colour_meanings, colour_name, telling
from normalizers.reading import Reading
from normalizers.text import fold


def with_colours(rows: Sequence[ItemRow], readings: Sequence[Reading], notes: Sequence[str]) -> list[Reading]:
    """The readings of a list's rows; `notes` are the lines beside it that speak of colours."""
    if not notes:
        return list(readings)
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


def _decided(reading: Reading, row: ItemRow, answer: str) -> Reading:
    answer = "unclear" if answer == "skip" else answer
    return replace(reading, answer=answer, rule=f"colour:{colour_name(row.colour) or 'none'}")
