"""Lines of a page in, the rules that are typed among them as characters out as paths, and the lines without them.

A print in text mode draws its table as ┌─┬─┐ and │, or as +---+ and |. A font whose characters differ in width lets
the upright ones drift from line to line, so that the columns are counted: the third │ of a line stands at the third
corner of the rule above.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from extractors.location import Box
from extractors.pdf.page.paths import Segment, VectorPath
from extractors.pdf.page.text_lines import TextLine

_LEVEL = set("─━═┄┅┈┉╌╍-=－＝‐")
_UPRIGHT = set("│┃║┆┇┊┋╎╏|｜")
_CORNERS = (
    {chr(code) for code in range(0x250C, 0x254C)} | {chr(code) for code in range(0x2552, 0x256D)} | set("+＋")
)
_FEW = 3  # lines: fewer rules and a dash or two are no table
_SAME_LINE = 0.4  # of the size
_BREAK = 2.5  # of the size: a wider gap between two characters of a rule is a gap of the rule


@dataclass(frozen=True, slots=True)
class TypedRules:
    """The lines without typed rules, and the rules as paths."""

    lines: tuple[TextLine, ...]
    paths: tuple[VectorPath, ...] = ()


@dataclass(frozen=True, slots=True)
class _Char:
    """A character: its line, its index there, its box."""

    line: int
    index: int
    char: str
    box: Box

    @property
    def x(self) -> float:
        """Its middle from left to right."""
        return (self.box[0] + self.box[2]) / 2


@dataclass(frozen=True, slots=True)
class _Row:
    """Characters at one height, from left to right."""

    chars: tuple[_Char, ...]
    y: float
    size: float

    @property
    def is_rule(self) -> bool:
        """Whether nothing but a rule with corners is typed here."""
        return any(c.char in _CORNERS for c in self.chars) and all(
            c.char in _CORNERS or c.char in _LEVEL or c.char in _UPRIGHT for c in self.chars
        )

    @property
    def corners(self) -> list[float]:
        """Where upright rules meet this one."""
        return [c.x for c in self.chars if c.char in _CORNERS or c.char in _UPRIGHT]


def lines_to_typed_rules(lines: Sequence[TextLine]) -> TypedRules:
    """Turn typed rules into paths, where there are enough of them for a table."""
    if sum(any(char in _CORNERS for char in line.chars) for line in lines) < _FEW:
        return TypedRules(tuple(lines))
    rows = _rows(lines)
    rules = [row for row in rows if row.is_rule]
    edges = max((rule.corners for rule in rules), key=len, default=[])
    if len(rules) < _FEW or len(edges) < _FEW:
        return TypedRules(tuple(lines))
    table = [row for row in rows if rules[0].y <= row.y <= rules[-1].y]
    typed = [c for row in table for c in row.chars if c.char in _UPRIGHT or row.is_rule]
    moved: dict[int, dict[int, float]] = {c.line: {} for row in table for c in row.chars}
    for row in table:
        for c, shift in _shifts(row, edges):
            moved[c.line][c.index] = shift
    gone = {(c.line, c.index) for c in typed}
    kept = [_moved(line, number, gone, moved.get(number, {})) for number, line in enumerate(lines)]
    segments = (*_level_segments(rules, edges), *_upright_segments(table, edges))
    return TypedRules(tuple(line for line in kept if line is not None), tuple(_path(s) for s in segments))


def _rows(lines: Sequence[TextLine]) -> list[_Row]:
    """The characters of the page by height."""
    inked = [
        _Char(number, index, char, line.boxes[index])
        for number, line in enumerate(lines)
        for index, char in enumerate(line.chars)
        if not char.isspace() and line.upright
    ]
    groups: list[list[_Char]] = []
    for char in sorted(inked, key=lambda c: c.box[1] + c.box[3]):
        y, height = (char.box[1] + char.box[3]) / 2, char.box[3] - char.box[1]
        last = (groups[-1][0].box[1] + groups[-1][0].box[3]) / 2 if groups else 0.0
        if groups and abs(y - last) < _SAME_LINE * height:
            groups[-1].append(char)
        else:
            groups.append([char])
    return [
        _Row(
            tuple(sorted(group, key=lambda c: c.box[0])),
            (group[0].box[1] + group[0].box[3]) / 2,
            group[0].box[3] - group[0].box[1],
        )
        for group in groups
    ]


def _shifts(row: _Row, edges: Sequence[float]) -> list[tuple[_Char, float]]:
    """How far each character of a line of the table moves so that its upright rules stand at the edges."""
    uprights = [c.x for c in row.chars if c.char in _UPRIGHT]
    if row.is_rule or len(uprights) != len(edges):
        return []
    return [(c, float(np.interp(c.x, uprights, edges)) - c.x) for c in row.chars if c.char not in _UPRIGHT]


def _moved(
    line: TextLine, number: int, gone: set[tuple[int, int]], shifts: dict[int, float]
) -> TextLine | None:
    """The line without its typed rules, its other characters moved; None where nothing is left."""
    kept = [index for index in range(len(line.chars)) if (number, index) not in gone]
    if not any(not line.chars[index].isspace() for index in kept):
        return None
    if len(kept) < len(line.chars):  # the spaces that fill a cell up belong to the drawing of it
        kept = [
            index
            for index in kept
            if not line.chars[index].isspace() or index in shifts or _within(line, index)
        ]
    boxes = list(line.boxes)
    for index, shift in shifts.items():
        x0, y0, x1, y1 = boxes[index]
        boxes[index] = (x0 + shift, y0, x1 + shift, y1)
    return replace(line, boxes=tuple(boxes)).part(kept)


def _within(line: TextLine, index: int) -> bool:
    """Whether a space stands between two characters of a word."""
    beside = (line.chars[i] for i in (index - 1, index + 1) if 0 <= i < len(line.chars))
    return all(not char.isspace() and char not in _UPRIGHT for char in beside)


def _level_segments(rules: Sequence[_Row], edges: Sequence[float]) -> list[Segment]:
    segments = []
    for rule in rules:
        pieces: list[list[_Char]] = []
        for char in rule.chars:
            if (
                pieces
                and char.box[0] - pieces[-1][-1].box[2] < _BREAK * rule.size
                and char.char not in _UPRIGHT
            ):
                pieces[-1].append(char)
            else:
                pieces.append([char])
        segments += [
            (_nearest(edges, piece[0].x), rule.y, _nearest(edges, piece[-1].x), rule.y)
            for piece in pieces
            if len(piece) > 1
        ]
    return segments


def _upright_segments(table: Sequence[_Row], edges: Sequence[float]) -> list[Segment]:
    """Upright rules from each level rule to the next, where the lines between them have any."""
    segments: list[Segment] = []
    bounds = [index for index, row in enumerate(table) if row.is_rule]
    for top, foot in pairwise(bounds):
        places: set[float] = set()
        for row in table[top + 1 : foot]:
            uprights = [c.x for c in row.chars if c.char in _UPRIGHT]
            places |= set(edges) if len(uprights) == len(edges) else {_nearest(edges, x) for x in uprights}
        segments += [(x, table[top].y, x, table[foot].y) for x in sorted(places)]
    return segments


def _nearest(edges: Sequence[float], x: float) -> float:
    return min(edges, key=lambda edge: abs(edge - x))


def _path(segment: Segment) -> VectorPath:
    return VectorPath((segment[0], segment[1], segment[2], segment[3]), stroked=True, lines=(segment,))
