"""Parts: the same rows give the same files, a document more changes few of them, and a reader gets the sorted table back."""

from __future__ import annotations

import hashlib
import random
from itertools import pairwise
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.dataset import parts as parts_of_tables
from pipeline.dataset.lock import lock_dataset
from pipeline.dataset.parts import part_edges, split_table
from pipeline.dataset.schema import TABLES
from pipeline.dataset.snapshot import list_snapshots, load_tables, read_manifest, snapshot_folder
from pipeline.dataset.tables import read_table, rows_to_table, table_path, table_paths, write_tables

ROWS = 20  # of a document


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts of 400 rows, so that some thousand rows make many."""
    monkeypatch.setattr(parts_of_tables, "PART_ROWS", 400)
    monkeypatch.setattr(parts_of_tables, "_FEWEST", 50)
    monkeypatch.setattr(parts_of_tables, "_MOST", 1_600)


def _lists(documents: range) -> pa.Table:
    spec = next(table for table in TABLES if table.name == "rescued")
    rows = [
        dict.fromkeys(spec.schema.names)
        | {
            "document_id": hashlib.sha256(str(number).encode()).hexdigest()[:16],
            "text": f"{number} {row}",
            "reason": "r",
        }
        for number in documents
        for row in range(ROWS)
    ]
    return rows_to_table(spec, rows)


def _write(folder: Path, rescued: pa.Table, in_parts: bool | None = True) -> None:
    tables = {spec.name: rows_to_table(spec, ()) for spec in TABLES} | {"rescued": rescued}
    with lock_dataset(folder):
        write_tables(folder, tables, "key", in_parts)


def _inodes(folder: Path) -> dict[str, int]:
    return {path.name.split("-")[1]: path.stat().st_ino for path in table_path(folder, "rescued").iterdir()}


def test_a_reader_gets_the_sorted_table_back(tmp_path: Path) -> None:
    table = _lists(range(200))
    _write(tmp_path, table)
    assert len(_inodes(tmp_path)) > 5
    assert read_table(tmp_path, "rescued").equals(table)
    manifest = read_manifest(tmp_path)
    assert manifest is not None
    loaded = load_tables(tmp_path, manifest)
    assert loaded is not None
    assert loaded["rescued"].equals(table)
    assert loaded["answers"].schema.equals(read_table(tmp_path, "answers").schema, check_metadata=True)


def test_one_document_more_writes_few_parts_and_links_the_others(tmp_path: Path) -> None:
    _write(tmp_path, _lists(range(200)))
    before = _inodes(tmp_path)
    for more in range(1, 6):
        _write(tmp_path, _lists(range(200 + more)))
        after = _inodes(tmp_path)
        new = set(after.items()) - set(before.items())
        assert 1 <= len(new) <= 2
        before = after


def test_parts_depend_on_the_rows_alone(tmp_path: Path) -> None:
    _write(tmp_path / "at once", _lists(range(120)))
    for count in (40, 80, 120):
        _write(tmp_path / "little by little", _lists(range(count)))
    assert _inodes(tmp_path / "at once").keys() == _inodes(tmp_path / "little by little").keys()


def test_rows_of_a_key_stay_together_and_no_row_is_lost() -> None:
    chance = random.Random(7)
    keys = [f"{key:04d}" for key in range(300) for _ in range(chance.randint(1, 90))]
    edges = part_edges(pa.chunked_array([keys[:100], keys[100:]]))
    assert edges[0] == 0
    assert edges[-1] == len(keys)
    assert edges == sorted(set(edges))
    assert all(keys[edge] != keys[edge - 1] for edge in edges[1:-1])
    assert max(b - a for a, b in pairwise(edges)) <= 1_600
    assert [len(rows) for _, rows in split_table(_lists(range(0)))] == [0]


def test_a_damaged_part_is_found_and_written_again(tmp_path: Path) -> None:
    _write(tmp_path, _lists(range(60)))
    manifest = read_manifest(tmp_path)
    assert manifest is not None
    part = next(iter(sorted(table_path(tmp_path, "rescued").iterdir())))
    part.write_bytes(part.read_bytes()[:-1] + b"?")
    assert load_tables(tmp_path, manifest) is None
    _write(tmp_path, _lists(range(60)))
    assert read_table(tmp_path, "rescued").equals(_lists(range(60)))


def test_the_layout_stays_until_another_is_asked_for(tmp_path: Path) -> None:
    _write(tmp_path, _lists(range(60)), in_parts=None)
    assert (tmp_path / "rescued.parquet").is_file()
    for layout in (True, None):
        _write(tmp_path, _lists(range(61)), layout)
        assert not (tmp_path / "rescued.parquet").exists()
        assert (tmp_path / "rescued").is_dir()
    _write(tmp_path, _lists(range(62)), in_parts=False)
    assert not (tmp_path / "rescued").exists()
    assert pq.read_table(tmp_path / "rescued.parquet").equals(_lists(range(62)))


def test_other_programs_read_the_folder_under_its_plain_name(tmp_path: Path) -> None:
    pandas, polars = pytest.importorskip("pandas"), pytest.importorskip("polars")
    _write(tmp_path, _lists(range(60)))
    plain = tmp_path / "rescued"
    assert duckdb.sql(f"SELECT count(*) FROM '{plain}/*.parquet'").fetchall() == [(60 * ROWS,)]
    assert len(pandas.read_parquet(plain)) == 60 * ROWS
    assert polars.scan_parquet(plain / "*.parquet").collect().height == 60 * ROWS
    assert pq.read_table(plain).num_rows == 60 * ROWS


def test_the_run_before_stays_a_dataset_of_its_own(tmp_path: Path) -> None:
    for count in (60, 61):
        _write(tmp_path, _lists(range(count)))
    older = list_snapshots(tmp_path)[1]
    place = snapshot_folder(tmp_path, older.snapshot)
    assert read_table(place, "rescued").equals(_lists(range(60)))
    assert set(table_paths(place)) == set(table_paths(tmp_path))
