"""Boxes, tags and lines of text in, a picture in PNG out: a PDF page in memory whose unit is the pixel."""

from __future__ import annotations

from typing import Any

import pymupdf

from extractors.location import Box
from extractors.pdf.render.fonts import PageWriter, text_width
from extractors.pdf.render.model import Colour, MarkStyle

WHITE: Colour = (1.0, 1.0, 1.0)
BLACK: Colour = (0.1, 0.1, 0.1)
_PAD = 2.0
LABEL = 10.0
TAG_HEIGHT = LABEL + 2.0


class Canvas:
    """A white page that boxes, tags and text are put on; boxes lie under all text."""

    def __init__(self, width: float, height: float) -> None:
        self._book = pymupdf.open()
        self._page = self._book.new_page(width=width, height=height)
        self._shape = self._page.new_shape()
        self._writer = PageWriter(self._page)

    def image(self, at: tuple[int, int], pixels: Any) -> None:
        """Lay a pixmap with its top left at `at`, pixel on pixel."""
        x, y = at
        self._page.insert_image((x, y, x + pixels.width, y + pixels.height), pixmap=pixels)

    def box(self, box: Box, style: MarkStyle) -> None:
        """Outline a box and fill it as its style says."""
        x0, y0, x1, y1 = box
        self._shape.draw_rect((x0, y0, max(x1, x0 + 1), max(y1, y0 + 1)))
        fill = style.colour if style.fill else None
        self._shape.finish(
            color=style.colour if style.width else None,
            fill=fill,
            width=style.width,
            dashes="[4 3] 0" if style.dashed else None,
            fill_opacity=style.fill or 1.0,
        )

    def text(self, at: tuple[float, float], text: str, size: float = LABEL, colour: Colour = BLACK) -> None:
        """Write one line with its top left at `at`."""
        self._writer.text(at, text, size, colour)

    def tag(self, at: tuple[float, float], text: str, style: MarkStyle, full: bool) -> Box:
        """A label with its top left at `at`: white on the style's colour where `full`, else the other way round."""
        x, y = at
        box = (x, y, x + tag_width(text), y + TAG_HEIGHT)
        ground = style.colour if full else WHITE
        self._shape.draw_rect(box)
        self._shape.finish(color=style.colour, fill=ground, width=0.6, fill_opacity=1.0 if full else 0.92)
        self.text((x + _PAD, y), text, colour=WHITE if full else style.colour)
        return box

    def png(self) -> bytes:
        """The picture."""
        self._shape.commit()
        self._writer.flush()
        data: bytes = self._page.get_pixmap(alpha=False).tobytes("png")
        self._book.close()
        return data


def tag_width(text: str) -> float:
    """The width of a tag with this label, in pixels."""
    return text_width(text, LABEL) + 2 * _PAD
