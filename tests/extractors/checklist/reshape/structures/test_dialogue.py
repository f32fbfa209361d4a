"""Questions with their answers below: letters, questionnaires of a page, sheets with a box under each question."""

from __future__ import annotations

import pytest

from extractors.checklist.extract import READ_STRUCTURE, grid_to_checklists
from extractors.checklist.model import ItemRow
from extractors.checklist.reshape.detect_structures import structures_of
from extractors.grid import Cell, Grid
from extractors.location import Location
from tests.extractors.grids import grid_of, items_in, lined

BRACKETS = """お尋ねの件
【質問１】　帆の置き場に鍵を掛けていますか。
【回答】　掛けております。
【質問２】　綱は何本ありますか。
【回答】　約三十本です。
【質問３】　灯を消す係は決まっていますか。
【回答】　いいえ。"""
LINES = """船宿についての問い
問1．船着き場に灯がありますか。
答：＿＿＿＿＿＿＿＿
問2．泊まる客の名を控えますか。
答：＿＿＿＿＿＿＿＿
問3．嵐の日の逃げ道を書いてください。
答：＿＿＿＿＿＿＿＿"""
BELOW = """
 船宿さまへのご質問 | <
 枠の中にご回答ください。 | <
 【ア．建物】 | <
 (1) | 梯子に手すりはありますか。
  | 一階だけあります。
 (2) | 戸の鍵を毎晩掛けますか。
  | はい。
 【イ．人】 | <
 (3) | 夜番の人数をお書きください。
  |
 (4) | 夜番は交替しますか。
  | 交替しません。
"""


def _lines(text: str) -> Grid:
    lines = enumerate(text.split("\n"))
    return Grid("t", tuple(Cell(n, 0, line, Location(cells=f"line {n + 1}")) for n, line in lines))


def _rows(grid: Grid) -> list[ItemRow]:
    return [row for checklist in grid_to_checklists(grid).checklists for row in checklist.rows]


def test_labels_in_brackets() -> None:
    rows = _rows(_lines(BRACKETS))
    assert [(r.item_no, r.requirement, r.answer) for r in rows] == [
        ("質問１", "帆の置き場に鍵を掛けていますか。", "掛けております。"),
        ("質問２", "綱は何本ありますか。", "約三十本です。"),
        ("質問３", "灯を消す係は決まっていますか。", "いいえ。"),
    ]


def test_a_line_to_write_on_is_no_answer() -> None:
    rows = _rows(_lines(LINES))
    assert [(r.item_no, r.answer) for r in rows] == [("問1", ""), ("問2", ""), ("問3", "")]


def test_the_cell_below_a_question_answers_it() -> None:
    rows = items_in(BELOW)
    assert [(r.section, r.item_no, r.answer) for r in rows] == [
        (("【ア．建物】",), "(1)", "一階だけあります。"),
        (("【ア．建物】",), "(2)", "はい。"),
        (("【イ．人】",), "(3)", ""),
        (("【イ．人】",), "(4)", "交替しません。"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        # Rules, steps and frequent questions are numbered, too, and nobody answers them.
        "船宿の規則\n第1 灯は九時に消す。\n係が見回る。\n第2 戸は十時に閉める。\n鍵は番台に置く。\n第3 火は使わない。",
        "よくあるご質問\nQ1. 泊まれますか。\nA1. はい。\nQ2. 食べられますか。\nA2. はい。\nQ3. 泳げますか。\nA3. いいえ。",
        "支度の手順\n1. 帆をたたむ。\n皺を伸ばす。\n2. 綱を巻く。\n右に巻く。\n3. 灯を消す。\n油を抜く。",
    ],
)
def test_what_nobody_answers_is_not_read(text: str) -> None:
    assert [s.kind for s in structures_of(_lines(text)) if s.chance >= READ_STRUCTURE] == []
    assert _rows(_lines(text)) == []


def test_a_table_is_no_dialogue() -> None:
    grid = grid_of(
        lined(
            "番号 | 問い | 答え\n1 | 灯はありますか。 | はい\n2 | 戸はありますか。 | いいえ\n3 | 綱は。 | はい"
        )
    )
    assert "dialogue" not in [s.kind for s in structures_of(grid)]


def test_a_farewell_at_the_margin_is_no_part_of_the_last_answer() -> None:
    """Printed lines: the answers are indented and short, the farewell begins left of them and runs farther."""
    lines = [(40.0, 200.0, f"問{n}　船着き場に灯が{n}つありますか。\n") for n in range(1, 5)]
    printed: list[tuple[float, float, str]] = []
    for line in lines:
        printed += [line, (70.0, 110.0, "回答：はい")]
    printed.append((40.0, 260.0, "以上でございます。お手数をおかけしました。"))
    cells = tuple(
        Cell(row, 0, text.strip(), Location(page=1, bbox=(left, 20.0 * row, right, 20.0 * row + 11.0)))
        for row, (left, right, text) in enumerate(printed)
    )
    rows = [row for c in grid_to_checklists(Grid("page 1", cells)).checklists for row in c.rows]
    assert [row.answer for row in rows] == ["はい"] * 4
