"""Marks of parts before questions under one number name the part, as they do where the lines stand in one cell."""

from __future__ import annotations

from tests.extractors.grids import items_in

PARTS = """
No. | 分野 | 確認事項 | 回答
3.1 | 倉庫 | （１）倉庫の鍵を二人で管理すること | ○
 |  | （２）棚卸しの記録を残すこと | ×
3.2 | 車両 | （１）車両の鍵を保管庫に入れること | ○
 |  | （２）走行の記録を毎日付けること | －
"""


def test_marks_before_questions_that_share_a_number_are_their_parts() -> None:
    rows = items_in(PARTS)
    assert [(row.item_no, row.sub_item, row.requirement[:3], row.answer) for row in rows] == [
        ("3.1", "（１）", "倉庫の", "○"),
        ("3.1", "（２）", "棚卸し", "×"),
        ("3.2", "（１）", "車両の", "○"),
        ("3.2", "（２）", "走行の", "－"),
    ]


def test_where_a_question_has_no_mark_all_stay_as_they_are() -> None:
    rows = items_in(PARTS.replace("（２）走行", "走行"))
    assert [row.requirement[:3] for row in rows] == ["（１）", "（２）", "（１）", "走行の"]
    assert not any(row.sub_item for row in rows)
