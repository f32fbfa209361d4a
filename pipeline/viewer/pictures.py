"""A received file in, PNG pictures of what was read out: read, lay out, choose, mark, draw, write."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from extractors.errors import ReadError
from extractors.grid import Document, Source
from extractors.issue import Issue
from extractors.pdf.render.model import PageView
from extractors.pdf.render.page import draw_views
from pipeline.document.process import DocumentResult, read_document
from pipeline.errors import NoSuchPage
from pipeline.problems import message_of
from pipeline.sources.contents import open_source
from pipeline.sources.discover import RawFile
from pipeline.viewer.captions import page_line, page_view
from pipeline.viewer.locate import SheetPage, Sheets, document_to_sheets
from pipeline.viewer.marks import PageMarks, outcome_to_pages
from pipeline.viewer.words import ViewerWords, styles

MOST_PICTURES = 100
_OWN = re.compile(r"(?:page|sheet|text)-[0-9]{2,}[^/]*\.png")
_LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be drawn: one page (from 1) or sheet, or all; where to, in which language, passwords to try."""

    out: Path
    page: int | None = None
    sheet: str | None = None
    language: str = "en"
    passwords: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """One written picture and the line that is said about it."""

    path: Path
    line: str


@dataclass(frozen=True, slots=True)
class Explained:
    """What came of a request: the file's status, the pictures, what else to tell, and why it could not be met."""

    status: str
    pictures: tuple[Picture, ...] = ()
    notes: tuple[str, ...] = ()
    refusal: str | None = None


@dataclass(frozen=True, slots=True)
class _Page:
    """One picture to be: its page from 1, the name of its file without ending, where it is for a reader, its sheet."""

    number: int
    stem: str
    where: str
    sheet: str | None = None


def explain_file(file: RawFile, request: Request) -> Explained:
    """Read a file and write a picture of each of its pages or sheets into `request.out`/<name of the file>/.

    Whatever a file holds comes back as an Explained: one that cannot be read has notes and no pictures; a page or sheet
    that it does not have and a folder that cannot be written are refusals.
    """
    words = ViewerWords(request.language)
    outcome = read_document(file, request.passwords)
    if outcome.document is None:
        notes = tuple(message_of(problem, file.name, request.language) for problem in outcome.issues)
        return Explained(outcome.status, notes=notes)
    folder = request.out / file.name
    try:
        pictures, notes = _draw_document(outcome, outcome.document, request, words)
    except NoSuchPage as missing:
        return Explained(outcome.status, refusal=missing.text(request.language))
    except OSError as error:
        detail = error.strerror or type(error).__name__
        return Explained(outcome.status, refusal=words.say("not_written", folder=folder, detail=detail))
    return Explained(outcome.status, pictures, notes)


def _draw_document(
    outcome: DocumentResult, document: Document, request: Request, words: ViewerWords
) -> tuple[tuple[Picture, ...], tuple[str, ...]]:
    """The written pictures and what to tell. Raises NoSuchPage, and OSError where they cannot be written."""
    name = outcome.file.name
    sheets, own = document_to_sheets(document), document.pages or 0
    pages = _pages(own, sheets, words)
    wanted = _wanted(pages, request, name)
    chosen = wanted[:MOST_PICTURES]
    shown = outcome_to_pages(outcome, sheets.behind(own) if own else sheets.locate(), words)
    views = [page_view(outcome, shown.get(p.number, PageMarks()), (p.number, p.where), words) for p in chosen]
    notes = [] if chosen else [words.say("nothing_to_draw", file=name)]
    if len(wanted) > len(chosen):
        notes.append(words.say("left_out", drawn=len(chosen), all=len(wanted)))
    folder = request.out / name
    _make_room(folder, all_pages=request.page is None and request.sheet is None)
    pictures: list[Picture] = []
    try:
        for page, data in zip(
            chosen,
            _pngs(open_source(outcome.file, request.passwords), (views, own), sheets, request),
            strict=True,
        ):
            path = folder / f"{page.stem}.png"
            path.write_bytes(data)
            line = page_line(shown.get(page.number, PageMarks()), page.where, words)
            pictures.append(Picture(path, line))
    except ReadError as error:
        notes.append(message_of(Issue(error.code, params=error.words), name, request.language))
    return tuple(pictures), tuple(notes)


def _pngs(
    source: Source, views_of: tuple[Sequence[PageView], int], sheets: Sheets, request: Request
) -> Iterator[bytes]:
    """The pictures of the views: of the file's `own` pages first, then of sheets drawn from their cells."""
    views, own = views_of
    printed = [view for view in views if view.page <= own]
    drawn = [view for view in views if view.page > own]
    if printed:
        yield from draw_views(source, request.passwords, printed, styles())
    if drawn:
        numbered = [replace(view, page=number) for number, view in enumerate(drawn, 1)]
        yield from draw_views(sheets.pdf([view.page - own for view in drawn]), (), numbered, styles())


def _pages(own: int, sheets: Sheets, words: ViewerWords) -> list[_Page]:
    """All pictures that the document could give: the pages of a PDF, then sheets."""
    printed = [
        _Page(n, f"page-{n:03}", words.say("where_page", page=n, pages=own)) for n in range(1, own + 1)
    ]
    return [
        *printed,
        *(_sheet_page(number, page, words) for number, page in enumerate(sheets.pages, own + 1)),
    ]


def _sheet_page(number: int, page: SheetPage, words: ViewerWords) -> _Page:
    grid = page.grid
    if grid.sheet is None:
        where, stem = words.say("where_text"), f"text-{page.sheet:02}"
    else:
        where = words.say("where_hidden" if grid.hidden else "where_sheet", sheet=grid.sheet)
        stem = f"sheet-{page.sheet:02}-{_file_name(grid.sheet)}"
    if page.parts > 1:
        where = f"{where}, {words.say('where_part', part=page.part, parts=page.parts)}"
        stem = f"{stem}-{page.part}"
    return _Page(number, stem, where, grid.sheet)


def _file_name(title: str) -> str:
    """A sheet's title as part of a file's name: letters, figures, `-` and `_` only."""
    return "".join(char if char.isalnum() or char in "-_" else "_" for char in title)[:_LONGEST_NAME]


def _wanted(pages: Sequence[_Page], request: Request, name: str) -> list[_Page]:
    """The pages asked for: of one sheet, or the page of this number among them. Raises NoSuchPage."""
    wanted = list(pages)
    if request.sheet is not None:
        sheets = list(dict.fromkeys(page.sheet for page in pages if page.sheet is not None))
        if not sheets:
            raise NoSuchPage({"file": name}, "no_sheets")
        wanted = [page for page in pages if page.sheet == request.sheet]
        if not wanted:
            known = ", ".join(sheets)
            raise NoSuchPage({"file": name, "sheet": request.sheet, "sheets": known}, "no_sheet")
    if request.page is None:
        return wanted
    if not 1 <= request.page <= len(wanted):
        raise NoSuchPage({"file": name, "page": request.page, "pages": len(wanted)}, "no_page")
    return [wanted[request.page - 1]]


def _make_room(folder: Path, all_pages: bool) -> None:
    """The folder made; where all is drawn anew, without the pictures of an earlier run."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.iterdir() if all_pages else ():
        if _OWN.fullmatch(path.name):
            path.unlink()
