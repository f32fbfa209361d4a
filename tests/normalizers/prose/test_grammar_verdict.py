"""What follows by grammar alone of a cell beside its question, and what does not."""

from __future__ import annotations

import pytest

from normalizers.prose.grammar_verdict import (
    agrees_with_itself,
    answer_behind_no,
    answer_by_grammar,
    contradicts_itself,
    impossible_answer,
)


@pytest.mark.parametrize(
    ("cell", "question", "answer"),
    [
        ("しておりません", "倉庫を施錠していること。", "no"),
        ("しておりません", "鍵を共用していないこと。", "yes"),
        ("していない", "鍵を共用していないか。", "yes"),
        ("共用しています", "鍵を共用していないこと。", "no"),
        ("鍵の共用はしておりません", "鍵を共用していないこと。", "yes"),
        ("発生しておりません。", "紛失が発生していないこと。", "yes"),
        ("発生しておりません。", "紛失は発生したか。", "no"),
        ("部外者は入れません", "部外者が入れないよう制限していること。", "yes"),
        ("制限していません", "部外者が入れないよう制限していること。", "no"),
        ("入れないようにしています", "部外者が入れないこと。", "yes"),
        ("届け出ていない車両はありません", "車両を届け出ているか。", "yes"),
        ("届け出ていない車両があります", "車両を届け出ているか。", "partial"),
        ("名簿は作っていますが、点検は行っていません", "名簿を作り、点検を行っているか。", "partial"),
        ("本館は可、別館は不可", "見学はできるか。", "partial"),
        ("3か月", "録画を6か月以上保存していること。", "no"),
        ("13か月", "録画を6か月以上保存していること。", "yes"),
        ("1件あり", "紛失はありましたか。", "yes"),
        ("0件", "紛失が発生していないこと。", "yes"),
        ("要", "予約は必要か。", "yes"),
        ("予約不要", "予約は必要か。", "no"),
        ("禁止しています", "鍵の複製を認めているか。", "no"),
        ("We do not lend any tapes.", "Do you lend tapes?", "no"),
        ("把握していない", "鍵を共用していないか。", "unclear"),
        ("不明です。番所に確かめ、改めてお知らせします。", "合鍵を貸し出しているか。", "unclear"),
        ("わかりません。番所に確かめます。", "合鍵を貸し出しているか。", "unclear"),
        ("把握していない", "合鍵の数を把握しているか。", "no"),
        ("ないとは言い切れません", "合鍵が失われる恐れはないか。", "unclear"),
        ("分かりかねます", "夜間の巡回を実施しているか。", "unclear"),
        ("恐縮ですが、貸し出しておりません", "帳簿を貸し出しているか。", "no"),
        ("来月に交換する予定でしたが延期しています", "錠を交換しているか。", "unclear"),
        ("あいにく貸し出しておりません。", "帳簿を貸し出しているか。", "no"),
        ("なかった", "昨年、紛失の届出はあったか。", "no"),
        ("貸出しは廃止しました", "帳簿の貸出しを行っているか。", "no"),
        ("開けない", "許可なく金庫を開けないようになっているか。", "yes"),
        ("なっていない", "合鍵がない状態になっていないか。", "yes"),
        ("なし", "合鍵が失われる恐れはないか。", "yes"),
        ("あり", "合鍵が失われる恐れはないか。", "no"),
        ("4", "錠の桁数は6桁以上か。", "no"),
        ("平均40時間", "24時間以内に返却しているか。", "no"),
        ("交換中（全30棟中12棟）", "錠を交換しているか。", "partial"),
        ("最大2時間", "門の解錠が3時間を超えることはないか。", "yes"),
        ("5時間", "門の解錠が3時間を超えることはないか。", "no"),
        ("2年", "録画の保存が1年を下回っていないか。", "yes"),
        ("6か月", "録画の保存が1年を下回っていないか。", "no"),
        ("8桁以上を強制", "6桁未満の合言葉は設定できないようになっているか。", "yes"),
        ("6桁", "合言葉は8桁以上とし、使い回していないこと。", None),
        ("10桁", "合言葉は8桁以上とし、使い回していないこと。", None),
        ("30日間保存しています", "録画は1年以上保存し、改ざんを防止すること。", None),
        ("180日", "合言葉の期限は90日以下とし、再利用を禁止しているか。", None),
        ("来年度から実施しています", "夜間の巡回を実施しているか。", None),
        ("本館のみ実施しています", "夜間の巡回を実施しているか。", None),
        ("対応済", "鍵の紛失がないこと。", None),
        ("別の会社が実施しています", "鍵を一元管理しているか。", None),
        ("施錠しています", "", None),
    ],
)
def test_what_follows_by_grammar(cell: str, question: str, answer: str | None) -> None:
    assert answer_by_grammar(cell, question) == answer


def test_a_yes_before_its_contrary_contradicts_itself() -> None:
    assert contradicts_itself("はい、共用しています", "鍵を共用していないか。")
    assert not contradicts_itself("はい、共用していません", "鍵を共用していないか。")


def test_a_cell_of_denials_is_no_yes_to_a_plain_question() -> None:
    assert impossible_answer("台帳は作っていません", "倉庫を施錠していること。") == "yes"
    assert impossible_answer("台帳を作っています", "倉庫を施錠していること。") is None


def test_a_yes_before_a_denial_of_what_should_not_be_agrees_with_itself() -> None:
    assert agrees_with_itself("はい、ありません", "鍵を貸したままにすることはないか。")
    assert not agrees_with_itself("はい、ありません", "鍵を貸すことはあるか。")


@pytest.mark.parametrize(
    ("cell", "question", "answer"),
    [
        ("いいえ、ありません。", "合鍵を貸し出すことはないか。", "yes"),
        ("いいえ、貸し出すことがあります。", "合鍵を貸し出すことはないか。", "no"),
        ("いいえ、帳簿は別にあります。", "合鍵を貸し出すことはないか。", None),
        ("いいえ、見回りは行っていません", "合鍵を貸し出していないこと。", None),
        ("いいえ、貸し出しておりません。", "合鍵を貸し出しているか。", None),
        ("いいえ", "合鍵を貸し出すことはないか。", None),
    ],
)
def test_what_stands_behind_a_no_says_what_it_means_where_the_question_is_denied(
    cell: str, question: str, answer: str | None
) -> None:
    assert answer_behind_no(cell, question) == answer


def test_who_tells_by_what_he_goes_does_not_do_it_without() -> None:
    question = "決まりがないまま合鍵を貸し出していないか。"
    assert impossible_answer("帳面の決まりにより貸し出し", question) == "no"
    assert impossible_answer("番人の判断で貸し出している", question) is None
    assert impossible_answer("共用の鍵で開けています", "許しを得ずに開けていないか。") is None
    assert impossible_answer("決まりなしで貸し出すことあり", question) is None
