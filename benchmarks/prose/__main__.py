"""Learn the weights of the reader of prose, choose its thresholds, print held-out figures:

    python -m benchmarks.prose [--held-out]

Figures of each writer are by a model that saw nothing of that writer. `--held-out` adds the writers that no weight and no
threshold was ever chosen by, as the product reads them, grammar and rules counted in.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from importlib import resources

from benchmarks.prose.cells import HELD_OUT, LabelledCell, read_helpers, read_writers
from benchmarks.prose.evaluate import Figures, choose_thresholds, figures_of, held_out_sums, outcome
from benchmarks.prose.fit import fit_model, write_weights
from normalizers.prose.prose_model import READ_ANSWERS
from normalizers.prose.read_prose import read_prose
from normalizers.remarks.classifier.linear_weights import WEIGHTS


def main() -> None:
    """Learn, print, write."""
    writers = read_writers()
    cells = [cell for cell in writers if cell.writer not in HELD_OUT]
    learnt = [cell for cell in cells if cell.answer in READ_ANSWERS]
    helpers = [cell for cell in read_helpers() if cell.writer not in HELD_OUT]
    features, helper_features = [cell.features() for cell in learnt], [cell.features() for cell in helpers]
    sums = held_out_sums(learnt, features, helpers, helper_features)
    model = fit_model([*learnt, *helpers], [*features, *helper_features])
    model = choose_thresholds(model, learnt, sums)
    print(f"{len(learnt)} cells, {len(helpers)} remarks and phrases, {len(model.index)} features")
    print(
        f"thresholds: yes {model.plain_from:.2f} plain, {model.yes_from:.2f} with a caveat, no {model.no_from:.2f}"
    )
    for writer in sorted({cell.writer for cell in learnt}):
        kept = [n for n, cell in enumerate(learnt) if cell.writer == writer]
        print(f"without {writer}: {figures_of(model, [learnt[n] for n in kept], sums[kept]).line()}")
    print(f"all, each by a model without its writer: {figures_of(model, learnt, sums).line()}")
    bare = replace(model, plain_from=0.0, yes_from=0.0, no_from=0.0, other_from=0.0)
    print(f"if the likeliest answer were always taken: {figures_of(bare, learnt, sums).line()}")
    write_weights(model, resources.files("normalizers.prose") / WEIGHTS)  # type: ignore[arg-type]
    for writer in HELD_OUT if "--held-out" in sys.argv else ():
        print(f"held out, {writer}: {as_read([cell for cell in writers if cell.writer == writer]).line()}")


def as_read(cells: Sequence[LabelledCell]) -> Figures:
    """How the product stores cells beside their questions."""
    counts: Counter[str] = Counter()
    for cell in cells:
        result = read_prose(cell.cell, cell.question, cell.unit, cell.read_alone())
        counts[outcome(cell, result.answer, bool(result.caveat))] += 1
        counts["right"] += bool(result.caveat) and result.answer in cell.accepted
    return Figures(len(cells), counts)


if __name__ == "__main__":
    main()
