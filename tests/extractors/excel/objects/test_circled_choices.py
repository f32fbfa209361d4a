"""Rings drawn round printed choices, other shapes, and text that is struck through."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Alignment, Font

from extractors.excel.workbook import read_workbook
from tests.extractors.excel.books import add_part

_XDR = 'xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"'
_A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/drawing"
_EMU = 12_700


def _anchor(shape: str, left: float, right: float, row: int = 1) -> str:
    """A shape over column C, from `left` to `right` points behind the column's edge, in `row` (from 0)."""

    def corner(name: str, x: float, y: float) -> str:
        return (
            f"<xdr:{name}><xdr:col>2</xdr:col><xdr:colOff>{int(x * _EMU)}</xdr:colOff>"
            f"<xdr:row>{row}</xdr:row><xdr:rowOff>{int(y * _EMU)}</xdr:rowOff></xdr:{name}>"
        )

    drawn = f'<xdr:sp macro=""><xdr:spPr><a:prstGeom prst="{shape}"/></xdr:spPr></xdr:sp>'
    return f"<xdr:twoCellAnchor>{corner('from', left, 2)}{corner('to', right, 13)}{drawn}</xdr:twoCellAnchor>"


def _workbook(tmp_path: Path, anchors: str, choices: str = "○ ・ × ・ △") -> Path:
    """A list with centred choices in C2 (11 points, column 20 characters wide) and drawn shapes."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["番号", "設問", "回答"])
    sheet.append(["1", "鍵は毎晩掛けるか", choices])
    sheet["C2"].alignment = Alignment(horizontal="center")
    sheet["C2"].font = Font(size=11)
    sheet.column_dimensions["C"].width = 20
    path = tmp_path / "回答.xlsx"
    book.save(path)
    add_part(path, "xl/drawings/drawing1.xml", f"<xdr:wsDr {_XDR} {_A}>{anchors}</xdr:wsDr>".encode())
    relations = f'<Relationships><Relationship Id="r1" Type="{_RELATION}" Target="../drawings/drawing1.xml"/></Relationships>'
    add_part(path, "xl/worksheets/_rels/sheet1.xml.rels", relations.encode())
    return path


# Column of 20 characters: 108.75 points; the five signs and four spaces of 11 points are 77 points wide.
@pytest.mark.parametrize(
    ("left", "right", "chosen"), [(14, 29, ("○",)), (47, 62, ("×",)), (80, 95, ("△",)), (30, 32, ())]
)
def test_ring_round_a_choice(tmp_path: Path, left: float, right: float, chosen: tuple[str, ...]) -> None:
    document = read_workbook(_workbook(tmp_path, _anchor("ellipse", left, right)))
    answer = next(cell for cell in document.grids[0].cells if cell.text == "○ ・ × ・ △")
    assert answer.chosen == chosen
    assert [issue.code for issue in document.issues] == ([] if chosen else ["shapes_not_read"])


def test_two_rings_are_both_told(tmp_path: Path) -> None:
    path = _workbook(tmp_path, _anchor("ellipse", 14, 29) + _anchor("ellipse", 80, 95))
    answer = next(cell for cell in read_workbook(path).grids[0].cells if "△" in cell.text)
    assert answer.chosen == ("○", "△")


def test_other_shapes_are_told(tmp_path: Path) -> None:
    anchors = _anchor("rightArrow", 14, 29) + '<xdr:twoCellAnchor><xdr:cxnSp macro=""/></xdr:twoCellAnchor>'
    (issue,) = read_workbook(_workbook(tmp_path, anchors)).issues
    assert (issue.code, dict(issue.params)) == ("shapes_not_read", {"count": "2"})


def test_struck_text_is_withdrawn_and_told(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A1"] = CellRichText(TextBlock(InlineFont(strike=True), "×"), TextBlock(InlineFont(), "○"))
    sheet["A2"] = "有"
    sheet["A2"].font = Font(strike=True)
    sheet["A3"] = "無"
    path = tmp_path / "回答.xlsx"
    book.save(path)
    document = read_workbook(path)
    (grid,) = document.grids
    assert {cell.location.cells: cell.text for cell in grid.cells} == {"A1": "○", "A2": "", "A3": "無"}
    assert [(cell.text, cell.doubt) for cell in grid.aside] == [
        ("×", "struck_through"),
        ("有", "struck_through"),
    ]
    assert [(t.code, t.location.cells, dict(t.params)["text"]) for t in document.issues] == [
        ("text_struck_through", "A1", "×"),
        ("text_struck_through", "A2", "有"),
    ]
