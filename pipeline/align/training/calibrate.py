"""Labelled items in, the weights by which an item takes its control out, and figures about them.

The pairs that the other weights are learnt from lie between forms. An item beside the catalogue is another task: several
wordings of a control, and near neighbours among the controls. So these weights are learnt on items with the controls that
a careful reader would take (benchmarks/check_items.toml: own wording, several styles, questions that no control takes).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.align.control.control_features import (
    ACCEPT_FEATURES,
    CONTROL_AGAINST,
    CONTROL_FEATURES,
    ControlPairs,
    accept_features,
    control_pairs,
)
from pipeline.align.control.control_model import ControlModel
from pipeline.align.control.twins import twin_matrix
from pipeline.align.item import Item
from pipeline.align.model import Step
from pipeline.align.training.fit import Labelled, fit_step
from pipeline.align.vectors import Floats
from pipeline.catalogue.load import Control

_WRONG_COSTS = 2.0


@dataclass(frozen=True, slots=True)
class LabelledItem:
    """An item, the controls that are right for it (none: no control takes it), and how yes relates to the first."""

    item: Item
    controls: frozenset[str]
    polarity: str


def read_labelled_items(path: Path) -> dict[str, list[LabelledItem]]:
    """The labelled items of each set of a TOML file. Raises OSError, and KeyError or ValueError on a broken file."""
    sets = tomllib.loads(path.read_text(encoding="utf-8"))["sets"]
    return {
        entry["name"]: [
            LabelledItem(
                Item(f"{entry['name']}{n}", category, name, text), frozenset(right.split()), polarity
            )
            for n, (category, name, text, right, polarity) in enumerate(entry["items"])
        ]
        for entry in sets
    }


def fit_control_model(
    labelled: Sequence[LabelledItem], controls: Sequence[Control], pair: Step
) -> ControlModel:
    """The weights by which an item takes its control, learnt on labelled items; `pair` tells which wording is nearest."""
    return _fit(_pairs_of(labelled, controls, pair), twin_matrix(controls), pair)


def _fit(judged: _Judged, twins: NDArray[np.bool_], pair: Step) -> ControlModel:
    signs = [-1.0 if name in CONTROL_AGAINST else 1.0 for name in CONTROL_FEATURES]
    control = fit_step(Labelled(judged.pairs.features, judged.right, np.ones(len(judged.right))), signs)
    logits = control.logits(judged.pairs.features)
    first = _firsts(judged.pairs.rows, logits)
    right = judged.right[first]
    # A wrong control costs more than a missed one: it stands in a comparison unseen.
    weights = np.where(right > 0, 1.0, _WRONG_COSTS)
    accept = accept_features(judged.pairs, logits, twins)[first]
    return ControlModel(
        pair, control, fit_step(Labelled(accept, right, weights), [1.0] * len(ACCEPT_FEATURES))
    )


@dataclass(frozen=True, slots=True)
class _Judged:
    """Candidates of labelled items, and of each whether it is right (0 or 1)."""

    pairs: ControlPairs
    right: Floats


def _pairs_of(labelled: Sequence[LabelledItem], controls: Sequence[Control], pair: Step) -> _Judged:
    pairs = control_pairs([entry.item for entry in labelled], controls, pair)
    right = [
        float(controls[col].control_id in labelled[row].controls)
        for row, col in zip(pairs.rows.tolist(), pairs.cols.tolist(), strict=True)
    ]
    return _Judged(pairs, np.array(right))


def _firsts(rows: NDArray[np.intp], logits: Floats) -> NDArray[np.intp]:
    """The index of each item's best candidate."""
    order = np.lexsort((-logits, rows))
    return np.asarray(order[np.r_[True, rows[order][1:] != rows[order][:-1]]])


def held_out_lines(
    sets: dict[str, list[LabelledItem]], controls: Sequence[Control], pair: Step
) -> Iterator[str]:
    """Figures of every set, the weights learnt on the other sets."""
    for name, labelled in sets.items():
        training = [entry for other_name, entries in sets.items() if other_name != name for entry in entries]
        yield from evaluate_items(labelled, controls, fit_control_model(training, controls, pair), name)


def evaluate_items(
    labelled: Sequence[LabelledItem], controls: Sequence[Control], model: ControlModel, name: str
) -> Iterator[str]:
    """Share of right first and first three candidates, and precision and recall of what is accepted from a chance on."""
    judged = _pairs_of(labelled, controls, model.pair)
    logits = model.control.logits(judged.pairs.features)
    chances = model.accept.chances(accept_features(judged.pairs, logits, twin_matrix(controls)))
    first = _firsts(judged.pairs.rows, logits)
    hits, likely = judged.right[first] > 0, chances[first]
    three_hits = [
        bool(judged.right[own[np.argsort(-logits[own], kind="stable")[:3]]].any())
        for number in range(len(labelled))
        for own in [np.flatnonzero(judged.pairs.rows == number)]
    ]
    with_control = sum(bool(entry.controls) for entry in labelled)
    first_share, among = hits.sum() / with_control, sum(three_hits) / with_control
    yield f"{name}: {len(labelled)} items, {with_control} with a control; right first {first_share:.3f}, in three {among:.3f}"
    none = np.array([not entry.controls for entry in labelled], dtype=bool)
    for least in (0.3, 0.4, 0.5, 0.6, 0.7):
        taken = likely >= least
        precise, recall = hits[taken].sum() / max(1, taken.sum()), hits[taken].sum() / with_control
        yield (
            f"  from {least:.1f}: precision {precise:.3f} of {taken.sum()}, recall {recall:.3f}, "
            f"taken of {none.sum()} that no control takes {(taken & none).sum()}"
        )
