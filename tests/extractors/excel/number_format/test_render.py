"""A value under a number format is the text that the sheet shows."""

from __future__ import annotations

import datetime as dt

import pytest

from extractors.excel.number_format.render import Value, render_value

DAY = dt.datetime(2026, 6, 5, 9, 4, 7)


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (3, "General", "3"),
        (3.0, "General", "3"),
        (-2, "General", "-2"),
        (99.95, "General", "99.95"),
        (0.1 + 0.2, "General", "0.3"),
        (1234567, "General", "1234567"),
        (0.999, "0.0%", "99.9%"),
        (0.99999, "0.00#%", "99.999%"),
        (1, "0%", "100%"),
        (-0.2, "0%", "-20%"),
        (2.5, "0", "3"),
        (0.05, "0.0", "0.1"),
        (1234567, "#,##0", "1,234,567"),
        (999, "#,##0", "999"),
        (1500000, "#,##0,", "1,500"),
        (7, "000", "007"),
        (3, '0"件"', "3件"),
        (3, '"第"0"版"', "第3版"),
        (4, "No.0", "No.4"),
        (24, '0"時間"365"日"', "24時間365日"),
        (5, "0_);(0)", "5"),
        (-5, "0_);(0)", "(5)"),
        (-3, '0;"▲"0', "▲3"),
        (-1234.5, "#,##0.0;[Red]-#,##0.0", "-1,234.5"),
        (0, '0;-0;"－"', "－"),
        (1, '"○";"×";"△"', "○"),
        (-1, '"○";"×";"△"', "×"),
        (0, '"○";"×";"△"', "△"),
    ],
)
def test_numbers(value: Value, number_format: str, text: str) -> None:
    assert render_value(value, number_format) == text


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (DAY, "yyyy/m/d", "2026/6/5"),
        (DAY, "yyyy\\-mm\\-dd", "2026-06-05"),
        (DAY, 'yyyy"年"m"月"d"日"', "2026年6月5日"),
        (DAY, 'yyyy"年"m"月"', "2026年6月"),
        (DAY, 'm"月"d"日"(aaa)', "6月5日(金)"),
        (DAY, "aaaa", "金曜日"),
        (DAY, '[$-411]ggge"年"m"月"d"日"', "令和8年6月5日"),
        (dt.date(2018, 1, 2), "ge.m.d", "H30.1.2"),
        (dt.date(1989, 1, 7), 'ggge"年"', "昭和64年"),
        (DAY, "yy/mm/dd h:mm", "26/06/05 9:04"),
        (DAY, "hh:mm:ss", "09:04:07"),
        (DAY, "mm:ss", "04:07"),
        (dt.time(21, 5), "h:mm AM/PM", "9:05 PM"),
        (dt.time(0, 5), "h:mm AM/PM", "12:05 AM"),
        (dt.timedelta(hours=26, minutes=30), "[h]:mm:ss", "26:30:00"),
    ],
)
def test_dates_and_times(value: Value, number_format: str, text: str) -> None:
    assert render_value(value, number_format) == text


@pytest.mark.parametrize("number_format", ["General", "@", "0.0%", "yyyy/m/d", '"○";"×"'])
def test_texts_stay_as_they_are(number_format: str) -> None:
    assert render_value("㈱架空堂① 9:00～17:00", number_format) == "㈱架空堂① 9:00～17:00"


def test_text_section_puts_words_round_a_text() -> None:
    assert render_value("見本坂", '0;-0;0;@" 様"') == "見本坂 様"
    assert render_value("可", '@"（口頭）"') == "可（口頭）"


@pytest.mark.parametrize("number_format", ["General", "0", "@", '"○";"×"'])
def test_booleans_are_never_numbers(number_format: str) -> None:
    assert render_value(True, number_format) == "TRUE"
    assert render_value(False, number_format) == "FALSE"


def test_general_with_words_keeps_the_number() -> None:
    assert render_value(3, 'General"件"') == "3件"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1, "○"),
        (0, "×"),
        (2, "2"),
    ],
)
def test_conditions_of_sections_decide(value: int, text: str) -> None:
    assert render_value(value, '[=1]"○";[=0]"×";General') == text


def test_digits_divided_by_a_dash() -> None:
    assert render_value(12, "0-0") == "1-2"
    assert render_value(9870123, "000-0000") == "987-0123"


def test_hours_beyond_a_day_follow_the_format() -> None:
    assert render_value(dt.timedelta(hours=26, minutes=30), "[h]:mm") == "26:30"


def test_default_date_is_shown_as_a_japanese_excel_does() -> None:
    assert render_value(DAY, "mm-dd-yy") == "2026/6/5"


@pytest.mark.parametrize(
    ("value", "number_format", "text"), [(12000, "0.00E+00", "1.20E+04"), (0.5, "# ?/?", "1/2")]
)
def test_powers_and_fractions(value: float, number_format: str, text: str) -> None:
    assert render_value(value, number_format).strip() == text


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (-3, 'General"件"', "-3件"),
        (3, 'G/標準"件"', "3件"),
        (0, "0;-0;;@", ""),
        (5, ";;;", "5"),
        (123, "000-0000", "000-0123"),
        (99.9, '[>=99.9]0.0"%";"×"', "99.9%"),
        (98, '[>=99.9]0.0"%";"×"', "×"),
        (-2, '[>=0]0;[<0]"△"0', "△2"),
        (9.999, "0.00E+00", "1.00E+01"),
        (0.00012, "0.0E+0", "1.2E-4"),
        (-1.5, "# ?/?", "-1 1/2"),
        (0.375, "# ?/8", "3/8"),
        (3, '"約"# ?/?"倍"', "約3倍"),
        (3, "0.0.0", "3"),
        (0.5, "#.00", ".50"),
        (1e30, "0.00", "1E+30"),
    ],
)
def test_less_usual_formats(value: Value, number_format: str, text: str) -> None:
    assert render_value(value, number_format) == text


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (dt.timedelta(hours=26, minutes=30), '[h]"時間"mm"分"', "26時間30分"),
        (dt.timedelta(minutes=90), '[m]"分"', "90分"),
        (dt.time(9, 30), "[h]:mm", "9:30"),
        (dt.datetime(1900, 1, 1, 2), "[h]:mm", "26:00"),
        (DAY, "m/d/yy h:mm", "2026/6/5 9:04"),
        (DAY, "mm:ss.0", "04:07"),
        (DAY, 'gggee"年"', "令和08年"),
        (dt.date(2019, 6, 30), 'ggge"年"m"月"d"日"', "令和元年6月30日"),
        (dt.date(2019, 6, 30), "ggge年m月", "令和元年6月"),
        (dt.date(1989, 1, 8), 'gge"年"', "平元年"),
        (dt.date(2019, 6, 30), "ge.m.d", "R1.6.30"),
        (dt.date(2028, 1, 2), 'ggge"年"', "令和10年"),
    ],
)
def test_durations_and_local_dates(value: Value, number_format: str, text: str) -> None:
    assert render_value(value, number_format) == text
