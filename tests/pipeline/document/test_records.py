"""Answer cells in the context of their column: legend, ditto marks, choices, blank forms, ids."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from extractors.checklist.model import Checklist, ItemRow
from pipeline.document.records import SheetContext, checklist_to_records, confidence_of, item_ids
from tests.pipeline.make import answers, checklist, item_row

LEGEND = ("凡例　○：満たしている　△：一部満たしている　×：満たしていない",)


def _read(given: Checklist, document_legend: tuple[str, ...] = ()) -> list[str]:
    return [record.reading.answer for record in checklist_to_records(given, document_legend).records]


def _choice(number: int, answer: str, choice: str) -> ItemRow:
    return replace(item_row(number, answer), choice=choice)


def test_answers_are_read_one_by_one() -> None:
    assert _read(answers("○", "×", "△", "", "該当なし", "対応予定")) == [
        "yes", "no", "partial", "unanswered", "not_applicable", "planned",
    ]  # fmt: skip


def test_the_lists_own_legend_outranks_the_vocabulary() -> None:
    given = checklist([item_row(1, "○"), item_row(2, "△")], legend=("○：未対応　△：対応済み",))
    assert _read(given) == ["no", "yes"]


def test_a_legend_of_another_sheet_counts_where_the_list_has_none() -> None:
    marks = ("Ａ：対応している　Ｂ：対応していない",)
    assert _read(answers("A", "B", "A"), marks) == ["yes", "no", "yes"]
    own = checklist([item_row(1, "○"), item_row(2, "×")], legend=LEGEND)
    assert _read(own, ("○：対応していない　×：対応している",)) == ["yes", "no"]


def test_a_filled_list_and_a_blank_one_are_told_apart() -> None:
    assert checklist_to_records(answers("○", ""), ()).kind == "filled"
    assert checklist_to_records(answers("", ""), ()).kind == "blank"
    assert checklist_to_records(answers("□適合　□不適合", "□適合　□不適合"), ()).kind == "blank"
    assert checklist_to_records(answers("－", ""), ()).kind == "blank"


@pytest.mark.parametrize("kind", ["example", "reference"])
def test_examples_and_references_stay_what_they_are(kind: str) -> None:
    given = replace(answers("○", "×"), kind=kind)
    assert checklist_to_records(given, ()).kind == kind
    assert checklist_to_records(replace(answers("", ""), kind=kind), ()).kind == kind


def test_a_dash_in_a_blank_form_is_a_default_to_overwrite() -> None:
    read = checklist_to_records(answers("－", "―", ""), ())
    assert [r.reading.answer for r in read.records] == ["unanswered"] * 3
    assert [r.reading.rule for r in read.records] == ["blank_form_default", "blank_form_default", "blank"]
    assert read.answered == 0


def test_a_dash_in_a_filled_form_is_an_answer() -> None:
    assert _read(answers("○", "－")) == ["yes", "not_applicable"]


def test_a_dash_beside_another_respondent_says_that_nobody_is_asked() -> None:
    first = item_row(1, "□適合　□不適合")
    rows = [first, replace(first, answer="―", respondent="contractor")]
    assert _read(checklist(rows)) == ["unanswered", "not_applicable"]


@pytest.mark.parametrize("ditto", ["〃", "同上", "々", "上記と同じ", "　〃　"])
def test_a_ditto_takes_the_answer_above(ditto: str) -> None:
    read = checklist_to_records(answers("×", ditto, ditto), ())
    assert [r.reading.answer for r in read.records] == ["no", "no", "no"]
    assert read.records[1].reading.rule.startswith("ditto:")
    assert read.records[1].row.answer == ditto


def test_a_ditto_with_nothing_above_is_unclear() -> None:
    assert _read(answers("〃", "○")) == ["unclear", "yes"]


def test_a_ditto_means_the_same_respondents_answer() -> None:
    rows = [replace(item_row(1, "×"), respondent="contractor"), item_row(1, "○")]
    rows += [replace(item_row(2, "〃"), respondent="contractor"), item_row(2, "〃")]
    assert _read(checklist(rows)) == ["no", "yes", "no", "yes"]


def test_a_ditto_brings_no_remark_along() -> None:
    rows = [item_row(1, "■適合　□不適合\n備考：鍵は二つ"), item_row(2, "〃")]
    read = checklist_to_records(checklist(rows), ())
    assert [record.remarks for record in read.records] == ["鍵は二つ", ""]


def test_a_ditto_under_a_blank_cell_is_unanswered() -> None:
    read = checklist_to_records(answers("○", "", "〃", "〃"), ())
    assert [r.reading.answer for r in read.records] == ["yes", "unanswered", "unanswered", "unanswered"]
    assert all(r.reading.rule.startswith("ditto:") for r in read.records[2:])
    assert read.answered == 1


@pytest.mark.parametrize(
    ("answer", "choice", "expected"),
    [
        ("○", "はい", "yes"),
        ("レ", "いいえ", "no"),
        ("✓", "該当なし", "not_applicable"),
        ("", "", "unanswered"),
        ("○ ○", "はい|いいえ", "unclear"),
        ("×", "はい", "unclear"),
        ("△", "いいえ", "unclear"),
    ],
)
def test_the_marked_column_of_several_is_the_answer(answer: str, choice: str, expected: str) -> None:
    assert _read(checklist([_choice(1, answer, choice)])) == [expected]


def test_the_unit_of_a_row_says_what_its_answer_is() -> None:
    rows = [
        replace(item_row(1, "9時から17時まで"), unit="時間帯"),
        replace(item_row(2, "有。毎月"), unit="有無"),
    ]
    assert _read(checklist(rows)) == ["value", "yes"]


def test_no_unknown_notation_becomes_a_yes() -> None:
    assert _read(answers("○", "×", "◇", "★", "ほにゃ", "?"))[2:4] == ["unclear", "unclear"]
    assert "yes" not in _read(answers("○", "×", "◇", "★", "ほにゃ", "?"))[2:]


def test_two_marks_in_one_cell_are_unclear() -> None:
    assert _read(answers("○ ×", "○", "×", "■適合　■不適合")) == ["unclear", "yes", "no", "unclear"]


def test_what_is_printed_in_every_cell_is_no_answer() -> None:
    assert _read(answers("○ ・ ×", "○ ・ ×", "○ ・ ×", "○")) == ["unanswered"] * 3 + ["yes"]


def test_remarks_of_the_cell_and_of_the_column() -> None:
    rows = [item_row(1, "■適合　□不適合\n備考：札は紙"), replace(item_row(2, "○"), remarks="棚は三つ")]
    read = checklist_to_records(checklist(rows), ())
    assert [record.remarks for record in read.records] == ["札は紙", "棚は三つ"]


def test_answered_counts_what_was_asked_and_is_not_blank() -> None:
    assert checklist_to_records(answers("○", "×", "", "対象外", "非公開"), ()).answered == 3


def test_ids_depend_on_number_and_question_only() -> None:
    one = item_row(1, "○")
    same = replace(one, answer="×", remarks="別の会社", item_no="１", requirement=f" {one.requirement} ")
    assert item_ids([one]) == item_ids([same])
    assert item_ids([one]) != item_ids([replace(one, item_no="2")])
    assert item_ids([one]) != item_ids([replace(one, requirement="別の問い")])
    assert item_ids([one]) != item_ids([replace(one, sub_item="(1)")])


def test_ids_are_the_same_for_both_respondents_of_an_item() -> None:
    one = item_row(1, "○")
    assert len(set(item_ids([one, replace(one, respondent="contractor")]))) == 1


def test_the_same_question_twice_has_two_ids() -> None:
    one = item_row(1, "○")
    ids = item_ids([one, one, one])
    assert len(set(ids)) == 3
    assert ids == item_ids([one, one, one])


def test_ids_are_sixteen_hex_digits() -> None:
    assert all(len(i) == 16 and set(i) <= set("0123456789abcdef") for i in item_ids([item_row(1, "○")]))


def test_an_item_without_a_question_is_known_by_its_name() -> None:
    one = replace(item_row("", ""), requirement="", item="庭")
    assert item_ids([one]) != item_ids([replace(one, item="池")])


def test_doubts_and_hidden_rows_lower_the_confidence() -> None:
    sure = confidence_of(item_row(1, "○"))
    assert sure == 0.98
    assert confidence_of(replace(item_row(1, "○"), hidden=True)) == pytest.approx(0.882)
    assert confidence_of(replace(item_row(1, "○"), doubts=("columns_guessed", "number_carried"))) == 0.441


@pytest.mark.parametrize("ditto", ["No.1と同じ", "項番1参照", "上記No.1の回答のとおり", "(1)に同じ"])
def test_a_ditto_by_number_takes_that_rows_answer(ditto: str) -> None:
    read = checklist_to_records(answers("○", "×", ditto, "〃"), ())
    assert [r.reading.answer for r in read.records] == ["yes", "no", "yes", "yes"]
    assert [r.reading.rule for r in read.records[2:]] == ["ditto:mark:circle"] * 2
    assert read.records[2].confidence == pytest.approx(0.931)


def test_a_ditto_may_name_a_row_below() -> None:
    assert _read(answers("No.3と同じ", "×", "○")) == ["yes", "no", "yes"]


@pytest.mark.parametrize(
    ("cells", "rules"),
    [
        (["No.9と同じ", "○"], ["ditto:nothing_above", "mark:circle"]),
        (["No.1と同じ", "○"], ["ditto:loop", "mark:circle"]),
        (["No.2と同じ", "No.1と同じ"], ["ditto:loop", "ditto:loop"]),
        (["No.2と同じ", "〃"], ["ditto:loop", "ditto:loop"]),
    ],
)
def test_a_ditto_that_leads_nowhere_is_unclear(cells: list[str], rules: list[str]) -> None:
    read = checklist_to_records(answers(*cells), ())
    assert [r.reading.rule for r in read.records] == rules
    assert all(r.reading.answer == "unclear" for r in read.records if r.reading.rule.startswith("ditto"))


def test_of_two_rows_of_one_number_the_one_of_the_section_counts() -> None:
    rows = [
        replace(item_row(n, a), section=(s,))
        for s, n, a in [("庭", 1, "○"), ("池", 1, "×"), ("池", 2, "No.1と同じ")]
    ]
    assert _read(checklist(rows)) == ["yes", "no", "no"]
    unsure = [replace(row, section=()) for row in rows]
    assert _read(checklist(unsure)) == ["yes", "no", "unclear"]


def test_many_dittos_cost_no_depth() -> None:
    read = checklist_to_records(answers("×", *["〃"] * 5000, *[f"No.{n}と同じ" for n in range(1, 3000)]), ())
    assert {r.reading.answer for r in read.records} == {"no"}


def test_a_comment_that_corrects_or_denies_makes_the_answer_unclear() -> None:
    rows = [
        replace(item_row(1, "○"), comments=("回答を×に変更します。",)),
        replace(item_row(2, "○"), comments=("夜間は監視なし",)),
        replace(item_row(3, "×"), comments=("誤記です。正しくは○",)),
        replace(item_row(4, "○"), comments=("鍵は二つあります。",)),
        replace(item_row(5, ""), comments=("現在は対応していません。",)),
    ]
    read = checklist_to_records(checklist(rows), ())
    assert [r.reading.answer for r in read.records] == ["unclear", "unclear", "unclear", "yes", "unanswered"]
    assert [r.reading.rule for r in read.records[:3]] == [
        "comment:corrected",
        "comment:denied",
        "comment:corrected",
    ]


def test_a_comment_on_many_rows_is_the_forms_own() -> None:
    rows = [replace(item_row(n, "○"), comments=("夜間は監視なし",)) for n in range(1, 6)]
    assert _read(checklist(rows)) == ["yes"] * 5


def test_a_remark_that_turns_the_answer_round_halves_the_confidence() -> None:
    rows = [item_row(1, "○"), replace(item_row(2, "○"), remarks="現在は対応しておりません")]
    read = checklist_to_records(checklist(rows), ())
    assert [(r.reading.answer, r.confidence, r.contradicted) for r in read.records] == [
        ("yes", 0.98, False),
        ("unclear", 0.49, True),
    ]


def test_answers_told_by_colours_are_no_yes() -> None:
    read = checklist_to_records(
        answers("○", "×", "△"), (), SheetContext(colour_notes=("赤字は未対応",), keeps_colours=False)
    )
    assert [r.reading.answer for r in read.records] == ["unclear", "no", "partial"]


def test_the_documents_date_tells_done_from_promised() -> None:
    given = answers("○（2028年4月から）")
    assert (
        checklist_to_records(given, (), SheetContext(dt.date(2029, 1, 1))).records[0].reading.answer == "yes"
    )
    assert (
        checklist_to_records(given, (), SheetContext(dt.date(2027, 1, 1))).records[0].reading.answer
        == "planned"
    )


def test_the_question_says_what_a_short_answer_takes_up() -> None:
    rows = [
        item_row(1, "不要", "合鍵は必要か。"),
        item_row(2, "不要", "合鍵を作っていること。"),
        item_row(3, "制約はありません", "入館に制約はあるか。"),
        item_row(4, "制約はありません", "入館に時刻を定めないこと。"),
        item_row(5, "合鍵を二つ作っていること。", "合鍵を二つ作っていること。"),
    ]
    needed, made, bound, hours, repeated = _read(checklist(rows))
    assert (needed, bound, repeated) == ("no", "no", "unanswered")
    assert made in {"value", "unclear", "not_applicable"}
    assert hours != "no"


def test_not_relevant_is_a_no_beside_out_of_scope_or_where_relevant_is_its_only_contrary() -> None:
    assert _read(answers("該当", "非該当", "対象外")) == ["yes", "no", "not_applicable"]
    assert _read(answers("該当", "非該当")) == ["yes", "no"]
    assert _read(answers("該当", "非該当", "いいえ")) == ["yes", "not_applicable", "no"]


def test_numbers_of_a_column_of_figures_are_values_and_those_of_a_scale_are_not() -> None:
    assert _read(answers("24", "7", "0.999", "12500")) == ["value"] * 4
    assert _read(answers("3", "5", "1", "4")) == ["unclear"] * 4
