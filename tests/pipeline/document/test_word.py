"""A made-up Word file in, the rows of its list out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import docx

from tests.pipeline.make import read_one

HEADER = ("No.", "区分", "点検項目", "回答", "備考")


def _add(document: docx.document.Document, rows: Sequence[Sequence[str]]) -> docx.table.Table:
    table = document.add_table(len(rows), len(rows[0]))
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    return table


def _write(path: Path, again: bool) -> Path:
    """A list in two tables, each under a heading; the second has the header `again` or goes on without."""
    document = docx.Document()
    document.add_heading("倉庫安全点検票", 1)
    document.add_paragraph("会社名：株式会社みほん倉庫")
    document.add_paragraph("凡例　○：実施している　×：実施していない　△：計画中")
    document.add_paragraph("１　屋外")
    first = [
        HEADER,
        ("1", "入口", "入口の鍵を毎日閉めていること。", "○", ""),
        ("2", "", "入口の灯りを毎晩点けていること。", "×", "来月から"),
        ("3", "塀", "塀の穴を毎年塞いでいること。", "○", ""),
    ]
    table = _add(document, first)
    table.cell(1, 1).merge(table.cell(2, 1))
    document.add_paragraph("２　屋内")
    second = [
        ("4", "棚", "棚の荷を毎週数えていること。", "△", "北の棚だけ"),
        ("5", "床", "床を毎日掃いていること。", "", ""),
    ]
    _add(document, [HEADER, *second] if again else second)
    document.save(str(path))
    return path


def _rows(path: Path) -> list[tuple[object, ...]]:
    (checklist,) = read_one(path).checklists
    return [
        (r.row.item_no, r.row.section, r.row.category, r.row.answer, r.reading.answer, r.remarks)
        for r in checklist.records
    ]


EXPECTED = [
    ("1", ("１　屋外",), "入口", "○", "yes", ""),
    ("2", ("１　屋外",), "入口", "×", "no", "来月から"),
    ("3", ("１　屋外",), "塀", "○", "yes", ""),
    ("4", ("２　屋内",), "棚", "△", "planned", "北の棚だけ"),
    ("5", ("２　屋内",), "床", "", "unanswered", ""),
]


def test_a_list_in_several_tables(tmp_path: Path) -> None:
    path = _write(tmp_path / "票.docx", again=True)
    outcome = read_one(path)
    assert (outcome.status, outcome.meta.vendor, outcome.meta.title) == (
        "ok",
        "株式会社みほん倉庫",
        "倉庫安全点検票",
    )
    assert _rows(path) == EXPECTED


def test_a_list_that_goes_on_under_a_heading_without_a_header(tmp_path: Path) -> None:
    assert _rows(_write(tmp_path / "票.docx", again=False)) == EXPECTED
