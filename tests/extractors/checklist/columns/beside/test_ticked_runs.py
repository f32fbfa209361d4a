"""Columns of which one is ticked in a row are a choice; columns that are ticked together, and single flags, are none."""

from __future__ import annotations

from extractors.checklist.columns.beside.ticked_runs import ticked_runs


def _texts(*rows: str) -> list[list[str]]:
    """Columns × rows of a drawing, one letter a cell, a full stop for a blank one."""
    return [[row[index].replace(".", "") for row in rows] for index in range(len(rows[0]))]


def test_one_tick_a_row_is_a_choice() -> None:
    texts = _texts("○..", ".○.", "○..", "..○", "○..", ".○.")
    assert ticked_runs(texts).choices == ((0, 1, 2),)


def test_a_flag_beside_a_choice_is_no_part_of_it() -> None:
    texts = _texts("○○..", ".○..", "○..○", "○○..", ".○..", "○.○.")
    assert ticked_runs(texts).choices == ((1, 2, 3),)


def test_ticks_that_stand_together_choose_nothing() -> None:
    runs = ticked_runs(_texts("○○.", ".○○", "○○○", "○..", "○.○", ".○."))
    assert (runs.choices, runs.together) == ((), ((0, 1, 2),))


def test_few_rows_two_marks_and_full_columns_are_no_choice() -> None:
    assert not ticked_runs(_texts("○.", ".○", "○.")).choices
    assert not ticked_runs(_texts("○.", ".×", "○.", ".×", "○.", ".×")).choices
    assert not ticked_runs(_texts("○.", "○○", "○.", "○.", "○.", "○.")).choices
    assert not ticked_runs(_texts("札.", ".札", "札.", ".札", "札.", ".札")).choices
