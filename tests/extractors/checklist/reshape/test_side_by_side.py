"""Two lists side by side are read one after the other; places stay as printed."""

from __future__ import annotations

from tests.extractors.grids import found_in, items_in


def test_the_right_list_follows_the_left_one() -> None:
    rows = items_in("""
番号 | 設問 | 回答 | 番号 | 設問 | 回答
1 | 鍵はあるか | ○ | 3 | 戸はあるか | ×
2 | 窓はあるか | × | 4 | 灯はあるか | ○
""")
    assert [(row.item_no, row.answer, row.location.cells) for row in rows] == [
        ("1", "○", "C2"),
        ("2", "×", "C3"),
        ("3", "×", "F2"),
        ("4", "○", "F3"),
    ]


def test_what_stands_below_stays_below() -> None:
    found = found_in("""
番号 | 設問 | 回答 | 番号 | 設問 | 回答
1 | 鍵はあるか | ○ | 2 | 戸はあるか | ×
番号 | 確認事項 | 判定 | | |
3 | 灯はあるか | ○ | | |
""")
    assert [row.item_no for checklist in found.checklists for row in checklist.rows] == ["1", "2", "3"]


def test_cells_over_both_halves_keep_them_together() -> None:
    found = found_in("""
番号 | 設問 | 回答 | 番号 | 設問 | 回答
建物の全体について | < | < | < | < | <
1 | 鍵はあるか | ○ | 2 | 戸はあるか | ×
""")
    assert [len(checklist.rows) for checklist in found.checklists] == [1]
