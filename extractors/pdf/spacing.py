"""Lines of a table and its column edges in, the heights between its rows out, where no rule parts them.

Lines of one column that follow closely are one text. In a row of any alignment the highest text stands beside all
others, so texts whose heights overlap are one row. Where rows follow so closely that they cannot be told apart by that,
the column of numbers tells how many there are (levels.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extractors.pdf.anchors import Anchors, Piece, anchors_of, is_heading, pieces_of
from extractors.pdf.levels import level_rows
from extractors.pdf.textrows import TextRow, side_by_side

_CLOSE = 1.2  # times the usual pitch of lines: what follows more closely is one text
_PITCH = 1.6  # of the size: the largest pitch that lines of one text usually have
_TRUSTED = 0.8  # share of the spaces between rules that hold one row


@dataclass(frozen=True, slots=True)
class Heights:
    """The edges of rows, in points from above, and whether they are sure."""

    edges: tuple[float, ...]
    sure: bool = True


@dataclass(frozen=True, slots=True)
class _Space:
    """The lines (indexes) between two heights at which rows surely end; None where no such height is."""

    lines: tuple[int, ...]
    top: float | None
    bottom: float | None

    @property
    def closed(self) -> bool:
        return self.top is not None and self.bottom is not None


@dataclass(frozen=True, slots=True)
class _Table:
    """Lines, columns, what the lines hold in the columns, the lines that count rows, the pitch of lines in points."""

    rows: tuple[TextRow, ...]
    cols: tuple[float, ...]
    columns: tuple[tuple[Piece, ...], ...]
    anchors: Anchors
    pitch: float


def row_heights(rows: Sequence[TextRow], cols: Sequence[float], ends: Sequence[float]) -> Heights:
    """The edges of a table's rows; `ends` are heights at which rows surely end."""
    columns = tuple(tuple(column) for column in pieces_of(rows, cols))
    pitch = _usual(rows, columns)
    table = _Table(tuple(rows), tuple(cols), columns, anchors_of(columns, _CLOSE * pitch), pitch)
    spaces = _spaces(rows, ends)
    counts = [_count(table, space.lines) for space in spaces if space.closed]
    trusted = len(counts) > 2 and sum(count <= 1 for count in counts) >= _TRUSTED * len(counts)
    edges: list[float] = []
    sure = True
    for space in spaces:
        whole = space.closed and (trusted or len(space.lines) == 1)
        groups, certain = ([list(space.lines)], True) if whole else _parted(table, space.lines)
        sure = sure and certain
        mine = [[rows[line] for line in group] for group in groups]
        top = mine[0][0].top - 2.0 if space.top is None else space.top
        foot = max(row.bottom for row in mine[-1]) + 2.0 if space.bottom is None else space.bottom
        for edge in (top, *(_between(before, after) for before, after in pairwise(mine)), foot):
            if not edges or edge > edges[-1] + 0.5:
                edges.append(edge)
    return Heights(tuple(edges), sure)


def _usual(rows: Sequence[TextRow], columns: Sequence[Sequence[Piece]]) -> float:
    """The usual pitch of the lines of one text, in points."""
    pitches = sorted(b.row.top - a.row.top for column in columns for a, b in pairwise(column))
    size = sorted(row.size for row in rows)[len(rows) // 2]
    return min(pitches[len(pitches) // 4], _PITCH * size) if pitches else _PITCH * size


def _spaces(rows: Sequence[TextRow], ends: Sequence[float]) -> list[_Space]:
    """The lines between sure heights, in order; spaces without lines are left out."""
    edges = (None, *ends, None)
    spaces = []
    for top, bottom in pairwise(edges):
        lines = [
            line
            for line, row in enumerate(rows)
            if (top is None or row.middle >= top) and (bottom is None or row.middle < bottom)
        ]
        if lines:
            spaces.append(_Space(tuple(lines), top, bottom))
    return spaces


def _count(table: _Table, lines: Sequence[int]) -> int:
    """How many rows some lines seem to hold: numbers, else texts that stand apart."""
    if table.anchors.lines:
        return len(table.anchors.lines.intersection(lines))
    return len(_apart(table, lines))


def _parted(table: _Table, lines: Sequence[int]) -> tuple[list[list[int]], bool]:
    """The lines row by row, and whether that is sure; a heading is a row by itself."""
    groups: list[list[int]] = []
    sure = True
    run: list[int] = []
    for line in (*lines, None):
        if line is not None and not is_heading(line, table.rows[line], table.cols, table.anchors):
            run.append(line)
            continue
        for group in _apart(table, run):
            found, certain = _numbered(table, group)
            groups += found
            sure = sure and certain
        groups += [] if line is None else [[line]]
        run = []
    return groups, sure


def _apart(table: _Table, lines: Sequence[int]) -> list[list[int]]:
    """Runs of lines that no text bridges: neither do their heights overlap, nor goes one of their columns on."""
    chosen = set(lines)
    bridged: set[int] = set()
    for column in table.columns:
        for before, after in pairwise([piece for piece in column if piece.line in chosen]):
            if after.row.top - before.row.top <= _CLOSE * table.pitch:
                bridged.update(range(before.line, after.line))
    groups: list[list[int]] = []
    place = 0
    for beside in side_by_side([table.rows[line] for line in lines]):
        mine = list(lines[place : place + len(beside)])
        if groups and any(line in bridged for line in range(groups[-1][-1], mine[0])):
            groups[-1] += mine
        else:
            groups.append(mine)
        place += len(mine)
    return groups


def _numbered(table: _Table, lines: list[int]) -> tuple[list[list[int]], bool]:
    """The rows of lines that hang together: one for each number, where there are several."""
    anchors = [line for line in lines if line in table.anchors.lines]
    if len(anchors) > 1:
        index = {line: place for place, line in enumerate(lines)}
        columns = [
            [replace(piece, line=index[piece.line]) for piece in column if piece.line in index]
            for column in table.columns
        ]
        places = [index[line] for line in anchors]
        rows, sure = level_rows([table.rows[line] for line in lines], columns, places, table.pitch)
        told = table.anchors.numbered or len(rows) == len(lines)  # else one without a mark would go unseen
        return [[lines[place] for place in row] for row in rows], sure and told
    if anchors:
        return [lines], True
    if table.anchors.numbered:
        return [lines], sum(any(p.line in lines for p in column) for column in table.columns) > 1
    return _beginning(table, lines)


def _beginning(table: _Table, lines: list[int]) -> tuple[list[list[int]], bool]:
    """Rows without numbers that hang together: each line is one where all of them begin in the first column."""
    first = {piece.line for piece in table.columns[0]}
    if len(lines) > 1 and first.issuperset(lines):
        several = [sum(any(p.line == line for p in c) for c in table.columns) > 1 for line in lines]
        return [[line] for line in lines], all(several)
    return [lines], True


def _between(before: Sequence[TextRow], after: Sequence[TextRow]) -> float:
    return (max(row.bottom for row in before) + min(row.top for row in after)) / 2
