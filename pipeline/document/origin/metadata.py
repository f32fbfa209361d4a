"""What the readers found on the sheets in, the document's metadata out: vendor, service, title, printed date.

Sheets that hold the vendor's list are asked before examples: `会社名 | 株式会社カクウ` of 記入例 is nobody's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from extractors.checklist.model import GridResult, ListKind, Meta
from extractors.issue import Issue
from pipeline.document.extraction import Extraction
from pipeline.document.origin.folder_vendor import composed, folders_of
from pipeline.document.origin.vendor import (
    VendorHints,
    VendorName,
    VendorSource,
    find_vendor,
)
from pipeline.document.records import ChecklistRecords
from pipeline.document.status import ChecklistKind
from pipeline.sources.discover import RawFile


def document_metadata(
    file: RawFile, extraction: Extraction, checklists: Sequence[ChecklistRecords]
) -> tuple[Meta, VendorName, list[Issue]]:
    """The metadata, what names the vendor, and an issue where that is a guess."""
    meta = _printed_metadata([part.result for part in extraction.parts], checklists)
    if meta.vendor is not None:
        return meta, VendorName(meta.vendor, VendorSource.SHEET), []
    vendor = find_vendor(_vendor_hints(file, extraction, (meta, checklists)))
    issues = [Issue("vendor_guessed", params={"vendor": str(vendor.name)})] if vendor.is_guess else []
    return replace(meta, vendor=vendor.name), vendor, issues


def vendor_by_names(file: RawFile) -> VendorName:
    """The vendor of a file that could not be read, by its names and its mail."""
    return find_vendor(
        VendorHints(names=_path_parts(file), folders=folders_of(file.name), mail=_mail_texts(file))
    )


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
    return VendorHints(
        (meta.service,),
        lines,
        _path_parts(file),
        extraction.document.properties,
        filled,
        folders_of(file.name),
        _mail_texts(file),
    )


def _mail_texts(file: RawFile) -> list[str]:
    return [file.mail.sender.partition("<")[0], file.mail.subject] if file.mail else []


def _path_parts(file: RawFile) -> list[str]:
    """Names of the file and its folders, innermost first, without ending and with separators as spaces."""
    path = Path(composed(file.name))
    return [re.sub(r"[_＿\-]+", " ", part) for part in (path.stem, *reversed(path.parts[:-1]))]


def printed_date(sheets: Sequence[GridResult]) -> str | None:
    """The date as printed on the sheets; the vendor's list before examples."""
    return next((sheet.meta.date for sheet in _vendors_first(sheets) if sheet.meta.date), None)
