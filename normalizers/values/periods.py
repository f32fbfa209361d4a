"""A text in, the first day of the date, month or range that it tells out: 令和8年度上期 → 2026-04-01, Q3 2026 → 2026-07-01.

A fiscal year begins in April; quarters of an FY are fiscal, others of the calendar. 来年度, 来期 and 来月 are told from the
sheet's date, and tell nothing where that is not known. A year alone is a range too: 2027年中 → 2027-01-01.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

from normalizers.values.dates import first_date

_LONGEST = 400
_KANJI = str.maketrans("〇一二三四五六七八九", "0123456789")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_SEASONS = {
    "春": 3,
    "夏": 6,
    "秋": 9,
    "冬": 12,
    "spring": 3,
    "summer": 6,
    "autumn": 9,
    "fall": 9,
    "winter": 12,
}
_YEAR = r"(?:(?P<year>20\d\d)|(?:令和|(?<![a-z0-9])r)\s*(?P<era>\d{1,2}|元))"
_FISCAL = (
    r"(?:fy\s*'?(?P<fiscal>20\d\d|\d\d)|"
    + _YEAR
    + r"\s*年度|"
    + _YEAR.replace("year", "year2").replace("era", "era2")
    + r"\s*年?\s*(?=[上下]半?期))"
)
_PART = (
    r"(?:[\s.,/-]*(?:第?(?P<quarter>[1-4])\s*(?:四半期|q)|q(?P<q>[1-4])|(?P<half>[上下])半?期|(?P<h>h[12])\b"
    r"|(?P<end>末|end)))?"
)


def first_day(text: str, sheet: dt.date | None = None) -> dt.date | None:
    """The first day of the first date or range of `text`; None where there is none, or it is impossible."""
    plain = _with_digits(unicodedata.normalize("NFKC", text[:_LONGEST])).lower()
    return _read(plain, sheet)


@lru_cache(maxsize=8192)
def _read(plain: str, sheet: dt.date | None) -> dt.date | None:
    for reader in _READERS:
        try:
            day = reader(plain)
        except ValueError:
            continue
        if day is not None:
            return day
    return _from_sheet(plain, sheet) if sheet is not None else None


def _with_digits(text: str) -> str:
    """令和八年四月一日 with digits; 十 of months and days too."""

    def digits(match: re.Match[str]) -> str:
        number = match.group().translate(_KANJI)
        head, ten, tail = number.partition("十")
        return str(int(head or 1) * 10 + int(tail or 0)) if ten else number

    return re.sub(r"[一二三四五六七八九十]{1,3}(?=[年月日](?!間))", digits, text)


def _day_of_month(plain: str) -> dt.date | None:
    """`2026年10月`, `R8.4`, `2026/12/1` and their like."""
    era = re.search(
        r"(?<![a-z0-9])r(?P<year>\d{1,2})[./](?P<month>\d{1,2})(?:[./](?P<day>\d{1,2}))?(?!\d)", plain
    )
    day = first_date(plain)
    if day is None and era:
        return dt.date(2018 + int(era["year"]), int(era["month"]), int(era["day"] or 1))
    return day


def _english(plain: str) -> dt.date | None:
    """`15 Jan 2026`, `March 2026`, `April 1, 2026`."""
    patterns = (
        rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+{_MONTH}\s*,?\s*(?P<year>20\d\d)",
        rf"\b{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,\s*(?P<year>20\d\d)",
        rf"\b{_MONTH}\s*,?\s*(?P<year>20\d\d)",
    )
    for pattern in patterns:
        if match := re.search(pattern, plain):
            groups = match.groupdict()
            month = _MONTHS.index(match["month"][:3]) + 1
            return dt.date(int(match["year"]), month, int(groups.get("day") or 1))
    return None


def _fiscal(plain: str) -> dt.date | None:
    """`令和8年度上期`, `2026年度4Q`, `FY26 Q3`, `2026年度末`."""
    match = re.search(r"(?P<early>q[1-4]|end)\s+(?:of\s+)?" + _FISCAL, plain) or re.search(
        _FISCAL + _PART, plain
    )
    if match is None:
        return None
    groups = match.groupdict()
    year = _year_of(groups)
    part = groups.get("early") or next(
        (groups[name] for name in ("quarter", "q", "half", "h", "end") if groups.get(name)), ""
    )
    months = {"上": 0, "下": 6, "h1": 0, "h2": 6, "末": 11, "end": 11, "": 0}
    number = part.removeprefix("q")
    offset = 3 * (int(number) - 1) if number.isdigit() else months[part]
    return dt.date(year + (3 + offset) // 12, (3 + offset) % 12 + 1, 1)


def _year_of(groups: dict[str, str | None]) -> int:
    fiscal, year = groups.get("fiscal"), groups.get("year") or groups.get("year2")
    if fiscal:
        return int(fiscal) + (2000 if len(fiscal) == 2 else 0)
    if year:
        return int(year)
    era = groups.get("era") or groups.get("era2")
    return 2018 + (1 if era == "元" else int(era or 0))


def _calendar(plain: str) -> dt.date | None:
    """`Q3 2026`, `2026年第3四半期`, `2026年末`, `2027年春`, `mid-2027`, `2027年中`."""
    if match := re.search(
        r"q(?P<quarter>[1-4])[\s/,'-]*(?P<year>20\d\d)|(?P<year2>20\d\d)[\s/,年-]*(?:第?(?P<q2>[1-4])四半期|q(?P<q3>[1-4]))",
        plain,
    ):
        quarter = int(match["quarter"] or match["q2"] or match["q3"])
        return dt.date(int(match["year"] or match["year2"]), 3 * quarter - 2, 1)
    if match := re.search(r"(?P<season>spring|summer|autumn|fall|winter)\s+(?P<year>20\d\d)", plain):
        return dt.date(int(match["year"]), _SEASONS[match["season"]], 1)
    if match := re.search(r"(?P<part>mid|end|late|early)[\s-]*(?:of\s+)?(?P<year>20\d\d)", plain):
        return dt.date(int(match["year"]), {"mid": 6, "end": 12, "late": 10, "early": 1}[match["part"]], 1)
    match = re.search(
        _YEAR + r"\s*年\s*(?P<part>末|[春夏秋冬]|中|内|頃|前半|後半|以降|に|より|から|までに)", plain
    )
    if match is None:
        return None
    month = {"末": 12, "後半": 7, **_SEASONS}.get(match["part"], 1)
    return dt.date(_year_of(match.groupdict()), month, 1)


def _from_sheet(plain: str, sheet: dt.date) -> dt.date | None:
    """来年度, 来期, 来月 and 来年, counted from the sheet."""
    fiscal_year = sheet.year if sheet.month > 3 else sheet.year - 1
    if re.search(r"(?:来|次|翌)年度|(?:来|次|翌)期(?!間|限)|next (?:fiscal|financial) year", plain):
        half = 10 if "下期" in plain else 4
        return dt.date(fiscal_year + 1, half, 1)
    if re.search(r"[来翌]月|next month", plain):
        return dt.date(sheet.year + sheet.month // 12, sheet.month % 12 + 1, 1)
    if match := re.search(r"[来翌]年\s*(\d{1,2})月", plain):
        return dt.date(sheet.year + 1, int(match[1]), 1)
    return dt.date(sheet.year + 1, 1, 1) if re.search(r"[来翌]年(?!度)|next year", plain) else None


_READERS: tuple[Callable[[str], dt.date | None], ...] = (_day_of_month, _english, _fiscal, _calendar)
