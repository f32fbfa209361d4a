"""Boxes before statements, in cells of their own and in running text; black squares that head and that tick."""

from __future__ import annotations

import pytest

from extractors.checklist.extract import READ_STRUCTURE, grid_to_checklists
from extractors.checklist.model import ItemRow
from extractors.checklist.reshape.detect_structures import structures_of
from extractors.grid import Cell, Grid
from extractors.location import Location
from tests.extractors.grids import items_in

APART = """
 船の点検表 | |
 船の名 | | 鴎丸
 ■ 帆 | |
 ☑ | | 帆に破れがないか見たか。
 □ | | 予備の帆を積んだか。
 ■ 綱 | |
 ☑ | | 綱を乾かしたか。
 ☑ | | 結び目を改めたか。
"""
HEADED = """出航前のチェックリスト
■ 帆のこと
□ 帆に破れがないことを確かめた
□ 予備の帆を積んである
■ 綱のこと
□ 綱を乾かしてある
□ 結び目を改めてある"""
WRITTEN = """# 出航前の確認
- [ ] 帆に破れがないことを確かめた
- [x] 予備の帆を積んである
- [ ] 綱を乾かしてある
- [ ] 結び目を改めてある"""


def _lines(text: str) -> Grid:
    lines = enumerate(text.split("\n"))
    return Grid("t", tuple(Cell(n, 0, line, Location(cells=f"line {n + 1}")) for n, line in lines))


def _rows(grid: Grid) -> list[ItemRow]:
    return [row for checklist in grid_to_checklists(grid).checklists for row in checklist.rows]


def test_a_box_in_the_cell_before_a_statement() -> None:
    rows = items_in(APART)
    assert [(r.section, r.requirement, r.answer, r.location.cells) for r in rows] == [
        (("■ 帆",), "帆に破れがないか見たか。", "☑", "A4"),
        (("■ 帆",), "予備の帆を積んだか。", "□", "A5"),
        (("■ 綱",), "綱を乾かしたか。", "☑", "A7"),
        (("■ 綱",), "結び目を改めたか。", "☑", "A8"),
    ]


def test_black_squares_before_headings_are_no_ticks() -> None:
    rows = _rows(_lines(HEADED))
    assert [(r.section, r.answer) for r in rows] == [
        (("■ 帆のこと",), "□"),
        (("■ 帆のこと",), "□"),
        (("■ 綱のこと",), "□"),
        (("■ 綱のこと",), "□"),
    ]


def test_boxes_that_are_written_with_brackets() -> None:
    assert [(r.requirement, r.answer) for r in _rows(_lines(WRITTEN))] == [
        ("帆に破れがないことを確かめた", ""),
        ("予備の帆を積んである", "[x]"),
        ("綱を乾かしてある", ""),
        ("結び目を改めてある", ""),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "議事録\n■ 帆の件\n林が縫う。\n■ 綱の件\n森が編む。\n■ 灯の件\n原が磨く。",
        "目次\n□ 帆\n□ 綱\n□ 灯",
        "■ 帆\n□ 綱\n■ 灯\n□ 錨",
    ],
)
def test_bullets_are_no_boxes(text: str) -> None:
    assert [s.kind for s in structures_of(_lines(text)) if s.chance >= READ_STRUCTURE] == []
