"""Short ways to run again and again over a made-up folder, and to look at what came of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.assemble.rows import Row
from pipeline.dataset.schema import TABLES
from pipeline.dataset.tables import table_paths
from pipeline.document.process import DocumentResult, read_document
from pipeline.incremental.run_report import RunReport
from pipeline.ingest import ingest
from pipeline.query.query import connect
from pipeline.settings import Settings
from pipeline.sources.discover import RawFile
from tests.pipeline.make import sheet_rows, table

NAMES = [entry.name for entry in TABLES]


def quick(patch: pytest.MonkeyPatch) -> None:
    """Files are read in this process and items are not aligned: what is looked at is which rows come and go."""
    patch.setattr("pipeline.ingest.read_all", read_here)
    patch.setattr("pipeline.align.cached.match_items", lambda *_: {})
    patch.setattr("pipeline.align.cached.group_items", lambda *_: [])


def read_here(
    files: Sequence[RawFile], _workers: int, _timeout: float, passwords: tuple[str, ...], _memory: int
) -> Iterator[DocumentResult]:
    """Stands in for `pipeline.execution.read_files.read_all`, with the passwords."""
    return (read_document(file, passwords) for file in files)


def sheet(path: Path, replies: Sequence[str], remarks: str = "") -> Path:
    """A small list as CSV."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = "\n".join(",".join(row) for row in sheet_rows(replies, remarks))
    path.write_text(text + "\n", encoding="utf-8")
    return path


def again(folder: Path, out: str = "out", **words: object) -> RunReport:
    """A run from `raw` in `folder` to `out` beside it."""
    return ingest(replace(Settings(folder / "raw", folder / out, workers=1), **words))  # type: ignore[arg-type]


def documents(folder: Path, out: str = "out") -> list[Row]:
    """The rows of documents."""
    return table(folder / out, "documents")


def told(folder: Path, *columns: str, out: str = "out") -> list[tuple[object, ...]]:
    """Columns of documents, row by row."""
    return [tuple(row[name] for name in columns) for row in documents(folder, out)]


def same_tables(one: Path, other: Path) -> list[str]:
    """The tables of two datasets that differ in a byte."""
    return [
        name
        for name in NAMES
        if (one / f"{name}.parquet").read_bytes() != (other / f"{name}.parquet").read_bytes()
    ]


def check_whole(out: Path) -> None:
    """Assert that no row is doubled, none lost, and that all tables of the dataset fit together."""
    with connect(out) as base:

        def one(sql: str) -> object:
            return base.execute(sql).fetchall()[0][0]

        assert one("SELECT count(*) - count(DISTINCT (document_id, row)) FROM answers") == 0
        assert one("SELECT count(*) - count(DISTINCT (path, version)) FROM documents") == 0
        assert (
            one(
                "SELECT count(*) FROM checklists WHERE items <> (SELECT count(*) FROM answers a "
                "WHERE (a.document_id, a.checklist) = (checklists.document_id, checklists.checklist))"
            )
            == 0
        )
        assert one("SELECT count(*) FROM answers ANTI JOIN checklists USING (document_id, checklist)") == 0
        assert one("SELECT count(*) FROM answers ANTI JOIN documents USING (document_id)") == 0
        assert one("SELECT count(*) FROM answers ANTI JOIN items USING (item_id)") == 0
        assert one("SELECT count(*) FROM items ANTI JOIN answers USING (item_id)") == 0
        assert one("SELECT count(*) FROM problems ANTI JOIN documents USING (path)") == 0
        assert one("SELECT count(*) FROM rescued ANTI JOIN documents USING (document_id)") == 0  # fmt: skip
        assert one("SELECT count(*) FROM layouts ANTI JOIN documents USING (document_id)") == 0
    paths = table_paths(out)
    for name in NAMES:
        assert (out / f"{name}.parquet").read_bytes() == paths[name].read_bytes()
