"""Two pages side by side on one sheet, the right one without names of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractors.checklist.extract import grid_to_checklists
from extractors.pdf.reader import read_pdf
from tests.extractors.pdf.prints import Print

HEADER = ["番号", "設問", "回答", "備考"]
LEFT = [
    ["1", "扉の鍵を掛けるか", "○", ""],
    ["2", "窓の格子を見るか", "×", "夜勤の翌朝"],
    ["3", "灯を消すか", "△", "二階のみ"],
]
XS = [20.0, 60.0, 180.0, 220.0, 300.0]


def _sheet(path: Path, top: float, first: int) -> Path:
    right = [[str(first + n), text, mark, note] for n, (text, mark, note) in enumerate(
        [("梯子を畳むか", "○", ""), ("綱を改めるか", "×", "隔月で改める"), ("客を記すか", "△", "宿帳のみ")]
    )]  # fmt: skip
    sheet = Print(path, (640.0, 300.0)).text(20, 30, "船宿の点検票", 14)
    sheet.table(XS, [100.0 + 22 * n for n in range(5)], [HEADER, *LEFT])
    sheet.table([x + 320 for x in XS], [top + 22 * n for n in range(4)], right)
    return sheet.save()


@pytest.mark.parametrize("top", [70.0, 100.0, 122.0])
def test_a_right_half_without_names_goes_on_where_its_numbers_do(tmp_path: Path, top: float) -> None:
    (grid,) = read_pdf(_sheet(tmp_path / "a.pdf", top, 4)).grids
    (checklist,) = grid_to_checklists(grid).checklists
    assert [(row.item_no, row.answer) for row in checklist.rows] == list(zip("123456", "○×△○×△", strict=True))
    assert [row.remarks for row in checklist.rows] == [
        "",
        "夜勤の翌朝",
        "二階のみ",
        "",
        "隔月で改める",
        "宿帳のみ",
    ]
    assert checklist.legend_lines == ()


def test_numbers_that_do_not_go_on_are_another_table(tmp_path: Path) -> None:
    (grid,) = read_pdf(_sheet(tmp_path / "a.pdf", 70.0, 9)).grids
    numbers = [row.item_no for c in grid_to_checklists(grid).checklists for row in c.rows]
    assert numbers[:3] == ["1", "2", "3"]
