"""Two sheets in, their items laid side by side out, without the catalogue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from normalizers.language.coverage import relation_of
from pipeline.align.embeddings import Meaning
from pipeline.align.match import Item
from pipeline.align.rank import rank_with
from pipeline.outputs.xlsx.tables import BookSheet, Column, Value, write_book

_COLUMNS = (
    Column("no A", 8), Column("item A", 18), Column("requirement A", 60), Column("score", 7), Column("polarity", 9),
    Column("relation", 11), Column("no B", 8), Column("item B", 18), Column("requirement B", 60),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pair:
    """An item of one sheet and its counterpart in the other; `other` is None where there rather is none."""

    item: Item
    other: Item | None
    score: float
    polarity: str
    relation: str


def map_items(
    one: Sequence[Item], other: Sequence[Item], least: float = 0.5, meaning: Meaning | None = None
) -> list[Pair]:
    """A pair for every item of the first sheet, in its order, then the items of the second that nobody took.

    A best score under `least` (0 to 1) is no counterpart; it is told all the same.
    """
    found = rank_with([item.full for item in one], [item.full for item in other], 1, meaning)
    pairs, taken = [], set()
    for item, matches in zip(one, found, strict=True):
        if matches and matches[0].score >= least:
            best = other[matches[0].index]
            taken.add(matches[0].index)
            relation = relation_of(item.full, best.full)
            pairs.append(Pair(item, best, matches[0].score, matches[0].polarity, relation))
        else:
            pairs.append(Pair(item, None, matches[0].score if matches else 0.0, "", ""))
    nobody = Item("", "", "", "")
    return [*pairs, *(Pair(nobody, item, 0.0, "", "") for n, item in enumerate(other) if n not in taken)]


def write_map(path: Path, pairs: Sequence[Pair]) -> None:
    """Write the pairs as a workbook. Raises OSError."""
    rows: list[list[Value]] = []
    for pair in pairs:
        other = pair.other or Item("", "", "", "")
        rows.append([
            pair.item.number, pair.item.name, pair.item.requirement, round(pair.score, 3), pair.polarity, pair.relation,
            other.number, other.name, other.requirement,
        ])  # fmt: skip
    write_book(path, [BookSheet("map", _COLUMNS, rows)])
