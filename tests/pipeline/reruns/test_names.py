"""Two files that an early version took for one: their rows were doubled in each run; doctor tells it, a run mends it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pipeline.dataset.doubled_rows import drop_doubled_rows
from pipeline.dataset.tables import read_table
from pipeline.doctor.dataset import check_dataset
from tests.pipeline.make import table
from tests.pipeline.rerun import again, check_whole, documents, sheet


def _early(name: str) -> str:
    """How names were stored: two became one."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


@pytest.fixture
def alike(folder: Path) -> Path:
    """A folder with two files whose names look alike once they are spelled out."""
    sheet(folder / "raw" / "\\x8a.csv", ["○", "×"], "一つ目")
    sheet(Path(os.fsdecode(os.fsencode(folder / "raw") + b"/\x8a.csv")), ["×", "×", "○"], "二つ目")
    return folder


def test_names_that_look_alike_are_two_documents_in_every_run(alike: Path) -> None:
    counts = []
    for _ in range(3):
        again(alike)
        counts.append((len(documents(alike)), len(table(alike / "out", "answers"))))
    assert counts == [(5, 18)] * 3
    assert [r.code for r in check_dataset(alike / "out", alike / "raw") if r.level != "ok"] == []


def test_a_dataset_with_doubled_rows_is_told_and_mended_by_a_run(
    alike: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("pipeline.sources.file_names.stored_name", _early)
        patch.setattr("pipeline.sources.discover._apart", lambda files, _: files)
        for _ in range(3):
            again(alike)
    out = alike / "out"
    told = {result.code: result for result in check_dataset(out, alike / "raw")}
    assert told["key_twice"].level == "error"
    assert again(alike).exit_code == 0
    check_whole(out)
    assert [r.code for r in check_dataset(out, alike / "raw") if r.level != "ok"] == []
    current = [row for row in documents(alike) if row["status"] == "ok" and row["replaced_by"] is None]
    assert sorted(row["path"] for row in current)[:2] == ["\\x5cx8a.csv", "\\x8a.csv"]
    again(alike, out="fresh")
    fresh = {(row["document_id"], row["row"]): row for row in table(alike / "fresh", "answers")}
    mended = {(row["document_id"], row["row"]): row for row in table(out, "answers")}
    assert {key: row["answer"] for key, row in fresh.items()} == {
        key: row["answer"] for key, row in mended.items()
    }


def test_a_sound_dataset_is_left_as_it_is(folder: Path) -> None:
    again(folder)
    tables = {name: read_table(folder / "out", name) for name in ("answers", "documents", "rescued", "items")}
    mended, ids = drop_doubled_rows(tables)
    assert ids == frozenset()
    assert all(mended[name] is tables[name] for name in tables)
