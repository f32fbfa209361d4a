"""Roles are settled by the header's words first, by what stands in the columns where they leave it open."""

from __future__ import annotations

import pytest

from extractors.checklist.columns.by_words.header_rows import detect_headers
from extractors.checklist.columns.by_words.roles import assign_roles
from extractors.checklist.columns.profile import is_answer_like
from extractors.checklist.grid_index import GridView
from extractors.checklist.model import ChecklistColumn
from extractors.grid import Grid
from tests.extractors.grids import grid_of, hide, lined


def _assign(grid: Grid, marks: frozenset[str] = frozenset()) -> tuple[ChecklistColumn, ...]:
    view = GridView(grid)
    return assign_roles(view, detect_headers(view)[0], view.n_rows, marks)


def _roles(drawing: str) -> list[str]:
    return [column.role for column in _assign(grid_of(lined(drawing)))]


def test_header_without_a_number_column() -> None:
    roles = _roles("""
区分 | 設問 | 回答
1 | 鍵はあるか | ○
2 | 窓はあるか | ×
3 | 戸はあるか | ○
""")
    assert roles == ["number", "requirement", "answer"]


def test_unheaded_column_of_numbers() -> None:
    columns = _assign(
        grid_of(
            lined("""
   | 分類 | 設問 | 回答 | 備考
1 | 鍵 | 鍵はあるか | ○ |
2 | 鍵 | 窓はあるか | × |
3 | 鍵 | 戸はあるか | ○ |
""")
        )
    )
    assert [(column.role, column.guessed) for column in columns[:2]] == [
        ("number", True),
        ("category", False),
    ]


def test_merged_header_over_number_and_text() -> None:
    roles = _roles("""
設問 | < | 回答 | 備考
1 | 鍵を毎晩掛けているか | ○ |
2 | 窓を毎晩閉めているか | × |
3 | 戸を毎晩閉めているか | ○ |
""")
    assert roles == ["number", "requirement", "answer", "remarks"]


def test_labels_beside_some_questions_are_sub_items() -> None:
    roles = _roles("""
番号 | 設問 | < | 回答
1 | 鍵を毎晩掛けているか | < | ○
2 | どこの窓を閉めているか | 東 | ○
^ | ^ | 西 | ×
3 | 戸を毎晩閉めているか | < | ○
""")
    assert roles == ["number", "requirement", "sub_item", "answer"]


def test_three_levels_of_grouping() -> None:
    roles = _roles("""
大分類 | 中分類 | 小分類 | 設問 | 回答
建物 | 入口 | 鍵 | 鍵を掛けているか | ○
建物 | 入口 | 戸 | 戸を閉めているか | ○
""")
    assert roles == ["section", "section", "category", "requirement", "answer"]


def test_longest_of_several_questions_is_the_requirement() -> None:
    roles = _roles("""
番号 | 確認項目 | 確認内容 | 回答
1 | 鍵 | 玄関の鍵を毎晩掛けているか | ○
2 | 窓 | 東の窓を毎晩閉めているか | ×
""")
    assert roles == ["number", "item", "requirement", "answer"]


def test_item_alone_is_the_requirement() -> None:
    roles = _roles("""
番号 | 項目 | 回答 | 備考
1 | 玄関の鍵 | ○ |
2 | 東の窓 | × |
""")
    assert roles == ["number", "requirement", "answer", "remarks"]


def test_second_answer_with_sentences_is_remarks() -> None:
    roles = _roles("""
番号 | 設問 | 対応状況 | 回答内容
1 | 鍵はあるか | ○ | 玄関の鍵は管理人が掛ける
2 | 窓はあるか | × | 来年の春までに付ける予定である
""")
    assert roles == ["number", "requirement", "answer", "remarks"]


def test_blank_second_answer_is_kept_apart() -> None:
    roles = _roles("""
番号 | 設問 | 回答 | 判定
1 | 鍵はあるか | ○ |
2 | 窓はあるか | × |
""")
    assert roles == ["number", "requirement", "answer", "other_answer"]


def test_last_time_and_this_time() -> None:
    roles = _roles("""
番号 | 設問 | 前回回答 | 今回回答
1 | 鍵はあるか | × | ○
2 | 窓はあるか | × | ×
""")
    assert roles == ["number", "requirement", "ignore", "answer"]


def test_hidden_key_column_is_ignored() -> None:
    grid = grid_of(
        lined("""
管理ID | 番号 | 設問 | 回答
K-001 | 1 | 鍵はあるか | ○
K-002 | 2 | 窓はあるか | ×
""")
    )
    columns = _assign(hide(grid, cols=[0]))
    assert [column.role for column in columns] == ["ignore", "number", "requirement", "answer"]


def test_sheet_hidden_as_a_whole_keeps_its_columns() -> None:
    grid = grid_of(lined("番号 | 設問 | 回答\n1 | 鍵はあるか | ○\n2 | 窓はあるか | ×"))
    assert [column.role for column in _assign(hide(grid, cols=[0, 1, 2]))] == [
        "number",
        "requirement",
        "answer",
    ]


def test_unnamed_column_of_marks_is_a_guessed_answer() -> None:
    columns = _assign(
        grid_of(
            lined("""
番号 | 設問 | | 備考
1 | 鍵を掛けているか | ○ | 夜も
2 | 窓を閉めているか | × | 予定
3 | 戸を閉めているか | ○ | 夜も
""")
        )
    )
    assert [(column.role, column.guessed) for column in columns] == [
        ("number", False),
        ("requirement", False),
        ("answer", True),
        ("remarks", False),
    ]


def test_letters_of_the_legend_are_marks() -> None:
    grid = grid_of(
        lined("""
番号 | 設問 | 記入 | 回答内容
1 | 鍵を掛けているか | A | 夜も掛けている
2 | 窓を閉めているか | B | 春までに閉める
""")
    )
    columns = _assign(grid, frozenset("AB"))
    assert [column.role for column in columns] == ["number", "requirement", "answer", "remarks"]


def test_texts_behind_an_answer_without_a_known_name_are_remarks() -> None:
    roles = _roles("""
番号 | 設問 | 回答 | 夜の様子
1 | 鍵を掛けているか | ○ | 管理人が九時に掛ける
2 | 窓を閉めているか | × | 来年の春までに付ける
""")
    assert roles == ["number", "requirement", "answer", "remarks"]


def test_units_and_examples_are_no_answers() -> None:
    roles = _roles("""
番号 | 設問 | 測定単位 | 設定例 | 設定値
1 | 鍵を掛ける時刻 | 時刻 | 21時 | 22時
2 | 窓を閉めるか | 有無 | 有 | 無
""")
    assert roles == ["number", "requirement", "unit", "example", "answer"]


@pytest.mark.parametrize("text", ["○", "×", "△ 春から", "―", "はい", "有", "未対応", "N/A", "該当なし"])
def test_shapes_of_answers(text: str) -> None:
    assert is_answer_like(text)


@pytest.mark.parametrize(
    "text", ["鍵", "玄関の鍵は管理人が掛ける", "24時間365日", "対応する鍵の一覧は別紙による", ""]
)
def test_what_has_no_shape_of_an_answer(text: str) -> None:
    assert not is_answer_like(text)


def test_question_of_an_unknown_name_behind_the_answer() -> None:
    roles = _roles("""
番号 | 回答 | 見どころ | 備考
1 | ○ | 鍵を毎晩かならず掛けている | 夜
2 | × | 窓を毎晩かならず閉めている | 夜
3 | ○ | 戸を毎晩かならず閉めている | 夜
""")
    assert roles == ["number", "answer", "requirement", "remarks"]


def test_of_a_question_and_its_translation_the_native_one_is_asked() -> None:
    columns = _assign(
        grid_of(
            lined("""
No. | 質問 | Question (for reference) | 回答 Answer
1 | 門を閉めますか | Do you close the gate every single night? | Yes
2 | 鍵を数えますか | Do you count all the keys of the warehouse? | No
3 | 番人はいますか | Is there any watchman on duty after sunset? | Yes
""")
        )
    )
    (question,) = (column for column in columns if column.role == "requirement")
    assert question.label == "質問"
