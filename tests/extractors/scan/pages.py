"""Pages drawn for tests as gray pictures: a table with rules, marks drawn in it, turned and darkened as a scanner does."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pymupdf
from PIL import Image

DPI = 200
XS = (40, 80, 300, 360, 520)


def table_page(rows: Sequence[Sequence[str]], row_height: float = 26.0) -> pymupdf.Document:
    """A page of 560×300 points with a ruled table of the rows, in the Japanese font that PyMuPDF carries.

    Of the marks ○ × □ and `ring:` before a text the shape is drawn, as a printer draws it.
    """
    book = pymupdf.open()
    page = book.new_page(width=560, height=40 + row_height * (len(rows) + 1))
    foot = 30 + row_height * len(rows)
    for x in XS:
        page.draw_line((x, 30), (x, foot), width=0.8)
    for number in range(len(rows) + 1):
        page.draw_line((XS[0], 30 + number * row_height), (XS[-1], 30 + number * row_height), width=0.8)
    for number, row in enumerate(rows):
        for left, right, text in zip(XS, XS[1:], row, strict=False):
            _write(page, (left, 30 + number * row_height, right, 30 + (number + 1) * row_height), text)
    return book


def _write(page: pymupdf.Page, box: tuple[float, float, float, float], text: str) -> None:
    left, top, right, bottom = box
    x, y = (left + right) / 2, (top + bottom) / 2
    if text == "○":
        page.draw_circle((x, y), 4.6, width=0.9)
    elif text == "×":
        page.draw_line((x - 4, y - 4), (x + 4, y + 4), width=0.9)
        page.draw_line((x + 4, y - 4), (x - 4, y + 4), width=0.9)
    elif text.startswith("ring:"):
        page.insert_text((left + 8, y + 3.5), text[5:], fontname="japan", fontsize=10)
        page.draw_oval((left + 3, y - 8.5, left + 24, y + 8.5), width=0.9)
    else:
        page.insert_text((left + 5, y + 3.5), text, fontname="japan", fontsize=10)


def to_gray(book: pymupdf.Document, dpi: int = DPI) -> np.ndarray:
    """The first page as a gray picture."""
    pixels = book[0].get_pixmap(dpi=dpi, colorspace=pymupdf.csGRAY)
    return np.frombuffer(pixels.samples, np.uint8).reshape(pixels.h, pixels.stride)[:, : pixels.w].copy()


def scanned(gray: np.ndarray, angle: float = 0.0, light: float = 1.0, noise: float = 4.0) -> np.ndarray:
    """The picture as a scanner hands it out: turned by degrees, lit from the right, noisy."""
    turned = Image.fromarray(gray).rotate(angle, Image.Resampling.BICUBIC, fillcolor=255)
    values = np.asarray(turned, np.float32) * np.linspace(light, 1.0, gray.shape[1])[None, :]
    values += np.random.default_rng(1).normal(0, noise, values.shape)
    return np.clip(values, 0, 255).astype(np.uint8)
