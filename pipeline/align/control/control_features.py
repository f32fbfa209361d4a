"""Items and controls in, what speaks for each candidate control out.

An item is compared with all wordings of a control together and with those that are nearest to it, once with its category and
short name and once by its question alone; of each feature the best counts. Whether the first candidate is taken hangs on absolute
evidence too: BM25, and how much of the item's words the control covers, so that a weak likeness without rivals is not enough.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from normalizers.text import fold
from pipeline.align.control.control_index import ControlIndex, index_of
from pipeline.align.control.must_words import must_features
from pipeline.align.embeddings import EmbeddingModel
from pipeline.align.features import clauses_of_pairs, names_of_pairs, ratios_of_pairs
from pipeline.align.item import Item
from pipeline.align.rival_features import USUAL_RIVAL
from pipeline.align.vectors import Floats, PreparedText, prepare_text
from pipeline.catalogue.load import Control

Indices = NDArray[np.intp]
_OF_WORDINGS = (
    "groups", "held_query", "held_candidate", "ratio", "length", "names_same", "names_other", "actor_same",
    "actor_other", "object_same", "denied_other",
)  # fmt: skip
CONTROL_FEATURES = (*_OF_WORDINGS, "document", "document_share", "lacking", "forbidden")
CONTROL_AGAINST = {"names_other", "actor_other", "denied_other", "lacking", "forbidden"}
_EVIDENCE = ("document", "document_share", "ratio", "names_other", "lacking", "forbidden")
ACCEPT_FEATURES = ("score", "ahead", "share", *_EVIDENCE)
_AGAINST_COLUMNS = [n for n, name in enumerate(_OF_WORDINGS) if name in CONTROL_AGAINST]
_EVIDENCE_COLUMNS = [CONTROL_FEATURES.index(name) for name in _EVIDENCE]
_CONTROLS = (
    16  # of each text, the best by BM25: 98 % of labelled items that have a control have it among them
)
_WORDINGS = 2  # of each of these, the nearest by its words
_MUCH = 20.0  # BM25 of an item that has much in common with a control
# How near a wording is: rounded from the weights of a pair of texts (items.pair of weights.toml).
_NEARNESS = {"groups": 7.5, "held_query": 2.0, "held_candidate": 2.0, "ratio": 1.5}


@dataclass(frozen=True, slots=True)
class ControlPairs:
    """Candidates (item `rows[i]`, control `cols[i]`, its wording `wordings[i]` nearest to the item), by item.

    `features` is candidates × CONTROL_FEATURES, `gains` the logits that a user's embedding model gives.
    """

    rows: Indices
    cols: Indices
    wordings: Indices
    features: Floats
    gains: Floats

    def evidence(self) -> Floats:
        """What speaks for and against each candidate whatever its rivals: ISO 9001 is near to ISO 27001 and another name."""
        return self.features[:, _EVIDENCE_COLUMNS]


def control_pairs(
    items: Sequence[Item], controls: Sequence[Control], embeddings: EmbeddingModel | None = None
) -> ControlPairs:
    """The likeliest controls of every item with their features."""
    index = index_of(controls)
    texts = [
        (text, row) for row, item in enumerate(items) for text in dict.fromkeys((item.full, item.requirement))
    ]
    prepared = [prepare_text(text) for text, _ in texts]
    owners = np.array([row for _, row in texts], dtype=np.intp)
    pairs, features, shared = _pairs_of_texts(prepared, index)
    gains = np.zeros(len(pairs[0]))
    if embeddings:
        sides = [text for text, _ in texts], [text.printed for text in index.texts]
        gains = embeddings.gains(*sides, pairs)
    best = _best_of_wordings((owners[pairs[0]], pairs[1]), index, features, gains)
    of_controls = np.zeros((len(items), len(controls), 2))
    np.maximum.at(of_controls, owners, shared)
    folded = [fold(f"{item.section} {item.full}") for item in items]
    flags = must_features(folded, controls, (best.rows, best.cols, best.wordings))
    columns = [best.features, of_controls[best.rows, best.cols], flags]
    return ControlPairs(best.rows, best.cols, best.wordings, np.column_stack(columns), best.gains)


def _pairs_of_texts(
    texts: Sequence[PreparedText], index: ControlIndex
) -> tuple[tuple[Indices, Indices], Floats, Floats]:
    """(text, wording) pairs, their features by _OF_WORDINGS, and of each text what it shares with each control."""
    document, share, words, kanji = index.likeness(texts)
    near = np.asarray((words @ index.words.T).todense())
    rows, cols = _nearest(document, near, index)
    query_rarity, wording_rarity = kanji[rows], index.kanji_rarity[cols]
    shared = np.asarray(query_rarity.minimum(wording_rarity).sum(axis=1)).ravel()
    held = [
        shared / np.maximum(np.asarray(side.sum(axis=1)).ravel(), 1e-9)
        for side in (query_rarity, wording_rarity)
    ]
    pairs = rows, cols
    parts = [
        near[rows, cols], *held, *ratios_of_pairs(texts, index.texts, pairs),
        *names_of_pairs(texts, index.texts, pairs), *clauses_of_pairs(texts, index.texts, pairs),
    ]  # fmt: skip
    return pairs, np.column_stack(parts), np.stack([document / _MUCH, share], axis=-1)


def _nearest(document: Floats, near: Floats, index: ControlIndex) -> tuple[Indices, Indices]:
    """Text and wording of the pairs that are looked at: of each text the best controls, of each its nearest wordings."""
    count, width = document.shape
    keep = min(_CONTROLS, width)
    controls = np.argsort(-document.round(9), axis=1, kind="stable")[:, :keep]
    taken = np.zeros((count, width), dtype=bool)
    np.put_along_axis(taken, controls, values=True, axis=1)
    candidates = taken[:, index.owners]
    rows, cols = np.nonzero(candidates)
    order = np.lexsort((cols, -near[rows, cols].round(9), index.owners[cols], rows))
    rows, cols = rows[order], cols[order]
    group = rows * width + index.owners[cols]
    starts = np.flatnonzero(np.r_[True, group[1:] != group[:-1]]) if len(group) else np.zeros(0, np.intp)
    place = np.arange(len(group)) - np.repeat(starts, np.diff(np.r_[starts, len(group)]))
    return rows[place < _WORDINGS], cols[place < _WORDINGS]


def _best_of_wordings(
    pairs: tuple[Indices, Indices], index: ControlIndex, features: Floats, gains: Floats
) -> ControlPairs:
    """One candidate for each item and control: of each feature the best of its wordings, against it that of the nearest."""
    owners, wordings = pairs
    nearness = sum(weight * features[:, _OF_WORDINGS.index(name)] for name, weight in _NEARNESS.items())
    order = np.lexsort((wordings, -np.asarray(nearness).round(9), index.owners[wordings], owners))
    rows, cols = owners[order], index.owners[wordings][order]
    starts = np.flatnonzero(np.r_[True, (rows[1:] != rows[:-1]) | (cols[1:] != cols[:-1])])
    if not len(order):
        starts = np.zeros(0, np.intp)
    best = np.maximum.reduceat(features[order], starts) if len(starts) else features
    best[:, _AGAINST_COLUMNS] = features[order][starts][:, _AGAINST_COLUMNS]
    gained = np.maximum.reduceat(gains[order], starts) if len(starts) else gains
    return ControlPairs(rows[starts], cols[starts], index.numbers[wordings][order][starts], best, gained)


def accept_features(pairs: ControlPairs, logits: Floats, twins: NDArray[np.bool_]) -> Floats:
    """Logit, lead over the best rival that is no twin, share of the softmax with its twins, and the absolute evidence.

    `logits` are of each candidate; an unseen rival of the usual score always takes part.
    """
    ahead, share = np.zeros(len(logits)), np.zeros(len(logits))
    edges = (
        np.flatnonzero(np.r_[True, pairs.rows[1:] != pairs.rows[:-1], True])
        if len(logits)
        else np.zeros(1, int)
    )
    for start, end in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True):
        own, cols = logits[start:end], pairs.cols[start:end]
        near = twins[np.ix_(cols, cols)]
        best = own.max()
        weights = np.exp(own - best)
        rivals = np.where(near, USUAL_RIVAL, np.maximum(own, USUAL_RIVAL)[None, :]).max(axis=1)
        ahead[start:end] = np.clip(own - rivals, -6.0, 6.0)
        share[start:end] = near @ weights / (weights.sum() + np.exp(USUAL_RIVAL - best))
    return np.column_stack([logits, ahead, share, pairs.evidence()])
