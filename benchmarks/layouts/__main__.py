"""Learn the weights of layouts from benchmarks/forms and print what they give on writers that were set aside.

python -m benchmarks.layouts            learn, write extractors/checklist/columns/learned/weights.npz, evaluate
python -m benchmarks.layouts evaluate   evaluate the weights that are there
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from benchmarks.layouts.evaluate import evaluation_lines
from benchmarks.layouts.examples import Table, read_samples, read_tables
from benchmarks.layouts.fit import fit
from benchmarks.layouts.written_tables import read_written_tables

FORMS = Path(__file__).parents[1] / "forms"
ROOT = Path(__file__).parents[2]
WEIGHTS = ROOT / "extractors" / "checklist" / "columns" / "learned" / "weights.npz"
# Of w17 to w24 and n4 to n9 nothing was learned. w17 and w18 were looked at after they were measured, w19 after most of what
# they showed was mended, w20 to w24 after the next ones; n4 to n7 when thresholds and words of titles were chosen.
TAUGHT = (*(f"w{number}" for number in range(1, 16)), "n1", "n2", "n3")
WRITTEN = ("t1", "t2", "t3", "t4", "t5", "t6", "t7")
SET_ASIDE = (*(f"w{number}" for number in range(17, 25)), *(f"n{number}" for number in range(4, 10)))


def read_writers(writers: tuple[str, ...]) -> list[Table]:
    """Every grid of every file of the writers."""
    return [table for writer in writers for table in read_tables(FORMS / writer)]


def taught() -> list[Table]:
    """Every table that the weights are learned from."""
    written = [table for name in WRITTEN for table in read_written_tables(FORMS / name / "tables.jsonl")]
    return [*read_writers(TAUGHT), *read_samples(ROOT), *written]


def main() -> None:
    """Learn unless asked to evaluate only, then evaluate."""
    if sys.argv[1:] != ["evaluate"]:
        np.savez_compressed(WEIGHTS, **fit(taught()))
    for line in evaluation_lines(read_writers(SET_ASIDE)):
        sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
