"""Items and controls in, candidates of each item out, best first.

An item is compared with every way to say a control (its name and definition, and `also`), once with its category and
short name and once by its question alone; the best of these counts. A control whose `must` words do not stand in the
item, or whose `must_not` words do, falls back.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from normalizers.language.grammar.bearing import bearing_of
from normalizers.language.grammar.clause_bearing import Denial
from normalizers.language.text_coverage import relation_of
from normalizers.responses.answer_wording import AnswerWording, is_ambiguous
from normalizers.text import fold
from pipeline.align.direction import polarity_to
from pipeline.align.embeddings import EmbeddingModel
from pipeline.align.features import Indices, build_pairs
from pipeline.align.model import Model, load_model
from pipeline.align.rival_features import row_features
from pipeline.align.vectors import Floats, prepare_text
from pipeline.catalogue.figure_limits import Figure, FigureLimits
from pipeline.catalogue.load import Control

_CANDIDATES = 5
# Chance from which an item takes its first candidate: see the curves of `python -m benchmarks.alignment`.
ACCEPT = 0.50
_FORBIDDEN, _LACKING = 4.0, 2.5  # off the logit of a control whose words do not fit
_ITEMS_AT_ONCE = 2000
WordSets = tuple[tuple[str, ...], ...]  # any of these, each all of its words together
_FAVOURABLE_KNOWN = {"yes", "no"}


@dataclass(frozen=True, slots=True)
class Item:
    """What an item is about: its short names and its question."""

    item_id: str
    category: str
    name: str
    requirement: str
    section: str = ""
    number: str = ""

    @property
    def full(self) -> str:
        """Category, short name and question as one text."""
        return " ".join(filter(None, (self.category, self.name, self.requirement)))


@dataclass(frozen=True, slots=True)
class Candidate:
    """One candidate of an item; `score` is 0 to 1."""

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
    model = load_model("items")
    rows, cols, logits, nearest_wordings = scored_pairs(items, controls, model, embeddings)
    chances = model.row.chances(row_features(rows, logits))
    exact = _exact(controls)
    edges = np.searchsorted(rows, np.arange(len(items) + 1))
    for item, start, end in zip(items, edges[:-1], edges[1:], strict=True):
        scores = dict(zip(cols[start:end].tolist(), chances[start:end].tolist(), strict=True))
        nearest = dict(zip(cols[start:end].tolist(), nearest_wordings[start:end].tolist(), strict=True))
        same = exact.get(fold(item.requirement))
        if same is not None:
            scores[same] = 1.0
        best = sorted(scores, key=lambda col: (-round(scores[col], 6), col != same, col))[:_CANDIDATES]
        matches = [build_candidate(item, controls[col], scores[col], nearest.get(col, 0)) for col in best]
        yield [_decided(matches[0], best[0] == same), *matches[1:]]


def build_candidate(item: Item, control: Control, score: float, wording: int = 0) -> Candidate:
    """A candidate, not accepted yet; `wording` is the way of saying the control that is nearest to the item."""
    polarity = polarity_to(item.requirement, control, wording)
    return Candidate(
        control.control_id,
        round(score, 4),
        "fuzzy",
        polarity.value,
        relation_of(item.requirement, control.wordings[wording]),
        False,
        control.desired,
        polarity.sure,
        control.limits,
        bearing_of(item.requirement).denial,
    )


def _decided(match: Candidate, exact: bool) -> Candidate:
    """The first candidate, accepted where it is sure enough or says the same but for width and spaces."""
    if exact:
        return replace(match, method="exact", accepted=True, relation="equal")
    accepted = match.score >= ACCEPT
    related = match.relation if match.relation in {"subset", "superset"} or not accepted else "equal"
    return replace(match, accepted=accepted, relation=related)


def scored_pairs(
    items: Sequence[Item], controls: Sequence[Control], model: Model, embeddings: EmbeddingModel | None = None
) -> tuple[Indices, Indices, Floats, Indices]:
    """Item, control, logit and nearest wording of every candidate, by item; words that speak against it are counted."""
    rows, cols, logits, nearest_wordings = _by_control(items, controls, model, embeddings)
    return rows, cols, logits - _ruled_out(items, controls, (rows, cols, nearest_wordings)), nearest_wordings


def _by_control(
    items: Sequence[Item], controls: Sequence[Control], model: Model, embeddings: EmbeddingModel | None
) -> tuple[Indices, Indices, Floats, Indices]:
    """Item, control, logit and wording of every candidate, by item and control: the best of all wordings of both."""
    wordings = [
        (text, col, n) for col, control in enumerate(controls) for n, text in enumerate(control.wordings)
    ]
    item_texts = [
        (text, row) for row, item in enumerate(items) for text in dict.fromkeys((item.full, item.requirement))
    ]
    known = [prepare_text(text) for text, _, _ in wordings]
    pairs = build_pairs([prepare_text(text) for text, _ in item_texts], known, known)
    logits = model.pair.logits(pairs.features)
    if embeddings:
        texts = [text for text, _ in item_texts], [text for text, _, _ in wordings]
        logits = logits + embeddings.gains(*texts, (pairs.rows, pairs.cols))
    rows = np.array([row for _, row in item_texts], dtype=np.intp)[pairs.rows]
    cols = np.array([col for _, col, _ in wordings], dtype=np.intp)[pairs.cols]
    nearest = np.array([n for _, _, n in wordings], dtype=np.intp)[pairs.cols]
    order = np.lexsort((-logits, cols, rows))
    rows, cols, logits, nearest = rows[order], cols[order], logits[order], nearest[order]
    first = np.r_[True, (rows[1:] != rows[:-1]) | (cols[1:] != cols[:-1])]
    return rows[first], cols[first], logits[first], nearest[first]


def _ruled_out(
    items: Sequence[Item], controls: Sequence[Control], pairs: tuple[Indices, Indices, Indices]
) -> Floats:
    """What is taken off the logit of each (item, control, wording) where the words of the item do not fit the control.

    `管理者&記録` stands for both words together. Where the wording that the item is nearest to lacks the `must` words
    itself, they are not asked of the item.
    """
    texts = [fold(f"{item.section} {item.full}") for item in items]
    bounds = [_bounds(control) for control in controls]
    return np.array(
        [
            _off(texts[row], () if n in bounds[col].without else bounds[col].must, bounds[col].must_not)
            for row, col, n in zip(*pairs, strict=True)
        ],
        dtype=float,
    )


@dataclass(frozen=True, slots=True)
class _Bounds:
    """A control's folded words, and the numbers of its wordings that hold none of `must`."""

    must: WordSets
    must_not: WordSets
    without: frozenset[int]


@lru_cache(maxsize=4096)
def _bounds(control: Control) -> _Bounds:
    must, must_not = _folded(control.must), _folded(control.must_not)
    without = frozenset(n for n, text in enumerate(control.wordings) if _off(fold(text), must, ()))
    return _Bounds(must, must_not, without)


def _folded(words: Sequence[str]) -> WordSets:
    return tuple(tuple(fold(word) for word in together.split("&")) for together in words)


def _off(text: str, must: WordSets, must_not: WordSets) -> float:
    if must_not and any(all(word in text for word in together) for together in must_not):
        return _FORBIDDEN
    lacks = must and not any(all(word in text for word in together) for together in must)
    return _LACKING if lacks else 0.0


def _exact(controls: Sequence[Control]) -> dict[str, int]:
    """Folded definitions, names and other wordings, and the control of each."""
    by_text: dict[str, int] = {}
    for col, control in enumerate(controls):
        for text in (control.definition_ja, control.name_ja, *control.also):
            by_text.setdefault(fold(text), col)
    return by_text
