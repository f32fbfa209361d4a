"""A plain statement is a yes only to a question that asks for it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizers.answers.classify import read_answer
from normalizers.answers.model import AnswerResult, Context
from normalizers.prose.read_prose import read_prose


def _read(sentence: str, question: str) -> AnswerResult:
    return read_prose(sentence, question, None, read_answer(sentence, Context()))


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        ("暗号化しています", "保管する書類を暗号化していること。"),
        ("実施しております", "避難の訓練を行っていること。"),
        ("台帳を整備しています", "鍵の台帳があるか。"),
        ("決まっている", "当番は決まっているか。"),
        ("専用の窓口を設けております", "問い合わせの窓口を設けていること。"),
        ("取得しております。（登録は本社）", "認証を取得しているか。"),
    ],
)
def test_a_statement_of_what_was_asked(sentence: str, question: str) -> None:
    result = _read(sentence, question)
    assert (result.answer, result.caveat) == ("yes", "")


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        ("共用の鍵を利用しています", "鍵を一人ずつ渡していること。"),
        ("記録を消去しています", "記録を一年保存していること。"),
        ("外部から閲覧可能です", "閲覧できる者を制限していること。"),
        ("全員に合鍵を付与しています", "合鍵の数を最小限にしていること。"),
        ("合鍵を利用しています", "合鍵を利用していないこと。"),
        ("合鍵を利用しています", "合鍵の利用を禁止しているか。"),
    ],
)
def test_a_statement_of_something_else(sentence: str, question: str) -> None:
    result = _read(sentence, question)
    assert result.answer != "yes" or result.caveat


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_texts_are_read(sentence: str, question: str) -> None:
    assert _read(sentence, question).rule
