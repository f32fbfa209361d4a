"""What was read of a picture of a page, as plain data in PDF points: the shape that the PDF room makes page content of.

A character that could not be read stands as 〓 (the geta mark that printers set for a missing type), so that 「〓実施」 is never
taken for 「実施」.
"""

from __future__ import annotations

from dataclasses import dataclass

from extractors.location import Box
from extractors.scan.picture.plane import Plane

_AS_FED = Plane()
Rule = tuple[float, float, float]  # y (or x), start, end in points


@dataclass(frozen=True, slots=True)
class PictureGlyph:
    """A character read: its box and size in points, the number of its line, and how sure it is, 0 to 1."""

    char: str
    box: Box
    size: float
    line: int
    chance: float


@dataclass(frozen=True, slots=True)
class PictureContent:
    """A page that was read from a picture: size in points, characters, rules, rings drawn round words.

    `unsure_boxes` are boxes of what was not surely read; `plane` says where on the page as it was fed a box of this
    straight one lies.
    """

    width: float
    height: float
    glyphs: tuple[PictureGlyph, ...]
    horizontal: tuple[Rule, ...]
    vertical: tuple[Rule, ...]
    circles: tuple[Box, ...] = ()
    unsure_boxes: tuple[Box, ...] = ()
    plane: Plane = _AS_FED
