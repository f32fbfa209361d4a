"""Workbooks through openpyxl: every cell as the sheet shows it, with its address."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from extractors.cell_reference import a1, clean
from extractors.excel.workbook import read_workbook
from extractors.grid import Cell, Grid
from tests.extractors.excel.books import add_part, rewrite, save
from tests.extractors.grids import texts


def _grid(book: openpyxl.Workbook, tmp_path: Path) -> Grid:
    path = tmp_path / "回答.xlsx"
    book.save(path)
    return read_workbook(path).grids[0]


def _cell(grid: Grid, cells: str) -> Cell:
    return next(cell for cell in grid.cells if cell.location.cells == cells)


def test_cells_keep_their_place_with_gaps(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "設問"
    book.active["C5"] = "鍵はあるか"
    grid = _grid(book, tmp_path)
    (cell,) = grid.cells
    assert (cell.row, cell.col, cell.text) == (4, 2, "鍵はあるか")
    assert (cell.location.sheet, cell.location.cells) == ("設問", "C5")
    assert (grid.name, grid.sheet, grid.ruled) == ("設問", "設問", True)


def test_merged_cells_are_one_cell(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["B2"] = "鍵"
    sheet.merge_cells("B2:D4")
    sheet["E2"] = "○"
    grid = _grid(book, tmp_path)
    assert len(grid.cells) == 2
    cell = _cell(grid, "B2:D4")
    assert (cell.text, cell.row_span, cell.col_span) == ("鍵", 3, 3)
    assert (cell.end_row, cell.end_col) == (4, 4)


def test_blank_merged_cells_are_kept(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A1"] = "鍵"
    sheet["B1"] = None
    sheet.merge_cells("B1:C2")
    cell = _cell(_grid(book, tmp_path), "B1:C2")
    assert (cell.text, cell.row_span, cell.col_span) == ("", 2, 2)


def test_hidden_rows_and_columns_are_marked(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in range(1, 4):
        for col in range(1, 6):
            sheet.cell(row, col, f"{row}{col}")
    sheet.row_dimensions[2].hidden = True
    sheet.column_dimensions.group("C", "D", hidden=True)
    hidden = {cell.text for cell in _grid(book, tmp_path).cells if cell.hidden}
    assert hidden == {"21", "22", "23", "24", "25", "13", "14", "33", "34"}


def test_hidden_sheets_are_read_and_marked(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for name, state in (("隠し", "hidden"), ("深く隠し", "veryHidden")):
        sheet = book.create_sheet(name)
        sheet["A1"] = "旧い問"
        sheet.sheet_state = state
    path = tmp_path / "回答.xlsx"
    book.save(path)
    document = read_workbook(path)
    assert document.sheets == 3
    assert [(grid.name, grid.hidden) for grid in document.grids] == [
        ("Sheet", False),
        ("隠し", True),
        ("深く隠し", True),
    ]
    assert texts(document.grids[2]) == {(0, 0): "旧い問"}


def test_values_are_shown_under_their_formats(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    entries = {
        "A1": (0.999, "0.0%"),
        "A2": (dt.datetime(2026, 6, 5), 'yyyy"年"m"月"d"日"'),
        "A3": (3, '0"世代"'),
        "A4": (True, "General"),
        "A5": (7, "000"),
        "A6": (dt.time(9, 30), "h:mm"),
    }
    for address, (value, number_format) in entries.items():
        sheet[address] = value
        sheet[address].number_format = number_format
    shown = {cell.location.cells: cell.text for cell in _grid(book, tmp_path).cells}
    assert shown == {
        "A1": "99.9%",
        "A2": "2026年6月5日",
        "A3": "3世代",
        "A4": "TRUE",
        "A5": "007",
        "A6": "9:30",
    }


def test_rich_text_is_read_whole_and_line_breaks_stay(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = CellRichText("鍵は", TextBlock(InlineFont(b=True), "必ず"), "掛ける")
    book.active["A2"] = "一行目\n二行目"
    assert texts(_grid(book, tmp_path)) == {(0, 0): "鍵は必ず掛ける", (1, 0): "一行目\n二行目"}


SHEET = "xl/worksheets/sheet1.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"


def test_furigana_is_no_cell_text(tmp_path: Path) -> None:
    path = save(tmp_path, [["kagi"]])
    rewrite(path, SHEET, b't="inlineStr"><is><t>kagi</t></is>', b't="s"><v>0</v>')
    reading = '<rPh sb="0" eb="2"><t>セジョウ</t></rPh><phoneticPr fontId="1"/>'
    rewrite(
        path,
        "[Content_Types].xml",
        b"</Types>",
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{CONTENT}"/></Types>'.encode(),
    )
    rewrite(
        path,
        "xl/_rels/workbook.xml.rels",
        b"</Relationships>",
        f'<Relationship Id="rId99" Type="{RELATION}" Target="sharedStrings.xml"/></Relationships>'.encode(),
    )
    strings = f'<sst xmlns="{MAIN}"><si><t>施錠</t>{reading}</si></sst>'
    add_part(path, "xl/sharedStrings.xml", strings.encode())
    assert texts(read_workbook(path).grids[0]) == {(0, 0): "施錠"}


def test_formula_gives_its_cached_value(tmp_path: Path) -> None:
    path = save(tmp_path, [["鍵", "=A1"]])
    rewrite(path, SHEET, b'<c r="B1"><f>A1</f><v></v>', '<c r="B1" t="str"><f>A1</f><v>鍵</v>'.encode())
    document = read_workbook(path)
    assert texts(document.grids[0]) == {(0, 0): "鍵", (0, 1): "鍵"}
    assert document.issues == ()


def test_formula_without_a_value_is_told(tmp_path: Path) -> None:
    document = read_workbook(save(tmp_path, [["鍵", "=A1"]]))
    assert texts(document.grids[0]) == {(0, 0): "鍵"}
    (issue,) = document.issues
    assert (issue.code, issue.location.cells, dict(issue.params)) == (
        "formula_without_value",
        "B1",
        {"count": "1"},
    )


def test_error_values_are_shown(tmp_path: Path) -> None:
    path = save(tmp_path, [["#N/A"]])
    assert texts(read_workbook(path).grids[0]) == {(0, 0): "#N/A"}


def test_marks_and_width_stay_as_typed(tmp_path: Path) -> None:
    typed = ["〇", "◯", "○", "✕", "①㈱…½", "９：００～１７：００", "利⽤", " 前後 "]
    (row,) = [typed]
    grid = read_workbook(save(tmp_path, [row])).grids[0]
    assert [cell.text for cell in grid.cells] == typed


@pytest.mark.parametrize(
    ("range_", "name"),
    [((0, 0), "A1"), ((4, 27), "AB5"), ((0, 0, 1, 2), "A1:B1"), ((1, 1, 3, 1), "B2:B4")],
)
def test_a1_names(range_: tuple[int, ...], name: str) -> None:
    assert a1(*range_) == name


def test_escapes_of_excel_are_undone() -> None:
    assert clean("一行目_x000D_\n二行目\r三行目\r\n四行目") == "一行目\n二行目\n三行目\n四行目"
    assert clean("_x3042_") == "あ"
    assert clean("file_x1.txt") == "file_x1.txt"


def test_escaped_underscore_protects_what_looks_like_an_escape() -> None:
    assert clean("key_x005F_x0041_end") == "key_x0041_end"


@pytest.mark.parametrize(("number", "text"), [(14, "2026/6/5"), (31, "2026年6月5日"), (58, "令和8年6月5日")])
def test_formats_stored_by_number_are_shown_as_in_japan(tmp_path: Path, number: int, text: str) -> None:
    path = save(tmp_path, [[dt.datetime(2026, 6, 5)]])
    rewrite(path, "xl/styles.xml", b'numFmtId="164" fontId', f'numFmtId="{number}" fontId'.encode())
    assert texts(read_workbook(path).grids[0]) == {(0, 0): text}
