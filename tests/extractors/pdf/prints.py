"""Pages drawn for tests: whole PDFs through reportlab, glyphs and lines as plain data.

All places are points from the page's top left, as in the product.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from extractors.pdf.page.glyph_lines import PrintedLine
from extractors.pdf.page.glyphs import Glyphs, glyphs_of
from normalizers.text import is_japanese

FONT = "HeiseiKakuGo-W5"


class Print:
    """A PDF being drawn; its font is named and not embedded."""

    def __init__(self, path: Path, size: tuple[float, float] = (400.0, 300.0)) -> None:
        pdfmetrics.registerFont(UnicodeCIDFont(FONT))
        self.path = path
        self.height = size[1]
        self.canvas = Canvas(str(path), pagesize=size)

    def text(self, x: float, y: float, text: str, size: float = 10.0) -> Print:
        """Write `text` with its base line `y` points below the top."""
        self.canvas.setFont(FONT, size)
        self.canvas.drawString(x, self.height - y, text)
        return self

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> Print:
        """Draw a straight rule."""
        self.canvas.line(x0, self.height - y0, x1, self.height - y1)
        return self

    def rules(self, xs: Sequence[float], ys: Sequence[float], foot: bool = True, head: bool = True) -> Print:
        """Draw the rules of a full table; without its first or last rule where the page end cuts it."""
        for y in ys[0 if head else 1 : None if foot else -1]:
            self.rule(xs[0], y, xs[-1], y)
        for x in xs:
            self.rule(x, ys[0], x, ys[-1])
        return self

    def table(
        self, xs: Sequence[float], ys: Sequence[float], rows: Sequence[Sequence[str]], foot: bool = True
    ) -> Print:
        """Draw a full table; texts may hold line breaks."""
        self.rules(xs, ys, foot=foot)
        for y, row in zip(ys, rows, strict=False):
            for x, text in zip(xs, row, strict=False):
                for number, line in enumerate(text.split("\n")):
                    self.text(x + 3, y + 12 + 12 * number, line)
        return self

    def page(self) -> Print:
        """End the page."""
        self.canvas.showPage()
        return self

    def save(self) -> Path:
        """End the last page and write the file."""
        self.canvas.showPage()
        self.canvas.save()
        return self.path


def written(writing: Sequence[tuple[float, float, str]], size: float = 10.0, upright: bool = True) -> Glyphs:
    """Glyphs of lines given as (left, top, text); kanji and kana are as wide as high, the rest half."""
    glyphs, numbers = [], []
    for number, (left, top, text) in enumerate(writing):
        x = left
        for char in text:
            width = size if is_japanese(char) else size / 2
            glyphs.append((char, (x, top, x + width, top + size), size, upright))
            numbers.append(number)
            x += width
    return glyphs_of(glyphs, numbers)


def lines_of(*texts: str, left: float = 0.0, pitch: float = 12.0, size: float = 10.0) -> list[PrintedLine]:
    """Printed lines one under the other, a blank text leaving its line free."""
    found = []
    for number, text in enumerate(texts):
        width = sum(size if is_japanese(char) else size / 2 for char in text)
        if text:
            top = number * pitch
            found.append(PrintedLine(text, (left, top, left + width, top + size), size))
    return found
