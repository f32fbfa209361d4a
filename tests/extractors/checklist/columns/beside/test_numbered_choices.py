"""Numbers that choose among choices printed in their row, and what a chosen one says."""

from __future__ import annotations

from extractors.checklist.extract import grid_to_checklists
from normalizers.responses.read_responses import read_responses
from tests.extractors.grids import grid_of, lined

SHEET = """
 № | 設問 | 選択肢 | 番号 | 補足
 1 | 帆を毎週たたんでいますか。 | 1. 全部の帆\\n2. 一部の帆\\n3. たたんでいない | 1 | 見習いが行う
 2 | 錨を毎年磨いていますか。 | 1. はい\\n2. いいえ | 2 |
 3 | 樽の数を毎月数えていますか。 | 1. はい\\n2. いいえ | 1 |
 4 | 綱を毎年替えていますか。 | 1. 替えている\\n2. 一部を替えている\\n3. 替えていない | 3 |
 5 | 灯りを毎晩点けていますか。 | 1. はい\\n2. いいえ\\n3. 計画中 | 3 |
 6 | 見張りを二人で行っていますか。 | 1. はい\\n2. いいえ |  |
"""


def test_a_number_is_the_choice_printed_in_its_row() -> None:
    (checklist,) = grid_to_checklists(grid_of(lined(SHEET))).checklists
    rows = checklist.rows
    assert [(row.item_no, row.answer) for row in rows] == [
        ("1", "1"), ("2", "2"), ("3", "1"), ("4", "3"), ("5", "3"), ("6", ""),
    ]  # fmt: skip
    results = read_responses(rows, (), None)
    assert [r.answer for r in results][1:] == ["no", "yes", "no", "planned", "unanswered"]
    assert results[0].answer in {"yes", "unclear"}
