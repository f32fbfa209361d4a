"""Headers are found by their words, on one level or two, and name the columns under them."""

from __future__ import annotations

import pytest

from extractors.checklist.columns.by_words.header_rows import detect_headers
from extractors.checklist.grid_index import GridView
from extractors.checklist.model import Header
from tests.extractors.grids import grid_of, lined


def _headers(drawing: str) -> list[Header]:
    return detect_headers(GridView(grid_of(lined(drawing))))


def _header(drawing: str) -> Header:
    (header,) = _headers(drawing)
    return header


def _columns(drawing: str) -> list[tuple[str, str]]:
    return [(column.label, column.role) for column in _header(drawing).columns]


def test_one_level_below_a_title() -> None:
    header = _header("""
架空の安全表 | <    | <
             |      |
番号         | 設問 | 回答
1            | 鍵はあるか | ○
""")
    assert (header.top, header.bottom) == (2, 3)
    assert [(c.start, c.end, c.role) for c in header.columns] == [
        (0, 1, "number"),
        (1, 2, "requirement"),
        (2, 3, "answer"),
    ]


def test_two_levels_with_merged_cells() -> None:
    header = _header("""
番号 | 区分 | 設問 | ご回答 | <
^    | ^    | ^    | 対応可否 | 補足説明
1    | 鍵   | 鍵はあるか | ○ | 夜も
""")
    assert (header.top, header.bottom) == (0, 2)
    assert [c.role for c in header.columns] == ["number", "category", "requirement", "answer", "remarks"]
    assert [c.label for c in header.columns] == ["番号", "区分", "設問", "対応可否", "補足説明"]


def test_group_over_the_answers_alone_in_the_row_above() -> None:
    header = _header("""
     |      | 貴社回答欄 | <
番号 | 設問 | 可否       | 備考
1    | 鍵はあるか | ○     | 夜も
""")
    assert header.top == 0
    assert [c.role for c in header.columns] == ["number", "requirement", "answer", "remarks"]


def test_respondents_are_told_by_the_upper_level() -> None:
    header = _header("""
番号 | 設問 | サービス提供者回答欄 | < | 受託者回答欄 | <
^    | ^    | 回答 | 備考 | 回答 | 備考
1    | 鍵はあるか | ○ | 夜も | × | 予定
""")
    assert [(c.role, c.respondent) for c in header.columns[2:]] == [
        ("answer", "provider"),
        ("remarks", "provider"),
        ("answer", "contractor"),
        ("remarks", "contractor"),
    ]


def test_choices_side_by_side_are_one_answer() -> None:
    header = _header("""
番号 | 設問 | 回答 | < | < | 備考
^    | ^    | はい | いいえ | 該当なし | ^
1    | 鍵はあるか | ○ | | | 夜も
""")
    assert [(c.role, c.choice) for c in header.columns[2:]] == [
        ("choice", "はい"),
        ("choice", "いいえ"),
        ("choice", "該当なし"),
        ("remarks", None),
    ]


def test_answers_of_last_time_are_no_answers() -> None:
    columns = _columns("""
番号 | 設問 | 前回回答 | 今回回答 | 備考
1    | 鍵はあるか | × | ○ | 夜も
""")
    assert columns[2:4] == [("前回回答", "ignore"), ("今回回答", "answer")]


def test_answers_of_last_time_under_a_group() -> None:
    columns = _columns("""
番号 | 設問 | 前回 | <    | 今回 | <
^    | ^    | 回答 | 備考 | 回答 | 備考
1    | 鍵はあるか | × | 予定 | ○ | 夜も
""")
    assert [role for _, role in columns] == ["number", "requirement", "ignore", "ignore", "answer", "remarks"]


@pytest.mark.parametrize(
    ("label", "role"),
    [
        ("No.", "number"),
        ("項番", "number"),
        ("大分類", "category"),
        ("サービスレベル項目", "item"),
        ("確認事項（詳しくは別紙）", "requirement"),
        ("必須／推奨", "level"),
        ("測定単位", "unit"),
        ("ご回答\n（○×で）", "answer"),
        ("回答例", "example"),
        ("備考", "remarks"),
        ("担当部署", "ignore"),
    ],
)
def test_words_give_roles(label: str, role: str) -> None:
    drawing = (
        f"章 | 設問 | {label.replace(chr(10), chr(92) + 'n')} | 判定 | 補足\n鍵 | 鍵はあるか | 一 | ○ | 夜も"
    )
    assert (label, role) in _columns(drawing)


def test_header_over_several_narrow_columns_is_one_column() -> None:
    header = _header("""
番号 | < | 設問 | < | < | 回答 | <
1    | < | 鍵はあるか | < | < | ○ | <
""")
    assert [(c.start, c.end) for c in header.columns] == [(0, 2), (2, 5), (5, 7)]


def test_header_repeated_on_each_page_is_found_each_time() -> None:
    headers = _headers("""
番号 | 設問 | 回答
1 | 鍵はあるか | ○
番号 | 設問 | 回答
2 | 窓はあるか | ×
""")
    assert [header.top for header in headers] == [0, 2]


@pytest.mark.parametrize(
    "drawing",
    [
        "架空の安全表 | < | <\n毎晩見ること | < | <",
        "1 | 設問への回答を確認する | ○\n2 | 備考の番号を確認する | ×",
        "○ | 対応している\n× | 対応していない",
        "会社名 | 架空堂\n回答日 | 2026年6月5日",
    ],
)
def test_what_is_no_header(drawing: str) -> None:
    assert _headers(drawing) == []


@pytest.mark.parametrize("name", ["点検事項", "点検の観点", "審査基準", "診断項目", "Requirement / 要求事項"])
def test_names_of_the_question_put_together(name: str) -> None:
    columns = _columns(f"No. / 番号 | {name} | 回答\n1 | 鍵はあるか | ○")
    assert columns[:2] == [("No. / 番号", "number"), (name, "requirement")]


def test_long_texts_under_an_unknown_name_are_the_question() -> None:
    columns = _columns("""
番号 | 見どころ | 回答
1 | 鍵を毎晩かならず掛けている | ○
2 | 窓を毎晩かならず閉めている | ×
3 | 戸を毎晩かならず閉めている | ○
""")
    assert columns == [("番号", "number"), ("見どころ", "unknown"), ("回答", "answer")]


def test_short_texts_under_an_unknown_name_make_no_header() -> None:
    assert _headers("番号 | 部屋 | 回答\n1 | 鍵 | ○\n2 | 窓 | ×\n3 | 戸 | ○") == []


def test_choices_with_points_under_their_words() -> None:
    assert (
        len(
            _headers("""
番号 | 設問 | 実施している\\n4点 | 少しだけ\\n2点 | 実施していない\\n0点 | わからない\\n-1点
1 | 鍵はあるか | ○ | | |
""")
        )
        == 1
    )
