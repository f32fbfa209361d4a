"""Two sheets in, their items laid side by side out: by what they share of the catalogue, and by their words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from normalizers.language.same_question import asks_the_same
from pipeline.align.control.shared_controls import rank_items
from pipeline.align.counterparts import Counterpart
from pipeline.align.embeddings import EmbeddingModel
from pipeline.align.item import Item
from pipeline.catalogue.load import Control
from pipeline.outputs.xlsx.write_tables import BookSheet, SheetColumn, Value, write_book

_COLUMNS = (
    SheetColumn("no A", 8), SheetColumn("item A", 18), SheetColumn("requirement A", 60),
    SheetColumn("score", 7), SheetColumn("polarity", 9), SheetColumn("relation", 11),
    SheetColumn("no B", 8), SheetColumn("item B", 18), SheetColumn("requirement B", 60),
)  # fmt: skip

# Chance from which two items are laid side by side. Forms of held-out writers: from 0.3 precision 0.908, recall 0.857, from 0.4
# 0.909 and 0.833 (make weights-controls).
_LEAST = 0.3
# The same of a second item with a counterpart that another has already: one requirement may hold two.
_MERGED = 0.6


@dataclass(frozen=True, slots=True)
class ItemPair:
    """An item of one sheet and its counterpart in the other; `counterpart` is None where there rather is none."""

    item: Item
    counterpart: Item | None
    score: float
    polarity: str
    relation: str


def map_items(
    items: Sequence[Item],
    candidates: Sequence[Item],
    controls: Sequence[Control],
    least: float = _LEAST,
    embeddings: EmbeddingModel | None = None,
) -> list[ItemPair]:
    """A pair for every item of the first sheet, in its order, then the items of the second that nobody took.

    A best score under `least` (0 to 1) is no counterpart; it is told all the same.
    """
    ranked = rank_items(items, candidates, controls, embeddings)
    chosen = _side_by_side(ranked, len(candidates), least)
    pairs = []
    for item, matches, match in zip(items, ranked, chosen, strict=True):
        if match is None:
            pairs.append(ItemPair(item, None, matches[0].score if matches else 0.0, "", ""))
            continue
        best = candidates[match.index]
        relation = "equal" if asks_the_same(item.requirement, best.requirement) else ""
        pairs.append(ItemPair(item, best, match.score, match.polarity, relation))
    taken = {match.index for match in chosen if match is not None}
    nobody = Item("", "", "", "")
    return [
        *pairs,
        *(ItemPair(nobody, item, 0.0, "", "") for n, item in enumerate(candidates) if n not in taken),
    ]


def _side_by_side(
    ranked: Sequence[Sequence[Counterpart]], width: int, least: float
) -> list[Counterpart | None]:
    """Of each item its counterpart, each candidate once where all chances together are highest so (linear assignment).

    An item that is left over takes a candidate that another has only from _MERGED on.
    """
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415  slow import

    chances = np.zeros((len(ranked), width))
    for row, matches in enumerate(ranked):
        for match in matches:
            chances[row, match.index] = match.score
    assigned = dict(zip(*(side.tolist() for side in linear_sum_assignment(-chances)), strict=True))
    return [
        next(
            (
                match
                for match in matches
                if match.score >= (least if assigned.get(row) == match.index else max(least, _MERGED))
            ),
            None,
        )
        for row, matches in enumerate(ranked)
    ]


def write_map(path: Path, pairs: Sequence[ItemPair]) -> None:
    """Write the pairs as a workbook. Raises OSError."""
    rows: list[list[Value]] = []
    for pair in pairs:
        counterpart = pair.counterpart or Item("", "", "", "")
        rows.append([
            pair.item.number, pair.item.name, pair.item.requirement, round(pair.score, 3), pair.polarity, pair.relation,
            counterpart.number, counterpart.name, counterpart.requirement,
        ])  # fmt: skip
    write_book(path, [BookSheet("map", _COLUMNS, rows)])
