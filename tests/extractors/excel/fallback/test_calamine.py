"""Old and other workbooks through calamine: values, merges, sheets; what it cannot tell is said."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
import pytest

from extractors.errors import Damaged
from extractors.excel.fallback.calamine import read_by_calamine
from tests.extractors.excel.books import open_document, save
from tests.extractors.grids import texts


def test_open_document_is_read(tmp_path: Path) -> None:
    document = read_by_calamine(open_document(tmp_path, [["番号", "問"], ["1", "鍵はあるか"]]))
    assert document.extractor == "calamine"
    assert document.sheets == 1
    (grid,) = document.grids
    assert (grid.name, grid.sheet) == ("見本", "見本")
    assert texts(grid) == {(0, 0): "番号", (0, 1): "問", (1, 0): "1", (1, 1): "鍵はあるか"}


def test_missing_formats_are_told(tmp_path: Path) -> None:
    document = read_by_calamine(save(tmp_path, [["鍵"]]))
    assert [issue.code for issue in document.issues] == ["formats_not_read"]


def test_values_of_every_kind(tmp_path: Path) -> None:
    row = ["〇", 3, 99.5, True, dt.datetime(2026, 6, 5), "一行目\r\n二行目"]
    grid = read_by_calamine(save(tmp_path, [row])).grids[0]
    assert [cell.text for cell in grid.cells] == ["〇", "3", "99.5", "TRUE", "2026/6/5", "一行目\n二行目"]


def test_time_of_day_is_not_dropped(tmp_path: Path) -> None:
    grid = read_by_calamine(save(tmp_path, [[dt.datetime(2026, 6, 5, 18, 30)]])).grids[0]
    assert "18:30" in grid.cells[0].text


def test_merged_cells_and_addresses(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["C3"] = "鍵"
    sheet.merge_cells("C3:D5")
    sheet["E3"] = "○"
    path = tmp_path / "回答.xlsx"
    book.save(path)
    grid = read_by_calamine(path).grids[0]
    assert [
        (cell.row, cell.col, cell.text, cell.location.cells, cell.row_span, cell.col_span)
        for cell in grid.cells
    ] == [(2, 2, "鍵", "C3:D5", 3, 2), (2, 4, "○", "E3", 1, 1)]


def test_hidden_sheets_are_marked(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "鍵"
    book.create_sheet("隠し")["A1"] = "旧い問"
    book["隠し"].sheet_state = "hidden"
    path = tmp_path / "回答.xlsx"
    book.save(path)
    assert [(grid.name, grid.hidden) for grid in read_by_calamine(path).grids] == [
        ("Sheet", False),
        ("隠し", True),
    ]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04" + b"\x00" * 60, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1junk"])
def test_broken_workbooks_are_damaged(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "回答.xls"
    path.write_bytes(data)
    with pytest.raises(Damaged):
        read_by_calamine(path)
