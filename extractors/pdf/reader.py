"""PDF file in, Document out: every page read once, then laid one under the other."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

os.environ.setdefault("PYMUPDF_SUGGEST_LAYOUT_ANALYZER", "0")  # keeps its advice off standard output

import pymupdf

from extractors.errors import Damaged, Encrypted
from extractors.grid import Document, Place, Trouble
from extractors.pdf.glyphs import page_to_glyphs, share_unreadable
from extractors.pdf.lattice import rules_to_tables
from extractors.pdf.pages import Page, pages_to_grid
from extractors.pdf.rules import page_to_rules

_UNREADABLE = 0.3
_ADDED = {
    "FreeText",
    "Stamp",
    "Ink",
    "Highlight",
    "Circle",
    "Square",
    "Line",
    "Polygon",
    "PolyLine",
    "StrikeOut",
}


def read_pdf(path: Path) -> Document:
    """Read all pages of the PDF at `path`. Raises Encrypted where it needs a password, Damaged where it is broken."""
    pymupdf.TOOLS.mupdf_display_errors(False)
    pymupdf.TOOLS.mupdf_display_warnings(False)
    try:
        with pymupdf.open(path, filetype="pdf") as book:
            if book.needs_pass:
                raise Encrypted
            return _read_pages(book)
    except (pymupdf.FileDataError, pymupdf.EmptyFileError, RuntimeError, ValueError) as error:
        raise Damaged(detail=str(error)[:200]) from error


def _read_pages(book: Any) -> Document:
    pages: list[Page] = []
    troubles: list[Trouble] = []
    for page in book:
        number = page.number + 1
        glyphs = page_to_glyphs(page)
        troubles += _page_troubles(page, number)
        if share_unreadable(glyphs) > _UNREADABLE:
            troubles.append(Trouble("text_without_unicode", Place(page=number)))
            continue
        if not any(not char.isspace() for char in glyphs.chars):
            if page.get_images():
                troubles.append(Trouble("page_without_text", Place(page=number)))
            continue
        tables = tuple(rules_to_tables(page_to_rules(page)))
        pages.append(Page(number, page.rect.width, page.rect.height, glyphs, tables))
    grids = (pages_to_grid(pages, f"pages 1-{len(book)}"),) if pages else ()
    return Document(grids, "pymupdf", pages=len(book), troubles=tuple(troubles))


def _page_troubles(page: Any, number: int) -> list[Trouble]:
    """Answers that stand on the page in another way than as its text."""
    widgets = sum(1 for _ in page.widgets())
    added = sum(1 for annotation in page.annots() if annotation.type[1] in _ADDED)
    if not widgets + added:
        return []
    return [Trouble("fields_not_read", Place(page=number), (("count", str(widgets + added)),))]
