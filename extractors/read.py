"""path → Document: the one door of the room. Which reader was used stands in `Document.extractor`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path

from extractors.errors import Damaged, Encrypted, ReadError, Unsupported
from extractors.excel.biff.reader import BROKEN, read_biff
from extractors.excel.fallback.calamine import read_old_workbook
from extractors.excel.opendocument.reader import BrokenDocument, read_open_document
from extractors.excel.workbook import read_workbook
from extractors.grid import Document, Grid, Source
from extractors.html.reader import read_html
from extractors.html.xml_spreadsheet import read_spreadsheet
from extractors.issue import Issue
from extractors.limits import bounded
from extractors.location import Location
from extractors.package.decrypt import unlock
from extractors.package.properties import workbook_properties
from extractors.pdf.reader import read_pdf
from extractors.sniff import sniff
from extractors.text.reader import read_text
from extractors.word.reader import read_word


def read(path: Path, passwords: Sequence[str] = ()) -> Document:
    """Everything written in the file at `path`, verbatim, as grids; `passwords` are tried on protected files.

    Files attached to a PDF are read with it: their places name the attachment as the sheet.
    Raises Encrypted, Unsupported, Damaged, TooLarge, TooMuch (errors.py) or OSError; never guesses what it could not read.
    """
    kind = sniff(path)
    if kind == "text":
        return bounded(read_text(path))
    document = _read_kind(kind, path, passwords)
    for name, data in document.attached:
        document = _with_attached(document, name, BytesIO(data), passwords)
    return bounded(replace(document, attached=()))


def _read_kind(kind: str, source: Source, passwords: Sequence[str]) -> Document:
    if kind == "encrypted":
        source = unlock(source, passwords)
        kind = "docx" if sniff(source) == "docx" else "xlsx"
    if kind in _PACKAGES:
        return replace(_PACKAGES[kind](source), properties=workbook_properties(source))
    if kind == "xls":
        return _read_old(source, passwords)
    if kind == "pdf":
        return read_pdf(source, passwords)
    if kind == "empty":
        raise Damaged(detail="0 bytes")
    if kind not in _PLAIN:
        raise Unsupported(kind=kind)
    return _PLAIN[kind](source)


def _with_attached(document: Document, name: str, source: BytesIO, passwords: Sequence[str]) -> Document:
    """The document and what its attachment holds; one that cannot be read is an issue, never the end of the rest."""
    kind = sniff(source)
    try:
        inner = _read_kind(kind, source, passwords)
    except ReadError as error:
        unread = Issue("attachment_not_read", params={"name": name, "reason": error.code})
        return replace(document, issues=(*document.issues, unread))
    deeper = [
        Issue("attachment_not_read", params={"name": f"{name} / {nested}", "reason": "attached twice"})
        for nested, _ in inner.attached
    ]
    grids = tuple(_inside(grid, name) for grid in inner.grids)
    issues = (replace(issue, location=_placed(issue.location, name)) for issue in inner.issues)
    return replace(document, grids=(*document.grids, *grids), issues=(*document.issues, *issues, *deeper))


def _inside(grid: Grid, name: str) -> Grid:
    """The grid of an attachment, its places named after it."""
    cells, aside = (
        tuple(replace(cell, location=_placed(cell.location, name)) for cell in part)
        for part in (grid.cells, grid.aside)
    )
    sheet = grid.sheet and f"{name} / {grid.sheet}"
    return replace(grid, name=f"{name} / {grid.name}", cells=cells, aside=aside, sheet=sheet)


def _placed(location: Location, name: str) -> Location:
    return replace(location, sheet=f"{name} / {location.sheet}" if location.sheet else name)


def _read_old(path: Source, passwords: Sequence[str]) -> Document:
    """An old workbook may be protected from the inside of its container."""
    try:
        return _read_xls(path)
    except Encrypted:
        return _read_xls(unlock(path, passwords))


def _read_xls(source: Source) -> Document:
    """By records; by calamine a workbook of Excel 95 or one whose records make no sense."""
    try:
        return read_biff(source)
    except BROKEN as refusal:
        return _by_calamine(source, "biff", refusal)


def _read_ods(source: Source) -> Document:
    """By its XML; by calamine where that makes no sense."""
    try:
        return read_open_document(source)
    except BrokenDocument as refusal:
        return _by_calamine(source, "opendocument", refusal)


def _by_calamine(source: Source, reader: str, refusal: Exception) -> Document:
    """By the second reader of old workbooks, which says so."""
    if isinstance(source, BytesIO):
        source.seek(0)
    document = read_old_workbook(source)
    params = {"reader": reader, "detail": f"{type(refusal).__name__}: {refusal}"[:200]}
    return replace(document, issues=(*document.issues, Issue("reader_refused", params=params)))


# The readers of Office packages, which keep properties.
_PACKAGES: dict[str, Callable[[Source], Document]] = {"xlsx": read_workbook, "docx": read_word}
# The readers of other files that take no password from their inside.
_PLAIN: dict[str, Callable[[Source], Document]] = {
    "xlsb": read_old_workbook,
    "ods": _read_ods,
    "fods": _read_ods,
    "html": read_html,
    "xml_spreadsheet": read_spreadsheet,
}
