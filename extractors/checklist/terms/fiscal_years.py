"""Assigns fiscal years to header columns, and sets those of earlier years aside.

Header columns in; the same columns out, prior-year ones ignored.
`2025年度回答 | 2026年度回答`: the later one is the answer, the older one is as past as 前回.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from extractors.checklist.model import ANSWER_ROLES, ChecklistColumn, Role

_YEAR = re.compile(
    r"(?:(?P<year>20\d\d)\s*(?:年度?|/|\.|-(?=\d))|(?:FY|CY)\s*(?P<fiscal>20\d\d|\d\d)(?!\d)"
    r"|^(?P<plain>20\d\d)(?!\d)"
    r"|(?:令和|(?<![A-Za-z0-9])R)\s*(?P<era>\d{1,2}|元)\s*(?:年度?|[./](?=\d)))\s*(?:(?P<month>\d{1,2})(?!\d)\s*[月./]?)?",
    re.IGNORECASE,
)
_DATED = {Role.ANSWER, Role.CHOICE, Role.REMARKS, Role.UNKNOWN}

Moment = tuple[int, int]


def year_of(text: str) -> Moment | None:
    """The year and month (0 where none is told) that a header text names, None where it names no year or several."""
    moments = {
        moment for match in _YEAR.finditer(unicodedata.normalize("NFKC", text)) if (moment := _moment(match))
    }
    return moments.pop() if len(moments) == 1 else None


def _moment(match: re.Match[str]) -> Moment:
    month = int(match.group("month") or 0)
    month = month if month <= 12 else 0
    if match.group("era"):
        return 2018 + int(match.group("era").replace("元", "1")), month
    year = int(match.group("year") or match.group("plain") or match.group("fiscal"))
    return (year if year > 99 else 2000 + year), month


def ignore_earlier_years(
    columns: Sequence[ChecklistColumn], texts: Sequence[Sequence[str]], holds_answers: Sequence[bool]
) -> tuple[ChecklistColumn, ...]:
    """The columns with answers, choices and remarks of earlier years ignored.

    `texts` are the header texts over each column, innermost first; `holds_answers` says which columns hold answers by
    their words. Nothing changes where the answers name less than two years.
    """
    moments = [_first(column_texts) for column_texts in texts]
    answers = [
        moment
        for column, moment, holds in zip(columns, moments, holds_answers, strict=True)
        if moment and (holds or column.role in ANSWER_ROLES) and column.role != Role.IGNORE
    ]
    if not answers and not any(
        holds or column.role in ANSWER_ROLES for column, holds in zip(columns, holds_answers, strict=True)
    ):
        # `2025年度 | 2026年度` and no other answer: marks under them will be seen to be the answers.
        answers = [m for column, m in zip(columns, moments, strict=True) if m and column.role == Role.UNKNOWN]
    if not answers:
        return tuple(columns)
    latest = max(answers)
    return tuple(
        replace(column, role=Role.IGNORE)
        if column.role in _DATED and moment is not None and _is_before(moment, latest)
        else column
        for column, moment in zip(columns, moments, strict=True)
    )


def _first(texts: Sequence[str]) -> Moment | None:
    return next((moment for text in texts if (moment := year_of(text))), None)


def _is_before(first: Moment, second: Moment) -> bool:
    """Of one year, months tell which is earlier only where both are named."""
    if first[0] != second[0]:
        return first[0] < second[0]
    return 0 < first[1] < second[1]
