"""Labelled items in; the catalogue's labelled wordings, the weights of an item's control and of pairs of items out:

    python -m pipeline.align.training.train_controls ITEMS FORM_PAIRS

ITEMS: TOML of items with their controls (benchmarks/check_items.toml). FORM_PAIRS: folder of pairs of forms with the themes that
they share (benchmarks/form_pairs). Figures are printed of every set by weights and a catalogue that have not seen it.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from pipeline.align.control.control_features import ACCEPT_FEATURES, CONTROL_FEATURES
from pipeline.align.control.shared_controls import SHARED_FEATURES
from pipeline.align.rival_features import BOTH_FEATURES
from pipeline.align.training.calibrate import fit_control_model, held_out_lines, judge, read_labelled_items
from pipeline.align.training.labelled_wordings import labelled_wordings_to_toml
from pipeline.align.training.side_by_side_weights import fit_shared, held_out_pair_lines, shared_examples
from pipeline.align.training.weights_file import WEIGHTS, table_of, write_weights
from pipeline.catalogue.load import ALL_SETS, load_controls

WORDINGS = WEIGHTS.parents[1] / "catalogue" / "labelled_wordings.toml"


def main(arguments: Sequence[str]) -> int:
    """Learn, print held-out figures, write the wordings and the weights."""
    if len(arguments) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    sets = read_labelled_items(Path(arguments[0]))
    WORDINGS.write_text(labelled_wordings_to_toml(sets, load_controls(without=ALL_SETS)), encoding="utf-8")
    judged = {
        name: judge(labelled, load_controls(without=frozenset({name}))) for name, labelled in sets.items()
    }
    print(*held_out_lines(judged), sep="\n")
    model = fit_control_model(list(judged.values()))
    write_weights({
        ("items", "control"): table_of(model.control, CONTROL_FEATURES),
        ("items", "accept"): table_of(model.accept, ACCEPT_FEATURES),
    })  # fmt: skip
    examples = list(shared_examples(Path(arguments[1]), model))
    print(*held_out_pair_lines(examples), sep="\n")
    pair, both = fit_shared(examples)
    write_weights({
        ("shared", "pair"): table_of(pair, SHARED_FEATURES),
        ("shared", "both"): table_of(both, BOTH_FEATURES),
    })  # fmt: skip
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
