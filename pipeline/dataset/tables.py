"""Rows in, Parquet tables out: sorted, zstd, all at once; same rows, same bytes. Which file holds a table is told here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.dataset.lock import one_writer
from pipeline.dataset.schema import SCHEMA_VERSION, TABLES, Table
from pipeline.dataset.snapshot import (
    Manifest,
    drop_old_snapshots,
    mend_plain,
    read_manifest,
    restore_manifest,
    snapshot_folder,
    write_snapshot,
)

Row = Mapping[str, Any]
_NAMES = tuple(table.name for table in TABLES)


def write_dataset(folder: Path, rows: Mapping[str, Sequence[Row]]) -> None:
    """Write all tables of the contract into `folder`; a table without rows is written empty.

    Raises DatasetBusy where another run writes there, OSError where the folder cannot be written and
    pyarrow.ArrowInvalid where a row breaks the schema.
    """
    with one_writer(folder):
        write_tables(folder, {t.name: rows_to_table(t, rows.get(t.name, ())) for t in TABLES}, "")


def write_tables(folder: Path, tables: Mapping[str, pa.Table], key: str) -> None:
    """Make the tables the dataset of `folder` at once, plain names after the manifest; for the holder of the lock.

    `key` is kept in the manifest. Raises OSError.
    """
    mend(folder, write_snapshot(folder, tables, key))


def mend(folder: Path, manifest: Manifest) -> None:
    """Put right what an ended run left: plain names, the manifest itself, snapshots that nobody needs. Raises OSError."""
    if read_manifest(folder) != manifest:
        restore_manifest(folder, manifest)
    mend_plain(folder, manifest)
    drop_old_snapshots(folder, manifest)


def rows_to_table(table: Table, rows: Sequence[Row]) -> pa.Table:
    """An Arrow table of the contract's types, sorted as the contract says; order of equals is kept."""
    ordered = sorted(rows, key=lambda row: tuple(row[column] for column in table.sorted_by))
    schema = table.schema.with_metadata({"schema_version": SCHEMA_VERSION, "about": table.about})
    return pa.Table.from_pylist(ordered, schema=schema)


def read_table(folder: Path, name: str) -> pa.Table:
    """One table of a dataset. Raises FileNotFoundError where it is not there."""
    return pq.read_table(table_path(folder, name))


def table_path(folder: Path, name: str) -> Path:
    """The file that holds a table of the dataset in `folder`: the one place that knows where tables lie.

    Who reads several tables that must fit together takes all their paths from `table_paths` at once.
    """
    return table_paths(folder, (name,))[name]


def table_paths(folder: Path, names: Iterable[str] = _NAMES) -> dict[str, Path]:
    """The files that hold the tables of one snapshot of the dataset, by name; plain files where there is no manifest."""
    manifest = read_manifest(folder)
    place = snapshot_folder(folder, manifest.snapshot) if manifest else folder
    return {name: place / f"{name}.parquet" for name in names}
