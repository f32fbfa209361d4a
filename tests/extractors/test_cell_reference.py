"""A1 names: letters of columns and their numbers are each other's reverse, beyond any sheet too."""

from __future__ import annotations

import pytest

from extractors.cell_reference import COLUMNS, a1, column_letters, column_number, range_to_area

NAMES = {0: "A", 25: "Z", 26: "AA", 701: "ZZ", 702: "AAA", 16_383: "XFD", 1_000_000: "BDWGO"}


@pytest.mark.parametrize(("col", "letters"), NAMES.items())
def test_a_column_has_letters_and_they_its_number(col: int, letters: str) -> None:
    assert column_letters(col) == letters
    assert column_number(letters) == col
    assert COLUMNS[letters] == col


def test_a_range_names_its_corners() -> None:
    assert (a1(1, 2), a1(1, 2, 3, 1), a1(0, 0, 1, 3)) == ("C2", "C2:C4", "A1:C1")


@pytest.mark.parametrize(
    ("name", "area"),
    [("C2", (1, 2, 1, 2)), ("$c$4:B2", (1, 1, 3, 2)), ("C0", None), ("名前", None), ("A1:B2:C3", None)],
)
def test_a_range_is_read_whatever_its_corners(name: str, area: tuple[int, ...] | None) -> None:
    assert range_to_area(name) == area
