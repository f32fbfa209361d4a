"""The words of a legend in, what a learnt classifier takes them for out, with its chance.

The weights are learnt from legends that independent writers labelled (`make weights-legends`, benchmarks/legends) and lie beside
this module. `実施を計画している` is planned; what is no answer at all (`発注者が実施`, `評価していない`) is unclear. In a legend
the mark, its place among the others and what patterns say of these tell as much as the words: `△：手順を定めていない室がある`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from normalizers.answers.lexicon import answer_words
from normalizers.answers.model import AnswerValue
from normalizers.remarks.classifier.cues import cue_features
from normalizers.remarks.classifier.linear_weights import LinearWeights, read_weights
from normalizers.remarks.classifier.word_cues import Features, read_words, remark_features
from normalizers.text import fold, shape_of

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
class DefinitionModel(LinearWeights):
    """Weights with one column an answer of ANSWERS."""

    def guess(self, features: Features) -> DefinitionGuess:
        """What the features stand for; unknown ones weigh nothing."""
        import numpy as np  # noqa: PLC0415  only where a sheet has a legend

        chances = 1 / (1 + np.exp(-(self.constants + self.sums(features))))
        chances = chances / chances.sum()
        best = int(chances.argmax())
        return DefinitionGuess(
            ANSWERS[best], float(chances[best]), float(chances[ANSWERS.index(AnswerValue.YES)])
        )


@cache
def load_definitions() -> DefinitionModel:
    """The weights that lie beside this module, read once."""
    linear, _ = read_weights(__package__ or "")
    return DefinitionModel(linear.index, linear.weights, linear.constants)


def definition_features(text: str, ruled: AnswerValue) -> Features:
    """What the words of a legend say: their characters, morphemes, ends and kinds of words, and what patterns take them for."""
    words = read_words(text)
    return remark_features(words) | cue_features(words.text) | {f"rule:{ruled}": 1.0}


def place_features(marks: Sequence[str], ruled: Sequence[AnswerValue], index: int) -> Features:
    """What the mark of a legend's entry says of it, its place among the others, and what patterns take those for."""
    mark, last = marks[index], len(marks) - 1
    key = fold(mark)
    names = {f"mark:{shape_of(mark) or key}"}
    if len(key) > 1:
        names |= {f"mark:says {answer_words().get(key)}", *(f"mark:holds {char}" for char in set(key))}
    else:
        names.add(
            f"mark:{'digit' if key.isdecimal() else 'letter' if key.isascii() and key.isalpha() else 'sign'}"
        )
    if last:
        names |= {
            f"place:{index} of {last}",
            f"place:{'first' if not index else 'last' if index == last else 'between'}",
        }
        names.add(f"before:{ruled[index - 1] if index else 'nothing'}")
        names.add(f"behind:{ruled[index + 1] if index < last else 'nothing'}")
        names |= {f"beside:{answer}" for n, answer in enumerate(ruled) if n != index}
    return dict.fromkeys(names, 1.0)


def guess_definition(text: str, ruled: AnswerValue, place: Features | None = None) -> DefinitionGuess:
    """What the classifier takes the words of a legend for, of which patterns say `ruled`; `place` is that of place_features."""
    return load_definitions().guess(definition_features(text, ruled) | (place or {}))
