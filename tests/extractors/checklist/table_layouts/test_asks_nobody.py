"""Tables in which nobody is asked, though they hold sentences beside answers; and lists of checks that look like them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extractors.checklist.columns.agreement import READ_TITLED_OTHER
from extractors.checklist.columns.frames import frame_of
from extractors.checklist.columns.layouts import layout_of
from extractors.checklist.extract import _is_read, grid_to_checklists
from extractors.checklist.grid_index import GridView
from extractors.checklist.model import (
    ChecklistColumn,
    Header,
    ItemRow,
    LayoutDecision,
    LayoutStatus,
    Respondent,
    Role,
)
from extractors.checklist.parse_table import TableArea, parse_table
from extractors.checklist.reshape.detect_structures import structures_of
from extractors.checklist.table_layouts.asks_nobody import (
    ALWAYS_PROPOSED,
    READ_MARKS_OF_MANY,
    lacks_questions,
    least_chance_of_table,
)
from extractors.grid import Grid
from extractors.location import Location
from tests.extractors.grids import grid_of, lined

ROLES = {
    "n": Role.NUMBER, "q": Role.REQUIREMENT, "a": Role.ANSWER, "r": Role.REMARKS, "-": Role.IGNORE, "c": Role.CHOICE,
}  # fmt: skip


def demanded(text: str, roles: str, file: str = "") -> float:
    """The chance that a table with its header in the first row demands, its columns read as `roles`."""
    view = GridView(replace(grid_of(lined(text.strip())), file=file))
    frame = frame_of(view, 0, 1)
    assert frame is not None
    columns = tuple(
        ChecklistColumn(c.start, c.end, c.label, ROLES[role], choice=c.label if role == "c" else None)
        for c, role in zip(frame.columns, roles, strict=True)
    )
    table = parse_table(
        view, TableArea((Header(0, 1, columns, ()),), 0, view.n_rows, frozenset(), evident=True)
    )
    assert table is not None
    return least_chance_of_table(view, table, layout_of(view, frame))


PUBLISHED = """
番号 | 資料名 | 頁 | 質問事項 | 回答
1 | 仕様書 | 3 | 夜間の立入りは可能でしょうか。 | 事前の届出があれば立ち入れます。
2 | 仕様書 | 5 | 写しの提出でもよいですか。 | 差し支えありません。
3 | 要領 | 2 | 代理人の出席は認められますか。 | 認めます。
"""


def test_questions_of_others_about_the_issuers_documents() -> None:
    assert demanded(PUBLISHED, "n--qa") == READ_TITLED_OTHER


def test_questions_beside_no_place_in_a_document_are_questions_to_who_answers() -> None:
    asked = PUBLISHED.replace("資料名", "分類").replace("頁", "区分")
    assert demanded(asked, "n--qa") == 0.0


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        (("現場責任者を置くこと。", "前日までに申し出てください。", "対象外とします。"), READ_TITLED_OTHER),
        (("責任者を置いています。", "詳しくは別紙をご参照ください。", "対象外です。"), 0.0),
        (("適合か否かを回答すること。", "根拠を備考に記入してください。", "該当時にチェックすること。"), 0.0),
    ],
)
def test_who_answers_gives_no_orders(answers: tuple[str, ...], expected: float) -> None:
    rows = [f"{n} | 夜間の作業はどのように行いますか | {answer}" for n, answer in enumerate(answers, 1)]
    assert demanded("\n".join(["番号 | 問い | 答え", *rows]), "nqa") == expected


TESTS = """
番号 | 操作 | 期待結果 | 結果
1 | 空欄のまま送る | 赤い枠が出る | {0}
2 | 上限の値を送る | 受け付ける | {1}
3 | 上限を超えて送る | 断る | {2}
"""


@pytest.mark.parametrize(
    ("results", "file", "expected"),
    [
        (("", "", ""), "受付画面_単体テスト仕様書", ALWAYS_PROPOSED),
        (("OK", "", ""), "受付画面_単体テスト仕様書", 0.0),
        (("", "", ""), "受付画面_動作確認", 0.0),
    ],
)
def test_a_specification_of_tests_is_answered_by_results(
    results: tuple[str, ...], file: str, expected: float
) -> None:
    assert demanded(TESTS.format(*results), "nq-a", file) == expected


def test_expected_results_without_a_column_for_results() -> None:
    text = "\n".join(line.rpartition(" |")[0] for line in TESTS.strip().splitlines())
    assert demanded(text, "nq-") == ALWAYS_PROPOSED


WHO = """
番号 | 決まり | 職員 | 所属長 | 委託先
1 | 机の上を片付ける | {0} | ○ |
2 | 鍵を管理する | {2} | ○ | ○
3 | 台帳を確かめる | {1} | ○ |
4 | 記録を残す | {0} |  | ○
"""


@pytest.mark.parametrize(
    ("marks", "expected"), [("○○ ", ALWAYS_PROPOSED), ("○○○", READ_MARKS_OF_MANY), ("○× ", 0.0), ("34 ", 0.0)]
)
def test_one_mark_under_several_names_says_for_whom_a_row_counts(marks: str, expected: float) -> None:
    assert demanded(WHO.format(*marks), "nqa--") == expected


def test_marks_under_the_name_of_an_answer_are_answers() -> None:
    assert demanded(WHO.format("○", "○", "").replace("職員", "貴社回答欄", 1), "nqa--") == 0.0


def test_texts_in_all_of_several_columns_choose_nothing() -> None:
    text = """
品目 | 梅 | 竹
応答の時間 | 八時間 | 一時間
月次の報告 | なし | あり
専任の担当 | なし | あり
"""
    assert demanded(text, "qcc") == READ_TITLED_OTHER


def test_what_is_expected_is_no_answer() -> None:
    rows = [f"{n} | {n}番の画面で値を入れて送る | {n}番の値で登録されること | " for n in range(1, 9)]
    grid = grid_of(lined("\n".join(["番号 | 確認手順 | 期待結果 | 優先度", *rows])))
    layouts = grid_to_checklists(grid).layouts
    assert all(c.role != "answer" for layout in layouts for c in layout.columns if c.label == "期待結果")


@pytest.mark.parametrize("file", ["", "Northwind support desk - frequently asked: FAQ for visitors"])
def test_the_files_name_is_a_title_and_a_decision_outranks_it(file: str) -> None:
    rows = [f"{n} | Opening hours of counter {n} | Yes, from {n} on" for n in range(1, 9)]
    grid: Grid = replace(
        grid_of(lined("\n".join(["No | Question | Answer", *rows]))), sheet="Sheet1", file=file
    )
    found = grid_to_checklists(grid)
    if not file:
        assert [len(checklist.rows) for checklist in found.checklists] == [8]
        return
    assert found.checklists == ()
    (layout,) = (entry for entry in found.layouts if entry.rank == 1)
    assert layout.status == LayoutStatus.PROPOSED
    decision = LayoutDecision(layout.form_key, tuple(column.role for column in layout.columns))
    decided = grid_to_checklists(grid, {layout.form_key: decision})
    assert [len(checklist.rows) for checklist in decided.checklists] == [8]
    refused = grid_to_checklists(grid, {layout.form_key: LayoutDecision(layout.form_key)})
    assert refused.checklists == ()


@pytest.mark.parametrize(("asked", "silent"), [(4, 0), (4, 2), (2, 4), (0, 6)])
def test_a_list_that_asks_nothing_in_many_rows_has_its_questions_elsewhere(asked: int, silent: int) -> None:
    place = Location(sheet="門番", cells="A1")
    row = ItemRow("1", "合鍵を金庫にしまっているか", "○", "", Respondent.PROVIDER, place)
    rows = [row] * asked + [replace(row, requirement="")] * silent
    assert lacks_questions(rows) == (silent > asked)


def test_cards_that_ask_nothing_in_many_rows_are_not_read() -> None:
    drawing = "\n".join(
        f"札{n} | 門{n}の鍵を金庫にしまっていますか\n答え | {answer}\n添え書き | 控え{n}\n | "
        for n, answer in enumerate(("はい", "いいえ", "はい", "はい", "いいえ"), start=1)
    )
    grid = grid_of(lined(drawing))
    cards = next(structure for structure in structures_of(grid) if structure.kind == "cards")
    asked = next(
        column.start for column in cards.header.columns if column.role in {Role.REQUIREMENT, Role.ITEM}
    )
    blank = tuple(replace(cell, text="") if cell.col == asked else cell for cell in cards.grid.cells)
    assert _is_read(grid, cards)
    assert not _is_read(grid, replace(cards, grid=replace(cards.grid, cells=blank)))


DUTIES = """
番号 | 決まり | 港 | 倉庫
1 | 机の上を片付ける | ◎ | ○
2 | 鍵を管理する | ○ | ◎
3 | 台帳を確かめる | ◎ | ◎
4 | 記録を残す | ○ | ○
 | | |
◎：必ず行う　○：原則として行う | | |
"""


def test_marks_that_a_legend_calls_duties_answer_nothing() -> None:
    assert demanded(DUTIES, "nqa-") == ALWAYS_PROPOSED
    answered = DUTIES.replace("必ず行う", "実施済み").replace("原則として行う", "一部で実施")
    assert demanded(answered, "nqa-") < ALWAYS_PROPOSED


def test_what_is_expected_without_a_result_is_no_list() -> None:
    cases = """
Case | Step | Expected result | Duration
1 | Open the sluice | Water rises | 30 min
2 | Close the sluice | Water stands | 15 min
3 | Pull the chain | The bell rings | 5 min
"""
    assert demanded(cases, "n-qa") == ALWAYS_PROPOSED
    assert demanded(cases.replace("Duration", "Result"), "n-qa") == 0.0
