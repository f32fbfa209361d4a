"""Two answer columns of one name: rows in which they differ are doubted, never chosen silently."""

from __future__ import annotations

from extractors.checklist.extract import grid_to_checklists
from extractors.checklist.rows.conflicting_answers import ANSWER_COLUMNS_DIFFER
from pipeline.document.checks import check_checklist
from pipeline.document.records import checklist_to_records
from tests.extractors.grids import grid_of, hide, lined

TWO = """
番号 | 設問 | 回答 | 回答
1 | 鍵はあるか | ○ | ○
2 | 窓はあるか | ○ | ×
3 | 扉はあるか | ○ |
4 | 壁はあるか | × | ×
"""


def test_rows_that_differ_are_unclear_and_told_once() -> None:
    (checklist,) = grid_to_checklists(grid_of(lined(TWO))).checklists
    records = checklist_to_records(checklist, [])
    assert [r.reading.answer for r in records.records] == ["yes", "unclear", "unclear", "no"]
    assert [ANSWER_COLUMNS_DIFFER in r.row.doubts for r in records.records] == [False, True, True, False]
    problems = [p for p in check_checklist(records) if p.code == ANSWER_COLUMNS_DIFFER]
    assert [dict(p.params)["count"] for p in problems] == ["2"]
    assert not [p for p in check_checklist(records) if p.code == "answer_unclear"]


def test_blank_second_column_is_no_rival() -> None:
    text = TWO.replace("○ | ○", "○ |").replace("○ | ×", "× |").replace("× | ×", "× |")
    (checklist,) = grid_to_checklists(grid_of(lined(text))).checklists
    answers = [r.reading.answer for r in checklist_to_records(checklist, []).records]
    assert answers == ["yes", "no", "yes", "no"]


def test_hidden_column_is_no_rival() -> None:
    (checklist,) = grid_to_checklists(hide(grid_of(lined(TWO)), cols=[3])).checklists
    answers = [r.reading.answer for r in checklist_to_records(checklist, []).records]
    assert answers == ["yes", "yes", "yes", "no"]


EXCLUDED = """
番号 | 設問 | 回答 | 対象外
1 | 鍵はあるか | ○ |
2 | 窓はあるか | ○ | ○
3 | 扉はあるか | × |
4 | 壁はあるか |  | ○
"""


def test_an_answer_beside_a_mark_under_not_applicable_is_unclear() -> None:
    (checklist,) = grid_to_checklists(grid_of(lined(EXCLUDED))).checklists
    assert [ANSWER_COLUMNS_DIFFER in row.doubts for row in checklist.rows] == [False, True, False, False]


def test_a_mark_in_most_rows_excludes_nothing() -> None:
    (checklist,) = grid_to_checklists(
        grid_of(lined(EXCLUDED.replace("はあるか | ○ |\n", "はあるか | ○ | ○\n")))
    ).checklists
    assert not any(ANSWER_COLUMNS_DIFFER in row.doubts for row in checklist.rows)
