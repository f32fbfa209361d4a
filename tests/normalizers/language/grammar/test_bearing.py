"""What yes to a question means for who asks: hoped for, feared, or not known."""

from __future__ import annotations

import tomllib

import pytest

from normalizers.language.grammar.bearing import bearing_of
from normalizers.language.grammar.clause_bearing import Denial, Direction
from tests.conftest import ROOT

DIRECTIONS = tomllib.loads((ROOT / "benchmarks" / "directions.toml").read_text(encoding="utf-8"))["sets"]
LABELLED = [(question, label) for entry in DIRECTIONS for question, label in entry["items"]]
WORDS = {Direction.HOPED: "good", Direction.FEARED: "bad", Direction.UNKNOWN: "unclear"}


@pytest.mark.parametrize(
    ("question", "direction"),
    [
        ("棚の鍵を平文で書き留めているか", Direction.FEARED),
        ("棚の鍵を平文で書き留めていないこと", Direction.HOPED),
        ("名札を付けずに入る者がいないように見張っているか", Direction.HOPED),
        ("許可を得ずに倉庫を開けることがあるか", Direction.FEARED),
        ("許可を得ずに倉庫を開けることはないか", Direction.HOPED),
        ("避難の訓練を行ったことがあるか", Direction.HOPED),
        ("倉庫で盗難が発生しましたか", Direction.FEARED),
        ("点検していない消火器があるか", Direction.FEARED),
        ("消火器を点検する手順があるか", Direction.HOPED),
        ("倉庫の絵を業務に使いますか", Direction.UNKNOWN),
        ("鍵は帳簿に残していること。棚は平文で記録しているか。", Direction.UNKNOWN),
        ("", Direction.UNKNOWN),
    ],
)
def test_the_direction_of_a_question(question: str, direction: Direction) -> None:
    assert bearing_of(question).direction == direction


def test_what_the_words_settle_is_right_in_every_labelled_question() -> None:
    settled = [(q, label, WORDS[b.direction]) for q, label in LABELLED if (b := bearing_of(q)).settled]
    assert [entry for entry in settled if entry[1] != entry[2]] == []
    assert len(settled) >= 0.6 * len(LABELLED)


@pytest.mark.parametrize(
    ("question", "denial"),
    [
        ("鍵を貸していますか", Denial.NONE),
        ("鍵を貸していないか", Denial.PLAIN),
        ("鍵を貸していませんか", Denial.BIASED),
        ("鍵を貸していないこと", Denial.NONE),
    ],
)
def test_how_a_question_denies(question: str, denial: Denial) -> None:
    assert bearing_of(question).denial == denial


def test_no_text_makes_it_fail() -> None:
    for text in ("か", "。", "ないか" * 400, "※注", "(((", "ある", "こと"):
        assert bearing_of(text).direction in Direction
