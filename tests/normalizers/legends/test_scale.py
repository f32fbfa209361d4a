"""The steps of a legend go one way."""

from __future__ import annotations

import pytest

from normalizers.answers.legend import LegendEntry
from normalizers.answers.model import AnswerValue
from normalizers.legends.scale import settle_scale


def _settled(*steps: tuple[str, str, str]) -> list[str]:
    entries = [LegendEntry(mark, text, AnswerValue(answer)) for mark, text, answer in steps]
    return [str(entry.answer) for entry in settle_scale(entries)]


def test_a_step_against_the_scale_is_read_by_patterns_where_these_fit() -> None:
    steps = (
        ("◎", "実施し台帳あり", "no"),
        ("○", "台帳は作成中", "partial"),
        ("△", "一部の棟", "partial"),
        ("×", "未実施", "no"),
    )
    assert _settled(*steps) == ["yes", "partial", "partial", "no"]


def test_else_it_is_unclear() -> None:
    steps = (
        ("3", "毎日行う", "yes"),
        ("2", "一部の棟", "partial"),
        ("1", "行う", "yes"),
        ("0", "いつも行う", "yes"),
    )
    assert _settled(*steps) == ["yes", "unclear", "yes", "yes"]


@pytest.mark.parametrize(
    "answers", [("yes", "yes", "partial", "no"), ("no", "partial", "yes", "yes"), ("no", "no", "no", "no")]
)
def test_a_scale_may_go_up_or_down(answers: tuple[str, ...]) -> None:
    marks = ("A", "B", "C", "D")
    assert _settled(*((mark, "段", answer) for mark, answer in zip(marks, answers, strict=True))) == list(
        answers
    )


def test_what_stands_for_no_more_and_no_less_is_no_step() -> None:
    steps = (("○", "行う", "yes"), ("－", "棟がない", "not_applicable"), ("×", "行わない", "no"))
    assert _settled(*steps) == ["yes", "not_applicable", "no"]
