"""Answers that only their colour tells, from workbooks."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Color, Font, PatternFill

from pipeline.document.process import DocumentResult
from tests.pipeline.make import read_one

ASKED = ["鍵を掛けている", "窓を閉めている", "戸を閉めている", "灯を消している"]


def _outcome(tmp_path: Path, note: str, colours: list[str], fill: bool) -> DocumentResult:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append([note])
    sheet.append(["番号", "設問", "回答"])
    for number, (asked, colour) in enumerate(zip(ASKED, colours, strict=True), 1):
        sheet.append([number, asked, "○"])
        cell = sheet.cell(number + 2, 3)
        if fill:
            cell.fill = PatternFill("solid", fgColor=colour)
        else:
            cell.font = Font(color=colour)
    path = tmp_path / "回答.xlsx"
    book.save(path)
    return read_one(path)


def _answers(outcome: DocumentResult) -> list[tuple[str, str]]:
    return [(r.reading.answer, r.reading.rule) for c in outcome.checklists for r in c.records]


@pytest.mark.parametrize("fill", [True, False])
def test_the_note_beside_the_list_tells(tmp_path: Path, fill: bool) -> None:
    colours = ["FF0000", "0000FF", "0000FF", "FF0000"]
    outcome = _outcome(tmp_path, "※赤色は未対応、青色は対応済みです。", colours, fill)
    assert [answer for answer, _ in _answers(outcome)] == ["no", "yes", "yes", "no"]
    assert _answers(outcome)[0][1] == "colour:red"


def test_colours_that_nothing_explains_leave_the_answer_open(tmp_path: Path) -> None:
    colours = ["FF0000", "00B050", "0000FF", "FF0000"]
    outcome = _outcome(tmp_path, "状況を色で示します。", colours, True)
    assert {answer for answer, _ in _answers(outcome)} == {"unclear"}
    (problem,) = [p for p in outcome.issues if p.code == "answer_unclear"]
    assert problem.params["count"] == "4"


@pytest.mark.parametrize("note", ["架空の倉庫", "※赤色は未対応です。"])
def test_one_colour_or_no_word_of_colours_changes_nothing(tmp_path: Path, note: str) -> None:
    colours = ["FF0000"] * 4 if "赤" in note else ["FF0000", "0000FF", "0000FF", "FF0000"]
    assert {answer for answer, _ in _answers(_outcome(tmp_path, note, colours, False))} == {"yes"}


def _blank(
    tmp_path: Path, note: str, grounds: list[str | None], replies: list[str] | None = None
) -> DocumentResult:
    """A list whose answer cells have grounds, and mostly nothing else."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append([note])
    sheet.append(["番号", "設問", "回答", "備考"])
    for number, asked in enumerate(ASKED, 1):
        sheet.append([number, asked, (replies or [""] * 4)[number - 1] or None])
        ground = grounds[number - 1]
        if ground:
            sheet.cell(number + 2, 3).fill = PatternFill("solid", fgColor=ground)
    path = tmp_path / "回答.xlsx"
    book.save(path)
    return read_one(path)


@pytest.mark.parametrize(
    ("note", "grounds", "expected"),
    [
        ("緑：対応　赤：未対応", ["00B050", "FF0000", None, "00B050"], ["yes", "no", "unanswered", "yes"]),
        ("※灰色の欄は回答不要です。", ["A6A6A6", None, None, "A6A6A6"],
         ["not_applicable", "unanswered", "unanswered", "not_applicable"]),
        # One ground for all is the form's own, a colour told twice says nothing, letters are no ground.
        ("緑：対応　赤：未対応", ["00B050"] * 4, ["unclear"] * 4),
        ("緑：対応　赤：未対応。緑のセルは検討中", ["00B050", "FF0000", None, None],
         ["unclear", "no", "unanswered", "unanswered"]),
        ("緑字は対応、赤字は未対応", ["00B050", "FF0000", None, None], ["unanswered"] * 4),
        ("黄色のセルに記入してください。", ["FFFF00", None, None, "FFFF00"], ["unanswered"] * 4),
        ("架空の倉庫", ["00B050", "FF0000", None, None], ["unanswered"] * 4),
        ("緑：対応　赤：未対応", ["7030A0", "FF0000", "00B050", None], ["unanswered", "no", "yes", "unanswered"]),
    ],
)  # fmt: skip
def test_blank_cells_by_their_ground(
    tmp_path: Path, note: str, grounds: list[str | None], expected: list[str]
) -> None:
    outcome = _blank(tmp_path, note, grounds)
    assert [answer for answer, _ in _answers(outcome)] == expected
    counts = [int(p.params["count"]) for p in outcome.issues if p.code == "answer_unclear"]
    assert sum(counts) == expected.count("unclear")


def test_a_ground_says_nothing_against_a_written_answer(tmp_path: Path) -> None:
    outcome = _blank(
        tmp_path, "緑：対応　赤：未対応", ["FF0000", "00B050", "FF0000", None], ["○", "", "", "×"]
    )
    assert [answer for answer, _ in _answers(outcome)] == ["yes", "yes", "no", "no"]


def test_colours_of_a_theme(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["緑：対応　橙：未対応"])
    sheet.append(["番号", "設問", "回答"])
    for number, asked in enumerate(ASKED, 1):
        sheet.append([number, asked])
        # accent6 of openpyxl's theme is orange, accent3 green.
        sheet.cell(number + 2, 3).fill = PatternFill(
            "solid", fgColor=Color(theme=9 if number % 2 else 6, tint=0.4)
        )
    path = tmp_path / "回答.xlsx"
    book.save(path)
    assert [answer for answer, _ in _answers(read_one(path))] == ["no", "yes", "no", "yes"]
