"""PDF file in, Document out: every page read once, then laid one under the other."""

from __future__ import annotations

import os
from collections.abc import Sequence
from io import BytesIO
from typing import Any

os.environ.setdefault("PYMUPDF_SUGGEST_LAYOUT_ANALYZER", "0")  # keeps its advice off standard output

import pymupdf

from extractors.errors import Damaged, Encrypted
from extractors.grid import Document, Place, Source, Trouble
from extractors.pdf.attached import Attached, attached_files
from extractors.pdf.glyphs import share_unreadable
from extractors.pdf.ink import NOTE, STRUCK, Ink, page_to_ink
from extractors.pdf.pages import pages_to_grid
from extractors.pdf.rows import PageRows, page_to_rows
from extractors.pdf.tables import ink_to_page

_UNREADABLE = 0.3
_FEW_GLYPHS = 40
_COVERED = 0.5


def read_pdf(path: Source, passwords: Sequence[str] = ()) -> Document:
    """Read all pages of the PDF at `path`. Raises Encrypted where it needs a password, Damaged where it is broken."""
    pymupdf.TOOLS.mupdf_display_errors(False)
    pymupdf.TOOLS.mupdf_display_warnings(False)
    try:
        with _opened(path) as book:
            if book.needs_pass and not any(book.authenticate(password) for password in passwords):
                raise Encrypted
            if not len(book):
                raise Damaged(detail="no page is left")
            return _read_pages(book)
    except (pymupdf.FileDataError, pymupdf.EmptyFileError, RuntimeError, ValueError) as error:
        raise Damaged(detail=str(error)[:200]) from error


def _opened(path: Source) -> Any:
    if isinstance(path, BytesIO):
        return pymupdf.open(stream=path.getvalue(), filetype="pdf")
    return pymupdf.open(path, filetype="pdf")


def _read_pages(book: Any) -> Document:
    pages: list[PageRows] = []
    pinned: list[Attached] = []
    cols: tuple[float, ...] = ()
    troubles = [Trouble("file_repaired")] if book.is_repaired else []
    for page in book:
        number = page.number + 1
        ink = page_to_ink(page)
        troubles += _page_troubles(ink)
        pinned += ink.pinned
        if share_unreadable(ink.glyphs) > _UNREADABLE:
            troubles.append(Trouble("text_without_unicode", Place(page=number)))
            continue
        written = len("".join("".join(ink.glyphs.chars).split()))
        if _is_scan(page, written):
            troubles.append(Trouble("page_without_text", Place(page=number)))
        if not written:
            continue
        found = ink_to_page(ink, cols)
        cols = found.tables[-1].cols if found.guessed else ()
        pages.append(page_to_rows(found))
    grids = (pages_to_grid(pages, f"pages 1-{len(book)}"),) if pages else ()
    return Document(
        grids, "pymupdf", pages=len(book), troubles=tuple(troubles), attached=(*attached_files(book), *pinned)
    )


def _is_scan(page: Any, written: int) -> bool:
    """A page of pictures: no text at all, or no more than a page number or a stamp over pictures that fill it."""
    if not written:
        return bool(page.get_images())
    if written >= _FEW_GLYPHS:
        return False
    boxes = [pymupdf.Rect(image["bbox"]) & page.rect for image in page.get_image_info()]
    covered = sum(box.get_area() for box in boxes if not box.is_empty)
    return bool(covered > _COVERED * page.rect.get_area())


def _page_troubles(ink: Ink) -> list[Trouble]:
    """What a person should look at: withdrawn words, comments, and answers that may stand there as a picture."""
    page = ink.number
    troubles = [
        Trouble("text_struck_through", Place(page=page, bbox=line.box), (("text", line.text[:40]),))
        for line, why in ink.aside
        if why == STRUCK
    ]
    notes = sum(why == NOTE for _, why in ink.aside)
    if notes:
        troubles.append(Trouble("comments_not_read", Place(page=page), (("count", str(notes)),)))
    if ink.unread:
        troubles.append(Trouble("annotations_not_read", Place(page=page), (("count", str(ink.unread)),)))
    return troubles
