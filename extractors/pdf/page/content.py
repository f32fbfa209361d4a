"""One page as plain data: glyphs, rules, circles, what is drawn and set off, and texts that are not among the glyphs.

Every reader of glyphs and rules hands out this shape, so that tables are found in it whoever read the page. A printed
「対応済」 that a stroke runs through is no glyph of the page, nor is a 「○」 in white on white; they stand aside with the reason.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from extractors.location import TEXT, Box
from extractors.pdf.page.attachments import Attachment
from extractors.pdf.page.form_fields import FormField
from extractors.pdf.page.glyph_lines import PrintedLine
from extractors.pdf.page.glyphs import Glyphs
from extractors.pdf.page.paths import Ground, Segment
from extractors.pdf.page.rules import Rules
from extractors.scan.picture.plane import Plane

# Why a text stands in no row.
STRUCK, NOTE, WATERMARK, HIDDEN, RUBY = "struck_through", "annotation", "watermark", "hidden_text", "ruby"
_MANY = 60  # shapes that make a page of outlines, where it has hardly any text
_SEVERAL = 25  # the same where it has none
_FEW_GLYPHS = 40


@dataclass(frozen=True, slots=True)
class Drawings:
    """Boxes of what is drawn and not read: `marks` of shapes and small pictures, `pictures` of large ones.

    `outlines` is how many shapes of the size of letters are filled, `slants` are slanted strokes, as through cells that are
    not used.
    """

    marks: tuple[Box, ...] = ()
    pictures: tuple[Box, ...] = ()
    outlines: int = 0
    slants: tuple[Segment, ...] = ()

    def is_page_of_outlines(self, n_characters: int) -> bool:
        """Whether the page's letters are drawn as curves or strokes."""
        shapes = max(self.outlines, len(self.marks))
        return n_characters < _FEW_GLYPHS and shapes >= (_MANY if n_characters else _SEVERAL)


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Boxes of what is set off on a page: `strong` by colour, ground or weight, `pale` by hardly being seen; underlines.

    An underline is (left, y, right) in points.
    """

    strong: tuple[Box, ...] = ()
    pale: tuple[Box, ...] = ()
    underlines: tuple[tuple[float, float, float], ...] = ()

    def __bool__(self) -> bool:
        """Whether anything is set off."""
        return bool(self.strong or self.pale or self.underlines)


@dataclass(frozen=True, slots=True)
class PageLooks:
    """What a page says of its cells besides their texts: form fields, coloured areas as painted, boxes of bold characters."""

    fields: tuple[FormField, ...] = ()
    grounds: tuple[Ground, ...] = ()
    bold: tuple[Box, ...] = ()


NO_PAGE_LOOKS = PageLooks()


@dataclass(frozen=True, slots=True)
class PageContent:
    """One page: number from 1, size in points, glyphs, rules, and boxes of circles drawn on it.

    `aside` are texts that are not among the glyphs, and why: struck through, comments of a viewer, watermarks, hidden.
    `unread_count` is the number of annotations that say nothing a program can read, `attachments` are files pinned to
    the page. `drawings` is what is drawn and no text, `emphasis` what is set off by its paint, `turn` by how many degrees the
    page's writing is turned where it is shown, `undrawn_fields` how many form fields hold a value that is not drawn. `read_by`
    is PICTURE where the page is a picture and was read from it, `plane` then how its straight boxes lie on the page.
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
    looks: PageLooks = NO_PAGE_LOOKS
    drawings: Drawings = field(default_factory=Drawings)
    emphasis: Emphasis = field(default_factory=Emphasis)
    turn: int = 0
    undrawn_fields: int = 0
    read_by: str = TEXT
    plane: Plane | None = None
