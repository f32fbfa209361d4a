"""Lines of a page and its rules in, heights at which rows of a table surely end out: rules and coloured strips.

A header's strip alone, or the strips of headings, end rows too, but tell nothing of the rows between them: what
stands between two heights is parted by spacing.py.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from statistics import median

from extractors.grid import Box
from extractors.pdf.rules import Rules, merge_places
from extractors.pdf.textrows import TextRow, side_by_side, texts_in
from normalizers.text import is_item_number

_WIDE = 0.5
_TALL = 200.0  # points: a taller coloured area is no row
_NEAR = 3.0
_MIN_RULES = 3
SHORT = 16  # characters: a longer text is no name of a column


def row_ends(rules: Rules, rows: Sequence[TextRow], width: float) -> tuple[list[float], bool]:
    """Heights at which rows end, and whether the table ends with the last: wide rules, else edges of coloured strips.

    `width` is the page's in points.
    """
    if not rows:
        return [], False
    reach = max(p.box[2] for r in rows for p in r.parts) - min(p.box[0] for r in rows for p in r.parts)
    wide = _WIDE * min(reach, width)
    flat = merge_places([rule.at for rule in rules.horizontal if rule.end - rule.start >= wide], _NEAR)
    if len(flat) >= _MIN_RULES:
        return _with_outer(flat, rows), True
    strips = [_around(boxes) for boxes in strips_of(rules.fills)]
    edges = [edge for strip in strips if strip[2] - strip[0] >= wide for edge in (strip[1], strip[3])]
    return merge_places([*edges, *(flat if edges else [])], _NEAR), False


def strips_of(fills: Sequence[Box]) -> list[list[Box]]:
    """Coloured areas of a page that lie side by side on one height: rows whose cells are coloured one by one."""
    strips: dict[tuple[int, int], list[Box]] = {}
    for box in fills:
        if box[3] - box[1] < _TALL:
            strips.setdefault((round(box[1] / 2), round(box[3] / 2)), []).append(box)
    return [sorted(boxes) for boxes in strips.values()]


def _around(boxes: Sequence[Box]) -> Box:
    return min(b[0] for b in boxes), boxes[0][1], max(b[2] for b in boxes), boxes[0][3]


def within(rows: Sequence[TextRow], ends: Sequence[float], closed: bool) -> list[TextRow]:
    """The lines that may be the table's: none above its first row, and where it is `closed` none below its last."""
    if not ends:
        return list(rows)
    top = ends[0] if closed else _raised(ends, rows)
    return [row for row in rows if top - 1 <= row.middle and (not closed or row.middle <= ends[-1] + 1)]


def _raised(ends: Sequence[float], rows: Sequence[TextRow]) -> float:
    """The top of the uncoloured rows that go before the first coloured one."""
    heights = [after - before for before, after in itertools.pairwise(ends)]
    top, usual = ends[0], median(heights) if heights else 0.0
    while any(len(row.parts) > 1 and top - usual <= row.top < top - 1 for row in rows):
        top -= usual
    return top


def _with_outer(flat: Sequence[float], rows: Sequence[TextRow]) -> list[float]:
    """The rules' heights, with the outer edges of a header above the first rule and of a row below the last."""
    usual = median(after - before for before, after in itertools.pairwise(flat))
    first = [row for row in rows if flat[0] < row.middle < flat[1]]
    above = side_by_side([row for row in rows if row.middle < flat[0]])[-1:]
    below = side_by_side([row for row in rows if row.middle > flat[-1]])
    edges = list(flat)
    if above and first and _is_header(above[0]) and not _is_header(first):
        if flat[0] - above[0][-1].bottom < above[0][-1].size:
            edges.insert(0, min(row.top for row in above[0]) - 2.0)
    starts = [span[0] for row in rows if flat[0] < row.middle < flat[-1] for span in row.spans]
    foot = flat[-1]
    for group in below:
        beside = all(any(abs(p.box[0] - s) < 2 for s in starts) for row in group for p in row.parts)
        if not beside or group[0].top - foot > usual or (foot == flat[-1] and texts_in(group) < 2):
            break
        foot = max(row.bottom for row in group) + 2.0
    return [*edges, foot] if foot > flat[-1] else edges


def _is_header(rows: Sequence[TextRow]) -> bool:
    """Whether lines may hold the names of columns: several short texts, the first of them no number."""
    parts = [part for row in rows for part in row.parts]
    first = min(parts, key=lambda part: part.box[0])
    return len(parts) > 1 and all(len(p.text) <= SHORT for p in parts) and not is_item_number(first.text)
