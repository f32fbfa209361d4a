"""What the readers found on the sheets in, the document's metadata out: vendor, service, title, date of receipt.

Sheets that hold the vendor's list are asked before examples. The date in the name of the file or a folder counts before
the one printed: `20260415_回答.xlsx` was received on that day, whatever the form was printed with.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from extractors.checklist.model import GridResult, ListKind, Meta
from extractors.issue import Issue
from normalizers.values.dates import first_date
from pipeline.document.extraction import Extraction
from pipeline.document.records import ChecklistRecords
from pipeline.document.status import ChecklistKind
from pipeline.document.vendor import VendorHints, find_vendor
from pipeline.sources.discover import RawFile

_DATE_IN_NAME = re.compile(r"(?<!\d)(20\d\d)[ .年]?(\d{2})[ .月]?(\d{2})(?!\d)")


def document_metadata(
    file: RawFile, extraction: Extraction, checklists: Sequence[ChecklistRecords]
) -> tuple[Meta, list[Issue]]:
    """The metadata, and an issue where the vendor is a guess."""
    meta = _printed_metadata([part.result for part in extraction.parts], checklists)
    if meta.vendor is not None:
        return meta, []
    vendor, guessed = find_vendor(_vendor_hints(file, extraction, (meta, checklists)))
    issues = [Issue("vendor_guessed", params={"vendor": str(vendor)})] if guessed else []
    return replace(meta, vendor=vendor), issues


def _printed_metadata(sheets: Sequence[GridResult], checklists: Sequence[ChecklistRecords]) -> Meta:
    """What the document says about itself."""
    ordered = _vendors_first(sheets)
    vendor = next((sheet.meta.vendor for sheet in ordered if sheet.meta.vendor), None)
    service = next((sheet.meta.service for sheet in ordered if sheet.meta.service), None)
    titles = (
        c.checklist.title for c in checklists if c.checklist.title and c.kind != ChecklistKind.REFERENCE
    )
    title = next(titles, None) or next((sheet.meta.title for sheet in ordered if sheet.meta.title), None)
    return Meta(vendor, service, title, printed_date(ordered))


def _vendors_first(sheets: Sequence[GridResult]) -> list[GridResult]:
    """The sheets, those that hold the vendor's list before examples."""
    return sorted(sheets, key=lambda sheet: any(c.kind != ListKind.FORM for c in sheet.checklists))


def _vendor_hints(
    file: RawFile, extraction: Extraction, read: tuple[Meta, Sequence[ChecklistRecords]]
) -> VendorHints:
    """What may name the vendor of a document that has no label for it; `read` is what was found in it."""
    meta, checklists = read
    lines = [leftover.text for part in extraction.parts for leftover in part.result.leftovers]
    lines += [text for part in extraction.parts for text in part.aside]
    filled = any(checklist.kind == ChecklistKind.FILLED for checklist in checklists)
    return VendorHints((meta.service,), lines, _path_parts(file), extraction.document.properties, filled)


def _path_parts(file: RawFile) -> list[str]:
    """Names of the file and its folders, innermost first, without ending and with separators as spaces."""
    path = Path(file.name)
    return [re.sub(r"[_＿\-]+", " ", part) for part in (path.stem, *reversed(path.parts[:-1]))]


def printed_date(sheets: Sequence[GridResult]) -> str | None:
    """The date as printed on the sheets; the vendor's list before examples."""
    return next((sheet.meta.date for sheet in _vendors_first(sheets) if sheet.meta.date), None)


def date_of_receipt(file: RawFile, printed: str | None) -> dt.date | None:
    """The date as a person decided, else in the file's or a folder's name (20260415, 2026-04-15), else as printed."""
    if file.received_at is not None:
        return file.received_at
    for part in _path_parts(file):
        match = _DATE_IN_NAME.search(part)
        if match:
            try:
                return dt.date(*map(int, match.groups()))
            except ValueError:
                continue
    return first_date(printed) if printed else None
