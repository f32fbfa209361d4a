"""A denial of an obstacle permits: it answers a question that asks for leave, and no other."""

from __future__ import annotations

import pytest

from normalizers.answers.classify import read_answer
from normalizers.answers.model import AnswerValue, Context
from normalizers.prose.read_prose import read_prose

LEAVE = "休日に作業を頼んでもよいですか。"


@pytest.mark.parametrize(
    ("cell", "question", "answer"),
    [
        ("休日でも構いません。", LEAVE, AnswerValue.YES),
        ("休日に頼んでも差し支えありません。", LEAVE, AnswerValue.YES),
        ("休日でも問題ございません", "休日に作業を頼んでも構いませんか", AnswerValue.YES),
        ("有償でも構いません。", LEAVE, AnswerValue.CONDITIONAL),
        ("休日でも構いません。", "休日の作業を断っているか", AnswerValue.UNCLEAR),
        ("休日でも構いません。", "休日に作業を頼まなくてもよいですか", AnswerValue.UNCLEAR),
    ],
)
def test_what_permits_answers_a_question_for_leave(cell: str, question: str, answer: AnswerValue) -> None:
    alone = read_answer(cell, Context())
    read = read_prose(cell, question, None, alone)
    assert read.answer == answer
