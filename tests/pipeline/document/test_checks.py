"""What a person is asked to look at: unclear answers, unmarked choices, gaps in the numbering, guesses."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import replace

import pytest

from extractors.checklist.model import ChecklistColumn, ItemRow, Role
from extractors.issue import Issue
from pipeline.document.checks import check_checklist
from pipeline.document.records import SheetContext, checklist_to_records
from pipeline.problems import message_of, severity_of
from tests.pipeline.make import answers, checklist, item_row


def _check(rows: Sequence[ItemRow], kind: str = "form") -> list[Issue]:
    return check_checklist(checklist_to_records(checklist(rows, kind), ()))


def _numbered(numbers: Sequence[int | str]) -> list[ItemRow]:
    return [item_row(number, "○", f"部屋{place}を掃除していること。") for place, number in enumerate(numbers)]


def _gaps(numbers: Sequence[int | str]) -> list[str]:
    return [
        problem.params["numbers"] for problem in _check(_numbered(numbers)) if problem.code == "number_gap"
    ]


def test_a_plain_list_has_no_problems() -> None:
    assert _check([item_row(1, "○"), item_row(2, "×"), item_row(3, "")]) == []


def test_every_unclear_answer_has_a_problem_with_its_place() -> None:
    rows = [item_row(1, "○"), item_row(2, "◇"), item_row(3, "★"), item_row(4, "○ ×")]
    problems = _check(rows)
    assert [(p.code, p.params["number"], p.location.cells) for p in problems] == [
        ("code_unexplained", "2", "D2"),
        ("code_unexplained", "3", "D3"),
        ("answer_contradictory", "4", "D4"),
    ]
    assert [p.params["text"] for p in problems] == ["◇", "★", "○ ×"]


def test_a_notation_that_is_not_known_is_one_problem_with_the_count_of_its_rows() -> None:
    rows = [item_row(number, "7" if number % 2 else "○") for number in range(1, 13)]
    (problem,) = _check(rows)
    assert (problem.code, problem.params["count"], problem.params["number"]) == (
        "code_unexplained",
        "6",
        "1, 3, 5, 7, 9 …",
    )
    assert "lexicon" not in message_of(problem, "a.xlsx", "en")


def test_a_legend_that_is_not_understood_is_one_problem_that_quotes_it() -> None:
    lines = ("○：実施済 ×：未実施 ※：北棟の係に委ねる",)
    rows = [item_row(number, "※" if number > 3 else "○") for number in range(1, 7)]
    (problem,) = check_checklist(checklist_to_records(replace(checklist(rows), legend_lines=lines), ()))
    assert (problem.code, problem.params["legend"], problem.params["count"]) == (
        "legend_unclear",
        "※：北棟の係に委ねる",
        "3",
    )


def test_an_unclear_answer_tells_the_line_to_add_which_pasted_unread_makes_no_yes() -> None:
    problem = _check([item_row(1, "○"), item_row(2, "◇◇")])[0]
    assert tomllib.loads(problem.params["line"]) == {"no": ["◇◇"]}
    assert problem.params["line"] in message_of(problem, "a.xlsx", "ja")


@pytest.mark.parametrize("answer", ['"?"', "\\?"])
def test_the_line_to_add_can_be_pasted_whatever_was_printed(answer: str) -> None:
    problem = next(p for p in _check([item_row(1, "○"), item_row(2, answer)]) if p.code == "answer_unclear")
    assert tomllib.loads(problem.params["line"]) == {"no": [answer]}


def test_two_ticked_boxes_are_named() -> None:
    problem = _check([item_row(1, "■適合　■不適合"), item_row(2, "■適合　□不適合")])[0]
    assert (problem.code, problem.params["text"]) == ("answer_contradictory", "適合、不適合")


def test_several_marked_choices_are_contradictory() -> None:
    problem = _check([replace(item_row(1, "○ ○"), choice="はい|いいえ")])[0]
    assert (problem.code, problem.params["number"]) == ("answer_contradictory", "1")


def test_a_long_answer_is_cut_in_the_message() -> None:
    problems = _check([item_row(1, "◇" * 200)])
    assert [len(p.params["text"]) for p in problems if p.code == "answer_unclear"] == [40]


def test_choices_that_nobody_marked_are_told_once() -> None:
    problems = _check([item_row(number, "有 ・ 無") for number in range(1, 6)])
    assert [(p.code, severity_of(p), p.params) for p in problems] == [
        ("choices_not_marked", "warning", {"count": "5", "text": "有 ・ 無"})
    ]


def test_few_choices_that_nobody_marked_are_a_blank() -> None:
    rows = [item_row(number, "○") for number in range(1, 9)]
    assert _check([*rows, item_row(9, "有 ・ 無"), item_row(10, "有 ・ 無")]) == []


@pytest.mark.parametrize(
    ("numbers", "missing"),
    [
        ([1, 2, 4, 5], ["3"]),
        ([1, 2, 4, 1, 2, 3], ["3"]),
        ([1, 3, 4, 1, 2, 4, 5, 6], ["2", "3"]),
        ([1, 2, 3, 2, 3, 4], []),
        (["No.1", "No.2", "No.5", "No.6", "No.7"], ["3, 4"]),
        ([7, 8, 10], ["9"]),
        ([1, 1, 2, 2, 4, 4], ["3"]),
        ([*range(1, 20), *range(32, 60)], ["20, 21, 22, 23, 24, 25, 26, 27, 28, 29 …"]),
        ([1, 2, 3, 4], []),
        ([1, 2, 3, 1, 2, 3], []),
        (["1-1", "1-3", "2-1"], []),
        ([1, 900], []),
    ],
)
def test_gaps_in_the_numbering(numbers: Sequence[int | str], missing: list[str]) -> None:
    assert _gaps(numbers) == missing


def test_a_gap_is_placed_at_the_row_before_it() -> None:
    problem = _check(_numbered([1, 2, 4]))[0]
    assert (problem.code, problem.location.cells) == ("number_gap", "D2")


def test_a_gap_is_reported_where_numbers_start_anew_in_each_section() -> None:
    rows = _numbered([1, 2, 3, 4, 1, 2, 4, 5])
    sections = [
        replace(
            row,
            section=(name,),
            location=replace(row.location, cells=f"{'D' if name == '庭' else 'H'}{row.item_no}"),
        )
        for row, name in zip(rows, ["庭"] * 4 + ["池"] * 4, strict=True)
    ]
    gaps = [(p.params["numbers"], p.location.cells) for p in _check(sections) if p.code == "number_gap"]
    assert gaps == [("3", "H2")]


@pytest.mark.parametrize(
    "remark", ["現在は対応しておりません。", "まだ実施していない", "作業は未完了", "not yet"]
)
def test_a_yes_that_its_remark_denies_is_told_and_stored_as_unclear(remark: str) -> None:
    read = checklist_to_records(checklist([item_row(1, "○"), replace(item_row(2, "○"), remarks=remark)]), ())
    assert [record.reading.answer for record in read.records] == ["yes", "unclear"]
    assert [(p.code, p.location.cells, severity_of(p), p.params) for p in check_checklist(read)] == [
        (
            "answer_contradicted_by_remark",
            "D2",
            "warning",
            {"number": "2", "text": "○", "answer": "unclear", "remark": remark},
        )
    ]


def test_the_message_of_a_contradiction_quotes_both_cells() -> None:
    problem = _check([replace(item_row(7, "○"), remarks="現在は対応しておりません。\n以上")])[0]
    text = message_of(problem, "a.xlsx", "en")
    assert "sheet 一覧, D7, No. 7: the answer “○” is stored as unclear" in text
    assert "“現在は対応しておりません。 以上”" in text


@pytest.mark.parametrize(
    ("answer", "remark"),
    [
        ("○", ""),
        ("○", "鍵は二つあります。"),
        ("×", "現在は対応しておりません。"),
        ("△", "現在は対応しておりません。"),
        ("", "現在は対応しておりません。"),
    ],
)
def test_a_remark_that_agrees_with_its_answer_is_no_problem(answer: str, remark: str) -> None:
    assert _check([item_row(1, "○"), replace(item_row(2, answer), remarks=remark)]) == []


def test_a_denial_over_two_lines_is_told() -> None:
    problems = _check([replace(item_row(1, "○"), remarks="現在は\n対応しておりません。")])
    assert [p.code for p in problems] == ["answer_contradicted_by_remark"]


@pytest.mark.parametrize("remark", ["現在まで事故は起きていません。", "現在、障害は発生していません"])
def test_a_remark_that_denies_something_else_is_no_problem(remark: str) -> None:
    assert _check([replace(item_row(1, "○"), remarks=remark)]) == []


@pytest.mark.parametrize("ditto", ["〃", "同上", " 々 "])
def test_a_ditto_of_a_blank_is_told(ditto: str) -> None:
    problems = _check([item_row(1, "○"), item_row(2, ""), item_row(3, ditto), item_row(4, ditto)])
    assert [(p.code, severity_of(p), p.location.cells, p.params) for p in problems] == [
        ("ditto_of_blank", "warning", "D3", {"number": "3", "text": ditto.strip()}),
        ("ditto_of_blank", "warning", "D4", {"number": "4", "text": ditto.strip()}),
    ]


def test_a_ditto_of_an_answer_is_no_problem() -> None:
    assert _check([item_row(1, ""), item_row(2, "×"), item_row(3, "〃")]) == []


@pytest.mark.parametrize("doubt", ["columns_guessed", "answer_column_unsure", "no_answer_column"])
def test_a_guess_is_told_once_with_its_count(doubt: str) -> None:
    rows = [replace(item_row(number, "○"), doubts=(doubt,)) for number in (1, 2)]
    problems = _check([*rows, item_row(3, "○")])
    assert [(p.code, p.params["count"], p.params["label"]) for p in problems] == [
        (doubt, "2", "みほん点検表")
    ]


@pytest.mark.parametrize(("label", "told"), [("達成\n度", "達成 度"), ("", "D")])
def test_a_guessed_answer_column_is_told_by_its_own_name(label: str, told: str) -> None:
    rows = [replace(item_row(1, "○"), doubts=("answer_column_guessed",))]
    columns = (
        ChecklistColumn(1, 2, "設問", Role.REQUIREMENT),
        ChecklistColumn(3, 4, label, Role.ANSWER, guessed=True),
    )
    guessed = replace(checklist(rows), columns=columns)
    (problem,) = check_checklist(checklist_to_records(guessed, ()))
    assert f"「{told}」の列" in message_of(problem, "a.xlsx", "ja")


@pytest.mark.parametrize("kind", ["example", "reference"])
def test_examples_and_references_are_not_checked(kind: str) -> None:
    rows = [item_row(1, "◇"), item_row(4, "○ ×"), item_row(5, "")]
    assert _check(rows, kind) == []
    assert _check(rows) != []


def test_unclear_in_means_told_out() -> None:
    read = checklist_to_records(answers("○", "要確認", "〃", "?", "◇", "○ ×"), ())
    unclear = [r.row.item_no for r in read.records if r.reading.answer == "unclear"]
    assert [p.params["number"] for p in check_checklist(read)] == unclear
    assert unclear == ["2", "3", "4", "5", "6"]


def test_a_ditto_without_its_row_is_told() -> None:
    problem = _check([item_row(1, "○"), item_row(2, "No.9と同じ")])[0]
    assert (problem.code, problem.location.cells) == ("ditto_unresolved", "D2")
    assert problem.params == {"number": "2", "text": "No.9と同じ"}


def test_a_disputed_answer_is_told_with_the_comment() -> None:
    problem = _check([replace(item_row(1, "○"), comments=("回答を×に変更します。",))])[0]
    assert (problem.code, problem.params["comment"]) == (
        "answer_disputed_by_comment",
        "回答を×に変更します。",
    )


def test_form_words_left_in_cells_are_told_once() -> None:
    rows = [item_row(1, "○"), item_row(2, "選択▼"), item_row(3, "（未記入）"), item_row(4, "例：有")]
    assert [(p.code, p.params["count"], p.location.cells) for p in _check(rows)] == [
        ("placeholders_left", "2", "D2"),
        ("examples_left", "1", "D4"),
    ]
    assert _check(rows[1:]) == []


def test_a_copied_question_is_told() -> None:
    row = item_row(2, "", "合鍵を二つ作っていること。")
    problems = _check([item_row(1, "○"), replace(row, answer=row.requirement)])
    assert [p.code for p in problems] == ["questions_copied"]


def test_one_answer_filled_down_a_long_list_is_told() -> None:
    rows = [item_row(number, "○") for number in range(1, 25)]
    assert [(p.code, p.params["count"]) for p in _check(rows)] == [("answers_all_alike", "24")]
    assert _check([*rows[:-1], replace(rows[-1], remarks="鍵は二つ")]) == []


def test_answers_by_colour_are_told_once() -> None:
    read = checklist_to_records(
        answers("○", "○", "×"), (), SheetContext(colour_notes=("赤字は未対応",), keeps_colours=False)
    )
    assert [(p.code, p.params["count"]) for p in check_checklist(read)] == [("answers_told_by_colour", "2")]


def test_a_no_with_a_way_round_is_told() -> None:
    problems = _check([item_row(1, "○"), replace(item_row(2, "×"), remarks="代替策あり")])
    assert [(p.code, p.params["answer"]) for p in problems] == [("answer_contradicted_by_remark", "no")]


@pytest.mark.parametrize("reply", ["別紙2をご参照ください", "https://example.jp/policy", "利用規約のとおり"])
def test_an_answer_in_another_paper_is_told(reply: str) -> None:
    (problem,) = _check([item_row(1, "○"), item_row(2, reply)])
    assert (problem.code, problem.location.cells) == ("answer_elsewhere", "D2")
    assert problem.params == {"number": "2", "text": reply}


def test_characters_that_the_file_does_not_name_are_told_as_such() -> None:
    (problem,) = _check([item_row(1, "○"), item_row(2, "\ufffd")])
    assert (problem.code, problem.params["number"]) == ("characters_not_read", "2")


def test_ink_that_nobody_read_is_told_by_the_reader_alone() -> None:
    row = replace(item_row(2, "▣"), doubts=("ink_not_read",))
    assert _check([item_row(1, "○"), row]) == []


def test_two_marks_in_a_cell_of_a_doubtful_grid_are_no_contradiction_of_the_vendor() -> None:
    row = replace(item_row(2, "○ ×"), doubts=("grid_doubtful",))
    assert [p.code for p in _check([item_row(1, "○"), row])] == ["answer_read_twice"]
