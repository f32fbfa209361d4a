"""Choices that brackets, rings, signs or words mark."""

from __future__ import annotations

import pytest

from normalizers.answers.choices.marked_choices import marked_choices
from normalizers.answers.classify import read_answer
from normalizers.answers.model import AnswerValue, Context


@pytest.mark.parametrize(
    ("cell", "answer"),
    [
        ("あり に○", "yes"),
        ("可に○", "yes"),
        ("「否」に丸をつけました", "no"),
        ("いいえの欄に✓", "no"),
        ("【可】／否", "yes"),
        ("可／［否］", "no"),
        ("（はい） ・ いいえ", "yes"),
        ("はい（　）・いいえ（ ○ ）", "no"),
        ("実施・○未実施", "no"),
        ("可○・不可", "yes"),
        ("㊒／無", "yes"),
        ("可⃝・不可", "yes"),
        ("はい・いいえ → いいえ", "no"),
        ("適合／不適合：適合", "yes"),
        ("適合・一部適合・【対象外】", "not_applicable"),
    ],
)
def test_a_marked_choice_is_the_answer(cell: str, answer: str) -> None:
    assert sum(option.checked for option in marked_choices(cell)) == 1
    result = read_answer(cell, Context())
    assert (result.answer, result.rule.startswith("circled:")) == (answer, True)


@pytest.mark.parametrize(
    "cell",
    [
        "可・否", "【可】・【否】", "有（　）・無（　）", "○・×", "○ はい", "有・○", "可に○を付けてください", "（可）",
        "可、参考資料", "有→無",
        "有（○）・無（○）",
    ],
)  # fmt: skip
def test_what_marks_none_or_two_is_no_marked_choice(cell: str) -> None:
    assert marked_choices(cell) == ()


def test_a_ring_round_what_is_no_answer_is_unclear() -> None:
    assert read_answer("可・㊌", Context()).answer == "unclear"


def test_the_legend_of_the_sheet_says_what_the_marked_choice_means() -> None:
    legend = Context(legend={"無": AnswerValue.NOT_APPLICABLE})
    assert read_answer("有・【無】", legend).answer == "not_applicable"
