"""Rows in, Parquet tables out: sorted, zstd, each to a temporary name and then renamed; same rows, same bytes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.schema import SCHEMA_VERSION, TABLES, Table

Row = Mapping[str, Any]


def write_dataset(folder: Path, rows: Mapping[str, Sequence[Row]]) -> None:
    """Write all tables of the contract into `folder`; a table without rows is written empty.

    Raises OSError where the folder cannot be written and pyarrow.ArrowInvalid where a row breaks the schema.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for table in TABLES:
        _write_table(table_path(folder, table.name), rows_to_table(table, rows.get(table.name, ())))


def rows_to_table(table: Table, rows: Sequence[Row]) -> pa.Table:
    """An Arrow table of the contract's types, sorted as the contract says; order of equals is kept."""
    ordered = sorted(rows, key=lambda row: tuple(row[column] for column in table.sorted_by))
    schema = table.schema.with_metadata({"schema_version": SCHEMA_VERSION, "about": table.about})
    return pa.Table.from_pylist(ordered, schema=schema)


def _write_table(path: Path, table: pa.Table) -> None:
    partial = path.with_name(f".{path.name}.tmp")
    pq.write_table(table, partial, compression="zstd")
    partial.replace(path)


def read_table(folder: Path, name: str) -> pa.Table:
    """One table of a dataset. Raises FileNotFoundError where it is not there."""
    return pq.read_table(table_path(folder, name))


def table_path(folder: Path, name: str) -> Path:
    """The file that holds a table of the dataset in `folder`: the one place that knows where tables lie."""
    return folder / f"{name}.parquet"
