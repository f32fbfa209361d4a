"""Looks by row and column: runs, whole columns, areas over each other, and files that hold more than any form."""

from __future__ import annotations

import pytest

from extractors.looks import MOST_LINES, PLAIN, CellRule, Look, Run, build_looks, spots_to_looks

YELLOW, GREY = Look(fill="FFFF99"), Look(fill="DDDDDD", bold=True)
LIST = CellRule(("適", "否"))


@pytest.mark.parametrize(
    ("row", "col", "look"),
    [
        (0, 0, PLAIN), (3, 0, GREY), (3, 4, GREY), (3, 5, PLAIN), (4, 0, PLAIN), (4, 3, YELLOW), (9, 3, YELLOW),
        (10, 3, PLAIN), (12, 0, GREY), (12, 8, Look(writable=True)), (4, 8, Look(writable=True)), (99, 8, Look(writable=True)),
    ],
)  # fmt: skip
def test_a_cell_looks_as_its_row_says_and_else_as_its_column(row: int, col: int, look: Look) -> None:
    lines = [(3, 4, (Run(0, 4, GREY),)), (4, 10, (Run(3, 3, YELLOW),)), (12, 13, (Run(0, 4, GREY),))]
    looks = build_looks(lines, columns=(Run(8, 9, Look(writable=True)),))
    assert looks.at(row, col) == look


def test_a_row_that_says_a_cell_is_plain_is_heard_before_its_column() -> None:
    looks = build_looks([(2, 3, (Run(0, 0, PLAIN),))], columns=(Run(0, 0, YELLOW),))
    assert [looks.at(row, 0) for row in range(4)] == [YELLOW, YELLOW, PLAIN, YELLOW]


def test_areas_hold_for_their_cells_alone() -> None:
    looks = build_looks(
        [], areas=[((4, 2, 8, 3), LIST), ((6, 5, 1_048_575, 5), CellRule(None, "日付を記入"))]
    )
    listed = [
        (row, col) for row in range(12) for col in range(8) if looks.at(row, col).choices == ("適", "否")
    ]
    assert listed == [(row, col) for row in range(4, 9) for col in (2, 3)]
    assert [looks.at(row, 5).prompt for row in (5, 6, 500_000)] == ["", "日付を記入", "日付を記入"]


def test_areas_over_each_other_all_say_something() -> None:
    both = [
        ((0, 0, 9, 9), CellRule(opened=True)),
        ((2, 2, 4, 4), LIST),
        ((3, 3, 3, 3), CellRule(None, "選択")),
    ]
    looks = build_looks([(0, 10, (Run(0, 9, Look(writable=False)),))], areas=both)
    assert looks.at(3, 3) == Look(("適", "否"), writable=True, prompt="選択")
    assert looks.at(9, 9) == Look(writable=True)


def test_cells_told_one_by_one_are_found_again() -> None:
    spots = {
        (1, 1): YELLOW,
        (1, 2): YELLOW,
        (2, 1): Look(("有", "無"), fill="FFFF99"),
        (5, 0): Look(prompt="記入"),
    }
    looks = spots_to_looks(spots)
    assert {spot: looks.at(*spot) for spot in spots} == spots
    assert looks.at(3, 1) == PLAIN
    assert not spots_to_looks({(0, 0): PLAIN})


def test_rows_that_differ_more_than_those_of_any_form_are_cut_off() -> None:
    lines = [(row, row + 1, (Run(row % 2, row % 2, YELLOW),)) for row in range(MOST_LINES + 5_000)]
    looks = build_looks(lines)
    assert len(looks.lines) <= MOST_LINES + 2
    assert looks.at(10, 0) == YELLOW
    assert looks.at(MOST_LINES + 4_000, 0) == PLAIN


def test_areas_that_explode_are_none() -> None:
    looks = build_looks([], areas=[((row, 0, 1_048_575, 0), LIST) for row in range(20_000)])
    assert looks.bands == ()
