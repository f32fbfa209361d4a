"""Where cells stand on the pages that a sheet is drawn on."""

from __future__ import annotations

from dataclasses import replace

from extractors.cell_reference import a1
from extractors.grid import Cell, Grid
from extractors.location import Location
from extractors.pdf.render.sheet_layout import grid_to_layout
from tests.extractors.grids import grid_of, lined

SMALL = grid_of(lined("No. | 確認事項 | 回答\n1 | 来客の記録を残していること。 | ○\n2 | ^ | ×"))


def test_cells_stand_side_by_side_and_below_each_other() -> None:
    layout = grid_to_layout(SMALL)
    ((page, head),) = layout.boxes(0, 0, 1, 1)
    ((_, beside),) = layout.boxes(0, 1, 1, 2)
    ((_, below),) = layout.boxes(1, 0, 2, 1)
    assert page == 0
    assert head[2] == beside[0]
    assert head[3] == below[1]
    assert beside[2] - beside[0] > head[2] - head[0]  # the longer text has the wider column


def test_a_merged_cell_covers_all_its_rows() -> None:
    layout = grid_to_layout(SMALL)
    ((_, merged),) = layout.boxes(1, 1, 3, 2)
    assert merged[1] == layout.boxes(1, 0, 2, 1)[0][1][1]
    assert merged[3] == layout.boxes(2, 0, 3, 1)[0][1][3]


def test_a_row_is_as_high_as_its_longest_text_needs() -> None:
    long = grid_of([["番号", "問い"], ["1", "長い問いです。" * 30], ["2", "短い問い"]])
    layout = grid_to_layout(long)
    heights = [layout.ys[n + 1] - layout.ys[n] for n in range(3)]
    assert heights[1] > 4 * heights[2]


def test_a_blank_place_between_cells_has_a_box() -> None:
    grid = Grid("票", (_cell(0, 0), _cell(9, 9)), sheet="票")
    layout = grid_to_layout(grid)
    ((_, box),) = layout.boxes(4, 4, 5, 5)
    assert box[0] < box[2]
    assert box[1] < box[3]


def test_a_long_sheet_is_cut_between_rows() -> None:
    grid = grid_of([[str(n), "鍵を二人で管理していること。"] for n in range(300)])
    layout = grid_to_layout(grid)
    assert layout.n_pages > 2
    pages = [layout.boxes(row, 0, row + 1, 1) for row in range(300)]
    assert all(len(parts) == 1 for parts in pages)
    assert [parts[0][0] for parts in pages] == sorted(parts[0][0] for parts in pages)
    assert all(layout.page_size(page)[1] < 1500 for page in range(layout.n_pages))


def test_a_merged_cell_over_a_cut_is_on_both_pages() -> None:
    cells = [_cell(n, 1) for n in range(200)]
    grid = Grid("票", (replace(_cell(0, 0), row_span=200), *cells), sheet="票")
    layout = grid_to_layout(grid)
    assert [page for page, _ in layout.boxes(0, 0, 200, 1)] == list(range(layout.n_pages))


def test_a_cell_at_the_far_end_of_a_sheet_costs_nothing() -> None:
    grid = Grid("票", (_cell(0, 0), _cell(1048575, 16383)), sheet="票")
    layout = grid_to_layout(grid)
    assert (len(layout.xs), len(layout.ys), layout.n_pages) == (4, 4, 1)


def test_a_sheet_without_cells_is_one_page() -> None:
    layout = grid_to_layout(Grid("空", (), sheet="空"))
    assert layout.n_pages == 1
    assert layout.boxes(0, 0, 1, 1)


def test_a_text_alone_in_its_row_does_not_widen_its_column() -> None:
    rows = [["この票は受付の担当が毎月書き、倉庫の担当が確かめます。", ""], ["1", "鍵"], ["2", "灯り"]]
    assert grid_to_layout(grid_of(rows)).xs[1] < 30


def _cell(row: int, col: int) -> Cell:
    return Cell(row, col, "印", Location(sheet="票", cells=a1(row, col)))
