"""What yes to an item means for a control, and what an answer to it is worth."""

from __future__ import annotations

import pytest

from normalizers.responses.answer_wording import AnswerWording
from pipeline.align.control.direction import polarity_to
from pipeline.align.item import Item
from pipeline.align.match import build_candidate
from pipeline.catalogue.load import Control

KEYS = Control(
    "keys", "rooms", "鍵の貸出し", "keys", "倉庫の鍵を他人に貸していないこと。", "yes", (),
    also=("鍵を一人ずつ持たせている。",), contrary=("倉庫の鍵を皆で回している。",),
)  # fmt: skip
LENT = Control(
    "lent", "rooms", "備品の貸出し", "lent", "備品を外へ貸し出す場合に、館長の許しを得ること。", "yes", (),
    also=("備品を貸す前に館長が認める。",),
)  # fmt: skip
SECRETS = Control(
    "secrets", "rooms", "合言葉の書き置き", "secrets", "合言葉の書き置きを禁止し、見回りで確かめること。", "yes", (),
)  # fmt: skip
PHOTOS = Control("photos", "rooms", "写真の利用", "photos", "来客の写真を広告に利用すること。", "no", ())


@pytest.mark.parametrize(
    ("requirement", "control", "wording", "polarity"),
    [
        ("倉庫の鍵を他人に貸さないようにしているか", KEYS, 0, "same"),
        ("倉庫の鍵を使い回しているか", KEYS, 0, "inverse"),
        ("倉庫の鍵を他人に貸していますか", KEYS, 0, "inverse"),
        ("来客の写真を広告に利用すること", PHOTOS, 0, "same"),
        ("来客の写真を広告に利用しないこと", PHOTOS, 0, "inverse"),
        ("来客の写真を本人の許可なく使うことがあるか", PHOTOS, 0, "same"),
        ("来客の写真を広告に利用しない旨を定めているか", PHOTOS, 0, "inverse"),
        # neither good nor bad: whether the case arises, and what may be just what is forbidden
        ("備品を外へ貸し出していますか", LENT, 0, "unclear"),
        ("合言葉の書き置きをしていますか", SECRETS, 0, "unclear"),
        ("合言葉の書き置きを禁止していますか", SECRETS, 0, "same"),
    ],
)
def test_polarity(requirement: str, control: Control, wording: int, polarity: str) -> None:
    assert polarity_to(requirement, control, wording).value == polarity


def test_a_wording_that_says_the_contrary_turns() -> None:
    assert [KEYS.is_contrary(n) for n in range(3)] == [False, False, True]
    assert KEYS.wordings[2] == "倉庫の鍵を皆で回している。"


@pytest.mark.parametrize(
    ("requirement", "answer", "wording", "favourable"),
    [
        ("倉庫の鍵を使い回しているか", "yes", AnswerWording.STATES, False),
        ("倉庫の鍵を使い回しているか", "yes", AnswerWording.CONFORMS, True),
        ("倉庫の鍵を使い回しているか", "no", AnswerWording.CONFORMS, False),
        ("倉庫の鍵を使い回していないか", "no", AnswerWording.ECHOES, None),
        ("倉庫の鍵を使い回していないか", "yes", AnswerWording.ECHOES, True),
        ("倉庫の鍵を使い回していませんか", "yes", AnswerWording.ECHOES, None),
        ("倉庫の鍵を使い回していませんか", "yes", AnswerWording.STATES, True),
    ],
)
def test_what_an_answer_is_worth(
    requirement: str, answer: str, wording: AnswerWording, favourable: bool | None
) -> None:
    candidate = build_candidate(Item("i", "", "", requirement), KEYS, 0.9)
    assert candidate.favourable(answer, None, wording) is favourable


def test_a_control_that_is_hardly_taken_tells_no_direction() -> None:
    neutral = Item("i", "", "", "倉庫の鍵を扱いますか")
    assert build_candidate(neutral, KEYS, 0.45).polarity == "unclear"
    assert build_candidate(Item("i", "", "", "倉庫の鍵を貸さないこと"), KEYS, 0.45).polarity == "same"
