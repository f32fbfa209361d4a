"""Which column holds the answers: names decide, how full a column is does not."""

from __future__ import annotations

import pytest

from extractors.checklist.model import ChecklistColumn
from tests.extractors.checklist.columns.by_words.test_roles import _assign
from tests.extractors.grids import found_in, grid_of, items_in, lined

_QUESTIONS = ["鍵を毎晩掛けているか", "窓を毎晩閉めているか", "戸を毎晩閉めているか", "灯を毎晩消しているか"]


def _columns(names: str, *marks: str) -> dict[str, ChecklistColumn]:
    """Columns by name; `marks` are four characters a column, `_` is a blank."""
    heads = [name.strip() for name in names.split("|")]
    rows = [
        " | ".join(
            [str(i + 1), question, *("" if column[i] == "_" else column[i] for column in marks), "夜だけ"]
        )
        for i, question in enumerate(_QUESTIONS)
    ]
    drawing = "\n".join([" | ".join(["番号", "設問", *heads, "備考"]), *rows])
    return {column.label: column for column in _assign(grid_of(lined(drawing)))}


@pytest.mark.parametrize(
    ("shown", "asked"),
    [
        ("回答（記入例）", "回答"),
        ("回答\\n(例)", "回答"),
        ("期待する回答", "貴社回答"),
        ("模範回答", "回答"),
        ("判定基準", "判定"),
        ("判定基準", "評価"),
    ],
)
@pytest.mark.parametrize("filled", ["○×__", "____"])
def test_a_full_example_is_not_the_answer(shown: str, asked: str, filled: str) -> None:
    columns = _columns(f"{shown} | {asked}", "○○○○", filled)
    assert columns[shown.replace("\\n", "\n")].role == "example"
    assert columns[asked].role == "answer"


def test_criteria_alone_are_the_answer() -> None:
    assert _columns("判定基準", "○×○○")["判定基準"].role == "answer"


@pytest.mark.parametrize(
    ("now", "later"),
    [
        ("対応状況（現状）", "対応状況（予定）"),
        ("回答（現行）", "回答（次期）"),
        ("実施状況", "実施予定"),
        ("現状", "目標"),
        ("初回点検結果", "改善後の点検結果"),
    ],
)
@pytest.mark.parametrize("turned", [False, True])
def test_what_is_planned_is_not_the_answer(now: str, later: str, turned: bool) -> None:
    names, marks = [now, later], ["○×○_", "○○○○"]
    columns = _columns(" | ".join(names[::-1] if turned else names), *(marks[::-1] if turned else marks))
    assert [c.label for c in columns.values() if c.role == "answer"] == [now]


def test_a_box_to_tick_is_not_the_answer_beside_one() -> None:
    columns = _columns("チェック | 回答", "✓✓✓✓", "○___")
    assert (columns["チェック"].role, columns["回答"].role) == ("other_answer", "answer")


@pytest.mark.parametrize(
    "name",
    [
        "不適合（該当時に○）",
        "不備",
        "無",
        "実施予定",
        "未実施の場合は○",
        "否",
        "要是正",
        "×の場合チェック",
        "できていないものに○",
    ],
)
def test_a_tick_under_a_denial_means_its_name(name: str) -> None:
    column = _columns(name, "○_○○")[name]
    assert (column.role, column.choice, column.guessed) == ("choice", name.partition("（")[0], True)


@pytest.mark.parametrize(
    "name", ["有無", "適否", "可否", "不備の有無", "不正アクセス対策の実施状況", "未・済", "適合/不適合"]
)
def test_a_name_with_both_sides_is_no_denial(name: str) -> None:
    assert _columns(name, "○×○○")[name].role == "answer"


@pytest.mark.parametrize(
    "names",
    [
        "NG | OK",
        "否 | 良",
        "未 | 済",
        "できていない | できている",
        "適合していない | 適合している",
        "レベル0 | レベル1",
    ],
)
def test_columns_of_one_tick_a_row_are_choices(names: str) -> None:
    columns = _columns(names, "○_○_", "_○_○")
    assert [columns[name].choice for name in names.split(" | ")] == names.split(" | ")


def test_ticks_in_most_rows_of_both_columns_are_no_choices() -> None:
    columns = _columns("本社 | 支社", "○○○○", "○×○○")
    assert "choice" not in {column.role for column in columns.values()}


@pytest.mark.parametrize("name", ["必須", "対象", "貴市"])
def test_no_guess_while_a_named_column_is_blank(name: str) -> None:
    columns = _columns(f"{name} | 貴社記載", "○○○○", "____")
    assert not {"answer", "choice"} & {column.role for column in columns.values()}


def test_no_guess_while_a_named_column_has_hardly_begun() -> None:
    columns = _columns("目標 | 現在", "○○○○", "×___")
    assert not {"answer", "choice"} & {column.role for column in columns.values()}


def test_marks_that_refuse_are_answers_beside_a_blank_column() -> None:
    assert _columns("整備 | 改善期限", "○×○○", "____")["整備"].role == "answer"


def test_the_later_of_two_years_without_the_word_answer() -> None:
    rows = items_in("""
No | 設問 | 2024年度 | 2025年度 | 備考
1 | 鍵はあるか | ○ | × |
2 | 窓はあるか | ○ | ○ |
3 | 戸はあるか | ○ | × |
""")
    assert [row.answer for row in rows] == ["×", "○", "×"]


def test_rows_of_another_list_are_no_legend() -> None:
    drawing = """
番号 | 設問 | 回答 | 備考
1 | 規程を整備している | ○ |
2 | 責任者を置いている | × |
 | | |
番号 | 設問 | 評価 | 特記事項
1 | 鍵を掛けている | 2 |
2 | 窓を閉めている | 1 |
3 | 戸を閉めている | 5 |
"""
    assert [checklist.legend_lines for checklist in found_in(drawing).checklists] == [(), ()]
