"""A fill → the gold records that reading its file must give, and its manifest entry.

The record format is the one of the project's graders: one record for each answer cell.
"""

from __future__ import annotations

import re
from typing import Any

from tests.golden.forms import RESPONDENTS, Example, Fill, Item, Reply

Record = dict[str, Any]
BOX = re.compile(r"([□■])((?:[^□■\n　（]|（[^）]*）)+)")


def gold_records(fill: Fill) -> list[Record]:
    """All records of one sample in reading order; the example row comes first."""
    records = [_example_record(fill.example)] if fill.example else []
    respondents = RESPONDENTS if fill.form.two_respondents else RESPONDENTS[:1]
    records += [_record(fill, item, who) for item in fill.form.items for who in respondents]
    return [{"doc": fill.path.stem, "seq": seq, **record} for seq, record in enumerate(records, start=1)]


def manifest_entry(fill: Fill) -> Record:
    """The manifest's line for one sample."""
    return {
        "file": fill.path.as_posix(),
        "gold": f"{fill.path.stem}.jsonl",
        "kind": fill.path.suffix.lstrip("."),
        "features": list(fill.features),
    }


def options(cell: str) -> list[Record]:
    """The check boxes of a cell: label and whether it is ticked."""
    return [{"label": label.strip(), "checked": box == "■"} for box, label in BOX.findall(cell)]


def _record(fill: Fill, item: Item, respondent: str) -> Record:
    reply = fill.replies[respondent, item.no]
    record = {
        "no": item.no,
        "sub": None,
        "section": [item.section] if item.section else [],
        "category": item.category or None,
        "item": item.item or None,
        "requirement": item.requirement,
        "level": item.level or None,
        "unit": item.unit or None,
        "respondent": respondent,
        "answer_raw": fill.printed(item, respondent),
        "remarks_raw": reply.remarks,
        "options": options(reply.cell),
        "answer": reply.means,
        "value": _value(fill, item),
        "note": fill.notes.get(item.no),
    }
    return record | ({"answer_ok": fill.answer_ok[item.no]} if item.no in fill.answer_ok else {})


def _value(fill: Fill, item: Item) -> Record | None:
    if item.no not in fill.values:
        return None
    number, unit, bound = fill.values[item.no]
    return {"number": number, "unit": unit, "bound": bound}


def _example_record(example: Example) -> Record:
    reply: Reply = example.reply
    return {
        "no": "例",
        "sub": None,
        "section": [],
        "category": example.category,
        "item": None,
        "requirement": example.requirement,
        "level": None,
        "unit": None,
        "respondent": "provider",
        "answer_raw": reply.cell,
        "remarks_raw": reply.remarks,
        "options": [],
        "answer": reply.means,
        "value": None,
        "note": "example row of the instruction sheet, not an answer of a vendor",
    }
