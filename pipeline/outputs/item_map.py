"""Two sheets in, their items laid side by side out: by what they share of the catalogue, and by their words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from normalizers.language.same_question import asks_the_same
from pipeline.align.control.shared_controls import rank_items
from pipeline.align.embeddings import EmbeddingModel
from pipeline.align.item import Item
from pipeline.catalogue.load import Control
from pipeline.outputs.xlsx.write_tables import BookSheet, SheetColumn, Value, write_book

_COLUMNS = (
    SheetColumn("no A", 8), SheetColumn("item A", 18), SheetColumn("requirement A", 60),
    SheetColumn("score", 7), SheetColumn("polarity", 9), SheetColumn("relation", 11),
    SheetColumn("no B", 8), SheetColumn("item B", 18), SheetColumn("requirement B", 60),
)  # fmt: skip

# Chance from which two items are laid side by side. Of pairs of two held-out writers, of whose labels some differ where the
# questions do not: from 0.4 precision 0.820, recall 0.675, from 0.5 0.860 and 0.645; of editions of standards 1.000 at both.
_LEAST = 0.4


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
    pairs, taken = [], set()
    for item, matches in zip(items, ranked, strict=True):
        if matches and matches[0].score >= least:
            best = candidates[matches[0].index]
            taken.add(matches[0].index)
            relation = "equal" if asks_the_same(item.requirement, best.requirement) else ""
            pairs.append(ItemPair(item, best, matches[0].score, matches[0].polarity, relation))
        else:
            pairs.append(ItemPair(item, None, matches[0].score if matches else 0.0, "", ""))
    nobody = Item("", "", "", "")
    return [
        *pairs,
        *(ItemPair(nobody, item, 0.0, "", "") for n, item in enumerate(candidates) if n not in taken),
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
