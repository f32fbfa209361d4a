"""What a remark makes of a yes; the long tables of remarks stand in cells/remarks_*.tsv."""

from __future__ import annotations

import datetime as dt

import pytest

from normalizers.remarks.effect import clauses_of, remark_effect

ASKED = "倉庫の温度を記録していること。"


@pytest.mark.parametrize(
    ("remark", "answer"),
    [
        ("", None),
        ("なし", None),
        ("毎朝八時に記録しています。", None),
        ("記録していません。", "unclear"),
        ("申し訳ございませんが、人手が足りず、記録できておりません。", "unclear"),
        ("以前は記録していませんでしたが、四月から記録しています。", None),
        ("休日は記録していません。", "unclear"),
        ("記録していない倉庫があります。", "unclear"),
        ("湿度は測っておりません。", None),
        ("高温になったことはありません。", None),
        ("いいえ", "unclear"),
        ("not yet", "unclear"),
        ("planned", "planned"),
        ("暖房を導入予定です。", None),
        ("記録開始は次年度の予定です。", "planned"),
        ("記録を検討しています。", "unclear"),
        ("正しくは×です", "unclear"),
        ("記録せずに出荷している。", "unclear"),
        ("有償オプションのご契約が必要です。", "conditional"),
        ("追加の料金はございません。", None),
        ("有償オプションの契約がないと使えません。", "conditional"),
        ("全プランでご利用いただけます。", None),
        ("一部の倉庫は未対応", "partial"),
    ],
)
def test_turned_by(remark: str, answer: str | None) -> None:
    assert remark_effect(remark, ASKED) == answer


@pytest.mark.parametrize("remark", ["貸していません。", "貸出は行っていません", "該当なし"])
def test_denying_what_should_not_be_is_honest(remark: str) -> None:
    assert remark_effect(remark, "合鍵を貸さないこと。") is None


def test_a_duty_that_is_not_met_is_told_beside_a_denied_question_too() -> None:
    assert remark_effect("未対応です。", "合鍵を貸さないこと。") == "unclear"


def test_the_age_of_the_sheet_tells_plans_from_the_past() -> None:
    assert remark_effect("2029年4月に導入", ASKED, dt.date(2028, 1, 1)) == "planned"
    assert remark_effect("2029年4月に導入", ASKED, dt.date(2030, 1, 1)) is None


def test_clauses() -> None:
    assert clauses_of("未記録ですが、棚はあります。（紙のみ）") == ["未記録です", "棚はあります", "紙のみ"]
    assert clauses_of("（未記録）") == ["未記録"]


@pytest.mark.parametrize("remark", ["（" * 5000, "ですが、" * 2000, "予定" * 3000, "、" * 9000, "未" * 9000])
def test_hostile_remarks_end(remark: str) -> None:
    assert remark_effect(remark, remark) in {None, "unclear", "planned"}
