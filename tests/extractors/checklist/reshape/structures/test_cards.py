"""Cards under labels that no list of words holds, with labels further right, and side by side."""

from __future__ import annotations

import pytest

from extractors.checklist.reshape.structures.cards import cards_of
from tests.extractors.grids import found_in, grid_of, items_in, left, lined

UNKNOWN_LABELS = """
 帆船の調べ票 | | |
 棚1 | 帆を毎週たたんでいるか | |
 そちらのお答え | たたんでいる | 添える書類 | 帆の帳面
 ひとこと | 雨の日は除く | |
  | | |
 棚2 | 錨を毎年磨いているか | |
 そちらのお答え | 磨いていない | 添える書類 |
 ひとこと | | |
  | | |
 棚3 | 綱の太さを書いてください | |
 そちらのお答え | 12mm | 添える書類 |
 ひとこと | 予備は10mm | |
"""
SIDE_BY_SIDE = """
 聞き取り札 | | |
 札1 | | 札2 |
 たずねること | 灯を点けているか | たずねること | 門を閉めているか
 お答え | はい | お答え | いいえ
  | | |
 札3 | | 札4 |
 たずねること | 鍵を数えているか | たずねること | 窓を拭いているか
 お答え | はい | お答え |
  | | |
 札5 | | 札6 |
 たずねること | 床を掃いているか | たずねること | 戸を直しているか
 お答え | × | お答え | はい
"""


def test_labels_are_told_by_their_repetition() -> None:
    rows = items_in(UNKNOWN_LABELS)
    assert [(row.item_no, row.requirement, row.answer) for row in rows] == [
        ("棚1", "帆を毎週たたんでいるか", "たたんでいる"),
        ("棚2", "錨を毎年磨いているか", "磨いていない"),
        ("棚3", "綱の太さを書いてください", "12mm"),
    ]
    assert [row.location.cells for row in rows] == ["B3", "B7", "B11"]
    assert "雨の日は除く" in rows[0].remarks


def test_a_card_loses_no_text() -> None:
    found = found_in(UNKNOWN_LABELS)
    (checklist,) = found.checklists
    kept = " ".join(
        [*left(found), *(f"{r.item_no} {r.requirement} {r.answer} {r.remarks}" for r in checklist.rows)]
    )
    texts = [text for line in lined(UNKNOWN_LABELS) for text in line if text and text != "帆船の調べ票"]
    assert [text for text in texts if text not in kept] == []


def test_cards_side_by_side_are_read_from_left_to_right() -> None:
    rows = items_in(SIDE_BY_SIDE)
    assert [(row.item_no, row.requirement, row.answer) for row in rows] == [
        ("札1", "灯を点けているか", "はい"),
        ("札2", "門を閉めているか", "いいえ"),
        ("札3", "鍵を数えているか", "はい"),
        ("札4", "窓を拭いているか", ""),
        ("札5", "床を掃いているか", "×"),
        ("札6", "戸を直しているか", "はい"),
    ]


@pytest.mark.parametrize(
    "drawing",
    [
        # A column of categories that come round in a table.
        "大区分 | 小区分 | 求めること | 結果\n"
        + "表 | 高い | 鍵を掛ける | ○\n裏 | 低い | 窓を閉める | ×\n" * 4,
        # Answers that are the same on every card are no labels; two blocks are too few.
        "問1 | 灯を点けているか\n回答 | はい\n問2 | 門を閉めているか\n回答 | はい",
    ],
)
def test_what_comes_again_in_a_table_is_no_card(drawing: str) -> None:
    assert cards_of(grid_of(lined(drawing))) is None


def test_an_answer_that_every_card_has_is_no_label() -> None:
    drawing = "\n".join(f"問{n} | 灯{n}を毎晩点けているか\n回答 | 点けている\n備考 |" for n in range(1, 6))
    assert [row.answer for row in items_in(drawing)] == ["点けている"] * 5


@pytest.mark.parametrize("judged", ["判定", "一次評価"])
def test_what_is_judged_of_an_answer_is_none(judged: str) -> None:
    drawing = "門番の調べ票\n" + "\n".join(
        f"No | {n} | 質問 | {question}\n回答 | {answer} | {judged} | {mark}"
        for n, (question, answer, mark) in enumerate(
            [
                ("合鍵を金庫にしまっていますか", "しまっている", "良"),
                ("戸締まりを二人で見回っていますか", "見回っていない", "良"),
                ("窓の格子を毎年塗っていますか", "塗っている", "否"),
                ("裏口の番を置いていますか", "置いている", "良"),
            ],
            start=1,
        )
    )
    (checklist,) = found_in(drawing).checklists
    assert [row.answer for row in checklist.rows] == [
        "しまっている",
        "見回っていない",
        "塗っている",
        "置いている",
    ]


def test_a_number_beside_the_question_that_stands_over_the_labels_counts_the_cards() -> None:
    rows = items_in(
        "門番の調べ票\n"
        + "\n".join(
            f"問{n} | {question} | <\n^ | 回答 | {answer}\n^ | 内容 | {remark}"
            for n, (question, answer, remark) in enumerate(
                [
                    ("合鍵を金庫にしまうことの有無", "有", "二重の金庫"),
                    ("夜の見回りの有無", "無", ""),
                    ("門の高さ", "3メートル", "北門は2メートル"),
                    ("名札の貸し出しの有無", "有", ""),
                ],
                start=1,
            )
        )
    )
    assert [(row.item_no, row.requirement, row.answer, row.remarks) for row in rows] == [
        ("問1", "合鍵を金庫にしまうことの有無", "有", "二重の金庫"),
        ("問2", "夜の見回りの有無", "無", ""),
        ("問3", "門の高さ", "3メートル", "北門は2メートル"),
        ("問4", "名札の貸し出しの有無", "有", ""),
    ]


UNDER_QUESTIONS = """
 帆船の調べ票 | < | <
 1. 甲板 | < | <
 DECK-01 帆を毎週たたんでいますか。 | < | <
  | 回答 | ☑している　□していない
  | ひとこと | 雨の日は除く
 DECK-02 錨を毎年磨いていますか。 | < | <
  | 回答 | □している　☑していない
  | ひとこと |
 2. 船倉 | < | <
 HOLD-01 樽の数を毎月数えていますか。 | < | <
  | 回答 | ☑している　□していない
  | ひとこと |
"""


def test_the_line_above_each_block_is_its_question() -> None:
    rows = items_in(UNDER_QUESTIONS)
    assert [(row.item_no, row.requirement, row.section) for row in rows] == [
        ("DECK-01", "帆を毎週たたんでいますか。", ("1. 甲板",)),
        ("DECK-02", "錨を毎年磨いていますか。", ("1. 甲板",)),
        ("HOLD-01", "樽の数を毎月数えていますか。", ("2. 船倉",)),
    ]
    assert [row.remarks for row in rows] == ["雨の日は除く", "", ""]


def test_the_number_beside_the_line_is_not_the_chapters_above_it() -> None:
    drawing = """
     1 | 甲板 |
     D-1 | 帆を毎週たたんでいますか。 |
      | 回答 | はい
      | ひとこと | 雨の日は除く
     D-2 | 錨を毎年磨いていますか。 |
      | 回答 | いいえ
      | ひとこと |
     2 | 船倉 |
     H-1 | 樽の数を毎月数えていますか。 |
      | 回答 | はい
      | ひとこと |
    """
    assert [(row.item_no, row.requirement, row.answer) for row in items_in(drawing)] == [
        ("D-1", "帆を毎週たたんでいますか。", "はい"),
        ("D-2", "錨を毎年磨いていますか。", "いいえ"),
        ("H-1", "樽の数を毎月数えていますか。", "はい"),
    ]


def test_a_number_beside_the_first_label_counts_the_cards() -> None:
    drawing = "\n".join(
        f"問{n} | 質問 | {question}\n | 回答 | {answer}"
        for n, (question, answer) in enumerate(
            [
                ("帆を毎週たたんでいますか。", "はい。見習いが毎週たたんでおります。"),
                ("錨を毎年磨いていますか。", "磨いておりません。"),
                ("樽の数を毎月数えていますか。", "毎月末に数えております。"),
            ],
            start=1,
        )
    )
    assert [(row.item_no, row.requirement, row.answer) for row in items_in(drawing)] == [
        ("問1", "帆を毎週たたんでいますか。", "はい。見習いが毎週たたんでおります。"),
        ("問2", "錨を毎年磨いていますか。", "磨いておりません。"),
        ("問3", "樽の数を毎月数えていますか。", "毎月末に数えております。"),
    ]


def test_each_of_those_who_are_named_on_a_card_answers_for_himself() -> None:
    drawing = "\n".join(
        f"Q{n} | 設問 | {question} |\n | 対象 | 本船 | 曳船\n | 対応状況 | {first} | {second}\n | 補足 | {remark} |"
        for n, (question, first, second, remark) in enumerate(
            [
                ("帆を毎週たたんでいますか。", "A", "D", "見習いが行う"),
                ("錨を毎年磨いていますか。", "B", "A", ""),
                ("樽の数を毎月数えていますか。", "A", "", "月末"),
            ],
            start=1,
        )
    )
    assert [(row.item_no, row.sub_item, row.answer, row.remarks) for row in items_in(drawing)] == [
        ("Q1", "本船", "A", "見習いが行う"),
        ("Q1", "曳船", "D", ""),
        ("Q2", "本船", "B", ""),
        ("Q2", "曳船", "A", ""),
        ("Q3", "本船", "A", "月末"),
        ("Q3", "曳船", "", ""),
    ]


def test_an_answer_alone_below_each_question_is_a_card_and_one_may_lack_its_number() -> None:
    drawing = """
    帆船についての質問票 | < | <
    以下の質問に文章でお答えください。 | < | <
    問1 | 帆を毎週たたんでいますか。 | <
     | 回答 | はい、見習いがたたんでおります。
    問2 | 錨を毎年磨いていますか。 | <
     | 回答 | 磨いておりません。
    樽の数を毎月数えているかもお聞かせください。 | < | <
     | 回答 | 毎月末に数えております。
    問4 | 綱を毎年替えていますか。 | <
     | 回答 | 一部だけ替えております。
    問5 | 灯りを毎晩点けていますか。 | <
     | 回答 | はい。
    """
    assert [(row.item_no, row.requirement, row.answer) for row in items_in(drawing)] == [
        ("問1", "帆を毎週たたんでいますか。", "はい、見習いがたたんでおります。"),
        ("問2", "錨を毎年磨いていますか。", "磨いておりません。"),
        ("", "樽の数を毎月数えているかもお聞かせください。", "毎月末に数えております。"),
        ("問4", "綱を毎年替えていますか。", "一部だけ替えております。"),
        ("問5", "灯りを毎晩点けていますか。", "はい。"),
    ]
