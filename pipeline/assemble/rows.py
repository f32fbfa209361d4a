"""Results of documents and alignments in, rows of the dataset's tables out: plain dicts in the contract's shape."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from extractors.issue import Issue
from extractors.location import Location
from normalizers.values.organisations import organisation_key
from normalizers.values.quantities import Quantity
from pipeline.align.groups import Group
from pipeline.align.match import Candidate
from pipeline.catalogue.load import Control
from pipeline.document.origin.received_date import date_of_receipt
from pipeline.document.process import DocumentResult
from pipeline.document.records import ChecklistRecords, Record
from pipeline.problems import Severity, message_of, severity_of

Row = dict[str, Any]


def location_to_struct(location: Location) -> Row:
    """A location as the `source` struct."""
    bbox = [round(edge, 2) for edge in location.bbox] if location.bbox else None
    return {
        "page": location.page, "sheet": location.sheet, "cells": location.cells, "bbox": bbox,
        "read_by": location.read_by,
    }  # fmt: skip


def struct_to_location(source: Mapping[str, Any] | None) -> Location:
    """The location that a `source` struct tells of; nowhere in particular where there is none."""
    if source is None:
        return Location()
    box: Sequence[float] | None = source["bbox"]
    bbox = (box[0], box[1], box[2], box[3]) if box else None
    return Location(source["page"], source["sheet"], source["cells"], bbox, source["read_by"])


def document_row(outcome: DocumentResult, language: str) -> Row:
    """The file's row in documents."""
    file, document = outcome.file, outcome.document
    received = date_of_receipt(file, outcome.meta.date)
    worst = sorted(outcome.issues, key=lambda issue: severity_of(issue) != Severity.ERROR)
    return {
        "document_id": file.document_id, "path": file.name,
        "container": file.carried.container if file.carried else None, "sha256": file.sha256, "size": file.size,
        "media_type": outcome.media_type, "vendor": outcome.meta.vendor, "vendor_source": outcome.vendor_source,
        "vendor_key": organisation_key(outcome.meta.vendor or "") or None, "service": outcome.meta.service,
        "title": outcome.meta.title, "received_at": received.date,
        "date_source": received.source,
        "pages": document.pages if document else None, "sheets": document.sheets if document else None,
        "coverage": None if outcome.coverage is None else round(outcome.coverage, 4),
        "status": outcome.status, "duplicate_of": file.duplicate_of,
        "message": message_of(worst[0], file.name, language) if worst else "",
        "extractor": document.extractor if document else None, "version": 1, "replaced_by": None,
    }  # fmt: skip


def problem_rows(outcome: DocumentResult, language: str) -> list[Row]:
    """The file's rows in problems."""
    file = outcome.file
    return [issue_row(file.document_id, file.name, issue, language) for issue in outcome.issues]


def issue_row(document_id: str, path: str, issue: Issue, language: str) -> Row:
    """An issue's row in problems."""
    return {
        "document_id": document_id, "path": path, "severity": severity_of(issue), "code": issue.code,
        "message": message_of(issue, path, language), "source": location_to_struct(issue.location),
    }  # fmt: skip


def rescued_rows(outcome: DocumentResult) -> list[Row]:
    """The file's rows in rescued: every non-empty cell that no row of answers uses."""
    return [
        {"document_id": outcome.file.document_id, "sheet": leftover.location.sheet, "page": leftover.location.page,
         "cells": leftover.location.cells, "bbox": location_to_struct(leftover.location)["bbox"],
         "text": leftover.text, "reason": leftover.reason}
        for leftover in outcome.leftovers
    ]  # fmt: skip


def checklist_row(outcome: DocumentResult, number: int, checklist: ChecklistRecords) -> Row:
    """A checklist's row in checklists; its form comes when all lists are known."""
    legend = [
        {"mark": entry.mark, "meaning": entry.text, "answer": entry.answer} for entry in checklist.legend
    ]
    return {
        "document_id": outcome.file.document_id, "checklist": number, "title": checklist.checklist.title,
        "kind": checklist.kind, "form_id": "", "form_name": None, "legend": legend,
        "items": len(checklist.records), "answered": checklist.answered,
        "form_family": None,
    }  # fmt: skip


def answer_row(document_id: str, numbers: tuple[int, int], record: Record) -> Row:
    """A record's row in answers; `numbers` are the checklist's and the row's. Its control comes when all items are
    aligned.
    """
    row, reading = record.row, record.reading
    value = reading.value
    return {
        "document_id": document_id, "checklist": numbers[0], "row": numbers[1], "item_no": row.item_no,
        "sub_item": row.sub_item, "section": list(row.section), "category": row.category, "item": row.item,
        "requirement": row.requirement, "level": row.level, "unit": row.unit, "respondent": row.respondent,
        "answer_raw": row.answer, "remarks": record.remarks,
        "options": [{"label": o.label, "checked": o.checked} for o in reading.options],
        "choice": _choice_of(record), "answer": reading.answer, "caveat": reading.caveat or None,
        "planned": reading.planned, "planned_date": reading.planned_date,
        "answer_rule": reading.rule,
        "value": value_struct(value, reading.value_origin) if value else None,
        "item_id": record.item_id,
        "control_id": None, "match_score": None, "match_method": None, "favourable": None,
        "confidence": record.confidence, "source": location_to_struct(row.location), "comments": list(row.comments),
        "decided": False, "answer_read": None, "replied_at": None,
    }  # fmt: skip


def _choice_of(record: Record) -> str | None:
    """The label of the one choice column or printed option that is marked; None where none or several are."""
    if record.row.choice is not None:
        return None if "|" in record.row.choice else record.row.choice or None
    ticked = [option.label for option in record.reading.options if option.checked]
    return ticked[0] or None if len(ticked) == 1 else None


def alignment_rows(matches: Mapping[str, Sequence[Candidate]]) -> list[Row]:
    """Candidates of every item, best first."""
    return [
        {"item_id": item_id, "rank": rank, "control_id": m.control_id, "score": m.score, "method": m.method,
         "polarity": m.polarity, "relation": m.relation or None, "accepted": m.accepted}
        for item_id, candidates in matches.items()
        for rank, m in enumerate(candidates, 1)
    ]  # fmt: skip


def control_rows(controls: Sequence[Control]) -> list[Row]:
    """The catalogue as a table."""
    return [
        {"control_id": c.control_id, "domain": c.domain, "name_ja": c.name_ja, "name_en": c.name_en,
         "definition_ja": c.definition_ja, "desired": c.desired,
         "references": [{"standard": s, "clause": clause} for s, clause in c.references]}
        for c in controls
    ]  # fmt: skip


def group_rows(groups: Sequence[Group]) -> list[Row]:
    """Groups of items that no control takes, as controls of the domain `new`; nothing is hoped for of them."""
    return [
        {"control_id": g.group_id, "domain": "new", "name_ja": g.items[0].name or g.items[0].requirement[:40],
         "name_en": "", "definition_ja": g.items[0].requirement, "desired": "value", "references": []}
        for g in groups
    ]  # fmt: skip


def value_struct(value: Quantity, origin: str) -> dict[str, float | str]:
    """A figure as the `value` struct."""
    number, unit = value.canonical
    return {
        "number": value.number,
        "unit": value.unit,
        "bound": value.bound,
        "canonical": number,
        "canonical_unit": unit,
        "origin": origin,
    }
