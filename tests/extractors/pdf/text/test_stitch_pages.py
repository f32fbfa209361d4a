"""Pages laid one under the other: columns by their place, running lines put aside."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extractors.grid import Grid
from extractors.pdf.tables.fill import fill_tables
from extractors.pdf.tables.lattice import BoxCell, BoxTable
from extractors.pdf.tables.page_tables import Page
from extractors.pdf.text.page_rows import page_to_rows
from extractors.pdf.text.stitch_pages import pages_to_grid
from tests.extractors.grids import texts
from tests.extractors.pdf.prints import written

Writing = Sequence[tuple[float, float, str]]


def _table(xs: Sequence[float], ys: Sequence[float], opened: bool = False) -> BoxTable:
    cells = [
        BoxCell((x0, y0, x1, y1), open_bottom=opened and y1 == ys[-1])
        for y0, y1 in pairwise(ys)
        for x0, x1 in pairwise(xs)
    ]
    return BoxTable(tuple(cells), tuple(ys), tuple(xs))


def _page(number: int, writing: Writing, *tables: BoxTable) -> Page:
    glyphs = written(writing)
    return Page(number, 400.0, 300.0, glyphs, tables, fill_tables(tables, glyphs))


def _grid(*pages: Page) -> Grid:
    return pages_to_grid([page_to_rows(page) for page in pages], "見本")


def _aside(grid: Grid) -> list[str]:
    return [cell.text for cell in grid.aside]


def test_table_and_lines_come_in_reading_order() -> None:
    writing = [(10, 180, "表の後"), (10, 50, "架空の表"), (12, 102, "一"), (112, 102, "鍵"), (112, 142, "窓")]
    grid = _grid(_page(1, writing, _table([10, 110, 300], [100, 140, 170])))
    rows = [[cell.text for cell in grid.cells if cell.row == row] for row in range(grid.n_rows)]
    assert rows == [["架空の表"], ["一", "鍵"], ["", "窓"], ["表の後"]]
    assert grid.tables == ((1, 3),)
    assert grid.page_starts == ()


def test_text_beside_a_table_spans_it() -> None:
    grid = _grid(_page(1, [(10, 50, "架空の表"), (12, 102, "一")], _table([10, 110, 300], [100, 140])))
    title = next(cell for cell in grid.cells if cell.text == "架空の表")
    assert (title.col, title.end_col) == (0, grid.n_cols)


def test_two_texts_of_one_line_are_two_cells() -> None:
    grid = _grid(_page(1, [(10, 50, "会社名"), (200, 50, "架空堂")]))
    assert [cell.text for cell in grid.cells] == ["会社名", "架空堂"]
    assert {cell.row for cell in grid.cells} == {0}


def test_columns_of_later_pages_meet_those_of_the_first() -> None:
    first = _page(1, [(12, 102, "一"), (112, 102, "鍵")], _table([10, 110, 300], [100, 140]))
    second = _page(2, [(13, 102, "二"), (113, 102, "窓")], _table([11.5, 111, 301], [100, 140]))
    grid = _grid(first, second)
    assert texts(grid) == {(0, 0): "一", (0, 1): "鍵", (1, 0): "二", (1, 1): "窓"}
    assert grid.page_starts == (1,)
    assert grid.tables == ((0, 1), (1, 2))


def test_places_tell_page_and_box() -> None:
    first = _page(1, [(10, 50, "架空の表")])
    second = _page(2, [(12, 102, "二"), (112, 102, "窓")], _table([10, 110, 300], [100, 140]))
    cell = next(cell for cell in _grid(first, second).cells if cell.text == "窓")
    assert (cell.location.page, cell.location.bbox) == (2, (110, 100, 300, 140))


def test_cell_over_two_rows_keeps_its_span() -> None:
    cells = (BoxCell((10, 100, 110, 180)), BoxCell((110, 100, 300, 140)), BoxCell((110, 140, 300, 180)))
    table = BoxTable(cells, (100, 140, 180), (10, 110, 300))
    grid = _grid(_page(1, [(12, 130, "鍵"), (112, 102, "表"), (112, 142, "裏")], table))
    merged = next(cell for cell in grid.cells if cell.text == "鍵")
    assert (merged.row, merged.row_span) == (0, 2)
    assert texts(grid)[1, 1] == "裏"


def test_open_cells_stay_open() -> None:
    table = _table([10, 110, 300], [100, 140, 290], opened=True)
    grid = _grid(_page(1, [(12, 102, "一"), (112, 142, "鍵は")], table))
    assert {cell.row: cell.open_bottom for cell in grid.cells} == {0: False, 1: True}


def test_line_cut_in_two_by_the_page_end_belongs_to_the_open_cell() -> None:
    table = _table([10, 110, 300], [100, 130], opened=True)
    grid = _grid(_page(1, [(112, 114, "鍵は"), (112, 126, "毎晩")], table))
    assert [cell.text for cell in grid.cells] == ["", "鍵は\n毎晩"]


def test_page_numbers_are_put_aside() -> None:
    pages = [
        _page(n, [(10, 100, f"設問{text}"), (190, 285, f"{n} / 2")]) for n, text in ((1, "甲"), (2, "乙"))
    ]
    grid = _grid(*pages)
    assert _aside(grid) == ["1 / 2", "2 / 2"]
    assert [cell.location.page for cell in grid.aside] == [1, 2]
    assert list(texts(grid).values()) == ["設問甲", "設問乙"]


def test_page_number_of_a_single_page_is_put_aside() -> None:
    grid = _grid(_page(1, [(10, 100, "設問"), (190, 285, "- 1 -")]))
    assert _aside(grid) == ["- 1 -"]


def test_number_in_the_middle_of_a_page_is_text() -> None:
    grid = _grid(_page(1, [(10, 100, "設問"), (190, 150, "12")]))
    assert grid.aside == ()
    assert "12" in texts(grid).values()


def test_headers_and_footers_that_repeat_are_put_aside() -> None:
    pages = [
        _page(n, [(10, 8, "架空堂 社外秘"), (10, 100, text), (10, 285, f"© 架空堂 {n}頁")])
        for n, text in ((1, "設問甲"), (2, "設問乙"), (3, "設問丙"))
    ]
    grid = _grid(*pages)
    assert sorted(set(_aside(grid))) == ["© 架空堂 1頁", "© 架空堂 2頁", "© 架空堂 3頁", "架空堂 社外秘"]
    assert list(texts(grid).values()) == ["設問甲", "設問乙", "設問丙"]


def test_note_of_one_page_only_stays() -> None:
    pages = [_page(1, [(10, 100, "設問甲"), (10, 285, "※夜も含む")]), _page(2, [(10, 100, "設問乙")])]
    grid = _grid(*pages)
    assert grid.aside == ()
    assert "※夜も含む" in texts(grid).values()


def test_sentence_over_two_lines_outside_of_tables_is_one_text() -> None:
    full = "架空の倉庫の鍵は毎晩九時までに必ず管理人が掛けて回ることとする決まりに"
    grid = _grid(_page(1, [(10, 50, full), (10, 62, "なっている。")]))
    assert list(texts(grid).values()) == [full + "なっている。"]


def test_parts_of_a_word_drawn_one_by_one_are_one_text() -> None:
    grid = _grid(_page(1, [(10, 50, "架空"), (30, 50, "堂"), (40, 50, "の表")]))
    assert list(texts(grid).values()) == ["架空堂の表"]


def test_wraps_are_measured_by_the_writing_of_the_whole_column() -> None:
    writing = [
        (112, 102, "架空の倉庫の鍵は毎"),
        (112, 114, "晩掛ける"),
        (112, 142, "窓は閉める"),
        (112, 154, "戸も閉める"),
    ]
    grid = _grid(_page(1, writing, _table([10, 110, 206], [100, 140, 180])))
    assert texts(grid) == {(0, 1): "架空の倉庫の鍵は毎晩掛ける", (1, 1): "窓は閉める\n戸も閉める"}


def test_blank_pages_between_are_no_rows() -> None:
    grid = _grid(_page(1, [(10, 100, "設問甲")]), _page(3, [(10, 100, "設問乙")]))
    assert [cell.location.page for cell in grid.cells] == [1, 3]
    assert grid.n_rows == 2
