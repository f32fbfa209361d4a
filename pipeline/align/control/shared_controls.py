"""Items of two lists in, the best counterparts of each item out: by what they share of the catalogue and by their own words.

利用者IDの共用 and 一人一つのアカウント share few words and one control; ログの保存期間 and バックアップの保存期間 share words
and no control. Where the catalogue knows neither item, their words alone decide.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from normalizers.language.polarity import polarity_of
from normalizers.vocabulary import load
from pipeline.align.control.control_features import accept_features, control_pairs
from pipeline.align.control.control_model import ControlModel, load_control_model
from pipeline.align.control.twins import twin_matrix
from pipeline.align.counterparts import Counterpart, best_of
from pipeline.align.embeddings import EmbeddingModel
from pipeline.align.features import Pairs, build_pairs
from pipeline.align.item import Item
from pipeline.align.model import Step, load_model, step_of
from pipeline.align.rival_features import BOTH_FEATURES, both_features
from pipeline.align.vectors import Floats, prepare_text
from pipeline.catalogue.load import Control

SHARED_FEATURES = ("words", "shared", "same_first", "unknown", "unknown_words", "one_known")
SHARED_AGAINST = frozenset({"one_known"})
_KNOWN = 0.3  # chance of its first control from which the catalogue knows an item
_TWIN = 0.5  # what a twin of a control counts beside the control


@dataclass(frozen=True, slots=True)
class Profiles:
    """What each item shares with each control, items × controls of length 1, its first control and that one's chance."""

    vectors: Floats
    first: NDArray[np.intp]
    chance: Floats

    @property
    def known(self) -> NDArray[np.bool_]:
        """Whether the catalogue knows each item."""
        return self.chance >= _KNOWN


def rank_items(
    queries: Sequence[Item],
    candidates: Sequence[Item],
    controls: Sequence[Control],
    embeddings: EmbeddingModel | None = None,
) -> list[list[Counterpart]]:
    """The best five candidates of every query, best first; a first score below 0.5 says that there rather is none."""
    if not queries or not candidates:
        return [[] for _ in queries]
    pairs, features = shared_pairs(queries, candidates, controls, load_control_model(), embeddings)
    pair, both = _steps()
    logits = pair.logits(features)
    scores = both.chances(both_features(pairs.rows, pairs.cols, logits))
    return [
        [
            Counterpart(col, score, polarity_of(query.requirement, candidates[col].requirement).value)
            for col, score in ranked
        ]
        for query, ranked in zip(queries, best_of(pairs, scores, scores, 5), strict=True)
    ]


def shared_pairs(
    queries: Sequence[Item],
    candidates: Sequence[Item],
    controls: Sequence[Control],
    model: ControlModel,
    embeddings: EmbeddingModel | None = None,
) -> tuple[Pairs, Floats]:
    """The likeliest candidates of every query, and SHARED_FEATURES of each pair."""
    texts = [[item.full for item in side] for side in (queries, candidates)]
    pairs = build_pairs(*([prepare_text(text) for text in side] for side in texts))
    words = load_model("texts").pair.logits(pairs.features)
    if embeddings:
        words = words + embeddings.gains(texts[0], texts[1], (pairs.rows, pairs.cols))
    first, second = (profiles_of(side, controls, model) for side in (queries, candidates))
    shared = np.einsum("ij,ij->i", first.vectors[pairs.rows], second.vectors[pairs.cols])
    known = first.known[pairs.rows].astype(int) + second.known[pairs.cols]
    unknown = (known == 0).astype(float)
    scaled = words / 5.0 + 1.4  # of about 0 to 2
    same = first.first[pairs.rows] == second.first[pairs.cols]
    sure = np.sqrt(first.chance[pairs.rows] * second.chance[pairs.cols])
    features = np.column_stack([
        scaled, shared * (1.0 - unknown), same * sure, unknown, scaled * unknown, (known == 1).astype(float),
    ])  # fmt: skip
    return pairs, features


def profiles_of(items: Sequence[Item], controls: Sequence[Control], model: ControlModel) -> Profiles:
    """What each item shares with the controls; twins of a control count half."""
    vectors, chance = np.zeros((len(items), len(controls))), np.zeros(len(items))
    first = np.zeros(len(items), dtype=np.intp)
    if not items or not controls:
        return Profiles(vectors, first, chance)
    pairs, twins = control_pairs(items, controls), twin_matrix(controls)
    logits = model.control.logits(pairs.features)
    chances = model.accept.chances(accept_features(pairs, logits, twins))
    order = np.lexsort((pairs.cols, -logits.round(6), pairs.rows))
    best = order[np.r_[True, pairs.rows[order][1:] != pairs.rows[order][:-1]]]
    first[pairs.rows[best]], chance[pairs.rows[best]] = pairs.cols[best], chances[best]
    weights = np.exp(logits - logits[best][pairs.rows])
    total = np.bincount(pairs.rows, weights=weights, minlength=len(items))
    vectors[pairs.rows, pairs.cols] = weights / total[pairs.rows]
    near = twins.astype(float) * _TWIN
    np.fill_diagonal(near, 1.0)
    vectors = vectors @ near
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return Profiles(vectors, first, chance)


@cache
def _steps() -> tuple[Step, Step]:
    table = load("pipeline.align", "weights.toml")["shared"]
    return step_of(table["pair"], SHARED_FEATURES), step_of(table["both"], BOTH_FEATURES)
