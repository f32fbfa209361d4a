"""Checklists in, forms out: two lists that share most of their items are one form, whoever filled them in."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.families import families_of
from pipeline.records import ChecklistRecords

_SAME_FORM = 0.6


@dataclass(frozen=True, slots=True)
class Form:
    """A form's id, name and family."""

    form_id: str
    name: str | None
    family: str | None = None  # the same for editions of one form


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
    return _with_families(forms, checklists)


def _with_families(forms: Sequence[Form], checklists: Sequence[ChecklistRecords]) -> list[Form]:
    asked: dict[str, tuple[str | None, list[str]]] = {}
    for form, checklist in zip(forms, checklists, strict=True):
        asked.setdefault(form.form_id, (form.name, [r.row.requirement for r in checklist.records]))
    families = families_of(asked)
    return [replace(form, family=families.get(form.form_id)) for form in forms]


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one | other) and len(one & other) >= _SAME_FORM * len(one | other)


def _name(checklist: ChecklistRecords) -> str | None:
    title = checklist.checklist.title or checklist.checklist.sheet
    if title is None:
        return None
    for bracket in ("【回答例】", "(回答例)", "（回答例）", "【記入例】", "（記入例）"):
        title = title.replace(bracket, "")
    return title.strip(" 　■◆●")
