"""A gray picture of a page in, the same page flat and upright out: even light, no skew, no perspective.

Light from one side is divided away by the ground's own brightness; skew is the angle at which the lines' profile is sharpest.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from scipy import ndimage

from extractors.scan.picture.plane import Plane

Gray = NDArray[np.uint8]
Mask = NDArray[np.bool_]
_REDUCE = 8  # the ground is judged on a picture so many times smaller
_REACH = 11  # pixels of the small picture within which there is some ground
_MOST_SKEW = 4.0  # degrees
_COARSE, _FINE, _FINEST = 0.25, 0.05, 0.01  # degrees: steps of the search
_SAMPLES = 60_000
_LEAST_SKEW = 0.02
_DARKEST, _LIGHTEST = 130, 195  # of 255: between these the limit of ink is looked for


def flatten(gray: Gray) -> Gray:
    """The picture with its ground at 255 everywhere, however the light fell."""
    height, width = gray.shape
    small = (
        Image.fromarray(gray).reduce(_REDUCE) if min(height, width) > 4 * _REDUCE else Image.fromarray(gray)
    )
    ground = ndimage.maximum_filter(np.asarray(small, np.float32), _REACH)
    ground = ndimage.uniform_filter(ground, _REACH)
    large = np.asarray(Image.fromarray(ground).resize((width, height), Image.Resampling.BILINEAR))
    return np.asarray(np.clip(gray * (255.0 / np.maximum(large, 40.0)), 0, 255), np.uint8)


def ink_limit(flat: Gray) -> int:
    """The shade that parts ink from ground (Otsu, Trans. SMC 1979), kept within what paper and print can be."""
    counts = np.bincount(flat.ravel(), minlength=256).astype(np.float64)
    below = np.cumsum(counts)
    sums = np.cumsum(counts * np.arange(256))
    above = below[-1] - below
    with np.errstate(divide="ignore", invalid="ignore"):
        between = (sums[-1] * below / below[-1] - sums) ** 2 / (below * above)
    best = int(np.nanargmax(np.where(np.isfinite(between), between, -1.0)))
    return min(max(best + 1, _DARKEST), _LIGHTEST)


def skew_angle(ink: Mask) -> float:
    """By how many degrees the lines fall to the right (negative: rise), up to 4; 0.0 for a blank page."""
    rows, cols = np.nonzero(ink[::2, ::2])
    if len(rows) < 200:
        return 0.0
    step = max(1, len(rows) // _SAMPLES)
    y, x = rows[::step].astype(np.float32), cols[::step].astype(np.float32)
    angles = np.arange(-_MOST_SKEW, _MOST_SKEW + _COARSE, _COARSE)
    for finer in (_FINE, _FINEST, None):
        best = float(max(angles, key=lambda angle: _sharpness(y, x, angle)))
        if finer is None:
            break
        reach = angles[1] - angles[0]
        angles = np.arange(best - reach, best + reach + finer / 2, finer)
    return best if abs(best) >= _LEAST_SKEW else 0.0


def _sharpness(y: NDArray[np.float32], x: NDArray[np.float32], angle: float) -> float:
    """How unlike neighbouring rows are when the page is turned back by an angle."""
    rows = y - x * np.float32(np.tan(np.radians(angle)))
    counts = np.bincount(np.round(rows - rows.min()).astype(np.int64)).astype(np.float64)
    return float((np.diff(counts) ** 2).sum())


def straighten(gray: Gray, plane: Plane) -> Gray:
    """The picture as it looks on a plane; what lies outside of it is white."""
    size = (gray.shape[1], gray.shape[0])
    picture = Image.fromarray(gray).transform(
        size, Image.Transform.PERSPECTIVE, plane.rows[:8], Image.Resampling.BICUBIC, fillcolor=255
    )
    return np.asarray(picture)
