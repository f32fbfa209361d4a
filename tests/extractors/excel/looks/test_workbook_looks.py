"""What a form's maker told Excel is read from .xlsx: lists, protection, grounds, borders, bold, prompts; blank cells too."""

from __future__ import annotations

import time
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Border, Font, PatternFill, Protection, Side
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from extractors.grid import Grid
from extractors.looks import Look
from extractors.read import read
from tests.extractors.excel.books import rewrite
from tests.extractors.excel.spreadsheetml.packages import package, sheet

JUDGED = ("適合", "一部適合", "不適合")
_LINE = Side(style="thin")
_STYLES = (
    "<fonts><font/><font><b/></font></fonts><fills><fill><patternFill/></fill><fill><patternFill/></fill>"
    '<fill><patternFill patternType="solid"><fgColor rgb="FFFFF2CC"/></patternFill></fill></fills><borders><border/>'
    '<border><left style="thin"/><right/><top/><bottom style="hair"/></border><border><bottom style="thin"/></border></borders>'
    '<cellXfs><xf/><xf fontId="1"/><xf fillId="2" borderId="1"><protection locked="0"/></xf><xf borderId="2"/></cellXfs>'
)
INPUT = Look(writable=True, fill="FFF2CC", bordered=True)


def _form(folder: Path) -> Path:
    """A questionnaire as Excel's users make them: B is asked, C is chosen from lists, D is written."""
    book = openpyxl.Workbook()
    asked = book.active
    asked.title = "調査票"
    for row in [
        ["No.", "設問", "判定", "根拠"],
        [1, "施錠しているか"],
        [2, "台帳があるか"],
        [3, "訓練をしたか"],
    ]:
        asked.append(row)
    for cell in asked[1]:
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="1F4E78")
    for row in range(2, 5):
        for col in "CD":
            cell = asked[f"{col}{row}"]
            cell.fill, cell.protection = PatternFill("solid", fgColor="FFFF99"), Protection(locked=False)
            cell.border = Border(_LINE, _LINE, _LINE, _LINE)
    lists = book.create_sheet("選択肢")
    for text in JUDGED:
        lists.append([text])
    book.defined_names["判定"] = DefinedName("判定", attr_text="選択肢!$A$1:$A$3")
    for area, formula in (("C2", '"はい,いいえ"'), ("C3", "選択肢!$A$1:$A$2"), ("C4:C9", "判定")):
        rule = DataValidation("list", formula1=formula)
        rule.promptTitle, rule.prompt = "判定", "リストから選択してください"
        rule.add(area)
        asked.add_data_validation(rule)
    asked.protection.sheet = True
    path = folder / "調査票.xlsx"
    book.save(path)
    return path


def _sheet(path: Path) -> Grid:
    return read(path).grids[0]


def test_what_the_maker_told_excel_is_read(tmp_path: Path) -> None:
    looks = _sheet(_form(tmp_path)).looks
    prompt = "判定 リストから選択してください"
    assert looks.at(0, 1) == Look(writable=False, bold=True, fill="1F4E78")
    assert looks.at(1, 1) == Look(writable=False)
    chosen = Look(writable=True, fill="FFFF99", bordered=True, prompt=prompt)
    assert [looks.at(row, 2).choices for row in (1, 2, 3)] == [("はい", "いいえ"), JUDGED[:2], JUDGED]
    assert all(
        looks.at(row, 2).fill == chosen.fill and looks.at(row, 2).prompt == prompt for row in (1, 2, 3)
    )
    assert looks.at(3, 3) == Look(writable=True, fill="FFFF99", bordered=True)
    assert looks.at(7, 2).choices == JUDGED


def test_openpyxl_and_this_reader_see_the_same(tmp_path: Path) -> None:
    """Whoever opens the file: a peer that reads styles cell by cell is the measure."""
    path = _form(tmp_path)
    looks, peer = _sheet(path).looks, openpyxl.load_workbook(path).active
    for line in peer.iter_rows():
        for cell in line:
            look = looks.at(cell.row - 1, cell.column - 1)
            assert look.bold is bool(cell.font.bold)
            assert look.writable is (not cell.protection.locked)
            assert look.bordered is (cell.border.left.style is not None)
            assert look.fill == (cell.fill.fgColor.rgb[2:] if cell.fill.fill_type else None)


@pytest.mark.parametrize(
    "cells",
    [
        '<c r="A1" s="1" t="str"><v>鍵</v></c><c r="B1" s="2"/><c r="C1" s="3"/>',
        '<c r="A1" s="1"><f>1</f><v>1</v></c><c r="B1" s="2"/><c r="C1" s="3"/>',
        '<c s="1" r="A1"><v>1</v></c><c r="B1" s="2"/><c s="3" r="C1"/>',
        '<c r="A1" s="1"><v>1</v></c><c r="B1" s="2"/><c r="C1"/>',
    ],
    ids=["values", "formula", "parsed", "unstyled"],
)
def test_styles_are_the_same_by_every_way_of_reading_rows(cells: str, tmp_path: Path) -> None:
    rows = f'<row r="1">{cells}</row><row r="2"><c r="A2" s="1"/></row>'
    looks = _sheet(package(tmp_path, sheet(rows), styles=_STYLES)).looks
    assert [looks.at(0, col) for col in range(4)] == [Look(bold=True), INPUT, Look(), Look()]
    assert [looks.at(1, col) for col in range(2)] == [Look(bold=True), Look()]


def test_rows_and_columns_with_a_style_of_their_own(tmp_path: Path) -> None:
    part = sheet(
        '<row r="2" s="1" customFormat="1"><c r="B2" s="0"><v>1</v></c></row><row r="3" s="1"><c r="B3" s="0"><v>1</v></c></row>'
    ).replace("<sheetData>", '<cols><col min="3" max="4" style="2"/></cols><sheetData>')
    looks = _sheet(package(tmp_path, part, styles=_STYLES)).looks
    assert [looks.at(1, col) for col in (0, 1, 2, 9_000)] == [
        Look(bold=True),
        Look(),
        Look(bold=True),
        Look(bold=True),
    ]
    assert [looks.at(2, col) for col in (0, 1, 2, 3, 4)] == [Look(), Look(), INPUT, INPUT, Look()]
    assert looks.at(800_000, 3) == INPUT


def test_lists_that_excel_writes_as_an_extension(tmp_path: Path) -> None:
    path = _form(tmp_path)
    rule = (
        '<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}" xmlns:x14="http://schemas.microsoft.com/office/'
        'spreadsheetml/2009/9/main" xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"><x14:dataValidations>'
        '<x14:dataValidation type="list"><x14:formula1><xm:f>選択肢!$A$2:$A$3</xm:f></x14:formula1><xm:sqref>D2:D3 F2'
        "</xm:sqref></x14:dataValidation></x14:dataValidations></ext></extLst></worksheet>"
    )
    rewrite(path, "xl/worksheets/sheet1.xml", b"</worksheet>", rule.encode())
    looks = _sheet(path).looks
    assert [looks.at(row, col).choices for row, col in ((1, 3), (2, 3), (3, 3), (1, 5))] == [
        JUDGED[1:], JUDGED[1:], None, JUDGED[1:],
    ]  # fmt: skip


def test_ranges_that_a_protected_sheet_leaves_open(tmp_path: Path) -> None:
    tail = '<sheetProtection sheet="1"/><protectedRanges><protectedRange name="回答" sqref="B1:B9"/></protectedRanges>'
    part = sheet('<row r="1"><c r="A1" s="1"><v>1</v></c><c r="B1" s="1"><v>2</v></c></row>', tail)
    looks = _sheet(package(tmp_path, part, styles=_STYLES)).looks
    assert [looks.at(0, col).writable for col in (0, 1)] == [False, True]


def test_a_million_blank_cells_and_whole_columns_cost_little(tmp_path: Path) -> None:
    line = "".join(f'<c r="{chr(65 + col)}%" s="2"/>' for col in range(10))
    rows = "".join(f'<row r="{row}">{line.replace("%", str(row))}</row>' for row in range(1, 100_001))
    tail = (
        '<dataValidations><dataValidation type="list" sqref="A1:XFD1048576"><formula1>$A:$XFD</formula1></dataValidation>'
        '<dataValidation type="list" sqref="C1:C1048576"><formula1>"可,否"</formula1></dataValidation></dataValidations>'
    )
    path = package(
        tmp_path, sheet(f'{rows}<row r="1000000"><c r="A1000000"><v>1</v></c></row>', tail), styles=_STYLES
    )
    start = time.process_time()
    looks = _sheet(path).looks
    assert time.process_time() - start < 8
    assert len(looks.lines) < 10
    assert len(looks.bands) < 10
    assert looks.at(99_999, 9).fill == "FFF2CC"
    assert looks.at(1_000_000, 2).choices == ("可", "否")
