"""What the screen of a legend shows: a form's marks, in how many answers each stands, and what a decision makes of them."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from pipeline.errors import DatasetMissing, NoSuchLayout
from pipeline.ingest import ingest
from pipeline.review.decision import DecisionKind
from pipeline.review.form_layouts.form_legends import find_form_legend, read_form_legends
from pipeline.review.kinds import new_decision
from pipeline.review.store import record_decision
from pipeline.settings import Settings

LEGEND = "凡例　○：実施済　×：未実施　※：北棟の係に委ねる"


def _settings(folder: Path) -> Settings:
    """Two copies of a form with a legend that explains ※ in words nobody knows, and a mark that nothing explains."""
    for name in ("一.xlsx", "二.xlsx"):
        book = openpyxl.Workbook()
        sheet = book.active
        sheet.append([LEGEND])
        sheet.append(["番号", "設問", "回答"])
        for number, answer in enumerate("○※×※○保" if name == "一.xlsx" else "○○×※○○", 1):
            sheet.append([number, f"倉庫{number}の鍵を毎晩数えていますか。", answer])
        (folder / "raw").mkdir(exist_ok=True)
        book.save(folder / "raw" / name)
    return Settings(folder / "raw", folder / "out", 1, review=folder / "review")


def test_marks_are_told_with_their_answers_and_follow_a_decision(tmp_path: Path) -> None:
    settings = _settings(tmp_path)
    ingest(settings)
    [form] = read_form_legends(settings.out)
    marks = {mark.mark: (mark.meaning, mark.answer, mark.count, mark.unclear) for mark in form.marks}
    assert marks == {
        "※": ("北棟の係に委ねる", "unclear", 3, 3),
        "保": ("", "unclear", 1, 1),
        "○": ("実施済", "yes", 6, 0),
        "×": ("未実施", "no", 2, 0),
    }
    assert (form.unclear, sorted(form.paths.values())) == (4, ["一.xlsx", "二.xlsx"])
    [first] = [mark for mark in form.marks if mark.mark == "保"]
    assert form.path_of(first) == "一.xlsx"
    for mark in ("※", "保"):
        cells = {"form_key": form.form_key, "mark": mark, "answer": "planned"}
        record_decision(settings.review or tmp_path, new_decision(DecisionKind.LEGEND, cells, "係"))
    ingest(settings)
    assert read_form_legends(settings.out)[0].unclear == 0


def test_a_form_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(DatasetMissing):
        read_form_legends(tmp_path)
    with pytest.raises(NoSuchLayout, match="abc"):
        find_form_legend([], "abc", tmp_path)
