"""Made-up datasets of a few rows: documents, answers and controls as plain tuples in, tables on disk out."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.assemble.rows import Row
from tests.pipeline.datasets import write_dataset

NOWHERE = {"page": None, "sheet": None, "cells": None, "bbox": None}


@dataclass(frozen=True)
class Given:
    """One answer of a made-up sheet; `control` and `polarity` are how it is aligned."""

    control: str | None
    answer: str
    raw: str = ""
    remarks: str = ""
    favourable: bool | None = None
    polarity: str = "same"
    level: str | None = None
    respondent: str = "provider"
    value: tuple[float, str, str] | None = None  # number, unit, bound
    planned: dt.date | None = None
    confidence: float = 0.98
    question: str = "窓口の鍵を毎朝数えること。"
    code: str | None = None  # of a problem at its place
    options: tuple[tuple[str, bool], ...] = ()
    sub_item: str | None = None


@dataclass(frozen=True)
class Paper:
    """One made-up file: who, what, when, and its answers."""

    path: str
    vendor: str | None = None
    service: str | None = None
    received: dt.date | None = None
    form: str = "form-1"
    kind: str = "filled"
    answers: tuple[Given, ...] = ()
    status: str = "ok"
    message: str = ""

    @property
    def document_id(self) -> str:
        """As the product makes it, of the path instead of the bytes."""
        return hashlib.sha256(self.path.encode()).hexdigest()[:16]


@dataclass
class Made:
    """Rows of the tables while they are made."""

    rows: dict[str, list[Row]] = field(default_factory=dict)

    def add(self, table: str, row: Row) -> None:
        """One more row of a table."""
        self.rows.setdefault(table, []).append(row)


def control(control_id: str, domain: str = "backup", desired: str = "yes", name: str = "") -> Row:
    """A control of the made-up catalogue."""
    return {
        "control_id": control_id, "domain": domain, "name_ja": name or f"統制{control_id}", "name_en": f"Control {control_id}",
        "definition_ja": f"{control_id} を行うこと。", "desired": desired, "references": [],
    }  # fmt: skip


def dataset(folder: Path, papers: Sequence[Paper], controls: Sequence[Row]) -> Path:
    """Write a dataset of these papers and controls."""
    made = Made({"controls": list(controls)})
    for paper in papers:
        made.add("documents", _document(paper))
        if paper.status in {"ok", "partial"}:
            made.add("checklists", _checklist(paper))
            for number, given in enumerate(paper.answers, 1):
                _answer(made, paper, (number, given))
        if paper.message:
            made.add("problems", _problem(paper, "file_damaged", paper.message, NOWHERE))
    made.rows["alignments"] = _once(made.rows.get("alignments", []), "item_id")
    write_dataset(folder, made.rows)
    return folder


def _document(paper: Paper) -> Row:
    return {
        "document_id": paper.document_id, "path": paper.path, "sha256": paper.document_id * 4, "size": 1,
        "media_type": "text/plain", "vendor": paper.vendor, "service": paper.service, "title": None,
        "received_at": paper.received, "pages": None, "sheets": 1, "coverage": 0.9, "status": paper.status,
        "duplicate_of": None, "message": paper.message, "extractor": None, "version": 1,
        "replaced_by": None,
    }  # fmt: skip


def _checklist(paper: Paper) -> Row:
    return {
        "document_id": paper.document_id, "checklist": 1, "title": None, "kind": paper.kind, "form_id": paper.form,
        "form_name": f"様式 {paper.form}", "legend": [], "items": len(paper.answers), "answered": len(paper.answers),
    }  # fmt: skip


def _answer(made: Made, paper: Paper, numbered: tuple[int, Given]) -> None:
    number, given = numbered
    item_id = f"{paper.form}/{number}/{given.control}"
    source = NOWHERE | {"sheet": "回答", "cells": f"D{number}"}
    made.add("answers", {
        "document_id": paper.document_id, "checklist": 1, "row": number, "item_no": str(number), "sub_item": given.sub_item,
        "section": [], "category": None, "item": None, "requirement": given.question, "level": given.level,
        "unit": None, "respondent": given.respondent, "answer_raw": given.raw, "remarks": given.remarks,
        "options": [{"label": label, "checked": checked} for label, checked in given.options],
        "answer": given.answer, "planned": given.answer == "planned", "planned_date": given.planned,
        "answer_rule": "made", "value": _value(given.value), "item_id": item_id, "control_id": given.control,
        "match_score": 0.9 if given.control else None, "match_method": "fuzzy" if given.control else None,
        "favourable": given.favourable, "confidence": given.confidence, "source": source, "comments": [], "decided": False,
    })  # fmt: skip
    if given.control:
        made.add("alignments", {
            "item_id": item_id, "rank": 1, "control_id": given.control, "score": 0.9, "method": "fuzzy",
            "polarity": given.polarity, "relation": "equal", "accepted": True,
        })  # fmt: skip
    if given.code:
        made.add("problems", _problem(paper, given.code, f"{paper.path}: {given.raw}", source))


def _problem(paper: Paper, code: str, message: str, source: Mapping[str, Any]) -> Row:
    severity = "error" if code == "file_damaged" else "warning"
    return {
        "document_id": paper.document_id, "path": paper.path, "severity": severity, "code": code, "message": message,
        "source": source,
    }  # fmt: skip


def _value(told: tuple[float, str, str] | None) -> Row | None:
    if told is None:
        return None
    number, unit, bound = told
    return {"number": number, "unit": unit, "bound": bound, "canonical": number, "canonical_unit": unit}


def _once(rows: Sequence[Row], key: str) -> list[Row]:
    return list({row[key]: row for row in rows}.values())
