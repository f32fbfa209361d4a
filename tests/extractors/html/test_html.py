"""Web pages and XML spreadsheets that carry a workbook's name."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest

from extractors.checklist.extract import grid_to_checklists
from extractors.errors import Damaged
from extractors.html.reader import read_html
from extractors.html.xml_spreadsheet import read_spreadsheet
from extractors.read import read

PAGE = """<html><head><meta charset="{charset}"><title>控え</title><script>x="<td>";</script></head><body>
<p>回答者：株式会社つくし</p>
<table><tr><th>番号</th><th>設問</th><th>回答</th><th>備考</th></tr>
<tr><td>1</td><td>鍵を<br>保管する</td><td>はい</td><td><s>予定</s>済</td></tr>
<tr><td>2</td><td>名札 &amp; 名簿</td><td>いいえ</td><td rowspan="2">共通</td></tr>
<tr><td>3</td><td>廃棄</td><td><input type="checkbox" checked>済 <input type="checkbox">未</td></tr>
<tr style="display:none"><td>4</td><td>控え</td><td>はい</td><td></td></tr></table></body></html>"""
SHEET = """<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Worksheet ss:Name="控え"><Table><Row ss:Index="2"><Cell><Data ss:Type="String">番号</Data></Cell>
<Cell ss:Index="3"><Data ss:Type="String">回答</Data></Cell></Row>
<Row><Cell ss:MergeAcross="1"><Data ss:Type="Number">1</Data></Cell><Cell><Data ss:Type="String">はい</Data></Cell></Row>
</Table></Worksheet></Workbook>"""


@pytest.mark.parametrize("charset", ["utf-8", "Shift_JIS", "euc-jp"])
def test_a_page_s_table_is_read_under_any_name(tmp_path: Path, charset: str) -> None:
    path = tmp_path / "export.xls"
    path.write_bytes(PAGE.format(charset=charset).encode("cp932" if charset == "Shift_JIS" else charset))
    document = read(path)
    (grid,) = document.grids
    texts = {(cell.row, cell.col): cell.text for cell in grid.cells}
    assert texts[0, 0] == "回答者：株式会社つくし"
    assert texts[2, 1] == "鍵を\n保管する"
    assert texts[3, 1] == "名札 & 名簿"
    assert texts[4, 2] == "■済 □未"
    assert next(cell for cell in grid.cells if cell.text == "共通").row_span == 2
    assert [cell.text for cell in grid.cells if cell.hidden] == ["4", "控え", "はい", ""]
    assert [(cell.text, cell.doubt) for cell in grid.aside] == [("予定", "struck_through")]
    assert grid.cells[5].location.cells == "table 1, row 2, column 1"
    rows = grid_to_checklists(grid).checklists[0].rows
    assert [(r.item_no, r.answer) for r in rows][:2] == [("1", "はい"), ("2", "いいえ")]


def test_an_xml_spreadsheet_keeps_places_and_merges(tmp_path: Path) -> None:
    path = tmp_path / "export.xls"
    path.write_text(SHEET, encoding="utf-8")
    (grid,) = read(path).grids
    assert [(cell.text, cell.location.cells, cell.col_span) for cell in grid.cells] == [
        ("番号", "A2", 1),
        ("回答", "C2", 1),
        ("1", "A3", 2),
        ("はい", "C3", 1),
    ]
    assert grid.sheet == "控え"


@pytest.mark.parametrize(
    "data",
    [
        b"<table>" + b"<tr><td rowspan=99999 colspan=99999>a" * 3000,
        b"<html><body>" + b"<div>" * 5000 + b"<table><tr><td>a",
        b"<html",
    ],
)
def test_hostile_pages_are_refused(data: bytes) -> None:
    with pytest.raises(Damaged):
        read_html(BytesIO(data))


@pytest.mark.parametrize(
    "data",
    [
        b"<Workbook",
        SHEET.replace('ss:Index="2"', 'ss:Index="9999999"').encode(),
        SHEET.replace('ss:Index="3"', 'ss:Index="9999999"').encode(),
    ],
)
def test_hostile_spreadsheets_are_refused(data: bytes) -> None:
    with pytest.raises(Damaged):
        read_spreadsheet(BytesIO(data))


def test_entities_of_a_spreadsheet_are_not_expanded() -> None:
    bomb = SHEET.replace(
        '<?mso-application progid="Excel.Sheet"?>',
        '<!DOCTYPE W [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;">]>',
    ).replace(">番号<", ">&b;<")
    with pytest.raises(Damaged, match="entities"):
        read_spreadsheet(BytesIO(bomb.encode()))


@pytest.mark.parametrize("charset", ["Shift_JIS", "x-sjis", "Windows-31J", "MS_Kanji", "utf-8", "utf-16"])
def test_characters_are_those_of_windows_whatever_the_page_calls_them(charset: str) -> None:
    page = f'<meta charset="{charset}"><table><tr><td>① ㈱ ～ － 髙</td></tr></table>'
    codec = charset if charset.startswith("utf") else "cp932"
    (grid,) = read_html(BytesIO(page.encode(codec))).grids
    assert [cell.text for cell in grid.cells] == ["① ㈱ ～ － 髙"]
