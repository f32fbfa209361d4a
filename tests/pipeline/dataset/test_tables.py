"""Rows as Parquet files: all tables, sorted, with their schema, the same bytes for the same rows."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.assemble.rows import control_rows
from pipeline.dataset.schema import TABLES
from pipeline.dataset.table_spec import TableSpec
from pipeline.dataset.tables import Row, rows_to_table
from tests.pipeline.datasets import write_dataset
from tests.pipeline.make import table

CONTROLS = next(entry for entry in TABLES if entry.name == "controls")
RESCUED = next(entry for entry in TABLES if entry.name == "rescued")


def _control(name: str, domain: str = "rooms") -> Row:
    texts = {
        "control_id": name,
        "domain": domain,
        "name_ja": "片付け",
        "name_en": "Tidy",
        "definition_ja": "片付けること。",
    }
    return {**texts, "desired": "yes", "references": [{"standard": "ある規格", "clause": "1"}]}


def _rescued(document_id: str, text: str) -> Row:
    return {
        "document_id": document_id,
        "sheet": None,
        "page": 1,
        "cells": None,
        "bbox": None,
        "text": text,
        "reason": "note",
    }


def test_all_tables_are_written_even_without_rows(tmp_path: Path) -> None:
    write_dataset(tmp_path / "new" / "folder", {})
    assert sorted(p.name for p in (tmp_path / "new" / "folder").glob("*.parquet")) == sorted(
        f"{t.name}.parquet" for t in TABLES
    )
    assert all(table(tmp_path / "new" / "folder", entry.name) == [] for entry in TABLES)


@pytest.mark.parametrize("entry", TABLES, ids=lambda entry: entry.name)
def test_a_file_says_itself_what_it_holds(tmp_path: Path, entry: TableSpec) -> None:
    write_dataset(tmp_path, {})
    schema = pq.read_schema(tmp_path / f"{entry.name}.parquet")
    assert schema.equals(entry.schema)
    assert schema.metadata[b"schema_version"] == b"4"
    assert schema.metadata[b"about"].decode() == entry.about
    described = [column.metadata[b"description"] for column in schema]
    assert len(described) == len(schema.names)
    assert all(described)


def test_rows_are_sorted_as_the_contract_says(tmp_path: Path) -> None:
    write_dataset(tmp_path, {"controls": [_control("b"), _control("a"), _control("z", "attics")]})
    assert [(row["domain"], row["control_id"]) for row in table(tmp_path, "controls")] == [
        ("attics", "z"), ("rooms", "a"), ("rooms", "b"),
    ]  # fmt: skip


def test_the_order_of_equals_is_kept() -> None:
    rows = [_rescued("b", "1"), _rescued("a", "2"), _rescued("b", "0"), _rescued("a", "1")]
    assert rows_to_table(RESCUED, rows).column("text").to_pylist() == ["2", "1", "1", "0"]


def test_the_same_rows_in_another_order_are_the_same_bytes(tmp_path: Path) -> None:
    rows = [_control(name) for name in "abc"]
    write_dataset(tmp_path / "1", {"controls": rows})
    write_dataset(tmp_path / "2", {"controls": rows[::-1]})
    assert (tmp_path / "1" / "controls.parquet").read_bytes() == (
        tmp_path / "2" / "controls.parquet"
    ).read_bytes()


def test_an_older_dataset_is_replaced_and_nothing_else_is_left(tmp_path: Path) -> None:
    write_dataset(tmp_path, {"controls": [_control("old")]})
    write_dataset(tmp_path, {"controls": [_control("new")]})
    assert [row["control_id"] for row in table(tmp_path, "controls")] == ["new"]
    assert {p.name for p in tmp_path.iterdir() if p.name.startswith(".")} == {".lock", ".snapshots"}


def test_texts_are_stored_as_printed(tmp_path: Path) -> None:
    printed = "①㈱ｶﾗｸﾘ　²½…〜～\nＴＬＳ１．２ か\u3099"
    write_dataset(tmp_path, {"controls": [{**_control("a"), "definition_ja": printed}]})
    assert table(tmp_path, "controls")[0]["definition_ja"] == printed


def test_a_value_of_another_type_is_refused() -> None:
    with pytest.raises(pa.ArrowInvalid):
        rows_to_table(RESCUED, [{**_rescued("a", "1"), "page": "one"}])


def test_a_missing_value_is_refused_where_there_must_be_one(tmp_path: Path) -> None:
    with pytest.raises(pa.ArrowInvalid, match="null"):
        write_dataset(tmp_path, {"controls": [{**_control("a"), "name_ja": None}]})


def test_a_folder_that_is_a_file_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(FileExistsError):
        write_dataset(tmp_path / "file", {})


def test_files_are_compressed(tmp_path: Path) -> None:
    write_dataset(tmp_path, {"controls": [_control("a")]})
    group = pq.ParquetFile(tmp_path / "controls.parquet").metadata.row_group(0)
    assert {group.column(i).compression for i in range(group.num_columns)} == {"ZSTD"}
    assert control_rows([]) == []
    assert CONTROLS.sorted_by == ("domain", "control_id")
