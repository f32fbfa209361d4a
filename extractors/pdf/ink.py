"""What is on one page, as plain data: the shape that every reader of glyphs and rules hands out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from extractors.grid import Box
from extractors.pdf.drawings import page_to_drawings
from extractors.pdf.glyphs import Glyphs, page_to_glyphs
from extractors.pdf.rings import page_to_rings
from extractors.pdf.rules import Rules, drawings_to_rules
from extractors.pdf.squares import drawings_to_check_boxes


@dataclass(frozen=True, slots=True)
class Ink:
    """One page: number from 1, size in points, glyphs, rules, and boxes of rings drawn on it."""

    number: int
    width: float
    height: float
    glyphs: Glyphs
    rules: Rules
    rings: tuple[Box, ...] = ()


def page_to_ink(page: Any) -> Ink:
    """Read a page through PyMuPDF, once; drawn check boxes come as glyphs."""
    drawings = page_to_drawings(page)
    boxes = drawings_to_check_boxes(drawings)
    rules = drawings_to_rules(drawings, [box.box for box in boxes])
    glyphs = page_to_glyphs(page, boxes)
    rings = page_to_rings(page, drawings)
    return Ink(page.number + 1, page.rect.width, page.rect.height, glyphs, rules, rings)
