"""Glyphs of a page without vertical rules in, its stream table out: columns by gaps, rows by rules, fills and spacing.

The header 「番号 設問 回答」 and several lines of several texts below it make a table. A page without a header takes over
the columns of the page before it where its lines respect them.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors.pdf.page.glyphs import Glyphs
from extractors.pdf.page.rules import Rules
from extractors.pdf.tables.column_edges import column_edges
from extractors.pdf.tables.lattice import BoxCell, BoxTable
from extractors.pdf.tables.row_ends import RowEnds, is_header, row_ends, strips_of
from extractors.pdf.tables.row_spacing import RowEdges, row_edges
from extractors.pdf.tables.text_rows import TextRow, side_by_side, text_rows, texts_in

_MIN_LINES = 5
_GOES_ON = 0.3  # share of a page's lines that hold several texts where a table goes on
_PIECES = 3
_JOINT = 3.0  # points between the coloured cells of a row
_BESIDE = 3.0  # points: texts that begin no farther apart are one column's
_WIDE = 0.8  # of the table's width
_TALLEST = 60.0  # points: a taller strip is no header
_WRAPPED = 0.6  # of the size: the gap between the lines of a wrapped label


@dataclass(frozen=True, slots=True)
class StreamTable:
    """A table that no vertical rules part, and whether it is sure which lines are one row."""

    table: BoxTable
    sure: bool = True


def detect_stream_table(
    glyphs: Glyphs,
    rules: Rules,
    width: float,
    hint: Sequence[float] = (),
    among: Sequence[int] | None = None,
) -> StreamTable | None:
    """The table that the page's lines form, None where they form none.

    `width` is the page's in points, `hint` are the column edges of the page before, `among` the indexes of the glyphs that
    are looked at, all of them where it is None.
    """
    rows = text_rows(glyphs, among)
    if not rows:
        return None
    ends = row_ends(rules, rows, width)
    groups = side_by_side(ends.within(rows))
    header = _header_index(groups)
    hint = rules.breaks or _pieces(rules) or hint
    if header is None and not hint:
        return None
    groups = _without_foot(groups[header or 0 :])
    if not groups or sum(texts_in(group) > 1 for group in groups) < min(_least(groups, hint), len(groups)):
        return None
    n_header = _count_header(groups, (ends.top, *ends.heights)) if header is not None else 0
    cols = column_edges(groups, n_header, width, hint)
    if cols is None:
        return None
    body = [row for group in groups for row in group]
    heights = sorted([*ends.heights, *_header_foot(body, n_header, ends.heights)])
    edges = _row_edges(body, cols, replace(ends, heights=tuple(heights)), n_header)
    strips = [(box[1], box[3]) for box in rules.fills if box[2] - box[0] >= _WIDE * (cols[-1] - cols[0])]
    table = _table(body, cols, edges.edges, strips)
    return None if table is None else StreamTable(table, edges.sure)


def _row_edges(body: Sequence[TextRow], cols: Sequence[float], ends: RowEnds, n_header: int) -> RowEdges:
    """The edges of the rows; a header whose labels are wrapped is one row."""
    header, rows = body[:n_header], body[n_header:]
    steps = [after.top - before.bottom for before, after in itertools.pairwise(header)]
    if not rows or len(header) < 2 or any(step > _WRAPPED * header[0].size for step in steps):
        return row_edges(body, cols, ends.heights, ends.strips)
    edges = row_edges(rows, cols, ends.heights, ends.strips)
    return RowEdges((header[0].top - 2.0, *edges.edges), edges.sure)


def _header_foot(body: Sequence[TextRow], n_header: int, ends: Sequence[float]) -> list[float]:
    """The height under the header, if lines follow it and no height at which rows surely end parts them from it."""
    if not n_header or n_header >= len(body):
        return []
    if any(body[n_header - 1].middle < end <= body[n_header].middle for end in ends):
        return []
    return [(max(row.bottom for row in body[:n_header]) + body[n_header].top) / 2]


def _without_foot(groups: Sequence[list[TextRow]]) -> list[list[TextRow]]:
    """The lines without the last ones that begin where no other line has a text: page numbers and the like."""
    remaining = list(groups)
    while len(remaining) > 2:
        starts = [start for group in remaining[:-1] for row in group for start, _ in row.spans]
        parts = [part for row in remaining[-1] for part in row.parts]
        if any(abs(part.box[0] - start) < _BESIDE for part in parts for start in starts):
            break
        remaining.pop()
    return remaining


def _least(groups: Sequence[Sequence[TextRow]], hint: Sequence[float]) -> float:
    """How many lines of several texts make a table: fewer on a last page, where the page before had one."""
    return min(_MIN_LINES, _GOES_ON * len(groups)) if hint else _MIN_LINES


def _pieces(rules: Rules) -> list[float]:
    """Edges of the cells of the coloured row that has most of them, at least three side by side."""
    boxes = max(strips_of(rules.fills), key=len, default=[])
    gaps = [after[0] - before[2] for before, after in itertools.pairwise(boxes)]
    if len(boxes) < _PIECES or any(abs(gap) > _JOINT for gap in gaps):
        return []
    return [*(box[0] for box in boxes), boxes[-1][2]]


def _header_index(groups: Sequence[Sequence[TextRow]]) -> int | None:
    """The first lines of several short texts that several lines of several texts follow."""
    for index, group in enumerate(groups):
        following = groups[index + 1 : index + 13]
        several = sum(texts_in(after) >= 2 for after in following)
        if is_header(group) and several >= min(3, len(following)):
            return index
    return None


def _count_header(groups: Sequence[Sequence[TextRow]], ends: Sequence[float]) -> int:
    """How many lines the header has: those on its height, or all within the strip that it stands in."""
    first = groups[0][0]
    for top, bottom in itertools.pairwise(ends):
        if top <= first.middle < bottom and bottom - top <= _TALLEST:
            return sum(row.middle < bottom for group in groups for row in group)
    return len(groups[0])


def _table(
    rows: Sequence[TextRow],
    cols: Sequence[float],
    edges: Sequence[float],
    strips: Sequence[tuple[float, float]],
) -> BoxTable | None:
    """The table with these columns and row edges; a heading is one cell. `strips` are tops and ends of areas of one colour."""
    cells: list[BoxCell] = []
    for top, bottom in itertools.pairwise(edges):
        in_row = [row for row in rows if top <= row.middle < bottom]
        if len(in_row) == 1 and _is_heading(in_row[0], cols, strips):
            cells.append(BoxCell((cols[0], top, cols[-1], bottom)))
        else:
            cells += [BoxCell((a, top, b, bottom)) for a, b in itertools.pairwise(cols)]
    return BoxTable(tuple(cells), tuple(edges), tuple(cols)) if len(edges) > 2 else None


def _is_heading(row: TextRow, edges: Sequence[float], strips: Sequence[tuple[float, float]]) -> bool:
    """Whether the one line of a row is a lone text that runs out of the first column or is coloured in one piece."""
    if len(row.parts) > 1:
        return False
    coloured = any(top < row.middle < bottom and bottom - top < _TALLEST for top, bottom in strips)
    return any(start < edges[1] and (end > edges[1] or coloured) for start, end in row.spans)
