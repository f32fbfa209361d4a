"""Names, bytes and versions: nothing that was ever received is lost, and bytes are one document."""

from __future__ import annotations

import shutil
from pathlib import Path

from pipeline.doctor.dataset import check_dataset
from pipeline.query.query import query
from tests.pipeline.make import table
from tests.pipeline.rerun import again, documents, same_tables, sheet, told


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
    found = list(check_dataset(folder / "out", folder / "raw"))
    assert [result.code for result in found if result.level != "ok"] == []


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


def test_an_older_version_of_a_file_is_not_an_answer_that_stands(tmp_path: Path) -> None:
    for replies in (["○", "×"], ["×", "×"]):
        sheet(tmp_path / "raw" / "20260401_回答.csv", replies)
        again(tmp_path)
    (tmp_path / "raw" / "20260401_回答.csv").rename(tmp_path / "raw" / "20260402_回答.csv")
    again(tmp_path)
    assert [row["version"] for row in documents(tmp_path)] == [1, 2, 1]
    assert query(tmp_path / "out", "SELECT answer FROM latest ORDER BY row").rows == (("no",), ("no",))
    assert query(tmp_path / "out", "SELECT path, items FROM coverage").rows == (
        ("20260401_回答.csv", 0), ("20260402_回答.csv", 2),
    )  # fmt: skip
