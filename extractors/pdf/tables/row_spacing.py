"""Lines of a table and its column edges in, the edges of its rows out, where no rule parts them.

Lines of one column that follow closely are one text. In a row of any alignment the highest text stands beside all
others, so texts whose heights overlap are one row. Where rows follow so closely that this does not part them, the
column of numbers (項番) says how many there are (row_number_lines.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise

from extractors.pdf.tables.line_anchors import Anchors, Piece, anchors_of, is_heading, pieces_of
from extractors.pdf.tables.row_number_lines import VerticalFit, best_vertical_fit, vertical_fits
from extractors.pdf.tables.text_rows import TextRow, side_by_side

_CLOSE = 1.12  # times the usual pitch of lines: what follows more closely is one text
_PITCH = 1.6  # of the size: the largest pitch that lines of one text usually have
_LEAST_PITCH = 1.05  # of the size: what follows more closely is no next line
_TWENTIETH = 20  # the share of pitches that may be smaller than the usual one, as by a raised character
_FEW = 2  # so few gaps between lines say nothing of how rows are spaced
_TRUSTED = 0.8  # share of the spaces between rules that hold one row


@dataclass(frozen=True, slots=True)
class RowEdges:
    """The edges of rows, in points from above, and whether they are sure."""

    edges: tuple[float, ...]
    sure: bool = True


@dataclass(frozen=True, slots=True)
class _Space:
    """The lines (indexes) between two heights at which rows surely end; None where no such height is.

    `between_strips` is True for the white between two coloured rows.
    """

    lines: tuple[int, ...]
    top: float | None
    bottom: float | None
    between_strips: bool = False

    @property
    def closed(self) -> bool:
        return self.top is not None and self.bottom is not None


@dataclass(frozen=True, slots=True)
class _LineBlock:
    """Lines (indexes) that are one row, or if they are `loose` one or more that hang together."""

    lines: tuple[int, ...]
    loose: bool = False


@dataclass(frozen=True, slots=True)
class _Table:
    """Lines, columns, what the lines hold in the columns, the lines that count rows, the pitch of lines in points."""

    rows: tuple[TextRow, ...]
    cols: tuple[float, ...]
    columns: tuple[tuple[Piece, ...], ...]
    anchors: Anchors
    pitch: float


def row_edges(
    rows: Sequence[TextRow],
    cols: Sequence[float],
    ends: Sequence[float],
    strips: Sequence[tuple[float, float]] = (),
) -> RowEdges:
    """The edges of a table's rows; `ends` are heights at which rows surely end, `strips` tops and ends of coloured rows."""
    columns = tuple(tuple(column) for column in pieces_of(rows, cols))
    pitch = _usual_pitch(rows, columns)
    table = _Table(tuple(rows), tuple(cols), columns, anchors_of(columns, _CLOSE * pitch), pitch)
    spaces = _spaces(rows, ends, strips)
    trusted = _is_trusted(table, spaces)
    blocks = [_blocks(table, space, trusted) for space in spaces]
    numbers, sure = _number_rows(table, [block for in_space in blocks for block in in_space])
    edges: list[float] = []
    for space, in_space in zip(spaces, blocks, strict=True):
        groups: list[list[TextRow]] = []
        for block in in_space:
            groups += _grouped([rows[line] for line in block.lines], numbers[block])
        edges = [*edges, *(edge for edge in _edges(space, groups) if not edges or edge > edges[-1] + 0.5)]
    return RowEdges(tuple(edges), sure)


def _number_rows(
    table: _Table, blocks: Sequence[_LineBlock]
) -> tuple[dict[_LineBlock, tuple[int, ...]], bool]:
    """For each block the row of each of its lines, counted within the block, and whether all of that is sure."""
    fits = {
        block: _fits(table, block.lines)
        for block in blocks
        if block.loose and _count_anchors(table, block) > 1
    }
    level, sure = best_vertical_fit(list(fits.values()), table.pitch) if fits else (0, True)
    dense = sum(a.loose and b.loose for a, b in pairwise(blocks)) < _FEW
    numbers = {
        block: fits[block][level].rows if block in fits else _unnumbered(table, block, dense)
        for block in blocks
    }
    return numbers, sure and all(block in fits or _is_sure(table, block, dense) for block in blocks)


def _grouped(rows: Sequence[TextRow], numbers: Sequence[int]) -> list[list[TextRow]]:
    """Lines by the number of their row, which rises."""
    groups: dict[int, list[TextRow]] = {}
    for row, number in zip(rows, numbers, strict=True):
        groups.setdefault(number, []).append(row)
    return list(groups.values())


def _edges(space: _Space, groups: Sequence[Sequence[TextRow]]) -> list[float]:
    """The heights above, between and below the rows in a space."""
    top = groups[0][0].top - 2.0 if space.top is None else space.top
    foot = max(row.bottom for row in groups[-1]) + 2.0 if space.bottom is None else space.bottom
    return [top, *(_between(before, after) for before, after in pairwise(groups)), foot]


def _between(before: Sequence[TextRow], after: Sequence[TextRow]) -> float:
    return (max(row.bottom for row in before) + min(row.top for row in after)) / 2


def _usual_pitch(rows: Sequence[TextRow], columns: Sequence[Sequence[Piece]]) -> float:
    """The usual pitch of the lines of one text, in points."""
    size = sorted(row.size for row in rows)[len(rows) // 2]
    pitches = sorted(b.row.top - a.row.top for column in columns for a, b in pairwise(column))
    pitches = [pitch for pitch in pitches if pitch >= _LEAST_PITCH * size]
    return min(pitches[len(pitches) // _TWENTIETH], _PITCH * size) if pitches else _PITCH * size


def _spaces(
    rows: Sequence[TextRow], ends: Sequence[float], strips: Sequence[tuple[float, float]]
) -> list[_Space]:
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
            middle = rows[lines[0]].middle
            white = bool(strips) and not any(first <= middle < last for first, last in strips)
            spaces.append(_Space(tuple(lines), top, bottom, white))
    return spaces


def _is_trusted(table: _Table, spaces: Sequence[_Space]) -> bool:
    """Whether nearly every space between sure heights holds one row: then each is one."""
    counts = [_count_rows(table, space.lines) for space in spaces if space.closed]
    return len(counts) > 2 and sum(count <= 1 for count in counts) >= _TRUSTED * len(counts)


def _count_rows(table: _Table, lines: Sequence[int]) -> int:
    """How many rows some lines seem to hold: numbers, else texts that stand apart."""
    if table.anchors.lines:
        return len(table.anchors.lines.intersection(lines))
    return len(_apart(table, lines))


def _blocks(table: _Table, space: _Space, trusted: bool) -> list[_LineBlock]:
    """The lines of a space, parted where it is clear; a heading is a block by itself."""
    if space.closed and (trusted or len(space.lines) == 1):
        return [_LineBlock(lines) for lines in _without_headings(table, space)]
    blocks: list[_LineBlock] = []
    run: list[int] = []
    for line in (*space.lines, None):
        if line is not None and not is_heading(line, table.columns, table.anchors):
            run.append(line)
            continue
        blocks += [_LineBlock(tuple(group), loose=True) for group in _apart(table, run)]
        blocks += [] if line is None else [_LineBlock((line,))]
        run = []
    return blocks


def _without_headings(table: _Table, space: _Space) -> list[tuple[int, ...]]:
    """The lines of a row and those of the headings that stand in one space with it: above it, and below it in the white.

    A heading over several columns or in that of the numbers is one at once; else a line of one text in the first column
    that stands apart from the row.
    """
    lines = list(space.lines)
    above: list[tuple[int, ...]] = []
    while len(lines) > 1 and is_heading(lines[0], table.columns, table.anchors):
        above.append((lines.pop(0),))
    groups = _apart(table, lines)
    while len(groups) > 1 and _is_lone(table, groups[0]) and not _is_lone(table, groups[1]):
        above.append(tuple(groups.pop(0)))
    below: list[tuple[int, ...]] = []
    while space.between_strips and len(groups) > 1 and _is_lone(table, groups[-1]):
        below.insert(0, tuple(groups.pop()))
    return [*above, tuple(line for group in groups for line in group), *below]


def _is_lone(table: _Table, lines: Sequence[int]) -> bool:
    """Whether lines are one that holds one text, in the first column."""
    filled = [col for col, column in enumerate(table.columns) if any(piece.line in lines for piece in column)]
    return len(lines) == 1 and len(table.rows[lines[0]].parts) == 1 and filled == [0]


def _apart(table: _Table, lines: Sequence[int]) -> list[list[int]]:
    """Runs of lines that no text bridges: neither do their heights overlap, nor goes one of their columns on."""
    line_set = set(lines)
    bridged: set[int] = set()
    for column in table.columns:
        for before, after in pairwise([piece for piece in column if piece.line in line_set]):
            if after.row.top - before.row.top <= _CLOSE * table.pitch:
                bridged.update(range(before.line, after.line))
    groups: list[list[int]] = []
    remaining = iter(lines)
    for beside in side_by_side([table.rows[line] for line in lines]):
        level = list(islice(remaining, len(beside)))
        if groups and any(line in bridged for line in range(groups[-1][-1], level[0])):
            groups[-1] += level
        else:
            groups.append(level)
    return groups


def _count_anchors(table: _Table, block: _LineBlock) -> int:
    return len(table.anchors.lines.intersection(block.lines))


def _fits(table: _Table, lines: Sequence[int]) -> tuple[VerticalFit, VerticalFit, VerticalFit]:
    """The rows of lines that hang together and hold several numbers."""
    index_of = {line: index for index, line in enumerate(lines)}
    columns = [
        [replace(piece, line=index_of[piece.line]) for piece in column if piece.line in index_of]
        for column in table.columns
    ]
    anchors = [index_of[line] for line in lines if line in table.anchors.lines]
    return vertical_fits([table.rows[line] for line in lines], columns, anchors, table.pitch)


def _unnumbered(table: _Table, block: _LineBlock, dense: bool) -> tuple[int, ...]:
    """The row of each line of a block that no numbers divide; `dense` says that rows are spaced as lines are.

    Then each line is a row, where all of them begin in the first column.
    """
    each = dense and block.loose and not table.anchors.lines and _all_begin(table, block)
    return tuple(range(len(block.lines))) if each else (0,) * len(block.lines)


def _all_begin(table: _Table, block: _LineBlock) -> bool:
    return {piece.line for piece in table.columns[0]}.issuperset(block.lines)


def _is_sure(table: _Table, block: _LineBlock, dense: bool) -> bool:
    """Whether it is sure that a block is a row, or each of its lines one."""
    if not block.loose or len(block.lines) == 1 or _count_anchors(table, block):
        return True
    if table.anchors.numbered:
        return sum(any(piece.line in block.lines for piece in column) for column in table.columns) > 1
    several = all(sum(any(p.line == line for p in c) for c in table.columns) > 1 for line in block.lines)
    return _is_one_text(table, block) if not dense else _all_begin(table, block) and several


def _is_one_text(table: _Table, block: _LineBlock) -> bool:
    """Whether the lines of each column follow closely, as those of one text do."""
    columns = [[piece.row.top for piece in column if piece.line in block.lines] for column in table.columns]
    return all(b - a <= _CLOSE * table.pitch for column in columns for a, b in pairwise(column))
