"""Folders, files and stores that fail: the dataset stays what it was, and the next run puts things right."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.errors import RawFolderEmpty, RawFolderMissing, RawFolderUnreadable
from tests.pipeline.make import in_process, table
from tests.pipeline.rerun import again, documents, same_tables, sheet, told


def test_an_empty_folder_is_rather_a_share_that_is_gone(folder: Path) -> None:
    again(folder)
    before = documents(folder)
    (folder / "raw").rename(folder / "elsewhere")
    with pytest.raises(RawFolderMissing):
        again(folder)
    (folder / "raw").mkdir()
    for prune in (False, True):
        with pytest.raises(RawFolderEmpty):
            again(folder, prune=prune)
    assert documents(folder) == before


def test_a_folder_that_vanishes_while_it_is_read_changes_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    again(folder)
    before = documents(folder)
    sheet(folder / "raw" / "d.csv", ["○"])

    def vanishing(files: object, *_: object) -> Iterator[object]:
        shutil.rmtree(folder / "raw")
        return in_process(files)  # type: ignore[arg-type]

    monkeypatch.setattr("pipeline.ingest.read_all", vanishing)
    with pytest.raises(RawFolderUnreadable):
        again(folder)
    assert documents(folder) == before


def test_a_file_that_cannot_be_read_now_keeps_its_answers(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    again(folder)
    answers, rows = table(folder / "out", "answers"), documents(folder)
    from pipeline.sources.file_contents import content_hash  # noqa: PLC0415

    def refused(path: Path) -> str:
        if path.name == "b.csv":
            raise PermissionError(13, "Permission denied", str(path))
        return content_hash(path)

    os.utime(folder / "raw" / "b.csv", (1, 1))
    with monkeypatch.context() as patch:
        patch.setattr("pipeline.sources.discover.content_hash", refused)
        assert again(folder).strict_exit_code == 1
    assert table(folder / "out", "answers") == answers
    assert told(folder, "path", "status", "version")[0] == ("b.csv", "failed", 1)
    problem = table(folder / "out", "problems")[0]
    assert (problem["path"], problem["code"]) == ("b.csv", "file_unreadable")
    assert problem["document_id"] == rows[0]["document_id"]
    assert again(folder).exit_code == 0
    assert documents(folder) == rows


def test_files_below_a_folder_that_cannot_be_listed_are_not_removed(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    again(folder)
    before = documents(folder)
    scandir = os.scandir

    def refused(path: str) -> Iterator[os.DirEntry[str]]:
        if Path(path).name == "社乙":
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    with monkeypatch.context() as patch:
        patch.setattr("os.scandir", refused)
        run = again(folder, prune=True)
    rows = documents(folder)
    assert (run.strict_exit_code, run.removed) == (1, 0)
    assert [row for row in rows if row["path"] != "社乙"] == before
    assert [(r["path"], r["code"]) for r in table(folder / "out", "problems")] == [
        ("社乙", "folder_unreadable")
    ]
    again(folder)
    assert documents(folder) == before


def test_a_damaged_store_is_read_anew(
    folder: Path, reads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    again(folder)
    reads.clear()
    for number, path in enumerate(sorted((folder / "out" / ".store").rglob("*.csp"))):
        data = path.read_bytes()
        path.write_bytes(data[: len(data) // 2] if number % 2 else data[:60] + b"\xff" * 8 + data[68:])
    monkeypatch.setattr("pipeline.incremental.plan.meaning_fingerprint", lambda: "other words")
    again(folder)
    assert sorted(reads) == ["a.csv", "b.csv", "c.csv"]
    again(folder, "fresh")
    assert same_tables(folder / "out", folder / "fresh") == []


def test_a_damaged_table_is_made_again_from_the_store(folder: Path, reads: list[str]) -> None:
    again(folder)
    again(folder, "fresh")
    reads.clear()
    plain = folder / "out" / "answers.parquet"
    with plain.open("r+b") as stream:  # the snapshot's file is the same one
        stream.write(b"????")
    again(folder)
    assert reads == []
    assert same_tables(folder / "out", folder / "fresh") == []


def test_a_file_that_changes_while_it_is_read_is_not_taken(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def growing(files: object, *_: object) -> Iterator[object]:
        for outcome in in_process(files):  # type: ignore[arg-type]
            if outcome.file.name == "b.csv":
                with outcome.file.path.open("a", encoding="utf-8") as stream:
                    stream.write("9,設備,まだ続く問い,○,\n")
            yield outcome

    with monkeypatch.context() as patch:
        patch.setattr("pipeline.ingest.read_all", growing)
        assert again(folder).strict_exit_code == 1
    assert told(folder, "path", "status")[0] == ("b.csv", "failed")
    assert [row["code"] for row in table(folder / "out", "problems")] == ["file_changed"]
    assert again(folder).exit_code == 0
    assert len([row for row in table(folder / "out", "answers") if row["remarks"] == "覚え"]) == 4
    assert len(told(folder, "path")) == 4, "the bytes that nobody read are a failed first version"


def test_an_interrupted_run_keeps_what_it_read(
    folder: Path, reads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopping(files: object, *_: object) -> Iterator[object]:
        for number, outcome in enumerate(in_process(files)):  # type: ignore[arg-type]
            if number == 2:
                raise KeyboardInterrupt
            yield outcome

    with monkeypatch.context() as patch:
        patch.setattr("pipeline.ingest.read_all", stopping)
        with pytest.raises(KeyboardInterrupt):
            again(folder)
    assert not (folder / "out" / "manifest.json").exists()
    reads.clear()
    again(folder)
    assert reads == ["a.csv"]
    assert len(table(folder / "out", "answers")) == 13
