"""Checklists in, forms out: two lists that share most of their items are one form, whoever filled them in."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.document.records import ChecklistRecords

_SAME_FORM = 0.6


@dataclass(frozen=True, slots=True)
class Form:
    """A form's id, name and family."""

    form_id: str
    name: str | None
    family: str | None = None  # the same for editions of one form


@dataclass(frozen=True, slots=True)
class FormList:
    """What tells the form of a list: ids of its items, its header where it has none, and the name it would give."""

    items: frozenset[str]
    header: str
    name: str | None


def forms_of(lists: Sequence[FormList]) -> list[Form]:
    """The form of each list, in the order given.

    Lists whose items overlap by 60 % (Jaccard) are one form. The id comes from the smallest item id of the
    first list of the form: it stays the same while that list, or one with the same items, is in the folder.
    """
    kinds: list[tuple[frozenset[str], Form]] = []
    holders: dict[str, list[int]] = defaultdict(list)  # item id → places in `kinds` of the forms that hold it
    known: dict[frozenset[str], Form] = {}
    forms: list[Form] = []
    for one in lists:
        form = known.get(one.items) if one.items else None
        if form is None:
            near = sorted({place for item in one.items for place in holders[item]})
            form = next((kinds[place][1] for place in near if _alike(kinds[place][0], one.items)), None)
        if form is None:
            form = Form(_form_id(one), one.name)
            for item in one.items:
                holders[item].append(len(kinds))
            kinds.append((one.items, form))
        known[one.items] = form
        forms.append(form)
    return forms


def _form_id(one: FormList) -> str:
    key = min(one.items) if one.items else one.header
    return hashlib.sha256(key.encode()).hexdigest()[:16]


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= _SAME_FORM * len(one | other)


def header_key(checklist: ChecklistRecords) -> str:
    """The header's texts as one, which stand for the form of a list without items."""
    return "\x1f".join(checklist.checklist.header)


def name_of_form(checklist: ChecklistRecords) -> str | None:
    """The name that a list gives its form: its title, else its sheet's, without what says that it is an example."""
    title = checklist.checklist.title or checklist.checklist.sheet
    if title is None:
        return None
    for bracket in ("【回答例】", "(回答例)", "（回答例）", "【記入例】", "（記入例）"):
        title = title.replace(bracket, "")
    return title.strip(" 　■◆●")
