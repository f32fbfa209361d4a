"""A PDF and what to show of its pages in, PNG pictures out: the page with marks over it, a caption, and notes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from typing import Any

import pymupdf

from extractors.errors import Damaged, Encrypted
from extractors.grid import Source
from extractors.pdf.render.canvas import BLACK, TAG_HEIGHT, Canvas, tag_width
from extractors.pdf.render.fonts import shorten, text_width, wrap
from extractors.pdf.render.marks import Key, Mark, Style, View
from extractors.pdf.render.overlay import Frame, draw_marks

DPI = 110
MOST_PIXELS = 6_000_000  # of a page: 24 MB while it is drawn, whatever box a file gives its page
MOST_SIDE = 5_000
_NARROWEST = 820
_MARGIN = 6.0
_MOST_MARGIN = 260.0
_TITLE, _LINE, _ROW = 17.0, 12.0, 18.0
_NOTES = 60


def draw_views(
    source: Source, passwords: Sequence[str], views: Sequence[View], styles: Mapping[str, Style]
) -> Iterator[bytes]:
    """One PNG a view, in their order. Raises Encrypted or Damaged as `read_pdf` does."""
    pymupdf.TOOLS.mupdf_display_errors(False)
    pymupdf.TOOLS.mupdf_display_warnings(False)
    stream = source.getvalue() if isinstance(source, BytesIO) else None
    path = None if isinstance(source, BytesIO) else source
    try:
        with pymupdf.open(path, stream=stream, filetype="pdf") as book:
            if book.needs_pass and not any(book.authenticate(password) for password in passwords):
                raise Encrypted
            for view in views:
                pixels, scale = _page_to_pixels(book[view.page - 1])
                yield _picture(pixels, scale, view, styles)
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


def _picture(pixels: Any, scale: float, view: View, styles: Mapping[str, Style]) -> bytes:
    """The caption above, numbers and answers in the margins, the page between them, notes below."""
    left, right = (_margin(view.marks, side, styles) for side in ("left", "right"))
    width = max(left + pixels.width + right, _NARROWEST)
    legend = _legend_rows(view.legend, width - 2 * _MARGIN)
    top = int(2 * _MARGIN + _TITLE + 6 + (_LINE + 5) * len(view.lines) + _ROW * len(legend) + TAG_HEIGHT)
    notes = [line for note in view.notes for line in wrap(note, width - 2 * _MARGIN, _LINE, 4)][:_NOTES]
    canvas = Canvas(width, top + pixels.height + 3 * _MARGIN + (_LINE + 4) * len(notes))
    canvas.image((left, top), pixels)
    canvas.box((left, top, left + pixels.width, top + pixels.height), Style((0.6, 0.6, 0.6)))
    _caption(canvas, view, legend, (width, styles))
    draw_marks(canvas, view.marks, styles, Frame(left, top, scale, left + pixels.width, top + pixels.height))
    for number, line in enumerate(notes):
        canvas.text((_MARGIN, top + pixels.height + 2 * _MARGIN + (_LINE + 4) * number), line, _LINE)
    return canvas.png()


def _margin(marks: Sequence[Mark], side: str, styles: Mapping[str, Style]) -> int:
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


def _caption(
    canvas: Canvas,
    view: View,
    legend: Sequence[Sequence[tuple[float, Key]]],
    room: tuple[float, Mapping[str, Style]],
) -> None:
    width, styles = room
    y = _MARGIN
    canvas.text((_MARGIN, y), shorten(view.title, width - 2 * _MARGIN, _TITLE), _TITLE)
    y += _TITLE + 6
    for line in view.lines:
        canvas.text((_MARGIN, y), shorten(line, width - 2 * _MARGIN, _LINE), _LINE)
        y += _LINE + 5
    for row in legend:
        for x, key in row:
            box = _key_tag(canvas, (x, y), key, styles[key.kind])
            canvas.text((box + 4, y), key.meaning, _LINE, BLACK)
        y += _ROW


def _key_tag(canvas: Canvas, at: tuple[float, float], key: Key, style: Style) -> float:
    """The sample of a kind of mark; returns its right edge."""
    x, y = at
    if style.tag in {"corner", "badge", "right"} and key.label.strip():
        return canvas.tag(at, key.label, style, full=True)[2]
    box = (x, y, x + max(tag_width(key.label), 16.0), y + TAG_HEIGHT)
    canvas.box(box, style)
    canvas.text((x + 2, y), key.label, colour=style.colour)
    return box[2]
