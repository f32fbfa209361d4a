"""Rows and records of answers in, the items to align out: every item once, whoever answered it.

Row and record say the same in two shapes: a row of the table `answers`, or a record as a document was read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pipeline.align.item import Item
from pipeline.document.process import DocumentResult
from pipeline.document.records import Record
from pipeline.document.status import ChecklistKind

_COMPARED = 1500  # characters of a question: three times the longest that is known
ITEM_COLUMNS = ("item_no", "sub_item", "section", "category", "item", "requirement")


def collect_items(outcomes: Iterable[DocumentResult]) -> list[Item]:
    """Every item once, in reading order; references are left out: they ask nothing."""
    items: dict[str, Item] = {}
    for outcome in outcomes:
        for checklist in outcome.checklists:
            for record in checklist.records if checklist.kind != ChecklistKind.REFERENCE else ():
                items.setdefault(record.item_id, record_to_item(record))
    return list(items.values())


def record_to_item(record: Record) -> Item:
    """What a record asks."""
    return row_to_item(record.item_id, {name: getattr(record.row, name) for name in ITEM_COLUMNS})


def row_to_item(item_id: str, row: Mapping[str, Any]) -> Item:
    """What a row of answers asks, in the words that are compared: of texts that never end, the beginning."""
    name = " ".join(filter(None, (row["item"], row["sub_item"])))
    section = row["section"][-1] if row["section"] else ""
    texts = (row["category"] or "", name, row["requirement"], section, row["item_no"])
    return Item(item_id, *(text[:_COMPARED] for text in texts))
