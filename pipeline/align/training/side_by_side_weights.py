"""Pairs of labelled forms in, the weights out by which items of two forms are laid side by side.

Two items of two forms are the same where they have the same theme (benchmarks/form_pairs: two forms of one writer a file, the
writer's letter first in the file's name).
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from pipeline.align.control.control_model import ControlModel
from pipeline.align.control.shared_controls import SHARED_FEATURES, shared_pairs
from pipeline.align.features import Pairs
from pipeline.align.item import Item
from pipeline.align.model import Step
from pipeline.align.rival_features import BOTH_FEATURES, both_features
from pipeline.align.training.fit import Labelled, fit_step
from pipeline.align.vectors import Floats
from pipeline.catalogue.load import load_controls

Side = list[tuple[Item, str]]  # the items of a form with their themes


@dataclass(frozen=True, slots=True)
class SharedExample:
    """Two lists laid side by side: candidate pairs, their features, and whether each is the same (0 or 1).

    `answerable` is how many items of the first list have a counterpart.
    """

    writer: str
    pairs: Pairs
    features: Floats
    sameness: Floats
    answerable: int


def form_sides(rows: Sequence[Mapping[str, str]]) -> tuple[Side, Side]:
    """The two forms of rows with `form`, `requirement`, `theme` and, where there are, `category` and `name`.

    An item's id is the place of its row. Raises ValueError where there are not two forms.
    """
    sides: dict[str, Side] = {row["form"]: [] for row in rows}
    if len(sides) != 2:
        raise ValueError(f"two forms are wanted, not {len(sides)}: {' '.join(sides)}")
    for number, row in enumerate(rows):
        item = Item(str(number), row.get("category", ""), row.get("name", ""), row["requirement"])
        sides[row["form"]].append((item, row["theme"]))
    first, second = sides.values()
    return first, second


def shared_examples(folder: Path, model: ControlModel) -> Iterator[SharedExample]:
    """Every pair of forms, both ways."""
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as stream:
            first, second = form_sides(list(csv.DictReader(stream)))
        for sides in ((first, second), (second, first)):
            yield _example(path.stem[0], sides, model)


def _example(writer: str, sides: tuple[Side, Side], model: ControlModel) -> SharedExample:
    queries, candidates = ([item for item, _ in side] for side in sides)
    themes = [[theme for _, theme in side] for side in sides]
    pairs, features = shared_pairs(queries, candidates, load_controls(), model)
    same = [
        float(themes[0][row] != "" and themes[0][row] == themes[1][col])
        for row, col in zip(pairs.rows.tolist(), pairs.cols.tolist(), strict=True)
    ]
    answerable = sum(theme != "" and theme in themes[1] for theme in themes[0])
    return SharedExample(writer, pairs, features, np.array(same), answerable)


def fit_shared(examples: Sequence[SharedExample]) -> tuple[Step, Step]:
    """The step for a pair by itself, and the one among its rivals on both sides."""
    sameness = np.concatenate([e.sameness for e in examples])
    weights = np.ones(len(sameness))
    features = np.vstack([e.features for e in examples])
    pair = fit_step(Labelled(features, sameness, weights), [1.0] * len(SHARED_FEATURES))
    among = np.vstack([both_features(e.pairs.rows, e.pairs.cols, pair.logits(e.features)) for e in examples])
    return pair, fit_step(Labelled(among, sameness, weights), [1.0] * len(BOTH_FEATURES))


def held_out_pair_lines(examples: Sequence[SharedExample]) -> Iterator[str]:
    """Precision and recall of pairs by their chance, by weights that saw none of their writer's forms."""
    firsts: list[tuple[float, bool]] = []
    for writer in sorted({example.writer for example in examples}):
        steps = fit_shared([example for example in examples if example.writer != writer])
        for example in examples:
            if example.writer == writer:
                firsts += _firsts(example, *steps)
    answerable = sum(example.answerable for example in examples)
    for least in (0.2, 0.3, 0.4, 0.5, 0.6):
        right = [is_right for chance, is_right in firsts if chance >= least]
        precise, recall = sum(right) / max(1, len(right)), sum(right) / max(1, answerable)
        yield f"side by side from {least:.1f}, forms of held-out writers: precision {precise:.3f}, recall {recall:.3f}"


def _firsts(example: SharedExample, pair: Step, both: Step) -> Iterator[tuple[float, bool]]:
    """Chance of each query's first counterpart and whether it is right."""
    rows, cols = example.pairs.rows, example.pairs.cols
    chances = both.chances(both_features(rows, cols, pair.logits(example.features)))
    for row in np.unique(rows):
        own = np.flatnonzero(rows == row)
        best = own[np.argmax(chances[own])]
        yield float(chances[best]), bool(example.sameness[best])
