"""Runs over a folder that changes: only what is new is read, nothing is lost, and a fresh run would say the same."""

from __future__ import annotations

import itertools
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.discover import RawFolderUnreadable
from pipeline.ingest import RawFolderEmpty, ingest
from tests.pipeline.make import ENCRYPTED, in_process, table, write_pdf
from tests.pipeline.rerun import again, check_whole, documents, quick, same_tables, sheet, told

SHEETS = {
    "社甲/a.csv": (["○", "×", "△"], ""),
    "b.csv": (["○", "○", "○", "×"], "覚え"),
    "社乙/c.csv": (["×", "", "○", "○", "○", "○"], ""),
}


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    quick(monkeypatch)


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that a reader was asked for."""
    from extractors.read import read  # noqa: PLC0415

    seen: list[str] = []

    def noted(path: Path, passwords: object = ()) -> object:
        seen.append(path.name)
        return read(path, passwords)  # type: ignore[arg-type]

    monkeypatch.setattr("pipeline.extract.read", noted)
    return seen


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A folder with `raw` in it; what is left in `out` must fit together."""
    for name, (replies, remarks) in SHEETS.items():
        sheet(tmp_path / "raw" / name, replies, remarks)
    yield tmp_path
    check_whole(tmp_path / "out")


def test_an_unchanged_folder_is_not_read_and_no_table_is_written(folder: Path, reads: list[str]) -> None:
    first = again(folder)
    files = {path: path.stat().st_mtime_ns for path in (folder / "out").glob("*.parquet")}
    assert sorted(reads) == ["a.csv", "b.csv", "c.csv"]
    reads.clear()
    second = again(folder)
    assert reads == []
    assert {path: path.stat().st_mtime_ns for path in (folder / "out").glob("*.parquet")} == files
    assert (first.unchanged, second.unchanged) == (0, 3)
    assert (second.answers, second.items) == (first.answers, first.items)
    assert [line.items for line in second.lines] == [line.items for line in first.lines] == [4, 6, 3]


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


def test_the_same_bytes_under_another_name_are_one_document(folder: Path, reads: list[str]) -> None:
    again(folder)
    reads.clear()
    shutil.copy(folder / "raw" / "b.csv", folder / "raw" / "0 again.csv")
    again(folder)
    assert reads == []
    rows = {row["path"]: row for row in documents(folder)}
    assert rows["b.csv"]["duplicate_of"] == "0 again.csv"
    assert rows["b.csv"]["document_id"] == rows["0 again.csv"]["document_id"]
    again(folder, "fresh")
    assert same_tables(folder / "out", folder / "fresh") == []


def test_a_renamed_file_keeps_its_answers_and_both_paths_are_known(folder: Path, reads: list[str]) -> None:
    again(folder)
    reads.clear()
    before = table(folder / "out", "answers")
    (folder / "raw" / "b.csv").rename(folder / "raw" / "z.csv")
    again(folder)
    assert reads == []
    assert table(folder / "out", "answers") == before
    assert told(folder, "path", "status", "duplicate_of") == [
        ("b.csv", "removed", "z.csv"),
        ("z.csv", "ok", None),
        ("社乙/c.csv", "ok", None),
        ("社甲/a.csv", "ok", None),
    ]


def test_new_bytes_under_an_old_name_are_a_new_version(folder: Path) -> None:
    again(folder)
    old = documents(folder)[0]["document_id"]
    sheet(folder / "raw" / "b.csv", ["×", "×"])
    run = again(folder)
    new = documents(folder)[1]["document_id"]
    assert told(folder, "path", "version", "document_id", "replaced_by", "status")[:2] == [
        ("b.csv", 1, old, new, "ok"),
        ("b.csv", 2, new, None, "ok"),
    ]
    rows = table(folder / "out", "answers")
    assert [row["answer"] for row in rows if row["document_id"] == old] == ["yes", "yes", "yes", "no"]
    assert [row["answer"] for row in rows if row["document_id"] == new] == ["no", "no"]
    assert run.replaced == 1
    counts = {row["item_no"]: row["documents"] for row in table(folder / "out", "items")}
    assert counts == {"1": 3, "2": 2, "3": 2, "4": 1, "5": 1, "6": 1}


def test_the_chain_of_versions_goes_on_and_old_bytes_may_come_back(folder: Path) -> None:
    path = folder / "raw" / "b.csv"
    texts = [path.read_bytes()]
    again(folder)
    for replies in (["×"], ["△"]):
        texts.append(sheet(path, replies).read_bytes())
        again(folder)
    path.write_bytes(texts[0])
    again(folder)
    rows = [row for row in documents(folder) if row["path"] == "b.csv"]
    ids = [row["document_id"] for row in rows]
    assert [row["version"] for row in rows] == [1, 2, 3, 4]
    assert [row["replaced_by"] for row in rows] == [*ids[1:], None]
    assert ids[0] == ids[3]
    assert [row["status"] for row in rows] == ["duplicate", "ok", "ok", "ok"]
    assert len(table(folder / "out", "answers")) == 3 + 6 + 4 + 1 + 1
    again(folder)
    assert [row for row in documents(folder) if row["path"] == "b.csv"] == rows


def test_a_file_taken_out_stays_as_removed_and_comes_back(folder: Path, reads: list[str]) -> None:
    again(folder)
    again(folder, "fresh")
    answers = table(folder / "out", "answers")
    reads.clear()
    text = (folder / "raw" / "b.csv").read_bytes()
    (folder / "raw" / "b.csv").unlink()
    assert again(folder).removed == 1
    assert table(folder / "out", "answers") == answers
    assert told(folder, "path", "status")[0] == ("b.csv", "removed")
    assert "b.csv" not in {row["path"] for row in table(folder / "out", "problems")}
    assert again(folder).exit_code == 0
    (folder / "raw" / "b.csv").write_bytes(text)
    assert again(folder).removed == 0
    assert reads == []
    assert same_tables(folder / "out", folder / "fresh") == []


def test_prune_drops_what_was_taken_out_and_its_versions(folder: Path) -> None:
    again(folder)
    sheet(folder / "raw" / "b.csv", ["×"])
    again(folder)
    (folder / "raw" / "b.csv").unlink()
    again(folder)
    assert len(documents(folder)) == 4
    again(folder, prune=True)
    again(folder, "fresh")
    assert same_tables(folder / "out", folder / "fresh") == []
    assert len(list((folder / "out" / ".store" / "extracts").glob("*/*"))) == 2


def test_prune_keeps_older_versions_of_files_that_are_there(folder: Path) -> None:
    again(folder)
    sheet(folder / "raw" / "b.csv", ["×"])
    again(folder, prune=True)
    assert told(folder, "path", "version")[:2] == [("b.csv", 1), ("b.csv", 2)]


def test_an_empty_folder_is_rather_a_share_that_is_gone(folder: Path) -> None:
    again(folder)
    before = documents(folder)
    (folder / "raw").rename(folder / "elsewhere")
    with pytest.raises(NotADirectoryError):
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
    from pipeline.discover import _sha256  # noqa: PLC0415

    def refused(path: Path) -> str:
        if path.name == "b.csv":
            raise PermissionError(13, "Permission denied", str(path))
        return _sha256(path)

    os.utime(folder / "raw" / "b.csv", (1, 1))
    with monkeypatch.context() as patch:
        patch.setattr("pipeline.discover._sha256", refused)
        assert again(folder).exit_code == 1
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
    assert (run.exit_code, run.removed) == (1, 0)
    assert [row for row in rows if row["path"] != "社乙"] == before
    assert [(r["path"], r["code"]) for r in table(folder / "out", "problems")] == [
        ("社乙", "folder_unreadable")
    ]
    again(folder)
    assert documents(folder) == before


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
    monkeypatch.setattr("pipeline.plan.meaning_version", lambda: "other words")
    monkeypatch.setattr("pipeline.records.contradicts", lambda *_: True)
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
    for name in ("plan.meaning_version", "plan.reading_version", "ingest.reading_version"):
        monkeypatch.setattr(f"pipeline.{name}", lambda: "another program ")
    again(folder)
    assert sorted(reads) == ["a.csv", "b.csv", "c.csv"]
    reads.clear()
    again(folder)
    assert reads == []


def test_a_damaged_store_is_read_anew(
    folder: Path, reads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    again(folder)
    reads.clear()
    for number, path in enumerate(sorted((folder / "out" / ".store").rglob("*.csp"))):
        data = path.read_bytes()
        path.write_bytes(data[: len(data) // 2] if number % 2 else data[:60] + b"\xff" * 8 + data[68:])
    monkeypatch.setattr("pipeline.plan.meaning_version", lambda: "other words")
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


def test_failed_files_are_tried_again_when_something_changed(
    folder: Path, reads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = folder / "raw"
    (raw / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing")
    (raw / "locked.xlsx").write_bytes(ENCRYPTED)
    write_pdf(raw / "locked.pdf", ["made up"], password="open sesame")
    assert again(folder).exit_code == 1
    reads.clear()
    assert again(folder).exit_code == 1
    assert reads == []
    again(folder, passwords=("open sesame",))
    assert sorted(reads) == ["locked.pdf", "locked.xlsx"]
    assert dict(told(folder, "path", "status"))["locked.pdf"] == "no_checklist"
    reads.clear()
    monkeypatch.setattr("pipeline.plan.meaning_version", lambda: "other program")
    again(folder, passwords=("open sesame",))
    assert reads == ["broken.pdf", "locked.xlsx"]


def test_no_password_stands_in_the_dataset(folder: Path) -> None:
    write_pdf(folder / "raw" / "locked.pdf", ["made up"], password="open sesame")
    (folder / "raw" / "passwords.txt").write_text("shibboleth\n", encoding="utf-8")
    again(folder)
    files = [path for path in (folder / "out").rglob("*") if path.is_file()]
    assert not [path for path in files if b"shibboleth" in path.read_bytes()]
    key = next(row["conditions"] for row in _known(folder) if row["path"] == "locked.pdf")
    assert key.startswith("passwords ")


def _known(folder: Path) -> list[dict[str, str]]:
    import pyarrow.parquet as pq  # noqa: PLC0415

    rows: list[dict[str, str]] = pq.read_table(
        folder / "out" / ".snapshots" / "000001" / "known.parquet"
    ).to_pylist()
    return rows


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
        assert again(folder).exit_code == 1
    assert told(folder, "path", "status")[0] == ("b.csv", "failed")
    assert [row["code"] for row in table(folder / "out", "problems")] == ["file_changed"]
    assert again(folder).exit_code == 0
    assert len([row for row in table(folder / "out", "answers") if row["remarks"] == "覚え"]) == 4
    assert len(told(folder, "path")) == 4, "the bytes that nobody read are a failed first version"


def test_lock_files_and_empty_files_come_and_go_without_a_trace(folder: Path) -> None:
    again(folder, "fresh")
    (folder / "raw" / "~$b.csv").write_text("x")
    (folder / "raw" / "new.csv").touch()
    again(folder)
    assert len(documents(folder)) == 5
    again(folder)
    (folder / "raw" / "~$b.csv").unlink()
    (folder / "raw" / "new.csv").unlink()
    again(folder)
    assert same_tables(folder / "out", folder / "fresh") == []


def test_a_file_that_is_empty_for_a_while_loses_nothing(folder: Path) -> None:
    again(folder)
    text = (folder / "raw" / "b.csv").read_bytes()
    (folder / "raw" / "b.csv").write_bytes(b"")
    again(folder)
    assert told(folder, "path", "version", "status")[:2] == [
        ("b.csv", 1, "removed"),
        ("b.csv", 2, "no_checklist"),
    ]
    (folder / "raw" / "b.csv").write_bytes(text)
    again(folder)
    assert told(folder, "path", "version", "status", "replaced_by")[0] == ("b.csv", 1, "ok", None)
    assert len(documents(folder)) == 3


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
            ingest(again_settings(folder))
    assert not (folder / "out" / "manifest.json").exists()
    reads.clear()
    again(folder)
    assert reads == ["a.csv"]
    assert len(table(folder / "out", "answers")) == 13


def again_settings(folder: Path) -> object:
    from pipeline.ingest import Settings  # noqa: PLC0415

    return Settings(folder / "raw", folder / "out", workers=1)


def test_a_file_restored_with_its_old_time_is_still_noticed(folder: Path) -> None:
    path = folder / "raw" / "b.csv"
    os.utime(path, (1_000_000_000, 1_000_000_000))
    again(folder)
    path.write_text(path.read_text(encoding="utf-8").replace("○", "×"), encoding="utf-8")
    os.utime(path, (1_000_000_000, 1_000_000_000))
    again(folder)
    assert told(folder, "path", "version")[:2] == [("b.csv", 1), ("b.csv", 2)]


def test_unchanged_files_are_not_hashed_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.store.seen._SETTLED", -(10**18))  # as if they had been there for long
    again(folder)

    def never(path: Path) -> str:
        raise AssertionError(path)

    monkeypatch.setattr("pipeline.discover._sha256", never)
    assert again(folder).unchanged == 3
    with pytest.raises(AssertionError):
        again(folder, fresh=True)
