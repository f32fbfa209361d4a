"""Rows cut by a page end are joined again; numbers are carried to the rows under them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extractors.checklist.extract import grid_to_checklists
from extractors.checklist.model import ItemRow
from extractors.grid import Cell, Grid
from tests.extractors.grids import cut_open, items_in, lined, paged

HEAD = "番号 | 設問 | 回答 | 備考\n"


def _items(grid: Grid) -> tuple[ItemRow, ...]:
    (checklist,) = grid_to_checklists(grid).checklists
    return checklist.rows


def _short(rows: tuple[ItemRow, ...]) -> list[tuple[str, str, str, str]]:
    return [(row.item_no, row.requirement, row.answer, row.remarks) for row in rows]


def _cut(first: str, second: str, header: bool = False) -> Grid:
    """A list whose row 2 is cut by the page end: its first part ends page 1, its second begins page 2."""
    lines = [HEAD.strip(), "1 | 鍵を掛けているか | ○ | 夜も", first]
    lines += [HEAD.strip()] if header else []
    return paged(lined("\n".join([*lines, second, "3 | 垣根を直しているか | × |"])), 3)


def test_open_row_without_its_number_repeated() -> None:
    grid = _cut("2 | 毎晩九時までに | ○ | 管理人が", " | 戸を閉めているか | | 閉める")
    rows = _items(cut_open(grid, 3))
    assert _short(rows) == [
        ("1", "鍵を掛けているか", "○", "夜も"),
        ("2", "毎晩九時までに戸を閉めているか", "○", "管理人が閉める"),
        ("3", "垣根を直しているか", "×", ""),
    ]
    assert "joined_over_page_end" in rows[1].doubts
    assert rows[0].doubts == rows[2].doubts == ()


def test_open_row_with_its_number_repeated() -> None:
    grid = _cut("2 | 毎晩九時までに | ○ | 管理人が", "2 | 戸を閉めているか | ○ | 閉める")
    assert _short(_items(cut_open(grid, 3)))[1] == (
        "2",
        "毎晩九時までに戸を閉めているか",
        "○",
        "管理人が閉める",
    )


def test_row_cut_under_a_repeated_header() -> None:
    grid = _cut("2 | 毎晩九時までに必ず | ○ | 管理人が", " | 戸を閉めているか | | 閉める", header=True)
    assert _short(_items(cut_open(grid, 3)))[1] == (
        "2",
        "毎晩九時までに必ず戸を閉めているか",
        "○",
        "管理人が閉める",
    )


def test_number_repeated_under_a_repeated_header_opens_no_new_list() -> None:
    grid = _cut("2 | 毎晩九時までに必ず | ○ | 管理人が", "2 | 戸を閉めているか | | 閉める", header=True)
    assert [row.item_no for row in _items(cut_open(grid, 3))] == ["1", "2", "3"]


def test_line_printed_on_both_pages_is_kept_once() -> None:
    grid = _cut(
        "2 | 毎晩九時までに\\n戸を閉めて | ○ | 管理人が", "2 | 戸を閉めて\\nいるか | | 管理人が\\n閉める"
    )
    row = _items(cut_open(grid, 3))[1]
    assert row.requirement.replace("\n", "") == "毎晩九時までに戸を閉めているか"
    assert row.remarks.replace("\n", "") == "管理人が閉める"


def test_whole_cell_printed_on_both_pages_is_kept_once() -> None:
    grid = _cut("2 | 戸を閉めているか | ○ | 管理人が", "2 | 戸を閉めているか | ○ | 毎晩閉める")
    assert _short(_items(cut_open(grid, 3)))[1] == ("2", "戸を閉めているか", "○", "管理人が毎晩閉める")


def test_closed_row_whose_sentence_goes_on_without_a_number() -> None:
    grid = _cut(
        "2 | 毎晩九時の見回りまでに必ず | ○ | ", " | すべての戸を閉めて鍵を掛けているか確かめていますか | | "
    )
    assert _short(_items(grid))[1][1] == (
        "毎晩九時の見回りまでに必ずすべての戸を閉めて鍵を掛けているか確かめていますか"
    )


def test_next_number_on_the_next_page_is_a_new_row() -> None:
    grid = paged(lined(HEAD + "1 | 鍵を掛けているか | ○ | 夜も\n2 | 戸を閉めているか | × | 予定"), 2)
    rows = _items(grid)
    assert [row.item_no for row in rows] == ["1", "2"]
    assert all(row.doubts == () for row in rows)


def test_open_row_before_a_new_number_is_not_joined() -> None:
    grid = cut_open(
        paged(lined(HEAD + "1 | 鍵を掛けているか | ○ | 夜も\n2 | 戸を閉めているか | × | 予定"), 2), 2
    )
    assert [(row.item_no, row.answer) for row in _items(grid)] == [("1", "○"), ("2", "×")]


def test_answer_is_never_doubled_by_the_join() -> None:
    grid = _cut("2 | 毎晩九時までに | ○ | ", "2 | 戸を閉めているか | ○ | ")
    assert _short(_items(cut_open(grid, 3)))[1][2] == "○"


def test_sentence_that_ended_gets_a_new_line_at_the_join() -> None:
    grid = _cut("2 | 戸を閉めているか | ○ | 管理人が閉める。", " | | | ※夜だけ")
    assert _items(cut_open(grid, 3))[1].remarks == "管理人が閉める。\n※夜だけ"


def test_place_of_a_joined_answer_is_the_page_where_it_stands() -> None:
    grid = _cut("2 | 毎晩九時までに | | ", " | 戸を閉めているか | ○ | ")
    row = _items(cut_open(grid, 3))[1]
    assert (row.answer, row.location.page) == ("○", 2)


@pytest.mark.parametrize("marks", [("○", "×"), ("○", "○")])
def test_rows_under_one_number_keep_their_own_answers(marks: tuple[str, str]) -> None:
    first, second = marks
    rows = items_in(
        HEAD + f"1 | 鍵を掛けているか | {first} | 玄関\n | | {second} | 裏口\n2 | 戸を閉めているか | × |"
    )
    assert [(row.item_no, row.answer, row.remarks) for row in rows] == [
        ("1", first, "玄関"),
        ("1", second, "裏口"),
        ("2", "×", ""),
    ]
    assert "number_carried" in rows[1].doubts
    assert rows[1].requirement == "鍵を掛けているか"


def test_remarks_in_the_row_below_belong_to_the_answer_above() -> None:
    rows = items_in(HEAD + "1 | 鍵を掛けているか | ○ | 夜も\n | | | 朝も\n2 | 戸を閉めているか | × |")
    assert _short(rows) == [("1", "鍵を掛けているか", "○", "夜も\n朝も"), ("2", "戸を閉めているか", "×", "")]


WIDE = "番号 | 設問 | < | < | 回答\n1 | 鍵の管理の方法 | < | < | ○\n"


def test_heading_on_top_of_a_page_is_no_part_of_the_question_before() -> None:
    grid = paged(lined(WIDE + "■庭 | < | < | < | <\n2 | 垣根の管理の方法 | < | < | ×"), 2)
    assert [(row.requirement, row.section) for row in _items(grid)] == [
        ("鍵の管理の方法", ()),
        ("垣根の管理の方法", ("■庭",)),
    ]


def test_note_on_top_of_a_page_is_no_part_of_the_question_before() -> None:
    grid = paged(lined(WIDE + "※以下は夜だけ | < | < | < | <\n2 | 垣根の管理の方法 | < | < | ×"), 2)
    assert [row.requirement for row in _items(grid)] == ["鍵の管理の方法", "垣根の管理の方法"]


def test_number_and_mark_in_the_middle_of_a_cut_row_stand_on_the_second_page() -> None:
    rows = _items(_cut(" | 毎晩九時までに | | 管理人が", "2 | 戸を閉めているか | ○ | 閉める"))
    assert _short(rows)[1] == ("2", "毎晩九時までに戸を閉めているか", "○", "管理人が閉める")
    assert len(rows) == 3


def test_a_finished_question_without_a_number_is_not_joined() -> None:
    rows = _items(_cut(" | 窓を閉めているか | |", "2 | 戸を閉めているか | ○ | 管理人が"))
    assert "戸を閉めているか" in [row.requirement for row in rows]


def test_a_merged_label_cut_before_its_text_takes_it_from_the_next_page() -> None:
    lines = ["番号 | 設問 | 種類 | 回答", "1 | 鍵を掛けているか | 表 | ○", " | | 裏 | ×"]
    grid = paged(
        lined("\n".join([*lines, "2 | 証明を示せるか | 甲 | ○", "3 | 垣根を直しているか | 丙 | ×"])), 3
    )
    blank = {(2, 0), (2, 1)}
    cells = [replace(c, text="", open_bottom=True) if (c.row, c.col) in blank else c for c in grid.cells]
    missing = [
        Cell(row, col, "", grid.cells[0].location, open_bottom=True)
        for row, col in blank
        if (row, col) not in {(c.row, c.col) for c in cells}
    ]
    rows = _items(replace(grid, cells=(*cells, *missing)))
    assert [(row.item_no, row.requirement, row.answer) for row in rows] == [
        ("1", "鍵を掛けているか", "○"),
        ("2", "証明を示せるか", "×"),
        ("2", "証明を示せるか", "○"),
        ("3", "垣根を直しているか", "×"),
    ]
    assert "joined_over_page_end" in rows[1].doubts
