"""Whole grids: one list or several, headers repeated on each page, examples and references told apart."""

from __future__ import annotations

from dataclasses import replace

from extractors.checklist.extract import grid_to_checklists
from extractors.grid import Cell
from extractors.location import Location
from tests.extractors.grids import found_in, grid_of, left, lined, paged

LIST = """
番号 | 設問 | 回答 | 備考
1 | 鍵を掛けているか | ○ | 夜も
2 | 戸を閉めているか | × | 予定
3 | 窓を閉めているか | ○ |
"""


def test_one_list() -> None:
    found = found_in(LIST)
    (checklist,) = found.checklists
    assert (checklist.kind, checklist.sheet, checklist.hidden) == ("form", "回答票", False)
    assert [(row.item_no, row.answer) for row in checklist.rows] == [("1", "○"), ("2", "×"), ("3", "○")]
    assert found.leftovers == ()
    assert found.used == 15


def test_list_below_a_title_and_notes_beside_other_columns() -> None:
    found = found_in("架空の安全表 | < | < | <\n※黒で記入 | < | < | <\n" + LIST.strip() + "\n以上 | | |")
    (checklist,) = found.checklists
    assert checklist.title == "架空の安全表"
    assert len(checklist.rows) == 3
    assert left(found)["以上"] in {"below_table", "outside_table"}


def test_narrow_columns_of_graph_paper() -> None:
    rows = [["番号", "<", "設問", "<", "<", "<", "回答", "<", "備考", "<", "<"]]
    for number, text, answer, remark in (
        ("1", "鍵を掛けているか", "○", "夜も"),
        ("2", "戸を閉めているか", "", ""),
    ):
        rows.append([number, "<", text, "<", "<", "<", answer, "<", remark, "<", "<"])
    (checklist,) = grid_to_checklists(grid_of(rows)).checklists
    assert [(r.item_no, r.requirement, r.answer, r.remarks) for r in checklist.rows] == [
        ("1", "鍵を掛けているか", "○", "夜も"),
        ("2", "戸を閉めているか", "", ""),
    ]
    assert [row.location.cells for row in checklist.rows] == ["G2:H2", "G3:H3"]


def test_header_repeated_on_each_page_is_one_list() -> None:
    drawing = (
        LIST.strip()
        + "\n番号 | 設問 | 回答 | 備考\n4 | 垣根を直しているか | ○ |\n5 | 門を閉めているか | × | 予定"
    )
    (checklist,) = grid_to_checklists(paged(lined(drawing), 4)).checklists
    assert [row.item_no for row in checklist.rows] == ["1", "2", "3", "4", "5"]
    assert [row.location.page for row in checklist.rows] == [1, 1, 1, 2, 2]


def test_category_goes_on_under_a_repeated_header() -> None:
    drawing = """
番号 | 区分 | 設問 | 回答
1 | 入口 | 鍵を掛けているか | ○
2 | | 戸を閉めているか | ×
番号 | 区分 | 設問 | 回答
3 | | 窓を閉めているか | ○
4 | 庭 | 垣根を直しているか | ○
"""
    (checklist,) = grid_to_checklists(paged(lined(drawing), 3)).checklists
    assert [row.category for row in checklist.rows] == ["入口", "入口", "入口", "庭"]


def test_section_goes_on_under_a_repeated_header() -> None:
    drawing = """
番号 | 設問 | 回答 | 備考
■建物 | < | < | <
1 | 鍵を掛けているか | ○ |
番号 | 設問 | 回答 | 備考
2 | 戸を閉めているか | × |
"""
    (checklist,) = grid_to_checklists(paged(lined(drawing), 3)).checklists
    assert [row.section for row in checklist.rows] == [("■建物",), ("■建物",)]


def test_numbers_that_begin_again_are_another_list() -> None:
    drawing = f"倉庫の安全表 | < | < | <\n{LIST.strip()}\n温室の安全表 | < | < | <\n{LIST.strip()}"
    found = found_in(drawing)
    assert [checklist.title for checklist in found.checklists] == ["倉庫の安全表", "温室の安全表"]
    assert [len(checklist.rows) for checklist in found.checklists] == [3, 3]


def test_lists_with_other_columns_are_told_apart() -> None:
    drawing = (
        LIST.strip()
        + """
水の表 | < | < | <
項番 | 要件 | 適合状況 | 根拠
甲1 | 井戸を覆っているか | 適合 | 写真
甲2 | 桶を洗っているか | 不適合 |
"""
    )
    found = found_in(drawing)
    assert [[row.item_no for row in c.rows] for c in found.checklists] == [["1", "2", "3"], ["甲1", "甲2"]]
    assert found.checklists[1].rows[0].remarks == "写真"


def test_example_before_the_form_is_told_by_its_title() -> None:
    drawing = f"【記入例】 | < | < | <\n{LIST.strip()}\n安全表 本表 | < | < | <\n{LIST.strip()}"
    found = found_in(drawing)
    assert [checklist.kind for checklist in found.checklists] == ["example", "form"]


def test_example_sheet_is_told_by_its_name() -> None:
    assert found_in(LIST, name="回答例").checklists[0].kind == "example"
    assert found_in(LIST, name="回答").checklists[0].kind == "form"


def test_instruction_that_names_the_example_makes_no_example() -> None:
    found = found_in("別紙の記入例を参考にご回答ください | < | < | <\n" + LIST.strip())
    assert found.checklists[0].kind == "form"


def test_example_column_makes_no_example() -> None:
    found = found_in(
        "番号 | 設問 | 回答例 | 回答\n1 | 鍵を掛けているか | × | ○\n2 | 戸を閉めているか | ○ | ×"
    )
    (checklist,) = found.checklists
    assert checklist.kind == "form"
    assert [row.answer for row in checklist.rows] == ["○", "×"]


def test_history_of_editions_is_no_list() -> None:
    found = found_in(
        "版数 | 改訂日 | 改訂内容 | 備考\n1.0 | 2026年6月5日 | 鍵を足した | \n1.1 | 2026年7月5日 | 窓を足した |"
    )
    assert found.checklists == ()
    assert {leftover.reason for leftover in found.leftovers} == {"no_checklist"}


def test_front_page_gives_vendor_and_leaves_its_texts() -> None:
    found = found_in("架空の安全表 | <\n会社名 | 架空堂\n連絡先 | 夢見野県")
    assert found.checklists == ()
    assert found.meta.vendor == "架空堂"
    assert left(found)["夢見野県"] == "no_checklist"


def test_running_lines_are_left_over_and_tell_the_vendor() -> None:
    aside = (Cell(0, 0, "会社名：架空堂", Location(page=1)), Cell(0, 0, "1 / 2", Location(page=1)))
    found = grid_to_checklists(replace(paged(lined(LIST)), aside=aside))
    assert left(found) == {"会社名：架空堂": "running_text", "1 / 2": "running_text"}
    assert found.meta.vendor == "架空堂"


def test_other_ruled_table_below_the_list_is_no_part_of_it() -> None:
    drawing = """
番号 | 区分 | 設問 | 回答 | 根拠 | 備考
1 | 入口 | 鍵を掛けているか | ○ | 規程 | 夜も
2 | 入口 | 戸を閉めているか | × | | 予定
鍵の種類 | < | 置き場所 | < | < | <
真鍮の鍵 | < | 玄関の箱 | < | < | <
"""
    grid = replace(grid_of(lined(drawing), sheet=None), tables=((0, 3), (3, 5)))
    found = grid_to_checklists(grid)
    assert [row.item_no for row in found.checklists[0].rows] == ["1", "2"]
    assert {"置き場所", "真鍮の鍵", "玄関の箱"} <= set(left(found))


def test_text_below_the_list_is_no_title() -> None:
    found = found_in(LIST.strip() + "\n | | |\n控えは総務へ | < | < | <")
    assert (found.meta.title, found.checklists[0].title) == (None, None)
    assert "控えは総務へ" in left(found)


def test_hidden_sheet_says_so() -> None:
    found = grid_to_checklists(replace(grid_of(lined(LIST)), hidden=True))
    assert found.checklists[0].hidden


def test_columns_that_move_between_pages_follow_their_labels() -> None:
    drawing = """
番号 | 設問 | < | 回答 | 備考
1 | 鍵を掛けているか | < | ○ | 夜も
2 | 戸を閉めているか | < | × | 予定
番号 | 設問 | 回答 | 備考 | <
3 | 窓を閉めているか | ○ | 朝も | <
"""
    (checklist,) = grid_to_checklists(paged(lined(drawing), 3)).checklists
    assert [(row.item_no, row.answer, row.remarks) for row in checklist.rows] == [
        ("1", "○", "夜も"),
        ("2", "×", "予定"),
        ("3", "○", "朝も"),
    ]


def test_empty_grid_finds_nothing() -> None:
    found = grid_to_checklists(grid_of([]))
    assert (found.checklists, found.leftovers, found.used) == ((), (), 0)
