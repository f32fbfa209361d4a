"""PDF page in, the same page read by pdfplumber out: where PyMuPDF fails, and a second opinion on a doubtful grid.

It hands out the same page content and the same tables as the first reader, so that the two can be compared.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from typing import Any

import pdfplumber
from pdfminer.pdfexceptions import PDFException
from pdfminer.psexceptions import PSException
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from extractors.grid import Source
from extractors.location import Box
from extractors.pdf.page.circles import paths_to_circles
from extractors.pdf.page.content import PageContent
from extractors.pdf.page.drawn_checkboxes import paths_to_check_boxes
from extractors.pdf.page.glyphs import glyphs_of
from extractors.pdf.page.paths import VectorPath
from extractors.pdf.page.rules import merge_positions, paths_to_rules
from extractors.pdf.tables.lattice import BoxCell, BoxTable

# What pdfplumber and pdfminer raise on files that are not as they should be.
REFUSALS = (
    PDFException, PSException, PdfminerException, MalformedPDFException, ValueError, KeyError, TypeError,
    AttributeError, IndexError, AssertionError, RecursionError, OSError, zlib.error,
)  # fmt: skip
_NEAR = 3.0
_SAME_LINE = 0.5


class SecondReader:
    """pdfplumber over one file, opened only where a page asks for it."""

    def __init__(self, source: Source, passwords: Sequence[str] = ()) -> None:
        self._source = source
        self._passwords = passwords

    def content(self, number: int) -> PageContent | None:
        """Glyphs and rules of the page `number` (from 0), None where pdfplumber refuses it too."""
        try:
            with _opened(self._source, self._passwords) as book:
                return read_content(book.pages[number])
        except REFUSALS:
            return None

    def tables(self, number: int) -> tuple[BoxTable, ...]:
        """The tables that pdfplumber finds on the page `number` (from 0), none where it refuses the page."""
        try:
            with _opened(self._source, self._passwords) as book:
                return read_tables(book.pages[number])
        except REFUSALS:
            return ()


@contextmanager
def _opened(source: Source, passwords: Sequence[str] = ()) -> Iterator[Any]:
    """The PDF as pdfplumber sees it, by the first password that fits. Raises one of REFUSALS."""
    for password in (*passwords, ""):
        try:
            book = pdfplumber.open(source, password=password)
        except PdfminerException:
            if not password:
                raise
            continue
        with book:
            yield book
        return


def read_content(page: Any) -> PageContent:
    """Glyphs and rules of a page; fields and annotations are not among them. Raises one of REFUSALS."""
    x, y = page.bbox[:2]
    chars = [char for char in page.chars if char["text"]]
    glyphs = [
        (char["text"][0], (char["x0"] - x, char["top"] - y, char["x1"] - x, char["bottom"] - y), float(char["size"]),
         bool(char["upright"]))
        for char in chars
    ]  # fmt: skip
    paths = tuple(_paths(page, x, y))
    squares = [box.box for box in paths_to_check_boxes(paths)]
    return PageContent(
        page.page_number,
        float(page.width),
        float(page.height),
        glyphs_of(glyphs, _line_numbers([glyph[1] for glyph in glyphs])),
        paths_to_rules(paths, squares),
        paths_to_circles(paths),
    )


def _line_numbers(boxes: Sequence[Box]) -> list[int]:
    """A line goes on as long as characters stand beside one another."""
    numbers = [0] * len(boxes)
    for index, (before, after) in enumerate(pairwise(boxes), 1):
        height = after[3] - after[1]
        level = abs(before[1] - after[1]) < _SAME_LINE * height and after[0] > before[0]
        numbers[index] = numbers[index - 1] + (not level)
    return numbers


def _paths(page: Any, x: float, y: float) -> Iterable[VectorPath]:
    for item in (*page.lines, *page.rects, *page.curves):
        box = (item["x0"] - x, item["top"] - y, item["x1"] - x, item["bottom"] - y)
        kind = item["object_type"]
        shade = _shade(item.get("non_stroking_color")) if item.get("fill") else None
        yield VectorPath(
            box,
            bool(item.get("stroke")) or kind == "line",
            shade,
            (box,) if kind == "line" else (),
            (box,) if kind == "rect" else (),
            len(item.get("pts", ())) if kind == "curve" else 0,
        )


def _shade(color: Any) -> float:
    parts = color if isinstance(color, list | tuple) else (color,)
    return min((float(part) for part in parts if isinstance(part, int | float)), default=0.0)


def read_tables(page: Any) -> tuple[BoxTable, ...]:
    """The tables that pdfplumber finds on a page, by its rules, else by its words. Raises one of REFUSALS."""
    x, y = page.bbox[:2]
    tables = page.find_tables() or page.find_tables({"vertical_strategy": "text"})
    return tuple(
        _table([(a - x, b - y, c - x, d - y) for a, b, c, d in table.cells])
        for table in tables
        if len(table.cells) > 1
    )


def _table(boxes: Sequence[Box]) -> BoxTable:
    cols = merge_positions([x for box in boxes for x in (box[0], box[2])], _NEAR)
    rows = merge_positions([y for box in boxes for y in (box[1], box[3])], _NEAR)
    snapped = {
        (_nearest(cols, x0), _nearest(rows, y0), _nearest(cols, x1), _nearest(rows, y1))
        for x0, y0, x1, y1 in boxes
    }
    cells = [box for box in snapped if box[0] < box[2] and box[1] < box[3]]
    ordered = sorted(cells, key=lambda box: (box[1], box[0]))
    return BoxTable(tuple(BoxCell(box) for box in ordered), tuple(rows), tuple(cols))


def _nearest(edges: Sequence[float], position: float) -> float:
    return min(edges, key=lambda edge: abs(edge - position))
