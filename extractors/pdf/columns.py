"""Glyphs of a page without vertical rules in, a table out: columns from white rivers, rows from rules, fills, spacing.

A river is an upright strip of the page that hardly any line of text crosses. The names of a header stand in their
columns, so they part rivers where a column is nearly empty. A page without a header takes over the columns of the
page before it where its lines respect them.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.pdf.glyphs import Glyphs
from extractors.pdf.lattice import BoxCell, BoxTable
from extractors.pdf.lines import Line, glyphs_to_lines
from extractors.pdf.rules import Rules, merge_places

_SPLIT = 1.2  # a gap of this many character widths parts two texts of a line
_WORD = 0.45  # a gap of this many parts two words
_CROSSING = 0.06  # share of lines that may cross a river
_RESPECTED = 0.12  # share that may cross the columns taken over from the page before
_MIN_LINES = 5
_WIDE = 0.5
_HEADER_WEIGHT = 1000
_PITCH = 1.55


@dataclass(frozen=True, slots=True)
class _TextRow:
    """One line of the page: the texts that stand apart on it from left to right, and where its words run.

    `spans` are finer than the texts: a gap of half a character parts them, as behind a number of three digits.
    """

    parts: tuple[Line, ...]
    spans: tuple[tuple[float, float], ...]

    @property
    def top(self) -> float:
        return min(part.box[1] for part in self.parts)

    @property
    def bottom(self) -> float:
        return max(part.box[3] for part in self.parts)


def guess_table(glyphs: Glyphs, rules: Rules, width: float, hint: Sequence[float] = ()) -> BoxTable | None:
    """The table that the page's lines form, None where they form none.

    `width` is the page's in points, `hint` are the column edges of the page before.
    """
    rows = _text_rows(glyphs)
    flat = _row_rules(rules, rows, width)
    rows = _within(rows, flat)
    head = _header(rows)
    if head is None and not hint and not rules.breaks:
        return None
    body = rows[head:] if head is not None else rows
    if sum(len(row.parts) > 1 for row in body) < min(_MIN_LINES, len(body)) or not body:
        return None
    edges = _column_edges(body, width, rules.breaks or hint, head is not None)
    if edges is None:
        return None
    return _table(body, edges, _row_edges(body, edges, flat))


def _text_rows(glyphs: Glyphs) -> list[_TextRow]:
    """The page's lines, each parted at wide gaps."""
    chosen = [i for i in range(len(glyphs.chars)) if glyphs.upright[i] and not glyphs.chars[i].isspace()]
    chosen.sort(key=lambda i: (glyphs.centres[i, 1], glyphs.boxes[i][0]))
    groups: list[list[int]] = []
    for index in chosen:
        near = (
            groups
            and abs(glyphs.centres[index, 1] - glyphs.centres[groups[-1][0], 1]) <= 0.45 * glyphs.sizes[index]
        )
        if near:
            groups[-1].append(index)
        else:
            groups.append([index])
    return [_text_row(glyphs, group) for group in groups]


def _text_row(glyphs: Glyphs, group: list[int]) -> _TextRow:
    parts = [line for part in _apart(glyphs, group, _SPLIT) for line in glyphs_to_lines(glyphs, part)]
    words = _apart(glyphs, group, _WORD)
    spans = [(glyphs.boxes[word[0]][0], max(glyphs.boxes[i][2] for i in word)) for word in words]
    return _TextRow(tuple(parts), tuple(spans))


def _apart(glyphs: Glyphs, group: list[int], gap: float) -> list[list[int]]:
    """Runs of glyphs of a line; a gap of `gap` character widths parts two."""
    runs: list[list[int]] = []
    for index in sorted(group, key=lambda i: glyphs.boxes[i][0]):
        if runs and glyphs.boxes[index][0] - glyphs.boxes[runs[-1][-1]][2] < gap * glyphs.sizes[index]:
            runs[-1].append(index)
        else:
            runs.append([index])
    return runs


def _row_rules(rules: Rules, rows: Sequence[_TextRow], width: float) -> list[float]:
    """Heights at which rows end: wide rules, else edges of wide coloured strips."""
    if not rows:
        return []
    reach = max(p.box[2] for r in rows for p in r.parts) - min(p.box[0] for r in rows for p in r.parts)
    flat = [rule.at for rule in rules.horizontal if rule.end - rule.start >= _WIDE * min(reach, width)]
    if len(flat) < 3:
        wide = [
            box
            for box in rules.fills
            if box[2] - box[0] >= _WIDE * min(reach, width) and box[3] - box[1] < 200
        ]
        flat += [edge for box in wide for edge in (box[1], box[3])]
        if wide:
            flat.append(
                max(flat) + sorted(box[3] - box[1] for box in wide)[len(wide) // 2]
            )  # a last row without fill
    edges = merge_places(flat, 3.0)
    return edges if len(edges) >= 3 else []


def _within(rows: list[_TextRow], flat: Sequence[float]) -> list[_TextRow]:
    """Lines between the first and the last rule; all lines where there are no rules."""
    if not flat:
        return rows
    return [row for row in rows if flat[0] - 1 <= (row.top + row.bottom) / 2 <= flat[-1] + 1]


def _header(rows: Sequence[_TextRow]) -> int | None:
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


def _column_edges(
    rows: Sequence[_TextRow], width: float, hint: Sequence[float], headed: bool
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
    edges = [left - 2.0, *rivers, right + 2.0]
    return edges if len(edges) >= 3 else None


def _is_band(row: _TextRow, rows: Sequence[_TextRow]) -> bool:
    """A lone text at the left edge: a heading, a note, or a label that says nothing about columns."""
    left = min(part.box[0] for other in rows for part in other.parts)
    return len(row.parts) == 1 and row.parts[0].box[0] <= left + row.parts[0].size


def _crossed(rows: Sequence[_TextRow], edges: Sequence[float]) -> float:
    """The largest share of lines that cross one of the inner edges."""
    if not rows:
        return 1.0
    shares = [
        sum(any(start + 1 < edge < end - 1 for start, end in row.spans) for row in rows) / len(rows)
        for edge in edges[1:-1]
    ]
    return max(shares, default=1.0)


def _rivers(header: _TextRow, rows: Sequence[_TextRow], width: float) -> list[float]:
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


def _row_edges(rows: Sequence[_TextRow], edges: Sequence[float], flat: Sequence[float]) -> list[float]:
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


def _table(rows: Sequence[_TextRow], edges: Sequence[float], heights: Sequence[float]) -> BoxTable | None:
    cells: list[BoxCell] = []
    for top, bottom in itertools.pairwise(heights):
        mine = [row for row in rows if top <= (row.top + row.bottom) / 2 < bottom]
        lone = len(mine) == 1 and len(mine[0].parts) == 1
        if lone and any(start < edges[1] < end for start, end in mine[0].spans):
            cells.append(BoxCell((edges[0], top, edges[-1], bottom)))
        else:
            cells += [BoxCell((a, top, b, bottom)) for a, b in itertools.pairwise(edges)]
    return BoxTable(tuple(cells), tuple(heights), tuple(edges)) if len(heights) > 2 else None
