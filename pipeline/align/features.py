"""Texts of two lists in, candidate pairs and their features out: what the scorer judges a pair by.

All features are figures from 0 to about 1 that look at the two texts of a pair alone; what the rivals of a pair say is in
rival_features.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from normalizers.language.clauses import Clause, clause_of
from pipeline.align.vectors import KINDS, Floats, PreparedText, Space, bm25, cosines, coverage, spaces_of

Indices = NDArray[np.intp]
FEATURES = (
    *KINDS, "held_query", "held_candidate", "ratio", "length", "names_same", "names_other", "actor_same", "actor_other",
    "object_same", "denied_other", "bm25",
)  # fmt: skip
AGAINST = {"names_other", "actor_other", "denied_other"}  # the more of it, the less a pair fits
CANDIDATES = 30
_BASE = {
    "kanji": 1 / 3,
    "chars12": 1 / 3,
    "groups": 1 / 3,
}  # of the candidate stage, which only has to find them
_ROWS_AT_ONCE = 512
_MUCH = 20.0  # BM25 of a pair that has much in common
_NAME = re.compile(r"[a-z][a-z0-9./+-]*[a-z0-9]|\d+(?:[.:]\d+)*")


@dataclass(frozen=True, slots=True)
class Pairs:
    """Candidate pairs: query `rows[i]` with candidate `cols[i]`, by row; `features` is pairs × FEATURES."""

    rows: Indices
    cols: Indices
    features: Floats


def build_pairs(
    queries: Sequence[PreparedText],
    candidates: Sequence[PreparedText],
    known: Sequence[PreparedText] | None = None,
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
        *ratios_of_pairs(queries, candidates, (rows, cols)),
        *names_of_pairs(queries, candidates, (rows, cols)),
        *clauses_of_pairs(queries, candidates, (rows, cols)),
        bm25(spaces["groups"], rows, cols) / _MUCH,
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
        likeness = np.asarray(scores).round(9)
        order = np.argsort(-likeness, axis=1, kind="stable")[:, :keep]
        rows.append(np.repeat(np.arange(start, start + len(likeness)), keep))
        cols.append(order.ravel())
    return (
        np.concatenate(rows or [np.zeros(0, np.intp)]),
        np.concatenate(cols or [np.zeros(0, np.intp)]),
    )


def ratios_of_pairs(
    queries: Sequence[PreparedText], candidates: Sequence[PreparedText], pairs: tuple[Indices, Indices]
) -> list[Floats]:
    """RapidFuzz's ratio of characters, and how alike the lengths are; 0 to 1."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415

    query_texts, candidate_texts = (
        [queries[row].folded for row in pairs[0]],
        [candidates[col].folded for col in pairs[1]],
    )
    ratio = (
        np.asarray(process.cpdist(query_texts, candidate_texts, scorer=fuzz.ratio, workers=1), dtype=float)
        / 100.0
    )
    query_lengths, candidate_lengths = (
        np.array([len(text) + 1.0 for text in side]) for side in (query_texts, candidate_texts)
    )
    return [
        ratio,
        np.minimum(query_lengths, candidate_lengths) / np.maximum(query_lengths, candidate_lengths),
    ]


def names_of_pairs(
    queries: Sequence[PreparedText], candidates: Sequence[PreparedText], pairs: tuple[Indices, Indices]
) -> list[Floats]:
    """Whether both hold the same Latin names and figures (TLS, 27001), and whether both hold some but none shared."""
    sides = [[frozenset(_NAME.findall(text.folded)) for text in side] for side in (queries, candidates)]
    held = [np.array([bool(names) for names in side], dtype=bool) for side in sides]
    same, differ = np.zeros(len(pairs[0])), np.zeros(len(pairs[0]))
    for index in np.flatnonzero(held[0][pairs[0]] & held[1][pairs[1]]).tolist():
        first, second = sides[0][pairs[0][index]], sides[1][pairs[1][index]]
        shared = len(first & second)
        same[index], differ[index] = shared / len(first | second), float(shared == 0)
    return [same, differ]


def clauses_of_pairs(
    queries: Sequence[PreparedText], candidates: Sequence[PreparedText], pairs: tuple[Indices, Indices]
) -> list[Floats]:
    """Same or other actor, same object of the last verb, and a denial on one side only."""
    rows, cols = pairs
    clauses = [[clause_of(text.printed) for text in side] for side in (queries, candidates)]
    actors, things = ([_codes(clauses, name)[n][pairs[n]] for n in (0, 1)] for name in ("actor", "thing"))
    denied = [np.array([clause.denied for clause in side], dtype=bool) for side in clauses]
    known = (actors[0] > 0) & (actors[1] > 0)
    flags = (
        known & (actors[0] == actors[1]),
        known & (actors[0] != actors[1]),
        (things[0] > 0) & (things[0] == things[1]),
        denied[0][rows] != denied[1][cols],
    )
    return [np.asarray(flag, dtype=float) for flag in flags]


def _codes(clauses: Sequence[Sequence[Clause]], name: str) -> list[Indices]:
    """A part of the clauses of both sides as numbers, 0 where there is none."""
    codes: dict[str, int] = {"": 0}
    return [
        np.array([codes.setdefault(getattr(clause, name), len(codes)) for clause in side], dtype=np.intp)
        for side in clauses
    ]
