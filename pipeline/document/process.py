"""One raw file in, everything that is known about it out: the life of a document, one step a line."""

from __future__ import annotations

import datetime as dt
import re
import traceback
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from extractors.checklist.model import Checklist, Found, Leftover, Meta
from extractors.errors import Encrypted, ReadError
from extractors.grid import Document
from extractors.issue import Issue
from extractors.location import Location
from extractors.sniff import MEDIA_TYPES, sniff
from normalizers.answers.colour_legend import told_by_colour
from normalizers.values.dates import first_date
from pipeline.document.checks import check_checklist
from pipeline.document.extraction import Extract, Part, extract_file
from pipeline.document.extraction_cache import load_extract
from pipeline.document.records import About, ChecklistRecords, checklist_to_records
from pipeline.document.vendor import Told, vendor_of
from pipeline.problems import severity_of
from pipeline.sources.discover import RawFile

_LOW_COVERAGE = 0.5
_KEEPS_COLOURS = {"spreadsheetml", "openpyxl", "biff", "opendocument", "wordprocessingml"}
# Reasons of texts that are known for what they are, though no row of answers holds them.
EXPLAINED = {
    "note",
    "example_row",
    "example_column",
    "total_row",
    "running_text",
    "reference",
    "struck_through",
    "placeholder",
    "linked_state",
    "earlier_answer",
    "verdict",
    "label",
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one file gave. `seconds` is for the log and the summary only, never for a table.

    `told` are the places of cells that say something about the sheet and stand in no row. `extract` is what the readers
    gave, None where it came from the store.
    """

    file: RawFile
    status: str
    media_type: str
    document: Document | None = None
    checklists: tuple[ChecklistRecords, ...] = ()
    leftovers: tuple[Leftover, ...] = ()
    meta: Meta = field(default_factory=Meta)
    coverage: float | None = None
    issues: tuple[Issue, ...] = ()
    seconds: float = 0.0
    trace: str = ""
    told: tuple[Location, ...] = ()
    extract: Extract | None = None


def read_document(file: RawFile, passwords: Sequence[str] = ()) -> Outcome:
    """Read one file; whatever happens comes back as an Outcome, so that one file never ends a run.

    What the store keeps of it is taken where `file.stored` names it; a damaged entry is read anew.
    """
    if file.skip is not None:
        status = "duplicate" if file.duplicate_of else "no_checklist"
        if file.skip.code in {"file_unreadable", "folder_unreadable"}:
            status = "failed"
        return _failed(file, status, file.skip)
    try:
        return _read(file, passwords)
    except ReadError as error:
        status = "encrypted" if isinstance(error, Encrypted) else "failed"
        return _failed(file, status, Issue(error.code, params=error.words))
    except OSError as error:
        return _failed(
            file, "failed", Issue("file_unreadable", params={"detail": error.strerror or str(error)})
        )
    except MemoryError:
        return _failed(file, "failed", Issue("file_out_of_memory"))
    except Exception as error:  # noqa: BLE001  the one place that isolates a document
        problem = Issue("internal_error", params={"detail": f"{type(error).__name__}: {error}"[:200]})
        return replace(_failed(file, "failed", problem), trace=traceback.format_exc())


def _read(file: RawFile, passwords: Sequence[str]) -> Outcome:
    """What the store keeps of a file, else what the readers give of it."""
    stored = load_extract(file.stored) if file.stored else None
    if stored is not None:
        return _interpret(file, stored)
    extract = extract_file(file.path, passwords)
    return replace(_interpret(file, extract), extract=extract)


def _failed(file: RawFile, status: str, problem: Issue) -> Outcome:
    try:
        kind = sniff(file.path) if file.readable else "unknown"
    except (OSError, ReadError):
        kind = "unknown"
    return Outcome(file, status, MEDIA_TYPES[kind], issues=(problem,))


def _interpret(file: RawFile, extract: Extract) -> Outcome:
    document = extract.document
    found = [part.found for part in extract.parts]
    legend = [line for part in found for line in part.legend_lines]
    read_lists = [c for part in found for c in part.checklists]
    date = _date_of(file, _printed_date(found))
    kept = document.extractor in _KEEPS_COLOURS
    notes = {} if kept else _colour_notes(found)
    checklists = tuple(
        checklist_to_records(checklist, legend, About(date, notes.get(checklist.sheet, ()), kept))
        for checklist in _in_use(read_lists)
    )
    leftovers = tuple(leftover for part in found for leftover in part.leftovers)
    coverage = _coverage(extract.parts)
    problems = [*document.issues, *(issue for part in found for issue in part.issues)]
    for checklist in checklists:
        problems += check_checklist(checklist)
    problems += _check_leftovers(leftovers)
    if not checklists:
        problems.append(Issue("no_checklist"))
    else:
        problems += _check_coverage(extract.parts)
    meta = _meta(found, checklists)
    if meta.vendor is None:
        vendor, guessed = vendor_of(_told(file, extract, (meta, checklists)))
        meta = replace(meta, vendor=vendor)
        if guessed:
            problems.append(Issue("vendor_guessed", params={"vendor": str(vendor)}))
    status = _status(extract, checklists, problems)
    told = tuple(place for part in found for place in part.told)
    return Outcome(
        file,
        status,
        extract.media_type,
        document,
        checklists,
        leftovers,
        meta,
        coverage,
        tuple(problems),
        told=told,
    )


def _colour_notes(found: Sequence[Found]) -> dict[str | None, tuple[str, ...]]:
    """Sheet → the notes on it that say by colours what the answers mean."""
    texts = [(leftover.location.sheet, leftover.text) for part in found for leftover in part.leftovers]
    texts += [
        (c.sheet, text)
        for part in found
        for c in part.checklists
        for text in (c.title or "", *c.legend_lines)
    ]
    notes: dict[str | None, tuple[str, ...]] = {}
    for sheet, text in texts:
        if told_by_colour([text]):
            notes[sheet] = (*notes.get(sheet, ()), text)
    return notes


def _in_use(checklists: list[Checklist]) -> list[Checklist]:
    """A hidden sheet that asks nothing but what a visible one asks is a copy: kept, but as a reference."""
    questions = {row.requirement for c in checklists if not c.hidden for row in c.rows}
    return [
        replace(c, kind="reference") if c.hidden and {row.requirement for row in c.rows} <= questions else c
        for c in checklists
    ]


def _status(extract: Extract, checklists: tuple[ChecklistRecords, ...], problems: list[Issue]) -> str:
    if any(severity_of(problem) == "error" for problem in problems):
        return "partial" if extract.parts else "failed"
    return "ok" if checklists else "no_checklist"


def _coverage(parts: Sequence[Part]) -> float | None:
    """Share of the non-empty cells that are used or known for what they are."""
    total = sum(part.filled for part in parts)
    if not total:
        return None
    explained = sum(leftover.reason in EXPLAINED for part in parts for leftover in part.found.leftovers)
    return min(1.0, (sum(part.found.used for part in parts) + explained) / total)


def _check_coverage(parts: Sequence[Part]) -> list[Issue]:
    """A sheet with a checklist of which most cells are not used may have been read wrongly."""
    problems = []
    for part in parts:
        share = _coverage([part])
        if part.found.checklists and share is not None and share < _LOW_COVERAGE:
            problems.append(Issue("low_coverage", Location(sheet=part.sheet), {"share": f"{share:.0%}"}))
    return problems


def _check_leftovers(leftovers: tuple[Leftover, ...]) -> list[Issue]:
    others = [leftover for leftover in leftovers if leftover.reason == "other_answer_column"]
    sheets = Counter(leftover.location.sheet for leftover in others)
    first = {leftover.location.sheet: leftover.location for leftover in reversed(others)}
    return [Issue("other_answer_column", first[s], {"count": str(n)}) for s, n in sheets.items()]


def _meta(found: list[Found], checklists: tuple[ChecklistRecords, ...]) -> Meta:
    """What the document says about itself; sheets that hold the vendor's list are asked before examples."""
    order = sorted(found, key=lambda part: any(c.kind != "form" for c in part.checklists))
    vendor = next((p.meta.vendor for p in order if p.meta.vendor), None)
    service = next((p.meta.service for p in order if p.meta.service), None)
    title = next((c.checklist.title for c in checklists if c.checklist.title and c.kind != "reference"), None)
    title = title or next((p.meta.title for p in order if p.meta.title), None)
    return Meta(vendor, service, title, _printed_date(order))


def _told(file: RawFile, extract: Extract, read: tuple[Meta, tuple[ChecklistRecords, ...]]) -> Told:
    """What may name the vendor of a document that has no label for it; `read` is what was found in it."""
    meta, checklists = read
    lines = [left.text for part in extract.parts for left in part.found.leftovers]
    lines += [text for part in extract.parts for text in part.aside]
    filled = any(checklist.kind == "filled" for checklist in checklists)
    return Told((meta.service,), lines, _path_parts(file), extract.document.properties, filled)


def _path_parts(file: RawFile) -> list[str]:
    """Names of the file and its folders, innermost first, without ending and with separators as spaces."""
    path = Path(file.name)
    return [re.sub(r"[_＿\-]+", " ", part) for part in (path.stem, *reversed(path.parts[:-1]))]


def _printed_date(found: Sequence[Found]) -> str | None:
    """The date as printed on the sheets; the vendor's list before examples."""
    order = sorted(found, key=lambda part: any(c.kind != "form" for c in part.checklists))
    return next((part.meta.date for part in order if part.meta.date), None)


def received_at(outcome: Outcome) -> dt.date | None:
    """The date in the file's or a folder's name (20260415, 2026-04-15), else the date printed on the sheet."""
    return _date_of(outcome.file, outcome.meta.date)


def _date_of(file: RawFile, printed: str | None) -> dt.date | None:
    for part in _path_parts(file):
        match = re.search(r"(?<!\d)(20\d\d)[ .年]?(\d{2})[ .月]?(\d{2})(?!\d)", part)
        if match:
            try:
                return dt.date(*map(int, match.groups()))
            except ValueError:
                continue
    return first_date(printed) if printed else None
