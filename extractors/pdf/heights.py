"""Lines of a page and its rules in, the heights between its rows out: rules, coloured strips, else spacing."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from extractors.grid import Box
from extractors.pdf.rules import Rules, merge_places
from extractors.pdf.textrows import TextRow

_WIDE = 0.5
_PITCH = 1.55
_TALL = 200.0  # points: a taller coloured area is no row


def row_rules(rules: Rules, rows: Sequence[TextRow], width: float) -> list[float]:
    """Heights at which rows end: wide rules, else edges of wide coloured strips."""
    if not rows:
        return []
    reach = max(p.box[2] for r in rows for p in r.parts) - min(p.box[0] for r in rows for p in r.parts)
    flat = [rule.at for rule in rules.horizontal if rule.end - rule.start >= _WIDE * min(reach, width)]
    if len(flat) < 3:
        strips = [_around(boxes) for boxes in strips_of(rules.fills)]
        strips = [s for s in strips if s[2] - s[0] >= _WIDE * min(reach, width)]
        flat += _strip_edges(strips, rows)
    edges = merge_places(flat, 3.0)
    return edges if len(edges) >= 3 else []


def strips_of(fills: Sequence[Box]) -> list[list[Box]]:
    """Coloured areas of a page that lie side by side on one height: rows whose cells are coloured one by one."""
    strips: dict[tuple[int, int], list[Box]] = {}
    for box in fills:
        if box[3] - box[1] < _TALL:
            strips.setdefault((round(box[1] / 2), round(box[3] / 2)), []).append(box)
    return [sorted(boxes) for boxes in strips.values()]


def _around(boxes: Sequence[Box]) -> Box:
    return min(b[0] for b in boxes), boxes[0][1], max(b[2] for b in boxes), boxes[0][3]


def _strip_edges(strips: Sequence[Box], rows: Sequence[TextRow]) -> list[float]:
    """Edges of coloured strips, and of the rows without colour that go before the first and follow the last."""
    if not strips:
        return []
    edges = sorted(edge for strip in strips for edge in (strip[1], strip[3]))
    usual = sorted(strip[3] - strip[1] for strip in strips)[len(strips) // 2]
    while any(len(row.parts) > 1 and edges[0] - usual <= row.top < edges[0] - 1 for row in rows):
        edges.insert(0, edges[0] - usual)
    return [*edges, edges[-1] + usual]


def row_edges(rows: Sequence[TextRow], edges: Sequence[float], flat: Sequence[float]) -> list[float]:
    """Heights between rows: the rules', else between lines that begin a row."""
    if flat:
        return [edge for edge in flat if edge > rows[0].top - 30]
    pitches = sorted(b.top - a.top for a, b in itertools.pairwise(rows))
    usual = pitches[len(pitches) // 4] if pitches else 10.0
    heights = [rows[0].top - 2.0]
    for before, row in itertools.pairwise(rows):
        begins = row.parts[0].box[0] < edges[1]
        apart = row.top - before.top > _PITCH * usual
        if begins or apart:
            heights.append((before.bottom + row.top) / 2)
    return [*heights, rows[-1].bottom + 2.0]
