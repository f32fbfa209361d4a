"""Vector paths of a page in, its straight rules out: strokes, thin filled rectangles, borders of rectangles.

Rules broken at every cell, doubled and dashed rules come out as one; the square before 「はい」 is a check box and no rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from extractors.location import Box
from extractors.pdf.page.paths import Segment, VectorPath

_THIN = 3.0
_GAP = 4.0
_NEAR = 2.0
_SHORT = 4.0
_AREA = 10.0
_MOST = 0.6
_JOINED = 0.1


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule at `at` (y of a horizontal, x of a vertical one) from `start` to `end`, in points."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of a page, sorted by position, its coloured areas (boxes in points), and the columns that it hints at.

    `breaks` are the positions at which wide rules are drawn in pieces, row after row: the edges of cells. `white` are
    thin white areas, horizontal and vertical: what parts coloured cells, and what nobody sees on white paper.
    """

    horizontal: tuple[Rule, ...]
    vertical: tuple[Rule, ...]
    fills: tuple[Box, ...] = ()
    breaks: tuple[float, ...] = ()
    white: tuple[tuple[Rule, ...], tuple[Rule, ...]] = ((), ())

    def with_white(self) -> Rules:
        """These rules and the white ones as one."""
        level, upright = self.white
        return replace(
            self,
            horizontal=merge_rules((*self.horizontal, *level)),
            vertical=merge_rules((*self.vertical, *upright)),
        )


def paths_to_rules(paths: Sequence[VectorPath], squares: Sequence[Box] = ()) -> Rules:
    """The rules of a page; what is drawn within `squares`, its check boxes, is no rule."""
    horizontal, vertical = _level_and_upright(_segments(paths, white=False), squares)
    white_level, white_upright = _level_and_upright(_segments(paths, white=True), squares)
    return Rules(
        merge_rules(horizontal),
        merge_rules(vertical),
        _fills(paths),
        _breaks(horizontal),
        (merge_rules(white_level), merge_rules(white_upright)),
    )


def _level_and_upright(segments: Iterable[Segment], squares: Sequence[Box]) -> tuple[list[Rule], list[Rule]]:
    """The horizontal and the vertical rules among segments; what lies within `squares` is none."""
    horizontal: list[Rule] = []
    vertical: list[Rule] = []
    for x0, y0, x1, y1 in segments:
        if squares and _within_any((x0, y0, x1, y1), squares):
            continue
        if abs(y1 - y0) <= _THIN and abs(x1 - x0) > abs(y1 - y0):
            horizontal.append(Rule((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
        elif abs(x1 - x0) <= _THIN:
            vertical.append(Rule((x0 + x1) / 2, min(y0, y1), max(y0, y1)))
    return horizontal, vertical


def _within_any(segment: Segment, squares: Sequence[Box]) -> bool:
    x0, y0, x1, y1 = segment
    return any(
        left - 1 <= min(x0, x1)
        and max(x0, x1) <= right + 1
        and top - 1 <= min(y0, y1)
        and max(y0, y1) <= foot + 1
        for left, top, right, foot in squares
    )


def _breaks(pieces: Sequence[Rule]) -> tuple[float, ...]:
    """Positions where the pieces of horizontal rules end on most of the heights that have any."""
    ends: dict[int, set[int]] = {}
    for piece in pieces:
        for position in (piece.start, piece.end):
            ends.setdefault(round(position / _NEAR), set()).add(round(piece.at))
    heights = {round(piece.at) for piece in pieces}
    least = max(4, _MOST * len(heights))
    common = [step * _NEAR for step, at in sorted(ends.items()) if len(at) >= least]
    merged = merge_positions(common, 2 * _NEAR)
    return tuple(merged) if len(merged) > 2 else ()


def _fills(paths: Sequence[VectorPath]) -> tuple[Box, ...]:
    """Coloured areas large enough to be a row or a cell's background."""
    fills = [
        path.box
        for path in paths
        if path.shade is not None
        and not path.white
        and path.box[2] - path.box[0] > _AREA
        and path.box[3] - path.box[1] > 2 * _THIN
    ]
    return tuple(sorted(fills, key=lambda b: (b[1], b[0])))


def _segments(paths: Sequence[VectorPath], white: bool) -> Iterator[Segment]:
    """The straight strokes of paths, or those of thin `white` areas."""
    for path in paths:
        if path.white != white:
            continue
        if path.stroked:
            yield from path.lines
        elif path.shade is not None and path.lines and not path.curves:
            yield from _filled_rules(path.lines)
        for box in path.boxes:
            yield from _box_segments(box, path.stroked)


def _filled_rules(lines: Sequence[Segment]) -> Iterator[Segment]:
    """The rules that are drawn as thin filled outlines, with mitred ends, as spreadsheets print their borders."""
    outline = [lines[0]]
    for line in (*lines[1:], None):
        if line is not None and _joins(outline[-1], line):
            outline.append(line)
            continue
        xs, ys = ([point for part in outline for point in part[axis::2]] for axis in (0, 1))
        box = (min(xs), min(ys), max(xs), max(ys))
        if len(outline) > 1 and min(box[2] - box[0], box[3] - box[1]) <= _THIN:
            yield from _box_segments(box, stroked=False)
        if line is not None:
            outline = [line]


def _joins(before: Segment, after: Segment) -> bool:
    """Whether a line of an outline goes on where the one before ends."""
    return abs(before[2] - after[0]) + abs(before[3] - after[1]) < _JOINED


def _box_segments(box: Box, stroked: bool) -> list[Segment]:
    """The rules that a rectangle draws: one where it is thin, its four borders where it is stroked."""
    x0, y0, x1, y1 = box
    if abs(y1 - y0) <= _THIN:
        return [(x0, (y0 + y1) / 2, x1, (y0 + y1) / 2)]
    if abs(x1 - x0) <= _THIN:
        return [((x0 + x1) / 2, y0, (x0 + x1) / 2, y1)]
    if not stroked:
        return []
    return [(x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)]


def merge_positions(positions: Iterable[float], near: float) -> list[float]:
    """Positions in ascending order; what lies nearer than `near` points to the one before is the same position."""
    merged: list[float] = []
    for position in sorted(positions):
        if not merged or position - merged[-1] > near:
            merged.append(position)
    return merged


def merge_rules(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """Rules that lie on one line and touch, or nearly so, as one; what stays shorter than 4 points is no rule."""
    merged: list[Rule] = []
    for group in _on_one_line(rules):
        current: Rule | None = None
        for rule in sorted(group, key=lambda r: r.start):
            if current is not None and rule.start <= current.end + _GAP:
                current = Rule(current.at, current.start, max(current.end, rule.end))
            else:
                if current is not None:
                    merged.append(current)
                current = rule
        if current is not None:
            merged.append(current)
    return tuple(sorted((r for r in merged if r.end - r.start > _SHORT), key=lambda r: (r.at, r.start)))


def _on_one_line(rules: Iterable[Rule]) -> list[list[Rule]]:
    groups: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda r: r.at):
        if groups and rule.at - groups[-1][0].at <= _NEAR:
            groups[-1].append(rule)
        else:
            groups.append([rule])
    return groups
