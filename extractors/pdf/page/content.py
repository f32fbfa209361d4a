"""One PDF page in, its content as plain data out: glyphs, rules, circles, and texts that were withdrawn.

Every reader of glyphs and rules hands out this shape, so that tables are found in it whoever read the page. A printed
「対応済」 that a stroke runs through is no glyph of the page; it stands aside with its reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from extractors.location import TEXT, Box
from extractors.pdf.page.annotations import page_to_annotations
from extractors.pdf.page.attachments import Attachment
from extractors.pdf.page.circles import paths_to_circles
from extractors.pdf.page.drawn_checkboxes import paths_to_check_boxes
from extractors.pdf.page.form_fields import page_to_fields
from extractors.pdf.page.glyph_lines import PrintedLine, glyphs_to_lines
from extractors.pdf.page.glyphs import Glyphs, lines_to_glyphs, remove_glyphs
from extractors.pdf.page.overlays import stamps_to_marks
from extractors.pdf.page.paths import page_to_paths
from extractors.pdf.page.rules import Rules, paths_to_rules
from extractors.pdf.page.strikethrough import struck_glyphs
from extractors.pdf.page.text_lines import TextLine, page_to_lines
from extractors.scan.picture.plane import Plane

STRUCK, NOTE, WATERMARK = "struck_through", "annotation", "watermark"  # why a text stands in no row


@dataclass(frozen=True, slots=True)
class PageContent:
    """One page: number from 1, size in points, glyphs, rules, and boxes of circles drawn on it.

    `aside` are texts that are not among the glyphs, and why: struck through, comments of a viewer, watermarks.
    `unread_count` is the number of annotations that say nothing a program can read, `attachments` are files pinned to
    the page. `read_by` is PICTURE where the page is a picture and was read from it, `plane` then how its straight
    boxes lie on the page.
    """

    number: int
    width: float
    height: float
    glyphs: Glyphs
    rules: Rules
    circles: tuple[Box, ...] = ()
    aside: tuple[tuple[PrintedLine, str], ...] = ()
    unread_count: int = 0
    attachments: tuple[Attachment, ...] = ()
    read_by: str = TEXT
    plane: Plane | None = None


def page_to_content(page: Any) -> PageContent:
    """Read a page through PyMuPDF, once; drawn check boxes come as glyphs."""
    annotations = page_to_annotations(page)
    paths = page_to_paths(page)
    check_boxes = paths_to_check_boxes(paths)
    text_lines = page_to_lines(page)
    printed_lines = [line for line in text_lines if not line.slanted]
    marks = stamps_to_marks(annotations.stamps, printed_lines)
    glyphs = lines_to_glyphs(
        printed_lines, [*page_to_fields(page), *annotations.typed_lines, *marks.lines], check_boxes
    )
    struck_indexes = struck_glyphs(glyphs, paths, annotations.struck_boxes)
    aside = [(line, STRUCK) for line in glyphs_to_lines(glyphs, [struck_indexes])[0]]
    aside += [(PrintedLine(text, box, 0.0), NOTE) for box, text in annotations.notes]
    aside += [(_slanted(line), WATERMARK) for line in text_lines if line.slanted]
    return PageContent(
        page.number + 1,
        page.rect.width,
        page.rect.height,
        remove_glyphs(glyphs, struck_indexes) if struck_indexes else glyphs,
        paths_to_rules(paths, [box.box for box in check_boxes]),
        paths_to_circles(paths, (*annotations.circles, *marks.circles)),
        tuple(aside),
        annotations.unread_count + marks.unread_count,
        annotations.attachments,
    )


def _slanted(line: TextLine) -> PrintedLine:
    corners = list(zip(*line.boxes, strict=True))
    box = (min(corners[0]), min(corners[1]), max(corners[2]), max(corners[3]))
    return PrintedLine("".join(line.chars).strip(), box, line.sizes[0])
