"""Controls in, their wordings as vectors out, made once: what items are compared with.

Each wording stands for itself, and all wordings of a control together are one document of it. What an item shares with that
document (BM25, Manning, Raghavan and Schütze, Introduction to Information Retrieval, 11.4.3) tells the control better than any
one wording: 「IDの貸し借り」 shares ID with one wording and 貸す with another. Rarity of words comes from the catalogue alone, so
an item's figures do not hang on which other items there are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.align.vectors import Floats, PreparedText, bm25_weights, count_units, once_each, prepare_text
from pipeline.catalogue.load import Control

Indices = NDArray[np.intp]
_OWN = 2.0  # what is added to the weight of an item's words, so that two words that fit are not a whole


@dataclass(frozen=True, slots=True)
class ControlIndex:
    """The wordings of all controls: text, control and number of each, and their vectors.

    `words` are TF-IDF vectors of length 1, `kanji_rarity` the rarity of each
    distinct unit of a wording; `documents` what each word is worth in each control, `rarity` what it is worth at all.
    """

    texts: tuple[PreparedText, ...]
    owners: Indices
    numbers: Indices
    words: Any
    kanji_rarity: Any
    documents: Any
    rarity: Floats
    word_weights: Any
    kanji_weights: Any

    def likeness(self, texts: Sequence[PreparedText]) -> tuple[Floats, Floats, Any, Any]:
        """BM25 of each text with each control, that as a share of what its own words are worth; its words and kanji."""
        from sklearn.preprocessing import normalize  # noqa: PLC0415  slow import

        counts = count_units("groups", texts)
        binary = once_each(counts)
        shared = np.asarray((binary @ self.documents.T).todense())
        own = np.asarray(binary @ self.rarity).ravel() + _OWN
        words = normalize(self.word_weights.transform(counts))
        kanji = self.kanji_weights.transform(once_each(count_units("kanji", texts)))
        return shared, shared / own[:, None], words, kanji


def index_of(controls: Sequence[Control]) -> ControlIndex:
    """The index of these controls; the last few are kept."""
    return _index(tuple(controls))


@lru_cache(maxsize=8)
def _index(controls: tuple[Control, ...]) -> ControlIndex:
    from scipy.sparse import csr_matrix  # noqa: PLC0415  slow import
    from sklearn.feature_extraction.text import TfidfTransformer  # noqa: PLC0415
    from sklearn.preprocessing import normalize  # noqa: PLC0415

    sizes = [len(control.wordings) for control in controls]
    owners = np.repeat(np.arange(len(controls)), sizes)
    texts = tuple(prepare_text(text) for control in controls for text in control.wordings)
    counts, kanji = count_units("groups", texts), count_units("kanji", texts)
    word_weights, kanji_weights = (
        TfidfTransformer(sublinear_tf=True, norm=None).fit(side) for side in (counts, kanji)
    )
    ones = np.ones(len(texts))
    gather = csr_matrix((ones, (owners, np.arange(len(texts)))), shape=(len(controls), len(texts)))
    documents, rarity = bm25_weights(gather @ counts, gather @ counts)
    return ControlIndex(
        texts,
        owners,
        np.concatenate([np.arange(size) for size in sizes]),
        normalize(word_weights.transform(counts)),
        kanji_weights.transform(once_each(kanji)),
        documents,
        rarity,
        word_weights,
        kanji_weights,
    )
