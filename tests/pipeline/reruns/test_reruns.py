"""Runs over a folder that changes: only what is new is read, and a fresh run would say the same."""

from __future__ import annotations

import itertools
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from extractors.issue import Issue
from pipeline.document.process import DocumentResult
from pipeline.query.totals import count_dataset
from tests.pipeline.make import ENCRYPTED, in_process, table, write_pdf
from tests.pipeline.rerun import again, same_tables, sheet, told
from tests.pipeline.reruns.conftest import SHEETS


def test_an_unchanged_folder_is_not_read_and_no_table_is_written(folder: Path, reads: list[str]) -> None:
    first = again(folder)
    files = {path: path.stat().st_mtime_ns for path in (folder / "out").glob("*.parquet")}
    assert sorted(reads) == ["a.csv", "b.csv", "c.csv"]
    reads.clear()
    second = again(folder)
    assert reads == []
    assert {path: path.stat().st_mtime_ns for path in (folder / "out").glob("*.parquet")} == files
    assert (first.unchanged, second.unchanged) == (0, 3)
    assert (second.aligned, second.items) == (first.aligned, first.items)
    assert [line.forms for line in second.lines] == [line.forms for line in first.lines]
    assert [items for items, _ in count_dataset(folder / "out").items_by_path.values()] == [4, 6, 3]


@pytest.mark.parametrize("order", list(itertools.permutations(SHEETS)))
def test_files_one_by_one_in_any_order_give_what_a_fresh_run_gives(
    folder: Path, order: tuple[str, ...]
) -> None:
    again(folder, "fresh")
    shutil.move(folder / "raw", folder / "later")
    for name in order:
        (folder / "raw" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.move(folder / "later" / name, folder / "raw" / name)
        again(folder)
    assert same_tables(folder / "out", folder / "fresh") == []


def test_only_the_new_file_is_read(folder: Path, reads: list[str]) -> None:
    again(folder)
    reads.clear()
    sheet(folder / "raw" / "d.csv", ["○", "○"])
    run = again(folder)
    assert reads == ["d.csv"]
    assert (run.unchanged, len(run.lines)) == (3, 4)
    assert [line.name for line in run.lines if line.seconds is not None] == ["d.csv"]
    again(folder, "fresh")
    assert same_tables(folder / "out", folder / "fresh") == []


def test_fresh_reads_everything_again(folder: Path, reads: list[str]) -> None:
    again(folder)
    reads.clear()
    assert again(folder, fresh=True).unchanged == 0
    assert sorted(reads) == ["a.csv", "b.csv", "c.csv"]


def test_changed_words_derive_answers_again_without_reading(
    folder: Path, reads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "raw" / "gone.csv").write_bytes(
        sheet(folder / "raw" / "x.csv", ["△", "△"]).read_bytes() + b"\n"
    )
    again(folder)
    (folder / "raw" / "gone.csv").unlink()
    again(folder)
    reads.clear()
    monkeypatch.setattr("pipeline.incremental.plan.meaning_fingerprint", lambda: "other words")
    monkeypatch.setattr("pipeline.document.records.contradicts", lambda *_: True)
    again(folder)
    assert reads == []
    rows = table(folder / "out", "answers")
    assert len(rows) == 17
    assert {round(row["confidence"], 2) for row in rows} == {0.49}, "rows of the removed file too"
    assert again(folder).unchanged == 4


def test_a_changed_catalogue_aligns_again_without_reading(folder: Path, reads: list[str]) -> None:
    again(folder)
    reads.clear()
    own = folder / "controls"
    own.mkdir()
    text = '[[controls]]\nid = "own-keys"\nname_ja = "鍵"\ndefinition_ja = "鍵を管理していること。"\n'
    (own / "own.toml").write_text(text, encoding="utf-8")
    assert again(folder, controls=own).unchanged == 3
    assert reads == []
    assert "own-keys" in {row["control_id"] for row in table(folder / "out", "controls")}


def test_changed_readers_read_again(folder: Path, reads: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    again(folder)
    reads.clear()
    for name in (
        "incremental.plan.meaning_fingerprint",
        "incremental.plan.reading_fingerprint",
        "ingest.reading_fingerprint",
    ):
        monkeypatch.setattr(f"pipeline.{name}", lambda: "another program ")
    again(folder)
    assert sorted(reads) == ["a.csv", "b.csv", "c.csv"]
    reads.clear()
    again(folder)
    assert reads == []


def test_failed_files_are_tried_again_when_something_changed(
    folder: Path, reads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = folder / "raw"
    (raw / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing")
    (raw / "locked.xlsx").write_bytes(ENCRYPTED)
    write_pdf(raw / "locked.pdf", ["made up"], password="open sesame")
    assert again(folder).strict_exit_code == 1
    reads.clear()
    assert again(folder).strict_exit_code == 1
    assert reads == []
    again(folder, passwords=("open sesame",))
    assert sorted(reads) == ["locked.pdf", "locked.xlsx"]
    assert dict(told(folder, "path", "status"))["locked.pdf"] == "no_checklist"
    reads.clear()
    monkeypatch.setattr("pipeline.incremental.plan.meaning_fingerprint", lambda: "other program")
    again(folder, passwords=("open sesame",))
    assert reads == ["broken.pdf", "locked.xlsx"]


@pytest.mark.parametrize(
    ("code", "detail", "tried"),
    [
        ("file_reader_died", "SIGKILL", [1, 2, 3, 4]),
        ("file_reader_died", "SIGABRT", [1, 1, 2, 2]),
        ("file_reader_not_started", "exit code 1", [1, 2, 3, 4]),
        ("folder_out_of_time", "", [1, 2, 3, 4]),
        ("file_gave_too_much", "", [1, 1, 1, 1]),
        ("file_took_too_long", "", [1, 1, 1, 2]),
        ("file_out_of_memory", "", [1, 1, 2, 2]),
    ],
)
def test_a_reader_that_was_killed_is_tried_in_every_run_and_what_reached_a_limit_with_a_higher_one(
    folder: Path, monkeypatch: pytest.MonkeyPatch, code: str, detail: str, tried: list[int]
) -> None:
    sheet(folder / "raw" / "heavy.csv", ["○", "×"], "重い")
    asked: list[str] = []

    def failing(files: object, *_: object) -> Iterator[object]:
        for outcome in in_process(files):  # type: ignore[arg-type]
            if outcome.file.name == "heavy.csv":
                asked.append(outcome.file.name)
                lost = Issue(code, params={"detail": detail, "seconds": "300"})
                yield DocumentResult(outcome.file, "failed", "text/csv", issues=(lost,))
            else:
                yield outcome

    monkeypatch.setattr("pipeline.ingest.read_all", failing)
    counts = []
    for timeout, memory in ((300.0, 900), (300.0, 900), (300.0, 1200), (600.0, 1200)):
        again(folder, timeout=timeout, memory=memory)
        counts.append(len(asked))
    assert counts == tried
    assert dict(told(folder, "path", "status"))["heavy.csv"] == "failed"


def test_no_password_stands_in_the_dataset(folder: Path) -> None:
    write_pdf(folder / "raw" / "locked.pdf", ["made up"], password="open sesame")
    (folder / "raw" / "passwords.txt").write_text("shibboleth\n", encoding="utf-8")
    again(folder)
    files = [path for path in (folder / "out").rglob("*") if path.is_file()]
    assert not [path for path in files if b"shibboleth" in path.read_bytes()]
    key = next(row["conditions"] for row in _known(folder) if row["path"] == "locked.pdf")
    assert key.startswith("passwords ")


def test_a_file_restored_with_its_old_time_is_still_noticed(folder: Path) -> None:
    path = folder / "raw" / "b.csv"
    os.utime(path, (1_000_000_000, 1_000_000_000))
    again(folder)
    path.write_text(path.read_text(encoding="utf-8").replace("○", "×"), encoding="utf-8")
    os.utime(path, (1_000_000_000, 1_000_000_000))
    again(folder)
    assert told(folder, "path", "version")[:2] == [("b.csv", 1), ("b.csv", 2)]


def test_unchanged_files_are_not_hashed_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "pipeline.sources.file_index._SETTLED", -(10**18)
    )  # as if they had been there for long
    again(folder)

    def never(path: Path) -> str:
        raise AssertionError(path)

    monkeypatch.setattr("pipeline.sources.discover.content_hash", never)
    assert again(folder).unchanged == 3
    with pytest.raises(AssertionError):
        again(folder, fresh=True)


def _known(folder: Path) -> list[dict[str, str]]:
    import pyarrow.parquet as pq  # noqa: PLC0415

    rows: list[dict[str, str]] = pq.read_table(
        folder / "out" / ".snapshots" / "000001" / "known.parquet"
    ).to_pylist()
    return rows
