"""Lines of a page and its rules in, heights at which rows of a table surely end out: at rules and coloured strips.

A header's strip alone, or the strips of headings, end rows too, but say nothing of the rows between them: what
stands between two heights is parted by row_spacing.py. A strip 「アクセス管理」 between two rows ends the row above it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf
from statistics import median

from extractors.location import Box
from extractors.pdf.page.rules import Rules, merge_positions
from extractors.pdf.tables.text_rows import TextRow, side_by_side, texts_in
from normalizers.text import is_item_number, is_japanese

_WIDE = 0.5
_TALL = 200.0  # points: a taller coloured area is no row
_NEAR = 3.0
_MIN_RULES = 3
_BESIDE = 2.0  # points: texts that begin no farther apart are one column's
_LEAST_GAP = 20.0  # points: rows above the first coloured one may always stand as far from it
_LABELS = frozenset("：:")
_SHORT = 16  # Japanese characters' width: a longer text is no name of a column
_FOLLOWS = 0.6  # of the size: the gap between the lines of a name that is wrapped
_NAME_LINES = 4  # a header has no more lines


@dataclass(frozen=True, slots=True)
class RowEnds:
    """Heights at which rows surely end, and the heights between which the table's lines stand, in points from above.

    `strips` are tops and ends of coloured rows where these, and no rules, give the heights: between two of them may stand
    a row, or a row and a heading.
    """

    heights: tuple[float, ...] = ()
    top: float = -inf
    bottom: float = inf
    strips: tuple[tuple[float, float], ...] = ()

    def within(self, rows: Sequence[TextRow]) -> list[TextRow]:
        """The lines that may be the table's."""
        return [row for row in rows if self.top - 1 <= row.middle <= self.bottom + 1]


def row_ends(rules: Rules, rows: Sequence[TextRow], width: float) -> RowEnds:
    """What wide rules, else coloured strips, say of the rows of a page of `width` points."""
    if not rows:
        return RowEnds()
    reach = max(p.box[2] for r in rows for p in r.parts) - min(p.box[0] for r in rows for p in r.parts)
    wide = _WIDE * min(reach, width)
    flat = merge_positions([rule.at for rule in rules.horizontal if rule.end - rule.start >= wide], _NEAR)
    if len(flat) >= _MIN_RULES:
        return RowEnds(tuple(flat), _over_header(flat, rows), _under_last(flat, rows))
    boxes = [_around(boxes) for boxes in strips_of(rules.fills)]
    strips = tuple((box[1], box[3]) for box in boxes if box[2] - box[0] >= wide)
    edges = [edge for strip in strips for edge in strip]
    edges = merge_positions([*edges, *(flat if edges else [])], _NEAR)
    return RowEnds(tuple(edges), _raised(edges, rows), strips=strips) if edges else RowEnds()


def strips_of(fills: Sequence[Box]) -> list[list[Box]]:
    """Coloured areas of a page that lie side by side on one height: rows whose cells are coloured one by one."""
    strips: dict[tuple[int, int], list[Box]] = {}
    for box in fills:
        if box[3] - box[1] < _TALL:
            strips.setdefault((round(box[1] / 2), round(box[3] / 2)), []).append(box)
    return [sorted(boxes) for boxes in strips.values()]


def _around(boxes: Sequence[Box]) -> Box:
    return min(b[0] for b in boxes), boxes[0][1], max(b[2] for b in boxes), boxes[0][3]


def _raised(ends: Sequence[float], rows: Sequence[TextRow]) -> float:
    """The top of the uncoloured rows that go before the first coloured one: their texts begin where others do."""
    heights = [after - before for before, after in pairwise(ends)]
    top, usual = ends[0], max(median(heights), _LEAST_GAP) if heights else 0.0
    starts = [span[0] for row in rows if row.middle > top for span in row.spans]
    for group in reversed(side_by_side([row for row in rows if row.middle < top])):
        if max(row.bottom for row in group) < top - usual or not (_beside(group, starts) or is_header(group)):
            break
        top = min(row.top for row in group) - 2.0
    return top


def _beside(rows: Sequence[TextRow], starts: Sequence[float]) -> bool:
    """Whether all texts of some lines begin where others do."""
    return all(any(abs(p.box[0] - s) < _BESIDE for s in starts) for row in rows for p in row.parts)


def _over_header(flat: Sequence[float], rows: Sequence[TextRow]) -> float:
    """The top of the table: the first rule, or the names of columns above it where rules stand only under rows."""
    first = [row for row in rows if flat[0] < row.middle < flat[1]]
    above = side_by_side([row for row in rows if row.middle < flat[0]])[-_NAME_LINES:]
    if not above or not first or flat[0] - above[-1][-1].bottom > above[-1][-1].size:
        return flat[0]
    columns = max(len(row.parts) for row in first)
    names = names_above(above)
    if names and (texts_in(names) >= columns or not is_header(first)):
        return min(row.top for row in names) - 2.0
    return flat[0]


def names_above(groups: Sequence[Sequence[TextRow]]) -> list[TextRow]:
    """The last of some lines that together are a header, as where 「項」 over 「番」 makes its label one of two lines.

    `groups` are lines by height, from above; the lines of a label follow closely.
    """
    block: list[TextRow] = []
    names: list[TextRow] = []
    for group in reversed(groups):
        if block and block[0].top - max(row.bottom for row in group) > _FOLLOWS * block[0].size:
            break
        block = [*group, *block]
        if not is_header(block):
            if len(block[0].parts) > 1:
                break
            continue
        names = block
    return names


def _under_last(flat: Sequence[float], rows: Sequence[TextRow]) -> float:
    """The foot of the table: the last rule, or the end of the row below it, whose texts begin where others do."""
    usual = median(after - before for before, after in pairwise(flat))
    starts = [span[0] for row in rows if flat[0] < row.middle < flat[-1] for span in row.spans]
    foot, several = flat[-1], False
    for group in side_by_side([row for row in rows if row.middle > flat[-1]]):
        if not _beside(group, starts) or group[0].top - foot > usual:
            break
        foot, several = max(row.bottom for row in group) + 2.0, several or texts_in(group) > 1
    return foot if several else flat[-1]


def is_header(rows: Sequence[TextRow]) -> bool:
    """Whether lines may hold the names of columns: several short texts, no label among them and no number first."""
    parts = [part for row in rows for part in row.parts]
    first = min(parts, key=lambda part: part.box[0])
    are_names = all(_width(part.text) <= _SHORT and not set(part.text) & _LABELS for part in parts)
    return len(parts) > 1 and are_names and not is_item_number(first.text)


def _width(text: str) -> float:
    """The width of a text in Japanese characters; a Latin letter is half as wide."""
    return sum(1.0 if is_japanese(char) else 0.5 for char in text)
