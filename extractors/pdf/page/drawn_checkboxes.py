"""Vector paths of a page in, the check boxes drawn without any character out: small squares, ticked or empty.

A square is a check box where it stands alone: an edge that a longer rule runs along belongs to a table. It is
ticked by what lies in it: strokes, a dark fill, a mark from a font. Round buttons count as boxes only on a page
where at least one of them has a filled middle, for a lone circle is a mark of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from extractors.location import Box
from extractors.pdf.page.paths import Segment, VectorPath, holds_middle

_MIN, _MAX = 4.5, 16.0
_SQUARE = 0.25  # share by which width and height may differ
_NEAR = 1.5
_LONGER = 1.6  # a stroke so many times as long as the box is no edge of it
_INK = 0.3  # share of the box's side that a tick covers at least
_OUTLINE = 0.8  # share of the side from which on an inner square is the outline drawn twice
_DARK = 0.6
_ROUND = 4
_MOST = 600  # more small squares than this on a page are a pattern
_NONE = np.zeros((0, 4))


@dataclass(frozen=True, slots=True)
class CheckBox:
    """A drawn check box: its box in points, and whether it is ticked."""

    box: Box
    ticked: bool


def paths_to_check_boxes(paths: Sequence[VectorPath]) -> list[CheckBox]:
    """The check boxes of a page from top to bottom; none on a page with more squares than a person would tick."""
    small = [path for path in paths if _side(path.box) <= 2 * _MAX and not path.white]
    candidates = {(round(b[0]), round(b[1])): b for b in (*_rectangles(small), *_from_strokes(small))}
    if not small or len(candidates) > _MOST:
        return []
    strokes = _long_strokes(paths) if candidates else _NONE
    alone = [box for box in _distinct(candidates.values()) if not _in_table(box, strokes)]
    centres = np.asarray(
        [((path.box[0] + path.box[2]) / 2, (path.box[1] + path.box[3]) / 2) for path in small]
    )
    check_boxes = []
    for box in (*alone, *_buttons(small)):
        inside = np.flatnonzero(((centres >= box[:2]) & (centres <= box[2:])).all(axis=1))
        check_boxes.append(CheckBox(box, _is_ticked(box, [small[index] for index in inside])))
    return sorted(check_boxes, key=lambda check_box: (check_box.box[1], check_box.box[0]))


def _side(box: Box) -> float:
    return max(box[2] - box[0], box[3] - box[1])


def _is_square(box: Box) -> bool:
    width, height = box[2] - box[0], box[3] - box[1]
    return _MIN <= width <= _MAX and _MIN <= height <= _MAX and abs(width - height) <= _SQUARE * _side(box)


def _rectangles(small: Sequence[VectorPath]) -> list[Box]:
    """Outlines drawn as a rectangle."""
    plain = [box for path in small if path.stroked for box in path.boxes]
    rounded = [path.box for path in small if path.stroked and _is_rounded(path)]
    return [box for box in (*plain, *rounded) if _is_square(box)]


def _is_rounded(path: VectorPath) -> bool:
    """A rectangle with rounded corners."""
    return path.curves == _ROUND and len(path.lines) in {_ROUND - 1, _ROUND}


def _from_strokes(small: Sequence[VectorPath]) -> list[Box]:
    """Outlines drawn stroke by stroke: two level strokes of one length over each other, closed at both sides."""
    level: dict[tuple[int, int], list[Segment]] = defaultdict(list)
    upright: set[tuple[int, int]] = set()
    for x0, y0, x1, y1 in _short_strokes(small):
        if abs(y0 - y1) < 0.5:
            level[round(min(x0, x1)), round(max(x0, x1))].append((min(x0, x1), y0, max(x0, x1), y1))
        elif abs(x0 - x1) < 0.5:
            upright.add((round(x0), round((y0 + y1) / 2)))
    return [
        (top[0], top[1], top[2], foot[1])
        for strokes in level.values()
        for top in strokes
        for foot in strokes
        if _is_square((top[0], top[1], top[2], foot[1]))
        and all(_has_stroke_near(upright, x, (top[1] + foot[1]) / 2) for x in (top[0], top[2]))
    ]


def _short_strokes(small: Sequence[VectorPath]) -> Iterator[Segment]:
    for path in small:
        if path.stroked:
            yield from (line for line in path.lines if _MIN <= _length(line) <= _MAX)


def _length(line: Segment) -> float:
    return max(abs(line[2] - line[0]), abs(line[3] - line[1]))


def _has_stroke_near(strokes: set[tuple[int, int]], x: float, y: float) -> bool:
    return any((round(x) + dx, round(y) + dy) in strokes for dx in (-1, 0, 1) for dy in (-1, 0, 1))


def _distinct(boxes: Iterable[Box]) -> list[Box]:
    """Each outline once; one drawn twice, or within another, counts as the outer one."""
    distinct: list[Box] = []
    for box in sorted(boxes, key=_side, reverse=True):
        if not any(holds_middle(outer, box) for outer in distinct):
            distinct.append(box)
    return distinct


def _long_strokes(paths: Sequence[VectorPath]) -> NDArray[np.float64]:
    """Boxes (n, 4) of strokes and borders that are too long for a check box."""
    strokes: list[Box] = []
    for path in paths:
        if _side(path.box) < _LONGER * _MIN:
            continue
        strokes += [(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)) for x0, y0, x1, y1 in path.lines]
        for x0, y0, x1, y1 in path.boxes:
            strokes += [(x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)]
    return np.asarray(strokes, dtype=np.float64).reshape(-1, 4)


def _in_table(box: Box, strokes: NDArray[np.float64]) -> bool:
    """Whether a longer stroke, or the border of a larger rectangle, runs along an edge or through the box."""
    long = (strokes[:, 2:] - strokes[:, :2]).max(axis=1, initial=0.0) > _LONGER * _side(box)
    near = (strokes[:, :2] <= np.add(box[2:], _NEAR)) & (strokes[:, 2:] >= np.subtract(box[:2], _NEAR))
    return bool((long & near.all(axis=1)).any())


def _buttons(small: Sequence[VectorPath]) -> list[Box]:
    """Round buttons, where one of the page has a filled middle."""
    rounds = [path for path in small if path.curves >= _ROUND and not path.lines]
    circles = _distinct(path.box for path in rounds if path.stroked and _is_square(path.box))
    return (
        circles
        if len(circles) <= _MOST and any(_has_filled_middle(circle, rounds) for circle in circles)
        else []
    )


def _has_filled_middle(circle: Box, rounds: Sequence[VectorPath]) -> bool:
    return any(
        path.shade is not None
        and path.shade < _DARK
        and holds_middle(circle, path.box)
        and _side(path.box) < 0.9 * _side(circle)
        for path in rounds
    )


def _is_ticked(box: Box, inside: Sequence[VectorPath]) -> bool:
    """Whether of what lies in the box anything but its outline is large enough, or the outline is filled darkly."""
    side = _side(box)
    for path in inside:
        if not _INK * side <= _side(path.box) <= 2 * side:
            continue
        if path.shade is not None and path.shade < _DARK:
            return True
        if path.stroked and not _is_outline(path, box):
            return True
    return False


def _is_outline(path: VectorPath, box: Box) -> bool:
    """The box's own outline, drawn once more perhaps, or one of its edges alone."""
    large = _side(path.box) >= _OUTLINE * _side(box)
    if path.curves and not _is_rounded(path):
        return large and path.curves >= _ROUND and not path.lines and path.box == box
    slanted = any(abs(x0 - x1) > 1 and abs(y0 - y1) > 1 for x0, y0, x1, y1 in path.lines)
    return not slanted and (large or not path.boxes)
