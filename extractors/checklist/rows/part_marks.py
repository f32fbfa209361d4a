"""Items out of the rows of a table in, the same items out: `（１）` before the questions under one number names their part.

A print rules each line of a cell that a workbook keeps whole: both give one item a line, with the mark as its part.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from extractors.checklist.model import ItemRow
from extractors.checklist.terms.continuation import PART
from normalizers.text import fold

_LEAST = 2  # numbers with several parts from which it is a habit


def split_part_marks(rows: Sequence[ItemRow]) -> list[ItemRow]:
    """The items, those that share a number named by the mark before their question; all as they were where one has none."""
    groups = [list(group) for _, group in groupby(rows, key=lambda row: row.item_no)]
    parts_of_groups = [_parts_of(group) for group in groups]
    shared = [
        parts
        for group, parts in zip(groups, parts_of_groups, strict=True)
        if len(group) > 1 and group[0].item_no.strip()
    ]
    if len(shared) < _LEAST or not all(shared):
        return list(rows)
    return [row for group, parts in zip(groups, parts_of_groups, strict=True) for row in (parts or group)]


def _parts_of(group: Sequence[ItemRow]) -> list[ItemRow]:
    """The items named by their marks; none where one begins with no mark of its own, or has another name of a part."""
    matches = [match for row in group if (match := PART.fullmatch(row.requirement))]
    if len({fold(match["no"]) for match in matches}) < len(group) or any(row.sub_item for row in group):
        return []
    return [
        replace(row, sub_item=match["no"], requirement=match["text"].strip())
        for row, match in zip(group, matches, strict=True)
    ]
