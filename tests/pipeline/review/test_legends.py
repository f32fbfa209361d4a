"""The file of decisions on legends: what people write into it, what a broken line says, and that the next run follows it."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pyarrow.parquet as pq
import pytest

from normalizers.legends.meaning import LegendDecision
from pipeline.errors import DecisionsUnreadable
from pipeline.ingest import ingest
from pipeline.review.legends import legend_decisions
from pipeline.review.store import read_decision_file
from pipeline.settings import Settings

HEADER = "meaning,answer,who,at,why\n"


def _read(path: Path) -> list[LegendDecision]:
    return legend_decisions(read_decision_file(path).check().in_force)


def _write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "legends.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_what_lines_say(tmp_path: Path) -> None:
    text = HEADER + '北棟の係に委ねる,Not_Applicable,係,2026-11-30,\n"欠品、未着",no,,,\n'
    assert _read(_write(tmp_path, text)) == [
        LegendDecision("北棟の係に委ねる", "not_applicable"),
        LegendDecision("欠品、未着", "no"),
    ]


def test_no_file_decides_nothing(tmp_path: Path) -> None:
    assert _read(tmp_path / "legends.csv") == []


@pytest.mark.parametrize(
    ("text", "en", "ja"),
    [
        ("meaning,who\n", "the column answer is missing", "列 answer がありません"),
        (HEADER + ",no,,,\n", "line 2: mark and meaning are empty", "2 行目: mark と meaning が空"),
        (HEADER + "欠品,maybe,,,\n", "line 2: “maybe” is no answer", "2 行目: 「maybe」は回答の値では"),
    ],
)
def test_a_broken_line_is_told(tmp_path: Path, text: str, en: str, ja: str) -> None:
    with pytest.raises(DecisionsUnreadable) as caught:
        _read(_write(tmp_path, text))
    assert en in caught.value.text("en")
    assert ja in caught.value.text("ja")


def _sheet(path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["凡例　○：実施済　×：未実施　※：北棟の係に委ねる"])
    sheet.append(["番号", "設問", "回答"])
    for number, answer in enumerate("○※×※○", 1):
        sheet.append([number, f"倉庫{number}の鍵を毎晩数えていますか。", answer])
    book.save(path)


def _rows(out: Path, table: str) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = pq.read_table(out / f"{table}.parquet").to_pylist()
    return rows


def test_the_next_run_follows_a_decision_and_the_problem_goes(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    _sheet(raw / "回答.xlsx")
    settings = Settings(raw, tmp_path / "out", 1, review=tmp_path)
    ingest(settings)
    assert [row["answer"] for row in _rows(tmp_path / "out", "answers")] == [
        "yes",
        "unclear",
        "no",
        "unclear",
        "yes",
    ]
    (problem,) = [row for row in _rows(tmp_path / "out", "problems") if row["code"] == "legend_unclear"]
    assert "北棟の係に委ねる,no,,," in problem["message"]
    _write(tmp_path, HEADER + "北棟の係に委ねる,not_applicable,係,,\n")
    ingest(settings)
    answers = [row["answer"] for row in _rows(tmp_path / "out", "answers")]
    assert answers == ["yes", "not_applicable", "no", "not_applicable", "yes"]
    assert "legend_unclear" not in {row["code"] for row in _rows(tmp_path / "out", "problems")}


def test_a_mark_of_one_form_means_what_a_person_says_there_and_nowhere_else(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    for name, subject in (("一.xlsx", "倉庫"), ("二.xlsx", "金庫")):
        book = openpyxl.Workbook()
        sheet = book.active
        sheet.append(["番号", f"{subject}の設問", "回答"])
        for number, answer in enumerate(["○", "保", "×", "保", "○"], 1):
            sheet.append([number, f"{subject}{number}の鍵を毎晩数えていますか。", answer])
        book.save(raw / name)
    settings = Settings(raw, tmp_path / "out", 1, review=tmp_path)
    ingest(settings)
    documents = {row["document_id"]: row["path"] for row in _rows(tmp_path / "out", "documents")}
    key = next(
        r["form_key"] for r in _rows(tmp_path / "out", "layouts") if documents[r["document_id"]] == "一.xlsx"
    )
    _write(tmp_path, f"form_key,mark,meaning,answer,who,at,why\n{key},保,,planned,係,,\n")
    ingest(settings)
    rows = [
        (documents[r["document_id"]], r["answer"])
        for r in _rows(tmp_path / "out", "answers")
        if r["answer_raw"] == "保"
    ]
    assert sorted(rows) == [("一.xlsx", "planned")] * 2 + [("二.xlsx", "unclear")] * 2
    assert [row["applied"] for row in _rows(tmp_path / "out", "decisions")] == [1]
