"""Stored colours in, their codes out."""

from __future__ import annotations

from typing import Any

import openpyxl
import pytest
from openpyxl.styles import PatternFill

from extractors.excel.fallback.openpyxl import read_by_openpyxl
from extractors.excel.spreadsheetml.reader import read_spreadsheetml
from extractors.grid import Cell
from extractors.location import Location
from extractors.package.cell_colours import blank_shades, colour_code, speaks_of_colours, tinted

THEMES = ("FFFFFF", "000000", "EEECE1", "1F497D", "4F81BD")


@pytest.mark.parametrize(
    ("stored", "code"),
    [
        (("rgb", "FFFF0000"), "FF0000"),
        (("rgb", "00b050"), "00B050"),
        (("rgb", "FFFFFFFF"), None),
        (("rgb", "red"), None),
        (("indexed", "10"), "FF0000"),
        (("indexed", "64"), None),
        (("indexed", "-1"), None),
        (("theme", "4", 0.0, THEMES), "4F81BD"),
        (("theme", "0", 0.0, THEMES), None),
        (("theme", "0", -0.25, THEMES), "BFBFBF"),
        (("theme", "7", 0.0, ()), "theme7"),
        (("theme", "1", 0.0, ()), None),
        (("theme", "99999"), None),
    ],
)
def test_codes(stored: tuple[Any, ...], code: str | None) -> None:
    assert colour_code(*stored) == code


def test_tints() -> None:
    assert tinted("4F81BD", 0.4) == "95B3D7"
    assert tinted("4F81BD", 5.0) == "4F81BD"


def test_blank_cells_count_in_rows_with_texts_of_sheets_that_speak_of_colours() -> None:
    def cell(row: int, text: str) -> Cell:
        return Cell(row, 0, text, Location())

    blanks = [(1, 2, "fill:FF0000"), (7, 2, "fill:FF0000")]
    assert blank_shades(blanks, [cell(0, "赤は未対応"), cell(1, "鍵")]) == ((1, 2, "fill:FF0000"),)
    assert blank_shades(blanks, [cell(0, "倉庫"), cell(1, "鍵")]) == ()
    assert speaks_of_colours(["塔", "ＲＥＤ color"]) is True


def test_both_readers_of_workbooks_see_the_same(tmp_path: Any) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["赤は未対応"])
    sheet.append(["鍵"])
    sheet["B2"].fill = PatternFill("solid", fgColor="FF0000")
    sheet.merge_cells("B2:C2")
    sheet["B9"].fill = PatternFill("solid", fgColor="FF0000")
    path = tmp_path / "票.xlsx"
    book.save(path)
    shades = [read(path).grids[0].shades for read in (read_spreadsheetml, read_by_openpyxl)]
    assert shades[0][0] == shades[1][0] == (1, 1, "fill:FF0000")
    assert all(row == 1 for found in shades for row, _, _ in found)
