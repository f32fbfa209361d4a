"""A PDF and what to show of its pages in, PNG pictures out: the page with marks over it, a caption, and notes.

A person sees so at one look which cell was read as 「回答」 and which as 「備考」.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pymupdf

from extractors.errors import Damaged
from extractors.grid import Source
from extractors.pdf.open_file import open_shown
from extractors.pdf.render.canvas import BLACK, TAG_HEIGHT, Canvas, tag_width
from extractors.pdf.render.fonts import shorten, text_width, wrap
from extractors.pdf.render.model import Key, MarkStyle, PageImage, PageMark, PageView
from extractors.pdf.render.overlay import PageFrame, draw_marks

DPI = 110
MOST_PIXELS = 6_000_000  # of a page: 24 MB while it is drawn, whatever box a file gives its page
MOST_SIDE = 5_000
_NARROWEST = 820
_MARGIN = 6.0
_MOST_MARGIN = 260.0
_TITLE, _LINE, _ROW = 17.0, 12.0, 18.0
_NOTES = 60


def draw_views(
    source: Source, passwords: Sequence[str], views: Sequence[PageView], styles: Mapping[str, MarkStyle]
) -> Iterator[bytes]:
    """One PNG a view, in their order. Raises Encrypted or Damaged as `read_pdf` does."""
    try:
        with open_shown(source, passwords) as book:
            for view in views:
                pixels, scale = _page_to_pixels(book[view.page - 1])
                yield _picture(pixels, scale, view, styles)
    except (pymupdf.FileDataError, pymupdf.EmptyFileError, RuntimeError, ValueError, IndexError) as error:
        raise Damaged(detail=str(error)[:200]) from error


def draw_bare_page(source: Source, passwords: Sequence[str], page: int) -> PageImage:
    """The page (from 1) alone, for what draws marks over it itself. Raises Encrypted or Damaged as `read_pdf` does."""
    try:
        with open_shown(source, passwords) as book:
            pixels, scale = _page_to_pixels(book[page - 1])
            return PageImage(pixels.tobytes("png"), scale, pixels.width, pixels.height)
    except (pymupdf.FileDataError, pymupdf.EmptyFileError, RuntimeError, ValueError, IndexError) as error:
        raise Damaged(detail=str(error)[:200]) from error


def scale_of(width: float, height: float) -> float:
    """Pixels a point at which a page of this size (points) is drawn: 110 dpi, fewer on a huge one."""
    width, height = max(width, 1.0), max(height, 1.0)
    fits = ((MOST_PIXELS / (width * height)) ** 0.5, MOST_SIDE / width, MOST_SIDE / height)
    return float(min(DPI / 72, *fits))


def _page_to_pixels(page: Any) -> tuple[Any, float]:
    scale = scale_of(page.rect.width, page.rect.height)
    return page.get_pixmap(matrix=pymupdf.Matrix(scale, scale), alpha=False), scale


def _picture(pixels: Any, scale: float, view: PageView, styles: Mapping[str, MarkStyle]) -> bytes:
    """The caption above, numbers and answers in the margins, the page between them, notes below."""
    left, right = (_margin(view.marks, side, styles) for side in ("left", "right"))
    width = max(left + pixels.width + right, _NARROWEST)
    legend = _legend_rows(view.legend, width - 2 * _MARGIN)
    top = int(2 * _MARGIN + _TITLE + 6 + (_LINE + 5) * len(view.lines) + _ROW * len(legend) + TAG_HEIGHT)
    notes = [line for note in view.notes for line in wrap(note, width - 2 * _MARGIN, _LINE, 4)][:_NOTES]
    frame = PageFrame(left, top, scale, left + pixels.width, top + pixels.height)
    canvas = Canvas(width, frame.bottom + 3 * _MARGIN + (_LINE + 4) * len(notes))
    canvas.image((left, top), pixels)
    canvas.box((left, top, frame.right, frame.bottom), MarkStyle((0.6, 0.6, 0.6)))
    caption_end = _write_caption(canvas, view, width - 2 * _MARGIN)
    _draw_legend(canvas, legend, caption_end, styles)
    draw_marks(canvas, view.marks, styles, frame)
    for number, line in enumerate(notes):
        canvas.text((_MARGIN, frame.bottom + 2 * _MARGIN + (_LINE + 4) * number), line, _LINE)
    return canvas.png()


def _margin(marks: Sequence[PageMark], side: str, styles: Mapping[str, MarkStyle]) -> int:
    """How wide a margin must be for its labels, which stand side by side where they belong to one row."""
    rows: dict[float, float] = {}
    for mark in marks:
        if styles[mark.kind].tag == side:
            rows[mark.box[1]] = rows.get(mark.box[1], _MARGIN) + tag_width(mark.label) + 3
    return int(min(max(rows.values(), default=0.0) + _MARGIN, _MOST_MARGIN))


def _legend_rows(legend: Sequence[Key], width: float) -> list[list[tuple[float, Key]]]:
    """The entries of the legend with their left edges, in as many rows as they need."""
    rows: list[list[tuple[float, Key]]] = []
    x = width
    for key in legend:
        step = tag_width(key.label) + text_width(key.meaning, _LINE) + 18
        if x + step > width or not rows:
            rows.append([])
            x = 0.0
        rows[-1].append((x + _MARGIN, key))
        x += step
    return rows


def _write_caption(canvas: Canvas, view: PageView, width: float) -> float:
    """Title and lines above the page; returns where they end."""
    y = _MARGIN
    canvas.text((_MARGIN, y), shorten(view.title, width, _TITLE), _TITLE)
    y += _TITLE + 6
    for line in view.lines:
        canvas.text((_MARGIN, y), shorten(line, width, _LINE), _LINE)
        y += _LINE + 5
    return y


def _draw_legend(
    canvas: Canvas,
    legend: Sequence[Sequence[tuple[float, Key]]],
    top: float,
    styles: Mapping[str, MarkStyle],
) -> None:
    """The rows of the legend: a sample of each kind of mark, and what it means."""
    for number, row in enumerate(legend):
        for x, key in row:
            y = top + _ROW * number
            right = _draw_sample(canvas, (x, y), key, styles[key.kind])
            canvas.text((right + 4, y), key.meaning, _LINE, BLACK)


def _draw_sample(canvas: Canvas, at: tuple[float, float], key: Key, style: MarkStyle) -> float:
    """The sample of a kind of mark; returns its right edge."""
    x, y = at
    if style.tag in {"corner", "badge", "right"} and key.label.strip():
        return canvas.tag(at, key.label, style, full=True)[2]
    box = (x, y, x + max(tag_width(key.label), 16.0), y + TAG_HEIGHT)
    canvas.box(box, style)
    canvas.text((x + 2, y), key.label, colour=style.colour)
    return box[2]
