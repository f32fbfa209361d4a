"""What a remark makes of a marked yes: its date, its rule, its problem, and remarks that several respondents share."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from extractors.checklist.model import ItemRow
from extractors.location import Location
from normalizers.responses.apply_remarks import is_taken_back
from normalizers.responses.read_responses import read_responses

ASKED = "倉庫の鍵を暗証式にしていること。"


def _rows(remarks: str, answer: str = "○", requirement: str = ASKED) -> list[ItemRow]:
    first = ItemRow("1", requirement, answer, remarks, "provider", Location())
    others = [
        ItemRow(str(n), "棚の札があること。", mark, "", "provider", Location())
        for n, mark in enumerate("○×△", 2)
    ]
    return [first, *others]


def test_a_plan_keeps_its_date() -> None:
    reading = read_responses(_rows("2031年4月に導入予定です。"), (), dt.date(2030, 1, 1))[0]
    assert (reading.answer, reading.rule, reading.planned) == ("planned", "remark:planned", True)
    assert reading.planned_date == dt.date(2031, 4, 1)
    assert is_taken_back(reading)


@pytest.mark.parametrize(
    ("remark", "answer"),
    [("上位プランで提供しています", "conditional"), ("一部の倉庫を除く", "partial")],
)
def test_what_binds_a_yes_takes_nothing_back(remark: str, answer: str) -> None:
    reading = read_responses(_rows(remark), (), None)[0]
    assert (reading.answer, reading.rule) == (answer, f"remark:{answer}")
    assert not is_taken_back(reading)


@pytest.mark.parametrize("mark", ["×", "△", "対象外", ""])
def test_only_a_yes_is_turned(mark: str) -> None:
    plain = read_responses(_rows("", mark), (), None)[0]
    assert read_responses(_rows("未実装", mark), (), None)[0].answer == plain.answer


def test_a_shared_remark_may_speak_of_the_one_who_said_no() -> None:
    vendor = _rows("導入に向けて準備中です。")
    partner = replace(vendor[0], respondent="contractor", answer="×")
    assert read_responses([*vendor, partner], (), None)[0].answer == "yes"
    agreeing = replace(partner, answer="○")
    assert read_responses([*vendor, agreeing], (), None)[0].answer == "planned"


def test_a_date_of_the_past_is_no_plan() -> None:
    rows = _rows("2029年4月に導入")
    assert read_responses(rows, (), dt.date(2030, 1, 1))[0].answer == "yes"
    assert read_responses(rows, (), dt.date(2028, 1, 1))[0].answer == "planned"


@pytest.mark.parametrize(
    ("remark", "requirement"),
    [
        ("プラチナ印は取得していません。", "金印又はプラチナ印を取得していること。"),
        ("白い札は未取得です。", "次のいずれかの札を取得していること。\n(1) 赤い札\n(2) 白い札"),
    ],
)
def test_one_of_several_that_is_not_there_takes_nothing_back(remark: str, requirement: str) -> None:
    assert read_responses(_rows(remark, requirement=requirement), (), None)[0].answer == "yes"


def test_a_remark_of_a_thousand_clauses_is_read_in_time() -> None:
    assert read_responses(_rows("棚は、" * 30_000), (), None)[0].answer == "yes"


@pytest.mark.parametrize(
    "answer", ["○（2031年秋までに全倉庫）", "○　鍵は一棟だけ南京錠です", "有（本館のみ）"]
)
def test_what_stands_behind_a_mark_is_heard_as_a_remark_is(answer: str) -> None:
    reading = read_responses(_rows("", answer), (), dt.date(2030, 1, 1))[0]
    assert reading.answer != "yes" or reading.caveat


@pytest.mark.parametrize("answer", ["○（全棟）", "有（非公開）", "有（方式：　　）", "○"])
def test_what_only_tells_more_behind_a_mark_leaves_the_yes_plain(answer: str) -> None:
    reading = read_responses(_rows("", answer), (), dt.date(2030, 1, 1))[0]
    assert (reading.answer, reading.caveat) == ("yes", "")
