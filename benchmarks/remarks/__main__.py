"""Learn the weights of the classifier of remarks, choose its thresholds, print held-out figures:

    python -m benchmarks.remarks [--held-out]

Figures of each writer are by a model that saw none of that writer's pairs. `--held-out` adds the writers that no weight and no
threshold was ever chosen by.
"""

from __future__ import annotations

import sys
from importlib import resources

from benchmarks.remarks.evaluate import choose_thresholds, figures_of, held_out_sums
from benchmarks.remarks.fit import fit_model, sums_of, write_weights
from benchmarks.remarks.pairs import HELD_OUT, features_of, learning_writers, read_cells, read_pairs
from normalizers.remarks.classifier.linear_weights import WEIGHTS


def main() -> None:
    """Learn, print, write."""
    writers = learning_writers()
    pairs = read_pairs(writers)
    features = [features_of(pair) for pair in pairs]
    sums = held_out_sums(pairs, features, writers)
    cells = [cell for cell in read_cells() if cell.writer in writers]
    fitted = fit_model([*pairs, *cells], [*features, *map(features_of, cells)])
    model = choose_thresholds(fitted, pairs, sums)
    print(f"{len(pairs)} pairs, {len(cells)} cells, {len(model.index)} features")
    for writer in writers:
        kept = [n for n, pair in enumerate(pairs) if pair.writer == writer]
        print(f"without {writer}: {figures_of(model, [pairs[n] for n in kept], sums[kept]).line()}")
    print(f"all, each by a model without its writer: {figures_of(model, pairs, sums).line()}")
    for heard in (0.9, 0.95):
        cheaper = choose_thresholds(model, pairs, sums, heard)
        print(f"if {heard:.0%} were enough: {figures_of(cheaper, pairs, sums).line()}")
    path = resources.files("normalizers.remarks.classifier") / WEIGHTS
    write_weights(model, path)  # type: ignore[arg-type]
    for writer in HELD_OUT if "--held-out" in sys.argv else ():
        kept_pairs = read_pairs([writer])
        kept_sums = sums_of(model, [features_of(pair) for pair in kept_pairs])
        print(f"held out, {writer}: {figures_of(model, kept_pairs, kept_sums).line()}")


if __name__ == "__main__":
    main()
