"""A shipped sample in, the sheet that its vendor might have sent a year before out: other answers, wording and numbers."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook
from openpyxl.cell import MergedCell

_SAMPLE = "株式会社架空堂ソフト/まぼろし商事_安全確認シート_カクウ経費ノート.xlsx"
_NAME = "株式会社架空堂ソフト/まぼろし商事_安全確認シート_カクウ経費ノート_20250514.xlsx"
_CELLS = {
    "A2": "まぼろし商事株式会社　情報システム部　様式IS-07（第3版）",
    "D6": "回答日：2025年5月14日",
    "C13": "すべての従業者に、年に1度は情報の扱い方についての研修を受けさせていること。",
    "D18": "×",
    "E18": "2025年10月に始める予定です。",
    "D28": "△",
    "E28": "一部のファイルだけで試しました。",
    "E33": "6か月残します。",
    "A40": "23",
    "A41": "24",
}
_ASKED_LATER = (38, 39)  # rows that the edition before did not have


def write_last_year(raw: Path) -> Path:
    """Write last year's sheet into a raw folder that holds the samples."""
    book = load_workbook(raw / _SAMPLE)
    sheet = book.active
    assert sheet is not None
    for merged in [str(area) for area in sheet.merged_cells.ranges if area.min_row in _ASKED_LATER]:
        sheet.unmerge_cells(merged)
    for row in _ASKED_LATER:
        for cell in sheet[row]:
            assert not isinstance(cell, MergedCell)
            cell.value = None
    for place, text in _CELLS.items():
        sheet[place] = text
    book.save(raw / _NAME)
    return raw / _NAME
