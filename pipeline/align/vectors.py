"""Texts in, sparse TF-IDF vectors out: kanji and names, character n-grams, synonym groups.

Character 1-3- and 2-4-grams and Sudachi's short and long units were tried too: beside these three the learner gave
them no weight.

TF-IDF with sublinear term frequency and smoothed inverse document frequency as in Manning, Raghavan and Schütze,
Introduction to Information Retrieval, 6.4; hashed, so that no vocabulary has to be kept.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from normalizers.language.tokens import words_of
from normalizers.text import fold

Floats = NDArray[np.float64]
_LONGEST = 10_000  # characters of a text that are compared
_CHAR_SPACE, _WORD_SPACE = 1 << 20, 1 << 18
KINDS = ("kanji", "chars12", "groups")
_RUN = re.compile(r"[一-龠々]|[ァ-ヶー]{2,}|[a-z0-9.]+")


@dataclass(frozen=True, slots=True)
class PreparedText:
    """A requirement, made ready once: as printed, folded, and its words by synonym group and concept."""

    printed: str
    folded: str
    groups: tuple[str, ...]

    @property
    def kanji(self) -> list[str]:
        """Each kanji, and whole words in katakana or Latin letters: 手洗い and 手指の洗浄 share two."""
        return _RUN.findall(self.folded)


@dataclass(frozen=True, slots=True)
class Space:
    """Vectors of both lists in one kind of units; rows of `queries` and `candidates` have length 1 (or are empty).

    `weight_q` and `weight_c` hold the rarity of each distinct unit of a text instead of its TF-IDF; `counts_q` how often
    each unit stands in a query, `bm25_c` what it is worth in a candidate.
    """

    queries: Any
    candidates: Any
    weight_q: Any
    weight_c: Any
    counts_q: Any
    bm25_c: Any


def prepare_text(printed: str) -> PreparedText:
    """A requirement made ready to compare."""
    return PreparedText(printed, fold(printed[:_LONGEST]), words_of(printed[:_LONGEST]).groups)


def spaces_of(
    queries: Sequence[PreparedText], candidates: Sequence[PreparedText], known: Sequence[PreparedText]
) -> dict[str, Space]:
    """The vectors of both lists in every kind; rarity comes from the texts of `known` alone."""
    return {kind: _space(kind, queries, candidates, known) for kind in KINDS}


def cosines(space: Space, rows: NDArray[np.intp], cols: NDArray[np.intp]) -> Floats:
    """Cosine of each pair (query row, candidate col), 0 to 1."""
    return np.asarray(space.queries[rows].multiply(space.candidates[cols]).sum(axis=1)).ravel()


def coverage(space: Space, rows: NDArray[np.intp], cols: NDArray[np.intp]) -> tuple[Floats, Floats]:
    """Which share of a query's units, by rarity, the candidate holds, and the other way round; 0 to 1."""
    query_weights, candidate_weights = space.weight_q[rows], space.weight_c[cols]
    shared = np.asarray(query_weights.minimum(candidate_weights).sum(axis=1)).ravel()
    size_q, size_c = (np.asarray(side.sum(axis=1)).ravel() for side in (query_weights, candidate_weights))
    return shared / np.maximum(size_q, 1e-9), shared / np.maximum(size_c, 1e-9)


def bm25(space: Space, rows: NDArray[np.intp], cols: NDArray[np.intp]) -> Floats:
    """BM25 of each pair, by the candidate's units; not bounded, so that it tells how much there is in common at all."""
    return np.asarray(space.counts_q[rows].multiply(space.bm25_c[cols]).sum(axis=1)).ravel()


def bm25_weights(counts: Any, known: Any) -> tuple[Any, Floats]:
    """What each unit is worth in each candidate (k1 1.5, b 0.75), and its rarity; rarity and usual length come from `known`."""
    total = max(1, known.shape[0])
    lengths, usual = np.asarray(counts.sum(axis=1)).ravel(), max(1e-9, known.sum() / total)
    holding = np.bincount(known.indices, minlength=known.shape[1])
    rarity = np.log1p((total - holding + 0.5) / (holding + 0.5))
    weights = counts.tocsr().astype(float)
    size = np.repeat(1.5 * (0.25 + 0.75 * lengths / usual), np.diff(weights.indptr))
    weights.data = rarity[weights.indices] * weights.data * 2.5 / (weights.data + size)
    return weights, np.asarray(rarity)


def _space(
    kind: str,
    queries: Sequence[PreparedText],
    candidates: Sequence[PreparedText],
    known: Sequence[PreparedText],
) -> Space:
    from sklearn.feature_extraction.text import TfidfTransformer  # noqa: PLC0415  slow import
    from sklearn.preprocessing import normalize  # noqa: PLC0415

    query_counts, candidate_counts, known_counts = [
        count_units(kind, texts) for texts in (queries, candidates, known)
    ]
    weights = TfidfTransformer(sublinear_tf=True, norm=None).fit(known_counts)
    sides = [weights.transform(side) for side in (query_counts, candidate_counts)]
    rarities = [weights.transform(once_each(side)) for side in (query_counts, candidate_counts)]
    bm25_c, _ = bm25_weights(candidate_counts, known_counts)
    return Space(normalize(sides[0]), normalize(sides[1]), rarities[0], rarities[1], query_counts, bm25_c)


def once_each(counts: Any) -> Any:
    """The same with each unit that stands in a text counted once."""
    binary = counts.copy()
    binary.data[:] = 1.0
    return binary


def count_units(kind: str, texts: Sequence[PreparedText]) -> Any:
    """How often each unit stands in each text, texts × hashed units."""
    from sklearn.feature_extraction.text import HashingVectorizer  # noqa: PLC0415

    if kind == "chars12":
        vectorizer = HashingVectorizer(
            analyzer="char", ngram_range=(1, 2), norm=None, alternate_sign=False, n_features=_CHAR_SPACE
        )
        return vectorizer.transform([text.folded for text in texts])
    vectorizer = HashingVectorizer(analyzer=list, norm=None, alternate_sign=False, n_features=_WORD_SPACE)
    return vectorizer.transform([getattr(text, kind) for text in texts])
