"""PDF file in, Document out: every page read once, then laid one under the other.

PyMuPDF reads; pdfplumber reads a page that PyMuPDF fails on, and a second time one whose grid is in doubt.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from io import BytesIO
from typing import Any

os.environ.setdefault("PYMUPDF_SUGGEST_LAYOUT_ANALYZER", "0")  # keeps its advice off standard output

import pymupdf

from extractors.errors import Damaged, Encrypted
from extractors.gc_pause import no_collection
from extractors.grid import Document, Source
from extractors.issue import Issue
from extractors.location import Location
from extractors.pdf.page.attachments import Attached, attached_files
from extractors.pdf.page.content import NOTE, STRUCK, Ink, page_to_ink
from extractors.pdf.page.glyphs import share_unreadable
from extractors.pdf.pdfplumber_reader import SecondReader
from extractors.pdf.tables.find_tables import ink_to_page
from extractors.pdf.tables.lattice import BoxTable
from extractors.pdf.tables.second_opinion import settle
from extractors.pdf.text.page_rows import PageRows, page_to_rows
from extractors.pdf.text.stitch_pages import pages_to_grid

_LONGEST_PROPERTY = 200
_UNREADABLE = 0.3
_FEW_GLYPHS = 40
_NO_MEMORY = re.compile(r"\w*alloc \(.*\) failed")
_COVERED = 0.5
_FIRST, _SECOND = "pymupdf", "pdfplumber"
# What MuPDF raises through PyMuPDF on a broken file or page.
_BROKEN = (pymupdf.FileDataError, pymupdf.EmptyFileError, pymupdf.mupdf.FzErrorBase, RuntimeError, ValueError)


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
            return _read_pages(book, SecondReader(path, passwords))
    except _BROKEN as error:
        _check_memory(error)
        raise Damaged(detail=str(error)[:200]) from error


def _opened(path: Source) -> Any:
    if isinstance(path, BytesIO):
        return pymupdf.open(stream=path.getvalue(), filetype="pdf")
    return pymupdf.open(path, filetype="pdf")


@dataclass(slots=True)
class _Reading:
    """What the pages read so far gave."""

    pages: list[PageRows] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    pinned: list[Attached] = field(default_factory=list)
    cols: tuple[float, ...] = ()
    readers: set[str] = field(default_factory=set)


def _read_pages(book: Any, second: SecondReader) -> Document:
    reading = _Reading(issues=[Issue("file_repaired")] if book.is_repaired else [])
    for number in range(len(book)):
        with no_collection():  # a sixth of the time of reading a page goes there else
            _read_page(book, number, reading, second)
    grids = (pages_to_grid(reading.pages, f"pages 1-{len(book)}"),) if reading.pages else ()
    attached = (*attached_files(book), *reading.pinned)
    return Document(
        grids,
        "+".join(sorted(reading.readers or {_FIRST}, reverse=True)),
        pages=len(book),
        issues=tuple(reading.issues),
        attached=attached,
        properties=_properties(book),
    )


def _properties(book: Any) -> tuple[tuple[str, str], ...]:
    """The author that the PDF's information names."""
    author = " ".join(str((book.metadata or {}).get("author") or "").split())
    return (("author", author[:_LONGEST_PROPERTY]),) if author else ()


def _read_page(book: Any, number: int, reading: _Reading, second: SecondReader) -> None:
    """Add a page to the reading: its rows, or why it has none."""
    place, reader = Location(page=number + 1), _FIRST
    try:
        page = book.load_page(number)  # indexing raises IndexError, as a fault of this program would
        ink = page_to_ink(page)
        picture = _is_scan(page, _written(ink))
    except _BROKEN as error:
        _check_memory(error)
        params = {"reader": _FIRST, "detail": str(error)[:200]}
        reading.issues.append(Issue("page_refused", place, params))
        replaced = second.ink(number)
        if replaced is None:
            return
        ink, picture, reader = replaced, False, _SECOND
    reading.issues += _page_issues(ink)
    reading.pinned += ink.pinned
    if share_unreadable(ink.glyphs) > _UNREADABLE:
        reading.issues.append(Issue("text_without_unicode", place))
        return
    if picture:
        reading.issues.append(Issue("page_without_text", place))
    if _written(ink):
        _add_rows(ink, reading, reader, partial(second.tables, number))


def _check_memory(error: BaseException) -> None:
    """Raises MemoryError where MuPDF met the limit: the page may be whole, and no other reader needs less."""
    if _NO_MEMORY.search(str(error)):
        raise MemoryError from error


def _add_rows(ink: Ink, reading: _Reading, reader: str, second: Callable[[], Sequence[BoxTable]]) -> None:
    """Add the rows of a page that `reader` read; `second` tells what the other reader sees."""
    settled = settle(ink_to_page(ink, reading.cols), ink, second)
    page = settled.page
    reading.cols = page.tables[-1].cols if page.guessed else ()
    kept = _SECOND if settled.second else reader
    reading.readers.add(kept)
    if settled.disagreement is not None:
        params = {"reader": kept, "share": f"{settled.disagreement:.1%}"}
        reading.issues.append(Issue("readers_disagree", Location(page=ink.number), params))
    if page.unsure:
        reading.issues.append(Issue("rows_uncertain", Location(page=ink.number)))
    rows = page_to_rows(page)
    notes = sum(why == NOTE for _, why in rows.aside)
    if notes:
        location = Location(page=ink.number)
        reading.issues.append(Issue("comments_not_read", location, {"count": str(notes)}))
    reading.pages.append(rows)


def _written(ink: Ink) -> int:
    """Number of characters on a page that are no white space."""
    return len("".join("".join(ink.glyphs.chars).split()))


def _is_scan(page: Any, written: int) -> bool:
    """A page of pictures: no text at all, or no more than a page number or a stamp over pictures that fill it."""
    if not written:
        return bool(page.get_images())
    if written >= _FEW_GLYPHS:
        return False
    boxes = [pymupdf.Rect(image["bbox"]) & page.rect for image in page.get_image_info()]
    covered = sum(box.get_area() for box in boxes if not box.is_empty)
    return bool(covered > _COVERED * page.rect.get_area())


def _page_issues(ink: Ink) -> list[Issue]:
    """What a person should look at: withdrawn words, and answers that may stand there as a picture."""
    page = ink.number
    issues = [
        Issue("text_struck_through", Location(page=page, bbox=line.box), {"text": line.text[:40]})
        for line, why in ink.aside
        if why == STRUCK
    ]
    if ink.unread:
        issues.append(Issue("annotations_not_read", Location(page=page), {"count": str(ink.unread)}))
    return issues
