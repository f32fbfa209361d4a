"""PDFs with gold in, for each file how many of its items stand in the cells of one row out: ours beside PyMuPDF's.

    python -m benchmarks.grids MANIFEST [MANIFEST ...] [--folder FOLDER] [--all]

Which column is which is the layout's question and not asked here: an item is whole where its question is the whole text
of one cell, its answer that of another and its number that of a third, all in one row. Files where all is whole and the
peer finds no more are left out without `--all`.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.peers import cells, find_tables
from benchmarks.right import Item, items_of, squash
from extractors.errors import ReadError


@dataclass(frozen=True, slots=True)
class Whole:
    """Of some items how many have their question in a cell, that and the answer, and the number as well."""

    questions: int = 0
    answered: int = 0
    numbered: int = 0

    def __add__(self, other: Whole) -> Whole:
        return Whole(*(getattr(self, field.name) + getattr(other, field.name) for field in fields(self)))


def whole_items(rows: Iterable[Iterable[str]], items: Sequence[Item]) -> Whole:
    """How many items stand whole in one of the rows; a blank answer or number needs no cell, equal texts need two."""
    seen = [_counts(row) for row in rows]
    total = Whole()
    for number, question, answer in items:
        wanted = ([question], [question, answer], [question, answer, number])
        found = [any(_holds(row, texts) for row in seen) for texts in wanted]
        total += Whole(*map(int, found))
    return total


def _counts(row: Iterable[str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for text in map(squash, row):
        counts[text] = counts.get(text, 0) + 1
    return counts


def _holds(row: dict[str, int], texts: Sequence[str]) -> bool:
    return all(row.get(text, 0) >= texts.count(text) for text in texts if text)


def _compare(path: Path, items: Sequence[Item]) -> tuple[Whole, Whole]:
    try:
        ours = whole_items(cells(path), items)
    except ReadError:
        ours = Whole()
    return ours, whole_items(find_tables(path), items)


def main() -> None:
    """Measure the PDFs of the manifests named on the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("manifests", nargs="+", type=Path)
    parser.add_argument("--folder", type=Path, help="where the files are, if not beside the manifest")
    parser.add_argument("--all", action="store_true", help="also the files where nothing is lost")
    args = parser.parse_args()
    table = Table(
        "file",
        "items",
        "ours: question",
        "+ answer",
        "+ number",
        "find_tables: question",
        "+ answer",
        "+ number",
    )
    totals, count = (Whole(), Whole()), 0
    for manifest in args.manifests:
        for name, items in items_of(manifest).items():
            path = (args.folder or manifest.parent) / name
            if path.suffix.lower() != ".pdf" or not items:
                continue
            if not path.exists():
                path = next(manifest.parent.parent.rglob(name), path)
            pair = _compare(path, items)
            totals, count = (totals[0] + pair[0], totals[1] + pair[1]), count + len(items)
            if args.all or pair[0].numbered < len(items) or pair[1].numbered > pair[0].numbered:
                table.add_row(name, str(len(items)), *_figures(*pair))
    table.add_row("all", str(count), *_figures(*totals))
    Console(width=140).print(table)


def _figures(*wholes: Whole) -> list[str]:
    return [str(getattr(whole, field.name)) for whole in wholes for field in fields(whole)]


if __name__ == "__main__":
    main()
