"""Boxes, tags and lines of text in, a picture in PNG out: a PDF page in memory whose unit is the pixel."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import Any

import pymupdf

from extractors.grid import Box
from extractors.pdf.marks import Colour, Style

WHITE: Colour = (1.0, 1.0, 1.0)
BLACK: Colour = (0.1, 0.1, 0.1)
_PAD = 2.0
_SIZE = 10.0
TAG_HEIGHT = _SIZE + 2.0
_HANGING = "。、，．）」』】〉》,.)"  # may stand behind the end of a line, as in Japanese print


@cache
def font() -> Any:
    """The font of all labels: it comes with PyMuPDF and has kana, kanji and Latin letters."""
    return pymupdf.Font("cjk")


def text_width(text: str, size: float = _SIZE) -> float:
    """The width of a line of text, in the unit of `size`."""
    return float(font().text_length(text, size))


def printable(text: str) -> str:
    """One line: line ends, tabs and what cannot be shown become a space."""
    shown = "".join(" " if unicodedata.category(char)[0] in "CZ" else char for char in text)
    return " ".join(shown.split())


def shorten(text: str, width: float, size: float = _SIZE) -> str:
    """The text on one line, cut with `…` where it is wider than `width`."""
    text = printable(text[: int(width) + 1])
    if text_width(text, size) <= width:
        return text
    while text and text_width(text + "…", size) > width:
        text = text[:-1]
    return text + "…" if text else ""


def wrap(text: str, width: float, size: float, most: int = 40) -> list[str]:
    """Lines no wider than `width`: broken where it must be, as Japanese may be; `most` lines, the last with `…`."""
    lines: list[str] = []
    for part in text.split("\n"):
        line = ""
        used = 0.0
        for char in printable(part[: 200 * most]):
            step = _advance(char) * size
            if line and used + step > width and char not in _HANGING:
                lines.append(line)
                line, used = "", 0.0
            line, used = line + char, used + step
        lines.append(line)
    return lines if len(lines) <= most else [*lines[: most - 1], lines[most - 1][:-1] + "…"]


@cache
def _advance(char: str) -> float:
    return float(font().glyph_advance(ord(char)))


class Canvas:
    """A white page that boxes, tags and text are put on; boxes lie under all text."""

    def __init__(self, width: float, height: float) -> None:
        self._book = pymupdf.open()
        self._page = self._book.new_page(width=width, height=height)
        self._shape = self._page.new_shape()
        self._writers: dict[Colour, Any] = {}

    def image(self, at: tuple[int, int], pixels: Any) -> None:
        """Lay a pixmap with its top left at `at`, pixel on pixel."""
        x, y = at
        self._page.insert_image((x, y, x + pixels.width, y + pixels.height), pixmap=pixels)

    def box(self, box: Box, style: Style) -> None:
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

    def text(self, at: tuple[float, float], text: str, size: float = _SIZE, colour: Colour = BLACK) -> None:
        """Write one line with its top left at `at`."""
        if not text:
            return
        writer = self._writers.get(colour)
        if writer is None:
            writer = self._writers[colour] = pymupdf.TextWriter(self._page.rect)
        writer.append((at[0], at[1] + 0.88 * size), text, font=font(), fontsize=size)

    def tag(self, at: tuple[float, float], text: str, style: Style, full: bool) -> Box:
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
        for colour, writer in self._writers.items():
            writer.write_text(self._page, color=colour)
        data: bytes = self._page.get_pixmap(alpha=False).tobytes("png")
        self._book.close()
        return data


def tag_width(text: str) -> float:
    """The width of a tag with this label, in pixels."""
    return text_width(text) + 2 * _PAD
