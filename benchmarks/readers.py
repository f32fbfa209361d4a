"""PDFs in, a table out: pages a second, peak memory and rows right of this project and of its peers, in one run.

    python -m benchmarks.readers [FOLDER] [--gold MANIFEST]      default data/raw and tests/golden/MANIFEST.json

Every reader reads every file in a process of its own. The ratio to this project is what to look at; the seconds
depend on the machine.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pymupdf
from rich.console import Console
from rich.table import Table

from benchmarks.peers import installed, missing
from benchmarks.right import Item, items_of, right_rows
from extractors.errors import ReadError
from extractors.read import read

_ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Figures:
    """CPU seconds of the best of three rounds, peak memory in MB, and rows right."""

    seconds: float
    memory: float
    right: int


def measure(name: str, paths: Sequence[Path], gold: dict[str, list[Item]]) -> Figures:
    """Read the files with one reader; to be run in a process that does nothing else."""
    reader = installed()[name]
    rows = {path.name: reader(path) for path in paths}
    right = sum(right_rows(rows[path.name], gold.get(path.name, ())) for path in paths)
    rounds = []
    for _ in range(_ROUNDS):
        start = time.process_time()
        for path in paths:
            reader(path)
        rounds.append(time.process_time() - start)
    return Figures(min(rounds), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, right)


def _apart(name: str, paths: Sequence[Path], gold: dict[str, list[Item]]) -> Figures:
    context = multiprocessing.get_context("spawn")
    with context.Pool(1) as pool:
        return pool.apply(measure, (name, paths, gold))


def _readable(paths: Sequence[Path]) -> list[Path]:
    """The files with text that this project can read: a broken or protected one is no measure, nor is a scan."""
    kept = []
    for path in paths:
        try:
            if read(path).grids:
                kept.append(path)
        except ReadError:
            continue
    return kept


def _pages(paths: Sequence[Path]) -> int:
    count = 0
    for path in paths:
        with pymupdf.open(path) as book:
            count += len(book)
    return count


def main() -> None:
    """Measure the folder named on the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", nargs="?", type=Path, default=Path("data/raw"))
    parser.add_argument("--gold", type=Path, default=Path("tests/golden/MANIFEST.json"))
    args = parser.parse_args()
    paths, gold = _readable(sorted(args.folder.rglob("*.pdf"))), items_of(args.gold)
    pages, items = _pages(paths), sum(len(gold.get(path.name, ())) for path in paths)
    table = Table(
        "reader",
        "pages/s",
        "times ours",
        "MB",
        f"rows right of {items}",
        title=f"{len(paths)} PDFs, {pages} pages",
    )
    base = 0.0
    for name in installed():
        figures = _apart(name, paths, gold)
        base = base or figures.seconds
        ratio = f"{figures.seconds / base:.2f}"
        table.add_row(
            name, f"{pages / figures.seconds:.0f}", ratio, f"{figures.memory:.0f}", str(figures.right)
        )
    console = Console()
    console.print(table)
    for name in missing():
        console.print(f"{name} is not installed: pip install -e '.[bench]'", style="dim", markup=False)


if __name__ == "__main__":
    main()
