"""Of numbers within numbers the finest numbers the item."""

from __future__ import annotations

from extractors.checklist.rows.base_item import _number
from tests.extractors.grids import items_in

NESTED = """
 | 章 |  | 節 |  | 確認事項 | 回答 | 備考
1 | 積み荷 | 1.1 | 固定 | 1.1.1 | 荷崩れを防ぐ綱を掛けること。 | ○ | 写真あり
 |  |  |  | 1.1.2 | 綱の傷みを月に一度見ること。 | × | 来月から
 |  | 1.2 | 表示 | 1.2.1 | 重い荷に札を付けること。 | ○ |
 |  |  |  | 1.2.2 | 札の色を年ごとに替えること。 | ○ |
2 | 車庫 | 2.1 | 灯り | 2.1.1 | 車庫の灯りを夜は消すこと。 | × | 常夜灯
 |  |  |  | 2.1.2 | 灯りの球を予備に持つこと。 | ○ |
"""


def test_the_numbers_that_tell_most_rows_apart_number_the_items() -> None:
    assert [row.item_no for row in items_in(NESTED)] == ["1.1.1", "1.1.2", "1.2.1", "1.2.2", "2.1.1", "2.1.2"]


def test_numbering_columns_side_by_side_are_joined_and_repeated_ones_are_not() -> None:
    assert _number(["1", "2", "3"]) == "1-2-3"
    assert _number(["1", "1.2", "1.2.3"]) == "1.2.3"
    assert _number(["1", "12"]) == "1-12"
    assert _number(["A", "A-1"]) == "A-1"
