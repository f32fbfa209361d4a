"""Rows with their readings in, the readings in the light of their remarks out: a remark may take a yes back.

A marked yes whose remark plainly denies the asked thing is never stored as a yes: it is `unclear`, or `planned`,
`conditional` or `partial` where the remark says so (normalizers/remarks/effect.py). A no is never turned by a remark. A
remark that several respondents share may speak of the one who said no: the others keep their answer.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence

from extractors.checklist.model import ItemRow
from normalizers.answers.model import Reading
from normalizers.remarks.effect import turned_by
from normalizers.values.dates import first_date

RULE = "remark:"


def with_remarks(
    rows: Sequence[ItemRow], readings: Sequence[Reading], sheet: dt.date | None = None
) -> list[Reading]:
    """The readings in their order; `sheet` is the document's date. The rule of a turned one is `remark:` and its answer."""
    others = _answers_of_others(rows, readings)
    return [
        _turned(row, reading, sheet) if reading.answer == "yes" and others[_key(row)] <= {"yes"} else reading
        for row, reading in zip(rows, readings, strict=True)
    ]


def is_taken_back(reading: Reading) -> bool:
    """Whether a remark took the yes back, not only bound it to a plan, an option or a part."""
    return reading.rule in {f"{RULE}unclear", f"{RULE}planned"}


def _turned(row: ItemRow, reading: Reading, sheet: dt.date | None) -> Reading:
    remark = row.remarks or reading.remark
    answer = turned_by(remark, row.requirement or row.item or "", sheet) if remark else None
    if answer is None:
        return reading
    planned = answer == "planned"
    date = first_date(remark) if planned else None
    return Reading(answer, f"{RULE}{answer}", reading.options, reading.remark, planned, date)


def _key(row: ItemRow) -> tuple[str, ...]:
    return (row.item_no, row.sub_item or "", row.requirement, row.item or "", row.remarks)


def _answers_of_others(
    rows: Sequence[ItemRow], readings: Sequence[Reading]
) -> dict[tuple[str, ...], set[str]]:
    """The answers of all respondents that share an item and its remark; blank ones are none."""
    found: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for row, reading in zip(rows, readings, strict=True):
        if row.remarks and reading.answer != "unanswered":
            found[_key(row)].add(reading.answer)
    return found
