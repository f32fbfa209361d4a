"""Whether yes to one sentence means yes to another."""

from __future__ import annotations

import pytest

from normalizers.language.claim import denied_verb
from normalizers.language.polarity import Polarity, polarity_of

SAME, INVERSE, UNSURE = Polarity("same"), Polarity("inverse"), Polarity("unclear")


@pytest.mark.parametrize(
    ("requirement", "verb"),
    [
        ("名簿を第三者に提供していないこと。", "提供"),
        ("名簿を第三者に提供しないこと", "提供"),
        ("名簿を国外に保存していませんか。", "保存"),
        ("名簿の複製を禁止していること。", "複製"),
        ("倉庫の鍵を二人で管理していること。", None),
        ("名簿を第三者に提供しているか", None),
        ("", None),
        ("※対象外なら書かない", None),
    ],
)
def test_the_verb_that_a_sentence_denies(requirement: str, verb: str | None) -> None:
    assert denied_verb(requirement) == verb


def test_only_the_first_sentence_counts() -> None:
    assert denied_verb("倉庫の鍵を管理していること。貸出しは想定していない。") is None
    assert denied_verb("名簿を提供していないこと。倉庫は毎日見回ること。") == "提供"


def test_brackets_do_not_count() -> None:
    assert denied_verb("名簿を管理していること（写しを保存しないこと）") is None


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("名簿を第三者に提供しているか", "名簿を第三者に提供しないこと", INVERSE),
        ("名簿を第三者に提供していないこと。", "名簿を第三者に提供していること。", INVERSE),
        ("データを国外に保存していないか", "データを国外に保存していること", INVERSE),
        ("広告の表示を行わないこと", "広告の表示を行うこと", INVERSE),
        ("名簿を第三者に提供しないこと", "名簿は第三者に提供していないこと", SAME),
        ("倉庫の鍵を管理していること", "倉庫の鍵の管理を行うこと", SAME),
        ("名簿の写しが残らないこと", "名簿を消去していること", UNSURE),
    ],
)
def test_two_sentences_are_the_same_or_opposite(one: str, other: str, expected: Polarity) -> None:
    assert polarity_of(one, other) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("名簿を第三者に提供しているか", "名簿を第三者に提供しないこと"),
        ("倉庫の鍵を管理していること", "倉庫の鍵の管理を行うこと"),
        ("名簿の写しが残らないこと", "名簿を消去していること"),
    ],
)
def test_polarity_is_the_same_both_ways(one: str, other: str) -> None:
    assert polarity_of(one, other) == polarity_of(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("私物の持込みを禁止していること", "私物の持込みを認めていること"),
        ("名簿の持出しを禁止していること。", "名簿の持出しができること。"),
        ("札の使い回しを禁止すること", "札の使い回しをしていること"),
    ],
)
def test_a_ban_is_never_surely_the_same_as_a_permission(one: str, other: str) -> None:
    assert polarity_of(one, other) != SAME


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("退職した者がアクセスできないこと", "アクセス制御を行っていること"),
        ("部外者が管理できないこと", "倉庫の鍵を管理していること"),
        ("承認なしに変更できないこと", "変更の手順を定めていること"),
    ],
)
def test_a_word_that_both_hold_does_not_make_opposites_for_sure(one: str, other: str) -> None:
    assert polarity_of(one, other) != INVERSE


@pytest.mark.parametrize("requirement", ["不要な窓口を開けていないこと", "名簿の写しを残していないこと"])
def test_a_denial_whose_verb_is_not_known_is_never_surely_the_same(requirement: str) -> None:
    assert polarity_of(requirement, requirement.replace("ていない", "ている")) != SAME
