"""Labelled pairs in, the weights of the classifier of remarks out: nets with one hidden layer on the features that matter most.

Pairs that are about something else teach nothing. Which features matter a logistic regression tells first; they are scaled by how
differently limiting and supporting pairs use them (Wang and Manning, Baselines and Bigrams, ACL 2012), which the weights take in.
The nets tell the ways to limit apart from each other too: knowing which way helps it to know whether.
"""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, diags
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from sklearn.neural_network import MLPClassifier

from benchmarks.remarks.pairs import LabelledPair
from normalizers.remarks.classifier.verdict_of_remark import KINDS, RemarkModel
from normalizers.remarks.classifier.word_cues import Features

_LEAST_PAIRS = 2
_MOST_FEATURES = 12_000
_NETS, _HIDDEN = 3, 12  # the mean of some small nets is surer than a wide one of as many units
_PENALTY, _RATE, _ROUNDS, _BATCH = 3e-3, 2e-3, 12, 128
_STRENGTH = 4.0  # of the fit that ranks features
_CELL_WEIGHT = 0.5  # of an answer cell or legend entry beside a remark
_LEAST_RATIO = (
    2.0  # added to the log ratio of a feature's shares: one that both classes use alike keeps some weight
)
_NEVER = 99.0
_EFFECTS = ("supports", *KINDS)


def fit_model(pairs: Sequence[LabelledPair], features: Sequence[Features]) -> RemarkModel:
    """A model without thresholds, learnt from pairs and their features."""
    judged = [n for n, pair in enumerate(pairs) if pair.limits or pair.effect == "supports"]
    limits = np.array([pairs[n].limits for n in judged])
    rows = [features[n] for n in judged]
    index = _common(rows)
    matrix = to_matrix(rows, index)
    counts = np.array([_CELL_WEIGHT if pairs[n].is_cell else 1.0 for n in judged])
    kept = _that_matter(matrix, limits, counts)
    names = list(index)
    scales = _scales(matrix, limits, counts)[kept]
    effects = [_EFFECTS.index(pairs[n].effect) for n in judged]
    scaled = (matrix[:, kept] @ diags(scales)).astype(np.float32).tocsr()
    nets = [_learnt_net(scaled, effects, seed) for seed in range(_NETS)]
    return RemarkModel(
        {names[column]: row for row, column in enumerate(kept)},
        _rounded(np.hstack([net.coefs_[0] for net in nets]) * scales[:, None]),
        np.concatenate([net.intercepts_[0] for net in nets]).astype(np.float32),
        (np.vstack([net.coefs_[1] for net in nets]) / _NETS).astype(np.float32),
        np.mean([net.intercepts_[1] for net in nets], axis=0).astype(np.float32),
        _NEVER,
        _NEVER,
    )


def _learnt_net(matrix: csr_matrix, effects: Sequence[int], seed: int) -> MLPClassifier:
    net = MLPClassifier(
        (_HIDDEN,), alpha=_PENALTY, learning_rate_init=_RATE, max_iter=_ROUNDS, batch_size=_BATCH, random_state=seed
    )  # fmt: skip
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # it is stopped early on purpose
        return net.fit(matrix, effects)


def _that_matter(matrix: csr_matrix, limits: Any, counts: Any) -> Any:
    """The columns that a logistic regression weighs most, in their order."""
    scales = _scales(matrix, limits, counts)
    regression = LogisticRegression(
        C=_STRENGTH, solver="liblinear", class_weight="balanced", tol=0.01, random_state=0
    ).fit(matrix @ diags(scales), limits, counts)
    size = np.sqrt(np.asarray(matrix.multiply(matrix).mean(axis=0)))[0]
    return np.sort(np.argsort(-np.abs(regression.coef_[0] * scales) * size)[:_MOST_FEATURES])


def _scales(matrix: csr_matrix, limits: Any, counts: Any) -> Any:
    """How differently the two classes use each feature, 1 on the average."""
    present = (matrix != 0).astype(np.float64)
    shares = [present.T @ (counts * of_class) + 1.0 for of_class in (limits, ~limits)]
    ratios = np.abs(np.log(shares[0] / shares[0].sum() / (shares[1] / shares[1].sum()))) + _LEAST_RATIO
    return ratios / ratios.mean()


def _rounded(weights: Any) -> Any:
    """Weights of six binary digits: the file is a third, and no figure changes."""
    plain, digits = np.frexp(weights)
    return np.ldexp(np.round(plain * 64) / 64, digits).astype(np.float16).astype(np.float32)


def _common(features: Sequence[Features]) -> dict[str, int]:
    counts = Counter(name for row in features for name in row)
    kept = sorted(name for name, count in counts.items() if count >= _LEAST_PAIRS and "\n" not in name)
    return {name: index for index, name in enumerate(kept)}


def to_matrix(features: Sequence[Features], index: dict[str, int]) -> csr_matrix:
    """Rows of features as a sparse matrix; unknown ones are left out."""
    cells = [
        (row, index[name], value)
        for row, values in enumerate(features)
        for name, value in sorted(values.items())
        if name in index
    ]
    rows, columns, values = zip(*cells, strict=True)
    return csr_matrix((values, (rows, columns)), shape=(len(features), len(index)))


def outcomes_of(model: RemarkModel, features: Sequence[Features]) -> Any:
    """The outcomes of each row of features, as the classifier makes them."""
    return np.stack([model.outcomes(model.sums(row) + model.constants) for row in features])


def write_weights(model: RemarkModel, path: Path) -> None:
    """Write the weights; the same bytes for the same model."""
    names = np.frombuffer("\n".join(model.index).encode(), np.uint8)
    np.savez_compressed(
        path, names=names, weights=model.weights.astype(np.float16), constants=model.constants,
        outgoing=model.outgoing, outgoing_constants=model.outgoing_constants,
        flags_from=np.float32(model.flags_from), changes_from=np.float32(model.changes_from),
    )  # fmt: skip
