"""A connection that holds the dataset's tables in, the views over them made in it out.

Each view is a TOML file in definitions/: what it is about, its SQL, its columns. Names with a leading underscore, in
definitions/steps/, are steps on the way. Nothing of a received file enters the SQL.
"""

from __future__ import annotations

import threading
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import duckdb

from normalizers.text import fold
from normalizers.values.organisations import organisation_key
from pipeline.query.differences import CELL, DIFFERENCE, row_differences

_ONE_AT_A_TIME = (
    threading.Lock()
)  # DuckDB calls functions from its threads, and the dictionary serves one at a time
_NAMES = ("path", "vendor_key", "service_key")
# As lists: an Arrow table made of Python's values would import pandas, half a second.
_MAKE_NAMES = 'CREATE TABLE "_names" AS SELECT ' + ", ".join(
    f"unnest(?::VARCHAR[]) AS {name}" for name in _NAMES
)


@dataclass(frozen=True, slots=True)
class DatasetView:
    """One view: its SQL, what a row of it is (en, ja), its columns with their meaning, the parameter of a macro."""

    name: str
    order: int
    about: str
    about_ja: str
    sql: str
    columns: tuple[tuple[str, str], ...]
    macro: str = ""

    @property
    def public(self) -> bool:
        """Whether analysts are told of it."""
        return not self.name.startswith("_")

    @property
    def create(self) -> str:
        """The statement that makes it."""
        if self.macro:
            return f'CREATE MACRO "{self.name}"({self.macro}) AS TABLE {self.sql}'
        return f'CREATE VIEW "{self.name}" AS {self.sql}'


@cache
def load_views() -> tuple[DatasetView, ...]:
    """All views, in the order in which they are made."""
    views = []
    folder = resources.files("pipeline.query.views.definitions")
    for path in (*folder.iterdir(), *folder.joinpath("steps").iterdir()):
        if path.name.endswith(".toml"):
            entry = tomllib.loads(path.read_text(encoding="utf-8"))
            columns = tuple(entry["columns"].items())
            views.append(
                DatasetView(
                    path.name.removesuffix(".toml"),
                    entry["order"],
                    entry["about"],
                    entry["about_ja"],
                    entry["sql"].strip(),
                    columns,
                    entry.get("macro", ""),
                )
            )
    return tuple(sorted(views, key=lambda view: view.order))


def make_views(connection: duckdb.DuckDBPyConnection) -> None:
    """Make all views in a connection that holds the tables. Raises duckdb.Error where a table lacks a column."""
    every = connection.table("documents").to_arrow_table().to_pylist()
    documents = [row for row in every if row["replaced_by"] is None]
    names = [names_of(row) for row in documents]
    connection.execute(_MAKE_NAMES, [[name[column] for name in names] for column in _NAMES])
    make_functions(connection)
    for view in load_views():
        connection.execute(view.create)


def make_functions(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the functions that the views `changes` and `matrix` ask."""
    cells, text = duckdb.sqltype(f"{CELL}[]"), duckdb.sqltype("VARCHAR")
    connection.create_function(
        "row_differences", _row_differences, [cells, cells], duckdb.sqltype(f"{DIFFERENCE}[]")
    )
    connection.create_function("same_question", _same_question, [text, text], duckdb.sqltype("BOOLEAN"))


def _row_differences(old: list[dict[str, Any]], new: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The differences between two lists of answer cells."""
    with _ONE_AT_A_TIME:
        return row_differences(old, new)


def _same_question(text: str, reference: str) -> bool:
    """Whether two questions surely ask the same."""
    from normalizers.language.same_question import asks_the_same  # noqa: PLC0415  with the dictionary, seldom needed

    with _ONE_AT_A_TIME:
        return asks_the_same(text, reference)


def names_of(row: dict[str, Any]) -> dict[str, str]:
    """Path, vendor key and service key of a file: a vendor that nothing names is nobody else's."""
    vendor = row.get("vendor")
    key = row.get("vendor_key") or (vendor and (organisation_key(vendor) or fold(vendor)))
    return {
        "path": row["path"],
        "vendor_key": key or f"path:{row['path']}",
        "service_key": fold(row.get("service") or ""),
    }
