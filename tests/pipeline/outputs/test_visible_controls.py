"""Characters that turn the direction of writing: spelled out in workbooks and pages, as on the terminal."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from pipeline.outputs.html_page import _printable
from pipeline.outputs.xlsx.write_tables import BookSheet, SheetColumn, write_book
from pipeline.outputs.xlsx.written_cells import sheet_name
from pipeline.review.lines.decision_file import escape_cell, unescape_cell

ACTING = [*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x61C, 0x1B, 0x07, 0x85, 0x9B]


@pytest.mark.parametrize("code", ACTING, ids=hex)
def test_a_character_that_acts_is_seen_in_a_workbook_and_on_a_page(code: int, tmp_path: Path) -> None:
    text = f"対応し{chr(code)}ていません"
    path = tmp_path / "a.xlsx"
    write_book(path, [BookSheet("一覧", (SheetColumn(f"見出し{chr(code)}", 9),), [[text]])])
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    for shown in (str(sheet["A1"].value), str(sheet["A2"].value), str(_printable(text)), sheet_name(text)):
        assert chr(code) not in shown
        assert f"{code:02x}" in shown


@pytest.mark.parametrize(
    "text", ["=cmd|' /C calc'!A0", "@SUM(A1)", "+81 3 0000", "-1", "－", "plain", "'quoted", "\tx"]
)
def test_a_note_is_defused_in_a_file_and_read_back_as_it_was(text: str) -> None:
    written = escape_cell(text)
    assert written == text or written.startswith("'")
    assert unescape_cell(written) == text
