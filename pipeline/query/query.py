"""SQL in, rows out: DuckDB over the tables of a dataset and the views over them; no file can be read or written."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from pipeline.dataset.schema import TABLES
from pipeline.dataset.tables import read_place, table_paths
from pipeline.errors import DatasetError, DatasetMissing, QueryError
from pipeline.query.views.make_views import make_views
from pipeline.texts.sanitize import sanitize_cell, sanitize_json


@dataclass(frozen=True, slots=True)
class Answer:
    """Column names and rows of a query."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


def query(dataset: Path, sql: str) -> Answer:
    """Run `sql` over the dataset's tables.

    Raises DatasetMissing where a table's file is missing and QueryError where the SQL fails. Files outside of the
    dataset and the network are closed to the query.
    """
    with connect(dataset) as connection:
        try:
            result = connection.execute(sql)
            if result is None or result.description is None:
                raise QueryError({"why": "there is no SELECT in it"})
            columns = tuple(column[0] for column in result.description)
            return Answer(columns, tuple(result.fetchall()))
        except duckdb.Error as error:
            raise QueryError({"why": error}) from error


def connect(dataset: Path) -> duckdb.DuckDBPyConnection:
    """An in-memory database that holds the tables and the views; files and the network are closed to it.

    The tables are loaded, not attached, so that no query can read or overwrite a file. Raises DatasetMissing where
    a file is missing, is no Parquet or lacks a column, and DatasetError where the memory does not hold them.
    """
    connection = duckdb.connect(":memory:")
    paths = table_paths(dataset)
    for table in TABLES:
        path = paths[table.name]
        try:
            connection.register(f"_{table.name}", read_place(path))
            connection.execute(f'CREATE TABLE "{table.name}" AS SELECT * FROM "_{table.name}"')
            connection.unregister(f"_{table.name}")
        except (duckdb.OutOfMemoryException, MemoryError) as error:
            connection.close()
            raise DatasetError({"path": dataset}, "dataset_too_large") from error
        except (OSError, pa.ArrowException) as error:
            connection.close()
            raise DatasetMissing({"path": path}) from error
    try:
        make_views(connection)
    except duckdb.Error as error:
        connection.close()
        raise DatasetMissing({"path": f"{dataset} ({error})"}) from error
    connection.execute("SET enable_external_access = false")
    return connection


def result_rows(result: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """All rows of a statement that ran, under the names of its columns."""
    columns = [column[0] for column in result.description]
    return [dict(zip(columns, row, strict=True)) for row in result.fetchall()]


def to_csv(answer: Answer) -> str:
    """The rows as CSV with a header line; texts that a spreadsheet would run as a formula are defused.

    A list or struct is JSON in its cell, so that any program reads it back.
    """
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(map(sanitize_cell, answer.columns))
    writer.writerows([map(_field, row) for row in answer.rows])
    return stream.getvalue()


def _field(value: Any) -> Any:
    value = flat(value)
    return "" if value is None else sanitize_cell(value) if isinstance(value, str) else value


def flat(value: Any) -> Any:
    """The value as one cell holds it: lists and structs as JSON on one line, others as they are."""
    if not isinstance(value, list | tuple | dict):
        return value
    return json.dumps(_plain(value), ensure_ascii=False, default=str, allow_nan=False)


def to_json(answer: Answer) -> str:
    """The rows as a JSON array of objects; a column name that comes twice is numbered, NaN is null.

    Characters that steer a terminal are escaped as JSON does it, so that the text can be shown as it is.
    """
    names: list[str] = []
    for column in answer.columns:
        number = 1
        name = column
        while name in names or (number > 1 and name in answer.columns):
            number += 1
            name = f"{column}_{number}"
        names.append(name)
    rows = [dict(zip(names, map(_plain, row), strict=True)) for row in answer.rows]
    return dump_json(rows)


def dump_json(rows: object) -> str:
    """Plain data as JSON; Japanese as it is, characters that steer a terminal as escapes."""
    return sanitize_json(json.dumps(rows, ensure_ascii=False, indent=1, default=str, allow_nan=False))


def _plain(value: Any) -> Any:
    """The value with what JSON cannot say as null, also inside lists and structs."""
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    return [_plain(inner) for inner in value] if isinstance(value, list | tuple) else value


def row_counts(dataset: Path) -> dict[str, int]:
    """Number of rows of every table. Raises DatasetMissing."""
    with connect(dataset) as connection:
        counts: Sequence[tuple[str, int]] = [
            (table.name, connection.execute(f'SELECT count(*) FROM "{table.name}"').fetchall()[0][0])
            for table in TABLES
        ]
    return dict(counts)
