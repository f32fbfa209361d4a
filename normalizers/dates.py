"""Text in, the date that it gives out: `2026年3月頃` → 2026-03-01, `令和8年度` is no date."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata

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
