"""The weights of the reader of prose in, how likely each answer is out.

The weights are learnt from labelled cells (`make weights-prose`, benchmarks/prose) and lie beside this module: one column an
answer, each a logistic regression of its own. A score is a sum of the weights of the features that are known.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from normalizers.answers.model import AnswerValue
from normalizers.language.predicates import without_burden
from normalizers.prose.prose_features import asked_features, bound_features, cell_features
from normalizers.remarks.classifier.linear_weights import LinearWeights, read_weights

READ_ANSWERS = (
    AnswerValue.YES, AnswerValue.NO, AnswerValue.PARTIAL, AnswerValue.CONDITIONAL, AnswerValue.PLANNED,
    AnswerValue.NOT_APPLICABLE, AnswerValue.UNDISCLOSED, AnswerValue.VALUE, AnswerValue.UNCLEAR,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ProseModel(LinearWeights):
    """Weights with one column an answer of READ_ANSWERS, and the shares from which an answer is taken.

    `plain_from` a plain yes, `yes_from` a yes with a caveat, `no_from` a no, `other_from` any other answer.
    """

    plain_from: float
    yes_from: float
    no_from: float
    other_from: float


@cache
def load_model() -> ProseModel:
    """The weights that lie beside this module, read once."""
    linear, arrays = read_weights(__package__ or "")
    return ProseModel(linear.index, linear.weights, linear.constants, *map(float, arrays["thresholds"]))


@lru_cache(maxsize=16384)
def shares_of(cell: str, question: str, unit: str | None, rule: str) -> dict[AnswerValue, float]:
    """How likely each answer is, all together 1."""
    cell = without_burden(cell)
    bound = load_model().sums(bound_features(cell, question, unit, rule))
    return shares_of_sums(_cell_sums(cell) + _question_sums(question) + bound)


def shares_of_sums(sums: Any) -> dict[AnswerValue, float]:
    """The shares of the sums of all features, constants included."""
    likely = [1.0 / (1.0 + math.exp(-value)) for value in sums.tolist()]
    total = sum(likely)
    return {answer: value / total for answer, value in zip(READ_ANSWERS, likely, strict=True)}


@lru_cache(maxsize=8192)
def _cell_sums(cell: str) -> Any:
    model = load_model()
    return model.sums(cell_features(cell)) + model.constants


@lru_cache(maxsize=8192)
def _question_sums(question: str) -> Any:
    return load_model().sums(asked_features(question))
