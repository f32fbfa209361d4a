"""Sheets much older than the newest one of the folder are told, by dates in the files and never by today's."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from extractors.checklist.shape import Meta
from pipeline.ages import months_between, with_ages
from pipeline.discover import RawFile
from pipeline.document import Outcome
from pipeline.problems import message_of
from pipeline.records import checklist_to_records
from tests.pipeline.make import answers


def _outcome(name: str, printed: str | None = None, reply: str = "○") -> Outcome:
    file = RawFile(Path(name), name, 1, "ab" * 32)
    return Outcome(
        file,
        "ok",
        "text/plain",
        checklists=(checklist_to_records(answers(reply, reply), ()),),
        meta=Meta(date=printed),
    )


def _old(*outcomes: Outcome, months: int | None = None) -> list[str]:
    told = with_ages(outcomes, months)
    return [outcome.file.name for outcome in told if any(p.code == "sheet_old" for p in outcome.problems)]


def test_a_sheet_over_a_year_older_than_the_newest_is_told() -> None:
    found = _old(_outcome("20240110_a.csv"), _outcome("20250201_b.csv"), _outcome("20260201_c.csv"))
    assert found == ["20240110_a.csv"]


def test_the_printed_date_counts_where_the_name_has_none() -> None:
    assert _old(_outcome("a.csv", "2023年5月1日"), _outcome("b.csv", "2025年6月")) == ["a.csv"]


def test_the_number_of_months_can_be_told() -> None:
    sheets = (_outcome("20250101_a.csv"), _outcome("20250801_b.csv"))
    assert _old(*sheets) == []
    assert _old(*sheets, months=6) == ["20250101_a.csv"]


def test_sheets_without_a_date_and_blank_forms_have_no_age() -> None:
    assert _old(_outcome("a.csv"), _outcome("20260101_b.csv")) == []
    assert _old(_outcome("20200101_a.csv", reply=""), _outcome("20260101_b.csv")) == []
    assert _old(_outcome("20240101_a.csv"), _outcome("20260101_b.csv", reply="")) == []
    assert _old() == []


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        ((2025, 1, 31), (2026, 1, 31), 12), ((2025, 1, 31), (2026, 1, 30), 11),
        ((2026, 3, 1), (2026, 3, 31), 0), ((2024, 12, 1), (2026, 1, 1), 13),
    ],
)  # fmt: skip
def test_whole_months(first: tuple[int, int, int], last: tuple[int, int, int], months: int) -> None:
    assert months_between(dt.date(*first), dt.date(*last)) == months


def test_the_message_names_both_dates_and_the_newest_sheet() -> None:
    old = with_ages([_outcome("20240110_a.csv"), _outcome("20260201_c.csv")])[0]
    message = message_of(old.problems[0], old.file.name, "en")
    assert "2024-01-10" in message
    assert "24 months older than the newest sheet (20260201_c.csv, 2026-02-01)" in message
