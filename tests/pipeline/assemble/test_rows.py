"""Outcomes and alignments as rows of the tables."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

from extractors.checklist.model import Leftover, Meta
from extractors.grid import Document
from extractors.issue import Issue
from extractors.location import Location
from pipeline.align.match import Candidate
from pipeline.assemble.rows import (
    alignment_rows,
    answer_row,
    checklist_row,
    control_rows,
    document_row,
    location_to_struct,
    problem_rows,
    rescued_rows,
)
from pipeline.catalogue.load import Control
from pipeline.dataset.schema import TABLES
from pipeline.document.process import DocumentResult
from pipeline.document.records import Record, checklist_to_records
from pipeline.sources.discover import RawFile
from tests.pipeline.make import answers, checklist, item_row

FILE = RawFile(Path("a.xlsx"), "ある社/a.xlsx", 42, "ab" * 32)
MATCH = Candidate("tidy-rooms", 0.75, "fuzzy", "same", "equal", True, "yes", True)
COLUMNS = {entry.name: entry.schema.names for entry in TABLES}


def _outcome() -> DocumentResult:
    meta = Meta("株式会社からくり堂", "からくり帳", "点検表", "2026年4月1日")
    return DocumentResult(FILE, "ok", "text/plain", Document((), "text", pages=3), meta=meta, coverage=0.5)


def _record(text: str) -> Record:
    return checklist_to_records(answers(text, "○"), ()).records[0]


def test_a_place_is_page_and_box_or_sheet_and_range() -> None:
    assert location_to_struct(Location(sheet="一覧", cells="D7")) == {
        "page": None,
        "sheet": "一覧",
        "cells": "D7",
        "bbox": None,
        "read_by": "text",
    }
    assert location_to_struct(Location(page=2, bbox=(1.004, 2.006, 3, 4)))["bbox"] == [1.0, 2.01, 3, 4]


def test_a_document_that_was_read() -> None:
    row = document_row(_outcome(), "en")
    assert list(row) == COLUMNS["documents"]
    assert (row["document_id"], row["path"], row["size"]) == ("abababababababab", "ある社/a.xlsx", 42)
    assert (row["vendor"], row["service"], row["title"]) == ("株式会社からくり堂", "からくり帳", "点検表")
    assert (row["received_at"], row["pages"], row["sheets"]) == (dt.date(2026, 4, 1), 3, None)
    assert (row["status"], row["coverage"], row["extractor"], row["message"]) == ("ok", 0.5, "text", "")


def test_a_document_that_was_not_read() -> None:
    outcome = DocumentResult(
        FILE, "failed", "text/plain", issues=(Issue("file_damaged", params={"detail": "cut"}),)
    )
    row = document_row(outcome, "en")
    assert (row["status"], row["extractor"], row["coverage"], row["pages"]) == ("failed", None, None, None)
    assert row["message"].startswith("ある社/a.xlsx is damaged and was not read (cut).")


def test_the_message_of_a_document_is_its_worst_problem() -> None:
    problems = (Issue("number_gap", params={"numbers": "3"}), Issue("page_without_text", Location(page=2)))
    row = document_row(replace(_outcome(), issues=problems), "ja")
    assert "2ページ: 画像のページですが、文字を読み取れませんでした" in row["message"]


def test_a_duplicate_names_the_file_that_was_read() -> None:
    file = replace(FILE, duplicate_of="ある社/b.xlsx")
    row = document_row(DocumentResult(file, "duplicate", "text/plain"), "en")
    assert (row["status"], row["duplicate_of"]) == ("duplicate", "ある社/b.xlsx")


def test_every_problem_has_a_row() -> None:
    problems = (
        Issue("number_gap", Location(sheet="一覧", cells="D3"), {"numbers": "4"}),
        Issue("no_checklist"),
    )
    rows = problem_rows(replace(_outcome(), issues=problems), "en")
    assert [list(row) for row in rows] == [COLUMNS["problems"]] * 2
    assert [(row["severity"], row["code"]) for row in rows] == [
        ("warning", "number_gap"),
        ("warning", "no_checklist"),
    ]
    assert rows[0]["source"]["cells"] == "D3"
    assert "items 4 are missing" in rows[0]["message"]


def test_every_leftover_has_a_row() -> None:
    left = (
        Leftover("欄外の覚え", Location(sheet="一覧", cells="G9"), "note"),
        Leftover("脚注", Location(page=1), "running_text"),
    )
    rows = rescued_rows(replace(_outcome(), leftovers=left))
    assert [list(row) for row in rows] == [COLUMNS["rescued"]] * 2
    assert [(row["sheet"], row["page"], row["cells"], row["text"], row["reason"]) for row in rows] == [
        ("一覧", None, "G9", "欄外の覚え", "note"),
        (None, 1, None, "脚注", "running_text"),
    ]


def test_a_checklist_with_its_legend() -> None:
    given = checklist([item_row(1, "○"), item_row(2, "")], legend=("○：満たしている　×：満たしていない",))
    row = checklist_row(_outcome(), 2, checklist_to_records(given, ()))
    assert list(row) == COLUMNS["checklists"]
    assert (row["checklist"], row["kind"], row["items"], row["answered"]) == (2, "filled", 2, 1)
    assert row["legend"] == [
        {"mark": "○", "meaning": "満たしている", "answer": "yes"},
        {"mark": "×", "meaning": "満たしていない", "answer": "no"},
    ]


def test_an_answer_before_its_control_is_known() -> None:
    row = answer_row("d" * 16, (1, 7), _record("×"))
    assert list(row) == COLUMNS["answers"]
    assert (row["document_id"], row["checklist"], row["row"], row["item_no"]) == ("d" * 16, 1, 7, "1")
    assert (row["answer_raw"], row["answer"], row["answer_rule"]) == ("×", "no", "mark:cross")
    assert [row[name] for name in ("control_id", "match_score", "match_method", "favourable")] == [None] * 4


def test_an_answer_with_boxes_a_figure_and_a_plan() -> None:
    boxes = answer_row("d" * 16, (1, 1), _record("■適合　□不適合\n備考：札は紙"))
    assert boxes["options"] == [{"label": "適合", "checked": True}, {"label": "不適合", "checked": False}]
    assert boxes["remarks"] == "札は紙"
    figure = answer_row("d" * 16, (1, 1), _record("99.5%以上"))
    assert figure["value"] == {
        "number": 99.5,
        "unit": "%",
        "bound": "min",
        "canonical": 99.5,
        "canonical_unit": "per cent",
        "origin": "answer",
    }
    plan = answer_row("d" * 16, (1, 1), _record("対応予定（2027年3月）"))
    assert (plan["answer"], plan["planned"], plan["planned_date"]) == ("planned", True, dt.date(2027, 3, 1))


def test_candidates_are_ranked_from_one() -> None:
    second = replace(MATCH, control_id="locked-doors", score=0.4, accepted=False)
    rows = alignment_rows({"i" * 16: [MATCH, second]})
    assert [list(row) for row in rows] == [COLUMNS["alignments"]] * 2
    assert [(row["rank"], row["control_id"], row["accepted"]) for row in rows] == [
        (1, "tidy-rooms", True),
        (2, "locked-doors", False),
    ]


def test_controls_with_their_references() -> None:
    control = Control(
        "tidy-rooms",
        "rooms",
        "片付け",
        "Tidy rooms",
        "部屋を片付けていること。",
        "yes",
        (("ある規格", "1.2"),),
    )
    row = control_rows([control])[0]
    assert list(row) == COLUMNS["controls"]
    assert row["references"] == [{"standard": "ある規格", "clause": "1.2"}]
