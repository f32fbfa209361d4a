"""Answer cells of two receipts side by side: numbers are nothing, words and answers count."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.query import differences as module
from pipeline.query.differences import AnswerCell, Difference, differences, row_differences

QUESTIONS = (
    "利用者の名簿を毎月見直していること。",
    "受付の窓口を平日の昼間に開けていること。",
    "倉庫の鍵を二人で管理していること。",
    "来客の記録を紙と画面の両方に残していること。",
)


def _cell(row: int, question: str, raw: str = "○", answer: str = "yes", no: str = "") -> AnswerCell:
    number = no or str(row)
    return AnswerCell(
        row, f"{number}{question}", number, None, "provider", None, None, question, answer, raw, ""
    )


def _sheet(*questions: str) -> list[AnswerCell]:
    return [_cell(row, question) for row, question in enumerate(questions, 1)]


def _kinds(old: list[AnswerCell], new: list[AnswerCell]) -> list[tuple[str, int | None, int | None]]:
    return [(found.change, found.old_row, found.new_row) for found in differences(old, new)]


def test_the_same_is_no_difference() -> None:
    assert differences(_sheet(*QUESTIONS), _sheet(*QUESTIONS)) == []
    assert differences([], []) == []


def test_new_numbers_are_no_difference() -> None:
    old = _sheet(*QUESTIONS)
    turned = _sheet(*reversed(QUESTIONS))
    assert differences(old, turned) == []
    assert (
        differences(old, [replace(cell, item_id="x" + cell.item_id, item_no=f"A-{cell.row}") for cell in old])
        == []
    )


def test_an_item_put_in_front_is_the_only_one_added() -> None:
    new = _sheet("避難の訓練を春と秋に行っていること。", *QUESTIONS)
    assert _kinds(_sheet(*QUESTIONS), new) == [("added", None, 1)]
    assert _kinds(new, _sheet(*QUESTIONS)) == [("removed", 1, None)]


def test_the_same_question_twice_is_paired_in_order() -> None:
    old = [_cell(1, QUESTIONS[0]), _cell(2, QUESTIONS[0], "×", "no")]
    new = [replace(cell, item_id=f"n{cell.row}", item_no=f"9-{cell.row}") for cell in old]
    assert differences(old, new) == []
    assert _kinds(old, new[:1]) == [("removed", 2, None)]


@pytest.mark.parametrize(
    ("raw", "answer", "change"),
    [
        ("〇", "yes", None),
        ("はい", "yes", None),
        ("×", "no", "answer"),
        ("", "unanswered", "answer"),
        ("○ ×", "unclear", "answer"),
        ("有。翌営業日までに連絡", "yes", "remarks"),
        ("対応済み", "yes", "notation"),
        ("実施している", "yes", "notation"),
    ],
)
def test_a_mark_of_the_same_meaning_is_no_difference(raw: str, answer: str, change: str | None) -> None:
    found = differences([_cell(1, QUESTIONS[0])], [_cell(1, QUESTIONS[0], raw, answer)])
    assert [entry.change for entry in found] == ([change] if change else [])


def test_figures_dates_and_texts_count() -> None:
    old = replace(
        _cell(1, "元に戻すまでの目標時間", "4時間", "value"),
        canonical=4.0,
        canonical_unit="hours",
        bound="exact",
    )
    assert differences([old], [replace(old, answer_raw="240分")])[0].change == "notation"
    assert differences([old], [replace(old, answer_raw="8時間", canonical=8.0)])[0].answer_changed
    assert differences([old], [replace(old, answer_raw="4時間以内", bound="max")])[0].answer_changed
    text = _cell(1, "置く国", "日本", "value")
    assert differences([text], [replace(text, answer_raw="日本、韓国")])[0].answer_changed
    planned = _cell(1, QUESTIONS[0], "予定", "planned")
    assert differences([planned], [replace(planned, answer_raw="予定（3月）", planned_date="2027-03-01")])[
        0
    ].answer_changed
    unclear = _cell(1, QUESTIONS[0], "◇", "unclear")
    assert differences([unclear], [replace(unclear, answer_raw="◆")])[0].answer_changed


def test_the_same_text_read_in_another_way_is_no_difference() -> None:
    """A form field spreads its digits: 3 年 gives no figure where 3年 gives one."""
    old = replace(_cell(1, QUESTIONS[0], "有（3年）"), canonical=1095.0, canonical_unit="days", bound="exact")
    assert differences([old], [_cell(1, QUESTIONS[0], "有（ 3 年）")]) == []
    assert differences([old], [_cell(1, QUESTIONS[0], "有（3年）", "no")])[0].change == "answer"


def test_signs_round_a_mark_are_no_difference() -> None:
    printed = _cell(1, QUESTIONS[0], "○ ・ × ・ △")
    assert differences([_cell(1, QUESTIONS[0], "〇")], [printed]) == []


def test_other_remarks_are_told_apart_from_another_answer() -> None:
    old = replace(_cell(1, QUESTIONS[0]), remarks="毎月1日に行います。")
    found = differences([old], [replace(old, remarks="四半期に一度です。")])
    assert found == [Difference(1, 1, "remarks", remarks_changed=True)]
    assert differences([old], [replace(old, remarks="毎月１日に 行います。")]) == []


def test_respondents_are_not_mixed_up() -> None:
    old = [_cell(1, QUESTIONS[0]), replace(_cell(1, QUESTIONS[0], "×", "no"), row=2, respondent="contractor")]
    assert differences(old, [replace(old[1], row=1), replace(old[0], row=2)]) == []


def test_a_reworded_question_is_told_with_its_number() -> None:
    old = _sheet(*QUESTIONS[:2], "パスワードは10桁以上であること。")
    new = [*_sheet(*QUESTIONS[:2]), _cell(3, "パスワードは12桁以上であること。", no="7")]
    assert differences(old, new) == [Difference(3, 3, "reworded", reworded=True, polarity="same")]


def test_a_question_that_is_turned_round_changes_the_answer() -> None:
    old, new = _sheet("データを第三者に提供していること。"), _sheet("データを第三者に提供していないこと。")
    [found] = differences(old, new)
    assert (found.change, found.reworded, found.answer_changed) == ("answer", True, True)
    assert found.polarity == "inverse"


def test_other_questions_are_not_reworded_ones() -> None:
    old, new = _sheet(QUESTIONS[0]), _sheet("サーバの時計を一日に一度合わせていること。")
    assert _kinds(old, new) == [("added", None, 1), ("removed", 1, None)]


def test_too_many_wordings_are_not_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_COMPARED", 0)
    found = _kinds(_sheet("パスワードは10桁以上であること。"), _sheet("パスワードは12桁以上であること。"))
    assert found == [("added", None, 1), ("removed", 1, None)]


def test_plain_rows_give_plain_rows() -> None:
    row = {name: getattr(_cell(1, QUESTIONS[0]), name) for name in AnswerCell.__slots__}
    [found] = row_differences([row], [row | {"answer": "no", "answer_raw": "×"}])
    assert (found["change"], found["old_row"], found["new_row"], found["answer_changed"]) == (
        "answer",
        1,
        1,
        True,
    )
