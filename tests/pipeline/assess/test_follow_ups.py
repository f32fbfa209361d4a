"""Gaps, and what is asked again."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from pipeline.assess.comparison.build import build_comparison
from pipeline.assess.comparison.follow_ups import build_follow_ups, build_gaps, build_question
from pipeline.assess.comparison.labels import Labels
from pipeline.assess.comparison.model import Comparison
from tests.pipeline.assess.made import Given, Paper, control, dataset

DAY = dt.date(2026, 3, 3)


def _of(folder: Path, *answers: Given) -> Comparison:
    paper = Paper("棚卸/回答.xlsx", "みほん倉庫", "棚", DAY, answers=answers)
    controls = [control("c1"), control("c2"), control("c3", desired="value")]
    return build_comparison(dataset(folder, [paper], controls))


@pytest.mark.parametrize(
    ("given", "gap"),
    [
        (Given("c1", "yes", "○", favourable=True), False),
        (Given("c1", "no", "×", favourable=False), True),
        (Given("c1", "partial", "△"), True),
        (Given("c1", "planned", "来年"), True),
        (Given("c1", "conditional", "別料金"), True),
        (Given("c1", "undisclosed", "非公開"), True),
        (Given("c1", "undisclosed", "非公開", level="mandatory"), True),
        (Given("c1", "unanswered"), True),
        (Given("c3", "value", "三個"), False),
        (Given("c3", "no", "無"), True),
        (Given("c3", "no", "無", level="mandatory"), True),
        (Given("c3", "no", "無", level="mandatory", polarity="unclear"), True),
        (Given("c3", "partial", "△"), True),
        (Given(None, "partial", "△"), False),
        (Given(None, "no", "×"), True),
        (Given("c3", "partial", "△", level="mandatory"), True),
    ],
)
def test_what_is_a_gap(tmp_path: Path, given: Given, gap: bool) -> None:
    assert bool(build_gaps(_of(tmp_path, given))) == gap


def test_mandatory_gaps_come_first_and_a_conflict_with_a_no_is_one(tmp_path: Path) -> None:
    comparison = _of(
        tmp_path,
        Given("c1", "no", "×", favourable=False),
        Given("c2", "yes", "○", favourable=True),
        Given("c2", "no", "×", favourable=False, level="mandatory"),
    )
    assert [(gap.control.control_id, gap.cell.state, gap.mandatory) for gap in build_gaps(comparison)] == [
        ("c2", "conflict", True),
        ("c1", "not_met", False),
    ]


@pytest.mark.parametrize(
    ("given", "reason", "words"),
    [
        (Given("c1", "unclear", "◇"), "unclear", "「◇」の意味を判断できません"),
        (Given("c1", "unanswered"), "unanswered", "空欄です"),
        (Given(None, "unanswered"), "unanswered", "空欄です"),
        (
            Given("c1", "yes", "○", "今はありません", code="answer_contradicted_by_remark"),
            "contradicted",
            "「今はありません」",
        ),
        (
            Given("c1", "yes", "○", favourable=True, confidence=0.49),
            "low_confidence",
            "「○」と読み取りました",
        ),
    ],
)
def test_a_question_to_send(tmp_path: Path, given: Given, reason: str, words: str) -> None:
    (ask,) = build_follow_ups(_of(tmp_path, given))
    assert ask.reason == reason
    question = build_question(ask, Labels("ja"))
    assert words in question
    assert "項番 1「窓口の鍵を毎朝数えること。」" in question
    assert "No. 1 “窓口の鍵を毎朝数えること。”" in build_question(ask, Labels("en"))


def test_a_conflict_is_one_question_with_all_answers(tmp_path: Path) -> None:
    ticked = Given("c1", "no", "□適合 ■不適合", options=(("適合", False), ("不適合", True)), favourable=False)
    comparison = _of(tmp_path, Given("c1", "yes", "○", favourable=True), ticked)
    (ask,) = build_follow_ups(comparison)
    assert ask.reason == "conflict"
    question = build_question(ask, Labels("en"))
    assert question == (
        "You answered “○” to No. 1 “窓口の鍵を毎朝数えること。” (回答.xlsx) and “不適合” to No. 2 “窓口の鍵を毎朝数えること。”"
        " (回答.xlsx). These questions ask the same, and the answers differ. Which of them holds for this service?"
    )


def test_different_questions_with_different_answers_are_nothing_to_ask(tmp_path: Path) -> None:
    other = Given("c1", "no", "×", favourable=False, question="裏口の鍵を毎晩数えること。")
    comparison = _of(tmp_path, Given("c1", "yes", "○", favourable=True), other)
    assert [cell.state for cell in comparison.cells.values()] == ["mixed"]
    assert build_follow_ups(comparison) == []


def test_a_clear_answer_is_not_asked_again(tmp_path: Path) -> None:
    assert (
        build_follow_ups(
            _of(tmp_path, Given("c1", "yes", "○", favourable=True), Given("c2", "value", "三個"))
        )
        == []
    )


@pytest.mark.parametrize(
    ("given", "ja", "en"),
    [
        (Given("c1", "value", "99.9%以上", value=(99.9, "%", "min")), "99.9% 以上", "≥ 99.9%"),
        (Given("c1", "value", "約1200人", value=(1200.0, "人", "about")), "約 1,200人", "about 1,200 人"),
        (Given("c1", "value", "無限", value=(float("inf"), "人", "exact")), "無限", "無限"),
        (Given("c1", "planned", "予定", planned=dt.date(2027, 4, 1)), "2027-04 予定", "from 2027-04"),
        (Given("c1", "planned", "予定", planned=dt.date(2027, 4, 9)), "2027-04-09 予定", "from 2027-04-09"),
        (Given("c1", "value", "川の\n向こう"), "川の 向こう", "川の 向こう"),
        (Given("c1", "yes", "○", favourable=True), "", ""),
    ],
)
def test_figures_beside_a_mark(tmp_path: Path, given: Given, ja: str, en: str) -> None:
    reading = _of(tmp_path, given).responses[0]
    assert (Labels("ja").figure(reading), Labels("en").figure(reading)) == (ja, en)
