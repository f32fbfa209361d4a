"""Lines of a page in, column edges out: white rivers, the pieces of coloured strips, the page before.

A river is an upright strip of the page that hardly any line of text crosses. The names of a header stand in their
columns, so they part rivers where a column is nearly empty.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from extractors.pdf.textrows import TextRow

_CROSSING = 0.06  # share of lines that may cross a river
_RESPECTED = 0.12  # share that may cross the columns taken over from the page before
_HEADER_WEIGHT = 1000


def column_edges(
    rows: Sequence[TextRow], width: float, hint: Sequence[float], headed: bool
) -> list[float] | None:
    """Column edges: those of the page before where the lines respect them, else the rivers'."""
    telling = [row for row in rows if not _is_band(row, rows)]
    if hint and len(hint) > 2 and _crossed(telling, hint) <= _RESPECTED:
        return list(hint)
    if not headed:
        return None
    rivers = _rivers(rows[0], telling, width)
    left = min(part.box[0] for row in rows for part in row.parts)
    right = max(part.box[2] for row in rows for part in row.parts)
    edges = _paired([left - 2.0, *rivers, right + 2.0], rows[0], telling[1:])
    return edges if len(edges) >= 3 else None


def _paired(edges: list[float], header: TextRow, body: Sequence[TextRow]) -> list[float]:
    """The edges without those that part a name from the texts under it, as where the name stands in the middle.

    Then the one column has a name and no text that begins in it, its neighbour texts and no name.
    """
    named = [_begins(header, a, b) for a, b in itertools.pairwise(edges)]
    filled = [any(_begins(row, a, b) for row in body) for a, b in itertools.pairwise(edges)]
    kept = [edges[0]]
    for index in range(1, len(edges) - 1):
        here, there = (named[index - 1], filled[index - 1]), (named[index], filled[index])
        if {here, there} != {(True, False), (False, True)}:
            kept.append(edges[index])
    return [*kept, edges[-1]]


def _begins(row: TextRow, left: float, right: float) -> bool:
    return any(left <= start < right for start, _ in row.spans)


def _is_band(row: TextRow, rows: Sequence[TextRow]) -> bool:
    """A lone text at the left edge: a heading, a note, or a label that says nothing about columns."""
    left = min(part.box[0] for other in rows for part in other.parts)
    return len(row.parts) == 1 and row.parts[0].box[0] <= left + row.parts[0].size


def _crossed(rows: Sequence[TextRow], edges: Sequence[float]) -> float:
    """The largest share of lines that cross one of the inner edges."""
    if not rows:
        return 1.0
    shares = [
        sum(any(start + 1 < edge < end - 1 for start, end in row.spans) for row in rows) / len(rows)
        for edge in edges[1:-1]
    ]
    return max(shares, default=1.0)


def _rivers(header: TextRow, rows: Sequence[TextRow], width: float) -> list[float]:
    """Middles of the strips that hardly a line crosses; the header's names are never crossed."""
    crossing = [0] * (int(width) + 2)
    for row in rows:
        for first, last in row.spans:
            for x in range(max(0, int(first)), min(len(crossing), int(last) + 1)):
                crossing[x] += 1
    for part in header.parts:
        for x in range(max(0, int(part.box[0])), min(len(crossing), int(part.box[2]) + 1)):
            crossing[x] += _HEADER_WEIGHT
    allowed = _CROSSING * len(rows)
    left = int(min(part.box[0] for row in rows for part in row.parts))
    right = int(max(part.box[2] for row in (*rows, header) for part in row.parts))
    left, right = max(left, 0), min(right, len(crossing) - 1)  # text may stand outside of the page
    rivers: list[float] = []
    start: int | None = None
    for x in range(left, right + 1):
        if crossing[x] <= allowed:
            start = x if start is None else start
        elif start is not None:
            if x - start >= 2 and start > left:
                rivers.append(_best(crossing, start, x))
            start = None
    return rivers


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
