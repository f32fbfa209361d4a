"""Whether the figures of a remark reach what is asked."""

from __future__ import annotations

import pytest

from normalizers.remarks.beside_yes import judge_remark
from normalizers.remarks.classifier.asked_figures import figures_reach, is_whole


@pytest.mark.parametrize(
    ("question", "remark", "verdict"),
    [
        # Without a bound, what is asked has one: kept at least, restored at most, told beforehand at least.
        ("台帳を10年保存すること", "7年", "short"),
        ("台帳を10年保存すること", "永年ではなく12年", "met"),
        ("rtoは4時間", "翌営業日", "short"),
        ("工事の30日前に通知すること", "45日前", "met"),
        ("工事の30日前に通知すること", "1週間前", "short"),
        # Words name figures.
        ("毎月点検しているか", "隔月", "short"),
        ("at least two guards?", "one guard", "short"),
        # Units that count the same, and a number alone.
        ("利用者名は12文字以上", "10桁", "short"),
        ("are names at least 12 characters?", "min. 14", "met"),
        ("tls1.2以上であること", "tls1.1", "short"),
        # A capability is asked for at least.
        ("80mbまで登録できること", "上限20mb", "short"),
        # Hours of work.
        ("9時から17時まで受け付けること", "8:30~18:00", "met"),
        ("24時間365日受け付けること", "平日9:00~17:00", "short"),
        # A part of a whole, whatever is asked.
        ("代わりの文があるか", "8/8", "met"),
        ("代わりの文があるか", "5/8", "short"),
        ("点検したか", "2025/10/31", ""),
        ("点検したか", "12の棟", ""),
        # A number alone beside a length of time counts something else.
        ("過去3年間に事故がないこと", "0", ""),
        # Some of it reaches, some does not.
        ("4時間以内に駆け付けること", "市内3時間、島は6時間", "mixed"),
    ],
)
def test_figures_reach_what_is_asked(question: str, remark: str, verdict: str) -> None:
    assert figures_reach(question, remark) == verdict


@pytest.mark.parametrize(
    ("question", "remark"), [("図面を10年保存すること", "6年"), ("回線は10ppm以下", "38ppm")]
)
def test_what_falls_short_is_never_a_plain_yes(question: str, remark: str) -> None:
    judgement = judge_remark(remark, question)
    assert judgement.answer is not None or judgement.caveat == remark


@pytest.mark.parametrize(("remark", "is_plain"), [("8/8", True), ("5/8", False)])
def test_a_whole_alone_leaves_a_plain_yes(remark: str, is_plain: bool) -> None:
    judgement = judge_remark(remark, "図に代わりの文があること")
    assert (judgement.answer is None and not judgement.caveat) is is_plain


def test_nothing_of_nothing_is_no_whole() -> None:
    assert is_whole("8/8")
    assert not is_whole("0/0")


@pytest.mark.parametrize(
    ("question", "remark", "reach"),
    [
        ("台帳を翌月15日までに出すこと", "翌月第15営業日", "short"),
        ("台帳を翌月15日までに出すこと", "翌月10日", "met"),
        ("台帳を翌月第5営業日までに出すこと", "毎月第5営業日に提出", "met"),
        ("台帳を翌月第5営業日までに出すこと", "翌月20日", "short"),
    ],
)
def test_days_of_work_are_later_than_days(question: str, remark: str, reach: str) -> None:
    assert figures_reach(question, remark) == reach
