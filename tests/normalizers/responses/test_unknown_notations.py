"""Short texts between judgements beside their question: never a plain yes, and texts where a text was asked for."""

from __future__ import annotations

import pytest

from extractors.checklist.model import ItemRow
from extractors.location import Location
from normalizers.answers.model import AnswerResult, AnswerValue
from normalizers.responses.read_responses import read_responses
from normalizers.responses.unknown_notations import apply_yes_no_columns

MARKS = ["○", "×", "対象外", "有", "無し", "△", "実施済", "○"]


def _read(cell: str, requirement: str, beside: list[str]) -> tuple[str, str]:
    cells = [(cell, requirement), *((mark, "棚の札があること。") for mark in beside)]
    rows = [ItemRow(str(n), q, a, "", "provider", Location()) for n, (a, q) in enumerate(cells, 1)]
    reading = read_responses(rows, (), None)[0]
    return reading.answer, reading.rule


def _read_caveat(cell: str, requirement: str) -> tuple[str, bool]:
    rows = [ItemRow("1", requirement, cell, "", "provider", Location())]
    reading = read_responses(rows, (), None)[0]
    return reading.answer, bool(reading.caveat)


@pytest.mark.parametrize(
    "cell",
    ["本館のみ", "札を禁止", "札で代用", "鍵を貸与", "月次で点検", "四半期ごと", "奈良県", "倉庫番の山田"],
)
def test_a_scrap_between_judgements_is_no_plain_yes_and_no_text(cell: str) -> None:
    answer, has_caveat = _read_caveat(cell, "棚に鍵があること。")
    assert answer in {"unclear", "partial"} or (answer == "yes" and has_caveat)


@pytest.mark.parametrize(
    ("cell", "question"), [("奈良県", "倉庫の所在地"), ("倉庫番の山田", "鍵の担当者"), ("12本", "鍵の本数")]
)
def test_names_places_and_figures_stay_values_where_they_are_asked(cell: str, question: str) -> None:
    assert _read(cell, question, MARKS)[0] == "value"


def test_a_question_for_a_place_is_answered_by_a_text() -> None:
    assert _read("本館のみ", "鍵の保管場所", MARKS)[0] == "value"


@pytest.mark.parametrize(
    ("cell", "answer"), [("1", "yes"), ("2", "no"), ("３", "planned"), ("4", "unclear"), ("12", "unclear")]
)
def test_options_printed_in_the_question(cell: str, answer: str) -> None:
    question = "鍵を定めていますか。（1：定めている　2：定めていない　3：準備中）"
    assert _read(cell, question, ["1", "2", "2"])[0] == answer


def test_columns_of_one_respondent_are_judged_apart() -> None:
    """A text of one column is no scrap because another column of the same respondent holds marks."""
    marks, texts = 60, 3
    rows = [
        ItemRow(str(n), "棚に鍵があること。", "番人を置く", "", "provider", Location())
        for n in range(marks + texts)
    ]
    results = [AnswerResult(AnswerValue.YES, "mark:circle")] * marks
    results += [AnswerResult(AnswerValue.VALUE, "sentence:text")] * texts
    apart = [("provider", "実施")] * marks + [("provider", "方法")] * texts
    together = [("provider", "")] * (marks + texts)
    assert [r.answer for r in apply_yes_no_columns(rows, apart, results)][marks:] == ["value"] * texts
    assert [r.answer for r in apply_yes_no_columns(rows, together, results)][marks:] == ["unclear"] * texts
