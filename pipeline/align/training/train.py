"""Labelled pairs in, `weights.toml` and a held-out evaluation out:

    python -m pipeline.align.training.train PAIRS FILES [EDITIONS]

PAIRS: CSV with a_doc, a_no, b_doc, b_no, relation (equal, subset, superset, intersects). FILES: JSON, form → received
sheet. EDITIONS: TOML of standards in two editions (benchmarks/editions.toml), so that the weights fit texts of other
fields too. What an item takes of the catalogue is learnt by train_controls.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from pipeline.align.features import AGAINST, FEATURES
from pipeline.align.model import Model, Step
from pipeline.align.rival_features import BOTH_FEATURES, ROW_FEATURES, both_features, row_features
from pipeline.align.training.examples import Example, editions_to_examples, evaluate, pairs_to_examples
from pipeline.align.training.fit import Labelled, fit_step
from pipeline.align.training.weights_file import Tables, table_of, write_weights
from pipeline.align.vectors import Floats

# How much a pair of a relation counts as the same; the rest of its weight counts as not the same.
_SAMENESS = {
    "texts": {"equal": 1.0, "subset": 1.0, "superset": 1.0, "intersects": 0.5, "": 0.0},
    "items": {"equal": 1.0, "subset": 0.6, "superset": 0.6, "intersects": 0.25, "": 0.0},
}
# What an example of another field counts beside one of check sheets, for a pair alone and for how it stands among others.
_PLAIN_WEIGHT = {"texts": (10.0, 50.0), "items": (0.5, 0.5)}


def fit_model(examples: Sequence[Example], name: str) -> Model:
    """The model learnt from examples; `name` says what it is for (`texts` or `items`)."""
    sameness = np.concatenate([[_SAMENESS[name][r] for r in e.relations] for e in examples])
    alone, among = (_weights(examples, plain) for plain in _PLAIN_WEIGHT[name])
    features = np.vstack([e.pairs.features for e in examples])
    pair = fit_step(Labelled(features, sameness, alone), [-1.0 if f in AGAINST else 1.0 for f in FEATURES])
    steps = []
    for both in (False, True):
        context = np.vstack([_context(e, pair, both) for e in examples])
        steps.append(fit_step(Labelled(context, sameness, among), [1.0] * context.shape[1]))
    return Model(pair, *steps)


def _weights(examples: Sequence[Example], plain: float) -> Floats:
    return np.concatenate([np.full(len(e.relations), plain if e.plain else 1.0) for e in examples])


def _context(example: Example, pair: Step, both: bool) -> Floats:
    alone = pair.logits(example.pairs.features)
    rows, cols = example.pairs.rows, example.pairs.cols
    return both_features(rows, cols, alone) if both else row_features(rows, alone)


def tables_of(models: Mapping[str, Model]) -> Tables:
    """The models as tables of weights.toml."""
    steps = (("pair", FEATURES), ("row", ROW_FEATURES), ("both", BOTH_FEATURES))
    return {
        (name, part): table_of(getattr(model, part), features)
        for name, model in models.items()
        for part, features in steps
    }


def held_out(examples: Sequence[Example], name: str) -> list[tuple[Example, Model]]:
    """Every example with a model that saw none of its forms."""
    models: dict[frozenset[str], Model] = {}
    for example in examples:
        if example.forms not in models:
            training = [candidate for candidate in examples if not candidate.forms & example.forms]
            models[example.forms] = fit_model(training, name)
    return [(example, models[example.forms]) for example in examples]


def main(arguments: Sequence[str]) -> int:
    """Learn, print the figures of trained and held-out models, write their part of pipeline/align/weights.toml."""
    if not 2 <= len(arguments) <= 3:
        print(__doc__, file=sys.stderr)
        return 2
    examples = pairs_to_examples(Path(arguments[0]), Path(arguments[1]))
    if len(arguments) >= 3:
        examples += editions_to_examples(Path(arguments[2]))
    models = {name: fit_model(examples, name) for name in _PLAIN_WEIGHT}
    for name, model in models.items():
        for label, judged in (
            ("trained", [(e, model) for e in examples]),
            ("held out", held_out(examples, name)),
        ):
            for line in evaluate(judged):
                print(f"{name}, {label}: {line}")
    write_weights(tables_of(models))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
