"""A dataset in, its forms with the readings of their tables out: what waits for a person, and what a person may change.

All copies of a form are one entry, with the places at which its tables stand: `社甲/回答.xlsx, sheet 点検表, A3:F40`. Output is
plain data for the commands `layouts` and `decide layout`, and for the review workbook.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extractors.checklist.model import LayoutStatus
from extractors.location import Location
from pipeline.dataset.tables import read_table
from pipeline.document.status import DocumentStatus
from pipeline.errors import DatasetMissing, NoSuchLayout

_SHORTEST_KEY = 8


@dataclass(frozen=True, slots=True)
class FormColumn:
    """One column of a reading: as a person calls it (`C`, `C:D`, `3`), its header, its role."""

    name: str
    header: str
    role: str


@dataclass(frozen=True, slots=True)
class FormReading:
    """One way to read a form: its rank, what it takes each column for, how sure that is, and up to three rows of it."""

    rank: int
    columns: tuple[FormColumn, ...]
    p: float
    margin: float
    decided_by: str
    sample: tuple[tuple[str, str, str], ...]

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles of its columns from left to right."""
        return tuple(column.role for column in self.columns)


@dataclass(frozen=True, slots=True)
class FormLayouts:
    """A form: its key, the shortest beginning that is its alone, a name, its readings, and where its tables stand.

    `waits` is whether any of its tables waits for a person; `places` are paths of files with the place inside.
    """

    form_key: str
    short_key: str
    name: str
    waits: bool
    readings: tuple[FormReading, ...]
    places: tuple[tuple[str, Location], ...]


def read_forms(dataset: Path) -> list[FormLayouts]:
    """The forms of the files in the folder, those that wait first. Raises DatasetMissing."""
    try:
        layouts = read_table(dataset, "layouts").to_pylist()
        documents = read_table(dataset, "documents").to_pylist()
    except FileNotFoundError as error:
        raise DatasetMissing({"path": dataset}) from error
    paths = {
        row["document_id"]: row["path"]
        for row in documents
        if row["replaced_by"] is None
        and row["duplicate_of"] is None
        and row["status"] != DocumentStatus.REMOVED
    }
    by_form: dict[str, list[Mapping[str, Any]]] = {}
    for row in layouts:
        if row["document_id"] in paths:
            by_form.setdefault(row["form_key"], []).append(row)
    forms = [_form(key, rows, paths, by_form) for key, rows in by_form.items()]
    return sorted(forms, key=lambda form: (not form.waits, form.places[0][0], form.form_key))


def _form(
    key: str, rows: Sequence[Mapping[str, Any]], paths: Mapping[str, str], keys: Mapping[str, object]
) -> FormLayouts:
    waiting = [row for row in rows if row["status"] == LayoutStatus.PROPOSED]
    relevant = waiting or rows
    first = min(relevant, key=lambda row: (paths[row["document_id"]], row["rank"]))
    readings: dict[int, FormReading] = {}
    for row in relevant:
        if row["document_id"] == first["document_id"]:
            readings.setdefault(row["rank"], _reading(row))
    places = dict.fromkeys((paths[row["document_id"]], _location(row)) for row in relevant)
    header = " | ".join(column["header"] for column in first["columns"])
    name = ": ".join(filter(None, (first["sheet"] or Path(paths[first["document_id"]]).name, header)))
    return FormLayouts(
        key,
        _short_key(key, keys),
        " ".join(name.split()),
        bool(waiting),
        tuple(readings[rank] for rank in sorted(readings)),
        tuple(sorted(places, key=lambda place: place[0])),
    )


def _location(row: Mapping[str, Any]) -> Location:
    return Location(row["page"], row["sheet"], row["area"] if row["sheet"] is not None else None)


def _reading(row: Mapping[str, Any]) -> FormReading:
    columns = tuple(FormColumn(c["columns"], c["header"], c["role"]) for c in row["columns"])
    sample = tuple((entry["number"], entry["requirement"], entry["answer"]) for entry in row["sample"])
    return FormReading(row["rank"], columns, row["p"], row["margin"], row["decided_by"], sample)


def _short_key(key: str, keys: Mapping[str, object]) -> str:
    for length in range(_SHORTEST_KEY, len(key)):
        if sum(known.startswith(key[:length]) for known in keys) == 1:
            return key[:length]
    return key


def find_form(forms: Sequence[FormLayouts], name: str, dataset: Path) -> FormLayouts:
    """The form whose key is `name` or alone begins with it. Raises NoSuchLayout."""
    wanted = unicodedata.normalize("NFKC", name).strip().lower()
    exact = [form for form in forms if form.form_key == wanted]
    matches = exact or [form for form in forms if wanted and form.form_key.startswith(wanted)]
    if not matches:
        raise NoSuchLayout({"name": name, "dataset": dataset}, "form_none")
    if len(matches) > 1:
        keys = ", ".join(form.short_key for form in matches)
        params = {"name": name, "dataset": dataset, "count": len(matches), "keys": keys}
        raise NoSuchLayout(params, "form_several")
    return matches[0]
