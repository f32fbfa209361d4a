"""Two lists of requirement texts in, the best counterparts of each text of the first list out.

rank(["利用者IDを共用しないこと。"], ["パスワードは12桁以上とする。", "IDを複数人で使い回さない。"])[0][0].index == 1
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from normalizers.language.polarity import polarity_of
from pipeline.align.embeddings import EmbeddingModel
from pipeline.align.features import FEATURES, Pairs, build_pairs
from pipeline.align.model import load_model
from pipeline.align.vectors import Floats, prepare_text


@dataclass(frozen=True, slots=True)
class Counterpart:
    """One counterpart: place in the list of candidates (from 0), chance that both ask the same (0 to 1), polarity.

    `polarity` is `same` where yes to one is yes to the other, `inverse` where it is no, `unclear` where the two deny
    different things and nothing can be said.
    """

    index: int
    score: float
    polarity: str


def rank(queries: Sequence[str], candidates: Sequence[str], *, limit: int = 5) -> list[list[Counterpart]]:
    """The best `limit` candidates of every query, best first; fewer where there are fewer candidates.

    A first score below 0.5 says that the query rather has no counterpart. Rarity of words is taken from the two
    lists, and the other queries count as rivals, so give whole lists and not one text at a time.
    Raises ValueError where `limit` is negative.
    """
    return rank_with(queries, candidates, limit, None)


def rank_with(
    queries: Sequence[str], candidates: Sequence[str], limit: int, embeddings: EmbeddingModel | None
) -> list[list[Counterpart]]:
    """As `rank`, with a user's embedding model."""
    if limit < 0:
        raise ValueError(f"limit is {limit}: it cannot be negative")
    if not queries or not candidates or not limit:
        return [[] for _ in queries]
    pairs = build_pairs([prepare_text(text) for text in queries], [prepare_text(text) for text in candidates])
    gains = embeddings.gains(queries, candidates, (pairs.rows, pairs.cols)) if embeddings else 0.0
    model = load_model()
    scores = model.scores(pairs, both_sides=True, gains=gains)
    best = best_of(pairs, scores, _order(pairs, model.pair.logits(pairs.features) + gains, scores), limit)
    return [
        [Counterpart(col, score, polarity_of(query, candidates[col]).value) for col, score in ranked]
        for query, ranked in zip(queries, best, strict=True)
    ]


def _order(pairs: Pairs, alone: Floats, scores: Floats) -> Floats:
    """By what the candidates of a query are ordered: the pair by itself, its chance among rivals, BM25 and characters.

    That another query fits a candidate better counts little: a requirement may have been merged with others.
    """
    chance = np.clip(scores, 1e-9, 1.0 - 1e-9)
    odds = np.log(chance) - np.log1p(-chance)
    bm25, characters = (pairs.features[:, FEATURES.index(name)] for name in ("bm25", "chars12"))
    parts = (_within(pairs, alone), 0.5 * odds, 0.4 * _within(pairs, bm25), 0.3 * _within(pairs, characters))
    return np.asarray(sum(parts))


def _within(pairs: Pairs, figures: Floats) -> Floats:
    """Figures as deviations from the mean of their query, in units of its spread."""
    table = figures.reshape(_width_of(pairs))
    spread = np.maximum(table.std(axis=1, keepdims=True), 1e-9)
    return np.asarray((table - table.mean(axis=1, keepdims=True)) / spread).ravel()


def best_of(pairs: Pairs, scores: Floats, order: Floats, limit: int) -> list[list[tuple[int, float]]]:
    """(candidate, score) of the best pairs of every query, best first by `order`; ties by the candidate's place.

    Every query has the same number of pairs, in order (see build_pairs). The scores are those of the candidates given out, the
    highest first: the first score tells whether the query has a counterpart at all.
    """
    shape = _width_of(pairs)
    cols, figures, keys = (
        pairs.cols.reshape(shape),
        scores.round(6).reshape(shape),
        order.round(6).reshape(shape),
    )
    ranks = np.lexsort((cols, -keys), axis=1)[:, :limit]
    chosen = -np.sort(-np.take_along_axis(figures, ranks, axis=1), axis=1)
    return [
        [(int(cols[row, index]), float(score)) for index, score in zip(own, chances, strict=True)]
        for row, (own, chances) in enumerate(zip(ranks.tolist(), chosen.tolist(), strict=True))
    ]


def _width_of(pairs: Pairs) -> tuple[int, int]:
    queries = int(pairs.rows[-1]) + 1 if len(pairs.rows) else 0
    return queries, len(pairs.rows) // max(1, queries)
