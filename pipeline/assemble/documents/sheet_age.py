"""Dates of receipt in, a problem for each sheet that is much older than the newest one out.

Ages are counted from the newest date of receipt in the folder and never from today's: the same files give the same
dataset, whenever they are read. Sheets without a date and blank forms have no age.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from extractors.issue import Issue

OLD = "sheet_old"
OLD_AFTER = 12  # months, counted to the newest sheet of the folder
_MONTHS_OF_YEAR = 12


def find_old_sheets(dates: Mapping[str, dt.date], months: int = OLD_AFTER) -> dict[str, Issue]:
    """The problem `sheet_old` of each path over `months` older than the newest sheet.

    `dates` tell when each filled sheet was received, in order of path.
    """
    if not dates:
        return {}
    newest = max(dates.values())
    newest_path = next(path for path, date in dates.items() if date == newest)
    return {
        path: _old(date, (newest, newest_path))
        for path, date in dates.items()
        if months_between(date, newest) > months
    }


def months_between(first: dt.date, last: dt.date) -> int:
    """Whole months from `first` to `last`."""
    months = (last.year - first.year) * _MONTHS_OF_YEAR + last.month - first.month
    return months - (last.day < first.day)


def _old(date: dt.date, newest: tuple[dt.date, str]) -> Issue:
    params = {
        "date": date.isoformat(),
        "months": str(months_between(date, newest[0])),
        "newest": newest[0].isoformat(),
        "other": newest[1],
    }
    return Issue("sheet_old", params=params)
