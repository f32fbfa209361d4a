"""Workbook of any kind in, one Grid a sheet out: every cell as the sheet shows it, formulas by cached value.

Every kind has a reader of its own, which is the fastest and tells the most; what it refuses is handed to the next one.
`.xlsx` and `.xlsm` go to the reader of their XML, then to openpyxl, then to calamine; `.xls`, `.ods` and `.fods` to the
readers of their records and XML, then to calamine. `extractor` says which one answered, and an issue which ones did not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO

from extractors.errors import BrokenDocument, Encrypted, Refused, refusal_detail
from extractors.excel.biff.reader import BROKEN, read_biff
from extractors.excel.fallback.calamine import read_by_calamine
from extractors.excel.fallback.openpyxl import REFUSALS, read_by_openpyxl
from extractors.excel.objects.apply import drawings_to_issues
from extractors.excel.opendocument.reader import read_open_document
from extractors.excel.package_findings import check_package
from extractors.excel.spreadsheetml.reader import NAME, read_spreadsheetml
from extractors.grid import Document, Source
from extractors.issue import Issue
from extractors.package.decrypt import decrypt


def read_workbook(source: Source) -> Document:
    """Read all worksheets of an .xlsx or .xlsm, hidden ones too. Raises Damaged, Encrypted or TooLarge."""
    try:
        return read_spreadsheetml(source)
    except Refused as refusal:
        first = _refusal_issue(NAME, refusal.words.get("detail", ""))
    _rewind(source)
    try:
        document = read_by_openpyxl(source)
    except REFUSALS as refusal:
        second = _refusal_issue("openpyxl", refusal_detail(refusal))
    else:
        return _with_issues(document, first)
    _rewind(source)
    document = read_by_calamine(source)
    undrawn = drawings_to_issues(check_package(source).drawn)
    return _with_issues(document, *undrawn, first, second)


def read_xls(source: Source, passwords: Sequence[str] = ()) -> Document:
    """Read all worksheets of an .xls; it may be protected from the inside of its container. Raises as read_workbook."""
    try:
        return _read_xls(source)
    except Encrypted:
        return _read_xls(decrypt(source, passwords))


def _read_xls(source: Source) -> Document:
    """By records; by calamine a workbook of Excel 95 or one whose records make no sense."""
    try:
        return read_biff(source)
    except BROKEN as refusal:
        return _by_calamine(source, "biff", refusal)


def read_ods(source: Source) -> Document:
    """Read all tables of an .ods or .fods. Raises as read_workbook."""
    try:
        return read_open_document(source)
    except BrokenDocument as refusal:
        return _by_calamine(source, "opendocument", refusal)


def _by_calamine(source: Source, reader: str, refusal: Exception) -> Document:
    """By the second reader of such workbooks, which says so."""
    _rewind(source)
    return _with_issues(read_by_calamine(source), _refusal_issue(reader, refusal_detail(refusal)))


def _refusal_issue(reader: str, detail: str) -> Issue:
    return Issue("reader_refused", params={"reader": reader, "detail": detail[:200]})


def _with_issues(document: Document, *issues: Issue) -> Document:
    return replace(document, issues=(*document.issues, *issues))


def _rewind(source: Source) -> None:
    if isinstance(source, BytesIO):
        source.seek(0)
