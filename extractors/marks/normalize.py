"""A grayscale crop in, its ink out as a classifier sees it: 16×16 pixels, the directions of its edges, figures of its shape.

The ink is laid into the raster by its longer side, so that 「○」 of 9 points at 150 dpi and one drawn over half a cell are alike.
Specks beside it are left out. White ink on a dark ground is turned round.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

SIDE = 16  # pixels of the raster
_FINE = 40  # pixels of the raster in which the directions of edges are measured
_BLOCKS = 5
_DIRECTIONS = 8
N_RASTERS = SIDE * SIDE + _DIRECTIONS * _BLOCKS**2  # features that are the picture itself, before its figures
_CONTRAST = 40  # of 255: a crop whose shades lie nearer together holds no ink
_SPECK = 0.02  # of the ink: a smaller part that stands apart is dirt
_LEAST_SIDE = 5  # pixels: what is smaller cannot be told apart
_RIM = 2  # pixels of the edge by which the ground is judged

Crop = NDArray[np.uint8]
Ink = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class InkShape:
    """The ink of a crop: its box in pixels (left, top, right, bottom), and what a classifier sees of it."""

    box: tuple[int, int, int, int]
    features: NDArray[np.float32]

    @property
    def side(self) -> int:
        """The longer side of its box in pixels."""
        return max(self.box[2] - self.box[0], self.box[3] - self.box[1])


def crop_to_ink(crop: Crop) -> Ink:
    """How dark each pixel is against the ground, 0 to 1; all 0 where the crop holds no ink."""
    values = crop.astype(np.float32)
    if values.size == 0:
        return np.zeros((1, 1), np.float32)
    rim = np.concatenate(
        [values[:_RIM].ravel(), values[-_RIM:].ravel(), values[:, :_RIM].ravel(), values[:, -_RIM:].ravel()]
    )
    ground = float(np.median(rim))
    darkest, lightest = float(values.min()), float(values.max())
    far = lightest if lightest - ground > ground - darkest and ground < 128 else darkest
    if abs(far - ground) < _CONTRAST:
        return np.zeros_like(values)
    return np.asarray(np.clip((values - ground) / (far - ground), 0.0, 1.0), np.float32)


def crop_to_shape(crop: Crop) -> InkShape | None:
    """The shape of the ink in a crop; None where there is none, or too little to be told apart."""
    ink = crop_to_ink(crop)
    from scipy import ndimage  # noqa: PLC0415  heavy, and needed only where a picture is looked at

    parts, count = ndimage.label(ink > 0.5, np.ones((3, 3)))
    if not count:
        return None
    areas = np.bincount(parts.ravel())[1:]
    kept = np.flatnonzero(areas >= max(2.0, _SPECK * areas.sum())) + 1
    mask = np.isin(parts, kept)
    if not mask.any():
        return None
    rows, cols = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    top, bottom, left, right = int(rows[0]), int(rows[-1]) + 1, int(cols[0]), int(cols[-1]) + 1
    if max(bottom - top, right - left) < _LEAST_SIDE:
        return None
    near = ndimage.binary_dilation(mask, np.ones((3, 3)))
    clean = np.where(near, ink, 0.0)[top:bottom, left:right].astype(np.float32)
    figures = _figures(clean, mask[top:bottom, left:right], len(kept), ndimage)
    features = np.concatenate([_raster(clean, SIDE).ravel(), _directions(_raster(clean, _FINE)), figures])
    return InkShape((left, top, right, bottom), features.astype(np.float32))


def _raster(ink: Ink, side: int) -> Ink:
    """The ink in the middle of a square raster, its longer side as long as the raster's."""
    from PIL import Image  # noqa: PLC0415

    height, width = ink.shape
    scale = side / max(height, width)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    way = Image.Resampling.BOX if scale < 1 else Image.Resampling.BILINEAR
    picture = Image.fromarray((ink * 255).astype(np.uint8)).resize(size, way)
    raster = np.zeros((side, side), np.float32)
    left, top = (side - size[0]) // 2, (side - size[1]) // 2
    raster[top : top + size[1], left : left + size[0]] = np.asarray(picture, np.float32) / 255
    return raster


def _directions(raster: Ink) -> NDArray[np.float32]:
    """How much of the ink's edges runs in each of 8 directions, in each of 5×5 blocks (gradient histograms).

    Method: directional features of handwritten characters (Liu et al., Pattern Recognition 37, 2004), root taken as there.
    """
    padded = np.pad(raster, 1)
    across = padded[1:-1, 2:] - padded[1:-1, :-2]
    down = padded[2:, 1:-1] - padded[:-2, 1:-1]
    strength = np.hypot(across, down)
    angle = np.arctan2(down, across) / (2 * np.pi) * _DIRECTIONS % _DIRECTIONS
    lower = angle.astype(np.int64) % _DIRECTIONS
    share = angle - np.floor(angle)
    planes = np.zeros((_DIRECTIONS, _FINE, _FINE), np.float32)
    rows, cols = np.indices(lower.shape)
    planes[lower, rows, cols] += strength * (1 - share)
    planes[(lower + 1) % _DIRECTIONS, rows, cols] += strength * share
    return np.sqrt((_windows() @ planes @ _windows().T).ravel())


@cache
def _windows() -> NDArray[np.float32]:
    """For each block how much each row of the raster counts in it: blocks overlap softly."""
    centres = (np.arange(_BLOCKS) + 0.5) * _FINE / _BLOCKS
    wide = 0.6 * _FINE / _BLOCKS
    return np.exp(-0.5 * ((np.arange(_FINE)[None, :] + 0.5 - centres[:, None]) / wide) ** 2).astype(
        np.float32
    )


def _figures(ink: Ink, mask: NDArray[np.bool_], n_parts: int, ndimage: Any) -> NDArray[np.float32]:
    """Figures of a shape: proportions, ink, holes, strokes, balance, symmetry."""
    height, width = mask.shape
    framed = np.pad(mask, 1)
    grounds, n_grounds = ndimage.label(~framed)
    sizes = np.bincount(grounds.ravel())[1:]
    holes = sizes[sizes >= 0.004 * mask.size][1:] if n_grounds > 1 else sizes[:0]  # the first is the outside
    area = float(mask.sum())
    edge = area - float(ndimage.binary_erosion(framed).sum())
    rows, cols = np.nonzero(mask)
    return np.array(
        [
            np.log(width / height),
            area / mask.size,
            min(len(holes), 4) / 2,
            float(holes.sum()) / mask.size,
            area / max(edge, 1.0) / max(height, width) * 10,
            rows.mean() / height - 0.5,
            cols.mean() / width - 0.5,
            min(n_parts, 5) / 3,
            float(np.abs(ink - ink[:, ::-1]).mean() + np.abs(ink - ink[::-1]).mean()),
        ],
        np.float32,
    )
