"""Columns that the issuer keeps for himself, by what their names say and by the names beside them."""

from __future__ import annotations

import pytest

from extractors.checklist.columns.by_words.reserved_columns import reserved_columns
from tests.extractors.grids import items_in


@pytest.mark.parametrize(
    ("names", "reserved"),
    [
        ([("回答", "貴社"), ("判定", "港湾局記入欄（記入しないでください）")], {1}),
        ([("回答", "受託者記入欄"), ("一次", "港湾局記入欄"), ("最終", "港湾局記入欄")], {1, 2}),
        ([("点検", "受託者記入（前日までに）"), ("評価", "監査者記入"), ("所見", "監査者記入")], {1, 2}),
        ([("得点", "当団使用欄"), ("回答",)], {0}),
        ([("対応", "事業者記入欄"), ("備考記入欄",)], set()),
        ([("対応", "提供者側"), ("対応", "利用者側")], set()),
        ([("差（当社計算）",), ("貴社現状",)], {0}),
        ([("Score (office use)",), ("Answer",)], {0}),
        ([("甲記入欄",), ("乙記入欄",)], set()),
    ],
)
def test_which_columns_nobody_who_answers_fills_in(names: list[tuple[str, ...]], reserved: set[int]) -> None:
    assert reserved_columns(names) == reserved


JUDGED = """
確認内容 | < | 受託者記入欄 | < | 港湾局記入欄 | <
No. | 確認事項 | 回答 | 補足 | 一次 | 最終
1 | 岸壁の柵を毎日見ていますか。 | ○ |  | 可 | 可
2 | 救命の輪を備えていますか。 | × | 発注済み | 否 | 可
3 | 夜の灯りを数えていますか。 | ○ |  | 可 | 可
4 | 見張りの名を控えていますか。 | △ | 平日のみ | 可 | 否
"""


def test_what_the_issuer_wrote_beside_the_answers_is_no_row() -> None:
    rows = items_in(JUDGED)
    assert [row.answer for row in rows] == ["○", "×", "○", "△"]


NUMBERED = """
要件 | 質問 | はい | いいえ | 該当なし
2.2.1 | 網の目を週に一度見ていますか。 | レ |  |
2.2.3 | 浮きの数を控えていますか。 |  | レ |
3.1.1 | 綱を塩水から洗っていますか。 | レ |  |
3.1.4 | 錨の鎖を測っていますか。 |  |  | レ
"""


def test_numbers_under_a_name_of_questions_number_them() -> None:
    assert [row.item_no for row in items_in(NUMBERED)] == ["2.2.1", "2.2.3", "3.1.1", "3.1.4"]
