"""A whole run: every file has its row, bad files are values, and two runs give the same bytes."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipeline.assemble.rows import Row
from pipeline.dataset.schema import TABLES
from pipeline.errors import RawFolderMissing
from pipeline.incremental.run_report import RunReport
from pipeline.ingest import ingest
from pipeline.settings import Settings
from tests.conftest import GOLDEN
from tests.pipeline.make import ENCRYPTED, SAMPLES, in_process, table, write_pdf


def _issues(raw: Path) -> Path:
    """A raw folder in which nothing is as it should be, and a letter."""
    raw.mkdir()
    (raw / "broken.xlsx").write_bytes(b"PK\x03\x04" + b"cut off" * 50)
    (raw / "empty.pdf").touch()
    (raw / "locked.xlsx").write_bytes(ENCRYPTED)
    write_pdf(raw / "locked.pdf", ["made up"], password="open sesame")
    (raw / "photo.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(40))
    (raw / "letter.txt").write_text("拝啓\n\n敬具\n", encoding="utf-8")
    (raw / "z-letter again.txt").write_text("拝啓\n\n敬具\n", encoding="utf-8")
    (raw / "~$x.xlsx").write_bytes(b"lock")
    (raw / ".hidden").write_text("hidden")
    (raw.parent / "outside.txt").write_text("not received")
    (raw / "link.txt").symlink_to(raw.parent / "outside.txt")
    (raw / "gone.txt").symlink_to(raw / "nowhere.txt")
    (raw / "room").symlink_to(raw.parent)
    os.mkfifo(raw / "pipe.txt")
    return raw


EXPECTED = {
    "broken.xlsx": ("failed", "file_damaged", "error", "damaged and was not read"),
    "empty.pdf": ("no_checklist", "file_empty", "warning", "is empty (0 bytes)"),
    "locked.xlsx": ("encrypted", "file_encrypted", "error", "protected by a password"),
    "locked.pdf": ("encrypted", "file_encrypted", "error", "protected by a password"),
    "photo.png": ("failed", "file_damaged", "error", "damaged"),
    "letter.txt": ("no_checklist", "no_checklist", "warning", "holds no checklist"),
    "z-letter again.txt": ("duplicate", "file_duplicate", "warning", "same bytes as letter.txt"),
    "~$x.xlsx": (
        "ignored",
        "lock_file_ignored",
        "warning",
        "a lock file or a temporary file that Office leaves",
    ),
    ".hidden": ("ignored", "hidden_file_ignored", "warning", "a hidden or system file"),
    "link.txt": (
        "no_checklist",
        "link_ignored",
        "warning",
        "a link that leads to no file inside the raw folder",
    ),
    "room": ("no_checklist", "link_ignored", "warning", "a link that leads to no file inside the raw folder"),
    "gone.txt": ("no_checklist", "link_ignored", "warning", "passed over"),
    "pipe.txt": ("no_checklist", "special_file_ignored", "warning", "it is a pipe or device"),
}


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are read in this process: the tests of the processes are in test_workers and the slow ones."""
    monkeypatch.setattr("pipeline.ingest.read_all", in_process)


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> tuple[RunReport, Path]:
    folder = tmp_path_factory.mktemp("issues")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pipeline.ingest.read_all", in_process)
        return ingest(Settings(_issues(folder / "raw"), folder / "out")), folder / "out"


@pytest.mark.slow
def test_worker_processes_give_the_same_tables(run: tuple[RunReport, Path], tmp_path: Path) -> None:
    assert ingest(Settings(run[1].parent / "raw", tmp_path / "out", workers=2)).strict_exit_code == 1
    for entry in TABLES:
        name = f"{entry.name}.parquet"
        assert (tmp_path / "out" / name).read_bytes() == (run[1] / name).read_bytes(), name


def test_every_file_has_a_row_in_documents(run: tuple[RunReport, Path]) -> None:
    rows = {row["path"]: row for row in table(run[1], "documents")}
    assert list(rows) == sorted(EXPECTED)
    assert {path: row["status"] for path, row in rows.items()} == {path: e[0] for path, e in EXPECTED.items()}
    assert rows["z-letter again.txt"]["duplicate_of"] == "letter.txt"
    assert rows["z-letter again.txt"]["document_id"] == rows["letter.txt"]["document_id"]


@pytest.mark.parametrize("path", EXPECTED)
def test_every_bad_file_has_a_row_in_problems_with_a_clear_message(
    run: tuple[RunReport, Path], path: str
) -> None:
    status, code, severity, words = EXPECTED[path]
    found = [row for row in table(run[1], "problems") if row["path"] == path]
    assert [(row["code"], row["severity"]) for row in found] == [(code, severity)]
    message = found[0]["message"]
    assert message.startswith(path)
    assert words in message
    document = next(row for row in table(run[1], "documents") if row["path"] == path)
    assert (document["status"], document["message"]) == (status, message)


def test_a_run_with_bad_files_writes_all_tables_and_ends_with_one(run: tuple[RunReport, Path]) -> None:
    assert run[0].strict_exit_code == 1
    assert sorted(p.name for p in run[1].glob("*.parquet")) == sorted(
        f"{entry.name}.parquet" for entry in TABLES
    )
    assert table(run[1], "answers") == []
    assert [row["text"] for row in table(run[1], "rescued")] == ["拝啓", "敬具"]


@pytest.mark.usefixtures("at_once")
def test_a_run_without_bad_files_ends_with_zero(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "letter.txt").write_text("拝啓\n\n敬具\n", encoding="utf-8")
    (raw / "empty.txt").touch()
    assert ingest(Settings(raw, tmp_path / "out", workers=1)).exit_code == 0


@pytest.mark.usefixtures("at_once")
def test_messages_come_in_japanese(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "empty.pdf").touch()
    ingest(Settings(raw, tmp_path / "out", workers=1, language="ja"))
    assert table(tmp_path / "out", "problems")[0]["message"].startswith("empty.pdf は空（0バイト）のため")
    assert table(tmp_path / "out", "documents")[0]["message"].startswith("empty.pdf は空（0バイト）のため")


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize("name", ["~$x.xlsx", ".hidden", "Thumbs.db"])
def test_a_japanese_message_is_japanese_throughout(tmp_path: Path, name: str) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / name).write_text("x")
    ingest(Settings(raw, tmp_path / "out", workers=1, language="ja"))
    message = table(tmp_path / "out", "problems")[0]["message"].replace(name, "")
    assert " file" not in message


def test_an_empty_folder_gives_an_empty_dataset(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    run = ingest(Settings(tmp_path / "raw", tmp_path / "out", workers=1))
    assert (run.exit_code, run.lines, run.items, run.aligned) == (0, (), 0, 0)
    assert table(tmp_path / "out", "documents") == []
    assert len(table(tmp_path / "out", "controls")) >= 250


def test_a_missing_folder_is_an_error_and_writes_nothing(tmp_path: Path) -> None:
    with pytest.raises(RawFolderMissing):
        ingest(Settings(tmp_path / "nowhere", tmp_path / "out"))
    assert not (tmp_path / "out").exists()


@pytest.mark.usefixtures("at_once")
def test_a_file_whose_name_is_no_utf8_does_not_stop_the_run(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    Path(os.fsdecode(bytes(raw) + b"/\xff.txt")).write_text("a", encoding="utf-8")
    (raw / "b.txt").write_text("b", encoding="utf-8")
    ingest(Settings(raw, tmp_path / "out", workers=1))
    assert len(table(tmp_path / "out", "documents")) == 2


@pytest.mark.usefixtures("at_once")
def test_progress_is_told_file_by_file(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    for name in ("a.txt", "b.txt"):
        (raw / name).write_text(name)
    told: list[tuple[int, int, str]] = []
    ingest(
        Settings(raw, tmp_path / "out", workers=1), lambda done, total, name: told.append((done, total, name))
    )
    assert told == [(1, 2, "a.txt"), (2, 2, "b.txt"), (2, 2, "")]


@pytest.mark.slow
def test_two_runs_give_the_same_bytes(samples: Path, dataset: Path, tmp_path: Path) -> None:
    ingest(Settings(samples, tmp_path / "again", workers=1))
    ingest(Settings(samples, tmp_path / "several", workers=3))
    for entry in TABLES:
        first = (dataset / f"{entry.name}.parquet").read_bytes()
        assert first == (tmp_path / "again" / f"{entry.name}.parquet").read_bytes(), entry.name
        assert first == (tmp_path / "several" / f"{entry.name}.parquet").read_bytes(), entry.name


@pytest.mark.slow
def test_the_tables_of_a_run_have_the_contracts_types(dataset: Path) -> None:
    for entry in TABLES:
        schema = pq.read_schema(dataset / f"{entry.name}.parquet")
        assert schema.equals(entry.schema), entry.name
        assert all(column.metadata[b"description"] for column in schema)


def _ids(dataset: Path, key: str) -> list[Row]:
    document = next(row for row in table(dataset, "documents") if row["path"] == SAMPLES[key])
    return [row for row in table(dataset, "answers") if row["document_id"] == document["document_id"]]


@pytest.mark.slow
def test_workbook_and_pdf_of_one_form_meet_in_the_dataset(dataset: Path) -> None:
    for one, other in (("a_xlsx", "a_pdf"), ("b_xlsx", "b_pdf"), ("c_filled", "c_blank")):
        assert [row["item_id"] for row in _ids(dataset, one)] == [
            row["item_id"] for row in _ids(dataset, other)
        ]
    filled = [row for row in table(dataset, "checklists") if row["kind"] in {"filled", "blank"}]
    assert len({row["form_id"] for row in filled}) == 3


@pytest.mark.slow
def test_keys_of_the_tables_fit_together(dataset: Path) -> None:
    documents = {row["document_id"] for row in table(dataset, "documents")}
    checklists = {(row["document_id"], row["checklist"]): row for row in table(dataset, "checklists")}
    items = {row["item_id"] for row in table(dataset, "items")}
    controls = {row["control_id"] for row in table(dataset, "controls")}
    answers = table(dataset, "answers")
    assert {row["document_id"] for row in answers} <= documents
    assert {(row["document_id"], row["checklist"]) for row in answers} == set(checklists)
    assert {row["item_id"] for row in answers} == items
    assert {row["control_id"] for row in answers} - {None} <= controls
    assert {row["item_id"] for row in table(dataset, "alignments")} <= items
    for key, row in checklists.items():
        mine = [answer for answer in answers if (answer["document_id"], answer["checklist"]) == key]
        assert row["items"] == len(mine)
    for document in documents:
        assert [r["row"] for r in answers if r["document_id"] == document] == [
            *range(1, sum(r["document_id"] == document for r in answers) + 1)
        ]


@pytest.mark.slow
def test_an_answer_takes_the_first_candidate_or_none(dataset: Path) -> None:
    best = {row["item_id"]: row for row in table(dataset, "alignments") if row["rank"] == 1}
    aligned = [row for row in table(dataset, "answers") if row["control_id"]]
    assert len(aligned) > 20
    for row in table(dataset, "answers"):
        accepted = best[row["item_id"]]["accepted"]
        assert row["control_id"] == (best[row["item_id"]]["control_id"] if accepted else None)
        assert (row["match_score"] is None) == (row["control_id"] is None)
        if row["favourable"] is not None:
            assert row["answer"] in {"yes", "no"}


@pytest.mark.slow
def test_unclear_answers_of_the_samples_have_a_problem_at_their_cell(dataset: Path) -> None:
    told = {
        (row["document_id"], row["source"]["cells"])
        for row in table(dataset, "problems")
        if row["code"].startswith(("answer_", "code_"))
    }
    unclear = [row for row in table(dataset, "answers") if row["answer"] == "unclear"]
    assert len(unclear) == 2
    assert {(row["document_id"], row["source"]["cells"]) for row in unclear} <= told


@pytest.mark.slow
def test_every_sample_of_the_manifest_was_read(dataset: Path) -> None:
    names = {entry["file"] for entry in json.loads((GOLDEN / "MANIFEST.json").read_text(encoding="utf-8"))}
    rows = {row["path"]: row["status"] for row in table(dataset, "documents")}
    assert set(rows) == names
    assert set(rows.values()) == {"ok"}
