"""Checklists in, forms out: two lists that share most of their items are one form, whoever filled them in."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.records import ChecklistRecords

_SAME_FORM = 0.6


@dataclass(frozen=True, slots=True)
class Form:
    """A form's id and name."""

    form_id: str
    name: str | None


def forms_of(checklists: Sequence[ChecklistRecords]) -> list[Form]:
    """The form of each checklist, in the order given.

    Lists whose items overlap by 60 % (Jaccard) are one form. The id comes from the smallest item id of the
    first list of the form: it stays the same while that list, or one with the same items, is in the folder.
    """
    kinds: list[tuple[frozenset[str], Form]] = []
    forms: list[Form] = []
    for checklist in checklists:
        items = frozenset(record.item_id for record in checklist.records)
        known = next((form for seen, form in kinds if _alike(seen, items)), None)
        if known is None:
            key = min(items) if items else "\x1f".join(checklist.checklist.header)
            known = Form(hashlib.sha256(key.encode()).hexdigest()[:16], _name(checklist))
            kinds.append((items, known))
        forms.append(known)
    return forms


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one | other) and len(one & other) >= _SAME_FORM * len(one | other)


def _name(checklist: ChecklistRecords) -> str | None:
    title = checklist.checklist.title or checklist.checklist.sheet
    if title is None:
        return None
    for bracket in ("【回答例】", "(回答例)", "（回答例）", "【記入例】", "（記入例）"):
        title = title.replace(bracket, "")
    return title.strip(" 　■◆●")
