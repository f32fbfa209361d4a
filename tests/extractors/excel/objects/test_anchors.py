"""Widths, heights and anchors: where things stand in points."""

from __future__ import annotations

import pytest

from extractors.excel.objects.anchors import (
    LAST_COL,
    LAST_ROW,
    Anchor,
    Corner,
    SheetMetrics,
    anchor_box,
    axis,
    cells_under,
    corner,
    grow_to_anchors,
)
from extractors.excel.objects.linked_cells import link_target
from extractors.grid import Cell
from extractors.location import Location


def test_axis_with_other_sizes_and_hidden_ones() -> None:
    line = axis(10.0, LAST_COL, {1: 30.0, 3: 0.0})
    assert [line.start(n) for n in range(6)] == [0, 10, 40, 50, 50, 60]
    assert [line.at(p) for p in (0, 9.9, 10, 39.9, 45, 50, 55)] == [0, 0, 1, 1, 2, 4, 4]
    assert line.at(1e12) == LAST_COL
    assert line.at(-5) == 0


def test_corner_of_broken_numbers() -> None:
    assert corner(("", "0", "1", "0"), 1.0) is None
    assert corner(("nan", "0", "1", "0"), 1.0) is None
    assert corner(("1e300", "0", "1", "0"), 1.0) is None
    assert corner(("99999", "1", "-4", "2"), 0.5) == Corner(LAST_COL, 0.5, 0, 1.0)


def test_offsets_stay_in_their_cells_between_two_corners() -> None:
    metrics = SheetMetrics(axis(10.0, LAST_COL, {}), axis(5.0, LAST_ROW, {}))
    box = anchor_box(Anchor(Corner(1, 400.0, 1, 0.0), Corner(2, 1.0, 1, 99.0)), metrics)
    assert box == pytest.approx((19.99, 5.0, 21.0, 9.995))


def test_rows_without_a_height_are_as_tall_as_what_is_anchored_in_them() -> None:
    metrics = grow_to_anchors(SheetMetrics(), [Anchor(Corner(0, 1.0, 2, 1.0), Corner(0, 9.0, 2, 50.0))])
    assert (metrics.rows.size(1), metrics.rows.size(2)) == (15.0, 50.0)
    metrics = grow_to_anchors(SheetMetrics(), [Anchor(Corner(0, 1.0, 2, 1.0), Corner(0, 9.0, 2, 1e9))])
    assert metrics.rows.size(2) == 409.5


def test_cells_under_places_of_a_merged_cell_as_large_as_a_sheet() -> None:
    whole = Cell(0, 0, "表", Location(), LAST_ROW + 1, LAST_COL + 1)
    assert cells_under([whole], [(5, 5), (LAST_ROW, LAST_COL)]) == {
        (5, 5): whole,
        (LAST_ROW, LAST_COL): whole,
    }
    assert cells_under([Cell(1, 1, "", Location(), 2, 2)], [(0, 0), (3, 3), (1, 3)]) == {}


@pytest.mark.parametrize(
    ("formula", "target"),
    [
        ("$K$5", ("票", 4, 10)),
        ("=K5", ("票", 4, 10)),
        ("'控え 2'!$A$1", ("控え 2", 0, 0)),
        ("'it''s'!B2", ("it's", 1, 1)),
        ("控え!B2", ("控え", 1, 1)),
        ("対応状況", None),
        ("$K$0", None),
        ("ZZZ9999999", None),
        ("", None),
    ],
)
def test_targets_of_links(formula: str, target: tuple[str, int, int] | None) -> None:
    assert link_target(formula, "票") == target
