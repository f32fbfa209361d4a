"""A remark and the question beside a yes in, how likely the remark limits the yes and in which way out.

The weights are learnt from labelled pairs (`make weights-remarks`, benchmarks/remarks) and lie beside this module. A score is a
sum of the weights of the features, so a remark and a question are each summed once, and only what the two have in common is
summed for the pair. `本社のみ` beside 「全拠点で…」 scores high, in scope.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from normalizers.remarks.classifier.cues import cue_features
from normalizers.remarks.classifier.pairs import pair_features
from normalizers.remarks.classifier.word_cues import (
    Features,
    question_features,
    read_words,
    remark_features,
)

WEIGHTS = "weights.npz"


class RemarkKind(StrEnum):
    """The ways in which a remark limits the yes beside it."""

    SCOPE = "scope"
    TIME = "time"
    CONDITION = "condition"
    DENIES = "denies"
    MOOT = "moot"
    FIGURE = "figure"


KINDS = tuple(RemarkKind)


@dataclass(frozen=True, slots=True)
class RemarkVerdict:
    """The logit that a remark limits the yes, its likeliest way, and that way's share among them."""

    logit: float
    kind: RemarkKind
    share: float


@dataclass(frozen=True, slots=True)
class RemarkModel:
    """Weights by feature: column 0 that the yes is limited, then one column a kind; thresholds of the logit."""

    index: Mapping[str, int]
    weights: Any
    constants: Any
    flags_from: float
    changes_from: float

    def sums(self, features: Features) -> Any:
        """The weighted sum of features in each column; unknown features weigh nothing."""
        known = [(self.index[name], value) for name, value in features.items() if name in self.index]
        if not known:
            return self.constants * 0.0
        rows, values = zip(*known, strict=True)
        return values @ self.weights[list(rows)]


@cache
def load_model() -> RemarkModel:
    """The weights that lie beside this module, read once."""
    import numpy as np  # noqa: PLC0415  only where a remark stands beside a yes

    with (resources.files(__package__) / WEIGHTS).open("rb") as file, np.load(file) as data:
        names = data["names"].tobytes().decode("utf-8").split("\n")
        return RemarkModel(
            {name: index for index, name in enumerate(names)},
            data["weights"].astype(np.float32),
            data["constants"].astype(np.float32),
            float(data["flags_from"]),
            float(data["changes_from"]),
        )


@lru_cache(maxsize=65536)
def classify_remark(remark: str, requirement: str) -> RemarkVerdict:
    """How a remark stands to the yes beside a requirement, both as printed."""
    sums = _own_sums(remark) + _question_sums(requirement)
    sums = sums + load_model().sums(pair_features(remark, requirement))
    return verdict_of(sums)


def own_features(remark: str) -> Features:
    """What a remark as printed says by itself."""
    words = read_words(remark)
    return remark_features(words) | cue_features(words.text)


def verdict_of(sums: Any) -> RemarkVerdict:
    """The verdict of the sums of all features, constants included."""
    import numpy as np  # noqa: PLC0415  see above

    shares = np.exp(sums[1:] - sums[1:].max())
    best = int(shares.argmax())
    return RemarkVerdict(float(sums[0]), KINDS[best], float(shares[best] / shares.sum()))


@lru_cache(maxsize=8192)
def _own_sums(remark: str) -> Any:
    model = load_model()
    return model.sums(own_features(remark)) + model.constants


@lru_cache(maxsize=8192)
def _question_sums(requirement: str) -> Any:
    return load_model().sums(question_features(read_words(requirement)))
