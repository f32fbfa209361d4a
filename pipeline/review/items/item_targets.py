"""Decisions on items in, the items that each decides out: its own, else those of its words, and those that inherit it.

A form is renumbered, or comes in another edition: `倉庫の鍵を毎日確かめているか` has another id then, and is what was decided.
What nearly says the same inherits, with less weight; what somebody decided itself never does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol, TypeVar

from normalizers.text import fold
from pipeline.align.item import Item
from pipeline.review.inherited import find_inheriting_items

INHERITED = 0.95  # weight of a decision about nearly the same words


class ItemDecision(Protocol):
    """A decision on an item: its id, and its own words."""

    @property
    def item_id(self) -> str:
        """Id of the item that was decided on."""

    @property
    def name(self) -> str:
        """Its short name and sub-item."""

    @property
    def requirement(self) -> str:
        """Its question."""


Said = TypeVar("Said", bound=ItemDecision)
Targets = list[tuple[Item, float]]


def with_targets(decisions: Sequence[Said], items: Sequence[Item]) -> list[tuple[Said, Targets]]:
    """Each decision with the items that it decides and how sure that is: 1 for its own, 0.95 for those that inherit it."""
    ids = {item.item_id: item for item in items}
    words: dict[tuple[str, str], list[Item]] = {}
    for item in items:
        words.setdefault(_words(item.name, item.requirement), []).append(item)
    own = [_own_items(decision, ids, words) for decision in decisions]
    decided = {item.item_id for group in own for item in group}
    return [
        (decision, [*((item, 1.0) for item in group), *_heirs(decision, words, decided)])
        for decision, group in zip(decisions, own, strict=True)
    ]


def _heirs(
    decision: ItemDecision, words: Mapping[tuple[str, str], Sequence[Item]], decided: set[str]
) -> Targets:
    heirs = find_inheriting_items(decision.name, decision.requirement, words)
    return [(item, INHERITED) for item in heirs if item.item_id not in decided]


def _own_items(
    decision: ItemDecision, ids: Mapping[str, Item], words: Mapping[tuple[str, str], Sequence[Item]]
) -> Sequence[Item]:
    """The item with a decision's id, else the items with its words."""
    exact = ids.get(decision.item_id)
    return [exact] if exact else words.get(_words(decision.name, decision.requirement), [])


def _words(name: str, requirement: str) -> tuple[str, str]:
    return fold(name), fold(requirement)
