"""Items and controls in, candidates of each item out: character n-grams, Sudachi words and RapidFuzz together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from normalizers.text import fold
from normalizers.tokens import content_words
from pipeline.align.polarity import polarity_of
from pipeline.catalogue.load import Control

_CANDIDATES = 5
_WEIGHTS = (0.4, 0.4, 0.2)  # n-grams, words, token set
# Measured on labelled pairs of five real forms: F1 0.89 (recall 0.82, precision 0.97) with these three figures.
ACCEPT = 0.38
ACCEPT_AHEAD = 0.28  # accepted too where the second candidate lies this far behind:
_AHEAD = 0.06
_FAVOURABLE_KNOWN = {"yes", "no"}


@dataclass(frozen=True, slots=True)
class Item:
    """What an item is about: its short names and its question."""

    item_id: str
    category: str
    name: str
    requirement: str


@dataclass(frozen=True, slots=True)
class Match:
    """One candidate of an item; `score` is 0 to 1."""

    control_id: str
    score: float
    method: str
    polarity: str
    relation: str
    accepted: bool
    desired: str
    sure: bool  # of the polarity

    def favourable(self, answer: str) -> bool | None:
        """Whether an answer is the one a buyer hopes for; None where it cannot be said."""
        if not self.sure or answer not in _FAVOURABLE_KNOWN or self.desired not in _FAVOURABLE_KNOWN:
            return None
        met = answer == "yes" if self.polarity == "same" else answer == "no"
        return met == (self.desired == "yes")


def match_items(items: Sequence[Item], controls: Sequence[Control]) -> dict[str, list[Match]]:
    """The best five controls of every item, best first; the first is accepted above the threshold."""
    if not items or not controls:
        return {}
    scores = np.minimum(_scores(items, controls), 1.0)
    exact = _exact(items, controls)
    scores[exact] = 1.0
    order = np.argsort(-scores, axis=1, kind="stable")[:, :_CANDIDATES]
    found: dict[str, list[Match]] = {}
    for row, item in enumerate(items):
        sure = _is_sure(scores[row, order[row]])
        found[item.item_id] = [
            _match(
                item,
                controls[col],
                float(scores[row, col]),
                ("exact" if exact[row, col] else "fuzzy", sure and not place),
            )
            for place, col in enumerate(order[row])
        ]
    return found


def _exact(items: Sequence[Item], controls: Sequence[Control]) -> NDArray[np.bool_]:
    """Where an item's question is a control's definition or name, but for width and spaces."""
    names = [{fold(control.definition_ja), fold(control.name_ja)} for control in controls]
    return np.asarray([[fold(item.requirement) in name for name in names] for item in items], dtype=bool)


def _is_sure(best: NDArray[np.float64]) -> bool:
    """Whether the first of an item's best scores is high enough, or clearly ahead of the second."""
    ahead = best[0] - best[1] if len(best) > 1 else best[0]
    return bool(best[0] >= ACCEPT or (best[0] >= ACCEPT_AHEAD and ahead >= _AHEAD))


def _match(item: Item, control: Control, score: float, told: tuple[str, bool]) -> Match:
    method, accepted = told
    polarity = polarity_of(item.requirement, control.definition_ja)
    relation = "equal" if accepted else "intersects"
    return Match(
        control.control_id,
        round(score, 4),
        method,
        polarity.word,
        relation,
        accepted,
        control.desired,
        polarity.sure,
    )


def _scores(items: Sequence[Item], controls: Sequence[Control]) -> NDArray[np.float64]:
    """Weighted mean of three likenesses, items × controls."""
    questions = [f"{item.category} {item.name} {item.name} {item.requirement}" for item in items]
    answers = [f"{control.name_ja} {control.name_ja} {control.definition_ja}" for control in controls]
    words = [" ".join(content_words(text)) for text in (*questions, *answers)]
    split = len(questions)
    parts = (
        _cosine([fold(text) for text in questions], [fold(text) for text in answers], "char"),
        _cosine(words[:split], words[split:], "word"),
        _token_set(words[:split], words[split:]),
    )
    return np.asarray(sum(weight * part for weight, part in zip(_WEIGHTS, parts, strict=True)))


def _cosine(left: list[str], right: list[str], unit: str) -> NDArray[np.float64]:
    """TF-IDF cosine of character 1- to 3-grams or of words.

    Weights come from the controls (`right`) alone, so that an item's score does not change with the other files of
    a run; what no control says weighs most and lowers the score.
    """
    from sklearn.feature_extraction.text import HashingVectorizer, TfidfTransformer  # noqa: PLC0415  slow import

    spans = {"char": (1, 3), "word": (1, 1)}
    token = {"word": r"\S+", "char": None}[unit]
    counts = HashingVectorizer(
        analyzer=unit,
        ngram_range=spans[unit],
        token_pattern=token,
        norm=None,
        alternate_sign=False,
        n_features=1 << 20,
    )
    weights = TfidfTransformer(sublinear_tf=True)
    known = weights.fit_transform(counts.transform(right))
    return np.asarray((weights.transform(counts.transform(left)) @ known.T).todense())


def _token_set(left: list[str], right: list[str]) -> NDArray[np.float64]:
    from rapidfuzz import fuzz, process  # noqa: PLC0415

    return np.asarray(process.cdist(left, right, scorer=fuzz.token_set_ratio, workers=-1)) / 100.0
