"""People's corrections of vendors and services in, documents that follow them out: they outrank what was found.

`data/review/vendors.csv`, in UTF-8 or as Japanese Excel saves a CSV (cp932), has the columns path, vendor, service (further
ones are passed over). `path` is a file's or folder's path inside the raw folder, or a pattern with * and ?. Later lines
outrank earlier ones; an empty cell leaves what was found.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from pathlib import Path

from pipeline.document.process import DocumentResult
from pipeline.errors import VendorsUnreadable
from pipeline.review.decision_rows import decision_text

_COLUMNS = ("path", "vendor", "service")


@dataclass(frozen=True, slots=True)
class Correction:
    """One line: the path or pattern, and the vendor and service that count there ("" where they stay)."""

    line: int
    path: str
    vendor: str
    service: str


def read_corrections(path: Path) -> list[Correction]:
    """All lines of the CSV file at `path`, none where it is missing.

    Raises VendorsUnreadable where a column is missing, a line names no path or nothing to correct, or the file is neither
    UTF-8 nor cp932.
    """
    if not path.exists():
        return []
    try:
        with io.StringIO(decision_text(path, VendorsUnreadable), newline="") as stream:
            reader = csv.DictReader(stream)
            missing = [name for name in _COLUMNS if name not in (reader.fieldnames or ())]
            if missing:
                params = {"path": path, "column": missing[0]}
                raise VendorsUnreadable(params, "column_missing")
            corrections = [
                Correction(reader.line_num, *((row[name] or "").strip() for name in _COLUMNS))
                for row in reader
            ]
    except csv.Error as error:
        params = {"path": path, "why": error}
        raise VendorsUnreadable(params, "file_unreadable") from error
    for correction in corrections:
        if not correction.path or not (correction.vendor or correction.service):
            raise VendorsUnreadable({"path": path, "line": correction.line}, "line_incomplete")
    return corrections


def apply_corrections(outcome: DocumentResult, corrections: Sequence[Correction]) -> DocumentResult:
    """The outcome with its vendor and service as the corrections that cover it say."""
    own = corrections_of(outcome.file.name, corrections)
    return _apply(outcome, own) if own else outcome


def corrections_of(name: str, corrections: Sequence[Correction]) -> list[Correction]:
    """The corrections that cover the file `name`, a path relative to the raw folder."""
    return [correction for correction in corrections if _fits(correction.path, name)]


def unused_corrections(names: Sequence[str], corrections: Sequence[Correction]) -> list[Correction]:
    """The corrections that cover none of the files `names`."""
    return [entry for entry in corrections if not any(_fits(entry.path, name) for name in names)]


def _apply(outcome: DocumentResult, corrections: Sequence[Correction]) -> DocumentResult:
    meta, issues = outcome.meta, outcome.issues
    for correction in corrections:
        meta = replace(
            meta, vendor=correction.vendor or meta.vendor, service=correction.service or meta.service
        )
    if any(correction.vendor for correction in corrections):
        issues = tuple(issue for issue in issues if issue.code != "vendor_guessed")
    return replace(outcome, meta=meta, issues=issues)


def _fits(pattern: str, name: str) -> bool:
    """Whether a path, a folder or a pattern covers the file `name`; both may be written composed or decomposed."""
    wanted, path = (unicodedata.normalize("NFC", text.replace("\\", "/")) for text in (pattern, name))
    folder = wanted.rstrip("/") + "/"
    return path == wanted or path.startswith(folder) or fnmatchcase(path, wanted)
