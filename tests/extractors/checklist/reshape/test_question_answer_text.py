"""Sheets without a table: labelled blocks, questions and answers in a letter, ticked statements."""

from __future__ import annotations

import pytest

from extractors.checklist.extract import grid_to_checklists
from extractors.checklist.model import ItemRow
from extractors.checklist.reshape.structures.cards import cards_of
from extractors.grid import Cell, Grid
from extractors.location import Location

LETTER = """ご照会の件
お返事します。

Q1. 鍵を金庫に入れていますか。
A1. はい
（補足）副社長が管理

Q2. 来客の記録を残していますか。
A2. いいえ

Q3. 巡回は何回ですか。
A3. 毎日三回です。
夜間は一回です。

以上"""
PARAGRAPHS = """1. 設備
問1-1 扉に錠がありますか。
回答：はい。全室にあります。
問1-2 窓に格子がありますか。
回答：いいえ
2. 人
問2-1 受付に人がいますか。
回答：昼のみ"""


def _lines(text: str) -> Grid:
    lines = enumerate(text.split("\n"))
    return Grid("t", tuple(Cell(n, 0, line, Location(cells=f"line {n + 1}")) for n, line in lines))


def _rows(grid: Grid) -> list[ItemRow]:
    return [row for checklist in grid_to_checklists(grid).checklists for row in checklist.rows]


def test_a_letter_s_questions_and_answers() -> None:
    rows = _rows(_lines(LETTER))
    assert [(r.item_no, r.requirement, r.answer, r.remarks) for r in rows] == [
        ("Q1", "鍵を金庫に入れていますか。", "はい", "副社長が管理"),
        ("Q2", "来客の記録を残していますか。", "いいえ", ""),
        ("Q3", "巡回は何回ですか。", "毎日三回です。\n夜間は一回です。", ""),
    ]
    assert rows[0].location.cells is not None


def test_paragraphs_with_headings_between() -> None:
    rows = _rows(_lines(PARAGRAPHS))
    assert [(r.section, r.item_no, r.answer) for r in rows] == [
        (("1. 設備",), "問1-1", "はい。全室にあります。"),
        (("1. 設備",), "問1-2", "いいえ"),
        (("2. 人",), "問2-1", "昼のみ"),
    ]


def test_questions_without_answers_are_no_dialogue() -> None:
    grid = _lines("Q1. 扉は。\nQ2. 窓は。\nQ3. 床は。\n回答：はい")
    assert grid_to_checklists(grid).checklists == ()


def test_ticked_and_empty_boxes_before_counted_statements() -> None:
    rows = _rows(_lines("自己点検\n■ 1．扉に錠がある\n□ 2．窓に格子がある\n■ 3．床に段差がない"))
    assert [(r.item_no, r.requirement, r.answer) for r in rows] == [
        ("1．", "扉に錠がある", "■"),
        ("2．", "窓に格子がある", "□"),
        ("3．", "床に段差がない", "■"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "■ 1．概要\n■ 2．体制\n■ 3．設備",  # bullets of headings
        "■ 1．扉\n□ 5．窓\n■ 9．床",
        "☑ 1．扉\n☑ 2．窓",
    ],
)
def test_bullets_are_no_boxes(text: str) -> None:
    grid = _lines(text)
    assert grid_to_checklists(grid).checklists == ()


def _blocks(*blocks: tuple[str, str, str, str]) -> Grid:
    cells: list[Cell] = []
    for n, (number, field, question, answer) in enumerate(blocks):
        top = 4 * n
        texts = [["No.", number, "分野", field], ["設問", question], ["回答", answer], ["補足", ""]]
        cells += [
            Cell(top + row, col, text, Location(page=1))
            for row, line in enumerate(texts)
            for col, text in enumerate(line)
        ]
    return Grid("b", tuple(cells), tables=tuple((4 * n, 4 * n + 4) for n in range(len(blocks))))


def test_small_tables_of_labels_and_values() -> None:
    grid = _blocks(
        ("1", "扉", "錠はありますか。", "はい"),
        ("2", "窓", "格子は。", "いいえ"),
        ("3", "床", "段差は。", ""),
    )
    assert [(r.item_no, r.category, r.requirement, r.answer) for r in _rows(grid)] == [
        ("1", "扉", "錠はありますか。", "はい"),
        ("2", "窓", "格子は。", "いいえ"),
        ("3", "床", "段差は。", ""),
    ]


def test_two_blocks_or_a_plain_table_stay_as_they_are() -> None:
    two = _blocks(("1", "扉", "錠は。", "はい"), ("2", "窓", "格子は。", "いいえ"))
    header = ["No.", "設問", "回答", "補足"]
    plain = Grid("p", tuple(Cell(r, c, t, Location()) for r in range(4) for c, t in enumerate(header)))
    assert cards_of(two) is None
    assert cards_of(plain) is None
