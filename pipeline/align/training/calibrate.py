"""Labelled items in, the weights by which an item takes its control out, and figures about them.

The pairs that the other weights are learnt from lie between forms. An item beside the catalogue is another task: several
wordings of a control, and near neighbours among the controls. So these weights are learnt on items with the controls that
a careful reader would take (benchmarks/check_items.toml: own wording, several styles, questions that no control takes).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
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
from pipeline.align.training.fit import Labelled, fit_choice, fit_step
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


@dataclass(frozen=True, slots=True)
class Judged:
    """Labelled items, their candidates, of each whether it is right (0 or 1), and which controls are twins."""

    labelled: Sequence[LabelledItem]
    pairs: ControlPairs
    right: Floats
    twins: NDArray[np.bool_]


def judge(labelled: Sequence[LabelledItem], controls: Sequence[Control]) -> Judged:
    """The candidates of labelled items; the wordings of `controls` must not be those items."""
    pairs = control_pairs([entry.item for entry in labelled], controls)
    right = [
        float(controls[col].control_id in labelled[row].controls)
        for row, col in zip(pairs.rows.tolist(), pairs.cols.tolist(), strict=True)
    ]
    return Judged(labelled, pairs, np.array(right), twin_matrix(controls))


def fit_control_model(sets: Sequence[Judged]) -> ControlModel:
    """The weights by which an item takes its control, learnt on sets of labelled items."""
    features, right, rows = _stacked(sets)
    signs = [-1.0 if name in CONTROL_AGAINST else 1.0 for name in CONTROL_FEATURES]
    control = fit_choice(features, right, rows, signs)
    firsts, accept = [], []
    for judged in sets:
        logits = control.logits(judged.pairs.features)
        first = _firsts(judged.pairs.rows, logits)
        firsts.append(judged.right[first])
        accept.append(accept_features(judged.pairs, logits, judged.twins)[first])
    hits = np.concatenate(firsts)
    # A wrong control costs more than a missed one: it stands in a comparison unseen.
    weights = np.where(hits > 0, 1.0, _WRONG_COSTS)
    accept_signs = [-1.0 if name in CONTROL_AGAINST else 1.0 for name in ACCEPT_FEATURES]
    step = fit_step(Labelled(np.vstack(accept), hits, weights), accept_signs)
    return ControlModel(control, step)


def _stacked(sets: Sequence[Judged]) -> tuple[Floats, Floats, NDArray[np.intp]]:
    """Features, right ones and items of all sets, the items numbered through."""
    starts = np.cumsum([0, *(len(judged.labelled) for judged in sets)])
    rows = [judged.pairs.rows + start for judged, start in zip(sets, starts[:-1].tolist(), strict=True)]
    return (
        np.vstack([judged.pairs.features for judged in sets]),
        np.concatenate([judged.right for judged in sets]),
        np.concatenate(rows),
    )


def _firsts(rows: NDArray[np.intp], logits: Floats) -> NDArray[np.intp]:
    """The index of each item's best candidate."""
    order = np.lexsort((-logits, rows))
    return np.asarray(order[np.r_[True, rows[order][1:] != rows[order][:-1]]])


def held_out_lines(sets: Mapping[str, Judged]) -> Iterator[str]:
    """Figures of every set, the weights learnt on the other sets; of all sets together last."""
    chances: dict[str, tuple[Floats, Floats]] = {}
    for name, judged in sets.items():
        model = fit_control_model([training for set_name, training in sets.items() if set_name != name])
        chances[name] = _first_chances(judged, model)
        yield from evaluate_items(judged, model, name)
    together = [np.concatenate(side) for side in zip(*chances.values(), strict=True)]
    yield from _curve(together[0], together[1], [e for judged in sets.values() for e in judged.labelled])


def evaluate_items(judged: Judged, model: ControlModel, name: str) -> Iterator[str]:
    """Share of right first and first three candidates, and precision and recall of what is accepted from a chance on."""
    logits = model.control.logits(judged.pairs.features)
    hits, likely = _first_chances(judged, model)
    three_hits = [
        bool(judged.right[own[np.argsort(-logits[own], kind="stable")[:3]]].any())
        for number in range(len(judged.labelled))
        for own in [np.flatnonzero(judged.pairs.rows == number)]
    ]
    with_control = sum(bool(entry.controls) for entry in judged.labelled)
    first_share, among = hits.sum() / with_control, sum(three_hits) / with_control
    yield (
        f"{name}: {len(judged.labelled)} items, {with_control} with a control; "
        f"right first {first_share:.3f}, in three {among:.3f}"
    )
    yield from _curve(hits, likely, judged.labelled)


def _first_chances(judged: Judged, model: ControlModel) -> tuple[Floats, Floats]:
    """Of each item whether its first candidate is right, and that one's chance."""
    logits = model.control.logits(judged.pairs.features)
    first = _firsts(judged.pairs.rows, logits)
    chances = model.accept.chances(accept_features(judged.pairs, logits, judged.twins))
    return judged.right[first], chances[first]


def _curve(hits: Floats, likely: Floats, labelled: Sequence[LabelledItem]) -> Iterator[str]:
    with_control = sum(bool(entry.controls) for entry in labelled)
    none = np.array([not entry.controls for entry in labelled], dtype=bool)
    for least in (0.3, 0.4, 0.5, 0.6, 0.7):
        taken = likely >= least
        precise, recall = hits[taken].sum() / max(1, taken.sum()), hits[taken].sum() / with_control
        yield (
            f"  from {least:.1f}: precision {precise:.3f} of {taken.sum()}, recall {recall:.3f}, "
            f"taken of {none.sum()} that no control takes {(taken & none).sum()}"
        )
