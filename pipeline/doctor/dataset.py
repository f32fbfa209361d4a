"""A dataset in, what does not fit together in it out: tables, columns, references, keys, and the raw files behind it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyarrow as pa

from pipeline.dataset.doubled_rows import KEYS
from pipeline.dataset.schema import SCHEMA_VERSION, TABLES
from pipeline.dataset.table_spec import TableSpec
from pipeline.dataset.tables import read_table
from pipeline.doctor.check_result import CheckResult
from pipeline.errors import DatasetMissing
from pipeline.query.query import connect
from pipeline.sources.discover import discover

# (table, columns, the table in which a row of the same columns stands); a null refers to nothing.
_REFERENCES = (
    ("answers", "document_id", "documents"), ("answers", "document_id, checklist", "checklists"),
    ("answers", "item_id", "items"), ("answers", "control_id", "controls"), ("checklists", "document_id", "documents"),
    ("alignments", "item_id", "items"), ("alignments", "control_id", "controls"),
    ("rescued", "document_id", "documents"), ("problems", "document_id", "documents"),
    ("items", "item_id", "answers"), ("layouts", "document_id", "documents"),
)  # fmt: skip
_COUNTS = """
    SELECT c.document_id FROM checklists c LEFT JOIN
    (SELECT document_id, checklist, count(*) AS n FROM answers GROUP BY ALL) a USING (document_id, checklist)
    WHERE c.items <> coalesce(a.n, 0)
"""
_SHOWN = 5


def check_dataset(folder: Path, raw: Path) -> Iterator[CheckResult]:
    """Check the tables in `folder`, each by itself and against the others, and against the files in `raw`."""
    if not folder.is_dir():
        yield CheckResult("no_dataset", "warning", {"path": folder})
        return
    faults = [result for table in TABLES for result in _check_table(folder, table)]
    yield from faults
    if faults:
        return  # the tables have to be whole before they can be compared
    yield CheckResult("tables", words={"path": folder, "count": len(TABLES)})
    try:
        with connect(folder) as connection:
            yield from _well(_check_keys(connection), CheckResult("keys"))
            yield from _well(_check_references(connection), CheckResult("references"))
            stored = connection.execute(
                "SELECT path, sha256 FROM documents WHERE status <> 'removed' AND replaced_by IS NULL AND container IS NULL"
            ).fetchall()
    except DatasetMissing as missing:
        yield CheckResult("table_unreadable", "error", {"table": missing.params["path"], "detail": ""})
        return
    yield from _check_files(raw, dict(stored))


def _well(results: Iterator[CheckResult], all_well: CheckResult) -> Iterator[CheckResult]:
    """What was found, or that all is well."""
    faults = list(results)
    yield from faults or (all_well,)


def _check_table(folder: Path, table: TableSpec) -> Iterator[CheckResult]:
    words: dict[str, object] = {"table": table.name}
    try:
        schema = read_table(folder, table.name).schema
    except FileNotFoundError:
        yield CheckResult("table_missing", "error", words)
        return
    except (OSError, pa.ArrowException) as error:
        yield CheckResult("table_unreadable", "error", words | {"detail": str(error)[:200]})
        return
    version = (schema.metadata or {}).get(b"schema_version", b"").decode(errors="replace")
    if version != SCHEMA_VERSION:
        yield CheckResult(
            "table_version", "error", words | {"version": version or "–", "wanted": SCHEMA_VERSION}
        )
        return
    known = {field.name: field.type for field in schema}
    wrong = [field.name for field in table.schema if known.get(field.name) != field.type]
    extra = sorted(set(known) - set(table.schema.names))
    if wrong or extra:
        yield CheckResult("table_columns", "error", words | {"columns": ", ".join([*wrong, *extra])})


def _check_keys(connection: duckdb.DuckDBPyConnection) -> Iterator[CheckResult]:
    for table, columns in KEYS.items():
        key = ", ".join(columns)
        sql = f"SELECT {key} FROM {table} GROUP BY {key} HAVING count(*) > 1"
        if rows := connection.execute(sql).fetchall():
            yield CheckResult("key_twice", "error", {"table": table, "key": key} | _some(rows))


def _check_references(connection: duckdb.DuckDBPyConnection) -> Iterator[CheckResult]:
    for table, columns, target in _REFERENCES:
        first = columns.split(",", maxsplit=1)[0]
        sql = f"SELECT DISTINCT {columns} FROM {table} a ANTI JOIN {target} b USING ({columns}) WHERE a.{first} IS NOT NULL"
        if rows := connection.execute(sql).fetchall():
            words: dict[str, object] = {"table": table, "columns": columns, "target": target}
            yield CheckResult("reference_lost", "error", words | _some(rows))
    if rows := connection.execute(_COUNTS).fetchall():
        yield CheckResult("rows_lost", "error", _some(rows))


def _check_files(raw: Path, stored: dict[str, str]) -> Iterator[CheckResult]:
    """Files that changed, went or came since the dataset was written."""
    if not raw.is_dir():
        yield CheckResult("no_raw", "warning", {"path": raw})
        return
    there = {file.name: file.sha256 for file in discover(raw)}
    differing = {
        "files_changed": sorted(path for path in there if path in stored and there[path] != stored[path]),
        "files_gone": sorted(set(stored) - set(there)),
        "files_new": sorted(set(there) - set(stored)),
    }
    for code, paths in differing.items():
        if paths:
            yield CheckResult(code, "warning", _some([(path,) for path in paths]))
    if not any(differing.values()):
        yield CheckResult("files", words={"count": len(there), "path": raw})


def _some(rows: list[tuple[object, ...]]) -> dict[str, object]:
    """How many there are, and the first few."""
    shown = "; ".join(" ".join(map(str, row)) for row in rows[:_SHOWN])
    return {"count": len(rows), "examples": shown + (" …" if len(rows) > _SHOWN else "")}
