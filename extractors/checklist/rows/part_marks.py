"""Items out of the rows of a table in, the same items out: `（１）` before the questions under one number names their part.

A print rules each line of a cell that a workbook keeps whole: both give one item a line, with the mark as its part.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from extractors.checklist.model import ItemRow
from extractors.checklist.terms.continuation import PART
from normalizers.text import fold

_LEAST = 2  # numbers with several parts from which it is a habit


def split_part_marks(rows: Sequence[ItemRow]) -> list[ItemRow]:
    """The items, those that share a number named by the mark before their question; all as they were where one has none."""
    groups = [list(group) for _, group in groupby(rows, key=lambda row: row.item_no)]
    shared = [group for group in groups if len(group) > 1 and group[0].item_no.strip()]
    if len(shared) < _LEAST or not all(map(_marked, shared)):
        return list(rows)
    return [row for group in groups for row in (_split(group) if _marked(group) else group)]


def _marked(group: Sequence[ItemRow]) -> bool:
    """Whether each item of a group begins with a mark of its own and has no other name of a part."""
    matches = [PART.fullmatch(row.requirement) for row in group]
    marks = [fold(match["no"]) for match in matches if match]
    return len(set(marks)) == len(group) and not any(row.sub_item for row in group)


def _split(group: Sequence[ItemRow]) -> Iterator[ItemRow]:
    for row in group:
        match = PART.fullmatch(row.requirement)
        yield replace(row, sub_item=match["no"], requirement=match["text"].strip()) if match else row
