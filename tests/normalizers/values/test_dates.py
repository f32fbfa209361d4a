"""Dates that a cell gives."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizers.values.dates import first_date, promises_by_date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2026年3月頃", (2026, 3, 1)),
        ("2026年3月", (2026, 3, 1)),
        ("2026年3月5日", (2026, 3, 5)),
        ("２０２６年４月", (2026, 4, 1)),
        ("2026年 4 月 1 日", (2026, 4, 1)),
        ("2026/4/1", (2026, 4, 1)),
        ("2026/04/01", (2026, 4, 1)),
        ("2026-04-01", (2026, 4, 1)),
        ("2026.4.1", (2026, 4, 1)),
        ("2026/4", (2026, 4, 1)),
        ("令和9年3月31日", (2027, 3, 31)),
        ("令和元年5月1日", (2019, 5, 1)),
        ("R8.4.1", (2026, 4, 1)),
        ("対応予定（2026年9月）", (2026, 9, 1)),
        ("対応予定：2026/09", (2026, 9, 1)),
        ("2025年12月～2026年3月", (2025, 12, 1)),
        ("2026年13月、2026年5月", (2026, 5, 1)),
        ("令和 9年 3月", (2027, 3, 1)),
    ],
)
def test_first_date(text: str, date: tuple[int, int, int]) -> None:
    assert first_date(text) == dt.date(*date)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "令和8年度",
        "2027年度上期",
        "2026年",
        "4月",
        "〇年〇月",
        "2026年13月",
        "2026年2月30日",
        "20260401",
        "ISO/IEC 27001:2013",
        "24時間365日",
        "時期未定",
        "192.168.10.1",
        "バージョンR2.1",
        "FR2-1に記載",
    ],
)
def test_no_date(text: str) -> None:
    assert first_date(text) is None


@given(st.dates(dt.date(2000, 1, 1), dt.date(2099, 12, 31)))
def test_every_day_is_read_back_in_three_prints(day: dt.date) -> None:
    prints = (f"{day.year}年{day.month}月{day.day}日", f"{day.year}/{day.month}/{day.day}", day.isoformat())
    assert [first_date(text) for text in prints] == [day, day, day]


@given(st.text(max_size=30))
def test_any_text_gives_a_date_or_none(text: str) -> None:
    found = first_date(text)
    assert found is None or dt.date(2000, 1, 1) <= found <= dt.date(2117, 12, 31)


@pytest.mark.parametrize(
    ("text", "promises"),
    [
        ("2025年11月の改修で対応します", True),
        ("2019年4月に配備する", True),
        ("2025年11月に対応しました", False),
        ("2025年11月より対応しています", False),
        ("2025年より選べます", False),
        ("毎年11月に点検します", False),
    ],
)
def test_what_will_be_done_at_a_date_is_promised_whichever_the_date(text: str, promises: bool) -> None:
    assert promises_by_date(text) is promises
