"""A date, time or duration and a section in, the text that the sheet shows out.

`yyyy/m/d`, `ggge"年"m"月"`, `h:mm AM/PM`, `[h]:mm`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from extractors.excel.number_format.format_tokens import literal, tokens

_ERAS = (
    (dt.date(2019, 5, 1), "令和", "R"),
    (dt.date(1989, 1, 8), "平成", "H"),
    (dt.date(1926, 12, 25), "昭和", "S"),
)
_FIRST_YEAR = "元"
_WEEKDAYS = "月火水木金土日"
_DAY_ZERO = dt.datetime(1899, 12, 30)
_LEAP = dt.datetime(1900, 3, 1)  # Excel counts a 29 February 1900, so days before it are one less
_SECONDS = {"h": 3600, "m": 60, "s": 1}


def render_date(value: dt.datetime | dt.date | dt.time, section: str) -> str:
    """The text of a date or time under a section; ISO where the section has no place for either."""
    codes_and_signs = tokens(re.sub(r"(?<=[sS])\.0+", "", section))
    if any(token.group("elapsed") for token in codes_and_signs):
        return render_duration(_elapsed(value), section)
    codes = [(token.group("date") or "").lower() for token in codes_and_signs]
    if not any(codes):
        return value.isoformat(sep=" ") if isinstance(value, dt.datetime) else value.isoformat()
    noon = any(token.group("ampm") for token in codes_and_signs)
    parts = []
    for index, token in enumerate(codes_and_signs):
        if token.group("ampm"):
            parts.append("AM" if getattr(value, "hour", 0) < 12 else "PM")
        elif token.group("date"):
            parts.append(_date_part(value, codes, index, noon))
            if (
                codes[index][0] == "e"
                and parts[-1].lstrip("0") == "1"
                and _is_year_sign(codes_and_signs, index + 1)
            ):
                parts[-1] = _FIRST_YEAR
        else:
            parts.append(literal(token))
    return "".join(parts)


def _is_year_sign(codes_and_signs: Sequence[re.Match[str]], index: int) -> bool:
    """Whether 年 follows, before which the first year of an era is written 元."""
    return index < len(codes_and_signs) and literal(codes_and_signs[index]).startswith("年")


def _elapsed(value: dt.datetime | dt.date | dt.time) -> dt.timedelta:
    """What a date geometries for where its format counts hours: the time since Excel's day 0."""
    if isinstance(value, dt.time):
        return dt.datetime.combine(_DAY_ZERO, value) - _DAY_ZERO
    moment = value if isinstance(value, dt.datetime) else dt.datetime.combine(value, dt.time())
    return moment - _DAY_ZERO - dt.timedelta(days=moment < _LEAP)


def _date_part(value: dt.datetime | dt.date | dt.time, codes: list[str], index: int, noon: bool) -> str:
    code = codes[index]
    if code[0] in "hs" or (code[0] == "m" and _is_minute(codes, index)):
        clock = {
            "h": getattr(value, "hour", 0),
            "m": getattr(value, "minute", 0),
            "s": getattr(value, "second", 0),
        }
        number = clock[code[0]]
        if code[0] == "h" and noon:
            number = number % 12 or 12
        return f"{number:0{min(len(code), 2)}d}"
    if isinstance(value, dt.time):
        return ""
    return _calendar_part(value, code)


def _calendar_part(value: dt.date, code: str) -> str:
    day = value.date() if isinstance(value, dt.datetime) else value
    start, name, letter = next((era for era in _ERAS if day >= era[0]), _ERAS[-1])
    if code[0] == "y":
        return f"{day.year:04d}" if len(code) > 2 else f"{day.year % 100:02d}"
    if code[0] == "m":
        return _month(day, len(code))
    if code[0] == "d":
        return day.strftime("%a" if len(code) == 3 else "%A") if len(code) > 2 else f"{day.day:0{len(code)}d}"
    if code[0] == "a":
        return _WEEKDAYS[day.weekday()] + ("曜日" if len(code) == 4 else "")
    if code[0] == "e":
        return f"{day.year - start.year + 1:0{min(len(code), 2)}d}"
    return {1: letter, 2: name[0]}.get(len(code), name)


def _month(day: dt.date, size: int) -> str:
    """`m`, `mm`, `mmm` (Jun), `mmmm` (June), `mmmmm` (J)."""
    if size <= 2:
        return f"{day.month:0{size}d}"
    name = day.strftime("%b" if size == 3 else "%B")
    return name[0] if size == 5 else name


def _is_minute(codes: list[str], index: int) -> bool:
    """An `m` is minutes after hours or before seconds."""
    before = next((code for code in reversed(codes[:index]) if code), "")
    after = next((code for code in codes[index + 1 :] if code), "")
    return before.startswith("h") or after.startswith("s")


def render_duration(value: dt.timedelta, section: str) -> str:
    """The text of a duration: the bracketed unit counts on, smaller ones begin anew; h:mm:ss without a section."""
    seconds = round(abs(value.total_seconds()))
    codes_and_signs = tokens(re.sub(r"(?<=[sS])\.0+|(?<=[sS]\])\.0+", "", section))
    counted = next((token.group("elapsed") for token in codes_and_signs if token.group("elapsed")), None)
    sign = "-" if value < dt.timedelta() else ""
    if counted is None:
        return f"{sign}{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    parts = []
    for token in codes_and_signs:
        code = (token.group("elapsed") or token.group("date") or "").lower()
        if code[:1] in _SECONDS and code:
            number = seconds // _SECONDS[code[0]]
            number = number if token.group("elapsed") else number % (24 if code[0] == "h" else 60)
            parts.append(f"{number:0{len(code)}d}")
        else:
            parts.append(literal(token))
    return sign + "".join(parts)
