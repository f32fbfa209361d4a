"""Printed check boxes of answer cells."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizers.answers.choices.checkboxes import answer_of_options, box_remark, parse_options
from normalizers.answers.classify import read_answer
from normalizers.answers.model import ANSWERS, Context, Option

_PARTICLE = "the は of はい is taken for the particle of an instruction, so the box is lost"


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("■適合 □不適合", [("適合", True), ("不適合", False)]),
        ("□適合　☑不適合", [("適合", False), ("不適合", True)]),
        ("☒ 適合 ☐ 不適合", [("適合", True), ("不適合", False)]),
        ("☐ 有\n☑ 無", [("有", False), ("無", True)]),
        ("■有□無", [("有", True), ("無", False)]),
        ("☑ 適合 / ☐ 不適合", [("適合", True), ("不適合", False)]),
        ("■適合（※1） □不適合", [("適合（※1）", True), ("不適合", False)]),
        ("□有（□全部 ■一部）", [("有", False), ("全部", False), ("一部", True)]),
        ("□ＡＷＳ ■自社①", [("ＡＷＳ", False), ("自社①", True)]),
        ("「□」をチェックする", []),
        ("該当する□を■にする", []),
        ("□に✓を付ける", []),
        ("○", []),
        ("", []),
        ("☑はい ☐いいえ", [("はい", True), ("いいえ", False)]),
        ("■はい　□いいえ", [("はい", True), ("いいえ", False)]),
        ("□はがき ■がん保険", [("はがき", False), ("がん保険", True)]),
        ("□にほん国内 ■国外", [("にほん国内", False), ("国外", True)]),
    ],
)
def test_parse_options(text: str, options: list[tuple[str, bool]]) -> None:
    assert [(option.label, option.checked) for option in parse_options(text)] == options


def test_nested_boxes_are_deeper() -> None:
    assert parse_options("□適合\n　■一部適合\n□不適合") == (
        Option("適合", False, 0, 0),
        Option("一部適合", True, 1, 0),
        Option("不適合", False, 0, 0),
    )


@pytest.mark.parametrize("text", ["【機能A】\n■有 □無\n【機能B】\n□有 ■無", "■有 □無\n□有 ■無"])
def test_a_heading_or_a_label_again_begins_a_group(text: str) -> None:
    assert [option.group for option in parse_options(text)] == [0, 0, 1, 1]


@pytest.mark.parametrize(
    ("text", "remark"),
    [
        ("■適合\n\n備考：監査で確認", "監査で確認"),
        ("■適合\n備考：一行目\n二行目", "一行目\n二行目"),
        ("■適合\n備考：～①㈱ｶｸｳ", "～①㈱ｶｸｳ"),
        ("■適合\n\n備考：監査で確認\n\n※注意書き", "監査で確認"),
        ("■適合\n備考：\n", ""),
        ("■適合", ""),
        ("", ""),
    ],
)
def test_box_remark(text: str, remark: str) -> None:
    assert box_remark(text) == remark


_CELLS = [
    ("■適合 □不適合", "yes"),
    ("□適合 ■不適合", "no"),
    ("☒ 適合 ☐ 不適合", "yes"),
    ("☐適合 ☒不適合", "no"),
    ("■適合 ■不適合", "unclear"),
    ("■適合\n■不適合", "unclear"),
    ("□適合 □不適合", "unanswered"),
    ("□対応済 □未対応 □対象外", "unanswered"),
    ("□はい □いいえ", "unanswered"),
    ("□はい ■いいえ", "no"),
    ("□対応済 □未対応 ■対象外", "not_applicable"),
    ("□対応済み ■対応予定（2027年4月）", "planned"),
    ("■対応済み（2025年4月） □対応予定", "yes"),
    ("□適合\n　■一部適合\n□不適合", "partial"),
    ("■要相談 □対応済", "partial"),
    ("■非公開 □公開", "undisclosed"),
    ("■適合していない", "no"),
    ("■適合しない □適合する", "no"),
    ("□国内 ■国外", "value"),
    ("■その他（電話） □メール", "value"),
    ("【機能A】\n■有 □無\n【機能B】\n□有 ■無", "partial"),
    ("■有 □無\n■有 □無", "yes"),
    ("☑はい ☐いいえ", "yes"),
    ("■はい　□いいえ", "yes"),
    ("☑はい ☑いいえ", "unclear"),
    ("■対応済（予定） □未対応", "planned"),
    ("■有（2028年導入） □無", "unclear"),
    ("■有（2015年導入） □無", "yes"),
    ("■実施（検討中） □未実施", "unclear"),
    ("■対応（一部） □未対応", "partial"),
]


@pytest.mark.parametrize(("cell", "answer"), _CELLS)
def test_answer_of_boxes(cell: str, answer: str) -> None:
    reading = read_answer(cell, Context())
    assert (reading.answer, reading.rule) == (answer, "options")


def test_the_planned_date_of_a_ticked_box() -> None:
    reading = read_answer("□対応済み ■対応予定（2027年4月）", Context())
    assert reading.planned
    assert str(reading.planned_date) == "2027-04-01"


def test_a_remark_behind_boxes_is_kept_as_printed() -> None:
    reading = read_answer("■適合 □不適合\n備考：①㈱ｶｸｳで確認～", Context())
    assert (reading.answer, reading.remark) == ("yes", "①㈱ｶｸｳで確認～")


@pytest.mark.parametrize(("text", "answer"), [("■ 監視", "value"), ("■対応状況", "value")])
def test_a_filled_box_without_an_answer_is_a_bullet(text: str, answer: str) -> None:
    reading = read_answer(text, Context())
    assert (reading.answer, reading.options) == (answer, ())


def test_a_filled_box_counts_where_the_column_has_boxes() -> None:
    assert [o.label for o in read_answer("■ 監視", Context(boxes=True)).options] == ["監視"]


_KNOWN = {"甲": "yes", "乙": "no", "丙": "planned"}


@pytest.mark.parametrize(
    ("options", "answer"),
    [
        ([], "unanswered"),
        ([Option("甲", False, 0, 0)], "unanswered"),
        ([Option("甲", True, 0, 0), Option("乙", False, 0, 0)], "yes"),
        ([Option("甲", True, 0, 0), Option("乙", True, 0, 0)], "unclear"),
        ([Option("甲", True, 0, 0), Option("乙", True, 1, 0)], "yes"),
        ([Option("丁", True, 0, 0), Option("乙", True, 1, 0)], "no"),
        ([Option("丁", True, 0, 0)], "value"),
        ([Option("甲", True, 0, 0), Option("乙", True, 0, 1)], "partial"),
        ([Option("甲", True, 0, 0), Option("丙", True, 0, 1)], "planned"),
    ],
)
def test_answer_of_options(options: list[Option], answer: str) -> None:
    assert answer_of_options(tuple(options), _KNOWN.get) == answer


@given(st.lists(st.tuples(st.sampled_from("□☐"), st.text(max_size=6)), min_size=1, max_size=5))
def test_without_a_ticked_box_there_is_no_option_ticked(boxes: list[tuple[str, str]]) -> None:
    text = " ".join(box + "".join(c for c in label if c not in "■☑☒◼⬛✅🗹") for box, label in boxes)
    assert not any(option.checked for option in parse_options(text))


@given(st.text(alphabet="□■☑適合不対応はいをに（）()「」 　\n備考：済", max_size=40))
def test_options_and_remark_are_pieces_of_the_cell(text: str) -> None:
    reading = read_answer(text, Context())
    assert reading.answer in ANSWERS
    assert all(option.label in text for option in reading.options)
    assert reading.remark in text


@pytest.mark.parametrize("text", ["▣", "▣有", "■有 ▣無", "▣有 □無", "▣ □\n有 無"])
def test_a_box_in_neither_state_is_never_an_answer(text: str) -> None:
    reading = read_answer(text, Context())
    assert (reading.answer, reading.rule) == ("unclear", "mixed_box")
