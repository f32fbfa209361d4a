"""Text in, the date that it gives out: `2026年3月頃` → 2026-03-01, `令和8年度` is no date.

Beside a yes a date before the sheet tells since when, a later one that nothing is done yet: decided by the sheet's own
date, never by the calendar of the day on which it is read.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from functools import cache

from normalizers.vocabulary import load

_DATE = re.compile(
    r"(?:(?P<year>20\d\d)|(?:令和\s*|(?<![A-Za-z0-9])R(?=\d{1,2}\s*[年.]\s*\d{1,2}\s*[月.]))(?P<era>\d{1,2}|元))\s*[年/.\-]\s*(?P<month>\d{1,2})(?!\d)\s*(?:[月/.\-]\s*(?P<day>\d{1,2})(?!\d))?"
)


def first_date(text: str) -> dt.date | None:
    """The first date or month of `text` (a month is its first day), None where there is none or it is impossible."""
    for match in _DATE.finditer(unicodedata.normalize("NFKC", text)):
        era = match.group("era")
        year = int(match.group("year")) if match.group("year") else 2018 + (1 if era == "元" else int(era))
        try:
            return dt.date(year, int(match.group("month")), int(match.group("day") or 1))
        except ValueError:
            continue
    return None


def is_date(text: str) -> bool:
    """Whether a cell holds nothing but one possible date or month (`2028/3/31`, `令和8年9月`)."""
    plain = unicodedata.normalize("NFKC", text).strip().rstrip("月日頃。")
    return bool(_DATE.fullmatch(plain.rstrip())) and first_date(plain) is not None


def without_past(text: str, sheet: dt.date | None) -> str:
    """`text` (NFKC) without the dates that lie before the sheet."""
    return _pattern("date").sub(lambda m: " " if _is_past(m, sheet) else m.group(), text)


def tells_later(text: str, sheet: dt.date | None) -> bool:
    """Whether `text` (NFKC) says by a date that something may begin after the sheet: `2028年導入`, `2027年4月から`."""
    for match in _pattern("date").finditer(text):
        behind = _pattern("told").match(text[match.end() :])
        if not _is_past(match, sheet) and behind and (match.start() == 0 or behind.group()):
            return True
    return False


def begins_later(text: str, sheet: dt.date | None) -> bool:
    """Whether `text` (NFKC) tells a date after the sheet from or by which something is to be: `2028年4月より…`."""
    later = (m for m in _pattern("date").finditer(text) if not _is_past(m, sheet))
    return any(_pattern("begins").match(text[m.end() :]) for m in later)


def promises_by_date(text: str) -> bool:
    """Whether `text` (NFKC) ends in what will be done at a date that is named, whichever: `2025年12月に対応します`."""
    return _pattern("will").search(text) is not None and begins_later(text, dt.date.min)


def done_word(word: str) -> bool:
    """Whether a word says by itself that it is done: behind 対応済 a date tells when."""
    return bool(_pattern("done").search(word))


def last_known_year() -> int:
    """The year as old as which a sheet without any date is taken to be; fixed, so that it is read alike in every year."""
    return int(load("normalizers.values", "dates.toml")["years"]["known"])


def _is_past(match: re.Match[str], sheet: dt.date | None) -> bool:
    year = int(match.group("year") or 0)
    if not year:
        count = match.group("count")
        start = 2018 if match.group("era") in {"令和", "R"} else 1988
        year = start + (1 if count == "元" else int(count))
    if sheet is None:
        return year < last_known_year()
    return (year, int(match.group("month") or 12)) < (sheet.year, sheet.month)


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(load("normalizers.values", "dates.toml")["years"][name])
