"""Texts of two lists in, candidate pairs and their features out: what the scorer judges a pair by.

All features are figures from 0 to 1 that look at the two texts of a pair alone; what the rivals of a pair say is in
rival_features.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from normalizers.language.clauses import Clause, clause_of
from pipeline.align.vectors import KINDS, Floats, PreparedText, Space, cosines, coverage, spaces_of

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
        likeness = np.asarray(scores).round(9)
        order = np.argsort(-likeness, axis=1, kind="stable")[:, :keep]
        rows.append(np.repeat(np.arange(start, start + len(likeness)), keep))
        cols.append(order.ravel())
    return (
        np.concatenate(rows or [np.zeros(0, np.intp)]),
        np.concatenate(cols or [np.zeros(0, np.intp)]),
    )


def _ratios(
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


def _names(
    queries: Sequence[PreparedText], candidates: Sequence[PreparedText], pairs: tuple[Indices, Indices]
) -> list[Floats]:
    """Whether both hold the same Latin names and figures (TLS, 27001), and whether both hold some but none shared."""
    query_names, candidate_names = (
        [set(_NAME.findall(text.folded)) for text in side] for side in (queries, candidates)
    )
    same, differ = np.zeros(len(pairs[0])), np.zeros(len(pairs[0]))
    for index, (row, col) in enumerate(zip(*pairs, strict=True)):
        if query_names[row] and candidate_names[col]:
            shared = len(query_names[row] & candidate_names[col])
            same[index] = shared / len(query_names[row] | candidate_names[col])
            differ[index] = float(shared == 0)
    return [same, differ]


def _clauses(
    queries: Sequence[PreparedText], candidates: Sequence[PreparedText], pairs: tuple[Indices, Indices]
) -> list[Floats]:
    """Same or other actor, same object of the last verb, and a denial on one side only."""
    query_clauses, candidate_clauses = (
        [clause_of(text.printed) for text in side] for side in (queries, candidates)
    )
    compared = np.array(
        [_compared(query_clauses[row], candidate_clauses[col]) for row, col in zip(*pairs, strict=True)],
        dtype=float,
    )
    return list(compared.reshape(-1, 4).T)


def _compared(query: Clause, candidate: Clause) -> tuple[bool, bool, bool, bool]:
    return (
        bool(query.actor) and query.actor == candidate.actor,
        bool(query.actor and candidate.actor) and query.actor != candidate.actor,
        bool(query.thing) and query.thing == candidate.thing,
        query.denied != candidate.denied,
    )
