"""Tables written down as JSON lines in, examples out: one grid a line, with what each column holds.

`benchmarks/forms/<writer>/tables.jsonl`: rows above, header rows, body rows and rows below as lists of texts, a role for
each column, which body rows are no items, and whether the table is a list of checks at all. They show the names and
the kinds of lists of the world at large, where files show how such tables lie in a sheet.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from benchmarks.layouts.examples import Gold, Table
from extractors.checklist.columns.names import NAME_ROLES
from extractors.grid import Cell, Grid
from extractors.location import Location

_WEIGHT = (
    4.0  # each is one of a kind, where a form comes in copies and its sheets are alike; by writers held out
)
_FIELDS = {"requirement": "requirement", "answer": "answer_raw", "remarks": "remarks_raw"}


def read_written_tables(path: Path) -> list[Table]:
    """Every table of one writer; an empty list where there is no such file."""
    if not path.exists():
        return []
    lines = path.read_text(encoding="utf-8").splitlines()
    return [_table(path.parent.name, json.loads(line)) for line in lines if line.strip()]


def _table(writer: str, entry: dict[str, Any]) -> Table:
    roles = [role if role in NAME_ROLES else "ignore" for role in (r.split(":")[0] for r in entry["roles"])]
    top = len(entry["above"]) + bool(entry["above"])
    bottom = top + len(entry["header"])
    body = bottom + len(entry["rows"])
    placed = [
        *enumerate(entry["above"]),
        *enumerate(entry["header"], start=top),
        *enumerate(entry["rows"], start=bottom),
        *enumerate(entry["below"], start=body + 1),
    ]
    cells = tuple(
        Cell(row, col, text, Location(sheet=entry["sheet"]))
        for row, texts in placed
        for col, text in enumerate(map(str, texts))
        if text.strip()
    )
    grid = Grid(entry["sheet"], cells, sheet=entry["sheet"])
    if not entry["list"]:
        return Table(writer, entry["id"], grid, (), (), _WEIGHT)
    labels = ((bottom, dict(enumerate(roles))),)
    skipped = set(entry.get("skip") or [])
    gold = tuple(_gold(row, roles) for index, row in enumerate(entry["rows"]) if index not in skipped)
    return Table(writer, entry["id"], grid, tuple(g for g in gold if g["requirement"]), labels, _WEIGHT)


def _gold(row: list[str], roles: list[str]) -> Gold:
    """The gold of one item: the texts of its question, answer and remarks."""
    found: Gold = dict.fromkeys([*_FIELDS.values(), "no", "category", "item", "unit", "level"], "")
    for text, role in zip(row, roles, strict=True):
        if role in _FIELDS and not found[_FIELDS[role]]:
            found[_FIELDS[role]] = str(text).strip()
    return found
