"""Items that no control takes in, groups of those that ask the same out, so that two forms' unknown question still meets.

A group holds at most one item of a form: what a form asks twice, it means differently.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from normalizers.language.polarity import polarity_of
from normalizers.text import fold
from pipeline.align.features import Pairs, build_pairs
from pipeline.align.item import Item
from pipeline.align.model import load_model
from pipeline.align.vectors import prepare_text

# Chance, by the words of the two alone, from which they are one question. That a pair is ahead of its rivals says little
# here, where most items have no counterpart: on 406 items of made-up sheets 48 links by that figure were half wrong,
# and the 20 at 0.85 of this one had two wrong.
_SAME = 0.85
_LIKENESS_LIMIT = (
    10_000  # items: beyond it only the same words meet, since comparing all grows with the square
)


@dataclass(frozen=True, slots=True)
class Group:
    """Items of different forms that ask the same and have no control; `group_id` starts with `new:`."""

    group_id: str
    items: tuple[Item, ...]


def group_items(items: Sequence[Item], forms: Mapping[str, str]) -> list[Group]:
    """Groups of two or more items, by group id; `forms` tells the form of each item id."""
    ordered = sorted(items, key=lambda item: (fold(item.full), item.item_id))
    parents = list(range(len(ordered)))
    group_forms = [{forms.get(item.item_id, item.item_id)} for item in ordered]
    for first, second in (*_same_words(ordered), *links(ordered)):
        first_root, second_root = _root(parents, first), _root(parents, second)
        if first_root != second_root and not group_forms[first_root] & group_forms[second_root]:
            parents[second_root] = first_root
            group_forms[first_root] |= group_forms[second_root]
    joined: dict[int, list[Item]] = {}
    for index, item in enumerate(ordered):
        joined.setdefault(_root(parents, index), []).append(item)
    return sorted(
        (_group(members) for members in joined.values() if len(members) > 1), key=lambda g: g.group_id
    )


def _group(members: Sequence[Item]) -> Group:
    """The id comes from the first text in order of its characters: it stays while that item is in the folder."""
    name = hashlib.sha256(fold(members[0].full).encode()).hexdigest()[:12]
    return Group(f"new:{name}", tuple(members))


def _same_words(ordered: Sequence[Item]) -> Iterator[tuple[int, int]]:
    """Neighbours that say the same but for width and white space; what says nothing is passed over."""
    for index in range(len(ordered) - 1):
        text = fold(ordered[index].full)
        if text and text == fold(ordered[index + 1].full):
            yield index, index + 1


def links(items: Sequence[Item], least: float = _SAME) -> list[tuple[int, int]]:
    """Pairs of items that are each other's best, at least that likely the same, and of one polarity; surest first."""
    if not 2 <= len(items) <= _LIKENESS_LIMIT:
        return []
    texts = [prepare_text(item.full) for item in items]
    pairs = build_pairs(texts, texts)
    distinct = pairs.rows != pairs.cols
    pairs = Pairs(pairs.rows[distinct], pairs.cols[distinct], pairs.features[distinct])
    scores = load_model("items").pair.chances(pairs.features)
    best = {
        int(pairs.rows[i]): (int(pairs.cols[i]), float(scores[i])) for i in np.argsort(scores, kind="stable")
    }
    mutual = [
        (score, row, col)
        for row, (col, score) in best.items()
        if row < col and score >= least and best.get(col, (-1, 0.0))[0] == row
    ]
    return [
        (row, col)
        for _, row, col in sorted(mutual, key=lambda link: (-link[0], *link[1:]))
        if polarity_of(items[row].requirement, items[col].requirement).value == "same"
    ]


def _root(parents: list[int], index: int) -> int:
    while parents[index] != index:
        parents[index] = parents[parents[index]]
        index = parents[index]
    return index
