"""Folders of made-up forms in, examples out: frames with the roles of their columns, and whether each is the head of
a list.

A folder is one writer's: MANIFEST.json names files and gold (one answer cell a line), labels/ says of some files
which row is the header and what each column holds. Where it does not, rows are found again by their texts: the
column that holds most questions of the gold is the question, the one that holds their answers the answer; what
cannot be told that way teaches nothing.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from extractors.checklist.columns.frames import Frame, propose_frames
from extractors.checklist.columns.names import NAME_ROLES
from extractors.checklist.grid_index import GridView
from extractors.errors import ReadError
from extractors.grid import Grid
from extractors.read import read
from normalizers.text import squeeze

Gold = dict[str, Any]
_FIELDS = {
    "requirement": "requirement",
    "answer": "answer_raw",
    "number": "no",
    "remarks": "remarks_raw",
    "category": "category",
    "item": "item",
    "unit": "unit",
    "level": "level",
}
_SAME = {"required_flag": "flag", "applicability": "flag", "ideal": "target", "points": "ignore"}
_ENOUGH = 0.5


@dataclass(frozen=True)
class Table:
    """One grid of a form with what the gold and the labels say about it. `labels` are first rows under a header, and
    the roles of grid columns there; `weight` is how much the table counts while whole layouts are learned."""

    writer: str
    file: str
    grid: Grid
    gold: tuple[Gold, ...]
    labels: tuple[tuple[int, Mapping[int, str]], ...]
    weight: float = 1.0

    @cached_property
    def view(self) -> GridView:
        """The index over the grid."""
        return GridView(self.grid)

    @cached_property
    def frames(self) -> list[Frame]:
        """All frames that the grid may hold."""
        return propose_frames(self.view)

    @cached_property
    def by_question(self) -> dict[str, list[Gold]]:
        """Gold rows by their question without white space."""
        index: dict[str, list[Gold]] = defaultdict(list)
        for record in self.gold:
            index[squeeze(record["requirement"])].append(record)
        return index

    @cached_property
    def question_rows(self) -> frozenset[int]:
        """The rows of the grid that hold a question of the gold."""
        cells = self.grid.cells
        return frozenset(
            cell.row for cell in cells if len(cell.text) > 3 and squeeze(cell.text) in self.by_question
        )


def read_tables(folder: Path) -> list[Table]:
    """Every grid of every file of one writer's folder; files that cannot be read are left out."""
    entries = json.loads((folder / "MANIFEST.json").read_text(encoding="utf-8"))
    files = [(folder / entry["file"], folder / entry["gold"]) for entry in entries]
    return [
        table for file, gold in files for table in _tables(folder.name, file, gold, _lists(folder, file.name))
    ]


def read_samples(root: Path) -> list[Table]:
    """Every grid of the shipped samples of the repository at `root`, as one more writer's."""
    golden = root / "tests" / "golden"
    entries = json.loads((golden / "MANIFEST.json").read_text(encoding="utf-8"))
    files = [(root / "data" / "raw" / entry["file"], golden / entry["gold"]) for entry in entries]
    return [table for file, gold in files for table in _tables("samples", file, gold, [])]


def _tables(writer: str, file: Path, gold: Path, lists: Sequence[dict[str, Any]]) -> Iterator[Table]:
    lines = gold.read_text(encoding="utf-8").splitlines()
    records = tuple(json.loads(line) for line in lines if line.strip())
    try:
        grids = read(file).grids
    except ReadError:
        return
    for grid in grids:
        yield Table(writer, file.name, grid, records, tuple(_placed(lists, grids, grid)))


def _lists(folder: Path, file: str) -> list[dict[str, Any]]:
    for name in (f"{Path(file).stem}.json", f"{Path(file).stem}_{Path(file).suffix[1:]}.json"):
        path = folder / "labels" / name
        if path.exists():
            content = json.loads(path.read_text(encoding="utf-8"))
            if content["file"] == file:
                lists: list[dict[str, Any]] = content["lists"]
                return lists
    return []


def _placed(
    lists: Sequence[dict[str, Any]], grids: Sequence[Grid], grid: Grid
) -> Iterator[tuple[int, dict[int, str]]]:
    """(first row under the header, grid column → role) of each labelled list of a grid."""
    found: dict[int, dict[int, str]] = {}
    for entry in lists:
        offset = _offset(entry.get("sheet"), grids, grid)
        if offset is None or "rows" not in entry:
            continue
        bottom = offset + (entry["header"][1] if entry.get("header") else entry["rows"][0] - 1)
        roles = found.setdefault(bottom, {})
        for letters, role in entry["columns"].items():
            name = _SAME.get(str(role).split(":")[0], str(role).split(":")[0])
            if re.fullmatch("[A-Z]+", letters) and (roles.get(_column(letters), "ignore") == "ignore"):
                roles[_column(letters)] = name if name in NAME_ROLES else "ignore"
    yield from found.items()


def _offset(sheet: str | None, grids: Sequence[Grid], grid: Grid) -> int | None:
    """The grid row of a label's row 1, None where the label is another grid's."""
    table = re.fullmatch(r"table (\d+)", sheet or "")
    if table:
        starts = [(g, start) for g in grids for start, _ in g.tables]
        number = int(table.group(1)) - 1
        return starts[number][1] if number < len(starts) and starts[number][0] is grid else None
    return 0 if sheet is None or sheet in {grid.sheet, grid.name} else None


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def roles_of(table: Table, frame: Frame) -> tuple[str | None, ...] | None:
    """The role of each column of a frame, None for a column that nothing tells of; None where the frame heads no list."""
    matched = _matched_rows(table, frame)
    if len(matched) < max(2, _ENOUGH * len(frame.rows)):
        return None
    labelled = next((roles for bottom, roles in table.labels if bottom == frame.bottom), None)
    if labelled is not None:
        return tuple(_labelled(labelled, column.start, column.end) for column in frame.columns)
    return _by_text(table, frame, matched)


def _labelled(roles: Mapping[int, str], start: int, end: int) -> str:
    return next((roles[col] for col in range(start, end) if col in roles), "ignore")


def _matched_rows(table: Table, frame: Frame) -> dict[int, list[Gold]]:
    """Row → gold rows of the question that stands in it."""
    matched: dict[int, list[Gold]] = {}
    for row in frame.rows:
        for cell in table.view.starting(row):
            records = table.by_question.get(squeeze(cell.text)) if len(cell.text) > 3 else None
            if records:
                matched[row] = records
    return matched


def _by_text(table: Table, frame: Frame, matched: Mapping[int, list[Gold]]) -> tuple[str | None, ...]:
    votes: list[Counter[str]] = [Counter() for _ in frame.columns]
    filled: Counter[str] = Counter()
    for row, records in matched.items():
        for role, name in _FIELDS.items():
            texts = {squeeze(record[name] or "") for record in records} - {""}
            filled[role] += bool(texts)
            for index, column in enumerate(frame.columns):
                cell = table.view.within(row, column.start, column.end)
                if cell is not None and squeeze(cell.text) in texts:
                    votes[index][role] += 1
    roles: list[str | None] = []
    for counts in votes:
        role, count = counts.most_common(1)[0] if counts else ("", 0)
        roles.append(role if count and count >= _ENOUGH * filled[role] else None)
    return tuple(roles)


def is_head(table: Table, frame: Frame, roles: Sequence[str | None] | None, question: int) -> bool | None:
    """Whether a frame is the header of a list whose question column is `question`; None where that cannot be told."""
    if roles is None or _is_within(table, frame):
        return False
    if any(row in table.question_rows for row in range(frame.bottom, frame.rows[0])):
        return None
    if roles[question] == "requirement":
        return not _is_above_header(table, frame)
    named_otherwise = roles[question] in {"item", "number"} and "requirement" not in roles
    return named_otherwise and not _is_above_header(table, frame)


def _is_within(table: Table, frame: Frame) -> bool:
    """Whether a frame takes an item for its header, or begins without one behind the first item of a list."""
    if any(row in table.question_rows for row in range(frame.top, frame.bottom)):
        return True
    above = next((row for row in range(frame.top - 1, -1, -1) if table.view.starting(row)), None)
    return frame.top == frame.bottom and above is not None and _in_list(table, frame, above)


def _is_above_header(table: Table, frame: Frame) -> bool:
    """Whether a frame takes rows above the labelled header of its list for the header."""
    below = [bottom for bottom, _ in table.labels if bottom > frame.bottom]
    if not below or any(bottom == frame.bottom for bottom, _ in table.labels):
        return False
    return not any(frame.bottom <= row < min(below) for row in table.question_rows)


def _in_list(table: Table, frame: Frame, above: int) -> bool:
    """Whether a headless frame begins behind the first item of a list, or right under the list's own header."""
    near = any(row in table.question_rows for row in range(max(0, above - 2), above + 1))
    return near or any(bottom == frame.top for bottom, _ in table.labels)
