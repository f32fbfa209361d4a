"""Labelled items in, the step that turns scores against the catalogue into chances out, and figures about it.

The pairs that the other weights are learnt from lie between forms. An item beside the catalogue is another task: several
wordings of a control, and near neighbours among the controls. So the last step is learnt on items with the controls that
a careful reader would take (benchmarks/check_items.toml: own wording, several styles, questions that no control takes).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from pipeline.align.match import Item, scored_pairs
from pipeline.align.model import Model
from pipeline.align.rival_features import ROW_FEATURES, row_features
from pipeline.align.training.fit import Labelled, fit_step
from pipeline.catalogue.load import Control


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


def fit_row(labelled: Sequence[LabelledItem], controls: Sequence[Control], model: Model) -> Model:
    """The model with its row step learnt on labelled items."""
    rows, cols, logits, _ = scored_pairs([entry.item for entry in labelled], controls, model)
    right = np.array(
        [
            float(controls[col].control_id in labelled[row].controls)
            for row, col in zip(rows, cols, strict=True)
        ]
    )
    features = row_features(rows, logits)
    step = fit_step(Labelled(features, right, np.ones(len(right))), [1.0] * len(ROW_FEATURES))
    return replace(model, row=step)


def held_out_lines(
    sets: dict[str, list[LabelledItem]], controls: Sequence[Control], model: Model
) -> Iterator[str]:
    """Figures of every set, its row step learnt on the other sets."""
    for name, labelled in sets.items():
        training = [entry for other_name, entries in sets.items() if other_name != name for entry in entries]
        yield from evaluate_items(labelled, controls, fit_row(training, controls, model), name)


def evaluate_items(
    labelled: Sequence[LabelledItem], controls: Sequence[Control], model: Model, name: str
) -> Iterator[str]:
    """Share of right first and first three candidates, and precision and recall of what is accepted from a chance on."""
    rows, cols, logits, _ = scored_pairs([entry.item for entry in labelled], controls, model)
    chances = model.row.chances(row_features(rows, logits))
    best_chances, first_hits, three_hits = [], [], []
    for number, entry in enumerate(labelled):
        pair_indices = np.flatnonzero(rows == number)
        ranked = pair_indices[np.argsort(-chances[pair_indices], kind="stable")]
        hits = [controls[col].control_id in entry.controls for col in cols[ranked[:3]]]
        best_chances.append(chances[ranked[0]])
        first_hits.append(hits[0])
        three_hits.append(any(hits))
    with_control = sum(bool(entry.controls) for entry in labelled)
    first, among = sum(first_hits) / with_control, sum(three_hits) / with_control
    yield f"{name}: {len(labelled)} items, {with_control} with a control; right first {first:.3f}, in three {among:.3f}"
    for least in (0.3, 0.4, 0.5, 0.6, 0.7):
        taken = [hit for hit, score in zip(first_hits, best_chances, strict=True) if score >= least]
        precise, recall = sum(taken) / max(1, len(taken)), sum(taken) / with_control
        yield f"  from {least:.1f}: precision {precise:.3f} of {len(taken)}, recall {recall:.3f}"
