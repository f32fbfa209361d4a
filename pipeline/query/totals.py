"""A dataset in, the figures that every output tells out: how many files, vendors, answers, controls, gaps.

They are counted by the view `totals` and nowhere else, so that ingest, compare, report and a query cannot differ. A form
that nobody filled in has no answers, 「該当なし」 is answered, and a lock file in the folder is no file that was not read.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, fields
from pathlib import Path

import duckdb

from pipeline.query.query import connect, result_rows


@dataclass(frozen=True, slots=True)
class Totals:
    """The columns of the view `totals`; their meaning stands there."""

    files: int = 0
    files_read: int = 0
    files_in_part: int = 0
    files_to_confirm: int = 0
    files_without_list: int = 0
    files_not_read: int = 0
    files_duplicate: int = 0
    files_carrying: int = 0
    files_ignored: int = 0
    files_removed: int = 0
    vendors: int = 0
    services: int = 0
    sheets: int = 0
    answers: int = 0
    answered: int = 0
    unanswered: int = 0
    preprinted: int = 0
    unclear: int = 0
    aligned: int = 0
    controls: int = 0
    shared_questions: int = 0
    catalogue: int = 0
    gaps: int = 0
    gap_lines: int = 0
    problems: int = 0


@dataclass(frozen=True, slots=True)
class DatasetCounts:
    """What a run tells of its dataset: the totals, (items, answered) by path, and how often each word answers."""

    totals: Totals
    items_by_path: dict[str, tuple[int, int]]
    words: dict[str, int]


def read_totals(
    connection: duckdb.DuckDBPyConnection,
    parties: Collection[tuple[str, str]] | None = None,
    controls: Collection[str] | None = None,
) -> Totals:
    """The totals of an open dataset, of some vendors' services (keys of both) and controls where these are given."""
    keys = None if parties is None else ["\t".join(party) for party in parties]
    columns = ", ".join(field.name for field in fields(Totals))
    sql = f"SELECT {columns} FROM _totals_of(?::VARCHAR[], ?::VARCHAR[])"
    rows = result_rows(connection.execute(sql, [keys, None if controls is None else list(controls)]))
    return Totals(**rows[0])


def count_dataset(dataset: Path) -> DatasetCounts:
    """What stands in a dataset. Raises DatasetMissing."""
    with connect(dataset) as connection:
        words = connection.execute(
            "SELECT answer::VARCHAR, count(*) FROM _standing GROUP BY ALL ORDER BY count(*) DESC, answer::VARCHAR"
        ).fetchall()
        items = connection.execute("SELECT path, items, answered FROM coverage").fetchall()
        return DatasetCounts(
            read_totals(connection), {path: (count, answered) for path, count, answered in items}, dict(words)
        )
