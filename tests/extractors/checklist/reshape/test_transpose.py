"""Lists that stand on their side, and exports of questionnaires."""

from __future__ import annotations

from extractors.checklist.reshape.transpose import normalize_orientation
from tests.extractors.grids import found_in, grid_of, lined

TURNED = """
簡易確認票 | | | |
番号 | 1 | 2 | 3 | 4
確認項目 | 門を夜間に閉めているか | 塀を毎年直しているか | 庭の灯りを点けているか | 合鍵を数えているか
回答 | ○ | × | △ | ○
備考 | | 隔年 | |
○：はい ×：いいえ | | | |
"""
EXPORT = """
回答日時 | 会社名 | Q1 門を夜間に閉めていますか | Q2 塀を毎年直していますか | Q3 灯りの数をご記入ください
2026/05/01 | 株式会社きつね | はい | いいえ | 12
2026/05/03 | たぬき合同会社 | いいえ | はい | 3
"""


def test_items_in_columns_become_rows() -> None:
    (checklist,) = found_in(TURNED).checklists
    assert [(r.item_no, r.requirement, r.answer, r.remarks) for r in checklist.rows] == [
        ("1", "門を夜間に閉めているか", "○", ""),
        ("2", "塀を毎年直しているか", "×", "隔年"),
        ("3", "庭の灯りを点けているか", "△", ""),
        ("4", "合鍵を数えているか", "○", ""),
    ]
    assert [row.location.cells for row in checklist.rows] == ["B4", "C4", "D4", "E4"]
    assert checklist.legend_lines == ("○：はい ×：いいえ",)


def test_every_line_of_an_export_is_a_list_of_its_own() -> None:
    first, second = found_in(EXPORT).checklists
    assert [(r.item_no, r.requirement, r.answer) for r in first.rows] == [
        ("Q1", "門を夜間に閉めていますか", "はい"),
        ("Q2", "塀を毎年直していますか", "いいえ"),
        ("Q3", "灯りの数をご記入ください", "12"),
    ]
    assert [row.answer for row in second.rows] == ["いいえ", "はい", "3"]
    assert found_in(EXPORT).meta.vendor == "株式会社きつね"


def test_an_export_loses_no_cell() -> None:
    before = {cell.text for cell in grid_of(lined(EXPORT)).cells if cell.text.strip()}
    assert before <= {cell.text for cell in normalize_orientation(grid_of(lined(EXPORT))).cells}


def test_an_upright_list_stays_as_it_is() -> None:
    grid = grid_of(
        lined("""
    番号 | 確認項目 | 回答
    1 | 門を夜間に閉めているか | ○
    2 | 塀を毎年直しているか | ×
    3 | 庭の灯りを点けているか | ○
    """)
    )
    assert normalize_orientation(grid) is grid


def test_cards_are_no_turned_list() -> None:
    grid = grid_of(
        lined("""
    番号 | 1
    質問 | 門を夜間に閉めているか
    回答 | ○
    """)
    )
    assert normalize_orientation(grid) is grid
