"""Features of pairs in, calibrated scores out: two logistic steps whose weights are data (`weights.toml`).

The first step judges each pair by itself, the second by how it stands among its rivals. `python -m pipeline.align.training.train`
makes the weights.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np

from normalizers.vocabulary import load
from pipeline.align.features import FEATURES, Pairs
from pipeline.align.rival_features import BOTH_FEATURES, ROW_FEATURES, both_features, row_features
from pipeline.align.vectors import Floats


@dataclass(frozen=True, slots=True)
class Step:
    """A linear form: weights in the order of its features, and a constant."""

    weights: tuple[float, ...]
    constant: float

    def logits(self, features: Floats) -> Floats:
        """One logit for each row of `features`."""
        return np.asarray(features @ np.asarray(self.weights) + self.constant)

    def chances(self, features: Floats) -> Floats:
        """The logits as chances, 0 to 1."""
        return np.asarray(1.0 / (1.0 + np.exp(-np.clip(self.logits(features), -30.0, 30.0))))


@dataclass(frozen=True, slots=True)
class Model:
    """The steps: a pair by itself, among the rivals of its query, and among those of both sides."""

    pair: Step
    row: Step
    both: Step

    def scores(self, pairs: Pairs, both_sides: bool, gains: Floats | float = 0.0) -> Floats:
        """The chance, 0 to 1, that the two texts of each pair ask the same.

        `both_sides` looks at the other queries of a candidate too; without it a query's scores do not depend on
        which other queries there are. `gains` are logits that something else gives each pair.
        """
        alone = self.pair.logits(pairs.features) + gains
        if both_sides:
            return self.both.chances(both_features(pairs.rows, pairs.cols, alone))
        return self.row.chances(row_features(pairs.rows, alone))


@cache
def load_model(name: str = "texts") -> Model:
    """The shipped weights: `texts` for any texts, `items` for items of check sheets."""
    table = load("pipeline.align", "weights.toml")[name]
    return Model(
        step_of(table["pair"], FEATURES),
        step_of(table["row"], ROW_FEATURES),
        step_of(table["both"], BOTH_FEATURES),
    )


def step_of(table: Mapping[str, float], names: tuple[str, ...]) -> Step:
    """A step of a table of weights. Raises KeyError where one is missing."""
    return Step(tuple(float(table[name]) for name in names), float(table["constant"]))
