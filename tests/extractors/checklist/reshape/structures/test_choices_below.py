"""Questions with their choices below them in one cell, marked by rings, boxes and brackets."""

from __future__ import annotations

from dataclasses import replace

from extractors.checklist.extract import grid_to_checklists
from normalizers.responses.read_responses import read_responses
from tests.extractors.grids import grid_of, lined

RINGS = """
見回り確認票 | < | <
どれか一つを○で囲んでください。 | < | <
問1 | 倉庫の鍵を毎晩数えていますか。\\n1．はい　2．一部　3．いいえ | 補足
問2 | 門を夜間に閉めていますか。\\n1．はい　2．一部　3．いいえ | 補足\\n裏門は開けている
問3 | 庭の灯りを点けていますか。1．はい　2．一部　3．いいえ | 補足
問4 | 番人を置いていますか。\\n1．はい　2．一部　3．いいえ | 補足
"""


def test_the_ring_tells_the_choice_and_what_stands_beside_is_the_remark() -> None:
    grid = grid_of(lined(RINGS), sheet=None)
    rings = {2: "1．はい", 3: "2．一部", 4: "3．いいえ"}
    cells = tuple(
        replace(cell, chosen=(rings[cell.row],)) if cell.col == 1 and cell.row in rings else cell
        for cell in grid.cells
    )
    (checklist,) = grid_to_checklists(replace(grid, cells=cells)).checklists
    rows = checklist.rows
    assert [row.item_no for row in rows] == ["問1", "問2", "問3", "問4"]
    assert rows[2].requirement == "庭の灯りを点けていますか。"
    assert [row.remarks for row in rows] == ["", "裏門は開けている", "", ""]
    assert [r.answer for r in read_responses(rows, (), None)] == ["yes", "partial", "no", "unanswered"]


def test_boxes_below_the_question() -> None:
    drawing = """
    1 | 倉庫の鍵を毎晩数えていますか。\\n☑はい　□いいえ
    2 | 門を夜間に閉めていますか。\\n□はい　☑いいえ
    3 | 庭の灯りを点けていますか。\\n□はい　□いいえ
    """
    (checklist,) = grid_to_checklists(grid_of(lined(drawing))).checklists
    assert [r.answer for r in read_responses(checklist.rows, (), None)] == ["yes", "no", "unanswered"]


def test_steps_and_their_parts_are_no_questions_with_choices() -> None:
    drawing = """
    1 | 鍵を受け取る。\\n1．帳面に書く　2．判を押す
    2 | 門を開ける。\\n1．灯りを点ける　2．番人を呼ぶ
    3 | 庭を掃く。\\n1．落ち葉を集める　2．袋に入れる
    """
    assert grid_to_checklists(grid_of(lined(drawing), name="手順書")).checklists == ()
