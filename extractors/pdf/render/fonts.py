"""Lines of text in, text on a PDF page out, in the font that comes with PyMuPDF; and how wide text is in it.

「、」 and 「。」 may hang over the end of a line, as in Japanese print.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import cache
from typing import Any

import pymupdf

from extractors.pdf.render.model import Colour

_HANGING = "。、，．）」』】〉》,.)"  # may stand behind the end of a line, as in Japanese print
_BASE = 0.88
_MOST = 200  # lines a writer takes: it measures all that it holds after each of them


@cache
def font() -> Any:
    """The font of all labels: it has kana, kanji and Latin letters."""
    return pymupdf.Font("cjk")


class PageWriter:
    """Text that is gathered by colour and written on a page at the end."""

    def __init__(self, page: Any) -> None:
        self._page = page
        self._writers: dict[Colour, list[Any]] = {}
        self._lines: Counter[Colour] = Counter()

    def text(self, at: tuple[float, float], text: str, size: float, colour: Colour) -> None:
        """Write one line with its top left at `at`."""
        if not text:
            return
        writers = self._writers.setdefault(colour, [])
        if self._lines[colour] % _MOST == 0:
            writers.append(pymupdf.TextWriter(self._page.rect))
        self._lines[colour] += 1
        writers[-1].append((at[0], at[1] + _BASE * size), text, font=font(), fontsize=size)

    def flush(self) -> None:
        """Put all text on the page."""
        for colour, writers in self._writers.items():
            for writer in writers:
                writer.write_text(self._page, color=colour)


def text_width(text: str, size: float) -> float:
    """The width of a line of text, in the unit of `size`."""
    return size * sum(map(_advance, text))


def printable(text: str) -> str:
    """One line: line ends, tabs and what cannot be shown become a space."""
    shown = "".join(" " if unicodedata.category(char)[0] in "CZ" else char for char in text)
    return " ".join(shown.split())


def shorten(text: str, width: float, size: float) -> str:
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
    for part in text[: 200 * most].split("\n"):
        line, used = "", 0.0
        for char in printable(part):
            step = _advance(char) * size
            if line and used + step > width and char not in _HANGING:
                lines.append(line)
                line, used = "", 0.0
            line, used = line + char, used + step
        lines.append(line)
    return lines if len(lines) <= most else [*lines[: most - 1], lines[most - 1][:-1] + "…"]


@cache
def _advance(char: str) -> float:
    """The width of a character, of the font's size."""
    return float(font().glyph_advance(ord(char)))
