"""What an item is about: its short names and its question."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Item:
    """What an item is about: its short names and its question."""

    item_id: str
    category: str
    name: str
    requirement: str
    section: str = ""
    number: str = ""

    @property
    def full(self) -> str:
        """Category, short name and question as one text."""
        return " ".join(filter(None, (self.category, self.name, self.requirement)))
