"""Reshapes a list of check boxes into a table: statements with a box before each, and nothing beside it.

A grid of lines in; the same texts as a table out.
`■ 1．…` and `□ 2．…` one under the other. A black square alone is a bullet as often as a box, so that a list counts
where its boxes are both ticked and empty and its numbers count up, or where they are drawn with a tick.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from extractors.checklist.model import Role
from extractors.checklist.reshape.records_to_table import Entry, entries_to_table, name_of
from extractors.grid import Grid
from normalizers.text import empty_boxes, plain_number, ticked_boxes

_MIN_LINES = 3
_BLACK = frozenset("■◼⬛")  # bullets, too
_DOUBT = "columns_guessed"


@cache
def _line() -> re.Pattern[str]:
    boxes = re.escape(empty_boxes() + ticked_boxes())
    return re.compile(
        rf"[\s　]*(?P<box>[{boxes}])[\s　]*(?P<no>[(（]?[0-9０-９]{{1,3}}[)）]?[.．、:：)）]?)[\s　]*(?P<text>[^0-9０-９\s].*)",
        re.DOTALL,
    )


def checkbox_list_to_table(grid: Grid) -> Grid:
    """The grid with its boxed statements as rows of a table; the grid itself where it is no such list."""
    lines = [cell for cell in grid.cells if cell.text.strip()]
    if grid.tables or len({cell.row for cell in lines}) < len(lines):
        return grid
    matches = [(cell, match) for cell in lines if (match := _line().fullmatch(cell.text))]
    if len(matches) < _MIN_LINES or not _is_list([match for _, match in matches]):
        return grid
    number, statement, answer = name_of(Role.NUMBER), name_of(Role.REQUIREMENT), name_of(Role.ANSWER)
    entries = [
        Entry(
            cell.row,
            cell.row + 1,
            {
                number: replace(cell, text=match["no"], doubt=_DOUBT),
                statement: replace(cell, text=match["text"], doubt=_DOUBT),
                answer: replace(cell, text=match["box"], doubt=_DOUBT),
            },
        )
        for cell, match in matches
    ]
    return entries_to_table(grid, [number, statement, answer], entries)


def _is_list(matches: Sequence[re.Match[str]]) -> bool:
    numbers = [plain_number(match["no"].strip("．.、:：")) for match in matches]
    counting = numbers == list(range(1, len(numbers) + 1))
    boxes = {match["box"] for match in matches}
    ticks, blanks = boxes & set(ticked_boxes()), boxes & set(empty_boxes())
    return counting and bool((ticks and blanks) or ticks - _BLACK)
