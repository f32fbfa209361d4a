"""Texts of two lists in, candidate pairs and their features out: what the scorer judges a pair by.

All features are figures from 0 to 1 that look at the two texts of a pair alone; what the rivals of a pair say is in
context.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from normalizers.language.clauses import Clause, clause_of
from pipeline.align.vectors import KINDS, Floats, Space, Text, cosines, coverage, spaces_of

Indices = NDArray[np.intp]
FEATURES = (
    *KINDS, "held_query", "held_candidate", "ratio", "length", "names_same", "names_other", "actor_same", "actor_other",
    "object_same", "denied_other",
)  # fmt: skip
AGAINST = {"names_other", "actor_other", "denied_other"}  # the more of it, the less a pair fits
CANDIDATES = 30
_BASE = {
    "kanji": 1 / 3,
    "chars12": 1 / 3,
    "groups": 1 / 3,
}  # of the candidate stage, which only has to find them
_ROWS_AT_ONCE = 512
_NAME = re.compile(r"[a-z][a-z0-9./+-]*[a-z0-9]|\d+(?:[.:]\d+)*")


@dataclass(frozen=True, slots=True)
class Pairs:
    """Candidate pairs: query `rows[i]` with candidate `cols[i]`, by row; `features` is pairs × FEATURES."""

    rows: Indices
    cols: Indices
    features: Floats


def pairs_of(
    queries: Sequence[Text], candidates: Sequence[Text], known: Sequence[Text] | None = None
) -> Pairs:
    """The likeliest candidates of every query, with their features.

    Rarity of words comes from `known`, from both lists where it is None.
    """
    spaces = spaces_of(queries, candidates, [*queries, *candidates] if known is None else known)
    rows, cols = _likeliest(spaces)
    alike = {kind: cosines(spaces[kind], rows, cols) for kind in KINDS}
    parts = [
        *alike.values(),
        *coverage(spaces["kanji"], rows, cols),
        *_ratios(queries, candidates, (rows, cols)),
        *_names(queries, candidates, (rows, cols)),
        *_clauses(queries, candidates, (rows, cols)),
    ]
    return Pairs(rows, cols, np.column_stack(parts) if len(rows) else np.zeros((0, len(FEATURES))))


def _likeliest(spaces: dict[str, Space]) -> tuple[Indices, Indices]:
    """Row and column of the likeliest candidates of every query, best first; ties by column."""
    count = next(iter(spaces.values())).queries.shape[0]
    width = next(iter(spaces.values())).candidates.shape[0]
    keep = min(CANDIDATES, width)
    rows, cols = [], []
    for start in range(0, count, _ROWS_AT_ONCE):
        scores = sum(
            weight
            * np.asarray(
                (spaces[k].queries[start : start + _ROWS_AT_ONCE] @ spaces[k].candidates.T).todense()
            )
            for k, weight in _BASE.items()
        )
        found = np.asarray(scores).round(9)
        order = np.argsort(-found, axis=1, kind="stable")[:, :keep]
        rows.append(np.repeat(np.arange(start, start + len(found)), keep))
        cols.append(order.ravel())
    return (
        np.concatenate(rows or [np.zeros(0, np.intp)]),
        np.concatenate(cols or [np.zeros(0, np.intp)]),
    )


def _ratios(
    queries: Sequence[Text], candidates: Sequence[Text], pairs: tuple[Indices, Indices]
) -> list[Floats]:
    """RapidFuzz's ratio of characters, and how alike the lengths are; 0 to 1."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415

    left, right = [queries[row].folded for row in pairs[0]], [candidates[col].folded for col in pairs[1]]
    ratio = np.asarray(process.cpdist(left, right, scorer=fuzz.ratio, workers=1), dtype=float) / 100.0
    mine, theirs = (np.array([len(text) + 1.0 for text in side]) for side in (left, right))
    return [ratio, np.minimum(mine, theirs) / np.maximum(mine, theirs)]


def _names(
    queries: Sequence[Text], candidates: Sequence[Text], pairs: tuple[Indices, Indices]
) -> list[Floats]:
    """Whether both hold the same Latin names and figures (TLS, 27001), and whether both hold some but none shared."""
    mine, theirs = ([set(_NAME.findall(text.folded)) for text in side] for side in (queries, candidates))
    same, differ = np.zeros(len(pairs[0])), np.zeros(len(pairs[0]))
    for place, (row, col) in enumerate(zip(*pairs, strict=True)):
        if mine[row] and theirs[col]:
            shared = len(mine[row] & theirs[col])
            same[place] = shared / len(mine[row] | theirs[col])
            differ[place] = float(shared == 0)
    return [same, differ]


def _clauses(
    queries: Sequence[Text], candidates: Sequence[Text], pairs: tuple[Indices, Indices]
) -> list[Floats]:
    """Same or other actor, same object of the last verb, and a denial on one side only."""
    mine, theirs = ([clause_of(text.printed) for text in side] for side in (queries, candidates))
    told = np.array([_compared(mine[row], theirs[col]) for row, col in zip(*pairs, strict=True)], dtype=float)
    return list(told.reshape(-1, 4).T)


def _compared(one: Clause, other: Clause) -> tuple[bool, bool, bool, bool]:
    return (
        bool(one.actor) and one.actor == other.actor,
        bool(one.actor and other.actor) and one.actor != other.actor,
        bool(one.thing) and one.thing == other.thing,
        one.denied != other.denied,
    )
