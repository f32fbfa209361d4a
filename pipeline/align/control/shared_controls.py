"""Items of two lists in, the best counterparts of each item out: by what they share of the catalogue and by their own words.

利用者IDの共用 and 一人一つのアカウント share few words and one control; ログの保存期間 and バックアップの保存期間 share words
and no control. What a theme is lies between the two: 第三者認証 and プライバシーマーク are two controls and one theme, so that
controls which are alike, or of one domain, count too. Lists of another field, of which the catalogue knows little, are laid
side by side by their words alone.
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
from pipeline.align.control.twins import likeness_matrix, twin_matrix
from pipeline.align.counterparts import Counterpart, best_of, rank_with
from pipeline.align.embeddings import EmbeddingModel
from pipeline.align.features import Pairs, build_pairs
from pipeline.align.item import Item
from pipeline.align.model import Step, load_model, step_of
from pipeline.align.rival_features import BOTH_FEATURES, both_features
from pipeline.align.vectors import Floats, prepare_text
from pipeline.catalogue.load import Control

SHARED_FEATURES = ("words", "alike", "shared", "domain")
_KNOWN = 0.3  # chance of its first control from which the catalogue knows an item
# Share of known items from which a list is of the catalogue's field: check sheets have 0.7 to 0.95, food rules 0.1 to 0.4.
_KNOWN_LIST = 0.5
_SOFTER = 0.4  # of the logits: what an item has of controls that are not its first


@dataclass(frozen=True, slots=True)
class Profiles:
    """Of each item: how likely each control is its own (items × controls, each row together 1), the same more evenly and of
    length 1, and whether the catalogue knows the item.
    """

    shares: Floats
    soft: Floats
    known: NDArray[np.bool_]


def rank_items(
    queries: Sequence[Item],
    candidates: Sequence[Item],
    controls: Sequence[Control],
    embeddings: EmbeddingModel | None = None,
) -> list[list[Counterpart]]:
    """The best five candidates of every query, best first; a first score below 0.3 says that there rather is none."""
    if not queries or not candidates:
        return [[] for _ in queries]
    model = load_control_model()
    profiles = tuple(profiles_of(side, controls, model) for side in (queries, candidates))
    if min(side.known.mean() for side in profiles) < _KNOWN_LIST:
        return rank_with([i.full for i in queries], [i.full for i in candidates], 5, embeddings)
    pairs, features = _pairs_of(queries, candidates, profiles, controls, embeddings)
    pair, both = _steps()
    scores = both.chances(both_features(pairs.rows, pairs.cols, pair.logits(features)))
    return [
        [
            Counterpart(col, score, polarity_of(query.requirement, candidates[col].requirement).value)
            for col, score in ranked
        ]
        for query, ranked in zip(queries, best_of(pairs, scores, scores, 5), strict=True)
    ]


def shared_pairs(
    queries: Sequence[Item], candidates: Sequence[Item], controls: Sequence[Control], model: ControlModel
) -> tuple[Pairs, Floats]:
    """The likeliest candidates of every query, and SHARED_FEATURES of each pair."""
    first, second = (profiles_of(side, controls, model) for side in (queries, candidates))
    return _pairs_of(queries, candidates, (first, second), controls, None)


def _pairs_of(
    queries: Sequence[Item],
    candidates: Sequence[Item],
    profiles: tuple[Profiles, ...],
    controls: Sequence[Control],
    embeddings: EmbeddingModel | None,
) -> tuple[Pairs, Floats]:
    texts = [[item.full for item in side] for side in (queries, candidates)]
    pairs = build_pairs(*([prepare_text(text) for text in side] for side in texts))
    words = load_model("texts").pair.logits(pairs.features)
    if embeddings:
        words = words + embeddings.gains(texts[0], texts[1], (pairs.rows, pairs.cols))
    first, second = profiles
    domains = np.array([control.domain for control in controls])
    same_domain = (domains[:, None] == domains[None, :]).astype(float)

    def of_pairs(left: Floats, right: Floats) -> Floats:
        return np.asarray(np.einsum("ij,ij->i", left[pairs.rows], right[pairs.cols]))

    features = np.column_stack([
        words / 5.0 + 1.4,  # of about 0 to 2
        of_pairs(first.shares @ likeness_matrix(controls), second.shares),
        of_pairs(first.soft, second.soft),
        of_pairs(first.shares @ same_domain, second.shares),
    ])  # fmt: skip
    return pairs, features


def profiles_of(items: Sequence[Item], controls: Sequence[Control], model: ControlModel) -> Profiles:
    """What each item has of the controls."""
    shares, soft = (np.zeros((len(items), len(controls))) for _ in range(2))
    known = np.zeros(len(items), dtype=bool)
    if not items or not controls:
        return Profiles(shares, soft, known)
    pairs = control_pairs(items, controls)
    logits = model.control.logits(pairs.features)
    chances = model.accept.chances(accept_features(pairs, logits, twin_matrix(controls)))
    order = np.lexsort((pairs.cols, -logits.round(6), pairs.rows))
    best = order[np.r_[True, pairs.rows[order][1:] != pairs.rows[order][:-1]]]
    known[pairs.rows[best]] = chances[best] >= _KNOWN
    highest = np.zeros(len(items))
    highest[pairs.rows[best]] = logits[best]
    ahead = logits - highest[pairs.rows]
    shares[pairs.rows, pairs.cols], soft[pairs.rows, pairs.cols] = np.exp(ahead), np.exp(_SOFTER * ahead)
    shares /= np.maximum(shares.sum(axis=1, keepdims=True), 1e-9)
    soft /= np.maximum(np.linalg.norm(soft, axis=1, keepdims=True), 1e-9)
    return Profiles(shares, soft, known)


@cache
def _steps() -> tuple[Step, Step]:
    table = load("pipeline.align", "weights.toml")["shared"]
    return step_of(table["pair"], SHARED_FEATURES), step_of(table["both"], BOTH_FEATURES)
