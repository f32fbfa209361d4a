"""Rows under a header: items, headings, notes, and what is no item."""

from __future__ import annotations

import pytest

from tests.extractors.grids import found_in, items_in, left

HEAD = "番号 | 区分 | 設問 | 回答 | 備考\n"


def test_bands_stack_over_the_items_under_them() -> None:
    rows = items_in(
        HEAD
        + """
■建物 | < | < | < | <
(1) 入口 | < | < | < | <
1 | 鍵 | 鍵を掛けているか | ○ |
(2) 窓 | < | < | < | <
2 | 窓 | 窓を閉めているか | × |
■庭 | < | < | < | <
3 | 垣 | 垣根を直しているか | ○ |
""".lstrip()
    )
    assert [(row.item_no, row.section) for row in rows] == [
        ("1", ("■建物", "(1) 入口")),
        ("2", ("■建物", "(2) 窓")),
        ("3", ("■庭",)),
    ]


def test_heading_in_the_number_column() -> None:
    rows = items_in(HEAD + "◆入口 | | | |\n1 | 鍵 | 鍵を掛けているか | ○ |\n2 | 戸 | 戸を閉めているか | × |")
    assert [row.section for row in rows] == [("◆入口",), ("◆入口",)]


def test_notes_are_left_over_and_open_no_section() -> None:
    found = found_in(
        HEAD + "1 | 鍵 | 鍵を掛けているか | ○ |\n※2は夜だけ | < | < | < | <\n2 | 戸 | 戸を閉めているか | × |"
    )
    assert [row.section for row in found.checklists[0].rows] == [(), ()]
    assert left(found) == {"※2は夜だけ": "note"}


def test_example_row_is_no_item() -> None:
    found = found_in(HEAD + "例 | 庭 | 垣根を直しているか | × | 来年\n1 | 鍵 | 鍵を掛けているか | ○ | 夜も")
    assert [row.item_no for row in found.checklists[0].rows] == ["1"]
    assert left(found) == dict.fromkeys(["例", "庭", "垣根を直しているか", "×", "来年"], "example_row")


@pytest.mark.parametrize(
    "label",
    [
        "例",
        "（例）",
        "記入例",
        "例1",
        "記入例１",
    ],
)
def test_labels_of_example_rows(label: str) -> None:
    rows = items_in(
        HEAD + f"{label} | 庭 | 垣根を直しているか | ○ | 来年\n1 | 鍵 | 鍵を掛けているか | × | 夜も"
    )
    assert [(row.item_no, row.answer) for row in rows] == [("1", "×")]


def test_totals_row_is_no_item() -> None:
    found = found_in(
        HEAD
        + "1 | 鍵 | 鍵を掛けているか | ○ |\n2 | 戸 | 戸を閉めているか | × |\n | | ○の数 | 1 |\n合計 | | | 2 |"
    )
    assert [row.item_no for row in found.checklists[0].rows] == ["1", "2"]
    assert left(found) == {"○の数": "total_row", "1": "total_row", "合計": "total_row", "2": "total_row"}


def test_number_with_nothing_beside_it_is_left_over() -> None:
    found = found_in(HEAD + "1 | 鍵 | 鍵を掛けているか | ○ |\n2 | | | |\n3 | | | |")
    assert [row.item_no for row in found.checklists[0].rows] == ["1"]
    assert left(found) == {"2": "nothing_asked", "3": "nothing_asked"}


def test_merged_category_goes_on() -> None:
    rows = items_in(
        HEAD
        + "1 | 入口 | 鍵を掛けているか | ○ |\n2 | ^ | 戸を閉めているか | × |\n3 | 庭 | 垣根を直しているか | ○ |"
    )
    assert [row.category for row in rows] == ["入口", "入口", "庭"]


def test_category_left_blank_goes_on() -> None:
    rows = items_in(
        HEAD
        + "1 | 入口 | 鍵を掛けているか | ○ |\n2 | | 戸を閉めているか | × |\n3 | 庭 | 垣根を直しているか | ○ |"
    )
    assert [row.category for row in rows] == ["入口", "入口", "庭"]


def test_blank_category_under_a_new_heading_is_not_carried() -> None:
    rows = items_in(
        HEAD + "1 | 入口 | 鍵を掛けているか | ○ |\n■庭 | < | < | < | <\n2 | | 垣根を直しているか | × |"
    )
    assert [row.category for row in rows] == ["入口", None]


def test_inner_group_is_not_carried_into_a_new_outer_group() -> None:
    rows = items_in("""
番号 | 大分類 | 小分類 | 設問 | 回答
1 | 建物 | 入口 | 鍵を掛けているか | ○
2 | 庭 | | 垣根を直しているか | ×
3 | | | 池に柵を立てているか | ×
""")
    assert [(row.section, row.category) for row in rows] == [
        (("建物",), "入口"),
        (("庭",), None),
        (("庭",), None),
    ]


def test_unused_columns_are_left_over_with_their_reason() -> None:
    found = found_in("""
番号 | 設問 | 回答例 | 前回回答 | 回答 | 担当
1 | 鍵を掛けているか | 毎晩九時 | 翌朝 | ○ | 架空課
2 | 戸を閉めているか | 毎晩十時 | 翌々朝 | × | 夢見課
""")
    told = left(found)
    assert {told["毎晩九時"], told["毎晩十時"]} == {"example_column"}
    assert {told["翌朝"], told["架空課"]} == {"unused_column"}
    assert [row.answer for row in found.checklists[0].rows] == ["○", "×"]


def test_text_beside_the_table_is_left_over() -> None:
    found = found_in(
        "番号 | 設問 | 回答 | 備考 | |\n1 | 鍵を掛けているか | ○ | 夜も | | 裏も見よ\n2 | 戸を閉めているか | × | | |"
    )
    assert [row.remarks for row in found.checklists[0].rows] == ["夜も", ""]
    assert left(found) == {"裏も見よ": "unused_column"}


def test_rows_named_after_a_design_or_a_clock_are_items() -> None:
    rows = items_in("分類 | 設問 | 回答\n設計 | 図面を残しているか | ○\n時計 | 時刻を合わせているか | ×")
    assert [row.category for row in rows] == ["設計", "時計"]


def test_every_cell_is_used_or_left_over() -> None:
    drawing = """
架空の安全表 | < | < | < | <
凡例 | ○：ある ×：ない | | |
番号 | 区分 | 設問 | 回答 | 備考
例 | 庭 | 垣根を直しているか | × | 来年
■建物 | < | < | < | <
1 | 鍵 | 鍵を掛けているか | ○ | 夜も
※以下は夜だけ | < | < | < | <
2 | 戸 | 戸を閉めているか | × |
合計 | | | 2 |
以上 | | | |
"""
    found = found_in(drawing)
    filled = sum(bool(cell.strip(" <^")) for line in drawing.strip().splitlines() for cell in line.split("|"))
    assert found.used + len(found.leftovers) == filled
