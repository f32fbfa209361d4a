"""Headers that belong together, and where a list begins and ends."""

from __future__ import annotations

from dataclasses import replace

from extractors.checklist.columns.by_words.header_rows import detect_headers
from extractors.checklist.grid_index import GridView
from extractors.checklist.model import Header
from extractors.checklist.table_bounds import group_headers, shift_columns, table_end, title_start
from extractors.grid import Grid
from tests.extractors.grids import grid_of, lined, paged

HEAD = "番号 | 設問 | 回答\n"


def _tops(grid: Grid) -> list[list[int]]:
    view = GridView(grid)
    return [[header.top for header in group] for group in group_headers(view, detect_headers(view))]


def _seen(drawing: str) -> tuple[GridView, list[Header]]:
    view = GridView(grid_of(lined(drawing)))
    return view, detect_headers(view)


def test_numbers_that_go_on_are_one_group() -> None:
    assert _tops(grid_of(lined(f"{HEAD}1 | 鍵はあるか | ○\n{HEAD}2 | 窓はあるか | ×"))) == [[0, 2]]


def test_numbers_that_begin_again_are_two_groups() -> None:
    assert _tops(grid_of(lined(f"{HEAD}1 | 鍵はあるか | ○\n{HEAD}1 | 鍵はあるか | ×"))) == [[0], [2]]


def test_last_number_again_after_a_page_end_is_one_group() -> None:
    assert _tops(paged(lined(f"{HEAD}1 | 鍵は | ○\n{HEAD}1 | あるか |\n2 | 窓はあるか | ×"), 2)) == [[0, 2]]


def test_other_words_are_another_group() -> None:
    drawing = f"{HEAD}1 | 鍵はあるか | ○\n項番 | 要件 | 適合状況\n2 | 窓を閉める | 適合"
    assert _tops(grid_of(lined(drawing))) == [[0], [2]]


def test_example_and_form_are_two_groups() -> None:
    drawing = f"記入例 | < | <\n{HEAD}1 | 鍵はあるか | ○\n本表 | < | <\n{HEAD}2 | 窓はあるか | ×"
    assert _tops(grid_of(lined(drawing))) == [[1], [4]]


def test_texts_over_a_later_header_belong_to_it() -> None:
    view, (first, second) = _seen(
        f"{HEAD}1 | 鍵はあるか | ○\n | |\n温室の表 | < | <\n※夜だけ | < | <\n{HEAD}1 | 窓はあるか | ×"
    )
    assert title_start(view, second, [first]) == 2


def test_list_ends_where_a_table_of_other_columns_begins() -> None:
    drawing = f"{HEAD}1 | 鍵はあるか | ○\n真鍮の鍵 | < | <"
    grid = grid_of(lined(drawing))
    plain, ruled = GridView(grid), GridView(replace(grid, tables=((0, 2), (2, 3))))
    (header,) = detect_headers(plain)
    assert table_end(plain, header, 3) == 3
    assert table_end(ruled, header, 3) == 2


def test_columns_move_with_their_labels() -> None:
    _, (first, second) = _seen(
        "番号 | 設問 | < | 回答\n1 | 鍵 | < | ○\n番号 | 設問 | 回答 | <\n2 | 窓 | × | <"
    )
    moved = shift_columns(first.columns, first, second)
    assert [(column.label, column.start, column.end) for column in moved] == [
        ("番号", 0, 1),
        ("設問", 1, 2),
        ("回答", 2, 4),
    ]
