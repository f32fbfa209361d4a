"""A display list in, small pictures of parts of the page out: what can be seen there, whatever it is made of.

Only parts are drawn, and each once: the columns in which answers stand. 「○」 in white on white leaves no ink; a mark that was
pasted as a picture leaves ink where no text is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pymupdf
from numpy.typing import NDArray

from extractors.location import Box

_CONTRAST = 24  # of 255: shades that lie nearer together are one
PIXELS_A_POINT = 200 / 72  # of a picture for a mark's shape

Pixels = NDArray[np.uint8]
_Pixel = tuple[int, int, int, int]


_LARGEST = 20_000_000  # pixels: a larger part is not drawn
_UNKNOWN = np.asarray([[[0, 0, 0], [255, 255, 255]]], dtype=np.uint8)  # what is not drawn may hold ink


@dataclass(frozen=True, slots=True)
class Strip:
    """A part of the page that was drawn: the area asked for, and what lies on the page of it, with its corner."""

    area: _Pixel
    corner: tuple[int, int]
    pixels: Pixels

    def holds(self, box: _Pixel) -> bool:
        """Whether a part of the page lies within this one."""
        area = self.area
        return area[0] <= box[0] and area[1] <= box[1] and area[2] >= box[2] and area[3] >= box[3]

    def crop(self, box: Box) -> Pixels:
        """The pixels (height, width, 3) that lie within `box` wholly or in part."""
        if self.pixels is _UNKNOWN:
            return _UNKNOWN
        x0, y0, x1, y1 = _outer(box)
        left, top = self.corner
        return self.pixels[max(y0 - top, 0) : max(y1 - top, 0), max(x0 - left, 0) : max(x1 - left, 0)]


class PagePicture:
    """Parts of one page as pictures, a pixel a point."""

    def __init__(self, display_list: Any) -> None:
        self._list = display_list
        self._strips: list[Strip] = []

    def strip(self, box: Box) -> Strip:
        """The part of the page within `box` (points), drawn once."""
        area = _outer(box)
        for strip in self._strips:
            if strip.holds(area):
                return strip
        self._strips.append(self._draw(area))
        return self._strips[-1]

    def crop(self, box: Box) -> Pixels:
        """The pixels (height, width, 3) that lie within `box` wholly or in part."""
        return self.strip(box).crop(box)

    def shape(self, box: Box, times: int = 1) -> Pixels:
        """The part of the page within `box` in grey (height, width) at `times` 200 dpi, as a classifier of marks wants it."""
        drawn = self._list.get_pixmap(
            matrix=pymupdf.Matrix(times * PIXELS_A_POINT, times * PIXELS_A_POINT),
            colorspace=pymupdf.csGRAY,
            alpha=0,
            clip=pymupdf.Rect(box),
        )
        return np.frombuffer(drawn.samples, dtype=np.uint8).reshape(drawn.height, drawn.width)

    def _draw(self, area: _Pixel) -> Strip:
        if (area[2] - area[0]) * (area[3] - area[1]) > _LARGEST:
            return Strip(area, area[:2], _UNKNOWN)
        drawn = self._list.get_pixmap(colorspace=pymupdf.csRGB, alpha=0, clip=pymupdf.Rect(area))
        pixels = np.frombuffer(drawn.samples, dtype=np.uint8).reshape(drawn.height, drawn.width, 3)
        return Strip(area, (drawn.x, drawn.y), pixels)


def has_ink(pixels: Pixels) -> bool:
    """Whether anything can be seen in a picture: shades far enough apart."""
    if pixels.size == 0:
        return False
    if int(pixels.max()) - int(pixels.min()) < _CONTRAST:
        return False
    return bool((pixels.max(axis=(0, 1)).astype(int) - pixels.min(axis=(0, 1)) >= _CONTRAST).any())


def ink_of(pixels: Pixels) -> NDArray[np.bool_]:
    """Which pixels (height, width) differ from the ground, the commonest shade."""
    if not has_ink(pixels):
        return np.zeros(pixels.shape[:2], dtype=bool)
    ground = np.median(pixels.reshape(-1, 3), axis=0)
    return np.asarray(np.abs(pixels.astype(int) - ground).max(axis=2) >= _CONTRAST)


def _outer(box: Box) -> _Pixel:
    """The whole pixels that a box touches."""
    return int(np.floor(box[0])), int(np.floor(box[1])), int(np.ceil(box[2])), int(np.ceil(box[3]))
