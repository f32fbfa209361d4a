"""A cell's value and number format in, the text that the sheet shows out.

Covers what check sheets use: `0.0%`, `#,##0`, `000`, `0"件"`, `yyyy/m/d`, `ggge"年"m"月"`, text sections.
The format language is ECMA-376 part 1, 18.8.31.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import ROUND_HALF_UP, Decimal

Value = str | int | float | bool | dt.datetime | dt.date | dt.time | dt.timedelta

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_.|\*.|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<ampm>AM/PM|A/P|am/pm)|(?P<date>y+|m+|d+|h+|s+|a{3,4}|g+|e+)|(?P<general>General)"
    r"|(?P<number>[0#?][0#?,]*(?:\.[0#?]*)?)|(?P<percent>%)|(?P<text>@)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_ERAS = (
    (dt.date(2019, 5, 1), "令和", "R"),
    (dt.date(1989, 1, 8), "平成", "H"),
    (dt.date(1926, 12, 25), "昭和", "S"),
)
_WEEKDAYS = "月火水木金土日"


def shown(value: Value, number_format: str) -> str:
    """The text that a sheet shows for `value` under `number_format` ("General" where there is none)."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, str):
        return _shown_text(value, number_format)
    section, signed = _section(value, number_format)
    if isinstance(value, dt.timedelta):
        return _shown_duration(value)
    if isinstance(value, dt.datetime | dt.date | dt.time):
        return _shown_date(value, section)
    if section.lower() == "general" or not re.search(r"[0#?]", section):
        literal = _literals(section)
        return literal if literal and section.lower() != "general" else _general(value)
    return ("-" if value < 0 and not signed else "") + _shown_number(abs(value), section)


def _section(value: Value, number_format: str) -> tuple[str, bool]:
    """Positive;negative;zero;text: the section of the format for this value, and whether it says the sign."""
    sections = re.split(r';(?=(?:[^"]*"[^"]*")*[^"]*$)', number_format)
    if isinstance(value, int | float):
        if value < 0 and len(sections) > 1:
            return sections[1], True
        if value == 0 and len(sections) > 2:
            return sections[2], True
    return sections[0], False


def _shown_text(value: str, number_format: str) -> str:
    if "@" not in number_format or number_format == "@":
        return value
    section = next(part for part in number_format.split(";") if "@" in part)
    return "".join(value if token.group("text") else _literal(token) for token in _TOKEN.finditer(section))


def _literal(token: re.Match[str]) -> str:
    return token.group("quoted") or token.group("escaped") or token.group("other") or ""


def _literals(section: str) -> str:
    return "".join(_literal(token) for token in _TOKEN.finditer(section))


def _general(value: float) -> str:
    """At most 11 significant digits, no trailing zeros, as Excel's General."""
    if isinstance(value, int) or (value.is_integer() and abs(value) < 1e11):
        return str(int(value))
    return f"{value:.11g}"


def _shown_number(value: float, section: str) -> str:
    number = next((t.group("number") for t in _TOKEN.finditer(section) if t.group("number")), "0")
    scaled = Decimal(str(value))
    scaled *= Decimal(100) ** section.count("%")
    scaled /= Decimal(1000) ** (len(number) - len(number.rstrip(",")))
    whole, _, fraction = number.rstrip(",").partition(".")
    required = sum(char == "0" for char in fraction)
    rounded = scaled.quantize(Decimal(1).scaleb(-len(fraction)), rounding=ROUND_HALF_UP)
    left, _, right = f"{rounded:f}".partition(".")
    right = right[:required] + right[required:].rstrip("0")
    left = left.rjust(sum(char == "0" for char in whole), "0")
    if "," in whole:
        left = re.sub(r"(?<=\d)(?=(\d{3})+$)", ",", left)
    body = left + ("." + right if right else "")
    done = False
    parts = []
    for token in _TOKEN.finditer(section):
        if token.group("number"):
            parts.append("" if done else body)
            done = True
        else:
            parts.append("%" if token.group("percent") else _literal(token))
    return "".join(parts)


def _shown_date(value: dt.datetime | dt.date | dt.time, section: str) -> str:
    tokens = [token for token in _TOKEN.finditer(section) if token.group(0)]
    if not any(token.group("date") for token in tokens):
        return value.isoformat(sep=" ") if isinstance(value, dt.datetime) else value.isoformat()
    codes = [(token.group("date") or "").lower() for token in tokens]
    noon = any(token.group("ampm") for token in tokens)
    parts = []
    for index, token in enumerate(tokens):
        if token.group("ampm"):
            parts.append("AM" if getattr(value, "hour", 0) < 12 else "PM")
        elif token.group("date"):
            parts.append(_date_part(value, codes, index, noon))
        elif token.group("bracket") is None:
            parts.append(_literal(token))
    return "".join(parts)


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
        return (
            day.strftime("%b" if len(code) == 3 else "%B") if len(code) > 2 else f"{day.month:0{len(code)}d}"
        )
    if code[0] == "d":
        return day.strftime("%a" if len(code) == 3 else "%A") if len(code) > 2 else f"{day.day:0{len(code)}d}"
    if code[0] == "a":
        return _WEEKDAYS[day.weekday()] + ("曜日" if len(code) == 4 else "")
    if code[0] == "e":
        return str(day.year - start.year + 1)
    return {1: letter, 2: name[0]}.get(len(code), name)


def _is_minute(codes: list[str], index: int) -> bool:
    """An `m` is minutes after hours or before seconds."""
    before = next((code for code in reversed(codes[:index]) if code), "")
    after = next((code for code in codes[index + 1 :] if code), "")
    return before.startswith("h") or after.startswith("s")


def _shown_duration(value: dt.timedelta) -> str:
    minutes, seconds = divmod(int(value.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{seconds:02d}"
