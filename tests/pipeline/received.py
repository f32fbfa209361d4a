"""Short ways to a dataset of made-up received sheets, written straight as tables: nothing is read or aligned."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pipeline.assemble.rows import Row
from tests.pipeline.datasets import write_dataset

CONTROLS = {"keys": "yes", "abroad": "no", "restore": "value", "new:1": "value"}
HOURS = ("時間", "hours", 1.0)


@dataclass(frozen=True, slots=True)
class Said:
    """One answer: item number, question, answer word, what is printed, control and how it is aligned."""

    no: str
    question: str
    answer: str
    raw: str = "○"
    control: str | None = None
    polarity: str = "same"
    relation: str = "equal"
    respondent: str = "provider"
    level: str | None = None
    remarks: str = ""
    hours: float | None = None
    bound: str = "exact"
    confidence: float = 0.98
    score: float = 0.9
    planned: dt.date | None = None
    sub_item: str | None = None
    caveat: str | None = None
    rule: str = "made"
    origin: str = "answer"  # of the figure
    disputed: bool = False  # by its own remark

    @property
    def item_id(self) -> str:
        """The same for the same number, question and alignment."""
        return f"{self.no}|{self.question}|{self.control}|{self.polarity}|{self.relation}"

    def now(self, **changes: Any) -> Said:
        """The same with other words."""
        return replace(self, **changes)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One file with one list."""

    path: str
    said: Sequence[Said]
    date: dt.date | None = dt.date(2026, 5, 1)
    vendor: str | None = "株式会社ためし"
    service: str | None = "ためし帳"
    form: str = "form"
    kind: str = "filled"
    status: str = "ok"
    document_id: str = ""
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The document's id."""
        return self.document_id or f"{abs(hash(self.path)):016x}"[-16:]


def write_sheets(folder: Path, *sheets: Sheet) -> Path:
    """A dataset of these sheets."""
    read = [sheet for sheet in sheets if sheet.status in {"ok", "removed"}]
    said = {
        s.item_id: s for sheet in read for s in sheet.said if s.control and not s.control.startswith("new:")
    }
    tables = {
        "documents": [_document(sheet) for sheet in sheets],
        "checklists": [_checklist(sheet) for sheet in read],
        "answers": [
            _answer(sheet, row, s) for sheet in read for row, s in enumerate(sheet.said, 1)
        ],
        "controls": [_control(name, desired) for name, desired in CONTROLS.items()],
        "alignments": [
            {"item_id": key, "rank": 1, "control_id": s.control, "score": s.score, "method": "fuzzy",
             "polarity": s.polarity, "relation": s.relation, "accepted": True}
            for key, s in said.items()
        ],
    }  # fmt: skip
    tables["problems"] = [
        _dispute(sheet, row) for sheet in read for row, s in enumerate(sheet.said, 1) if s.disputed
    ]
    write_dataset(folder, tables)
    return folder


def _document(sheet: Sheet) -> Row:
    return {
        "document_id": sheet.key, "path": sheet.path, "sha256": sheet.key * 4, "size": 1, "media_type": "text/plain",
        "vendor": sheet.vendor, "service": sheet.service, "title": None, "received_at": sheet.date, "pages": None,
        "sheets": 1, "coverage": 0.9, "status": sheet.status,
        "duplicate_of": "first.xlsx" if sheet.status == "duplicate" else None, "message": "", "extractor": "made",
        "version": 1, "replaced_by": None,
    } | sheet.more  # fmt: skip


def _checklist(sheet: Sheet) -> Row:
    answered = sum(s.answer != "unanswered" for s in sheet.said)
    return {
        "document_id": sheet.key, "checklist": 1, "title": None, "kind": sheet.kind, "form_id": sheet.form,
        "form_name": f"様式 {sheet.form}", "legend": [], "items": len(sheet.said), "answered": answered,
    }  # fmt: skip


def _answer(sheet: Sheet, row: int, said: Said) -> Row:
    desired = CONTROLS.get(said.control or "")
    known = (
        said.caveat is None
        and said.answer in {"yes", "no"}
        and desired in {"yes", "no"}
        and said.polarity != "unclear"
    )
    met = (said.answer == "yes") == (said.polarity == "same")
    value = None
    if said.hours is not None:
        value = {"number": said.hours, "unit": HOURS[0], "bound": said.bound, "canonical": said.hours,
                 "canonical_unit": HOURS[1], "origin": said.origin}  # fmt: skip
    return {
        "document_id": sheet.key, "checklist": 1, "row": row, "item_no": said.no, "sub_item": said.sub_item, "section": [],
        "category": None, "item": None, "requirement": said.question, "level": said.level, "unit": None,
        "respondent": said.respondent, "answer_raw": said.raw, "remarks": said.remarks, "options": [],
        "answer": said.answer, "caveat": said.caveat, "planned": said.answer == "planned",
        "planned_date": said.planned, "answer_rule": said.rule,
        "value": value, "item_id": said.item_id, "control_id": said.control,
        "match_score": said.score if said.control else None, "match_method": "fuzzy" if said.control else None,
        "favourable": met == (desired == "yes") if known else None, "confidence": said.confidence,
        "source": _source(row), "comments": [],
    }  # fmt: skip


def _source(row: int) -> Row:
    return {"page": None, "sheet": "一覧", "cells": f"D{row + 1}", "bbox": None}


def _dispute(sheet: Sheet, row: int) -> Row:
    return {
        "document_id": sheet.key, "path": sheet.path, "severity": "warning", "code": "answer_contradicted_by_remark",
        "message": f"{sheet.path}: made up", "source": _source(row),
    }  # fmt: skip


def _control(name: str, desired: str) -> Row:
    return {
        "control_id": name, "domain": "new" if name.startswith("new:") else "made", "name_ja": f"統制 {name}",
        "name_en": f"Control {name}", "definition_ja": "作り物の統制。", "desired": desired, "references": [],
    }  # fmt: skip
