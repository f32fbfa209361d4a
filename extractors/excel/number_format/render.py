"""A cell's value and number format in, the text that the sheet shows out.

Covers what check sheets use: sections by sign or by condition, `General"件"`, text sections; render_numbers.py fills the
places of digits, render_dates.py those of dates and durations. The format language is ECMA-376 part 1, 18.8.31.
"""

from __future__ import annotations

import datetime as dt
import operator
import re
from collections.abc import Callable

from extractors.excel.number_format.format_tokens import TOKEN, literal, literals, tokens
from extractors.excel.number_format.render_dates import render_date, render_duration
from extractors.excel.number_format.render_numbers import general, render_number

Value = str | int | float | bool | dt.datetime | dt.date | dt.time | dt.timedelta

_CONDITION = re.compile(r"\[(?P<sign><=|>=|<>|=|<|>)\s*(?P<limit>-?\d+(?:\.\d+)?)\]")
_COMPARE: dict[str, Callable[[float, float], bool]] = {
    "<=": operator.le,
    ">=": operator.ge,
    "<>": operator.ne,
    "=": operator.eq,
    "<": operator.lt,
    ">": operator.gt,
}
# Formats that Excel stores by number only; a Japanese Excel shows them so, whatever the file says.
JAPANESE_FORMATS = {
    14: "yyyy/m/d",
    22: "yyyy/m/d h:mm",
    27: "[$-411]ge.m.d",
    28: '[$-411]ggge"年"m"月"d"日"',
    29: '[$-411]ggge"年"m"月"d"日"',
    30: "m/d/yy",
    31: 'yyyy"年"m"月"d"日"',
    32: 'h"時"mm"分"',
    33: 'h"時"mm"分"ss"秒"',
    34: 'yyyy"年"m"月"',
    35: 'm"月"d"日"',
    36: "[$-411]ge.m.d",
    50: "[$-411]ge.m.d",
    51: '[$-411]ggge"年"m"月"d"日"',
    52: 'yyyy"年"m"月"',
    53: 'm"月"d"日"',
    54: '[$-411]ggge"年"m"月"d"日"',
    55: 'yyyy"年"m"月"',
    56: 'm"月"d"日"',
    57: "[$-411]ge.m.d",
    58: '[$-411]ggge"年"m"月"d"日"',
}
# What readers call formats 14 and 22, whose file form is the American one.
_LOCAL = {"mm-dd-yy": JAPANESE_FORMATS[14], "m/d/yy h:mm": JAPANESE_FORMATS[22]}


def render_value(value: Value, number_format: str) -> str:
    """The text that a sheet shows for `value` under `number_format` ("General" where there is none)."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, str):
        return _shown_text(value, number_format)
    sections = _sections(_LOCAL.get(number_format, number_format).replace("G/標準", "General"))
    if isinstance(value, dt.timedelta):
        return render_duration(value, sections[0])
    if isinstance(value, dt.datetime | dt.date | dt.time):
        return render_date(value, sections[0])
    section, signed = _section(value, sections)
    return _shown_figure(value, section, signed)


def _shown_figure(value: float, section: str, signed: bool) -> str:
    sign = "-" if value < 0 and not signed else ""
    section_tokens = tokens(section)
    if any(token.group("number") for token in section_tokens):
        return sign + render_number(abs(value), section)
    if any(token.group("general") for token in section_tokens):
        words = [
            general(abs(value)) if token.group("general") else literal(token) for token in section_tokens
        ]
        return sign + "".join(words)
    if not section and signed and value == 0:
        return ""  # `0;-0;;@` hides zeros
    return literals(section) or general(value)


def _split(number_format: str) -> list[str]:
    """The sections of a format: parted by semicolons outside of quotes."""
    return re.split(r';(?=(?:[^"]*"[^"]*")*[^"]*$)', number_format)


def _sections(number_format: str) -> list[str]:
    """The sections for numbers: those without the place of a text."""
    parts = _split(number_format)
    numeric = [part for part in parts if not any(token.group("text") for token in tokens(part))]
    return numeric or parts


def _section(value: float, sections: list[str]) -> tuple[str, bool]:
    """The section for this value, and whether it says the sign itself.

    `[=1]"○";[=0]"×";General`: the first whose condition holds, the last for everything else. Without conditions
    positive;negative;zero.
    """
    conditions = [_CONDITION.search(section) for section in sections]
    if any(conditions):
        for index, (section, condition) in enumerate(zip(sections, conditions, strict=True)):
            if _holds(value, condition, index, len(sections)):
                return section, value < 0 and re.search(r"[-(△▲]", literals(section)) is not None
        return "General", False
    if value < 0 and len(sections) > 1:
        return sections[1], True
    if value == 0 and len(sections) > 2:
        return sections[2], True
    return sections[0], False


def _holds(value: float, condition: re.Match[str] | None, index: int, count: int) -> bool:
    """Whether a section among sections with conditions is for this value; the last is for the rest."""
    if condition is not None:
        return _COMPARE[condition.group("sign")](value, float(condition.group("limit")))
    return index == count - 1 or (value > 0 if index == 0 else value < 0)


def _shown_text(value: str, number_format: str) -> str:
    if "@" not in number_format or number_format == "@":
        return value
    section = next((part for part in _split(number_format) if "@" in part), "@")
    return "".join(value if token.group("text") else literal(token) for token in TOKEN.finditer(section))
