"""Lists of labelled items in, the weights out by which items of two forms are laid side by side.

Two items of different sets that take the same control are the same; those that share one of several are so in part. Standards
of other fields, of which the catalogue knows nothing, are learnt from too.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations
from pathlib import Path

import numpy as np

from pipeline.align.control.control_model import ControlModel
from pipeline.align.control.shared_controls import SHARED_AGAINST, SHARED_FEATURES, shared_pairs
from pipeline.align.features import Pairs
from pipeline.align.item import Item
from pipeline.align.model import Step
from pipeline.align.rival_features import BOTH_FEATURES, both_features
from pipeline.align.training.calibrate import LabelledItem
from pipeline.align.training.fit import Labelled, fit_step
from pipeline.align.vectors import Floats
from pipeline.catalogue.load import Control, load_controls

_IN_PART = 0.6
_OTHER_FIELDS = 5.0  # what a pair of another field counts, of which there are few
_WRONG_COSTS = 1.5
_UNTOLD = -1.0  # two items that no control takes: the labels do not tell whether they ask the same


@dataclass(frozen=True, slots=True)
class SharedExample:
    """Two lists laid side by side: candidate pairs, their features, how much each is the same, and their weights."""

    names: frozenset[str]
    pairs: Pairs
    features: Floats
    sameness: Floats
    weights: Floats
    answerable: int


def shared_examples(
    sets: Mapping[str, Sequence[LabelledItem]], editions: Path, model: ControlModel
) -> Iterator[SharedExample]:
    """Every pair of sets, by a catalogue without their wordings, and the two editions of every standard, both ways."""
    for first, second in permutations(sets, 2):
        sides = sets[first], sets[second]

        def sameness(row: int, col: int, sides: tuple[Sequence[LabelledItem], ...] = sides) -> float:
            own, counterpart = sides[0][row].controls, sides[1][col].controls
            if not own and not counterpart:
                return _UNTOLD
            return 0.0 if not own & counterpart else 1.0 if own == counterpart else _IN_PART

        items = [entry.item for entry in sides[0]], [entry.item for entry in sides[1]]
        names = frozenset((first, second))
        yield _example(names, items, sameness, (load_controls(without=names), model))
    for standard in tomllib.loads(editions.read_text(encoding="utf-8"))["standards"]:
        count = len(standard["pairs"])
        old, new = (
            [
                Item("", "", "", text)
                for text in [*(pair[side] for pair in standard["pairs"]), *standard[rest]]
            ]
            for side, rest in ((0, "dropped"), (1, "added"))
        )

        def is_same(row: int, col: int, count: int = count) -> float:
            return float(row == col < count)

        for items in ((old, new), (new, old)):
            yield _example(frozenset((standard["name"],)), items, is_same, (load_controls(), model))


def _example(
    names: frozenset[str],
    sides: tuple[Sequence[Item], Sequence[Item]],
    sameness: Callable[[int, int], float],
    known: tuple[Sequence[Control], ControlModel],
) -> SharedExample:
    pairs, features = shared_pairs(*sides, *known)
    same = np.array([sameness(r, c) for r, c in zip(pairs.rows.tolist(), pairs.cols.tolist(), strict=True)])
    plain = len(names) == 1
    weights = np.full(len(same), _OTHER_FIELDS) if plain else np.where(same > 0, 1.0, _WRONG_COSTS)
    weights[same == _UNTOLD] = 0.0
    answerable = sum(
        any(sameness(row, col) > 0 for col in range(len(sides[1]))) for row in range(len(sides[0]))
    )
    return SharedExample(names, pairs, features, np.maximum(same, 0.0), weights, answerable)


def fit_shared(examples: Sequence[SharedExample]) -> tuple[Step, Step]:
    """The step for a pair by itself, and the one among its rivals on both sides."""
    sameness, weights = (
        np.concatenate([getattr(e, name) for e in examples]) for name in ("sameness", "weights")
    )
    signs = [-1.0 if name in SHARED_AGAINST else 1.0 for name in SHARED_FEATURES]
    pair = fit_step(Labelled(np.vstack([e.features for e in examples]), sameness, weights), signs)
    among = np.vstack([both_features(e.pairs.rows, e.pairs.cols, pair.logits(e.features)) for e in examples])
    return pair, fit_step(Labelled(among, sameness, weights), [1.0] * len(BOTH_FEATURES))


def held_out_pair_lines(examples: Sequence[SharedExample]) -> Iterator[str]:
    """Precision and recall of pairs by their chance, of each kind of example, by weights that saw none of its lists."""
    firsts: dict[bool, list[tuple[float, bool]]] = {True: [], False: []}
    answerable = {True: 0, False: 0}
    steps: dict[frozenset[str], tuple[Step, Step]] = {}
    for example in examples:
        if example.names not in steps:
            steps[example.names] = fit_shared(
                [training for training in examples if not training.names & example.names]
            )
        firsts[len(example.names) == 1] += _firsts(example, *steps[example.names])
        answerable[len(example.names) == 1] += example.answerable
    for plain, name in (
        (True, "two editions of standards"),
        (False, "items of two writers by the control they share"),
    ):
        for least in (0.2, 0.3, 0.4, 0.5, 0.6):
            right = [is_right for chance, is_right in firsts[plain] if chance >= least]
            precise, recall = sum(right) / max(1, len(right)), sum(right) / max(1, answerable[plain])
            yield f"side by side from {least:.1f}, {name}: precision {precise:.3f}, recall {recall:.3f}"


def _firsts(example: SharedExample, pair: Step, both: Step) -> Iterator[tuple[float, bool]]:
    """Chance of each query's first counterpart and whether it is right; those of which the labels say nothing are left out."""
    rows, cols = example.pairs.rows, example.pairs.cols
    chances = both.chances(both_features(rows, cols, pair.logits(example.features)))
    for row in np.unique(rows):
        own = np.flatnonzero(rows == row)
        best = own[np.argmax(chances[own])]
        if example.weights[best]:
            yield float(chances[best]), bool(example.sameness[best])
