"""Questions to vendors: both wordings quoted, how far each is, the workbook out and back, what a reply would mean."""

from __future__ import annotations

import threading
from pathlib import Path

import openpyxl
import pytest

from pipeline.assess.comparison.build import build_comparison
from pipeline.assess.comparison.labels import Labels
from pipeline.assess.inquiries.inquiry_table import Inquiry, InquiryState, read_inquiries, save_inquiries
from pipeline.assess.inquiries.proposed_reply import propose_reply
from pipeline.assess.inquiries.questions import build_inquiry_questions
from pipeline.errors import InquiriesUnreadable
from pipeline.outputs.comparison.inquiry_letter import (
    LetterLine,
    mail_text,
    read_inquiry_replies,
    write_inquiry_sheet,
)
from tests.pipeline.assess.made import Given, Paper, control, dataset


def test_both_wordings_are_quoted_where_answers_differ(tmp_path: Path) -> None:
    paper = Paper("甲.xlsx", "かくう便", answers=(
        Given("c1", "yes", "○", favourable=True, question="荷を暗号で守ること。"),
        Given("c2", "unanswered", "", question="窓を閉めること。"),
    ))  # fmt: skip
    other = Paper("乙.xlsx", "かくう便", form="form-2", answers=(
        Given("c1", "no", "×", favourable=False, question="荷を暗号で守っていますか。"),
    ))  # fmt: skip
    comparison = build_comparison(dataset(tmp_path, [paper, other], [control("c1"), control("c2")]))
    conflict, blank = build_inquiry_questions(comparison, Labels("ja"))
    assert conflict.key == "control:c1"
    assert set(conflict.cells) == {f"{paper.document_id}:1", f"{other.document_id}:1"}
    assert "荷を暗号で守ること。" in conflict.text
    assert "荷を暗号で守っていますか。" in conflict.text
    assert blank.key == f"{paper.document_id}:2"


def test_several_people_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "inquiries.csv"

    def write(person: int) -> None:
        for number in range(5):
            save_inquiries(
                path,
                [Inquiry("v", "s", f"{person}-{number}", InquiryState.WAITING, "2026-07-01", "=1+1")],
                str(person),
            )

    threads = [threading.Thread(target=write, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    lines = read_inquiries(path)
    assert len(lines) == 20
    assert {entry.text for entry in lines.values()} == {"=1+1"}
    save_inquiries(path, [Inquiry("v", "s", "0-0", InquiryState.RESOLVED)], "山田")
    again = read_inquiries(path)
    assert len(again) == 20
    assert (again["v", "s", "0-0"].state, again["v", "s", "0-0"].who) == (InquiryState.RESOLVED, "山田")


def test_a_wrong_state_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "inquiries.csv"
    path.write_text("vendor,service,key,state\nv,,k,unsent\nv,,l,gone\n", encoding="utf-8")
    with pytest.raises(InquiriesUnreadable) as caught:
        read_inquiries(path)
    assert "3" in caught.value.text("ja")
    assert "gone" in caught.value.text("en")


LINES = [
    LetterLine("a:1", "No. 1 鍵", "=CMD()", "どちらですか。"),
    LetterLine("control:c1", "No. 2", "○", "なぜですか。"),
]


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_workbook_comes_back(tmp_path: Path, language: str) -> None:
    path = tmp_path / "inquiry.xlsx"
    write_inquiry_sheet(path, LINES, language)
    book = openpyxl.load_workbook(path)
    sheet = book.active
    assert sheet is not None
    assert sheet.cell(2, 3).data_type == "s"
    sheet.cell(2, 5).value = "はい"
    sheet.cell(2, 6).value = "2027年3月から"
    book.save(path)
    assert read_inquiry_replies(path) == {"a:1": "はい\n2027年3月から"}


def test_another_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.xlsx"
    openpyxl.Workbook().save(path)
    for data in (path.read_bytes(), b"no workbook"):
        path.write_bytes(data)
        with pytest.raises(InquiriesUnreadable) as caught:
            read_inquiry_replies(path)
        assert "other.xlsx" in caught.value.text("ja")


def test_the_mail_names_all(tmp_path: Path) -> None:
    text = mail_text("かくう便", LINES, "2026-07-01", "ja")
    assert "1. どちらですか。" in text
    assert "2. なぜですか。" in text
    assert "2026-07-01" in text
    assert "まで" not in mail_text("かくう便", LINES, "", "ja").split("\n")[0]
    assert tmp_path.is_dir()


@pytest.mark.parametrize(
    ("words", "answer", "figure", "planned"),
    [
        ("はい", "yes", "", ""),
        ("対応していません", "no", "", ""),
        ("99.9%以上", "value", "99.9%以上", ""),
        ("2027年3月に対応予定", "planned", "", "2027-03-01"),
        ("", "unanswered", "", ""),
        ("○ ×", "unclear", "", ""),
    ],
)
def test_what_a_reply_would_mean(words: str, answer: str, figure: str, planned: str) -> None:
    proposed = propose_reply(words)
    assert (proposed.answer, proposed.figure, proposed.planned_date) == (answer, figure, planned)
