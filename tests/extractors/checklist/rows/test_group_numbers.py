"""Numbers that number a name over several questions belong to all of them."""

from __future__ import annotations

from tests.extractors.grids import items_in

GROUPED = """
No. | 項目 | 確認事項 | 回答
1 | 鍵の管理 | 鍵の貸し出しを記録していますか。 | はい
 |  | 鍵の数を毎月数えていますか。 | いいえ
2 | 来客 | 来客の名を控えていますか。 | はい
 |  | 来客に付き添っていますか。 | はい
"""


def test_a_number_over_a_name_is_that_of_all_its_questions() -> None:
    rows = items_in(GROUPED)
    assert [(row.item_no, row.answer) for row in rows] == [
        ("1", "はい"),
        ("1", "いいえ"),
        ("2", "はい"),
        ("2", "はい"),
    ]
    assert ["number_carried" in row.doubts for row in rows] == [False, True, False, True]


def test_a_row_without_a_number_under_a_name_of_its_own_keeps_none() -> None:
    named = GROUPED.replace(" |  | 来客に付き添", " | 付き添い | 来客に付き添")
    assert [row.item_no for row in items_in(named)][-1] == ""
