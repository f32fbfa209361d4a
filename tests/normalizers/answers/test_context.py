"""Answer cells in their context: the sheet's date, marks that say two things, cells met before."""

from __future__ import annotations

import datetime as dt

import pytest

from normalizers.answers.classify import read_answer
from normalizers.answers.model import Context


@pytest.mark.parametrize(
    ("cell", "sheet", "answer"),
    [
        ("有（2015年から実施）", None, "yes"),
        ("有（2015年から実施）", dt.date(2014, 1, 1), "planned"),
        ("有（2028年導入）", None, "unclear"),
        ("有（2028年導入）", dt.date(2029, 5, 1), "yes"),
        ("○（2026年4月～）", dt.date(2026, 6, 1), "yes"),
        ("○（2026年8月～）", dt.date(2026, 6, 1), "unclear"),
        ("対応済（2028年4月）", dt.date(2026, 6, 1), "yes"),
    ],
)
def test_the_sheets_date_tells_done_from_promised(cell: str, sheet: dt.date | None, answer: str) -> None:
    assert read_answer(cell, Context(sheet=sheet)).answer == answer


@pytest.mark.parametrize("cell", ["○ではなく×", "○（一部△）", "総務は○、経理は×"])
def test_marks_that_say_two_things_are_unclear(cell: str) -> None:
    assert read_answer(cell, Context()).answer not in {"yes", "value"}


def test_a_cell_is_read_once_in_its_context() -> None:
    context = Context(legend={"circle": "no"}, marks=True)
    assert read_answer("○", context) is read_answer("○", Context(legend={"circle": "no"}, marks=True))
    assert read_answer("○", Context(marks=True)).answer == "yes"


@pytest.mark.parametrize(
    ("cell", "answer"), [("末対応", "no"), ("末実施", "no"), ("末尾に記載", "value"), ("末", "unclear")]
)
def test_a_misread_prefix_denies_as_the_right_one_does(cell: str, answer: str) -> None:
    assert read_answer(cell, Context()).answer == answer


def test_a_plan_for_a_part_leaves_the_rest_done() -> None:
    assert read_answer("対応済（一部は来春に予定）", Context()).answer == "partial"
    assert read_answer("対応（来春に予定）", Context()).answer == "planned"


@pytest.mark.parametrize(
    "cell", ["可・否（いずれかに○）", "はい／いいえ（該当する方を囲む）", "可（　）・否"]
)
def test_choices_with_nothing_but_their_instruction_are_unanswered(cell: str) -> None:
    assert read_answer(cell, Context()).answer == "unanswered"


def test_a_box_that_the_legend_explains_is_a_mark() -> None:
    assert read_answer("□", Context(legend={"□": "planned"})).answer == "planned"
    assert read_answer("□", Context()).answer == "unanswered"


@pytest.mark.parametrize(
    ("label", "answer"),
    [("一部できる", "partial"), ("概ね守っている", "partial"), ("一部を除きできる", "partial")],
)
def test_options_for_a_part(label: str, answer: str) -> None:
    assert read_answer(f"□できる ■{label} □できない", Context(boxes=True)).answer == answer
