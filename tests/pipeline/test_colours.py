"""Answers that only their colour tells, from workbooks."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Font, PatternFill

from pipeline.document import Outcome
from tests.pipeline.make import read_one

ASKED = ["鍵を掛けている", "窓を閉めている", "戸を閉めている", "灯を消している"]


def _outcome(tmp_path: Path, note: str, colours: list[str], fill: bool) -> Outcome:
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


def _answers(outcome: Outcome) -> list[tuple[str, str]]:
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
    assert [p.code for p in outcome.problems].count("answer_unclear") == 4


@pytest.mark.parametrize("note", ["架空の倉庫", "※赤色は未対応です。"])
def test_one_colour_or_no_word_of_colours_changes_nothing(tmp_path: Path, note: str) -> None:
    colours = ["FF0000"] * 4 if "赤" in note else ["FF0000", "0000FF", "0000FF", "FF0000"]
    assert {answer for answer, _ in _answers(_outcome(tmp_path, note, colours, False))} == {"yes"}
