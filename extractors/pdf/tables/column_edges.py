"""Lines of a page in, column edges out: white rivers, the pieces of coloured strips, the page before.

A river is an upright strip of the page that hardly any line of text crosses. The names of a header stand in their
columns, so they part rivers where a column is nearly empty.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from extractors.pdf.tables.text_rows import TextRow, texts_in
from normalizers.text import is_item_number

_CROSSING = 0.06  # share of lines that may cross a river
_RESPECTED = 0.12  # share that may cross the columns taken over from the page before
_HEADER_WEIGHT = 1000
_NUMBERED = 0.5  # share of rows that begin with a number
_PITCH = 1.6  # of the size: the largest pitch of the lines of one text
_SAME = 1.5  # points
_WIDE = 2  # points: a narrower river counts where a column's texts begin behind it
_ALIGNED, _LEAST = 0.3, 3  # share of lines, and how many at least, that begin there


def column_edges(
    groups: Sequence[list[TextRow]], named: int, width: float, hint: Sequence[float]
) -> list[float] | None:
    """Column edges: those of the page before (`hint`) where the lines respect them, else the rivers'.

    `groups` are lines whose heights overlap, `named` is how many of the lines are the header's, 0 for none.
    """
    rows = [row for group in groups for row in group]
    telling = _telling(groups)
    if hint and len(hint) > 2 and _crossed(telling, hint) <= _RESPECTED:
        return list(hint)
    if not named:
        return None
    header, body = rows[:named], [row for row in telling if row not in rows[:named]]
    rivers = _rivers(header, [*header, *body], width)
    left = min(part.box[0] for row in rows for part in row.parts)
    right = max(part.box[2] for row in rows for part in row.parts)
    edges = _paired([left - 2.0, *rivers, right + 2.0], header, body)
    return edges if len(edges) >= 3 else None


def _paired(edges: list[float], header: Sequence[TextRow], body: Sequence[TextRow]) -> list[float]:
    """The edges without those that part a name from the texts beside it, as where the name stands in the middle.

    Then the one column has a name and no text that begins in it, its neighbour texts and no name. Each joins one
    neighbour at most: the choice that leaves fewest alone, and of equals the one where texts begin left of their names.
    """
    kinds = []
    for a, b in itertools.pairwise(edges):
        cell_glyphs = any(_begins(row, a, b) for row in body)
        kinds.append((any(_begins(row, a, b) for row in header), cell_glyphs))
    gone = _joints(kinds)
    return [edge for index, edge in enumerate(edges) if index - 1 not in gone]


def _joints(kinds: Sequence[tuple[bool, bool]]) -> frozenset[int]:
    """Indexes of the columns that are one with the column right of them, as (named, filled) of each column tells."""
    found: list[tuple[int, int, frozenset[int]]] = [(0, 0, frozenset())]
    for index in range(len(kinds)):
        best = found[-1]
        if index and {kinds[index - 1], kinds[index]} == {(True, False), (False, True)}:
            pairs, left, gone = found[-2]
            joined = (pairs + 1, left + kinds[index][0], gone | {index - 1})
            best = max(best, joined, key=lambda way: way[:2])
        found.append(best)
    return found[-1][2]


def _begins(row: TextRow, left: float, right: float) -> bool:
    return any(left <= start < right for start, _ in row.spans)


def _telling(groups: Sequence[list[TextRow]]) -> list[TextRow]:
    """The lines without those that say nothing about columns: a lone text at the left edge is a heading or a note.

    Where no numbers stand there it may be the next line of a row's first text, if it follows or precedes one closely.
    """
    left = min(part.box[0] for group in groups for row in group for part in row.parts)
    firsts = [row.words[0] for group in groups for row in group if len(row.parts) > 1]
    numbered = sum(map(is_item_number, firsts)) >= _NUMBERED * len(firsts)
    telling: list[TextRow] = []
    for index, group in enumerate(groups):
        beside = [*groups[max(0, index - 1) : index], *groups[index + 1 : index + 2]]
        first = group[0].parts[0]
        lone = texts_in(group) == 1 and first.box[0] <= left + first.size
        goes_on = not numbered and any(_is_next(group[0], other) for rows in beside for other in rows)
        telling += group if not lone or goes_on else []
    return telling


def _is_next(row: TextRow, other: TextRow) -> bool:
    """Whether two lines are as close as those of one text and begin at one place."""
    return abs(row.top - other.top) <= _PITCH * row.size and abs(row.spans[0][0] - other.spans[0][0]) <= _SAME


def _crossed(rows: Sequence[TextRow], edges: Sequence[float]) -> float:
    """The largest share of lines that cross one of the inner edges."""
    if not rows:
        return 1.0
    shares = [
        sum(any(start + 1 < edge < end - 1 for start, end in row.spans) for row in rows) / len(rows)
        for edge in edges[1:-1]
    ]
    return max(shares, default=1.0)


def _rivers(header: Sequence[TextRow], rows: Sequence[TextRow], width: float) -> list[float]:
    """Middles of the strips that hardly a line crosses; the header's names are never crossed."""
    crossing = [0] * (int(width) + 2)
    for row in rows:
        for first, last in row.spans:
            for x in range(max(0, int(first)), min(len(crossing), int(last) + 1)):
                crossing[x] += 1
    names = [part for row in header for part in row.parts]
    for part in names:
        for x in range(max(0, int(part.box[0])), min(len(crossing), int(part.box[2]) + 1)):
            crossing[x] += _HEADER_WEIGHT
    allowed = _CROSSING * len(rows)
    left = int(min(part.box[0] for row in rows for part in row.parts))
    right = int(max(part.box[2] for row in rows for part in row.parts))
    left, right = max(left, 0), min(right, len(crossing) - 1)  # text may stand outside of the page
    rivers: list[float] = []
    start: int | None = None
    for x in range(left, right + 1):
        if crossing[x] <= allowed:
            start = x if start is None else start
        elif start is not None:
            wide = x - start >= _WIDE or _beginnings(rows, x) >= max(_LEAST, _ALIGNED * len(rows))
            if wide and start > left:
                rivers.append(_best(crossing, start, x))
            start = None
    return rivers


def _beginnings(rows: Sequence[TextRow], x: int) -> int:
    """How many lines have a text that begins at a place: many where a column of left-aligned texts does."""
    return sum(any(abs(start - x) <= _SAME for start, _ in row.spans) for row in rows)


def _best(crossing: Sequence[int], start: int, end: int) -> float:
    """The middle of the least crossed run inside a river, the last of equals: texts begin at a column's left."""
    least = min(crossing[start:end])
    runs: list[tuple[int, int]] = []
    for x in range(start, end):
        if crossing[x] == least:
            if runs and runs[-1][1] == x:
                runs[-1] = (runs[-1][0], x + 1)
            else:
                runs.append((x, x + 1))
    first, last = max(runs, key=lambda run: run[1] - run[0])
    return (first + last) / 2
