"""The first day of what a text tells: dates, months, fiscal halves and quarters, ranges counted from the sheet."""

from __future__ import annotations

import datetime as dt

import pytest

from normalizers.values.periods import first_day

SHEET = dt.date(2026, 5, 20)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2027年4月開始予定", "2027-04-01"),
        ("R8.10予定", "2026-10-01"),
        ("令和八年四月一日より", "2026-04-01"),
        ("15 Jan 2027", "2027-01-15"),
        ("planned for December 2026", "2026-12-01"),
        ("令和8年度上期", "2026-04-01"),
        ("令和8年度下期", "2026-10-01"),
        ("R8上期対応", "2026-04-01"),
        ("2026年度4Q", "2027-01-01"),
        ("FY26 Q3", "2026-10-01"),
        ("End of FY2026", "2027-03-01"),
        ("Q3 2026", "2026-07-01"),
        ("2026年度末", "2027-03-01"),
        ("2027年春", "2027-03-01"),
        ("来年度", "2027-04-01"),
        ("来月", "2026-06-01"),
        ("来年2月", "2027-02-01"),
        ("AES-256", None),
        ("ISO27001:2022", None),
        ("2027年13月", None),
    ],
)
def test_the_first_day(text: str, day: str | None) -> None:
    assert first_day(text, SHEET) == (dt.date.fromisoformat(day) if day else None)


def test_next_year_is_not_known_without_the_sheet() -> None:
    assert first_day("来年度から") is None
