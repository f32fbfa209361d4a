"""Questions with a line of choices below each, as in a letter: their numbers, boxes, remarks."""

from __future__ import annotations

from extractors.checklist.extract import grid_to_checklists
from normalizers.responses.read_responses import read_responses
from tests.extractors.grids import grid_of, items_in, lined

LETTER = """
 見回りについてのお尋ね | <
 あてはまる□を■に変えて、ご返送ください。 | <
 １．昼の見回り | <
 (1) | 倉庫の鍵を毎晩数えていますか。
 ■ はい　　□ いいえ | <
 補足：二人で数える | <
 (2) | 門を夜間に閉めていますか。
 □ はい　　■ いいえ　　□ あてはまらない | <
 補足： | <
 ２．夜の見回り | <
 (3) | 庭の灯りを点けていますか。
 □ はい　　□ いいえ | <
 補足：これから決める | <
"""


def test_choices_on_a_line_of_their_own_answer_the_question_above() -> None:
    (checklist,) = grid_to_checklists(grid_of(lined(LETTER))).checklists
    rows = checklist.rows
    assert [(row.item_no, row.requirement, row.remarks) for row in rows] == [
        ("(1)", "倉庫の鍵を毎晩数えていますか。", "二人で数える"),
        ("(2)", "門を夜間に閉めていますか。", ""),
        ("(3)", "庭の灯りを点けていますか。", "これから決める"),
    ]
    assert [row.section for row in rows] == [("１．昼の見回り",), ("１．昼の見回り",), ("２．夜の見回り",)]
    assert [r.answer for r in read_responses(rows, (), None)] == ["yes", "no", "unanswered"]


def test_a_question_over_two_lines_is_whole_and_a_number_in_its_cell_is_cut_off() -> None:
    drawing = """
    1. 倉庫の鍵を毎晩数え、
    帳面に書いていますか。
    □はい　■いいえ
    2. 門を夜間に閉めていますか。
    ■はい　□いいえ
    3. 庭の灯りを点けていますか。
    ■はい　□いいえ
    """
    rows = items_in(drawing)
    assert [row.requirement for row in rows] == [
        "倉庫の鍵を毎晩数え、帳面に書いていますか。",
        "門を夜間に閉めていますか。",
        "庭の灯りを点けていますか。",
    ]


def test_lines_of_choices_below_steps_are_no_list() -> None:
    drawing = """
    手順書 | <
    1 | 鍵を受け取る。
    はい・いいえ | <
    """
    assert grid_to_checklists(grid_of(lined(drawing), name="手順書")).checklists == ()
