"""What a sentence speaks of, and what a question asks for."""

from __future__ import annotations

import pytest

from normalizers.language.clause_topics import question_of, share, topic_of


@pytest.mark.parametrize(
    ("clause", "action", "denied", "things"),
    [
        ("棚卸しは行っておりません", "行く", True, {"棚卸し"}),
        ("合鍵を監視しています", "監視", False, {"監視"}),
        ("合鍵は監視していません", "監視", True, {"監視"}),
        ("名簿は未作成です", "作成", True, {"名簿"}),
        ("名簿はありません", "有る", True, {"名簿"}),
        ("札の交換ができません", "出来る", True, {"交換"}),
        ("現在実施していません", "実施", True, set()),
        ("24時間監視していない", "監視", True, {"監視"}),
    ],
)
def test_theme_of_a_clause(clause: str, action: str, denied: bool, things: set[str]) -> None:
    theme = topic_of(clause)
    assert theme is not None
    assert (theme.action, theme.denied, set(theme.things)) == (action, denied, things)


def test_a_noun_marked_by_mo_is_one_more() -> None:
    themes = [topic_of(clause) for clause in ("合鍵も作成しています", "合鍵を作成しています")]
    assert [theme.too for theme in themes if theme] == [True, False]


@pytest.mark.parametrize("clause", ["", "。", "鍵" * 201])
def test_no_theme(clause: str) -> None:
    assert topic_of(clause) is None


@pytest.mark.parametrize(
    ("question", "core"),
    [
        ("合鍵の貸出手順書を定めていること。", {"定める", "貸出手順書"}),
        ("倉庫の温度を記録しているか。", {"記録"}),
        ("侵入検知の仕組みを備えていること", {"備える", "侵入検知"}),
        ("泥棒を防ぐ仕組みがあるか。", set()),
        ("荷札（紙）の点検の有無", {"点検"}),
        ("名簿を作成し、毎月点検していること。", {"作成", "名簿", "点検"}),
    ],
)
def test_core_of_a_question(question: str, core: set[str]) -> None:
    assert set(question_of(question).core) == core


def test_a_question_may_deny_or_offer_alternatives() -> None:
    assert question_of("合鍵を貸さないこと。").denied
    assert not question_of("合鍵を貸すこと。").denied
    assert question_of("赤札又は白札を付けること。").either
    assert "白札" not in question_of("次のいずれかを付けること。\n(1) 赤札\n(2) 白札").nouns


def test_share() -> None:
    assert share(frozenset({"手順書"}), frozenset({"手順"}))
    assert share(frozenset({"備わる"}), frozenset({"備える"}))
    assert not share(frozenset({"赤札"}), frozenset({"白札"}))
    assert not share(frozenset({"鍵"}), frozenset({"合鍵"}))
