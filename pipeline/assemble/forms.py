"""Checklists in, forms out: two lists that share most of their items are one form, whoever filled them in."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
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


def assign_forms(lists: Sequence[FormList]) -> list[Form]:
    """The form of each list, in the order given.

    Lists whose items overlap by 60 % (Jaccard) are one form. The id comes from the smallest item id of the
    first list of the form: it stays the same while that list, or one with the same items, is in the folder.
    """
    known = _KnownForms()
    return [known.form_of(entry) for entry in lists]


class _KnownForms:
    """The forms met so far, found again by the items of a list."""

    def __init__(self) -> None:
        self._forms: list[tuple[frozenset[str], Form]] = []
        self._holders: dict[str, list[int]] = defaultdict(list)  # item id → indices of the forms that hold it
        self._by_items: dict[frozenset[str], Form] = {}

    def form_of(self, entry: FormList) -> Form:
        """The form of a list: one with the same items, else the first that is alike, else a new one."""
        form = self._by_items.get(entry.items) if entry.items else None
        form = form or self._alike(entry.items) or self._add(entry)
        self._by_items[entry.items] = form
        return form

    def _alike(self, items: frozenset[str]) -> Form | None:
        shared = Counter(index for item in items for index in self._holders[item])
        alike = [i for i, count in shared.items() if _are_alike(count, len(self._forms[i][0]), len(items))]
        return self._forms[min(alike)][1] if alike else None

    def _add(self, entry: FormList) -> Form:
        form = Form(_form_id(entry), entry.name)
        for item in entry.items:
            self._holders[item].append(len(self._forms))
        self._forms.append((entry.items, form))
        return form


def _form_id(entry: FormList) -> str:
    key = min(entry.items) if entry.items else entry.header
    return hashlib.sha256(key.encode()).hexdigest()[:16]


def _are_alike(shared: int, first: int, second: int) -> bool:
    """Whether lists of that many items, of which so many are shared, are one form."""
    return shared >= _SAME_FORM * (first + second - shared)


def header_key(checklist: ChecklistRecords) -> str:
    """The header's texts as one, which stand for the form of a list without items."""
    return "\x1f".join(checklist.checklist.header)


def form_name(checklist: ChecklistRecords) -> str | None:
    """The name that a list gives its form: its title, else its sheet's, without what says that it is an example."""
    title = checklist.checklist.title or checklist.checklist.sheet
    if title is None:
        return None
    for bracket in ("【回答例】", "(回答例)", "（回答例）", "【記入例】", "（記入例）"):
        title = title.replace(bracket, "")
    return title.strip(" 　■◆●")
