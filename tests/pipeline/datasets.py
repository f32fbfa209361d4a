"""Rows in, a dataset on disk out: for tests that need tables and no files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from pipeline.dataset.lock import lock_dataset
from pipeline.dataset.schema import TABLES
from pipeline.dataset.tables import Row, rows_to_table, write_tables


def write_dataset(folder: Path, rows: Mapping[str, Sequence[Row]]) -> None:
    """Write all tables of the contract into `folder`; a table without rows is written empty."""
    with lock_dataset(folder):
        write_tables(folder, {t.name: rows_to_table(t, rows.get(t.name, ())) for t in TABLES}, "")
