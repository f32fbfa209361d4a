"""SQL over the tables, and over nothing else."""

from __future__ import annotations

import contextlib
import csv
import datetime as dt
import io
import json
from pathlib import Path

import pytest

from pipeline.assemble.rows import Row
from pipeline.dataset.schema import TABLES
from pipeline.dataset.tables import table_path
from pipeline.errors import DatasetMissing, QueryError
from pipeline.query.query import Answer, query, row_counts, to_csv, to_json
from tests.pipeline.datasets import write_dataset


def _rescued(text: str, page: int | None) -> Row:
    return {
        "document_id": "d" * 16,
        "sheet": None,
        "page": page,
        "cells": None,
        "bbox": None,
        "text": text,
        "reason": "note",
    }


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A dataset with two rows in rescued."""
    write_dataset(tmp_path / "set", {"rescued": [_rescued("覚え, “一”", 1), _rescued("二行\nの覚え", None)]})
    return tmp_path / "set"


def _bytes(folder: Path) -> dict[str, bytes]:
    return {str(p): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_every_table_can_be_asked(small: Path) -> None:
    for entry in TABLES:
        answer = query(small, f'SELECT * FROM "{entry.name}"')
        assert answer.columns == tuple(entry.schema.names)
        assert len(answer.rows) == (2 if entry.name == "rescued" else 0)


def test_columns_and_rows_come_back(small: Path) -> None:
    answer = query(small, "SELECT text, page FROM rescued ORDER BY page NULLS LAST")
    assert answer == Answer(("text", "page"), (("覚え, “一”", 1), ("二行\nの覚え", None)))


@pytest.mark.parametrize(
    ("sql", "why"),
    [
        ("SELEC 1", "syntax error"),
        ("SELECT * FROM invoices", "invoices does not exist"),
        ("SELECT prize FROM rescued", "prize"),
    ],
)
def test_a_wrong_query_says_why(small: Path, sql: str, why: str) -> None:
    with pytest.raises(QueryError, match=why):
        query(small, sql)


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_text('/etc/hostname')",
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM read_blob('/etc/hostname')",
        "SELECT * FROM glob('/etc/*')",
        "SELECT * FROM '/etc/passwd'",
        "SELECT * FROM read_text('{set}/../secret.txt')",
        "SELECT * FROM read_csv('https://example.invalid/a.csv')",
        "COPY rescued TO '{set}/../stolen.csv'",
        "ATTACH '{set}/../other.db'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "SET allowed_directories = ['/']",
    ],
)
def test_files_outside_of_the_dataset_and_the_network_are_closed(small: Path, sql: str) -> None:
    (small.parent / "secret.txt").write_text("not for queries")
    before = sorted(p.name for p in small.parent.iterdir())
    with pytest.raises(QueryError) as caught:
        query(small, sql.format(set=small))
    assert "not for queries" not in str(caught.value)
    assert len(str(caught.value)) > 10
    assert sorted(p.name for p in small.parent.iterdir()) == before


@pytest.mark.parametrize("name", ["rescued.parquet", "new.csv"])
def test_a_query_changes_nothing_in_the_dataset(small: Path, name: str) -> None:
    before = _bytes(small)
    with pytest.raises(QueryError):
        query(small, f"COPY (SELECT 1 AS x) TO '{small}/{name}'")
    assert _bytes(small) == before


@pytest.mark.parametrize("sql", ["DROP TABLE rescued", "DELETE FROM rescued", "UPDATE rescued SET text = ''"])
def test_a_query_works_on_a_copy_in_memory(small: Path, sql: str) -> None:
    before = _bytes(small)
    with contextlib.suppress(QueryError):
        query(small, sql)
    assert _bytes(small) == before
    assert query(small, "SELECT count(*) FROM rescued").rows == ((2,),)


@pytest.mark.parametrize("name", ["rescued.parquet", "*.parquet"])
def test_a_query_reads_no_file_of_the_dataset_either(small: Path, name: str) -> None:
    with pytest.raises(QueryError, match="Permission Error"):
        query(small, f"SELECT * FROM read_parquet('{small}/{name}')")


@pytest.mark.parametrize("sql", ["", "  ", "-- only a remark"])
def test_an_empty_query_is_told(small: Path, sql: str) -> None:
    with pytest.raises(QueryError):
        query(small, sql)


@pytest.mark.parametrize("name", ["with space", "with'quote", "with [1]", "with #", "日本語"])
def test_the_dataset_may_lie_in_any_folder(tmp_path: Path, name: str) -> None:
    write_dataset(tmp_path / name, {"rescued": [_rescued("覚え", 1)]})
    assert query(tmp_path / name, "SELECT text FROM rescued").rows == (("覚え",),)


def test_the_dataset_may_be_named_relative_to_here(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(small.parent)
    assert query(Path("set"), "SELECT count(*) FROM rescued").rows == ((2,),)


def test_a_missing_dataset_names_the_missing_file(tmp_path: Path, small: Path) -> None:
    with pytest.raises(DatasetMissing, match=r"answers\.parquet"):
        query(tmp_path / "nowhere", "SELECT 1")
    table_path(small, "items").unlink()
    with pytest.raises(DatasetMissing, match=r"items\.parquet"):
        row_counts(small)


@pytest.mark.parametrize("left", [0, 4, 200])
def test_a_damaged_table_is_told(small: Path, left: int) -> None:
    path = table_path(small, "items")
    path.write_bytes(path.read_bytes()[:left])
    with pytest.raises(DatasetMissing, match=r"items\.parquet"):
        query(small, "SELECT 1")
    with pytest.raises(DatasetMissing, match=r"items\.parquet"):
        row_counts(small)


def test_rows_are_counted_table_by_table(small: Path) -> None:
    assert row_counts(small) == {entry.name: 2 if entry.name == "rescued" else 0 for entry in TABLES}


def test_csv_can_be_read_again(small: Path) -> None:
    text = to_csv(query(small, "SELECT text, page FROM rescued ORDER BY page NULLS LAST"))
    assert list(csv.reader(io.StringIO(text))) == [
        ["text", "page"],
        ["覚え, “一”", "1"],
        ["二行\nの覚え", ""],
    ]


def test_json_can_be_read_again(small: Path) -> None:
    sql = "SELECT text, page, DATE '2026-04-01' AS day, [1, 2] AS list, {'a': true} AS struct FROM rescued WHERE page = 1"
    assert json.loads(to_json(query(small, sql))) == [
        {"text": "覚え, “一”", "page": 1, "day": "2026-04-01", "list": [1, 2], "struct": {"a": True}}
    ]
    assert json.loads(to_json(query(small, "SELECT 1 WHERE false"))) == []


def test_japanese_is_not_escaped_in_json() -> None:
    assert "覚え" in to_json(Answer(("a",), (("覚え",),)))
    assert json.loads(to_json(Answer(("a",), ((dt.date(2026, 4, 1),),)))) == [{"a": "2026-04-01"}]


def test_no_column_is_lost_in_json() -> None:
    row = json.loads(to_json(Answer(("id", "id", "other", "id"), (("left", "right", "x", "last"),))))[0]
    assert row == {"id": "left", "id_2": "right", "other": "x", "id_3": "last"}


@pytest.mark.parametrize("names", [("a", "a", "a_2"), ("a_2", "a", "a")])
def test_no_column_is_lost_in_json_whatever_the_names(names: tuple[str, ...]) -> None:
    row = json.loads(to_json(Answer(names, ((1, 2, 3),))))[0]
    assert sorted(row.values()) == [1, 2, 3]


def _refuse(word: str) -> str:
    raise ValueError(word)


@pytest.mark.parametrize("figure", [float("nan"), float("inf"), float("-inf")])
def test_json_is_json_whatever_the_figure(figure: float) -> None:
    text = to_json(Answer(("a", "b", "c"), ((figure, [1.5, figure], {"x": figure}),)))
    assert json.loads(text, parse_constant=_refuse) == [{"a": None, "b": [1.5, None], "c": {"x": None}}]
