"""The flat picture of a page and its cells in, its regions and their pictures of lines out: each cell for itself, then the rest.

White print on a dark ground (a header) is turned round. Drawn boxes are cut out of their lines and stand for themselves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from extractors.scan.check_squares import DrawnBox
from extractors.scan.picture.xy_cut import find_lines
from extractors.scan.place_chars import WordImage

Gray = NDArray[np.uint8]
Mask = NDArray[np.bool_]
PixelBox = tuple[int, int, int, int]
_INVERSE = 0.55  # share of a cell that is ink where its print is white on dark
_SHORTEST = 0.2  # of a character's height: a stroke as low as dirt is a hyphen from here on
_NOTHING = np.zeros((1, 1), np.uint8)


@dataclass(frozen=True, slots=True)
class Region:
    """A cell, or the page outside of cells: where it lies, its shades and ink, whether it is a cell."""

    left: int
    top: int
    flat: Gray
    ink: Mask
    is_cell: bool


def find_regions(page_flat: Gray, ink: Mask, cells: Sequence[Sequence[float]]) -> list[Region]:
    """The cells of the page, and what lies outside of them."""
    regions = []
    outside = ink.copy()
    height, width = ink.shape
    for cell in sorted(cells, key=lambda box: (box[2] - box[0]) * (box[3] - box[1])):
        left, top = max(0, round(cell[0]) + 1), max(0, round(cell[1]) + 1)
        right, bottom = min(width, round(cell[2])), min(height, round(cell[3]))
        if right - left < 4 or bottom - top < 4:
            continue
        flat, inner = page_flat[top:bottom, left:right], outside[top:bottom, left:right].copy()
        outside[max(0, top - 2) : bottom + 2, max(0, left - 2) : right + 2] = False
        if inner.mean() > _INVERSE:
            flat, inner = _inverted(flat)
        regions.append(Region(left, top, flat, inner, True))
    regions.append(Region(0, 0, page_flat, outside, False))
    return regions


def _inverted(flat: Gray) -> tuple[Gray, Mask]:
    """White print on a dark ground turned round; the rim, where the ground ends, is left out."""
    turned = (255 - flat).astype(np.float32)
    low = float(np.percentile(turned, 5))
    span = max(float(np.percentile(turned, 95)) - low, 30.0)
    turned = np.clip((turned - low) / span * 255, 0, 255)
    ink = turned < 110
    ink[:3] = ink[-3:] = False
    ink[:, :3] = ink[:, -3:] = False
    return turned.astype(np.uint8), ink


def region_to_words(region: Region, boxes: Sequence[DrawnBox], em: float) -> list[WordImage]:
    """The lines of a region as pictures, cut at drawn boxes; a box comes as a picture of its own."""
    words = []
    ink = region.ink
    own = [box for box in boxes if _is_inside(region, box.box)]
    if own:
        ink = ink.copy()
    for drawn in own:
        left, top, right, bottom = drawn.ink_box
        ink[
            max(0, top - region.top - 1) : bottom - region.top + 1,
            max(0, left - region.left - 1) : right - region.left + 1,
        ] = False
        words.append(WordImage(_NOTHING, drawn.box, region.is_cell, mark=drawn.mark))
    line_boxes = find_lines(ink, em)
    for left, top, right, bottom in line_boxes:
        if bottom - top < 0.12 * em and right - left < _SHORTEST * em:
            continue
        pad = max(2, round(0.13 * max(bottom - top, 0.6 * em)))
        box = (left + region.left, top + region.top, right + region.left, bottom + region.top)
        alone = region.is_cell and len(line_boxes) == 1 and not own
        picture = _cropped(region, (left, top, right, bottom), pad, ink)
        words.append(WordImage(picture, box, region.is_cell, alone, pad=pad))
    return words


def _is_inside(region: Region, box: PixelBox) -> bool:
    """Whether a box lies in a region that no smaller one has taken."""
    left, top, right, bottom = (
        box[0] - region.left,
        box[1] - region.top,
        box[2] - region.left,
        box[3] - region.top,
    )
    x, y = (left + right) // 2, (top + bottom) // 2
    if not (0 <= x < region.ink.shape[1] and 0 <= y < region.ink.shape[0]):
        return False
    return bool(region.ink[max(0, top) : bottom, max(0, left) : right].any())


def _cropped(region: Region, box: PixelBox, pad: int, ink: Mask) -> Gray:
    """The picture of a box with a margin of ground; of ink only what counts: neither rules nor rings nor boxes."""
    left, top, right, bottom = box
    height, width = region.ink.shape
    picture = np.full((bottom - top + 2 * pad, right - left + 2 * pad), 255, np.uint8)
    a, b = max(0, left - pad), max(0, top - pad)
    c, d = min(width, right + pad), min(height, bottom + pad)
    part = np.where(_grown(ink[b:d, a:c]), region.flat[b:d, a:c], 255)
    picture[b - top + pad : d - top + pad, a - left + pad : c - left + pad] = part
    return picture


def _grown(ink: Mask) -> Mask:
    """The ink with two pixels around it: the soft edge of its strokes."""
    return np.asarray(ndimage.maximum_filter(ink.view(np.uint8), 5) > 0)
