"""Who acts, on what, and that no text makes polarity or clauses fail."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from normalizers.language.claim import denied_verb
from normalizers.language.clauses import clause_of
from normalizers.language.polarity import polarity_of
from normalizers.language.text_coverage import relation_of

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
    ("one", "other", "relation"),
    [
        ("倉庫の鍵を管理すること", "倉庫の鍵の管理", "equal"),
        (
            "倉庫の鍵",
            "倉庫の鍵と、庭の芝生と、食堂の机と、玄関の掲示板と、屋上の水槽を点検すること",
            "subset",
        ),
        (
            "倉庫の鍵と、庭の芝生と、食堂の机と、玄関の掲示板と、屋上の水槽を点検すること",
            "倉庫の鍵",
            "superset",
        ),
        ("倉庫の鍵", "うさぎの人参", "intersects"),
        ("", "倉庫の鍵", "intersects"),
    ],
)
def test_how_far_one_text_covers_another(one: str, other: str, relation: str) -> None:
    assert relation_of(one, other) == relation


@settings(max_examples=200, deadline=None)
@given(one=st.text(max_size=80) | _WORDS, other=st.text(max_size=80) | _WORDS)
def test_polarity_is_the_same_both_ways_for_any_text(one: str, other: str) -> None:
    assert polarity_of(one, other) == polarity_of(other, one)
    assert polarity_of(one, one).value == "same"


def test_a_very_long_text_is_no_error() -> None:
    assert denied_verb("鍵を" * 100_000 + "渡さないこと") is not None
