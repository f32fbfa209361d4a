"""Learn the weights of the classifier of marks, write them, print how it does on fonts and hands that it has not seen:

python -m benchmarks.marks [--only-test]
"""

from __future__ import annotations

import sys
from collections import defaultdict
from importlib import resources

import numpy as np

from benchmarks.marks.examples import Example, held_out_examples
from benchmarks.marks.fit import fit_model, write_weights
from extractors.marks.classify import WEIGHTS, classify_marks, load_model

_YES = {"○", "◎", "●", "✓", "☑", "☒", "■"}  # what a sheet may take for a yes, or for a choice
_LIMITS = (0.5, 0.9, 0.97, 0.99, 0.995)


def main() -> None:
    """Learn, write, print."""
    if "--only-test" not in sys.argv:
        write_weights(fit_model(), resources.files("extractors.marks") / WEIGHTS)  # type: ignore[arg-type]
        load_model.cache_clear()
    examples = list(held_out_examples(1000))
    guesses = classify_marks([example.crop for example in examples])
    likeliest = [guess.likeliest for guess in guesses]
    chances = np.array([guess.chance for guess in guesses])
    print(f"{len(examples)} examples held out, {sum(bool(e.label) for e in examples)} of them marks")
    for limit in _LIMITS:
        _print_limit(limit, examples, likeliest, chances)
    _print_kinds(examples, likeliest, chances)


def _print_limit(limit: float, examples: list[Example], likeliest: list[str], chances: np.ndarray) -> None:
    kept = [i for i, mark in enumerate(likeliest) if mark and chances[i] >= limit]
    marks = [i for i in kept if examples[i].label]
    wrong = [i for i in kept if likeliest[i] != examples[i].label]
    false_yes = [i for i in wrong if likeliest[i] in _YES and examples[i].label not in _YES]
    n_marks, n_no_yes = sum(bool(e.label) for e in examples), sum(e.label not in _YES for e in examples)
    print(
        f"limit {limit}: marks kept {len(marks) / n_marks:.1%}, wrong among kept {len(wrong) / max(len(kept), 1):.2%}, "
        f"false yes {len(false_yes)} of {n_no_yes}"
    )


def _print_kinds(examples: list[Example], likeliest: list[str], chances: np.ndarray) -> None:
    table: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, example in enumerate(examples):
        table[example.source, example.label].append(index)
    print("source, mark: count, kept, wrong among kept at 0.99")
    for (source, label), indexes in sorted(table.items()):
        kept = [i for i in indexes if likeliest[i] and chances[i] >= 0.99]
        wrong = [likeliest[i] for i in kept if likeliest[i] != label]
        share, taken_for = len(kept) / len(indexes), "".join(sorted(set(wrong)))
        print(f"{source} {label or 'no mark'}: {len(indexes)}, {share:.1%}, {len(wrong)} {taken_for}")


if __name__ == "__main__":
    main()
