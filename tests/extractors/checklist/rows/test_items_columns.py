"""Item rows out of choice columns, several respondents and remarks columns."""

from __future__ import annotations

import pytest

from extractors.checklist.extract import grid_to_checklists
from tests.extractors.grids import found_in, grid_of, hide, items_in, lined


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


@pytest.mark.parametrize("own", ["当社確認結果", "当院判定", "当市の判定"])
def test_what_the_issuer_writes_beside_the_vendor_is_no_answer(own: str) -> None:
    found = found_in(
        f"番号 | 設問 | 貴社回答 | 備考 | {own} | 備考\n1 | 鍵を掛けているか | ○ | 夜も | 可 | 良い"
    )
    rows = found.checklists[0].rows
    assert [(row.respondent, row.answer, row.remarks) for row in rows] == [("provider", "○", "夜も")]
    assert {"可", "良い"} <= {leftover.text for leftover in found.leftovers}


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
