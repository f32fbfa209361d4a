"""Headers whose words say nothing: what stands under them tells, or nothing is told."""

from __future__ import annotations

import pytest

from extractors.checklist.extract import grid_to_checklists
from tests.extractors.grids import found_in, grid_of, items_in

_ASKED = ["鍵を毎晩九時に掛けていますか", "窓を毎晩九時に閉めていますか", "戸を毎晩九時に閉めていますか",
          "灯を毎晩九時に消していますか", "棚を毎月一度は見ていますか", "箱を毎月一度は数えていますか"]  # fmt: skip


def _drawing(names: str, answers: str) -> str:
    rows = [
        f"{chr(12450 + i)} | {question} | {mark} |"
        for i, (question, mark) in enumerate(zip(_ASKED, answers, strict=True))
    ]
    return "\n".join([names, *rows])


def test_questions_and_marks_under_unknown_names() -> None:
    rows = items_in(_drawing("しるし | 見るところ | できばえ | ひとこと", "○×○△○○"))
    assert [(row.requirement, row.answer) for row in rows] == list(zip(_ASKED, "○×○△○○", strict=True))
    assert all("answer_column_guessed" in row.doubts for row in rows)


def test_letters_of_a_legend_are_marks() -> None:
    drawing = "イ：はい　ロ：いいえ |\n" + _drawing(
        "しるし | 見るところ | できばえ | ひとこと", "イロイイロイ"
    )
    assert [row.answer for row in items_in(drawing)] == list("イロイイロイ")


def test_a_table_without_answers_is_none() -> None:
    assert found_in(_drawing("しるし | 見るところ | できばえ | ひとこと", "◎円〆々仝ヶ")).checklists == ()


def test_letters_beside_questions_stand_in_a_guessed_column_and_mean_nothing_yet() -> None:
    rows = items_in(_drawing("しるし | 見るところ | できばえ | ひとこと", "甲乙丙丁戊己"))
    assert [row.answer for row in rows] == list("甲乙丙丁戊己")
    assert all("answer_column_guessed" in row.doubts for row in rows)


def test_two_columns_of_marks_tell_nothing() -> None:
    rows = [f"{i} | {question} | ○ | ×" for i, question in enumerate(_ASKED, 1)]
    assert found_in("\n".join(["しるし | 見るところ | ひる | よる", *rows])).checklists == ()


def test_a_name_over_several_columns_is_no_column() -> None:
    rows = [
        [str(i), question, "○" if i % 2 else "", "" if i % 2 else "○"] for i, question in enumerate(_ASKED, 1)
    ]
    grid = grid_of([["しるし", "見るところ", "できばえ", "<"], *rows])
    assert grid_to_checklists(grid).checklists == ()


def test_a_later_round_counts_where_it_is_filled() -> None:
    rows = items_in(
        "番号 | 設問 | 一次回答 | 二次回答\n1 | 鍵を掛けているか | ○ | ×\n"
        "2 | 窓を閉めているか | ○ |\n3 | 戸を閉めているか | × | ○"
    )
    assert [(row.answer, row.location.cells) for row in rows] == [("×", "D2"), ("○", "C3"), ("○", "D4")]


def test_answers_of_an_earlier_round_are_left_over_as_such() -> None:
    found = found_in(
        "番号 | 設問 | 回答 | 再回答\n1 | 鍵を掛けているか | ○ | ×\n2 | 窓を閉めているか | ○ |\n3 | 戸を閉めているか | × | ○"
    )
    assert [
        (left.text, left.location.cells) for left in found.leftovers if left.reason == "earlier_answer"
    ] == [
        ("○", "C2"),
        ("×", "C4"),
    ]


@pytest.mark.parametrize(
    "names", ["満たさない | 少しだけ | 満たす", "済 | 途上 | 未", "到達 | 途上 | 未着手"]
)
def test_columns_of_ticks_are_choices_whatever_their_names(names: str) -> None:
    heads = [name.strip() for name in names.split("|")]
    rows = [[str(i), q, *("○" if k == i % 3 else "" for k in range(3))] for i, q in enumerate(_ASKED, 1)]
    found = grid_to_checklists(grid_of([["番号", "設問", *heads], *rows]))
    assert [row.choice for row in found.checklists[0].rows] == [heads[i % 3] for i in range(1, 7)]


def test_a_sheet_of_data_is_looked_at_once_not_once_for_every_row(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    def counted(text: str) -> bool:
        seen.append(text)
        return False

    monkeypatch.setattr("extractors.checklist.columns.by_words.header_by_content.is_answer_like", counted)
    grid = grid_of([[f"語{row}", f"数{row}", f"所{row}"] for row in range(300)])
    assert grid_to_checklists(grid).checklists == ()
    assert len(seen) == 900
