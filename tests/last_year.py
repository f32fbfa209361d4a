"""A shipped sample in, what its vendor might have sent besides out: the sheet of a year before, with other answers,
wording and numbers, and another buyer's list in which one answer contradicts the sheet.
"""

from __future__ import annotations

import csv
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
_OTHER_NAME = "株式会社架空堂ソフト/ゆめみ産業_情報管理確認票_カクウ経費ノート_20260520.csv"
_OTHER_ROWS = (
    ("番号", "確認事項", "回答", "補足"),
    ("1", "利用者のログインに多要素認証を使えること。", "はい", "認証アプリを使います。"),
    (
        "2",
        "データベースとファイルの保管領域を暗号化していること。",
        "いいえ",
        "ファイルの保管領域は暗号化していません。",
    ),
    ("3", "解約の前に、CSVなど汎用の形式ですべてのデータを持ち出せること。", "はい", ""),
    ("4", "バックアップから元に戻せることを、年に1回以上試していること。", "はい", ""),
)
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


def write_other_list(raw: Path) -> Path:
    """Write another buyer's list into a raw folder that holds the samples."""
    with (raw / _OTHER_NAME).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(_OTHER_ROWS)
    return raw / _OTHER_NAME
