"""Items and controls in, what speaks for each candidate control out: features of an item beside all wordings of a control.

An item is compared with every wording, once with its category and short name and once by its question alone; of each feature
the best counts. Whether the first candidate is taken hangs on absolute evidence too: BM25, and how much of the item's words
the control covers, so that a weak likeness without rivals is not enough.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from normalizers.text import fold
from pipeline.align.control.must_words import must_features
from pipeline.align.embeddings import EmbeddingModel
from pipeline.align.features import AGAINST, FEATURES, Pairs, build_pairs
from pipeline.align.item import Item
from pipeline.align.model import Step
from pipeline.align.rival_features import USUAL_RIVAL
from pipeline.align.vectors import Floats, prepare_text
from pipeline.catalogue.load import Control

Indices = NDArray[np.intp]
CONTROL_FEATURES = (*FEATURES, "wordings", "lacking", "forbidden")
CONTROL_AGAINST = AGAINST | {"lacking", "forbidden"}
_EVIDENCE = ("bm25", "held_query", "chars12")
ACCEPT_FEATURES = ("score", "ahead", "share", *_EVIDENCE)
_AGAINST_COLUMNS = [FEATURES.index(name) for name in sorted(AGAINST)]
_EVIDENCE_COLUMNS = [FEATURES.index(name) for name in _EVIDENCE]


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
        """What speaks for each candidate whatever its rivals."""
        return self.features[:, _EVIDENCE_COLUMNS]


def control_pairs(
    items: Sequence[Item],
    controls: Sequence[Control],
    nearness: Step,
    embeddings: EmbeddingModel | None = None,
) -> ControlPairs:
    """The likeliest controls of every item with their features; `nearness` tells which wording is the nearest."""
    wordings = [
        (text, col, n) for col, control in enumerate(controls) for n, text in enumerate(control.wordings)
    ]
    texts = [
        (text, row) for row, item in enumerate(items) for text in dict.fromkeys((item.full, item.requirement))
    ]
    known = [prepare_text(text) for text, _, _ in wordings]
    pairs = build_pairs([prepare_text(text) for text, _ in texts], known, known)
    gains = np.zeros(len(pairs.rows))
    if embeddings:
        sides = [text for text, _ in texts], [text for text, _, _ in wordings]
        gains = embeddings.gains(*sides, (pairs.rows, pairs.cols))
    owners = np.array([row for _, row in texts], dtype=np.intp)[pairs.rows]
    cols = np.array([col for _, col, _ in wordings], dtype=np.intp)[pairs.cols]
    numbers = np.array([n for _, _, n in wordings], dtype=np.intp)[pairs.cols]
    best = _best_of_wordings(
        Pairs(owners, cols, pairs.features), numbers, nearness.logits(pairs.features), gains
    )
    folded = [fold(f"{item.section} {item.full}") for item in items]
    flags = must_features(folded, controls, (best.rows, best.cols, best.wordings))
    return ControlPairs(
        best.rows, best.cols, best.wordings, np.column_stack([best.features, flags]), best.gains
    )


def _best_of_wordings(pairs: Pairs, numbers: Indices, nearness: Floats, gains: Floats) -> ControlPairs:
    """One candidate for each item and control: of each feature the best of all wordings, and the share of wordings met."""
    order = np.lexsort((-nearness, pairs.cols, pairs.rows))
    rows, cols = pairs.rows[order], pairs.cols[order]
    starts = np.flatnonzero(np.r_[True, (rows[1:] != rows[:-1]) | (cols[1:] != cols[:-1])])
    if not len(order):
        starts = np.zeros(0, np.intp)
    counts = np.diff(np.r_[starts, len(order)])
    features = np.maximum.reduceat(pairs.features[order], starts) if len(starts) else pairs.features
    features[:, _AGAINST_COLUMNS] = pairs.features[order][starts][:, _AGAINST_COLUMNS]
    gained = np.maximum.reduceat(gains[order], starts) if len(starts) else gains
    met = np.log1p(counts) / 3.0
    return ControlPairs(
        rows[starts], cols[starts], numbers[order][starts], np.column_stack([features, met]), gained
    )


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
