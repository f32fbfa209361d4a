"""A remark beside a yes: another answer, a yes with a caveat, or a plain yes; and what the weights promise of unseen writers."""

from __future__ import annotations

import pytest

from benchmarks.remarks.pairs import HELD_OUT, LabelledPair, features_of, learning_writers, read_pairs
from extractors.checklist.model import ItemRow
from extractors.location import Location
from normalizers.remarks.beside_yes import judge_remark, names_a_deadline, names_papers, plainly_supports
from normalizers.remarks.classifier.remark_figures import compare_figures
from normalizers.remarks.classifier.verdict_of_remark import KINDS, load_model
from normalizers.responses.read_responses import read_responses

DOORS = "全ての書庫の扉を施錠していること。"


@pytest.mark.parametrize(
    ("requirement", "remark", "answer"),
    [
        (DOORS, "本館のみ", "partial"),
        (DOORS, "別館を除く", "partial"),
        (DOORS, "来年4月から実施予定", "planned"),
        ("帳票を追加できること", "別途お見積り", "conditional"),
        (DOORS, "未実施です", "unclear"),
    ],
)
def test_what_limits_for_sure_changes_the_answer(requirement: str, remark: str, answer: str) -> None:
    assert judge_remark(remark, requirement).answer == answer


@pytest.mark.parametrize(
    ("requirement", "remark"),
    [
        (DOORS, "主な棟は済"),
        (DOORS, "札を掛けて注意を促しています"),
        ("Are all gates locked?", "Except for the old shed"),
        ("Are all gates locked?", "Pending"),
        ("Is the register kept for one year?", "90 days"),
        ("台帳を1年以上保管していること。", "90日で破棄"),
    ],
)
def test_what_may_limit_is_never_a_plain_yes(requirement: str, remark: str) -> None:
    judgement = judge_remark(remark, requirement)
    assert judgement.answer is not None or judgement.caveat == remark


@pytest.mark.parametrize(
    ("requirement", "remark"),
    [
        (DOORS, ""),
        (DOORS, "特になし"),
        (DOORS, "管理規程第7条に定めています。"),
        ("年に1回以上訓練を行っていること。", "毎年4月と10月に全員で実施しています"),
        ("通信を暗号化していること。", "TLS1.3を使用し、全ての通信を暗号化しています"),
    ],
)
def test_what_supports_leaves_a_plain_yes(requirement: str, remark: str) -> None:
    judgement = judge_remark(remark, requirement)
    assert (judgement.answer, judgement.caveat) == (None, "")


@pytest.mark.parametrize(
    ("remark", "supports"),
    [
        ("運用手順書に記載", True),
        ("手順書に記載予定", False),
        ("手順書に一部記載", False),
        ("毎朝見回り", False),
    ],
)
def test_a_paper_supports_unless_a_doubt_stands_beside(remark: str, supports: bool) -> None:
    assert plainly_supports(remark) is supports


@pytest.mark.parametrize(
    ("question", "remark", "verdict"),
    [
        ("1時間以内に連絡すること", "3時間", "short"),
        ("1年以上保管すること", "18か月", "met"),
        ("毎週点検すること", "毎月第4木曜", "short"),
        ("do you test at least yearly?", "every 24 months", "short"),
        ("kept for at least 12 months?", "18 months", "met"),
        ("10年間供給すること", "5年", "open"),
        ("稼働率99.9%以上", "料金の10%を返金", None),
        ("2025年に行うこと", "3年", None),
    ],
)
def test_figures_beside_those_of_the_question(question: str, remark: str, verdict: str | None) -> None:
    verdicts = compare_figures(question, remark) & {"short", "met", "open"}
    assert verdicts == ({verdict} if verdict else set())


def _row(answer: str, remarks: str, requirement: str = DOORS) -> ItemRow:
    return ItemRow("1", requirement, answer, remarks, "provider", Location())


def test_a_caveat_stands_beside_the_yes_and_holds_the_words_of_the_remark() -> None:
    result = read_responses([_row("○", "古い扉は閂で代用")], (), None)[0]
    assert (result.answer, result.caveat) == ("yes", "古い扉は閂で代用")


def test_a_remark_inside_the_cell_is_heard_as_one_beside_it() -> None:
    boxed = "■適合　□不適合\n備考：本館のみ"
    assert read_responses([_row(boxed, "")], (), None)[0].answer == "partial"


@pytest.mark.parametrize(
    ("answer", "remarks", "caveat"),
    [("有", "無", "無"), ("○", "無", ""), ("有", "なし", ""), ("有", "特になし", "")],
)
def test_the_other_word_of_its_own_pair_may_take_a_yes_back(answer: str, remarks: str, caveat: str) -> None:
    result = read_responses([_row(answer, remarks)], (), None)[0]
    assert (result.answer, result.caveat) == ("yes", caveat)


@pytest.mark.parametrize("answer", ["×", "△", "―"])
def test_only_a_yes_has_a_caveat(answer: str) -> None:
    assert read_responses([_row(answer, "古い扉は閂で代用")], (), None)[0].caveat == ""


def test_the_weights_fit_their_features() -> None:
    model = load_model()
    assert model.weights.shape == (len(model.index), len(model.constants))
    assert model.outgoing.shape == (len(model.constants), len(KINDS) + 1)
    assert model.flags_from < model.changes_from
    known = {name for pair in read_pairs(learning_writers()[:1])[:60] for name in features_of(pair)}
    assert len(known & model.index.keys()) > 0.2 * len(known)


def _is_heard(pair: LabelledPair) -> bool:
    judgement = judge_remark(pair.remark, pair.question)
    return bool(judgement.answer or judgement.caveat)


def test_writers_never_learnt_from_are_heard() -> None:
    sample = read_pairs(HELD_OUT)[::7]
    limiting = [pair for pair in sample if pair.limits]
    supporting = [pair for pair in sample if pair.effect == "supports"]
    assert sum(map(_is_heard, limiting)) >= 0.9 * len(limiting)
    assert sum(map(_is_heard, supporting)) <= 0.25 * len(supporting)


@pytest.mark.parametrize(
    ("remark", "is_heard"),
    [
        ("2031年秋までに全倉庫", True),
        ("今期末までに導入", True),
        ("3月末までに完了した", False),
        ("毎月末までに点検している", False),
    ],
)
def test_a_time_by_which_is_heard_unless_it_is_done(remark: str, is_heard: bool) -> None:
    assert names_a_deadline(remark) is is_heard


@pytest.mark.parametrize(
    "remark", ["見回り計画書", "当番計画表、鍵の台帳", "番所規程（第3版）", "帳面の写し"]
)
def test_the_title_of_a_paper_is_no_plan(remark: str) -> None:
    assert judge_remark(remark, DOORS).answer is None
    assert names_papers(remark) == (remark != "帳面の写し")


@pytest.mark.parametrize(
    "remark",
    [
        "計画書を作成中",
        "手順書なし",
        "未承認の計画書",
        "来月の予定表",
        "規程案",
        "見回り手順書（作成中）",
        "暫定要領",
        "鍵の規程（廃止）",
    ],
)
def test_a_paper_that_is_not_there_proves_nothing(remark: str) -> None:
    assert not names_papers(remark)
