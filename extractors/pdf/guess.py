"""Glyphs of a page without vertical rules in, a table out: columns from white rivers, rows from rules, fills, spacing.

A page without a header takes over the columns of the page before it where its lines respect them.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from extractors.pdf.columns import column_edges
from extractors.pdf.glyphs import Glyphs
from extractors.pdf.heights import row_edges, row_rules, strips_of
from extractors.pdf.lattice import BoxCell, BoxTable
from extractors.pdf.rules import Rules
from extractors.pdf.textrows import TextRow, text_rows

_MIN_LINES = 5
_PIECES = 3
_JOINT = 3.0  # points between the coloured cells of a row


def guess_table(glyphs: Glyphs, rules: Rules, width: float, hint: Sequence[float] = ()) -> BoxTable | None:
    """The table that the page's lines form, None where they form none.

    `width` is the page's in points, `hint` are the column edges of the page before.
    """
    rows = text_rows(glyphs)
    flat = row_rules(rules, rows, width)
    rows = _within(rows, flat)
    head = _header(rows)
    hint = rules.breaks or _pieces(rules) or hint
    if head is None and not hint:
        return None
    body = rows[head:] if head is not None else rows
    if sum(len(row.parts) > 1 for row in body) < min(_MIN_LINES, len(body)) or not body:
        return None
    edges = column_edges(body, width, hint, head is not None)
    if edges is None:
        return None
    return _table(body, edges, row_edges(body, edges, flat))


def _pieces(rules: Rules) -> list[float]:
    """Edges of the cells of the coloured row that has most of them, at least three side by side."""
    boxes = max(strips_of(rules.fills), key=len, default=[])
    gaps = [after[0] - before[2] for before, after in itertools.pairwise(boxes)]
    if len(boxes) < _PIECES or any(abs(gap) > _JOINT for gap in gaps):
        return []
    return [*(box[0] for box in boxes), boxes[-1][2]]


def _within(rows: list[TextRow], flat: Sequence[float]) -> list[TextRow]:
    """Lines between the first and the last rule; all lines where there are no rules."""
    if not flat:
        return rows
    return [row for row in rows if flat[0] - 1 <= (row.top + row.bottom) / 2 <= flat[-1] + 1]


def _header(rows: Sequence[TextRow]) -> int | None:
    """The first line of several short texts that several lines of several texts follow."""
    for index, row in enumerate(rows):
        short = all(len(part.text) <= 16 for part in row.parts)
        following = rows[index + 1 : index + 13]
        if (
            len(row.parts) >= 2
            and short
            and sum(len(r.parts) >= 2 for r in following) >= min(3, len(following))
        ):
            return index
    return None


def _table(rows: Sequence[TextRow], edges: Sequence[float], heights: Sequence[float]) -> BoxTable | None:
    cells: list[BoxCell] = []
    for top, bottom in itertools.pairwise(heights):
        mine = [row for row in rows if top <= (row.top + row.bottom) / 2 < bottom]
        lone = len(mine) == 1 and len(mine[0].parts) == 1
        if lone and any(start < edges[1] < end for start, end in mine[0].spans):
            cells.append(BoxCell((edges[0], top, edges[-1], bottom)))
        else:
            cells += [BoxCell((a, top, b, bottom)) for a, b in itertools.pairwise(edges)]
    return BoxTable(tuple(cells), tuple(heights), tuple(edges)) if len(heights) > 2 else None
