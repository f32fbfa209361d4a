"""SQL in, rows out: DuckDB over the tables of a dataset, each under its own name; nothing else can be read."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from pipeline.schema import TABLES


class QueryError(Exception):
    """The SQL could not be run; the text says why."""


class DatasetMissing(Exception):
    """There is no dataset in the folder."""


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
            if result.description is None:
                return Answer((), ())
            columns = tuple(column[0] for column in result.description)
            return Answer(columns, tuple(result.fetchall()))
        except duckdb.Error as error:
            raise QueryError(str(error)) from error


def connect(dataset: Path) -> duckdb.DuckDBPyConnection:
    """An in-memory database with one view per table. Raises DatasetMissing."""
    connection = duckdb.connect(":memory:")
    for table in TABLES:
        path = dataset / f"{table.name}.parquet"
        if not path.is_file():
            connection.close()
            raise DatasetMissing(str(path))
        connection.read_parquet(str(path)).create_view(table.name)
    connection.execute("SET allowed_directories = [$folder]", {"folder": str(dataset.resolve()) + "/"})
    connection.execute("SET enable_external_access = false")
    return connection


def to_csv(answer: Answer) -> str:
    """The rows as CSV with a header line."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(answer.columns)
    writer.writerows([["" if value is None else value for value in row] for row in answer.rows])
    return stream.getvalue()


def to_json(answer: Answer) -> str:
    """The rows as a JSON array of objects."""
    rows = [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]
    return json.dumps(rows, ensure_ascii=False, indent=1, default=str)


def row_counts(dataset: Path) -> dict[str, int]:
    """Number of rows of every table. Raises DatasetMissing."""
    with connect(dataset) as connection:
        counts: Sequence[tuple[str, int]] = [
            (table.name, connection.execute(f'SELECT count(*) FROM "{table.name}"').fetchall()[0][0])
            for table in TABLES
        ]
    return dict(counts)
