"""Records of all documents in, the items to align out: every item once, whoever answered it."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.align.match import Item
from pipeline.document.process import Outcome
from pipeline.document.records import Record


def items_of(outcomes: Iterable[Outcome]) -> list[Item]:
    """Every item once, in reading order; references are left out: they ask nothing."""
    items: dict[str, Item] = {}
    for outcome in outcomes:
        for checklist in outcome.checklists:
            for record in checklist.records if checklist.kind != "reference" else ():
                items.setdefault(record.item_id, record_to_item(record))
    return list(items.values())


def record_to_item(record: Record) -> Item:
    """What a record asks."""
    row = record.row
    name = " ".join(filter(None, (row.item, row.sub_item)))
    section = row.section[-1] if row.section else ""
    return Item(record.item_id, row.category or "", name, row.requirement, section, row.item_no)
