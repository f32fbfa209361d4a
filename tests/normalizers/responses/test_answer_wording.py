"""How the words of an answer are to be taken."""

from __future__ import annotations

import pytest

from normalizers.language.grammar.clause_bearing import Denial
from normalizers.responses.answer_wording import AnswerWording, answer_wording, is_ambiguous


@pytest.mark.parametrize(
    ("words", "wording"),
    [
        ("適合", AnswerWording.CONFORMS),
        ("満たしていない", AnswerWording.CONFORMS),
        ("対応済み。", AnswerWording.CONFORMS),
        ("いいえ", AnswerWording.ECHOES),
        ("いいえ、貸していません", AnswerWording.ECHOES),
        ("○", AnswerWording.STATES),
        ("貸していません", AnswerWording.STATES),
        ("", AnswerWording.STATES),
    ],
)
def test_how_an_answer_is_taken(words: str, wording: AnswerWording) -> None:
    assert answer_wording(words) == wording


@pytest.mark.parametrize(
    ("answer", "wording", "denial", "ambiguous"),
    [
        ("no", AnswerWording.ECHOES, Denial.PLAIN, True),
        ("yes", AnswerWording.ECHOES, Denial.PLAIN, False),
        ("yes", AnswerWording.ECHOES, Denial.BIASED, True),
        ("no", AnswerWording.STATES, Denial.BIASED, False),
        ("no", AnswerWording.ECHOES, Denial.NONE, False),
    ],
)
def test_what_may_mean_either(answer: str, wording: AnswerWording, denial: Denial, ambiguous: bool) -> None:
    assert is_ambiguous(answer, wording, denial) is ambiguous
