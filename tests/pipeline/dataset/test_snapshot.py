"""Snapshots: readers follow the manifest, old ones go, plain names are mended, what nobody names is removed."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipeline.dataset.snapshot import list_snapshots, load_tables, read_manifest
from pipeline.dataset.tables import read_table, table_path, table_paths
from tests.pipeline.dataset.test_tables import _control
from tests.pipeline.datasets import write_dataset
from tests.pipeline.make import table


def _write(folder: Path, name: str) -> None:
    write_dataset(folder, {"controls": [_control(name)]})


def _names(folder: Path) -> list[str]:
    return [row["control_id"] for row in read_table(folder, "controls").to_pylist()]


def test_readers_follow_the_manifest(tmp_path: Path) -> None:
    _write(tmp_path, "a")
    assert table_path(tmp_path, "controls") == tmp_path / ".snapshots" / "000001" / "controls.parquet"
    _write(tmp_path, "b")
    assert _names(tmp_path) == ["b"]
    assert {path.parent.name for path in table_paths(tmp_path).values()} == {"000002"}


def test_without_a_manifest_plain_files_are_read(tmp_path: Path) -> None:
    _write(tmp_path / "set", "a")
    (tmp_path / "copy").mkdir()
    for path in (tmp_path / "set").glob("*.parquet"):
        (tmp_path / "copy" / path.name).write_bytes(path.read_bytes())
    assert _names(tmp_path / "copy") == ["a"]


def test_the_snapshot_before_stays_for_readers_and_older_ones_go(tmp_path: Path) -> None:
    for name in "abcd":
        _write(tmp_path, name)
    assert sorted(p.name for p in (tmp_path / ".snapshots").iterdir()) == ["000003", "000004"]
    assert [m.snapshot for m in list_snapshots(tmp_path)] == [4, 3]


def test_the_same_tables_are_not_written_again(tmp_path: Path) -> None:
    _write(tmp_path, "a")
    before = table_path(tmp_path, "controls").stat().st_mtime_ns
    _write(tmp_path, "a")
    assert table_path(tmp_path, "controls").stat().st_mtime_ns == before
    assert sorted(p.name for p in (tmp_path / ".snapshots").iterdir()) == ["000001"]


def test_plain_names_are_mended(tmp_path: Path) -> None:
    _write(tmp_path, "a")
    (tmp_path / "controls.parquet").unlink()
    (tmp_path / "answers.parquet").unlink()
    (tmp_path / "answers.parquet").write_bytes(b"something else")
    _write(tmp_path, "a")
    assert [row["control_id"] for row in table(tmp_path, "controls")] == ["a"]
    assert pq.read_table(tmp_path / "answers.parquet").num_rows == 0


def test_where_no_links_can_be_made_plain_files_are_copies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr("pathlib.Path.hardlink_to", refused)
    _write(tmp_path, "a")
    plain = tmp_path / "controls.parquet"
    assert plain.read_bytes() == table_path(tmp_path, "controls").read_bytes()
    assert not plain.samefile(table_path(tmp_path, "controls"))
    before = plain.stat().st_ino
    _write(tmp_path, "a")
    assert plain.stat().st_ino == before, "the same bytes are not copied again"


def test_what_no_manifest_names_is_removed(tmp_path: Path) -> None:
    _write(tmp_path, "a")
    for name in ("000009", "half"):
        (tmp_path / ".snapshots" / name).mkdir()
        (tmp_path / ".snapshots" / name / "answers.parquet").write_bytes(b"PAR1")
    (tmp_path / ".controls.parquet.tmp").write_bytes(b"half")
    _write(tmp_path, "b")
    assert sorted(p.name for p in (tmp_path / ".snapshots").iterdir()) == ["000001", "000002"]
    assert list(tmp_path.glob(".*.tmp")) == []


@pytest.mark.parametrize("text", ["", "{", "[]", '{"snapshot": "x"}', "\xff"])
def test_a_damaged_manifest_is_none_and_the_snapshot_is_found_again(tmp_path: Path, text: str) -> None:
    _write(tmp_path, "a")
    whole = read_manifest(tmp_path)
    (tmp_path / "manifest.json").write_text(text, encoding="latin-1")
    assert read_manifest(tmp_path) is None
    assert list_snapshots(tmp_path) == [whole]
    assert _names(tmp_path) == ["a"], "readers take the plain files"


def test_a_table_that_is_not_what_the_manifest_says_is_not_taken_over(tmp_path: Path) -> None:
    _write(tmp_path, "a")
    manifest = read_manifest(tmp_path)
    assert manifest is not None
    assert load_tables(tmp_path, manifest) is not None
    path = table_path(tmp_path, "controls")
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(bytes(data))
    assert load_tables(tmp_path, manifest) is None
