"""Forms of labels and values, with and without boxes; lists of settings and of words, which look alike."""

from __future__ import annotations

import pytest

from extractors.checklist.extract import READ_STRUCTURE
from extractors.checklist.reshape.detect_structures import structures_of
from tests.extractors.grids import grid_of, items_in, lined

BOXES = """
 船宿の届 | <
 夜番を置くことの有無 | ■有　□無
 梯子の手すりの有無 | □有　■無
 灯を消す係の有無 | □有　□無
 綱を改めるか否か | ■改める　□改めない
 戸締まりの記録の有無 | ■有　□無
"""
TWICE = """
 船宿様式第二（該当する□を☑にしてご記入ください） | < | < | <
 １ 建物 | < | < | <
 梯子の数 | 三 | 戸の数 | 五
 避難口の有無 | ☑あり　□なし | 屋根の材 |
 ２ 人 | < | < | <
 夜番の体制 | 二人で交替 | 夜番の有無 | ☑あり　□なし
 教育の実施 | ☑年一回　□なし | 名簿の備え | □あり　☑なし
"""


def test_a_label_beside_boxes_is_an_item() -> None:
    rows = items_in(BOXES)
    assert [(r.requirement, r.answer, r.location.cells) for r in rows][:3] == [
        ("夜番を置くことの有無", "■有　□無", "B2"),
        ("梯子の手すりの有無", "□有　■無", "B3"),
        ("灯を消す係の有無", "□有　□無", "B4"),
    ]
    assert len(rows) == 5


def test_two_pairs_in_a_row_under_sections() -> None:
    rows = items_in(TWICE)
    assert [(r.section, r.requirement, r.answer) for r in rows][2:6] == [
        (("１ 建物",), "避難口の有無", "☑あり　□なし"),
        (("１ 建物",), "屋根の材", ""),
        (("２ 人",), "夜番の体制", "二人で交替"),
        (("２ 人",), "夜番の有無", "☑あり　□なし"),
    ]
    assert len(rows) == 8


def test_the_same_labels_may_come_again_in_each_part_of_a_form() -> None:
    second = TWICE.replace("２ 人", "３ 別棟").split("\n", 2)[2]
    rows = items_in(TWICE + second.replace("夜番の体制", "梯子の数").replace("夜番の有無", "避難口の有無"))
    assert len([row for row in rows if row.requirement == "避難口の有無"]) > 1


@pytest.mark.parametrize(
    "drawing",
    [
        "帆の寸法 | 3m\n綱の太さ | 12mm\n錨の重さ | 20kg\n灯の数 | 3\n船の色 | 白\n船の名 | 鴎丸",
        "ほばしら | 帆を張る柱\nいかり | 船を止める重り\nとも | 船の後ろ\nへさき | 船の前\nかじ | 向きを変える板",
        "会社名 | 鴎商店\n担当者 | 林\n電話 | 11-22\nメール | a@example.jp\n記入日 | 5/1\n住所 | 港町",
    ],
)
def test_sizes_words_and_addresses_ask_nothing(drawing: str) -> None:
    assert [
        s.kind for s in structures_of(grid_of(lined(drawing), name="一覧")) if s.chance >= READ_STRUCTURE
    ] == []
