"""The words of a legend in, what a learnt classifier takes them for out, with its chance.

The weights are learnt from legends that independent writers labelled (`make weights-legends`, benchmarks/legends) and lie beside
this module. `実施を計画している` is planned; what is no answer at all (`発注者が実施`, `評価していない`) is unclear.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from normalizers.answers.model import AnswerValue
from normalizers.remarks.classifier.cues import cue_features
from normalizers.remarks.classifier.word_cues import Features, read_words, remark_features

WEIGHTS = "weights.npz"
ANSWERS = (
    AnswerValue.YES,
    AnswerValue.NO,
    AnswerValue.PARTIAL,
    AnswerValue.CONDITIONAL,
    AnswerValue.PLANNED,
    AnswerValue.NOT_APPLICABLE,
    AnswerValue.UNDISCLOSED,
    AnswerValue.UNCLEAR,
)


@dataclass(frozen=True, slots=True)
class DefinitionGuess:
    """The likeliest answer of a legend's words, its chance, and the chance of a yes."""

    answer: AnswerValue
    chance: float
    yes: float


@dataclass(frozen=True, slots=True)
class DefinitionModel:
    """Weights by feature, one column an answer, and the constants."""

    index: Mapping[str, int]
    weights: Any
    constants: Any

    def guess(self, features: Features) -> DefinitionGuess:
        """What the features stand for; unknown ones weigh nothing."""
        import numpy as np  # noqa: PLC0415  only where a sheet has a legend

        sums = self.constants.copy()
        for name, value in features.items():
            if name in self.index:
                sums = sums + value * self.weights[self.index[name]]
        chances = 1 / (1 + np.exp(-sums))
        chances = chances / chances.sum()
        best = int(chances.argmax())
        return DefinitionGuess(
            ANSWERS[best], float(chances[best]), float(chances[ANSWERS.index(AnswerValue.YES)])
        )


@cache
def load_definitions() -> DefinitionModel:
    """The weights that lie beside this module, read once."""
    import numpy as np  # noqa: PLC0415  see above

    with (resources.files(__package__) / WEIGHTS).open("rb") as file, np.load(file) as data:
        names = data["names"].tobytes().decode("utf-8").split("\n")
        index = {name: position for position, name in enumerate(names)}
        return DefinitionModel(
            index, data["weights"].astype(np.float32), data["constants"].astype(np.float32)
        )


def definition_features(text: str, ruled: AnswerValue) -> Features:
    """What the words of a legend say: their characters, morphemes, ends and kinds of words, and what patterns take them for."""
    words = read_words(text)
    return remark_features(words) | cue_features(words.text) | {f"rule:{ruled}": 1.0}


def guess_definition(text: str, ruled: AnswerValue) -> DefinitionGuess:
    """What the classifier takes the words of a legend for, of which patterns say `ruled`."""
    return load_definitions().guess(definition_features(text, ruled))
