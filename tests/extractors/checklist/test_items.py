"""Item rows: one a respondent, sub-items, choices, remarks with their answer."""

from __future__ import annotations

import pytest

from extractors.checklist.finder import grid_to_checklists
from tests.extractors.grids import found_in, grid_of, hide, items_in, lined


def test_plain_row_holds_every_field() -> None:
    rows = items_in("""
番号 | 種別 | サービスレベル項目 | 規定内容 | 必須／推奨 | 測定単位 | 設定値 | 備考
1 | 可用性 | 開く時刻 | 門を開ける時刻を決めているか | 必須 | 時刻 | 9:00～17:00 | 祝日は休み
2 | 可用性 | 閉める時刻 | 門を閉める時刻を決めているか | 推奨 | 時刻 | 17:00 |
""")
    row = rows[0]
    assert (row.item_no, row.category, row.item) == ("1", "可用性", "開く時刻")
    assert (row.requirement, row.answer, row.remarks) == (
        "門を開ける時刻を決めているか",
        "9:00～17:00",
        "祝日は休み",
    )
    assert (row.level, row.unit, row.respondent, row.sub_item) == ("mandatory", "時刻", "provider", None)
    assert (row.place.sheet, row.place.cells) == ("回答票", "G2")
    assert rows[1].level == "recommended"
    assert row.doubts == ()


def test_blank_answer_is_an_item_with_its_place() -> None:
    rows = items_in("番号 | 設問 | 回答\n1 | 鍵を掛けているか | ○\n2 | 戸を閉めているか |")
    assert (rows[1].answer, rows[1].place.cells) == ("", "C3")


def test_marks_stay_as_printed() -> None:
    marks = ["〇", "◯", "✕", "①", "㈱", "―"]
    drawing = "番号 | 設問 | 回答\n" + "\n".join(
        f"{n} | {n}番の鍵を掛けているか | {m}" for n, m in enumerate(marks, 1)
    )
    assert [row.answer for row in items_in(drawing)] == marks


def test_two_respondents_with_remarks_of_their_own() -> None:
    rows = items_in("""
番号 | 設問 | サービス提供者回答欄 | < | 受託者回答欄 | <
^ | ^ | 回答 | 備考 | 回答 | 備考
1 | 鍵を掛けているか | ○ | 夜も | × | 予定
2 | 戸を閉めているか | × | | ○ | 朝も
""")
    assert [(r.item_no, r.respondent, r.answer, r.remarks) for r in rows] == [
        ("1", "provider", "○", "夜も"),
        ("1", "contractor", "×", "予定"),
        ("2", "provider", "×", ""),
        ("2", "contractor", "○", "朝も"),
    ]


def test_two_respondents_with_one_header_row() -> None:
    rows = items_in("""
番号 | 設問 | 外部サービス提供者回答欄 | 備考 | 受託者回答欄 | 備考
1 | 鍵を掛けているか | ○ | 夜も | × | 予定
2 | 戸を閉めているか | × | | ○ | 朝も
""")
    assert [(r.item_no, r.respondent, r.answer, r.remarks) for r in rows] == [
        ("1", "provider", "○", "夜も"),
        ("1", "contractor", "×", "予定"),
        ("2", "provider", "×", ""),
        ("2", "contractor", "○", "朝も"),
    ]


CHOICES = """
番号 | 設問 | はい | いいえ | 該当なし | 備考
1 | 鍵を掛けているか | ○ | | | 夜も
2 | 戸を閉めているか | | レ | |
3 | 池に柵があるか | | | ■ | 池がない
4 | 垣根を直しているか | | | |
5 | 門を閉めているか | ○ | ○ | |
6 | 窓を閉めているか | ○ | － | － |
"""


def test_choice_columns() -> None:
    rows = items_in(CHOICES)
    assert [(row.item_no, row.answer, row.choice) for row in rows] == [
        ("1", "○", "はい"),
        ("2", "レ", "いいえ"),
        ("3", "■", "該当なし"),
        ("4", "", ""),
        ("5", "○ ○", "はい|いいえ"),
        ("6", "○", "はい"),
    ]
    assert rows[2].remarks == "池がない"
    assert rows[1].place.cells == "D3"


def test_marks_in_several_choices_are_all_kept() -> None:
    rows = items_in("""
番号 | 設問 | はい | いいえ | 備考
1 | 鍵を掛けているか | ○ | × | 夜も
2 | 戸を閉めているか | × | ○ |
""")
    assert [(row.answer, row.choice) for row in rows] == [("○ ×", "はい|いいえ"), ("× ○", "はい|いいえ")]


def test_empty_boxes_choose_nothing() -> None:
    rows = items_in("""
番号 | 設問 | はい | いいえ | 該当なし | 備考
1 | 鍵を掛けているか | ☑ | □ | □ | 夜も
2 | 戸を閉めているか | □ | ☑ | □ |
3 | 池に柵があるか | □ | □ | □ |
""")
    assert [row.choice for row in rows] == ["はい", "いいえ", ""]


def test_false_in_a_choice_column_chooses_nothing() -> None:
    rows = items_in("""
番号 | 設問 | はい | いいえ | 備考
1 | 鍵を掛けているか | TRUE | FALSE | 夜も
2 | 戸を閉めているか | FALSE | TRUE |
""")
    assert [row.choice for row in rows] == ["はい", "いいえ"]


def test_sub_items_under_a_merged_number() -> None:
    rows = items_in("""
番号 | 設問 | < | 回答 | 備考
1 | 鍵を毎晩掛けているか | < | ○ |
2 | どこの窓を閉めているか | 東の窓 | ○ | 毎晩
^ | ^ | 西の窓 | × | 予定
3 | 戸を毎晩閉めているか | < | ○ |
""")
    assert [(r.item_no, r.sub_item, r.requirement, r.answer, r.remarks) for r in rows] == [
        ("1", None, "鍵を毎晩掛けているか", "○", ""),
        ("2", "東の窓", "どこの窓を閉めているか", "○", "毎晩"),
        ("2", "西の窓", "どこの窓を閉めているか", "×", "予定"),
        ("3", None, "戸を毎晩閉めているか", "○", ""),
    ]


def test_labels_in_the_answer_column_with_marks_behind_them() -> None:
    rows = items_in("""
番号 | 設問 | 回答 | 備考
1 | 鍵を毎晩掛けているか | ○ | 夜も
2 | どの鍵を掛けているか | 玄関の鍵 | ○
^ | ^ | 裏口の鍵 | ×
^ | ^ | 倉庫の鍵 |
3 | 戸を毎晩閉めているか | × | 予定
""")
    assert [(r.item_no, r.sub_item, r.answer, r.remarks) for r in rows] == [
        ("1", None, "○", "夜も"),
        ("2", "玄関の鍵", "○", ""),
        ("2", "裏口の鍵", "×", ""),
        ("2", "倉庫の鍵", "", ""),
        ("3", None, "×", "予定"),
    ]


def test_answer_merged_over_several_items_answers_each() -> None:
    rows = items_in("""
番号 | 設問 | 回答 | 備考
1 | 鍵を毎晩掛けているか | ○ | 夜も
2 | 戸を毎晩閉めているか | ^ | ^
3 | 窓を毎晩閉めているか | × |
""")
    assert [(row.answer, row.remarks) for row in rows] == [("○", "夜も"), ("○", "夜も"), ("×", "")]


def test_several_remarks_columns_are_joined_in_order() -> None:
    rows = items_in("""
番号 | 設問 | 回答 | 根拠 | 備考
1 | 鍵を掛けているか | ○ | 規程 | 夜も
2 | 戸を閉めているか | × | | 予定
""")
    assert [row.remarks for row in rows] == ["規程\n夜も", "予定"]


def test_numbers_side_by_side_are_all_kept() -> None:
    rows = items_in("""
大項番 | 中項番 | 小項番 | 設問 | 回答
1 | 2 | 3 | 鍵を掛けているか | ○
1 | 2 | 4 | 戸を閉めているか | ×
""")
    assert [row.item_no for row in rows] == ["1-2-3", "1-2-4"]


@pytest.mark.parametrize("number", ["1.", "(1)", "①", "No.1", "1-1", "A.1.1.1"])
def test_numbers_stay_as_printed(number: str) -> None:
    assert items_in(f"項番 | 設問 | 回答\n{number} | 鍵を掛けているか | ○")[0].item_no == number


def test_grades_that_are_no_levels_give_none() -> None:
    rows = items_in(
        "番号 | 重要度 | 設問 | 回答\n1 | 高 | 鍵を掛けているか | ○\n2 | 任意 | 戸を閉めているか | ×"
    )
    assert [row.level for row in rows] == [None, "recommended"]


def test_hidden_rows_are_items_and_marked() -> None:
    grid = grid_of(lined("番号 | 設問 | 回答\n1 | 鍵を掛けているか | ○\n2 | 戸を閉めているか | ×"))
    (checklist,) = grid_to_checklists(hide(grid, rows=[2])).checklists
    assert [(row.item_no, row.hidden) for row in checklist.rows] == [("1", False), ("2", True)]


def test_guessed_answer_column_is_doubted() -> None:
    rows = items_in("""
番号 | 設問 | | 備考
1 | 鍵を掛けているか | ○ | 夜も
2 | 窓を閉めているか | × | 予定
3 | 戸を閉めているか | ○ | 夜も
""")
    assert [(row.answer, row.doubts) for row in rows] == [
        (mark, ("answer_column_guessed",)) for mark in ("○", "×", "○")
    ]


def test_list_without_an_answer_column_says_so() -> None:
    (checklist,) = found_in("""
安全チェックリスト | < | <
番号 | 設問 | 備考
1 | 鍵を掛けているか | 夜も
2 | 戸を閉めているか |
""").checklists
    assert [(row.answer, row.doubts) for row in checklist.rows] == [("", ("no_answer_column",))] * 2
    assert checklist.rows[0].remarks == "夜も"


LAST_TIME = """
番号 | 設問 | 前回 | < | 今回 | < | 備考
^ | ^ | はい | いいえ | はい | いいえ | ^
1 | 鍵を掛けているか | ○ | | | ○ | 夜も
2 | 戸を閉めているか | ○ | | | |
"""


def test_choices_of_last_time_are_no_answers() -> None:
    assert [(row.item_no, row.answer, row.choice) for row in items_in(LAST_TIME)] == [
        ("1", "○", "いいえ"),
        ("2", "", ""),
    ]


def test_answer_of_the_latest_year_counts() -> None:
    rows = items_in("""
番号 | 設問 | 2025年度回答 | 2026年度回答 | 備考
1 | 鍵を掛けているか | ○ | × | 夜も
2 | 戸を閉めているか | ○ | × |
""")
    assert [row.answer for row in rows] == ["×", "×"]


def test_requirement_marks_and_life_cycle_marks_are_no_answers() -> None:
    rows = items_in("""
番号 | 設問 | 選定 | 運用 | 廃棄 | 回答要否 | 回答 | 備考
1 | 鍵を掛けているか | ○ | | ○ | ○ | × | 夜も
2 | 戸を閉めているか | | ○ | | × | |
3 | 窓を閉めているか | | ○ | | ○ | ○ |
""")
    assert [row.answer for row in rows] == ["×", "", "○"]


def test_mark_in_a_level_column_is_the_level_of_its_header() -> None:
    rows = items_in(
        "番号 | 設問 | 必須 | 推奨 | 回答\n1 | 鍵を掛けているか | ○ | | ○\n2 | 戸を閉めているか | | ○ | ×"
    )
    assert [row.level for row in rows] == ["mandatory", "recommended"]


def test_grade_that_is_no_level_is_not_lost() -> None:
    found = found_in(
        "番号 | 重要度 | 設問 | 回答\n1 | 高 | 鍵を掛けているか | ○\n2 | 中 | 戸を閉めているか | ×"
    )
    assert {"高", "中"} <= {leftover.text for leftover in found.leftovers}


def test_reviewer_beside_the_vendor_is_the_customer() -> None:
    rows = items_in("""
番号 | 設問 | 貴社回答 | 備考 | 当社確認結果 | 備考
1 | 鍵を掛けているか | ○ | 夜も | 可 | 良い
""")
    assert [(row.respondent, row.answer, row.remarks) for row in rows] == [
        ("provider", "○", "夜も"),
        ("customer", "可", "良い"),
    ]


def test_choices_of_two_respondents() -> None:
    rows = items_in("""
番号 | 設問 | 提供者 | < | 受託者 | <
^ | ^ | はい | いいえ | はい | いいえ
1 | 鍵を掛けているか | ○ | | | ○
""")
    assert [(row.respondent, row.choice) for row in rows] == [("provider", "はい"), ("contractor", "いいえ")]


@pytest.mark.parametrize(
    "head",
    [
        "番号 | 設問 | 2025年度 | < | 2026年度 | <\n^ | ^ | はい | いいえ | はい | いいえ",
        " | | 2025年度 | < | 2026年度 | <\n番号 | 設問 | はい | いいえ | はい | いいえ",
        " | | 前回 | < | 今回 | <\n番号 | 設問 | はい | いいえ | はい | いいえ",
        "番号 | 設問 | 回答例 | < | 回答欄 | <\n^ | ^ | はい | いいえ | はい | いいえ",
    ],
)
def test_choices_of_another_time_or_of_an_example_are_no_answers(head: str) -> None:
    rows = items_in(head + "\n1 | 鍵を掛けているか | ○ | | | ○\n2 | 戸を閉めているか | ○ | | |")
    assert [(row.answer, row.choice) for row in rows] == [("○", "いいえ"), ("", "")]


def test_choices_twice_under_one_respondent_are_doubted() -> None:
    rows = items_in("番号 | 設問 | はい | いいえ | はい | いいえ\n1 | 鍵を掛けているか | ○ | | | ○")
    assert [(row.choice, row.doubts) for row in rows] == [("はい|いいえ", ("answer_column_guessed",))]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("令和7年度回答", "令和8年度回答"),
        ("回答（2025年4月）", "回答（2025年10月）"),
        ("FY25回答", "FY26回答"),
        ("前回回答", "今回回答"),
        ("前回", "今回"),
        ("前期", "当期"),
    ],
)
def test_answer_and_remarks_of_earlier_times_are_left_over(old: str, new: str) -> None:
    found = found_in(f"""
番号 | 設問 | {old} | 備考 | {new} | 備考
1 | 鍵を掛けているか | ○ | 朝だけ | × | 夜も
2 | 戸を閉めているか | ◎ | | |
""")
    assert [(row.answer, row.remarks) for row in found.checklists[0].rows] == [("×", "夜も"), ("", "")]
    assert {"○", "◎", "朝だけ"} <= {leftover.text for leftover in found.leftovers}


def test_year_without_a_word_names_the_answer_of_now() -> None:
    rows = items_in("""
番号 | 設問 | 2025年度 | 2026年度
1 | 鍵を掛けているか | ○ | ×
2 | 戸を閉めているか | ○ | ×
3 | 窓を閉めているか | ○ | ×
""")
    assert [row.answer for row in rows] == ["×", "×", "×"]


def test_mark_under_both_levels_is_none_and_left_over() -> None:
    found = found_in("番号 | 設問 | 必須/推奨 | 回答\n1 | 鍵を掛けているか | ◎ | ○")
    assert [row.level for row in found.checklists[0].rows] == [None]
    assert "◎" in {leftover.text for leftover in found.leftovers}


@pytest.mark.parametrize(("mark", "level"), [("☑", "mandatory"), ("□", None), ("×", None), ("△", None)])
def test_only_a_tick_gives_the_level_of_its_header(mark: str, level: str | None) -> None:
    rows = items_in(f"番号 | 設問 | 必須 | 回答\n1 | 鍵を掛けているか | {mark} | ○")
    assert [row.level for row in rows] == [level]


def test_priority_is_no_answer_of_last_time() -> None:
    rows = items_in("No. | Question | Priority | Answer\n1 | Is the gate locked? | must | ○")
    assert [(row.level, row.answer) for row in rows] == [("mandatory", "○")]
