"""A remark and the question beside a yes in, how likely the remark limits the yes and in which way out.

The weights are learnt from labelled pairs (`make weights-remarks`, benchmarks/remarks) and lie beside this module: a small net
with one hidden layer. What goes into it are sums of the weights of the features, so a remark and a question are each summed once,
and only what the two have in common is summed for the pair. What limits in one surrounding and assures in another (のみ of
keepers, of places) is told apart behind it. `本社のみ` beside 「全拠点で…」 scores high, in scope.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from typing import Any

from normalizers.remarks.classifier.cues import cue_features
from normalizers.remarks.classifier.linear_weights import LinearWeights, read_weights
from normalizers.remarks.classifier.pairs import pair_features
from normalizers.remarks.classifier.plain_style import plain_features
from normalizers.remarks.classifier.word_cues import (
    Features,
    question_features,
    read_words,
    remark_features,
)


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
class RemarkModel(LinearWeights):
    """Weights of the hidden units, those from each of them to `supports` and the kinds, and thresholds of the logit."""

    outgoing: Any
    outgoing_constants: Any
    flags_from: float
    changes_from: float

    def outcomes(self, sums: Any) -> Any:
        """The logit that the yes is limited, then the score of each kind; `sums` are of all features, constants included."""
        import numpy as np  # noqa: PLC0415  only where there is something to weigh

        scores = np.maximum(sums, 0.0) @ self.outgoing + self.outgoing_constants
        return np.concatenate([[np.logaddexp.reduce(scores[1:]) - scores[0]], scores[1:]])


@cache
def load_model() -> RemarkModel:
    """The weights that lie beside this module, read once."""
    linear, arrays = read_weights(__package__ or "")
    return RemarkModel(
        linear.index,
        linear.weights,
        linear.constants,
        arrays["outgoing"],
        arrays["outgoing_constants"],
        float(arrays["flags_from"]),
        float(arrays["changes_from"]),
    )


@lru_cache(maxsize=65536)
def classify_remark(remark: str, requirement: str) -> RemarkVerdict:
    """How a remark stands to the yes beside a requirement, both as printed."""
    sums = _own_sums(remark) + _question_sums(requirement)
    sums = sums + load_model().sums(pair_features(remark, requirement))
    return verdict_of(load_model().outcomes(sums))


def own_features(remark: str) -> Features:
    """What a remark as printed says by itself."""
    words = read_words(remark)
    return remark_features(words) | plain_features(words) | cue_features(words.text)


def verdict_of(outcomes: Any) -> RemarkVerdict:
    """The verdict of a model's outcomes."""
    import numpy as np  # noqa: PLC0415  see above

    shares = np.exp(outcomes[1:] - outcomes[1:].max())
    best = int(shares.argmax())
    return RemarkVerdict(float(outcomes[0]), KINDS[best], float(shares[best] / shares.sum()))


@lru_cache(maxsize=8192)
def _own_sums(remark: str) -> Any:
    model = load_model()
    return model.sums(own_features(remark)) + model.constants


@lru_cache(maxsize=8192)
def _question_sums(requirement: str) -> Any:
    return load_model().sums(question_features(read_words(requirement)))
