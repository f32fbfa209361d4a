"""Documents with lists: hidden ones, copies, examples, coverage, issues of their sheets."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from extractors.checklist.extract import grid_to_checklists
from extractors.checklist.model import Meta
from extractors.grid import Document
from extractors.issue import Issue
from extractors.read import read
from pipeline.document.origin.received_date import date_of_receipt
from pipeline.document.process import DocumentResult, read_document
from pipeline.problems import message_of
from pipeline.sources.discover import RawFile
from tests.pipeline.make import (
    QUESTIONS,
    SAMPLES,
    codes,
    read_one,
    sheet_rows,
    write_workbook,
)


def _outcome(name: str, meta: Meta) -> DocumentResult:
    return DocumentResult(RawFile(Path(name), name, 1, "0" * 64), "ok", "text/plain", meta=meta)


def _message(outcome: DocumentResult) -> str:
    return message_of(outcome.issues[0], outcome.file.name, "en")


def _answered(outcome: DocumentResult) -> list[tuple[str | None, list[str]]]:
    return [(c.checklist.sheet, [r.reading.answer for r in c.records]) for c in outcome.checklists]


@pytest.mark.parametrize(
    ("name", "vendor", "service", "received"),
    [
        ("a_xlsx", "株式会社架空堂ソフト", "カクウ経費ノート", dt.date(2026, 5, 12)),
        ("a_pdf", "見本坂クラウド株式会社", "ミホン文書便", dt.date(2026, 5, 20)),
        ("a_mixed", "有限会社例文ラボ", "レイブン予約帳", dt.date(2026, 6, 25)),
        ("b_xlsx", "株式会社架空堂ソフト", "カクウ経費ノート", dt.date(2026, 6, 1)),
        ("b_pdf", "㈱サンプル港データ", "みなとサンプル勤怠", dt.date(2026, 6, 15)),
        ("c_filled", "見本坂クラウド株式会社", "ミホン文書便", dt.date(2026, 6, 8)),
        ("c_blank", None, None, None),
    ],
)
def test_vendor_service_and_date_of_the_samples(
    outcomes: dict[str, DocumentResult],
    name: str,
    vendor: str | None,
    service: str | None,
    received: dt.date | None,
) -> None:
    outcome = outcomes[SAMPLES[name]]
    assert (
        outcome.meta.vendor,
        outcome.meta.service,
        date_of_receipt(outcome.file, outcome.meta.date).date,
    ) == (vendor, service, received)


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("a_xlsx", ["filled"]),
        ("a_pdf", ["filled"]),
        ("b_xlsx", ["filled"]),
        ("b_pdf", ["filled"]),
        ("c_filled", ["filled"]),
        ("c_blank", ["blank"]),
        ("a_mixed", ["filled"]),
    ],
)
def test_filled_and_blank_samples_are_told_apart(
    outcomes: dict[str, DocumentResult], name: str, kinds: list[str]
) -> None:
    assert [c.kind for c in outcomes[SAMPLES[name]].checklists if c.kind != "example"] == kinds


@pytest.mark.parametrize("name", ["a_xlsx", "b_xlsx", "b_pdf", "c_filled", "a_pdf"])
def test_one_form_is_one_checklist(outcomes: dict[str, DocumentResult], name: str) -> None:
    assert len(outcomes[SAMPLES[name]].checklists) == 1


@pytest.mark.parametrize("name", SAMPLES)
def test_every_cell_of_the_samples_is_used_or_rescued(outcomes: dict[str, DocumentResult], name: str) -> None:
    """The rule: no cell is lost, whatever it holds. Leftovers are what the table rescued holds."""
    outcome = outcomes[SAMPLES[name]]
    assert outcome.document is not None
    grids = outcome.document.grids
    cells = [c for grid in grids for c in (*grid.cells, *grid.aside) if c.text.strip()]
    used = sum(grid_to_checklists(grid).used for grid in grids)
    assert used + len(outcome.leftovers) == len(cells)


@pytest.mark.parametrize("name", SAMPLES)
def test_most_cells_of_the_samples_are_used(outcomes: dict[str, DocumentResult], name: str) -> None:
    """Cover sheets and instructions are no answers: three quarters is what even the forms with most of them reach."""
    coverage = outcomes[SAMPLES[name]].coverage
    assert coverage is not None
    assert coverage >= 0.75


def _stored(outcome: DocumentResult) -> str:
    """Every text that a table of the dataset will hold of a document."""
    texts: list[Any] = [left.text for left in outcome.leftovers]
    meta = outcome.meta
    texts += [meta.vendor, meta.service, meta.title, meta.date]
    for part in outcome.checklists:
        texts += [part.checklist.title, *(m.text for m in part.legend), *part.checklist.legend_lines]
        for record in part.records:
            row = record.row
            texts += [row.item_no, row.requirement, row.answer, record.remarks, row.sub_item, row.item]
            texts += [*row.section, row.category, row.unit, *(["必須", "推奨"] if row.level else [])]
    return "\n".join(str(text) for text in texts if text)


@pytest.mark.parametrize("name", ["a_xlsx", "b_xlsx", "c_filled", "a_mixed"])
def test_every_cell_below_the_header_is_stored_somewhere(
    outcomes: dict[str, DocumentResult], name: str
) -> None:
    outcome = outcomes[SAMPLES[name]]
    assert outcome.document is not None
    stored = _stored(outcome)
    sheet = outcome.document.grids[-1]
    top = next(cell.row for cell in sheet.cells if cell.text == "No.") + 2
    assert [
        c.text for c in sheet.cells if c.row >= top and c.text.strip() and c.text.strip() not in stored
    ] == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a_xlsx", "様式IS-07（第4版）"),
        ("a_xlsx", "「ご回答」欄には下の凡例の記号を一つだけ"),
        ("b_xlsx", "品質保証室"),
        ("c_filled", "株式会社もしもネットワークス"),
    ],
)
def test_every_cell_above_the_header_is_stored_somewhere(
    outcomes: dict[str, DocumentResult], name: str, text: str
) -> None:
    assert text in _stored(outcomes[SAMPLES[name]])


def test_the_example_row_of_the_instructions_is_kept(outcomes: dict[str, DocumentResult]) -> None:
    assert "社内に相談窓口を設けていること。" in _stored(outcomes[SAMPLES["a_mixed"]])
    vendor = [
        r.row.requirement
        for c in outcomes[SAMPLES["a_mixed"]].checklists
        if c.kind == "filled"
        for r in c.records
    ]
    assert "社内に相談窓口を設けていること。" not in vendor
    assert len(vendor) == 25


@pytest.mark.parametrize(("one", "other"), [("a_xlsx", "a_pdf"), ("b_xlsx", "b_pdf")])
def test_an_item_has_one_id_in_workbook_and_pdf(
    outcomes: dict[str, DocumentResult], one: str, other: str
) -> None:
    ids = [
        [r.item_id for c in outcomes[SAMPLES[name]].checklists for r in c.records] for name in (one, other)
    ]
    assert ids[0] == ids[1]
    assert len(set(ids[0])) == len(ids[0]) > 20


def test_a_word_of_warning_stands_beside_every_unclear_answer_of_the_samples(
    outcomes: dict[str, DocumentResult],
) -> None:
    outcome = outcomes[SAMPLES["a_mixed"]]
    unclear = [r.row.item_no for c in outcome.checklists for r in c.records if r.reading.answer == "unclear"]
    told = [
        p.params["number"]
        for p in outcome.issues
        if p.code in {"code_unexplained", "answer_unclear", "answer_contradictory"}
    ]
    assert unclear == [number for numbers in told for number in numbers.split(", ")] == ["19", "20"]


@pytest.mark.parametrize(
    ("name", "printed", "expected"),
    [
        ("20260415_a.xlsx", None, dt.date(2026, 4, 15)),
        ("受領/2026-04-15_a.xlsx", None, dt.date(2026, 4, 15)),
        ("2026.04.15/a.xlsx", None, dt.date(2026, 4, 15)),
        ("2026-04-15/a_20260501.xlsx", None, dt.date(2026, 5, 1)),
        ("a.xlsx", "令和8年4月15日", dt.date(2026, 4, 15)),
        ("a.xlsx", "2026/4/15", dt.date(2026, 4, 15)),
        ("20261399_a.xlsx", "2026年4月15日", dt.date(2026, 4, 15)),
        ("受領_2026-06/a.xlsx", None, dt.date(2026, 6, 1)),
        ("受領_2026-06/a.xlsx", "2026年4月15日", dt.date(2026, 4, 15)),
        ("no-1202604151.xlsx", None, None),
        ("a.xlsx", None, None),
    ],
)
def test_the_date_of_receipt(name: str, printed: str | None, expected: dt.date | None) -> None:
    assert date_of_receipt(_outcome(name, Meta(date=printed)).file, printed).date == expected


@pytest.mark.parametrize(
    ("name", "text", "vendor"),
    [
        ("株式会社からくり堂/a.txt", "", "株式会社からくり堂"),
        ("からくり堂株式会社_点検表.txt", "", "からくり堂株式会社"),
        ("a.txt", "会社名：からくり堂\n", "からくり堂"),
        ("株式会社べつの店/a.txt", "会社名：株式会社からくり堂\n", "株式会社からくり堂"),
        ("a.txt", "", None),
    ],
)
def test_the_vendor_is_who_the_sheet_names_else_the_path(
    tmp_path: Path, name: str, text: str, vendor: str | None
) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text + "きょうの天気\n", encoding="utf-8")
    outcome = read_one(path)
    named = replace(outcome.file, name=name)

    assert read_document(named).meta.vendor == vendor


@pytest.mark.parametrize(
    ("code", "status"), [("shapes_not_read", "partial"), ("formula_without_value", "ok")]
)
def test_an_error_makes_a_document_partial_and_a_warning_does_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str, status: str
) -> None:
    def troubled(path: Path, *_: object) -> Document:
        return replace(read(path), issues=(Issue(code, params={"count": "1"}),))

    path = write_workbook(tmp_path / "a.xlsx", {"一覧": sheet_rows(["○", "×"])})
    monkeypatch.setattr("pipeline.document.extraction.read", troubled)
    outcome = read_one(path)
    assert (outcome.status, codes(outcome)) == (status, [code])
    assert len(outcome.checklists[0].records) == 2


def test_choices_that_nobody_marked_are_told(tmp_path: Path) -> None:
    rows = sheet_rows(["○ ・ ×", "○ ・ ×", "○ ・ ×", "○ ・ ×"])
    outcome = read_one(write_workbook(tmp_path / "a.xlsx", {"一覧": rows}))
    assert "choices_not_marked" in codes(outcome)


def test_a_sheet_of_which_little_is_used_is_told(tmp_path: Path) -> None:
    stray = [("", "", "", "", "", "", f"欄外の覚え{n}その{m}") for n in range(9) for m in range(6)]
    rows = [*sheet_rows(["○", "×"]), *[("",)] * 3, *stray]
    outcome = read_one(write_workbook(tmp_path / "a.xlsx", {"一覧": rows}))
    assert outcome.coverage is not None
    assert outcome.coverage < 0.5
    assert "low_coverage" in codes(outcome)
    texts = [left.text for left in outcome.leftovers]
    assert [text for *_, text in stray if text not in texts] == []


def test_columns_of_choices_are_one_answer(tmp_path: Path) -> None:
    header = ("No.", "確認事項", "はい", "いいえ", "該当なし", "備考")
    marks = [("○", "", ""), ("", "○", ""), ("", "", "○"), ("○", "○", ""), ("", "", "")]
    rows = [header, *((str(n), QUESTIONS[n - 1], *mark, "") for n, mark in enumerate(marks, 1))]
    outcome = read_one(write_workbook(tmp_path / "a.xlsx", {"一覧": rows}))
    records = outcome.checklists[0].records
    assert [r.reading.answer for r in records] == ["yes", "no", "not_applicable", "unclear", "unanswered"]
    assert [p.params["number"] for p in outcome.issues if p.code == "answer_contradictory"] == ["4"]


def test_an_example_and_a_vendors_list_in_one_workbook(tmp_path: Path) -> None:
    sheets = {"記入例": sheet_rows(["○", "○", "○"]), "回答": sheet_rows(["×", "", "△"])}
    outcome = read_one(write_workbook(tmp_path / "a.xlsx", sheets))
    assert [(c.checklist.sheet, c.kind) for c in outcome.checklists] == [
        ("記入例", "example"),
        ("回答", "filled"),
    ]


def test_a_list_without_a_number_column_keeps_its_rows(tmp_path: Path) -> None:
    rows = [("確認事項", "回答"), *zip(QUESTIONS, ("○", "×", "△", "○", "×", "○"), strict=True)]
    outcome = read_one(write_workbook(tmp_path / "a.xlsx", {"点検": rows}))
    assert [r.row.requirement for r in outcome.checklists[0].records] == list(QUESTIONS)
    assert {r.row.item_no for r in outcome.checklists[0].records} == {""}


def test_a_lost_row_is_told_as_a_gap(tmp_path: Path) -> None:
    rows = [row for row in sheet_rows(["○"] * 6) if row[0] != "3"]
    outcome = read_one(write_workbook(tmp_path / "a.xlsx", {"一覧": rows}))
    gap = next(p for p in outcome.issues if p.code == "number_gap")
    assert (gap.params["numbers"], outcome.status) == ("3", "ok")
    assert "sheet 一覧" in message_of(gap, "a.xlsx", "en")
