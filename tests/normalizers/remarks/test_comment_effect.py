"""Comments on a row in, whether they dispute its answer; remarks that turn an answer round."""

from __future__ import annotations

import datetime as dt

import pytest

from normalizers.remarks.comment_effect import dispute_of
from normalizers.remarks.contradiction import contradicts


@pytest.mark.parametrize(
    ("comment", "why"),
    [
        ("訂正：現在は鍵を掛けておりません。", "corrected"),
        ("回答を×に変更します。", "corrected"),
        ("誤記です。正しくは○です。", "corrected"),
        ("→ △ に変更願います", "corrected"),
        ("見直しの結果、△とします。", "corrected"),
        ("前回の回答は間違いでした", "corrected"),
        ("山田:\n窓口は未設置", "denied"),
        ("夜間は監視なし", "denied"),
        ("（総務）休日の受付はしておりません", "denied"),
        ("2028年1月に導入予定です。", "denied"),
        ("現在は対応していません。", "denied"),
        ("一部の拠点のみ実施", "denied"),
        ("毎朝、当番が鍵を数えています。", None),
        ("○か×を記入してください。", None),
        ("未対応の場合は理由を記載すること", None),
        ("誤りがあれば訂正してください。", None),
        ("2025/5/20 訂正（担当：総務）", None),
        ("事故は起きていません", None),
        ("制限はありません", None),
        ("棚は三つ", None),
        ("", None),
    ],
)
def test_what_a_comment_does_to_a_yes(comment: str, why: str | None) -> None:
    assert dispute_of(comment, "yes") == why


@pytest.mark.parametrize("answer", ["no", "partial", "conditional", "planned", "value"])
def test_other_answers_are_disputed_by_corrections_only(answer: str) -> None:
    assert dispute_of("誤記です。正しくは○です。", answer) == "corrected"
    assert dispute_of("夜間は監視なし", answer) is None


@pytest.mark.parametrize(
    ("answer", "remark"),
    [
        ("yes", "現在は対応しておりません"),
        ("yes", "2029年4月から"),
        ("yes", "規程を整備中"),
        ("yes", "来年度に導入予定"),
        ("yes", "検討中"),
        ("yes", "訂正：×です"),
        ("no", "代替策あり"),
        ("no", "別の道具による代替手段にて対応"),
        ("no", "誤記のため○に訂正します"),
    ],
)
def test_a_remark_turns_the_answer_round(answer: str, remark: str) -> None:
    assert contradicts(answer, remark)


@pytest.mark.parametrize(
    ("answer", "remark"),
    [
        ("yes", ""),
        ("yes", "2015年から"),
        ("yes", "毎年4月に実施"),
        ("yes", "契約終了時に返却"),
        ("yes", "現在まで事故は起きていません。"),
        ("no", "費用の都合"),
        ("no", "現在は対応しておりません"),
        ("partial", "代替策あり"),
        ("unanswered", "現在は対応しておりません"),
    ],
)
def test_a_remark_that_only_tells_more(answer: str, remark: str) -> None:
    assert not contradicts(answer, remark)


def test_the_sheets_own_date_tells_past_from_later() -> None:
    assert contradicts("yes", "2015年4月から", dt.date(2014, 6, 1))
    assert not contradicts("yes", "2029年4月から", dt.date(2030, 6, 1))
    assert contradicts("yes", "2029年8月から", dt.date(2029, 6, 1))
