"""Answers that are drawn: from the workbook's package to the answer, the remark and the problem."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import Alignment

from pipeline.document.process import DocumentResult, read_document
from pipeline.document.records import Record
from pipeline.sources.discover import discover
from tests.extractors.excel.drawings import Box, add_controls, add_drawing, anchored, shape, small

_QUESTIONS = ("夜間は入口に鍵を掛けているか", "来訪者の名前を控えているか", "鍵の貸出しを記録しているか")


def _book(tmp_path: Path, head: Sequence[str], answers: Sequence[Sequence[str | None]]) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["番号", "設問", *head])
    for number, (question, row) in enumerate(zip(_QUESTIONS, answers, strict=True), 1):
        sheet.append([str(number), question, *row])
    for letter in "BCDE":
        sheet.column_dimensions[letter].width = 30
    for row in sheet.iter_rows():
        for cell in row:
            cell.alignment = Alignment(vertical="top", wrap_text=True)
    path = tmp_path / "回答.xlsx"
    book.save(path)
    return path


def _outcome(path: Path) -> DocumentResult:
    (file,) = discover(path.parent)
    return read_document(file)


def _records(outcome: DocumentResult) -> list[Record]:
    (checklist,) = outcome.checklists
    return list(checklist.records)


def _answers(outcome: DocumentResult) -> list[str]:
    return [record.reading.answer for record in _records(outcome)]


def _codes(outcome: DocumentResult) -> set[str]:
    return {problem.code for problem in outcome.issues}


def test_captioned_boxes(tmp_path: Path) -> None:
    path = _book(tmp_path, ["回答", "備考"], [[None, "毎日"], [None, None], [None, None]])
    boxes = [
        Box((2, x, row, 2, 2, x + 50, row, 18), "1" if ticked == caption else "", caption)
        for row, ticked in ((1, "有"), (2, "無"), (3, ""))
        for x, caption in ((5, "有"), (100, "無"))
    ]
    add_controls(path, boxes)
    outcome = _outcome(path)
    assert _answers(outcome) == ["yes", "no", "unanswered"]
    assert [o.checked for o in _records(outcome)[1].reading.options] == [False, True]
    assert _records(outcome)[0].remarks == "毎日"


def test_two_ticked_option_buttons_and_a_mixed_box_are_unclear(tmp_path: Path) -> None:
    path = _book(tmp_path, ["回答", "備考"], [[None, None]] * 3)
    boxes = [
        Box((2, 5, 1, 2, 2, 55, 1, 18), "1", "有", "Radio"),
        Box((2, 100, 1, 2, 2, 150, 1, 18), "1", "有（一部）", "Radio"),
        Box((2, 5, 2, 2, 2, 55, 2, 18), "2", "有"),
        Box((2, 5, 3, 2, 2, 55, 3, 18), "1", "有"),
    ]
    add_controls(path, boxes)
    outcome = _outcome(path)
    assert _answers(outcome) == ["unclear", "unclear", "yes"]
    assert {"box_unclear", "answer_contradictory"} <= _codes(outcome)


def test_boxes_in_columns_of_choices(tmp_path: Path) -> None:
    path = _book(
        tmp_path, ["適合", "不適合", "備考"], [[None, None, "a"], [None, None, "b"], [None, None, "c"]]
    )
    add_controls(
        path,
        [
            *(small(2, 90, 1, state="1"), small(3, 90, 1)),
            *(small(2, 90, 2), small(3, 90, 2, state="1")),
            *(small(2, 90, 3, state="1"), small(3, 90, 3, state="1")),
        ],
    )
    assert _answers(_outcome(path)) == ["yes", "no", "unclear"]


def test_captioned_boxes_in_columns_of_choices(tmp_path: Path) -> None:
    path = _book(
        tmp_path, ["はい", "いいえ", "備考"], [[None, None, "a"], [None, None, "b"], [None, None, "c"]]
    )
    boxes = [
        Box((col, 5, row, 2, col, 80, row, 18), "1" if ticked == col else "", caption)
        for row, ticked in ((1, 2), (2, 3), (3, 2))
        for col, caption in ((2, "はい"), (3, "いいえ"))
    ]
    add_controls(path, boxes)
    assert _answers(_outcome(path)) == ["yes", "no", "yes"]


def test_boxes_alone_in_the_answer_column(tmp_path: Path) -> None:
    path = _book(tmp_path, ["確認", "備考"], [[None, "a"], [None, "b"], [None, "c"]])
    add_controls(path, [small(2, 90, 1, state="1"), small(2, 90, 2), small(2, 90, 3, state="1")])
    assert _answers(_outcome(path)) == ["yes", "unanswered", "yes"]


def test_shapes_over_the_answer_column(tmp_path: Path) -> None:
    path = _book(tmp_path, ["回答", "備考"], [["有 ・ 無", None], [None, None], [None, None]])
    # The choices begin at 2 points; 無 stands 33 to 44 points behind that.
    add_drawing(
        path,
        anchored(shape("ellipse"), (2, 44, 1, 1, 2, 64, 1, 18))
        + anchored(shape("rect", "×"), (2, 44, 2, 1, 2, 64, 2, 18))
        + anchored(shape("ellipse"), (2, 44, 3, 1, 2, 64, 3, 18)),
    )
    outcome = _outcome(path)
    assert _answers(outcome) == ["no", "no", "yes"]
    assert "shapes_not_read" not in _codes(outcome)


def test_comments_stand_beside_the_remarks_and_a_denied_yes_is_unclear(tmp_path: Path) -> None:
    path = _book(tmp_path, ["回答", "備考"], [["○", "毎日"], ["○", None], ["×", None]])
    book = openpyxl.load_workbook(path)
    sheet = book.active
    sheet["C1"].comment = Comment("○か×を記入してください。", "見本")
    sheet["C2"].comment = Comment("現在は対応していません。", "見本")
    sheet["B3"].comment = Comment("未対応の場合は理由を記載してください。", "見本")
    sheet["D4"].comment = Comment("来年から", "見本")
    book.save(path)
    outcome = _outcome(path)
    assert _answers(outcome) == ["unclear", "yes", "no"]
    assert [(record.remarks, *record.row.comments) for record in _records(outcome)] == [
        ("毎日", "現在は対応していません。"),
        ("", "未対応の場合は理由を記載してください。"),
        ("", "来年から"),
    ]
    denied = [p for p in outcome.issues if p.code == "answer_disputed_by_comment"]
    assert [(p.location.cells, p.params["comment"]) for p in denied] == [("C2", "現在は対応していません。")]
    assert [(left.text, left.reason) for left in outcome.leftovers] == [
        ("○か×を記入してください。", "comment")
    ]
    assert "comments_not_read" not in _codes(outcome)
