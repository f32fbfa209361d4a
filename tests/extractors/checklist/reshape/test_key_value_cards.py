"""Lists that are no tables on paper: cards, items on several rows each."""

from __future__ import annotations

import pytest

from extractors.checklist.model import ItemRow
from extractors.checklist.reshape.multi_row_records import merge_multi_row_records
from extractors.checklist.reshape.structures.cards import cards_of
from tests.extractors.grids import found_in, grid_of, items_in, lined

CARDS = """
 倉庫の点検 |
 会社名 | 架空倉庫
 一 表のこと |
 問1 | 鍵を毎晩掛けていますか
 回答 | はい
 補足 | 九時まで
  |
 問2 | 窓を毎晩閉めていますか
 回答 | いいえ
 補足 |
 二 裏のこと |
 問3 | 灯を毎晩消していますか
 回答 |
 補足 | 検討中
"""


def _short(rows: tuple[ItemRow, ...]) -> list[tuple[str, str, str, str]]:
    return [(row.item_no, row.requirement, row.answer, row.remarks) for row in rows]


def test_cards_are_items() -> None:
    rows = items_in(CARDS)
    assert _short(rows) == [
        ("問1", "鍵を毎晩掛けていますか", "はい", "九時まで"),
        ("問2", "窓を毎晩閉めていますか", "いいえ", ""),
        ("問3", "灯を毎晩消していますか", "", "検討中"),
    ]
    assert [row.section for row in rows] == [("一 表のこと",), ("一 表のこと",), ("二 裏のこと",)]


def test_places_of_cards_are_those_of_the_sheet() -> None:
    rows = items_in(CARDS)
    assert [row.location.cells for row in rows] == ["B5", "B9", "B13"]


def test_labels_of_cards_are_told_as_what_they_are() -> None:
    found = found_in(CARDS)
    labels = [left.text for left in found.leftovers if left.reason == "label"]
    assert labels == ["回答", "補足"] * 3
    assert found.meta.vendor == "架空倉庫"


def test_two_cards_or_labels_without_numbers_are_no_cards() -> None:
    two = grid_of(lined(CARDS.partition(" 二 裏")[0]))
    assert cards_of(two) is None
    plain = grid_of(lined("番号 | 設問 | 回答\n1 | 鍵 | ○\n2 | 窓 | ×\n3 | 戸 | ○"))
    assert cards_of(plain) is None


FOLDED = """
 番号 | 設問 | <
 ^ | 回答 | 補足
 1 | 鍵を毎晩掛けているか | <
 ^ | ○ | 九時まで
 2 | 窓を毎晩閉めているか | <
 ^ | × |
 3 | 灯を毎晩消しているか | <
 ^ |  | 検討中
"""


def test_items_of_two_rows_are_one_each() -> None:
    assert _short(items_in(FOLDED)) == [
        ("1", "鍵を毎晩掛けているか", "○", "九時まで"),
        ("2", "窓を毎晩閉めているか", "×", ""),
        ("3", "灯を毎晩消しているか", "", "検討中"),
    ]


def test_a_header_of_two_levels_folds_nothing() -> None:
    grid = grid_of(
        lined("番号 | 設問 | 回答 | <\n^ | ^ | 結果 | 補足\n1 | 鍵 | ○ |\n2 | 窓 | × |\n3 | 戸 | ○ |")
    )
    assert merge_multi_row_records(grid) is grid


PARTS = """
 項番 | < | 要件 | 可否
 1 | | 次の守りを備えること。 |
 | (a) | 鍵を毎晩掛けること。 | ○
 | (b) | 窓を毎晩閉めること。 | ×
 2 | | 灯を毎晩消すこと。 | ○
 3 | | 次の記録を残すこと。 |
 | (a) | 出入りの記録 | △
 | (b) | 鍵の記録 | ○
"""


def test_parts_take_the_number_of_their_question() -> None:
    rows = items_in(PARTS)
    assert [(row.item_no, row.sub_item, row.requirement, row.answer) for row in rows] == [
        ("1", "(a)", "鍵を毎晩掛けること。", "○"),
        ("1", "(b)", "窓を毎晩閉めること。", "×"),
        ("2", None, "灯を毎晩消すこと。", "○"),
        ("3", "(a)", "出入りの記録", "△"),
        ("3", "(b)", "鍵の記録", "○"),
    ]
    assert [row.section for row in rows][:3] == [("次の守りを備えること。",), ("次の守りを備えること。",), ()]
    assert "number_carried" in rows[0].doubts


def test_parts_marked_in_the_question_take_the_number_too() -> None:
    rows = items_in(
        "番号 | 設問 | 回答\n1 | 次の状態がある。 |\n | (a) 鍵が無い | ○\n | (b) 窓が無い | ×\n2 | 戸が無い。 | ○"
    )
    assert [(row.item_no, row.requirement, row.answer) for row in rows] == [
        ("1", "(a) 鍵が無い", "○"),
        ("1", "(b) 窓が無い", "×"),
        ("2", "戸が無い。", "○"),
    ]


def test_an_answered_question_stays_beside_its_parts() -> None:
    rows = items_in(
        "番号 | 設問 | 回答\n1 | 鍵を掛ける。 | ○\n | (a) 表の鍵 | ×\n2 | 窓を閉める。 | ○\n3 | 戸を閉める。 | ○"
    )
    assert [(row.item_no, row.answer) for row in rows] == [("1", "○"), ("1", "×"), ("2", "○"), ("3", "○")]


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("倉庫を使う者ごとに、", "鍵を渡している。", True),
        ("停電に備えるための灯を", "備えている。", True),
        ("鍵を渡している。", "窓を閉めている。", False),
    ],
)
def test_a_question_that_goes_on_in_the_row_below(first: str, second: str, joined: bool) -> None:
    rows = items_in(
        f"番号 | 設問 | 回答 | 備考\n1 | {first} | ○ | 夜も\n | {second} | |\n"
        "2 | 戸を閉めている。 | × |\n3 | 棚を見ている。 | ○ |\n4 | 箱を数えている。 | ○ |"
    )
    assert (rows[0].requirement == first + second) is joined
    assert rows[0].answer == "○"
