"""Labelled pairs in, the weights of the classifier of remarks out: logistic regression, pruned to the features that matter.

Column 0 tells supports from what limits, whatever the way; the others tell the ways apart. Pairs that are about something else
teach neither. Features are scaled by how differently the two classes use them before the fit (Wang and Manning, Baselines and
Bigrams, ACL 2012), which the weights take in: reading costs no more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, diags
from sklearn.linear_model import LogisticRegression

from benchmarks.remarks.pairs import LabelledPair
from normalizers.remarks.classifier.verdict_of_remark import KINDS, RemarkModel
from normalizers.remarks.classifier.word_cues import Features

_LEAST_PAIRS = 2
_MOST_FEATURES = 20_000
_STRENGTH = 4.0  # of the fit against the penalty; held-out figures hardly change between 2 and 5
_CELL_WEIGHT = 0.5  # of an answer cell or legend entry beside a remark
_LEAST_RATIO = (
    2.0  # added to the log ratio of a feature's shares: one that both classes use alike keeps some weight
)
_NEVER = 99.0


def fit_model(pairs: Sequence[LabelledPair], features: Sequence[Features]) -> RemarkModel:
    """A model without thresholds, learnt from pairs and their features."""
    judged = [n for n, pair in enumerate(pairs) if pair.limits or pair.effect == "supports"]
    limits = np.array([pairs[n].limits for n in judged])
    counts = np.array([_CELL_WEIGHT if pairs[n].is_cell else 1.0 for n in judged])
    index = _common([features[n] for n in judged])
    matrix = to_matrix([features[n] for n in judged], index)
    weights, _ = _fit_scaled(matrix, limits, counts)
    weight = np.abs(weights) * np.sqrt(np.asarray(matrix.multiply(matrix).mean(axis=0)))[0]
    names = list(index)
    index = {names[column]: row for row, column in enumerate(np.sort(np.argsort(-weight)[:_MOST_FEATURES]))}
    matrix = to_matrix([features[n] for n in judged], index)
    weights, constant = _fit_scaled(matrix, limits, counts)
    limited = [n for n in judged if pairs[n].limits]
    matrix = to_matrix([features[n] for n in limited], index)
    columns, constants = [weights], [constant]
    for kind in KINDS:
        by_kind = _regression().fit(matrix, [pairs[n].effect == kind for n in limited], counts[limits])
        columns.append(by_kind.coef_[0])
        constants.append(by_kind.intercept_[0])
    rounded = np.stack(columns, axis=1).astype(np.float16).astype(np.float32)
    return RemarkModel(index, rounded, np.array(constants, np.float32), _NEVER, _NEVER)


def _fit_scaled(matrix: csr_matrix, limits: Any, counts: Any) -> tuple[Any, float]:
    """The weights of a fit on scaled features, for the features as they are, and its constant."""
    present = (matrix != 0).astype(np.float64)
    shares = [present.T @ (counts * of_class) + 1.0 for of_class in (limits, ~limits)]
    ratios = np.abs(np.log(shares[0] / shares[0].sum() / (shares[1] / shares[1].sum()))) + _LEAST_RATIO
    scales = ratios / ratios.mean()
    fitted = _regression().fit(matrix @ diags(scales), limits, counts)
    return fitted.coef_[0] * scales, float(fitted.intercept_[0])


def _regression() -> LogisticRegression:
    return LogisticRegression(
        C=_STRENGTH, solver="liblinear", class_weight="balanced", tol=0.01, random_state=0
    )


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


def sums_of(model: RemarkModel, features: Sequence[Features]) -> Any:
    """The sums of each row of features in every column, as the classifier makes them."""
    return np.stack([model.sums(row) + model.constants for row in features])


def write_weights(model: RemarkModel, path: Path) -> None:
    """Write the weights; the same bytes for the same model."""
    names = np.frombuffer("\n".join(model.index).encode(), np.uint8)
    np.savez_compressed(
        path, names=names, weights=model.weights.astype(np.float16), constants=model.constants,
        flags_from=np.float32(model.flags_from), changes_from=np.float32(model.changes_from),
    )  # fmt: skip
