"""One raw file in, everything that is known about it out: the life of a document, one step a line."""

from __future__ import annotations

import traceback
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from extractors.checklist.model import (
    Checklist,
    GridResult,
    LayoutStatus,
    Leftover,
    ListKind,
    Meta,
    TableLayout,
)
from extractors.errors import Encrypted, ReadError
from extractors.formats import FORMATS, MEDIA_TYPES, keeps_colours
from extractors.grid import Document
from extractors.issue import Issue
from extractors.location import Location
from extractors.mail.carried import CarriedRole, Contents
from extractors.read import read_contents
from extractors.sniff import sniff
from normalizers.answers.legend import LegendEntry
from normalizers.legends.meaning import LegendDecision
from normalizers.responses.colour_legend import is_colour_coded
from normalizers.text import fold
from pipeline.document.checks import check_checklist
from pipeline.document.coverage import check_coverage, check_leftovers, coverage_of
from pipeline.document.extraction import Extraction, extract_file, is_read_by
from pipeline.document.extraction_cache import load_extraction
from pipeline.document.layouts import check_layouts, document_layouts
from pipeline.document.origin.metadata import document_metadata, printed_date, vendor_by_names
from pipeline.document.origin.received_date import date_of_receipt
from pipeline.document.origin.vendor import VendorSource
from pipeline.document.records import ChecklistRecords, SheetContext, checklist_to_records
from pipeline.document.status import NOT_READ, DocumentStatus
from pipeline.problems import Severity, severity_of
from pipeline.sources.contents import open_source
from pipeline.sources.discover import RawFile

MOST_ROWS = 30_000  # of lists in a file: twenty times those of the longest sheet that is known
_NOT_OPENED = {"file_unreadable", "file_unfinished", "file_open_elsewhere", "folder_unreadable"}
_EMPTY = "file_empty"
_NOISE = {
    "lock_file_ignored",
    "hidden_file_ignored",
    "password_file_ignored",
    "mail_part_ignored",
    "inline_picture_ignored",
}
_CONTAINERS = frozenset(entry.kind for entry in FORMATS if entry.opener)


@dataclass(frozen=True, slots=True)
class DocumentResult:
    """What one file gave. `seconds` is for the log and the summary only, never for a table.

    `metadata_locations` are of cells that say something about the sheet and stand in no row. `extraction` is what the readers
    gave, None where it came from the store. `layouts` tell how its tables were read or would be; `form_keys` are those of
    all its tables.
    """

    file: RawFile
    status: DocumentStatus
    media_type: str
    document: Document | None = None
    checklists: tuple[ChecklistRecords, ...] = ()
    leftovers: tuple[Leftover, ...] = ()
    meta: Meta = field(default_factory=Meta)
    coverage: float | None = None
    issues: tuple[Issue, ...] = ()
    seconds: float = 0.0
    trace: str = ""
    metadata_locations: tuple[Location, ...] = ()
    extraction: Extraction | None = None
    layouts: tuple[TableLayout, ...] = ()
    form_keys: tuple[str, ...] = ()
    vendor_source: VendorSource | None = None


def read_document(file: RawFile, passwords: Sequence[str] = ()) -> DocumentResult:
    """Read one file; whatever happens comes back as a DocumentResult, so that one file never ends a run.

    What the store keeps of it is taken where `file.stored` names it; a damaged entry is read anew.
    """
    refusal = file.skip or next(iter(file.notes), None)
    if refusal is not None:
        return _not_read(file, _status_of_refused(file, refusal), refusal)
    try:
        return _read(file, passwords)
    except ReadError as error:
        status = DocumentStatus.ENCRYPTED if isinstance(error, Encrypted) else DocumentStatus.FAILED
        return _not_read(file, status, Issue(error.code, params=error.words))
    except OSError as error:
        issue = Issue("file_unreadable", params={"detail": error.strerror or str(error)})
        return _not_read(file, DocumentStatus.FAILED, issue)
    except MemoryError:
        return _not_read(file, DocumentStatus.FAILED, Issue("file_out_of_memory"))
    except Exception as error:  # noqa: BLE001  the one place that isolates a document
        issue = Issue("internal_error", params={"detail": f"{type(error).__name__}: {error}"[:200]})
        trace = traceback.format_exc()
        # Looked at again, for its kind, it would only raise again.
        result = _not_read(replace(file, readable=False), DocumentStatus.FAILED, issue)
        return replace(result, file=file, trace=trace)


def _status_of_refused(file: RawFile, skip: Issue) -> DocumentStatus:
    if skip.code in _NOT_OPENED or skip in file.notes:
        return DocumentStatus.FAILED
    if file.duplicate_of and not file.is_side_part:
        return DocumentStatus.DUPLICATE
    is_noise = file.is_side_part or skip.code in _NOISE
    return DocumentStatus.IGNORED if is_noise else DocumentStatus.NO_CHECKLIST


def _not_read(file: RawFile, status: DocumentStatus, issue: Issue) -> DocumentResult:
    try:
        kind = sniff(open_source(file)) if file.readable else "unknown"
    except (OSError, ReadError):
        kind = "unknown"
    if status not in NOT_READ and issue.code != _EMPTY:
        return DocumentResult(file, status, MEDIA_TYPES[kind], issues=(issue,))
    vendor = vendor_by_names(file)  # whose file could not be read is what has to be asked next
    meta = Meta(vendor=vendor.name)
    return DocumentResult(
        file, status, MEDIA_TYPES[kind], meta=meta, issues=(issue,), vendor_source=vendor.source
    )


def _read(file: RawFile, passwords: Sequence[str]) -> DocumentResult:
    """What the store keeps of a file, else what the readers give of it.

    What was read by other decisions on its layouts is read anew, where the file is still there.
    """
    stored = load_extraction(file.stored) if file.stored else None
    if stored is not None and (file.stamp is None or is_read_by(stored, file.decisions, file.name)):
        return _interpret(file, stored)
    source = open_source(file, passwords)
    kind = sniff(source)
    if kind in _CONTAINERS:
        return _container(file, kind, read_contents(source, passwords))
    extraction = extract_file(source, passwords, file.decisions, file.scan_seconds, file.name)
    return replace(_interpret(file, extraction), extraction=extraction)


def _container(file: RawFile, kind: str, contents: Contents | None) -> DocumentResult:
    """A mail or archive, whose contents are documents of their own; one that carries no file is told."""
    entries = contents.files if contents else ()
    is_answered = any(entry.role == CarriedRole.FILE or entry.name.endswith(".html") for entry in entries)
    issues = (
        () if is_answered else (Issue("container_empty"),)
    )  # a mail's text with a table may be the answer
    return DocumentResult(file, DocumentStatus.CONTAINER, MEDIA_TYPES[kind], issues=issues)


def _interpret(file: RawFile, extraction: Extraction) -> DocumentResult:
    """Give what the readers found its meaning: answers, metadata, coverage, and what a person should look at."""
    document, sheets = extraction.document, [part.result for part in extraction.parts]
    rows = sum(len(checklist.rows) for sheet in sheets for checklist in sheet.checklists)
    if rows > MOST_ROWS:
        return _not_read(file, DocumentStatus.FAILED, Issue("file_asks_too_much", params={"rows": str(rows)}))
    date = date_of_receipt(file, printed_date(sheets)).date
    context = SheetContext(date, (), keeps_colours(document.extractor))
    layouts = document_layouts(sheets)
    checklists = _read_checklists(sheets, context, _FormLegends(layouts, file.legends))
    leftovers = tuple(leftover for sheet in sheets for leftover in sheet.leftovers)
    meta, vendor, guesses = document_metadata(file, extraction, checklists)
    to_confirm = check_layouts(layouts)
    issues = [*to_confirm, *document.issues, *(issue for sheet in sheets for issue in sheet.issues)]
    issues += [issue for checklist in checklists for issue in check_checklist(checklist)]
    issues += check_leftovers(leftovers)
    issues += check_coverage(extraction.parts)
    issues += [] if checklists or to_confirm else [Issue("no_checklist")]
    issues += guesses
    if file.is_side_part and not checklists and not to_confirm:
        return _side_part(file, extraction, leftovers)
    return DocumentResult(
        file,
        _status(extraction, checklists, layouts, issues),
        extraction.media_type,
        document,
        checklists,
        leftovers,
        meta,
        coverage_of(extraction.parts),
        tuple(issues),
        metadata_locations=tuple(location for sheet in sheets for location in sheet.metadata_locations),
        layouts=layouts,
        form_keys=extraction.form_keys,
        vendor_source=vendor.source,
    )


def _side_part(file: RawFile, extraction: Extraction, leftovers: tuple[Leftover, ...]) -> DocumentResult:
    """A mail's own text, or a picture in it, that holds no list: noise, of which the words are kept."""
    is_text = file.carried is not None and file.carried.role == CarriedRole.BODY
    issue = Issue("mail_text_kept" if is_text else "inline_picture_ignored")
    return DocumentResult(
        file,
        DocumentStatus.IGNORED,
        extraction.media_type,
        extraction.document,
        leftovers=leftovers,
        issues=(issue,),
    )


@dataclass(frozen=True, slots=True)
class _FormLegends:
    """What people decided of legends, and which form each checklist of the document is."""

    layouts: Sequence[TableLayout]
    decisions: Sequence[LegendDecision]

    def context_of(self, number: int, context: SheetContext) -> SheetContext:
        """The context of a checklist with what was decided for its form, or for every form."""
        if not self.decisions:
            return context
        forms = {layout.form_key for layout in self.layouts if layout.checklist == number}
        own = [entry for entry in self.decisions if not entry.form_key or entry.form_key in forms]
        words = {fold(entry.text): entry.answer for entry in own if entry.text and not entry.mark}
        marks = tuple(LegendEntry(entry.mark, entry.text, entry.answer) for entry in own if entry.mark)
        return replace(context, legends=words, marks=marks)


def _read_checklists(
    sheets: Sequence[GridResult], context: SheetContext, legends: _FormLegends
) -> tuple[ChecklistRecords, ...]:
    """The checklists of all sheets with the meaning of their rows."""
    legend = _document_legend(sheets)
    lists = _mark_hidden_copies([checklist for sheet in sheets for checklist in sheet.checklists])
    notes = {} if context.keeps_colours else _colour_notes(sheets)
    return tuple(
        checklist_to_records(
            checklist,
            legend,
            legends.context_of(number, replace(context, colour_notes=notes.get(checklist.sheet, ()))),
        )
        for number, checklist in enumerate(lists, 1)
    )


def _document_legend(sheets: Sequence[GridResult]) -> list[str]:
    """The legend of sheets without a list; else that of the lists, where those that have one have the same."""
    lines = [line for sheet in sheets for line in sheet.legend_lines]
    of_lists = {checklist.legend_lines for sheet in sheets for checklist in sheet.checklists} - {()}
    return lines or (list(next(iter(of_lists))) if len(of_lists) == 1 else [])


def _colour_notes(sheets: Sequence[GridResult]) -> dict[str | None, tuple[str, ...]]:
    """Sheet → the notes on it that say by colours what the answers mean."""
    texts = [(leftover.location.sheet, leftover.text) for sheet in sheets for leftover in sheet.leftovers]
    texts += [
        (c.sheet, text)
        for sheet in sheets
        for c in sheet.checklists
        for text in (c.title or "", *c.legend_lines)
    ]
    notes: dict[str | None, tuple[str, ...]] = {}
    for name, text in texts:
        if is_colour_coded([text]):
            notes[name] = (*notes.get(name, ()), text)
    return notes


def _mark_hidden_copies(checklists: list[Checklist]) -> list[Checklist]:
    """A hidden sheet that asks nothing but what a visible one asks is a copy: kept, but as a reference."""
    questions = {row.requirement for c in checklists if not c.hidden for row in c.rows}
    return [
        replace(c, kind=ListKind.REFERENCE)
        if c.hidden and {row.requirement for row in c.rows} <= questions
        else c
        for c in checklists
    ]


def _status(
    extraction: Extraction,
    checklists: tuple[ChecklistRecords, ...],
    layouts: Sequence[TableLayout],
    issues: Sequence[Issue],
) -> DocumentStatus:
    if any(layout.status == LayoutStatus.PROPOSED for layout in layouts):
        return DocumentStatus.TO_CONFIRM
    if any(severity_of(issue) == Severity.ERROR for issue in issues):
        return DocumentStatus.PARTIAL if extraction.parts else DocumentStatus.FAILED
    return DocumentStatus.OK if checklists else DocumentStatus.NO_CHECKLIST
