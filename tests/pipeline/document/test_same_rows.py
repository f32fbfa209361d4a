"""One made-up sheet as .xlsx, .xls and .fods: the same rows come out of each."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from pipeline.document.process import read_document
from pipeline.sources.discover import discover
from tests.extractors.excel.old_books import (
    STRUCK,
    XlsSheet,
    cell,
    flat,
    grid_values,
    row,
    save_xls,
    table,
    xls_stream,
)

HOURS = '0"時間"'
ROWS: list[list[Any]] = [
    ["設備点検票", "", "", "", ""],
    ["番号", "点検項目", "回答", "回答", "備考"],
    [1.0, "正門の鍵を毎日掛けていますか", "○", "○", ""],
    [2.0, "裏門の鍵を毎日掛けていますか", "○", "×", "来月から掛ける"],
    [3.0, "窓を開けられる時間はどれだけですか", "○", 24.0, ""],
    [4.0, "扉の数を数えていますか", "○", "○×", "数え直した"],
    [5.0, "壁の色を決めていますか", "○", "×", ""],
]
HIDDEN_COL, HOURS_AT, STRUCK_AT, HIDDEN_ROW = 2, (4, 3), (5, 3), 6


def _xlsx(path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for values in ROWS:
        sheet.append([None if value == "" else value for value in values])
    sheet.merge_cells("A1:E1")
    sheet.column_dimensions["C"].hidden = True
    sheet.row_dimensions[HIDDEN_ROW + 1].hidden = True
    sheet["D5"].number_format = HOURS
    sheet["D6"] = CellRichText(TextBlock(InlineFont(strike=True), "○"), TextBlock(InlineFont(), "×"))
    sheet["E6"].font = Font(strike=True)
    book.save(path)


def _xls(path: Path) -> None:
    sheet = XlsSheet(
        "Sheet",
        grid_values(ROWS),
        styles={HOURS_AT: 2, (5, 4): STRUCK},
        runs={STRUCK_AT: [(0, STRUCK), (1, 0)]},
        merges=[(0, 0, 0, 4)],
        hidden_cols=[HIDDEN_COL],
        hidden_rows=[HIDDEN_ROW],
    )
    save_xls(path, xls_stream([sheet], (HOURS,)))


def _fods(path: Path) -> None:
    def written(spot: tuple[int, int], value: Any) -> str:
        if spot == STRUCK_AT:
            mixed = '<text:p><text:span text:style-name="gone">○</text:span>×</text:p>'
            return f"<table:table-cell>{mixed}</table:table-cell>"
        words = "24時間" if spot == HOURS_AT else f"{value:g}" if isinstance(value, float) else value
        attributes = 'table:number-columns-spanned="5"' if spot == (0, 0) else ""
        return cell(words, 'table:style-name="gone"' if spot == (5, 4) else attributes)

    rows = [
        row(
            *(written((r, c), value) for c, value in enumerate(values)),
            attributes='table:visibility="collapse"' if r == HIDDEN_ROW else "",
        )
        for r, values in enumerate(ROWS)
    ]
    columns = '<table:table-column table:number-columns-repeated="2"/><table:table-column table:visibility="collapse"/>'
    path.write_bytes(flat(table(*rows, columns=columns, title="Sheet")))


@pytest.mark.slow
def test_one_sheet_in_three_formats(tmp_path: Path) -> None:
    _xlsx(tmp_path / "一.xlsx")
    _xls(tmp_path / "二.xls")
    _fods(tmp_path / "三.fods")
    found = {}
    for file in discover(tmp_path):
        outcome = read_document(file)
        (checklist,) = outcome.checklists
        rows = [
            (
                r.row.item_no,
                r.row.requirement,
                r.row.answer,
                r.reading.answer,
                r.remarks,
                r.row.location.cells,
            )
            for r in checklist.records
        ]
        found[file.path.suffix] = (
            rows,
            sorted(p.code for p in outcome.issues),
            r_hidden(checklist.records),
        )
    assert [r[2:5] for r in found[".xls"][0]] == [
        ("○", "yes", ""),
        ("×", "no", "来月から掛ける"),
        ("24時間", "value", ""),
        ("×", "no", ""),
        ("×", "no", ""),
    ]
    assert found[".xls"] == found[".xlsx"]
    assert found[".fods"] == found[".xlsx"]


def r_hidden(records: Any) -> list[bool]:
    """Which rows are hidden."""
    return [record.row.hidden for record in records]
