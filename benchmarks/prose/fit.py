"""Labelled cells and their features in, the weights of the reader of prose out: logistic regressions, pruned to what matters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from benchmarks.prose.cells import LabelledCell
from normalizers.prose.prose_model import READ_ANSWERS, ProseModel
from normalizers.remarks.classifier.word_cues import Features

_LEAST_CELLS = 2
_MOST_FEATURES = 40_000
_STRENGTH = 4.0  # of the fit against the penalty; held-out figures hardly change between 2 and 8


def fit_model(
    cells: Sequence[LabelledCell], features: Sequence[Features], most: int = _MOST_FEATURES
) -> ProseModel:
    """A model without thresholds."""
    index = _common(features)
    matrix = to_matrix(features, index)
    weights, _ = _regressions(cells, matrix)
    weight = np.abs(weights).max(axis=1) * np.sqrt(np.asarray(matrix.multiply(matrix).mean(axis=0)))[0]
    names = list(index)
    index = {names[column]: row for row, column in enumerate(np.sort(np.argsort(-weight)[:most]))}
    weights, constants = _regressions(cells, to_matrix(features, index))
    rounded = weights.astype(np.float16).astype(np.float32)
    return ProseModel(index, rounded, constants.astype(np.float32), 1.0, 1.0, 1.0, 1.0)


def _regressions(cells: Sequence[LabelledCell], matrix: csr_matrix) -> tuple[Any, Any]:
    """A column of weights and a constant for each answer."""
    counts = np.array([cell.counts for cell in cells])
    columns, constants = [], []
    for answer in READ_ANSWERS:
        truth = np.array([cell.answer == answer for cell in cells])
        regression = LogisticRegression(C=_STRENGTH, solver="liblinear", random_state=0)
        regression.fit(matrix, truth, counts)
        columns.append(regression.coef_[0])
        constants.append(regression.intercept_[0])
    return np.stack(columns, axis=1), np.array(constants)


def _common(features: Sequence[Features]) -> dict[str, int]:
    counts = Counter(name for row in features for name in row)
    kept = sorted(name for name, count in counts.items() if count >= _LEAST_CELLS and "\n" not in name)
    return {name: index for index, name in enumerate(kept)}


def to_matrix(features: Sequence[Features], index: dict[str, int]) -> csr_matrix:
    """Rows of features as a sparse matrix; unknown ones are left out."""
    starts, columns, values = [0], [], []
    for row in features:
        known = sorted((index[name], value) for name, value in row.items() if name in index)
        columns += [column for column, _ in known]
        values += [value for _, value in known]
        starts.append(len(columns))
    data = (np.array(values, np.float64), np.array(columns, np.int32), np.array(starts, np.int32))
    return csr_matrix(data, shape=(len(features), len(index)))


def sums_of(model: ProseModel, features: Sequence[Features]) -> Any:
    """The sums of each row of features in every column, as the product makes them."""
    return np.stack([model.sums(row) + model.constants for row in features])


def write_weights(model: ProseModel, path: Path) -> None:
    """Write the weights; the same bytes for the same model."""
    names = np.frombuffer("\n".join(model.index).encode(), np.uint8)
    thresholds = np.array([model.plain_from, model.yes_from, model.no_from, model.other_from], np.float32)
    np.savez_compressed(
        path,
        names=names,
        weights=model.weights.astype(np.float16),
        constants=model.constants,
        thresholds=thresholds,
    )
