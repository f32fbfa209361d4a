"""Outcomes in, the same with a problem on each sheet that is much older than the newest one out.

Ages are counted from the newest date of receipt in the folder and never from today's: the same files give the same
dataset, whenever they are read. Sheets without a date and blank forms have no age.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from normalizers.vocabulary import load
from pipeline.document import Outcome, received_at
from pipeline.problems import Problem

_MONTHS_OF_YEAR = 12


def with_ages(outcomes: Sequence[Outcome], months: int | None = None) -> list[Outcome]:
    """The outcomes, those over `months` (None: as ages.toml says) older than the newest sheet with the problem `sheet_old`."""
    limit = load("pipeline", "ages.toml")["months"] if months is None else months
    dates = [received_at(outcome) if _is_answered(outcome) else None for outcome in outcomes]
    newest = max((date for date in dates if date), default=None)
    if newest is None:
        return list(outcomes)
    named = next(outcome.file.name for outcome, date in zip(outcomes, dates, strict=True) if date == newest)
    return [
        _told(outcome, date, (newest, named)) if date and months_between(date, newest) > limit else outcome
        for outcome, date in zip(outcomes, dates, strict=True)
    ]


def months_between(first: dt.date, last: dt.date) -> int:
    """Whole months from `first` to `last`."""
    months = (last.year - first.year) * _MONTHS_OF_YEAR + last.month - first.month
    return months - (last.day < first.day)


def _is_answered(outcome: Outcome) -> bool:
    return any(checklist.kind == "filled" for checklist in outcome.checklists)


def _told(outcome: Outcome, date: dt.date, newest: tuple[dt.date, str]) -> Outcome:
    words = {
        "date": date.isoformat(),
        "months": str(months_between(date, newest[0])),
        "newest": newest[0].isoformat(),
        "other": newest[1],
    }
    return replace(outcome, problems=(*outcome.problems, Problem("sheet_old", words=words)))
