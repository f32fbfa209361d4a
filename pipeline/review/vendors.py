"""What people decided of files and folders in, documents that follow it out: vendor, service and date of receipt.

The key is a file's or folder's path inside the raw folder, or a pattern with * and ?: `社甲/`, `*_回答.xlsx`. Later decisions
outrank earlier ones; what nobody decided stays as it was found.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase

from pipeline.document.origin.vendor import VendorSource
from pipeline.document.process import DocumentResult
from pipeline.review.decision import Decision, DecisionKind

_OF_VENDORS = {"vendor_guessed"}
_KINDS = frozenset({DecisionKind.VENDOR, DecisionKind.SERVICE, DecisionKind.DATE})


@dataclass(frozen=True, slots=True)
class Correction:
    """One decision: the path or pattern, and the vendor, service and date that count there ("" and None where they stay)."""

    line: int
    path: str
    vendor: str = ""
    service: str = ""
    date: dt.date | None = None


def read_corrections(decisions: Iterable[Decision]) -> list[Correction]:
    """The decisions of the kinds vendor, service and date, in their order."""
    return [_correction(entry) for entry in decisions if entry.kind in _KINDS]


def _correction(entry: Decision) -> Correction:
    (path,), (text,) = entry.key, entry.value
    if entry.kind == DecisionKind.DATE:
        return Correction(entry.line, path, date=dt.date.fromisoformat(text))
    if entry.kind == DecisionKind.SERVICE:
        return Correction(entry.line, path, service=text)
    return Correction(entry.line, path, vendor=text)


def apply_corrections(outcome: DocumentResult, corrections: Sequence[Correction]) -> DocumentResult:
    """The outcome with its vendor and service as the corrections that cover it say."""
    own = corrections_of(outcome.file.name, corrections)
    return _apply(outcome, own) if own else outcome


def corrections_of(name: str, corrections: Sequence[Correction]) -> list[Correction]:
    """The corrections that cover the file `name`, a path relative to the raw folder."""
    return [correction for correction in corrections if covers(correction.path, name)]


def date_of(name: str, corrections: Sequence[Correction]) -> dt.date | None:
    """The date of receipt that people decided for the file `name`; None where nobody did."""
    dates = [correction.date for correction in corrections_of(name, corrections) if correction.date]
    return dates[-1] if dates else None


def _apply(outcome: DocumentResult, corrections: Sequence[Correction]) -> DocumentResult:
    meta, issues = outcome.meta, outcome.issues
    for correction in corrections:
        meta = replace(
            meta, vendor=correction.vendor or meta.vendor, service=correction.service or meta.service
        )
    if any(correction.vendor for correction in corrections):
        issues = tuple(issue for issue in issues if issue.code not in _OF_VENDORS)
        return replace(outcome, meta=meta, issues=issues, vendor_source=VendorSource.REVIEWED)
    return replace(outcome, meta=meta, issues=issues)


def covers(pattern: str, name: str) -> bool:
    """Whether a path, a folder or a pattern covers the file `name`; both may be written composed or decomposed."""
    wanted, path = (unicodedata.normalize("NFC", text.replace("\\", "/")) for text in (pattern, name))
    folder = wanted.rstrip("/") + "/"
    return path == wanted or path.startswith(folder) or fnmatchcase(path, wanted)
