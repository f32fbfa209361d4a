"""Marks line by line in one cell, beside numbered lines in another."""

from __future__ import annotations

from extractors.checklist.reshape.split_lines import split_lines
from tests.extractors.grids import grid_of, items_in, lined

LINES = """
 章 | 確認事項 | 可否 | 備考
 1.1 | (1) 帆をたたむこと\\n(2) 綱を巻くこと\\n(3) 灯を消すこと | ○\\n×\\n○ | 雨の日は除く
 1.2 | (1) 戸を閉めること\\n(2) 鍵を掛けること | ×\\n○ |
 1.3 | 火を落とすこと | ○ |
"""
UNEVEN = """
 章 | 確認事項 | 可否
 1.1 | (1) 帆をたたむこと\\n(2) 綱を巻くこと\\n(3) 灯を消すこと | ○\\n×
 1.2 | (1) 戸を閉めること\\n(2) 鍵を掛けること | ×\\n○
 1.3 | (1) 火を落とすこと\\n(2) 炉を空けること | ×\\n○\\n○
"""


def test_each_line_is_an_item() -> None:
    rows = items_in(LINES)
    assert [(r.item_no, r.sub_item, r.requirement, r.answer) for r in rows] == [
        ("1.1", "(1)", "帆をたたむこと", "○"),
        ("1.1", "(2)", "綱を巻くこと", "×"),
        ("1.1", "(3)", "灯を消すこと", "○"),
        ("1.2", "(1)", "戸を閉めること", "×"),
        ("1.2", "(2)", "鍵を掛けること", "○"),
        ("1.3", None, "火を落とすこと", "○"),
    ]
    assert rows[1].location.cells == "C2"


def test_marks_that_are_not_as_many_as_the_lines_are_left_together() -> None:
    grid = grid_of(lined(UNEVEN))
    assert split_lines(grid) is grid
