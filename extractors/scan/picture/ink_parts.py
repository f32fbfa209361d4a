"""The ink of a page without its rules in, its shapes out: how high a character is, drawn boxes, rings round words.

A ring is a closed curve near an ellipse with ink inside; a box a square of four full sides, whatever lies in it or sticks out of
it. The kanji 口 has feet below its lower side and is no box.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

Mask = NDArray[np.bool_]
PixelBox = tuple[int, int, int, int]
_LEAST = 3  # pixels: smaller components are dirt
_SPECK = 0.2  # of the height of a character: what is smaller and stands apart is dirt
_NEAR = 0.7  # of it: how near to other ink a dot may belong to it
_SECTORS = 24
_THICK_RING = 0.22  # of a ring's radius: how much of it the stroke is
_CLOSED = 22  # of the sectors of a ring that hold ink


@dataclass(frozen=True, slots=True)
class InkPart:
    """A connected component: its number in the labels of the page, its box, how many pixels it has."""

    label: int
    box: PixelBox
    area: int

    @property
    def width(self) -> int:
        """In pixels."""
        return self.box[2] - self.box[0]

    @property
    def height(self) -> int:
        """In pixels."""
        return self.box[3] - self.box[1]


@dataclass(frozen=True, slots=True)
class Parts:
    """The connected components of a page, and the raster of their numbers."""

    parts: tuple[InkPart, ...]
    labels: NDArray[np.int32]

    def mask(self, part: InkPart) -> Mask:
        """The pixels of a component within its box."""
        left, top, right, bottom = part.box
        return np.asarray(self.labels[top:bottom, left:right] == part.label)


def find_parts(ink: Mask) -> Parts:
    """The components of the ink, but for dirt."""
    labels, _ = ndimage.label(ink, np.ones((3, 3)), output=np.int32)
    areas = np.bincount(labels.ravel())
    parts = []
    for number, (rows, cols) in enumerate(ndimage.find_objects(labels), 1):
        if areas[number] >= _LEAST:
            parts.append(InkPart(number, (cols.start, rows.start, cols.stop, rows.stop), int(areas[number])))
    return Parts(tuple(parts), labels)


def without_dirt(parts: Parts, em: float) -> tuple[Parts, Mask]:
    """The components but for dirt, and their ink: specks that stand apart from all print, and what is left of long rules."""
    small = [max(part.width, part.height) < _SPECK * em for part in parts.parts]
    near = np.zeros(parts.labels.shape, bool)
    reach = round(_NEAR * em)
    for part, is_small in zip(parts.parts, small, strict=True):
        if not is_small:
            left, top, right, bottom = part.box
            near[max(0, top - 2) : bottom + 2, max(0, left - reach) : right + reach] = True
    kept = []
    for part, is_small in zip(parts.parts, small, strict=True):
        left, top, right, bottom = part.box
        is_line = min(part.width, part.height) < 0.16 * em and max(part.width, part.height) > 2.6 * em
        if not is_line and not (is_small and not near[(top + bottom) // 2, (left + right) // 2]):
            kept.append(part)
    chosen = np.zeros(int(parts.labels.max()) + 1, bool)
    chosen[[part.label for part in kept]] = True
    return Parts(tuple(kept), parts.labels), chosen[parts.labels]


def character_height(parts: Sequence[InkPart], dpi: float) -> float:
    """The height of most characters in pixels: that of 10 points where the page holds too few."""
    heights = [
        p.height for p in parts if 0.05 * dpi <= p.height <= 0.3 * dpi and 0.3 <= p.width / p.height <= 2.2
    ]
    return float(np.percentile(heights, 65)) if len(heights) >= 20 else 10 * dpi / 72


def find_rings(parts: Parts, ink: Mask, em: float) -> list[InkPart]:
    """Components that are drawn round other ink."""
    return [
        part for part in parts.parts if _has_ring_size(part, em) and _is_ring(parts.mask(part), part, ink)
    ]


def _has_ring_size(part: InkPart, em: float) -> bool:
    return 1.35 * em <= part.height <= 5 * em and 1.35 * em <= part.width <= 14 * em


def _is_ring(mask: Mask, part: InkPart, ink: Mask) -> bool:
    height, width = mask.shape
    y, x = np.nonzero(mask)
    v, u = (y + 0.5) / height * 2 - 1, (x + 0.5) / width * 2 - 1
    radius = np.hypot(u, v)
    if (radius > 1.22).mean() > 0.02:
        return False
    rim = radius > 0.72
    sectors = ((np.arctan2(v[rim], u[rim]) + np.pi) / (2 * np.pi) * _SECTORS).astype(int) % _SECTORS
    if len(set(sectors.tolist())) < _CLOSED or rim.mean() < 0.5:
        return False
    spread = [np.ptp(radius[rim][sectors == sector]) for sector in set(sectors.tolist())]
    if np.median(spread) > _THICK_RING:
        return False
    left, top, right, bottom = part.box
    grid_v, grid_u = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j]
    inside = np.hypot(grid_u, grid_v) < 0.72
    return bool((ink[top:bottom, left:right] & inside).sum() >= 0.04 * inside.sum())


def ring_pixels(mask: Mask) -> Mask:
    """Of a ring's component the pixels of the ring itself, not of words that touch it."""
    height, width = mask.shape
    grid_v, grid_u = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j]
    return np.asarray(mask & (np.hypot(grid_u, grid_v) >= 0.74))


def find_boxes(parts: Parts, em: float) -> list[tuple[InkPart, PixelBox]]:
    """Components that are drawn boxes, each with the square itself: a tick may stick out of it."""
    boxes = []
    for part in parts.parts:
        if 0.5 * em <= min(part.width, part.height) and max(part.width, part.height) <= 2.6 * em:
            square = _square(parts.mask(part), em)
            if square is not None:
                left, top = part.box[:2]
                boxes.append((part, (left + square[0], top + square[1], left + square[2], top + square[3])))
    return boxes


def _square(mask: Mask, em: float) -> PixelBox | None:
    """The square that the long straight runs of a component form; None where they form none."""
    rows = np.flatnonzero(_longest_runs(mask) >= 0.5 * em)
    cols = np.flatnonzero(_longest_runs(mask.T) >= 0.5 * em)
    if len(rows) < 2 or len(cols) < 2:
        return None
    top, bottom, left, right = int(rows[0]), int(rows[-1]) + 1, int(cols[0]), int(cols[-1]) + 1
    width, height = right - left, bottom - top
    if min(width, height) < 0.5 * em or abs(width - height) > 0.22 * max(width, height):
        return None
    inner = mask[top:bottom, left:right]
    rim = max(2, round(0.14 * min(width, height)))
    sides = (
        inner[:rim].any(axis=0),
        inner[-rim:].any(axis=0),
        inner[:, :rim].any(axis=1),
        inner[:, -rim:].any(axis=1),
    )
    if min(side.mean() for side in sides) < 0.93 or _has_feet(mask, bottom, left, right):
        return None
    return left, top, right, bottom


def _longest_runs(mask: Mask) -> NDArray[np.int64]:
    """The longest run of ink in each row; a gap of one pixel does not end it."""
    closed = mask.copy()
    closed[:, 1:-1] |= mask[:, :-2] & mask[:, 2:]
    counts = np.cumsum(closed, axis=1, dtype=np.int64)
    before = np.maximum.accumulate(np.where(closed, 0, counts), axis=1)
    return np.asarray((counts - before).max(axis=1, initial=0))


def _has_feet(mask: Mask, bottom: int, left: int, right: int) -> bool:
    """Whether ink goes on below both lower corners, and nowhere else."""
    below = mask[bottom + 1 :, left:right]
    if not below.any():
        return False
    cols = np.flatnonzero(below.any(axis=0))
    edge = 0.28 * (right - left)
    return bool(
        ((cols < edge) | (cols > right - left - edge)).all()
        and cols[0] < edge
        and cols[-1] > right - left - edge
    )
