"""A folder of labelled sheets in, lines of figures out: how many items are in rows, or wait in a proposal.

python -m benchmarks.proposals MANIFEST.json [FILE …]

An item counts as proposed where confirming the first proposal of a table, or its rival, would put it into a row: each is
confirmed by itself as a person would confirm it, and the sheet is read again. The question of the gold has to be that of the
row, or its item's name; items that the gold gives no question are told by their number. `whole` are the items of rows and of
both proposals whose answer cell is the gold's, too; boxes are not compared.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.right import squash
from extractors.checklist.extract import grid_to_checklists
from extractors.checklist.model import GridResult, ItemRow, LayoutDecision, LayoutStatus
from extractors.errors import ReadError
from extractors.grid import Grid
from extractors.read import read

_RANKS = (1, 2)
_ANY = "*"  # any answer
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Reach:
    """How many items a file has, and how many are in rows, in these or first proposals, in these or the first two, and whole."""

    items: int
    rows: int
    first: int
    second: int
    whole: int


def reach_of(file: Path, gold: Iterable[Mapping[str, str]]) -> Reach:
    """How far a file's items are reached. Raises ReadError where it cannot be read."""
    records = list(gold)
    asked = Counter((_question(record), _ANY) for record in records)
    whole = Counter((_question(record), _answer(record)) for record in records)
    read_rows: Counter[Key] = Counter()
    proposed: list[Counter[Key]] = [Counter() for _ in _RANKS]
    for grid in read(file).grids:
        result = grid_to_checklists(grid)
        read_rows += _keys(result)
        for index, rank in enumerate(_RANKS):
            proposed[index] |= _confirmed(grid, result, rank)
    all_rows = read_rows | proposed[0] | proposed[1]
    parts = [read_rows, read_rows | proposed[0], all_rows]
    return Reach(len(records), *((asked & part).total() for part in parts), (whole & all_rows).total())


def _confirmed(grid: Grid, result: GridResult, rank: int) -> Counter[Key]:
    """The items of a grid once every proposal of a rank is confirmed."""
    decisions = {
        layout.form_key: LayoutDecision(layout.form_key, tuple(column.role for column in layout.columns))
        for layout in result.layouts
        if layout.status == LayoutStatus.PROPOSED and layout.rank == rank
    }
    return _keys(grid_to_checklists(grid, decisions)) if decisions else Counter()


def _keys(result: GridResult) -> Counter[Key]:
    """What each row may be found by: its question, its item's name or its number, with its answer and with any."""
    rows = (row for checklist in result.checklists for row in checklist.rows)
    return Counter(key for row in rows for key in _names(row))


def _names(row: ItemRow) -> set[Key]:
    texts = {squash(text) for text in (row.requirement, row.item or "", row.item_no)}
    return {(text, answer) for text in texts for answer in (squash(row.answer), _ANY)}


def _question(record: Mapping[str, str]) -> str:
    return squash(record["requirement"] or record["no"])


def _answer(record: Mapping[str, str]) -> str:
    return _ANY if record.get("options") else squash(record["answer_raw"] or "")


def reach_lines(manifest: Path, files: Iterable[str] = ()) -> list[str]:
    """One line a file of a manifest, and their sum; only those whose names hold one of `files`, where any are given."""
    lines, total, wanted = [], Counter[str](), tuple(files)
    for entry in json.loads(manifest.read_text(encoding="utf-8")):
        if not entry.get("gold") or (wanted and not any(part in entry["file"] for part in wanted)):
            continue
        records = _records(manifest, entry["gold"])
        try:
            reach = reach_of(manifest.parent / entry["file"], records)
        except ReadError:
            reach = Reach(len(records), 0, 0, 0, 0)
        counts = {name: getattr(reach, name) for name in Reach.__slots__}
        total.update(counts)
        if records:
            lines.append(_line(entry["file"], counts))
    return [*lines, _line("all", total)]


def _records(manifest: Path, gold: str | list[str]) -> list[dict[str, str]]:
    paths = [manifest.parent / name for name in ([gold] if isinstance(gold, str) else gold)]
    texts = [line for path in paths for line in path.read_text(encoding="utf-8").splitlines()]
    return [json.loads(line) for line in texts if line.strip()]


def _line(name: str, counts: Mapping[str, int]) -> str:
    shares = "".join(
        f"{counts[part] / max(1, counts['items']):9.1%}" for part in ("rows", "first", "second", "whole")
    )
    return f"{name:44}{counts['items']:6}{shares}"


def main() -> None:
    """Print items, and the shares in rows, in rows or first proposals, in rows or the first two."""
    head = f"{'file':44}{'items':>6}{'rows':>9}{'+ first':>9}{'+ second':>9}{'whole':>9}"
    for line in [head, *reach_lines(Path(sys.argv[1]), sys.argv[2:])]:
        sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
