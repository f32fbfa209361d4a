"""Rules to tables: cells are what rules enclose."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from extractors.location import Box
from extractors.pdf.page.rules import Rule, Rules
from extractors.pdf.tables.lattice import BoxTable, rules_to_tables


def _rules(
    horizontal: Sequence[tuple[float, float, float]], vertical: Sequence[tuple[float, float, float]]
) -> Rules:
    return Rules(tuple(Rule(*r) for r in horizontal), tuple(Rule(*r) for r in vertical))


def _full(xs: Sequence[float], ys: Sequence[float]) -> Rules:
    return _rules([(y, xs[0], xs[-1]) for y in ys], [(x, ys[0], ys[-1]) for x in xs])


def _both(one: Rules, other: Rules) -> Rules:
    return Rules(one.horizontal + other.horizontal, one.vertical + other.vertical)


def _tables(rules: Rules, *centres: tuple[float, float]) -> list[BoxTable]:
    return rules_to_tables(rules, np.asarray(centres, dtype=float).reshape(-1, 2))


def _boxes(table: BoxTable) -> list[Box]:
    return [cell.box for cell in table.cells]


def test_full_table_in_reading_order() -> None:
    (table,) = _tables(_full([0, 50, 200], [10, 30, 60]))
    assert _boxes(table) == [(0, 10, 50, 30), (50, 10, 200, 30), (0, 30, 50, 60), (50, 30, 200, 60)]
    assert (table.rows, table.cols, table.box) == ((10, 30, 60), (0, 50, 200), (0, 10, 200, 60))
    assert not any(cell.open_top or cell.open_bottom for cell in table.cells)


def test_cell_merged_over_rows() -> None:
    rules = _rules([(10, 0, 200), (30, 50, 200), (60, 0, 200)], [(0, 10, 60), (50, 10, 60), (200, 10, 60)])
    (table,) = _tables(rules)
    assert _boxes(table) == [(0, 10, 50, 60), (50, 10, 200, 30), (50, 30, 200, 60)]


def test_cell_merged_over_columns() -> None:
    rules = _rules([(10, 0, 200), (30, 0, 200), (60, 0, 200)], [(0, 10, 60), (50, 30, 60), (200, 10, 60)])
    (table,) = _tables(rules)
    assert _boxes(table) == [(0, 10, 200, 30), (0, 30, 50, 60), (50, 30, 200, 60)]


def test_rules_a_little_off_make_no_slivers() -> None:
    rules = _rules(
        [(10, 0, 200), (30, 0, 49), (31.5, 51, 200), (60, 0, 200)],
        [(0, 10, 60), (50, 10, 29), (51, 31, 60), (200, 10, 60)],
    )
    (table,) = _tables(rules)
    assert len(table.cells) == 4


def test_frame_alone_is_no_table() -> None:
    assert _tables(_full([0, 200], [10, 60])) == []


def test_underline_is_no_table() -> None:
    assert _tables(_rules([(10, 0, 200), (40, 0, 200)], [])) == []


def test_tables_come_from_top_to_bottom() -> None:
    lower, upper = _full([0, 50, 200], [100, 120, 160]), _full([0, 80, 200], [10, 30, 60])
    assert [table.box[1] for table in _tables(_both(lower, upper))] == [10, 100]


def test_tables_with_other_rows_side_by_side_stay_two() -> None:
    tables = _tables(_both(_full([0, 50, 90], [10, 30, 60]), _full([200, 250, 290], [17, 44, 71, 98])))
    assert len(tables) == 2


def test_parts_with_other_columns_are_one_table() -> None:
    rows = [10, 30, 60, 90]
    (table,) = _tables(_both(_full([0, 50, 90], rows), _full([150, 200, 300], rows)))
    assert table.box == (0, 10, 300, 90)


def test_like_tables_with_nothing_between_them_stay_two() -> None:
    rows = [10, 30, 60, 90]
    both = _both(_full([0, 50, 90], rows), _full([150, 200, 240], rows))
    assert [table.box for table in _tables(both, (20, 20), (120, 5), (170, 20))] == [
        (0, 10, 90, 90),
        (150, 10, 240, 90),
    ]


def test_parts_held_apart_by_an_unruled_cell_are_one_table() -> None:
    rows = [10, 30, 60, 90]
    (table,) = _tables(_both(_full([0, 50, 90], rows), _full([150, 200, 300], rows)), (120, 20))
    assert (table.cols[0], table.cols[-1]) == (0, 300)
    assert (90, 10, 150, 90) in [cell.box for cell in table.cells]


def test_table_cut_at_the_foot_is_open_there() -> None:
    rules = _rules([(10, 0, 200), (30, 0, 200)], [(0, 10, 70), (50, 10, 70), (200, 10, 70)])
    (table,) = _tables(rules)
    assert table.rows == (10, 30, 70)
    assert [(cell.box[1], cell.open_bottom) for cell in table.cells] == [
        (10, False),
        (10, False),
        (30, True),
        (30, True),
    ]
    assert not any(cell.open_top for cell in table.cells)


def test_table_cut_at_the_head_is_open_there() -> None:
    rules = _rules([(40, 0, 200), (70, 0, 200)], [(0, 10, 70), (50, 10, 70), (200, 10, 70)])
    (table,) = _tables(rules)
    assert table.rows == (10, 40, 70)
    assert [cell.open_top for cell in table.cells] == [True, True, False, False]


def test_only_the_merged_cell_runs_over_the_page_end() -> None:
    rules = _rules(
        [(10, 0, 200), (40, 50, 200), (70, 50, 200)],
        [(0, 10, 70), (50, 10, 70), (200, 10, 70)],
    )
    (table,) = _tables(rules)
    assert {cell.box: cell.open_bottom for cell in table.cells} == {
        (0, 10, 50, 70): True,
        (50, 10, 200, 40): False,
        (50, 40, 200, 70): False,
    }


def test_page_of_one_cut_row_is_a_table() -> None:
    rules = _rules([(70, 0, 200)], [(0, 10, 70), (50, 10, 70), (200, 10, 70)])
    (table,) = _tables(rules)
    assert _boxes(table) == [(0, 10, 50, 70), (50, 10, 200, 70)]
    assert all(cell.open_top and not cell.open_bottom for cell in table.cells)


def test_box_to_tick_inside_a_cell_changes_no_cell() -> None:
    (table,) = _tables(_both(_full([0, 50, 200], [10, 40, 70]), _full([60, 68], [20, 28])))
    assert len(table.cells) == 4
