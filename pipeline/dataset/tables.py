"""Rows in, Parquet tables out: sorted, zstd, all at once; same rows, same bytes. It alone knows which file holds a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipeline.dataset.parts import read_files
from pipeline.dataset.plain_files import repair_plain_files
from pipeline.dataset.schema import SCHEMA_VERSION, TABLES
from pipeline.dataset.snapshot import (
    Manifest,
    drop_old_snapshots,
    read_manifest,
    restore_manifest,
    snapshot_folder,
    write_snapshot,
)
from pipeline.dataset.table_spec import TableSpec

Row = Mapping[str, Any]
TABLE_BY_NAME = {table.name: table for table in TABLES}
_NAMES = tuple(TABLE_BY_NAME)


def write_tables(
    folder: Path, tables: Mapping[str, pa.Table], key: str, in_parts: bool | None = None
) -> None:
    """Make the tables the dataset of `folder` at once, plain names after the manifest; for the holder of the lock.

    `key` is kept in the manifest; `in_parts` chooses the layout, None leaves it as it is. Raises OSError.
    """
    repair_dataset(folder, write_snapshot(folder, tables, key, in_parts))


def repair_dataset(folder: Path, manifest: Manifest) -> None:
    """Put right what an ended run left: plain names, the manifest itself, snapshots that nobody needs. Raises OSError."""
    if read_manifest(folder) != manifest:
        restore_manifest(folder, manifest)
    repair_plain_files(folder, manifest)
    drop_old_snapshots(folder, manifest)


def rows_to_table(table: TableSpec, rows: Sequence[Row]) -> pa.Table:
    """An Arrow table of the contract's types, sorted as the contract says; order of equals is kept."""
    ordered = sorted(rows, key=itemgetter(*table.sorted_by))
    schema = table.schema.with_metadata({"schema_version": SCHEMA_VERSION, "about": table.about})
    return pa.Table.from_pylist(ordered, schema=schema)


def plain_schema(table: TableSpec) -> pa.Schema:
    """The schema with texts instead of dictionaries, whose words depend on the order of rows."""
    return pa.schema(
        [
            pa.field(f.name, pa.string() if pa.types.is_dictionary(f.type) else f.type, f.nullable)
            for f in table.schema
        ]
    )


def join_parts(table: TableSpec, parts: Sequence[pa.Table]) -> pa.Table:
    """One table of plain schema from its parts; an empty one where there are none."""
    return pa.concat_tables(parts) if parts else plain_schema(table).empty_table()


def finish_table(table: TableSpec, rows: pa.Table) -> pa.Table:
    """Rows of plain schema in the contract's types and order: the same table, to the byte, for the same rows in any order."""
    import pyarrow.compute as pc  # noqa: PLC0415  slow import, and only writers sort

    order = pc.sort_indices(rows, sort_keys=[(name, "ascending") for name in table.sorted_by])
    rows = rows.take(order).combine_chunks()
    columns = [
        rows[f.name].combine_chunks().dictionary_encode() if pa.types.is_dictionary(f.type) else rows[f.name]
        for f in table.schema
    ]
    about = {"schema_version": SCHEMA_VERSION, "about": table.about}
    return pa.table(columns, schema=table.schema.with_metadata(about))


def read_table(folder: Path, name: str) -> pa.Table:
    """One table of a dataset. Raises FileNotFoundError where it is not there."""
    return read_place(table_path(folder, name))


def read_place(place: Path, columns: Sequence[str] | None = None) -> pa.Table:
    """A table by its place: a file, or a folder of parts. Raises OSError or pa.ArrowException."""
    files = tuple(sorted(place.glob("*.parquet"))) if place.is_dir() else (place,)
    if not files:
        raise FileNotFoundError(str(place))
    return read_files(files, list(columns) if columns is not None else None)


def table_path(folder: Path, name: str) -> Path:
    """The file or folder of parts that holds a table of the dataset in `folder`: what knows where tables lie.

    Who reads several tables that must fit together takes all their paths from `table_paths` at once.
    """
    return table_paths(folder, (name,))[name]


def table_paths(folder: Path, names: Iterable[str] = _NAMES) -> dict[str, Path]:
    """The files (or folders of parts) that hold the tables of one snapshot, by name; plain names where there is no manifest."""
    manifest = read_manifest(folder)
    here = snapshot_folder(folder, manifest.snapshot) if manifest else folder
    ending = "" if manifest and manifest.in_parts else ".parquet"
    return {name: here / f"{name}{ending}" for name in names}
