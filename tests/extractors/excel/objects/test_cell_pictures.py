"""Pictures placed in cells by Excel and by WPS: ▣ in the grid, told, and unclear as an answer."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from extractors.excel.objects.cell_pictures import PICTURE_IN_CELL, print_cell_pictures, rich_cells
from extractors.read import read
from tests.extractors.excel.books import rewrite, save
from tests.extractors.grids import grid_of, lined
from tests.pipeline.make import read_one, sheet_rows

_SHEET = "xl/worksheets/sheet1.xml"
_WPS = '=DISPIMG("ID_1A2B",1)'


def _book(tmp_path: Path, kind: str) -> Path:
    """A list of which the answer in D3 is a picture."""
    path = save(tmp_path, sheet_rows(["はい", "印", "いいえ", "はい"]))
    with zipfile.ZipFile(path) as package:
        data = package.read(_SHEET)
    start = data.index(b'<c r="D3"')
    quoted = _WPS.replace('"', "&quot;")
    pictures = {
        "excel": '<c r="D3" t="e" vm="1"><v>#VALUE!</v></c>',
        "wps by excel": f'<c r="D3" t="e"><f>_xlfn.{quoted[1:]}</f><v>#NAME?</v></c>',
        "web": '<c r="D3" t="e"><f>_xlfn.IMAGE("https://x.example/a.png")</f><v>#BLOCKED!</v></c>',
        "wps": f'<c r="D3" t="str"><f>_xlfn.{quoted[1:]}</f><v>{quoted}</v></c>',
    }
    rewrite(path, _SHEET, data[start : data.index(b"</c>", start) + 4], pictures[kind].encode())
    return path


@pytest.mark.parametrize("kind", ["excel", "wps", "wps by excel", "web"])
def test_a_picture_in_an_answer_cell_is_neither_blank_nor_a_text(tmp_path: Path, kind: str) -> None:
    path = _book(tmp_path, kind)
    [issue] = read(path).issues
    assert (issue.code, issue.location.cells, issue.params["count"]) == ("picture_in_cell", "D3", "1")
    records = read_one(path).checklists[0].records
    assert [(r.row.answer, r.reading.answer) for r in records] == [
        ("はい", "yes"),
        ("", "unclear"),
        ("いいえ", "no"),
        ("はい", "yes"),
    ]


def test_an_error_without_rich_data_stays_an_error() -> None:
    grid = grid_of(lined("#VALUE! | はい"))
    assert print_cell_pictures(grid) == (grid, [])
    printed, [issue] = print_cell_pictures(grid, {"A1"})
    assert (printed.cells[0].text, printed.cells[0].doubt, issue.code) == (
        "▣",
        PICTURE_IN_CELL,
        "picture_in_cell",
    )


def test_addresses_of_rich_data() -> None:
    data = b'<row><c r="A1" t="e" vm="1"><v>x</v></c><c vm="2" r="BC12"/><c r="D1" cm="1"/><c r="E1"/></row>'
    assert rich_cells(data) == {"A1", "BC12"}
    assert rich_cells(b'<c r="A1"/>') == frozenset()
