"""Learn the weights of the classifier of remarks, choose its thresholds, print held-out figures:

    python -m benchmarks.remarks [--held-out]
    python -m benchmarks.remarks --grade FILE [--show]

`--grade` learns nothing: it judges the pairs of a file with the weights in use and prints their figures. A line of the file is
one JSON object: `requirement` (or `question`), `remark`, `effect` (supports, other, scope, time, condition, denies, moot, figure)
and, where another answer than the kind's own is right, `stored` (or `answer`): partial, planned, conditional, no,
not_applicable, unclear; any other `answer`, such as the mark, is left aside. `--show` prints each limiting remark that stays a
plain yes and each supporting one that does not.

Figures of each writer are by a model that saw none of that writer's pairs. `--held-out` adds the writers that no weight and no
threshold was ever chosen by.
"""

from __future__ import annotations

import sys
from importlib import resources
from pathlib import Path

from benchmarks.remarks.evaluate import choose_thresholds, figures_of, held_out_outcomes
from benchmarks.remarks.fit import fit_model, outcomes_of, write_weights
from benchmarks.remarks.pairs import (
    HELD_OUT,
    features_of,
    learning_writers,
    read_cells,
    read_file,
    read_pairs,
)
from normalizers.remarks.beside_yes import judge_remark
from normalizers.remarks.classifier.linear_weights import WEIGHTS
from normalizers.remarks.classifier.verdict_of_remark import load_model


def grade(path: Path, show: bool) -> None:
    """Judge the pairs of a file as the product does; print their figures and, if asked, what is judged wrongly."""
    pairs = read_file(path)
    model = load_model()
    print(
        f"{path.name}: {figures_of(model, pairs, outcomes_of(model, [features_of(pair) for pair in pairs])).line()}"
    )
    for pair in pairs if show else ():
        judgement = judge_remark(pair.remark, pair.question)
        is_plain = judgement.answer is None and not judgement.caveat
        if (pair.limits and is_plain) or (pair.effect == "supports" and not is_plain):
            print(
                f"{pair.effect} | {pair.question} | {pair.remark} | {judgement.answer or ('yes' if is_plain else 'caveat')}"
            )


def main() -> None:
    """Learn, print, write."""
    writers = learning_writers()
    pairs = read_pairs(writers)
    features = [features_of(pair) for pair in pairs]
    outcomes = held_out_outcomes(pairs, features, writers)
    cells = [cell for cell in read_cells() if cell.writer in writers]
    fitted = fit_model([*pairs, *cells], [*features, *map(features_of, cells)])
    model = choose_thresholds(fitted, pairs, outcomes)
    print(f"{len(pairs)} pairs, {len(cells)} cells, {len(model.index)} features")
    for writer in writers:
        kept = [n for n, pair in enumerate(pairs) if pair.writer == writer]
        print(f"without {writer}: {figures_of(model, [pairs[n] for n in kept], outcomes[kept]).line()}")
    print(f"all, each by a model without its writer: {figures_of(model, pairs, outcomes).line()}")
    for heard in (0.85, 0.9, 0.95, 0.99):
        cheaper = choose_thresholds(model, pairs, outcomes, heard)
        print(f"if {heard:.0%} were enough: {figures_of(cheaper, pairs, outcomes).line()}")
    path = resources.files("normalizers.remarks.classifier") / WEIGHTS
    write_weights(model, path)  # type: ignore[arg-type]
    for writer in HELD_OUT if "--held-out" in sys.argv else ():
        kept_pairs = read_pairs([writer])
        kept_outcomes = outcomes_of(model, [features_of(pair) for pair in kept_pairs])
        print(f"held out, {writer}: {figures_of(model, kept_pairs, kept_outcomes).line()}")


if __name__ == "__main__":
    if "--grade" in sys.argv:
        grade(Path(sys.argv[sys.argv.index("--grade") + 1]), "--show" in sys.argv)
    else:
        main()
