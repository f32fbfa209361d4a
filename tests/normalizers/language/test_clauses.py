"""Who acts, on what, and that no text makes polarity or clauses fail."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from normalizers.language.claim import denied_verb
from normalizers.language.clauses import clause_of
from normalizers.language.polarity import polarity_of
from normalizers.language.same_question import asks_the_same

_WORDS = st.lists(
    st.sampled_from(
        [
            "利用者は",
            "鍵を",
            "共用",
            "しない",
            "こと",
            "国外に",
            "以外",
            "禁止",
            "できない",
            "。",
            "（",
            "）",
            "※",
            "\n",
        ]
    ),
    max_size=8,
).map("".join)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "actor", "denied"),
    [
        ("利用者は鍵を管理すること", "user", False),
        ("事業者は、再委託先に鍵を渡さないこと", "provider", True),
        ("委託先が名簿を扱うこと", "contractor", False),
        ("鍵を管理すること", "", False),
    ],
)
def test_the_main_clause(text: str, actor: str, denied: bool) -> None:
    assert (clause_of(text).actor, clause_of(text).denied) == (actor, denied)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("倉庫の鍵を管理すること", "倉庫の鍵の管理", True),
        ("倉庫（北棟）の鍵の管理状況", "倉庫の鍵を管理しているか", True),
        ("倉庫の鍵", "倉庫の鍵と、庭の芝生と、食堂の机と、玄関の掲示板と、屋上の水槽を点検すること", False),
        ("倉庫の鍵を管理していないこと", "倉庫の鍵を管理していること", False),
        ("倉庫の鍵", "うさぎの人参", False),
        ("", "倉庫の鍵", False),
        ("", "", False),
    ],
)
def test_two_questions_ask_the_same_but_for_how_it_is_asked(one: str, other: str, same: bool) -> None:
    assert asks_the_same(one, other) is same
    assert asks_the_same(other, one) is same


@settings(max_examples=200, deadline=None)
@given(one=st.text(max_size=80) | _WORDS, other=st.text(max_size=80) | _WORDS)
def test_polarity_is_the_same_both_ways_for_any_text(one: str, other: str) -> None:
    assert polarity_of(one, other) == polarity_of(other, one)
    assert polarity_of(one, one).value == "same"


def test_a_very_long_text_is_no_error() -> None:
    assert denied_verb("鍵を" * 100_000 + "渡さないこと") is not None
