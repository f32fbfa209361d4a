"""What is on one page, as plain data: the shape that every reader of glyphs and rules hands out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from extractors.location import Box
from extractors.pdf.page.annotations import page_to_annotations
from extractors.pdf.page.attachments import Attached
from extractors.pdf.page.checkboxes import drawings_to_check_boxes
from extractors.pdf.page.circles import drawings_to_rings
from extractors.pdf.page.form_fields import page_to_fields
from extractors.pdf.page.glyph_lines import Line, glyphs_to_lines
from extractors.pdf.page.glyphs import Glyphs, lines_to_glyphs, without
from extractors.pdf.page.overlays import stamps_to_marks
from extractors.pdf.page.paths import page_to_drawings
from extractors.pdf.page.rules import Rules, drawings_to_rules
from extractors.pdf.page.strikethrough import struck_glyphs
from extractors.pdf.page.text_lines import TextLine, page_to_lines

STRUCK, NOTE, WATERMARK = "struck_through", "annotation", "watermark"  # why a text stands in no row


@dataclass(frozen=True, slots=True)
class Ink:
    """One page: number from 1, size in points, glyphs, rules, and boxes of rings drawn on it.

    `aside` are texts that are not among the glyphs, and why: struck through, comments of a viewer, watermarks.
    `unread` is the number of annotations that say nothing a program can read, `pinned` are files attached to the page.
    """

    number: int
    width: float
    height: float
    glyphs: Glyphs
    rules: Rules
    rings: tuple[Box, ...] = ()
    aside: tuple[tuple[Line, str], ...] = ()
    unread: int = 0
    pinned: tuple[Attached, ...] = ()


def page_to_ink(page: Any) -> Ink:
    """Read a page through PyMuPDF, once; drawn check boxes come as glyphs."""
    noted = page_to_annotations(page)
    drawings = page_to_drawings(page)
    boxes = drawings_to_check_boxes(drawings)
    lines = page_to_lines(page)
    printed = [line for line in lines if not line.slanted]
    marks = stamps_to_marks(noted.stamps, printed)
    glyphs = lines_to_glyphs(printed, [*page_to_fields(page), *noted.typed, *marks.lines], boxes)
    struck = struck_glyphs(glyphs, drawings, noted.struck)
    aside = [(line, STRUCK) for line in glyphs_to_lines(glyphs, [struck])[0]]
    aside += [(Line(text, box, 0.0), NOTE) for box, text in noted.notes]
    aside += [(_slanted(line), WATERMARK) for line in lines if line.slanted]
    return Ink(
        page.number + 1,
        page.rect.width,
        page.rect.height,
        without(glyphs, struck) if struck else glyphs,
        drawings_to_rules(drawings, [box.box for box in boxes]),
        drawings_to_rings(drawings, (*noted.rings, *marks.rings)),
        tuple(aside),
        noted.unread + marks.unread,
        noted.pinned,
    )


def _slanted(line: TextLine) -> Line:
    corners = list(zip(*line.boxes, strict=True))
    box = (min(corners[0]), min(corners[1]), max(corners[2]), max(corners[3]))
    return Line("".join(line.chars).strip(), box, line.sizes[0])
