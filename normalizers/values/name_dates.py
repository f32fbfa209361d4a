"""The name of a file or folder in, the day, month or business year that it tells out: `回答_R8.6.12` → 2026-06-12.

Names tell days in every way that clerks write them: 20260612, 2026-6-12, 260612, 2026年6月12日, 令和8年6月12日, R8.6.12,
R080612. A date of the form's edition (`2025年3月7日版`) is none; a month or a business year (`令和7年度`) is told as less sure,
by its first day.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import cache

_REIWA = 2018  # the year before its first
_YEAR_BEGINS = 4  # the month in which a business year begins
_SEP = r"\s*[-_./ ]\s*"
_YEAR = r"(?:(?<!\d)(?P<year>20[1-4]\d)|(?:令和|(?<![A-Za-z0-9])[Rr])\s*(?P<era>\d{1,2}|元))"
_DAY_PATTERNS = (
    rf"{_YEAR}\s*年\s*(?P<month>\d{{1,2}})\s*月\s*(?P<day>\d{{1,2}})(?!\d)日?",
    rf"{_YEAR}{_SEP}(?P<month>\d{{1,2}}){_SEP}(?P<day>\d{{1,2}})(?!\d)",
    r"(?<!\d)(?P<year>20[1-4]\d)(?P<month>0[1-9]|1[0-2])(?P<day>[0-3]\d)(?=(?:\d{4}|\d{6})?(?!\d))",
    r"(?<![A-Za-z0-9])[Rr](?P<era>[01]\d)(?P<month>0[1-9]|1[0-2])(?P<day>[0-3]\d)(?!\d)",
    r"(?<![A-Za-z0-9.])(?P<short>2\d|3[0-5])(?P<month>0[1-9]|1[0-2])(?P<day>[0-3]\d)(?!\d)",
)
_MONTH_PATTERNS = (
    rf"{_YEAR}\s*年\s*(?P<month>\d{{1,2}})\s*月(?!\s*\d)",
    rf"(?<!\d)(?P<year>20[1-4]\d){_SEP}(?P<month>0?[1-9]|1[0-2])(?![\d日])",
    r"(?<!\d)(?P<year>20[1-4]\d)(?P<month>0[1-9]|1[0-2])(?!\d)",
)
_YEAR_PATTERNS = (rf"{_YEAR}\s*年度", r"(?<!\d)(?P<year>20[1-4]\d)\s*FY|FY\s*(?P<fiscal>20[1-4]\d)(?!\d)")
_EDITION_BEHIND = re.compile(r"\s*(?:時点)?\s*(?:版|改訂|改定|改正|施行|制定|公開|発行|更新版)")
_EDITION_BEFORE = re.compile(
    r"(?:(?:ver\.?|version|rev\.?|(?<![A-Za-z])v)\s*[-_. ]?\s*|(?:版|改訂|改定)[(]?)$", re.IGNORECASE
)


class Precision(IntEnum):
    """How much of a date is told; the greater the surer."""

    YEAR = 1
    MONTH = 2
    DAY = 3


@dataclass(frozen=True, slots=True)
class NameDate:
    """A date that a name tells, the first day of it where that is a month or a year."""

    date: dt.date
    precision: Precision


def date_in_name(name: str) -> NameDate | None:
    """The first and surest date that a name tells, None where it tells none."""
    text = unicodedata.normalize("NFKC", name)
    for precision in sorted(Precision, reverse=True):
        for date in _dates(text, precision):
            return NameDate(date, precision)
    return None


def without_dates(name: str) -> str:
    """The name (NFKC) without the dates that it tells."""
    text = unicodedata.normalize("NFKC", name)
    for precision in sorted(Precision, reverse=True):
        for pattern in _patterns(precision):
            text = pattern.sub(" ", text)
    return text


def _dates(text: str, precision: Precision) -> Iterator[dt.date]:
    matches = [match for pattern in _patterns(precision) for match in pattern.finditer(text)]
    for match in sorted(matches, key=lambda m: m.start()):
        if _EDITION_BEHIND.match(text, match.end()) or _EDITION_BEFORE.search(text[: match.start()]):
            continue
        date = _date_of(match, precision)
        if date is not None:
            yield date


def _date_of(match: re.Match[str], precision: Precision) -> dt.date | None:
    parts = match.groupdict()
    month = int(parts.get("month") or _YEAR_BEGINS)
    day = int(parts["day"]) if precision == Precision.DAY else 1
    try:
        return dt.date(_year_of(parts), month, day)
    except ValueError:
        return None


def _year_of(parts: dict[str, str | None]) -> int:
    if era := parts.get("era"):
        return _REIWA + (1 if era == "元" else int(era))
    if short := parts.get("short"):
        return 2000 + int(short)
    return int(parts.get("year") or parts.get("fiscal") or 0)


@cache
def _patterns(precision: Precision) -> tuple[re.Pattern[str], ...]:
    patterns = {
        Precision.DAY: _DAY_PATTERNS,
        Precision.MONTH: _MONTH_PATTERNS,
        Precision.YEAR: _YEAR_PATTERNS,
    }
    return tuple(map(re.compile, patterns[precision]))
