"""Questions alone in their rows are items where they are the rule, and headings where items stand below them."""

from __future__ import annotations

import pytest

from extractors.checklist.rows.lone_questions import questions_without_answers
from tests.extractors.grids import items_in

HALF_FILLED = """
No. | 区分 | 確認事項 | 結果 | 担当
 |  | 荷札の宛名を二度読むこと |  |
 |  | 伝票の枚数を数えること |  |
 |  | 秤の針を零に合わせる | OK | 山根
 |  | 箱の角を確かめる |  |
 |  | 封緘の跡を見る |  |
 |  | 送り状を貼る | NG | 山根
"""


def test_questions_that_nobody_has_numbered_or_answered_yet_are_items() -> None:
    assert len(items_in(HALF_FILLED)) == 6


@pytest.mark.parametrize(
    ("alone", "accompanied", "items"),
    [
        ([3, 9, 15], 15, False),  # three headings over five items each
        ([3, 4, 9, 10, 15, 16], 12, False),  # a chapter and its part
        ([3, 4, 5, 6, 12], 20, True),  # four in a row head nothing
        ([3, 5, 7, 9], 3, True),
        ([3, 5], 1, False),
        ([], 0, False),
    ],
)
def test_headings_have_items_below_them(alone: list[int], accompanied: int, items: bool) -> None:
    assert questions_without_answers(alone, accompanied) == frozenset(alone if items else ())
