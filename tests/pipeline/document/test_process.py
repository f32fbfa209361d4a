"""The life of one document: whatever a file is, it comes back as an outcome with its status and problems."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from extractors.checklist.model import Meta
from pipeline.document.process import DocumentResult, read_document
from pipeline.problems import message_of
from pipeline.sources.discover import RawFile, discover
from tests.pipeline.make import (
    ENCRYPTED,
    HEADER,
    QUESTIONS,
    codes,
    read_one,
    sheet_rows,
    write_pdf,
    write_workbook,
)


def _outcome(name: str, meta: Meta) -> DocumentResult:
    return DocumentResult(RawFile(Path(name), name, 1, "0" * 64), "ok", "text/plain", meta=meta)


def _message(outcome: DocumentResult) -> str:
    return message_of(outcome.issues[0], outcome.file.name, "en")


def test_a_small_workbook_is_read(tmp_path: Path) -> None:
    outcome = read_one(write_workbook(tmp_path / "a.xlsx", {"一覧": sheet_rows(["○", "×", "○", "△"])}))
    assert (outcome.status, outcome.media_type.rsplit(".", 1)[-1]) == ("ok", "sheet")
    assert [r.reading.answer for r in outcome.checklists[0].records] == ["yes", "no", "yes", "partial"]
    assert outcome.issues == ()
    assert outcome.coverage == 1.0


def test_a_broken_workbook_is_failed_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "broken.xlsx"
    path.write_bytes(b"PK\x03\x04" + b"cut off" * 50)
    outcome = read_one(path)
    assert (outcome.status, codes(outcome)) == ("failed", ["file_damaged"])
    assert _message(outcome).startswith("broken.xlsx is damaged and was not read (")


def test_a_workbook_cut_in_half_is_failed(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "half.xlsx", {"一覧": sheet_rows(["○"])})
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    outcome = read_one(path)
    assert (outcome.status, codes(outcome)) == ("failed", ["file_damaged"])


def test_a_broken_pdf_is_failed(tmp_path: Path) -> None:
    path = tmp_path / "broken.pdf"
    path.write_bytes(b"%PDF-1.7\n" + b"\x00garbage" * 40)
    outcome = read_one(path)
    assert (outcome.status, outcome.media_type) == ("failed", "application/pdf")
    assert codes(outcome) == ["file_damaged"]


def test_a_pdf_behind_a_password_is_encrypted(tmp_path: Path) -> None:
    outcome = read_one(write_pdf(tmp_path / "locked.pdf", ["nothing to see"], password="open sesame"))
    assert (outcome.status, codes(outcome)) == ("encrypted", ["file_encrypted"])
    assert "Write the password into passwords.txt" in _message(outcome)


def test_a_workbook_behind_a_password_is_encrypted(tmp_path: Path) -> None:
    path = tmp_path / "locked.xlsx"
    path.write_bytes(ENCRYPTED)
    outcome = read_one(path)
    assert (outcome.status, outcome.media_type) == ("encrypted", "application/x-encrypted-office")


def test_a_kind_that_no_reader_knows_is_unsupported(tmp_path: Path) -> None:
    (tmp_path / "tool.bin").write_bytes(b"QZ" + bytes(range(32)) * 9)
    outcome = read_one(tmp_path / "tool.bin")
    assert (outcome.status, codes(outcome)) == ("failed", ["file_unsupported"])
    assert "not read (of an unknown kind, .bin)" in _message(outcome)


def test_a_picture_that_cannot_be_opened_is_damaged(tmp_path: Path) -> None:
    (tmp_path / "photo.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(50))
    outcome = read_one(tmp_path / "photo.png")
    assert (outcome.status, codes(outcome)) == ("failed", ["file_damaged"])


def test_a_zip_that_is_no_workbook_is_a_container(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("memo.txt", "made up")
    (tmp_path / "a.zip").write_bytes(stream.getvalue())
    outcome = read_one(tmp_path / "a.zip")
    assert (outcome.status, codes(outcome), outcome.media_type) == (
        "container",
        [],
        "application/zip",
    )


def test_a_letter_without_a_list_is_no_checklist_and_its_texts_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("拝啓\n先日はお越しいただき、ありがとうございました。\n敬具\n", encoding="utf-8")
    outcome = read_one(path)
    assert (outcome.status, codes(outcome)) == ("no_checklist", ["no_checklist"])
    assert [left.text for left in outcome.leftovers if left.text] == [
        "拝啓",
        "先日はお越しいただき、ありがとうございました。",
        "敬具",
    ]


def test_a_fault_of_this_program_is_a_value_with_its_trace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fault(*_: object) -> None:
        raise ZeroDivisionError("made up")

    monkeypatch.setattr("pipeline.document.extraction.read", fault)
    (tmp_path / "a.txt").write_text("x")
    outcome = read_one(tmp_path / "a.txt")
    assert (outcome.status, codes(outcome)) == ("failed", ["internal_error"])
    assert "ZeroDivisionError: made up" in _message(outcome)
    assert "in fault" in outcome.trace


def test_a_file_that_vanishes_while_it_is_read_is_failed(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    file = RawFile(tmp_path / "b.txt", "b.txt", 1, "0" * 64)
    outcome = read_one(tmp_path / "a.txt")
    assert outcome.status == "no_checklist"

    gone = read_document(file)
    assert (gone.status, codes(gone)) == ("failed", ["file_unreadable"])


def test_files_that_are_passed_over_keep_their_reason(tmp_path: Path) -> None:
    (tmp_path / "~$a.xlsx").write_bytes(b"x")
    (tmp_path / "b.txt").touch()
    lock = read_one(tmp_path / "~$a.xlsx")
    assert (lock.status, codes(lock)) == ("ignored", ["lock_file_ignored"])
    empty = read_one(tmp_path / "b.txt")
    assert (empty.status, codes(empty)) == ("no_checklist", ["file_empty"])


def test_what_must_not_be_opened_is_not_even_looked_into(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fault(path: Path, *_: object) -> str:
        raise AssertionError(f"{path} was opened")

    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    (tmp_path / "room").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "room")
    os.mkfifo(tmp_path / "pipe.txt")
    monkeypatch.setattr("pipeline.document.process.sniff", fault)
    found = {file.name: read_document(file) for file in discover(tmp_path)}
    assert {name: (o.status, codes(o), o.media_type) for name, o in found.items()} == {
        "gone.txt": ("no_checklist", ["link_ignored"], "application/octet-stream"),
        "link": ("no_checklist", ["link_ignored"], "application/octet-stream"),
        "pipe.txt": ("no_checklist", ["special_file_ignored"], "application/octet-stream"),
    }


@pytest.mark.parametrize(("name", "kind"), [("b.txt", "text/plain"), ("empty.pdf", "application/x-empty")])
def test_duplicates_and_empty_files_have_their_kind_too(tmp_path: Path, name: str, kind: str) -> None:
    (tmp_path / "a.txt").write_text("same")
    (tmp_path / "b.txt").write_text("same")
    (tmp_path / "empty.pdf").touch()
    assert read_one(tmp_path / name).media_type == kind


def test_a_visible_list_outranks_its_hidden_copy(tmp_path: Path) -> None:
    sheets = {"一覧": sheet_rows(["○", "×", "○"]), "控え": sheet_rows(["×", "×", "×"])}
    outcome = read_one(write_workbook(tmp_path / "a.xlsx", sheets, hidden="控え"))
    assert [(c.kind, [r.reading.answer for r in c.records]) for c in outcome.checklists] == [
        ("filled", ["yes", "no", "yes"]),
        ("reference", ["no", "no", "no"]),
    ]


GARDEN: list[Sequence[str]] = [
    HEADER,
    ("1", "庭", "芝生を刈っていること。", "×", "雨で延期しました。"),
    ("2", "庭", "落ち葉を集めていること。", "○", ""),
    ("3", "庭", "水やりをしていること。", "○", ""),
]


def _answered(outcome: DocumentResult) -> list[tuple[str | None, list[str]]]:
    return [(c.checklist.sheet, [r.reading.answer for r in c.records]) for c in outcome.checklists]


def test_a_hidden_list_with_other_questions_is_kept(tmp_path: Path) -> None:
    sheets = {"一覧": sheet_rows(["○", "×", "○"]), "庭": GARDEN}
    outcome = read_one(write_workbook(tmp_path / "a.xlsx", sheets, hidden="庭"))
    assert _answered(outcome) == [("一覧", ["yes", "no", "yes"]), ("庭", ["no", "yes", "yes"])]
    assert outcome.checklists[1].records[0].remarks == "雨で延期しました。"


def test_a_list_that_is_hidden_alone_is_kept(tmp_path: Path) -> None:
    sheets = {"表紙": [("みほん",)], "庭": GARDEN}
    outcome = read_one(write_workbook(tmp_path / "a.xlsx", sheets, hidden="庭"))
    assert _answered(outcome) == [("庭", ["no", "yes", "yes"])]


def test_a_hidden_list_with_one_question_of_a_visible_one_does_not_disappear(tmp_path: Path) -> None:
    sheets = {"一覧": sheet_rows(["○", "×", "○"]), "庭": [*GARDEN, ("4", "庭", QUESTIONS[0], "×", "")]}
    outcome = read_one(write_workbook(tmp_path / "a.xlsx", sheets, hidden="庭"))
    texts = [left.text for left in outcome.leftovers]
    texts += [r.row.remarks for c in outcome.checklists for r in c.records]
    assert "雨で延期しました。" in texts
