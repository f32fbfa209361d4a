"""Items of two lists side by side, by what they share of the catalogue and by their words."""

from __future__ import annotations

from itertools import pairwise

from pipeline.align.control.shared_controls import rank_items
from pipeline.align.item import Item
from pipeline.catalogue.load import load_controls

FIRST = ["一つのIDを何人かで使い回さない", "消した後にデータを復元できることを試す", "うさぎに人参を与える"]
SECOND = [
    "バックアップのリストアテストを行う",
    "利用者ごとに別のアカウントを割り当てる",
    "窓を拭く",
    "うさぎに人参をやる",
]


def _items(texts: list[str]) -> list[Item]:
    return [Item(str(number), "", "", text) for number, text in enumerate(texts)]


def test_items_meet_by_their_control_and_by_their_words() -> None:
    ranked = rank_items(_items(FIRST), _items(SECOND), load_controls())
    assert [counterparts[0].index for counterparts in ranked] == [1, 0, 3]
    assert all(own.score >= after.score for counterparts in ranked for own, after in pairwise(counterparts))


def test_one_theme_of_two_controls_meets() -> None:
    one = ["ISMSの認証を受けている", "利用者のパスワードは12文字以上とする", "毎日バックアップを取る"]
    other = [
        "バックアップの頻度（1日に何回か）",
        "公的な第三者による認証の取得状況",
        "パスワードの最短の文字数",
    ]
    ranked = rank_items(_items(one), _items(other), load_controls())
    assert [counterparts[0].index for counterparts in ranked] == [1, 2, 0]
    assert all(counterparts[0].score > 0.3 for counterparts in ranked)


def test_without_items_or_controls() -> None:
    assert rank_items([], _items(SECOND), load_controls()) == []
    assert rank_items(_items(FIRST), [], load_controls()) == [[], [], []]
    assert rank_items(_items(FIRST), _items(SECOND), ())[2][0].index == 3
