"""Choices printed beside their own denial: a scale of one statement; other choices say nothing by themselves."""

from __future__ import annotations

import pytest

from normalizers.answers.choices.denied_choices import answers_by_denial
from normalizers.answers.classify import read_answer
from normalizers.answers.model import Context


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("■守れている □一部守れている □守れていない", "yes"),
        ("□守れている ■一部守れている □守れていない", "partial"),
        ("□守れている □一部守れている ■守れていない", "no"),
        ("□守れている ■まあまあ守れている □守れていない", "unclear"),
        ("■あてはまる\n□どちらともいえない\n□あてはまらない", "yes"),
        ("□あてはまる\n□どちらともいえない\n■あてはまらない", "no"),
        ("□自社で回している ■他社に回してもらっている □回していない", "unclear/value"),
        ("■倉庫に置く □工場に置く", "value"),
    ],
)
def test_a_choice_means_what_its_denial_beside_it_makes_it_mean(text: str, answer: str) -> None:
    assert read_answer(text, Context()).answer in answer.split("/")


def test_without_a_denial_nothing_is_said() -> None:
    assert answers_by_denial(["倉庫に置いている", "工場に置いている"]) == {}
    assert answers_by_denial(["置いていない"]) == {}
    assert answers_by_denial([]) == {}
