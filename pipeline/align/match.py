"""Items and controls in, candidates of each item out, best first.

What speaks for a control stands in control/control_features.py; the weights (weights.toml) are learnt. The first candidate is
taken where its chance, by absolute evidence and by its rivals, is high enough.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from normalizers.language.grammar.bearing import bearing_of
from normalizers.language.grammar.clause_bearing import Denial
from normalizers.language.polarity import Polarity
from normalizers.language.same_question import asks_the_same
from normalizers.responses.answer_wording import AnswerWording, is_ambiguous
from normalizers.text import fold
from pipeline.align.control.control_features import accept_features, control_pairs
from pipeline.align.control.control_model import load_control_model
from pipeline.align.control.direction import polarity_to
from pipeline.align.control.twins import twin_matrix
from pipeline.align.embeddings import EmbeddingModel
from pipeline.align.item import Item
from pipeline.catalogue.figure_limits import Figure, FigureLimits
from pipeline.catalogue.load import Control

_CANDIDATES = 5
# Chance from which an item takes its first candidate: see the curves of `python -m benchmarks.alignment`. Held-out writers from
# 0.4: precision 0.927, recall 0.888; from 0.3: 0.917 and 0.908.
ACCEPT = 0.35
# Chance from which a control that an item takes may tell its direction where its own words do not: `個人情報を取り扱いますか`
# takes the laws on personal data with 0.47, and is neither good nor bad.
_SURE_OF_DIRECTION = 0.5
_ITEMS_AT_ONCE = 2000
_FAVOURABLE_KNOWN = {"yes", "no"}


@dataclass(frozen=True, slots=True)
class Candidate:
    """One candidate of an item; `score` is 0 to 1, `relation` "equal" where both surely ask the same, else empty."""

    control_id: str
    score: float
    method: str
    polarity: str
    relation: str
    accepted: bool
    desired: str
    sure: bool  # of the polarity
    limits: FigureLimits | None = None  # of a figure that answers the control
    denial: Denial = Denial.NONE  # of the item's question

    def favourable(
        self, answer: str, figure: Figure | None = None, wording: AnswerWording = AnswerWording.STATES
    ) -> bool | None:
        """Whether an answer is the one a buyer hopes for; None where it cannot be said.

        A narrower item is hoped for as much as its control, so the relation changes nothing; a figure is judged only
        by limits that the user gave the control. 適合 and 不適合 (`wording`) tell by themselves; いいえ to a question that
        denies may mean either.
        """
        if self.limits is not None and figure is not None and answer in {"value", "yes"}:
            return self.limits.hold(figure)
        if answer not in _FAVOURABLE_KNOWN or self.desired not in _FAVOURABLE_KNOWN:
            return None
        if wording == AnswerWording.CONFORMS:
            return answer == "yes"
        if not self.sure or is_ambiguous(answer, wording, self.denial):
            return None
        met = answer == "yes" if self.polarity == "same" else answer == "no"
        return met == (self.desired == "yes")


# How answers to an item that no control takes stand: 適合 and 不適合 tell by themselves, nothing else does.
UNALIGNED = Candidate("", 0.0, "", "unclear", "", False, "yes", sure=False)


def match_items(
    items: Sequence[Item], controls: Sequence[Control], embeddings: EmbeddingModel | None = None
) -> dict[str, list[Candidate]]:
    """The best five controls of every item, best first; the first is accepted above the threshold.

    Items with the same words are scored once. `meaning` is a user's embedding model.
    """
    if not items or not controls:
        return {}
    same_words: dict[tuple[str, ...], list[Item]] = {}
    for item in items:
        same_words.setdefault((item.section, item.category, item.name, item.requirement), []).append(item)
    firsts = [group[0] for group in same_words.values()]
    candidates: dict[str, list[Candidate]] = {}
    for start in range(0, len(firsts), _ITEMS_AT_ONCE):
        batch = firsts[start : start + _ITEMS_AT_ONCE]
        for item, matches in zip(batch, _match_some(batch, controls, embeddings), strict=True):
            for duplicate in same_words[item.section, item.category, item.name, item.requirement]:
                candidates[duplicate.item_id] = matches
    return {item.item_id: candidates[item.item_id] for item in items}


def _match_some(
    items: Sequence[Item], controls: Sequence[Control], embeddings: EmbeddingModel | None
) -> Iterator[list[Candidate]]:
    """The candidates of each item, in order."""
    model = load_control_model()
    pairs = control_pairs(items, controls, embeddings)
    logits = model.control.logits(pairs.features) + pairs.gains
    chances = model.accept.chances(accept_features(pairs, logits, twin_matrix(controls)))
    exact = _exact(controls)
    edges = np.searchsorted(pairs.rows, np.arange(len(items) + 1))
    for item, start, end in zip(items, edges[:-1], edges[1:], strict=True):
        order = start + np.lexsort((pairs.cols[start:end], -logits[start:end].round(6)))[:_CANDIDATES]
        # The order is that of the logits; a later candidate is never likelier than one before it.
        scores = dict(
            zip(pairs.cols[order].tolist(), np.minimum.accumulate(chances[order]).tolist(), strict=True)
        )
        nearest = dict(zip(pairs.cols[start:end].tolist(), pairs.wordings[start:end].tolist(), strict=True))
        same = exact.get(fold(item.requirement))
        if same is not None:
            scores = {same: 1.0} | {col: score for col, score in scores.items() if col != same}
        best = list(scores)[:_CANDIDATES]
        matches = [build_candidate(item, controls[col], scores[col], nearest.get(col, 0)) for col in best]
        yield [_decided(matches[0], best[0] == same), *matches[1:]]


def build_candidate(item: Item, control: Control, score: float, wording: int = 0) -> Candidate:
    """A candidate, not accepted yet; `wording` is the way of saying the control that is nearest to the item."""
    bearing = bearing_of(item.requirement)
    polarity = polarity_to(item.requirement, control, wording)
    if score < _SURE_OF_DIRECTION and not bearing.settled:
        polarity = Polarity.UNCLEAR
    return Candidate(
        control.control_id,
        round(score, 4),
        "fuzzy",
        polarity.value,
        "equal" if asks_the_same(item.requirement, control.wordings[wording]) else "",
        False,
        control.desired,
        polarity.sure,
        control.limits,
        bearing.denial,
    )


def _decided(match: Candidate, exact: bool) -> Candidate:
    """The first candidate, accepted where it is sure enough or says the same but for width and spaces."""
    if exact:
        return replace(match, method="exact", accepted=True, relation="equal")
    return replace(match, accepted=match.score >= ACCEPT)


def _exact(controls: Sequence[Control]) -> dict[str, int]:
    """Folded definitions, names and other wordings, those that say the contrary too, and the control of each."""
    by_text: dict[str, int] = {}
    for col, control in enumerate(controls):
        for text in (control.definition_ja, control.name_ja, *control.also, *control.contrary):
            by_text.setdefault(fold(text), col)
    return by_text
