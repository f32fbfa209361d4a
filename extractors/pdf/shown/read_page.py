"""One PDF page in, its content as plain data out, and a view of it for looking closer.

What a person sees of the page (`seen_page.py`) comes together with its fields, its check boxes and what is typed over it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from extractors.location import Box
from extractors.pdf.page.circles import paths_to_circles
from extractors.pdf.page.content import HIDDEN, NOTE, RUBY, STRUCK, WATERMARK, PageContent, PageLooks
from extractors.pdf.page.drawn_checkboxes import paths_to_check_boxes
from extractors.pdf.page.form_fields import widgets_to_fields
from extractors.pdf.page.glyph_lines import PrintedLine, glyphs_to_lines
from extractors.pdf.page.glyphs import Glyphs, lines_to_glyphs, remove_glyphs
from extractors.pdf.page.overlays import stamps_to_marks
from extractors.pdf.page.paths import paths_to_grounds
from extractors.pdf.page.rules import paths_to_rules
from extractors.pdf.page.strikethrough import struck_glyphs
from extractors.pdf.page.text_lines import TextLine
from extractors.pdf.shown.emphasis import find_emphasis
from extractors.pdf.shown.picture import PagePicture, has_ink
from extractors.pdf.shown.repeated_glyphs import repeated_glyphs
from extractors.pdf.shown.seen_page import SeenPage, page_to_seen
from extractors.pdf.shown.unread_drawings import find_drawings


@dataclass(frozen=True, slots=True)
class PageViewer:
    """The page as a picture, drawn where it is asked for; boxes of form fields; its lines.

    `embedded` gives the names of the fonts that the file carries with it.
    """

    picture: Callable[[], PagePicture]
    fields: tuple[Box, ...] = ()
    lines: tuple[TextLine, ...] = ()
    embedded: Callable[[], frozenset[str]] = frozenset

    def is_drawable(self, box: Box) -> bool:
        """Whether the font of the character with this box comes with the file: another may lack the character."""
        fonts = (
            paint.font
            for line in self.lines
            for b, paint in zip(line.boxes, line.paints, strict=True)
            if b == box
        )
        font = next(fonts, None)
        return font is None or font.startswith("Type3") or font in self.embedded()


def page_to_content(page: Any) -> tuple[PageContent, PageViewer]:
    """Read a page through PyMuPDF, once; drawn check boxes come as glyphs."""
    seen = page_to_seen(page)
    annotations = seen.annotations
    check_boxes = paths_to_check_boxes(seen.paths)
    marks = stamps_to_marks(annotations.stamps, seen.lines)
    fields = widgets_to_fields(page, seen.widgets, partial(_is_seen, page, seen.picture))
    glyphs = lines_to_glyphs(seen.lines, [*fields.lines, *annotations.typed_lines, *marks.lines], check_boxes)
    glyphs = _without_copies(glyphs, seen.lines)
    struck_indexes = struck_glyphs(glyphs, seen.paths, annotations.struck_boxes)
    circles = paths_to_circles(seen.paths, (*annotations.circles, *marks.circles))
    boxes = [box.box for box in check_boxes]
    size = (page.rect.width, page.rect.height)
    content = PageContent(
        page.number + 1,
        *size,
        remove_glyphs(glyphs, struck_indexes) if struck_indexes else glyphs,
        paths_to_rules((*seen.paths, *seen.rules), boxes),
        circles,
        _aside(seen, glyphs, struck_indexes, (*annotations.hidden, *fields.hidden)),
        annotations.unread_count + marks.unread_count,
        annotations.attachments,
        PageLooks(
            fields.fields,
            paths_to_grounds(seen.paths),
            tuple(box for line in seen.lines for box in line.bold),
        ),
        find_drawings(seen.paths, seen.pictures, boxes, size),
        find_emphasis(seen.lines, seen.paints, seen.paths),
        seen.turn,
        fields.undrawn,
    )
    return content, PageViewer(seen.picture, fields.boxes, seen.lines, cache(partial(_embedded_fonts, page)))


def _is_seen(page: Any, picture: Callable[[], PagePicture], box: Box) -> bool:
    """Whether anything is seen within a box; the page is drawn whole for it, as fields stand all over it."""
    return has_ink(picture().strip((0.0, 0.0, page.rect.width, page.rect.height)).crop(box))


def _embedded_fonts(page: Any) -> frozenset[str]:
    """Names of the fonts that the file carries with it, without what marks a part of a font."""
    fonts = page.parent.get_page_fonts(page.number)
    return frozenset(name.rpartition("+")[2] for _, extension, _, name, *_ in fonts if extension != "n/a")


def _without_copies(glyphs: Glyphs, lines: Sequence[TextLine]) -> Glyphs:
    """The glyphs without those that are drawn a second time in their place."""
    colours: dict[Box, int] = {}

    def lightness(index: int) -> int:
        if not colours:
            colours.update(
                (b, k.colour) for line in lines for b, k in zip(line.boxes, line.paints, strict=True)
            )
        colour = colours.get(glyphs.boxes[index], 0)
        return min(colour >> 16 & 255, colour >> 8 & 255, colour & 255)

    copies = repeated_glyphs(glyphs, lightness)
    return remove_glyphs(glyphs, copies) if copies else glyphs


def _aside(
    seen: SeenPage, glyphs: Glyphs, struck: Sequence[int], hidden: Iterable[tuple[Box, str]]
) -> tuple[tuple[PrintedLine, str], ...]:
    """The texts that stand in no row, each with the reason."""
    aside = [(line, STRUCK) for line in glyphs_to_lines(glyphs, [struck])[0]]
    aside += [(PrintedLine(text, box, 0.0), NOTE) for box, text in seen.annotations.notes]
    for lines, why in ((seen.watermarks, WATERMARK), (seen.ruby, RUBY), (seen.hidden, HIDDEN)):
        aside += [(PrintedLine(line.text.strip(), line.box, line.sizes[0]), why) for line in lines]
    aside += [(PrintedLine(text, box, 0.0), HIDDEN) for box, text in hidden]
    return tuple(aside)
