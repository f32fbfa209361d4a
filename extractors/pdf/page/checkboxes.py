"""Drawings of a page in, the check boxes drawn without any character out: small squares, ticked or empty.

A square is a check box where it stands alone: an edge that a longer rule runs along belongs to a table. It is
ticked by what lies in it: strokes, a dark fill, a mark from a font. Round buttons count as boxes only on a page
where at least one of them has a filled middle, for a lone ring is a mark of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from extractors.location import Box
from extractors.pdf.page.paths import Drawing, Segment

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


def drawings_to_check_boxes(drawings: Sequence[Drawing]) -> list[CheckBox]:
    """The check boxes of a page from top to bottom; none on a page with more squares than a person would tick."""
    small = [drawing for drawing in drawings if _side(drawing.box) <= 2 * _MAX and not drawing.white]
    candidates = {(round(b[0]), round(b[1])): b for b in (*_rectangles(small), *_from_strokes(small))}
    if not small or len(candidates) > _MOST:
        return []
    strokes = _long_strokes(drawings) if candidates else _NONE
    alone = [box for box in _distinct(candidates.values()) if not _in_table(box, strokes)]
    centres = np.asarray([((d.box[0] + d.box[2]) / 2, (d.box[1] + d.box[3]) / 2) for d in small])
    found = []
    for box in (*alone, *_buttons(small)):
        inside = (centres >= box[:2]) & (centres <= box[2:])
        found.append(CheckBox(box, _is_ticked(box, [small[i] for i in np.flatnonzero(inside.all(axis=1))])))
    return sorted(found, key=lambda found: (found.box[1], found.box[0]))


def _side(box: Box) -> float:
    return max(box[2] - box[0], box[3] - box[1])


def _is_square(box: Box) -> bool:
    width, height = box[2] - box[0], box[3] - box[1]
    return _MIN <= width <= _MAX and _MIN <= height <= _MAX and abs(width - height) <= _SQUARE * _side(box)


def _rectangles(small: Sequence[Drawing]) -> list[Box]:
    """Outlines drawn as a rectangle."""
    plain = [box for drawing in small if drawing.stroked for box in drawing.boxes]
    rounded = [drawing.box for drawing in small if drawing.stroked and _is_rounded(drawing)]
    return [box for box in (*plain, *rounded) if _is_square(box)]


def _is_rounded(drawing: Drawing) -> bool:
    """A rectangle with rounded corners."""
    return drawing.curves == _ROUND and len(drawing.lines) in {_ROUND - 1, _ROUND}


def _from_strokes(small: Sequence[Drawing]) -> list[Box]:
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
        and all(_close(upright, x, (top[1] + foot[1]) / 2) for x in (top[0], top[2]))
    ]


def _short_strokes(small: Sequence[Drawing]) -> Iterator[Segment]:
    for drawing in small:
        if drawing.stroked:
            yield from (line for line in drawing.lines if _MIN <= _length(line) <= _MAX)


def _length(line: Segment) -> float:
    return max(abs(line[2] - line[0]), abs(line[3] - line[1]))


def _close(places: set[tuple[int, int]], x: float, y: float) -> bool:
    return any((round(x) + dx, round(y) + dy) in places for dx in (-1, 0, 1) for dy in (-1, 0, 1))


def _distinct(boxes: Iterable[Box]) -> list[Box]:
    """Each outline once; one drawn twice, or within another, counts as the outer one."""
    kept: list[Box] = []
    for box in sorted(boxes, key=_side, reverse=True):
        if not any(_holds(other, box) for other in kept):
            kept.append(box)
    return kept


def _holds(outer: Box, inner: Box) -> bool:
    x, y = (inner[0] + inner[2]) / 2, (inner[1] + inner[3]) / 2
    return outer[0] <= x <= outer[2] and outer[1] <= y <= outer[3]


def _long_strokes(drawings: Sequence[Drawing]) -> NDArray[np.float64]:
    """Boxes (n, 4) of strokes and borders that are too long for a check box."""
    found: list[Box] = []
    for drawing in drawings:
        if _side(drawing.box) < _LONGER * _MIN:
            continue
        found += [(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)) for x0, y0, x1, y1 in drawing.lines]
        for x0, y0, x1, y1 in drawing.boxes:
            found += [(x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)]
    return np.asarray(found, dtype=np.float64).reshape(-1, 4)


def _in_table(box: Box, strokes: NDArray[np.float64]) -> bool:
    """Whether a longer stroke, or the border of a larger rectangle, runs along an edge or through the box."""
    long = (strokes[:, 2:] - strokes[:, :2]).max(axis=1, initial=0.0) > _LONGER * _side(box)
    near = (strokes[:, :2] <= np.add(box[2:], _NEAR)) & (strokes[:, 2:] >= np.subtract(box[:2], _NEAR))
    return bool((long & near.all(axis=1)).any())


def _buttons(small: Sequence[Drawing]) -> list[Box]:
    """Round buttons, where one of the page has a filled middle."""
    rounds = [d for d in small if d.curves >= _ROUND and not d.lines]
    rings = _distinct(d.box for d in rounds if d.stroked and _is_square(d.box))
    return rings if len(rings) <= _MOST and any(_filled(ring, rounds) for ring in rings) else []


def _filled(ring: Box, rounds: Sequence[Drawing]) -> bool:
    return any(
        d.shade is not None and d.shade < _DARK and _holds(ring, d.box) and _side(d.box) < 0.9 * _side(ring)
        for d in rounds
    )


def _is_ticked(box: Box, inside: Sequence[Drawing]) -> bool:
    """Whether of what lies in the box anything but its outline is large enough, or the outline is filled darkly."""
    side = _side(box)
    for drawing in inside:
        if not _INK * side <= _side(drawing.box) <= 2 * side:
            continue
        if drawing.shade is not None and drawing.shade < _DARK:
            return True
        if drawing.stroked and not _is_outline(drawing, box):
            return True
    return False


def _is_outline(drawing: Drawing, box: Box) -> bool:
    """The box's own outline, drawn once more perhaps, or one of its edges alone."""
    large = _side(drawing.box) >= _OUTLINE * _side(box)
    if drawing.curves and not _is_rounded(drawing):
        return large and drawing.curves >= _ROUND and not drawing.lines and drawing.box == box
    slanted = any(abs(x0 - x1) > 1 and abs(y0 - y1) > 1 for x0, y0, x1, y1 in drawing.lines)
    return not slanted and (large or not drawing.boxes)
