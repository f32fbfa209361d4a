"""Text in, how many hours of a day it names out: `平日9:00～18:00` is 9 hours, `24時間365日` is 24.

What an analyst compares of service and support times is how long somebody is there on a day: the span becomes one figure, unit
`時間/日`. On which days stays in the text. Two spans (平日…、土曜…, a lunch break) and a single time are no figure.
"""

from __future__ import annotations

import re
import unicodedata

from normalizers.values.quantities import Bound, Quantity, clear_quantity, kanji_number, without_brackets

_UNIT = "時間/日"
_LONGEST = 200
_DAY = 24 * 60
_WHOLE_DAY = re.compile(
    r"24(?:時間|h|hours?)?[\s/・×x、*]*36[56](?:日|d|days?)?|36[56](?:日|d)[\s/・×x、]*24(?:時間|h)|24/7"
)
_NOT_WHOLE = re.compile(
    r"24(?:時間|h)?[\s/・×x、*]*36[56](?:日|d)?(?:で|の)?(?:は|で)?(?:なく|ない|ありません)"
)
_NOT_DAILY = re.compile("毎週|隔週|毎月|第[1-5１-５一二三四五]")
_HALF = r"(?P<half{0}>午前|午後|am|pm)?\s*(?:翌日?)?(?P<hour{0}>\d{{1,2}})(?:[:時](?P<minute{0}>\d{{1,2}}|半)?分?)"
_SPAN = re.compile(_HALF.format("_from") + r"\s*(?:~|-|から|より)\s*" + _HALF.format("_to"))
_KANJI_HOUR = re.compile(r"[一二三四五六七八九十]{1,3}(?=時(?!間))|(?<=時)[一二三四五六七八九十]{1,3}(?=分)")


def figure_of(text: str) -> Quantity | None:
    """The clear figure of a cell, or the hours of a day that it names: `9:00～18:00（年2回停止）` is 9 hours a day.

    A figure beside a span (`平日9時～17時、回答は4時間以内`) makes two, of which none is clear.
    """
    hours, figure = _service_hours(text), clear_quantity(text)
    if hours is None or figure is None:
        return hours or figure
    return hours if clear_quantity(without_brackets(text)) is None else None


def _service_hours(text: str) -> Quantity | None:
    """The hours of a day in the one clock span or `24時間365日` of `text`, at most 200 characters; else None."""
    if len(text) > _LONGEST or _NOT_DAILY.search(text):
        return None
    key = re.sub("[〜～–—―−]", "~", unicodedata.normalize("NFKC", text).casefold())
    key = _KANJI_HOUR.sub(lambda m: str(kanji_number(m.group())), key)
    spans = list(_SPAN.finditer(key))
    if _WHOLE_DAY.search(key):
        return None if spans or _NOT_WHOLE.search(key) else Quantity(24.0, _UNIT, Bound.EXACT)
    if len(spans) != 1:
        return None
    begin, end = _minutes(spans[0], "_from"), _minutes(spans[0], "_to")
    if begin is None or end is None or begin == end:
        return None
    length = end - begin if end > begin else end + _DAY - begin
    return Quantity(round(length / 60, 4), _UNIT, Bound.EXACT)


def _minutes(span: re.Match[str], side: str) -> int | None:
    """Minutes since midnight, None for a time that no clock shows."""
    hour, minute = int(span.group(f"hour{side}")), span.group(f"minute{side}")
    late = span.group(f"half{side}") in {"午後", "pm"} and hour < 12
    minutes = 30 if minute == "半" else int(minute or 0)
    total = (hour + 12 * late) * 60 + minutes
    return total if minutes < 60 and total <= _DAY else None
