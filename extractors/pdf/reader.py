"""PDF file in, Document out: every page read once, then laid one under the other.

Input is a file and passwords to try, output one grid with the rows of all pages, the issues, and attached files. PyMuPDF
reads; pdfplumber reads a page that PyMuPDF fails on, and a second time one whose cells cut words, as 「鍵は毎晩掛ける」
into 「鍵は毎」 and 「晩掛ける」.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from math import inf
from typing import Any

os.environ.setdefault("PYMUPDF_SUGGEST_LAYOUT_ANALYZER", "0")  # keeps its advice off standard output

import pymupdf

from extractors.errors import Damaged, Unsupported
from extractors.gc_pause import pause_gc
from extractors.grid import Document, Grid, Source, source_bytes
from extractors.issue import Issue
from extractors.location import PICTURE, Location
from extractors.pdf.cells.answer_cells import check_cells
from extractors.pdf.cells.apply_check import apply_check
from extractors.pdf.cells.overflow import settle_overflow
from extractors.pdf.half_ruled.complete import complete_tables
from extractors.pdf.open_file import open_pdf
from extractors.pdf.page.attachments import Attachment, read_attachments
from extractors.pdf.page.content import HIDDEN, NOTE, PageContent
from extractors.pdf.page.glyphs import share_unreadable
from extractors.pdf.page_issues import book_issues, hidden_issues, page_issues, shown_issues
from extractors.pdf.pdfplumber_reader import SecondReader
from extractors.pdf.scanned.read_scans import ScanClock, page_picture_to_content, scan_issues
from extractors.pdf.shown.read_page import PageViewer, page_to_content
from extractors.pdf.shown.turned_page import Turn, Turns, cell_as_shown, location_as_shown
from extractors.pdf.tables.find_tables import content_to_page
from extractors.pdf.tables.second_opinion import ReaderAgreement, resolve_readers
from extractors.pdf.text.page_rows import PageRows, page_to_rows
from extractors.pdf.text.stitch_pages import pages_to_grid

_LONGEST_PROPERTY = 200
_UNREADABLE = 0.3
_FEW_GLYPHS = 40
_FEWEST_READ = 10  # characters read in a picture: with fewer, what a person sees in it was hardly text
_NO_MEMORY = re.compile(r"\w*alloc \(.*\) failed")
_COVERED = 0.5
# Who locks a PDF other than by a password: Office's rights management, Adobe's by policy or certificate, sellers of books.
_RIGHTS = re.compile(
    rb"/Filter\s*/(?:MicrosoftIRMServices|Adobe\.(?:APS|PubSec|PPKLite)|EBX_HANDLER|FOPN_\w+)"
)
_FIRST, _SECOND = "pymupdf", "pdfplumber"
# What MuPDF raises through PyMuPDF on a broken file or page.
_BROKEN = (pymupdf.FileDataError, pymupdf.EmptyFileError, pymupdf.mupdf.FzErrorBase, RuntimeError, ValueError)


def read_pdf(path: Source, passwords: Sequence[str] = (), scan_seconds: float = inf) -> Document:
    """Read all pages of the PDF at `path`, those that are pictures for `scan_seconds` at most, 0 for none.

    Raises Encrypted where it needs a password, Unsupported where rights management locks it, Damaged where it is broken.
    """
    try:
        with open_pdf(path, passwords) as book:
            if not len(book):
                raise Damaged(detail="no page is left")
            return _read_pages(book, SecondReader(path, passwords), ScanClock(scan_seconds))
    except _BROKEN as error:
        _check_memory(error)
        if _RIGHTS.search(source_bytes(path)):
            raise Unsupported(kind="pdf", code="file_rights_managed") from error
        raise Damaged(detail=str(error)[:200]) from error


@dataclass(frozen=True, slots=True)
class _PageInput:
    """A page as a reader sees it, None where both refuse it: whose, whether a picture, what went wrong, how it is turned."""

    content: PageContent | None
    reader: str = _FIRST
    is_scan: bool = False
    issues: tuple[Issue, ...] = ()
    view: PageViewer | None = None
    turn: Turn = (0, (0.0, 0.0))


@dataclass(frozen=True, slots=True)
class _PageOutput:
    """What a page gave: its rows, if it has any, and which reader's they are, issues, files pinned to it.

    `cols` are the column edges of an unruled table that the next page may go on with, `turn` by how many degrees its writing
    is turned, with the size of the page put upright.
    """

    cols: tuple[float, ...]
    issues: tuple[Issue, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    rows: PageRows | None = None
    reader: str | None = None
    turn: Turn = (0, (0.0, 0.0))


def _read_pages(book: Any, second: SecondReader, clock: ScanClock) -> Document:
    outputs: list[_PageOutput] = []
    cols: tuple[float, ...] = ()
    for number in range(len(book)):
        with pause_gc():  # a sixth of the time of reading a page goes there else
            outputs.append(_read_page(_read_content(book, number, second, clock), number, cols, second))
        cols = outputs[-1].cols
    pages = [output.rows for output in outputs if output.rows is not None]
    turns = {
        output.rows.number: output.turn for output in outputs if output.rows is not None and output.turn[0]
    }
    return Document(
        (_as_shown(pages_to_grid(pages, f"pages 1-{len(book)}"), turns),) if pages else (),
        "+".join(sorted({output.reader for output in outputs if output.reader} or {_FIRST}, reverse=True)),
        pages=len(book),
        issues=(
            *book_issues(book),
            *(_issue_as_shown(issue, turns) for output in outputs for issue in output.issues),
            *scan_issues(pages),
        ),
        attached=(*read_attachments(book), *(file for output in outputs for file in output.attachments)),
        properties=_properties(book),
    )


def _as_shown(grid: Grid, turns: Turns) -> Grid:
    """The grid with places as a viewer shows them, where the writing of pages is turned."""
    if not turns:
        return grid
    cells, aside = (tuple(cell_as_shown(cell, turns) for cell in part) for part in (grid.cells, grid.aside))
    return replace(grid, cells=cells, aside=aside)


def _issue_as_shown(issue: Issue, turns: Turns) -> Issue:
    return replace(issue, location=location_as_shown(issue.location, turns)) if turns else issue


def _properties(book: Any) -> tuple[tuple[str, str], ...]:
    """The author that the PDF's information names."""
    author = " ".join(str((book.metadata or {}).get("author") or "").split())
    return (("author", author[:_LONGEST_PROPERTY]),) if author else ()


def _read_content(book: Any, number: int, second: SecondReader, clock: ScanClock) -> _PageInput:
    """The page `number` (from 0) as PyMuPDF sees it, or as pdfplumber does where PyMuPDF fails."""
    try:
        page = book.load_page(number)  # indexing raises IndexError, as a fault of this program would
        content, view = page_to_content(page)
        turn = (content.turn, (content.width, content.height))
        if not _is_scan(page, _count_characters(content)):
            return _PageInput(content, view=view, turn=turn)
        refusal = clock.refusal(number + 1)
        if refusal is not None:
            return _PageInput(content, is_scan=True, issues=(refusal,), view=view, turn=turn)
        return _PageInput(_picture_content(page, content), PICTURE, is_scan=True, turn=turn)
    except _BROKEN as error:
        _check_memory(error)
        params = {"reader": _FIRST, "detail": str(error)[:200]}
        refused = Issue("page_refused", Location(page=number + 1), params)
        return _PageInput(second.content(number), _SECOND, issues=(refused,))


def _read_page(seen: _PageInput, number: int, cols: tuple[float, ...], second: SecondReader) -> _PageOutput:
    """The rows of a page, or why it has none; `cols` are the column edges of the page before."""
    content = seen.content
    if content is None:
        return _PageOutput(cols, seen.issues)
    location = Location(page=number + 1)
    issues = [*seen.issues, *page_issues(content, seen.is_scan)]
    if share_unreadable(content.glyphs) > _UNREADABLE:
        issues.append(Issue("text_without_unicode", location))
        return _PageOutput(cols, tuple(issues), content.attachments)
    hidden = any(why == HIDDEN for _, why in content.aside)
    n_characters = _count_characters(content)
    if seen.is_scan:
        issues += _scan_issues(content, n_characters, hidden)
    elif content.drawings.is_page_of_outlines(n_characters):
        issues.append(Issue("page_of_outlines", location))
    elif hidden and not n_characters:
        issues += hidden_issues(content.number, content.glyphs, content.aside)
    if not n_characters:
        return _PageOutput(cols, tuple(issues), content.attachments)
    agreement = resolve_readers(
        complete_tables(content_to_page(content, cols), content), content, partial(second.tables, number)
    )
    page = settle_overflow(agreement.page)
    shown = apply_check(page, seen.view, check_cells(page, content, seen.view))
    rows = page_to_rows(page if shown.page is page else settle_overflow(shown.page))
    reader = _SECOND if agreement.by_second else seen.reader
    issues += [*_row_issues(agreement, rows, reader), *([] if seen.is_scan else shown_issues(content, shown))]
    next_cols = agreement.page.tables[-1].cols if agreement.page.unruled else ()
    return _PageOutput(next_cols, tuple(issues), content.attachments, rows, reader, seen.turn)


def _picture_content(page: Any, content: PageContent) -> PageContent:
    """A page as its picture reads; `content` is what the file says beside it: comments, hidden text, files pinned to it."""
    return replace(
        page_picture_to_content(page),
        aside=content.aside,
        unread_count=content.unread_count,
        attachments=content.attachments,
        undrawn_fields=content.undrawn_fields,
    )


def _scan_issues(content: PageContent, n_characters: int, hidden: bool) -> list[Issue]:
    """That hardly anything was read in a picture, or that its hidden text layer was not taken in its place."""
    location = Location(page=content.number)
    if content.read_by == PICTURE and n_characters >= _FEWEST_READ:
        return []
    if hidden:
        return [Issue("text_layer_not_trusted", location)]
    return [Issue("page_without_text", location)] if content.read_by == PICTURE else []


def _check_memory(error: BaseException) -> None:
    """Raises MemoryError where MuPDF met the limit: the page may be whole, and no other reader needs less."""
    if _NO_MEMORY.search(str(error)):
        raise MemoryError from error


def _row_issues(agreement: ReaderAgreement, rows: PageRows, reader: str) -> list[Issue]:
    """What is uncertain about the rows of a page: two readers differ, rows run together, comments belong to no cell."""
    location = Location(page=rows.number)
    issues = []
    if agreement.disagreement is not None:
        params = {"reader": reader, "share": f"{agreement.disagreement:.1%}"}
        issues.append(Issue("readers_disagree", location, params))
    if agreement.page.rows_uncertain:
        issues.append(Issue("rows_uncertain", location))
    notes = sum(why == NOTE for _, why in rows.aside)
    if notes:
        issues.append(Issue("comments_not_read", location, {"count": str(notes)}))
    return issues


def _count_characters(content: PageContent) -> int:
    """Number of characters on a page that are no white space."""
    return len("".join("".join(content.glyphs.chars).split()))


def _is_scan(page: Any, n_characters: int) -> bool:
    """A page of pictures: no text at all, or no more than a page number or a stamp over pictures that fill it."""
    if not n_characters:
        return bool(page.get_images())
    if n_characters >= _FEW_GLYPHS:
        return False
    boxes = [pymupdf.Rect(image["bbox"]) & page.rect for image in page.get_image_info()]
    covered = sum(box.get_area() for box in boxes if not box.is_empty)
    return bool(covered > _COVERED * page.rect.get_area())
