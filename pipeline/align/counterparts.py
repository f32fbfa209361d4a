"""Two lists of requirement texts in, the best counterparts of each text of the first list out.

rank(["利用者IDを共用しないこと。"], ["パスワードは12桁以上とする。", "IDを複数人で使い回さない。"])[0][0].index == 1
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from normalizers.language.polarity import polarity_of
from pipeline.align.embeddings import EmbeddingModel
from pipeline.align.features import Pairs, build_pairs
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
    best = best_of(pairs, load_model().scores(pairs, both_sides=True, gains=gains), limit)
    return [
        [Counterpart(col, score, polarity_of(query, candidates[col]).value) for col, score in ranked]
        for query, ranked in zip(queries, best, strict=True)
    ]


def best_of(pairs: Pairs, scores: Floats, limit: int) -> list[list[tuple[int, float]]]:
    """(candidate, score) of the best pairs of every query, best first; ties by the candidate's place.

    Every query has the same number of pairs, in order (see pairs_of).
    """
    queries = int(pairs.rows[-1]) + 1 if len(pairs.rows) else 0
    width = len(pairs.rows) // max(1, queries)
    cols, figures = pairs.cols.reshape(queries, width), scores.round(6).reshape(queries, width)
    order = np.lexsort((cols, -figures), axis=1)[:, :limit]
    return [
        [(int(cols[row, index]), float(figures[row, index])) for index in ranks]
        for row, ranks in enumerate(order)
    ]
