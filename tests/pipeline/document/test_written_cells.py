"""Answer cells as vendors write them, each with the answers that a careful analyst may record.

The tables in tests/normalizers/cells/ hold the cell, what is right (`a/b`: either; `!yes`: anything but yes; `yes+`: a yes that
its remark contradicts), and what stands beside it: question, unit, remarks, the sheet's legend.
"""

from __future__ import annotations

import datetime as dt
from functools import cache

import pytest

from extractors.checklist.model import ItemRow
from extractors.location import Location
from normalizers.answers.model import ANSWERS
from normalizers.legends.parse_legend import parse_legend
from normalizers.remarks.contradiction import contradicts
from normalizers.responses.read_responses import read_responses
from tests.conftest import ROOT

FOLDER = ROOT / "tests" / "normalizers" / "cells"
SHEET = dt.date(2026, 10, 1)
SHORT = 10  # cells up to this length stand in a column of marks
Case = tuple[str, str, str, str, str, str]


@cache
def _cases() -> tuple[Case, ...]:
    lines = [
        line
        for path in sorted(FOLDER.glob("*.tsv"))
        for line in path.read_text(encoding="utf-8").splitlines()[1:]
    ]
    return tuple((*(line.split("\t") + [""] * 6)[:6],) for line in lines)  # type: ignore[misc]


def _row(number: int, answer: str, requirement: str, unit: str, remarks: str) -> ItemRow:
    return ItemRow(str(number), requirement, answer, remarks, "provider", Location(), unit=unit or None)


def _read(case: Case) -> str:
    """The answer of the case's cell in its column, with `+` where its remark contradicts it."""
    answer, _, requirement, unit, remarks, legend = case
    marks = [_row(n, mark, "対策があること。", unit, "") for n, mark in enumerate("○×△", 2)]
    rows = [_row(1, answer, requirement, unit, remarks), *(marks if len(answer) <= SHORT else [])]
    reading = read_responses(rows, parse_legend([legend]) if legend else (), SHEET)[0]
    return reading.answer + "+" * contradicts(reading.answer, remarks, SHEET)


@pytest.mark.parametrize("case", _cases(), ids=lambda case: "|".join(filter(None, case)))
def test_a_cell_is_read_as_an_analyst_would(case: Case) -> None:
    read = _read(case)
    allowed = case[1].split("/")
    assert read in allowed or any(a[0] == "!" and read.rstrip("+") != a[1:] for a in allowed)


def test_the_tables_are_long_and_mostly_not_yes() -> None:
    cases = _cases()
    assert len(cases) == len(set(cases)) >= 900
    assert sum("yes" not in case[1].split("/") and "yes+" not in case[1].split("/") for case in cases) >= 400


def test_only_answers_are_expected() -> None:
    expected = {word.strip("!+") for case in _cases() for word in case[1].split("/")}
    assert expected <= set(ANSWERS)
