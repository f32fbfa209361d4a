"""Comparison keys, shapes of marks and item numbers."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from normalizers.text import (
    empty_boxes,
    fold,
    is_item_number,
    is_japanese,
    leading_shape,
    plain_number,
    shape_of,
    squeeze,
    strip_end,
    ticked_boxes,
)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("ＩＳＯ　２７００１", "iso27001"),
        ("利⽤", "利用"),
        ("停⽌", "停止"),
        ("⽅法", "方法"),
        ("⻑期", "長期"),
        ("⺠間", "民間"),
        ("⻄日本", "西日本"),
        ("①", "1"),
        ("㈱", "(株)"),
        ("9:00～17:00", "9:00~17:00"),
        ("9:00〜17:00", "9:00~17:00"),
        ("ｻｰﾊﾞｰ", "サーバー"),
        ("ｶﾞｲﾄﾞ", "ガイド"),
        ("―", "-"),
        ("—", "-"),
        ("–", "-"),
        ("－", "-"),
        ("−", "-"),
        ("Yes", "yes"),
        ("ＹＥＳ", "yes"),
        ("　対 応\n済\t", "対応済"),
        ("²", "2"),
        ("", ""),
    ],
)
def test_fold_gives_one_key_to_prints_of_one_text(text: str, key: str) -> None:
    assert fold(text) == key


@pytest.mark.parametrize("circle", ["○", "◯", "〇", "◎", "●", "×", "△", "ー", "□", "■"])
def test_fold_leaves_marks_and_the_long_vowel_sign(circle: str) -> None:
    assert fold(circle) == circle


@pytest.mark.parametrize(
    ("left", "right"), [("有", "無"), ("サーバ", "サーバー"), ("未対応", "対応"), ("○", "〇")]
)
def test_fold_keeps_different_words_apart(left: str, right: str) -> None:
    assert fold(left) != fold(right)


@given(st.text(max_size=40))
@example("サーハ゛ー")
def test_fold_is_idempotent(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(
    st.lists(
        st.sampled_from(["㈱", "ﾊﾟ", "ｶﾞ", "Ａa", "ß", "ﬀ", "⻑", "⽅", *"①½～〜―－ 　\n○〇×ー二はい"])
    ).map("".join)
)
@example("㈱①½～〜ﾊﾟİßﬀ⻑")
def test_fold_is_idempotent_on_what_sheets_hold(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_fold_joins_a_spacing_voiced_mark() -> None:
    assert fold("サーハ゛ー") == fold("サーバー")


@given(st.text(max_size=40))
def test_fold_leaves_no_white_space(text: str) -> None:
    assert not any(char.isspace() for char in fold(text))


@pytest.mark.parametrize(
    ("text", "squeezed"),
    [(" 利 用\n者　㈱", "利用者㈱"), ("①～②", "①～②"), ("か\u3099", "が"), ("", "")],
)
def test_squeeze_takes_white_space_away_and_nothing_else(text: str, squeezed: str) -> None:
    assert squeeze(text) == squeezed


_SHAPES = {
    "circle": ["○", "◯", "〇", "⭕", "⭕\ufe0f", "O", "o", "Ｏ", " ○ ", "　○\n"],
    "double_circle": ["◎"],
    "filled_circle": ["●"],
    "cross": ["×", "✕", "✖", "✖\ufe0f", "☓", "✗", "✘", "❌", "x", "X", "ｘ", "Ｘ"],
    "tick": ["✓", "✔", "✔\ufe0f", "☑", "✅", "レ", "ﾚ"],
    "triangle": ["△", "▲"],
    "dash": ["―", "—", "–", "－", "-", "−", "─", "ー", "--", "――"],
}


@pytest.mark.parametrize(
    ("text", "shape"), [(text, shape) for shape, texts in _SHAPES.items() for text in texts]
)
def test_shape_of_a_mark(text: str, shape: str) -> None:
    assert shape_of(text) == shape


@pytest.mark.parametrize(
    "text", ["", " ", "□", "■", "◇", "★", "○○", "○×", "○-", "0", "有", "レン", "あ", "ok", "…"]
)
def test_no_shape(text: str) -> None:
    assert shape_of(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("○ 有", ("circle", " 有")),
        ("〇（一部）", ("circle", "（一部）")),
        ("✔\ufe0f済", ("tick", "済")),
        ("△要相談", ("triangle", "要相談")),
        ("×", ("cross", "")),
        (" ◎標準", ("double_circle", "標準")),
        ("Oracle", None),
        ("x86", None),
        ("レンタル", None),
        ("ーサ", None),
        ("-5", None),
        ("", None),
        ("  ", None),
    ],
)
def test_leading_shape(text: str, expected: tuple[str, str] | None) -> None:
    assert leading_shape(text) == expected


def test_boxes_are_known_and_a_crossed_box_is_ticked() -> None:
    assert set("□☐") <= set(empty_boxes())
    assert set("■☑☒") <= set(ticked_boxes())
    assert not set(empty_boxes()) & set(ticked_boxes())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (" 有。 ", "有"),
        ("。", ""),
        ("○．", "○"),
        ("対応済、", "対応済"),
        ("1.5", "1.5"),
        ("　", ""),
        ("（済）", "（済）"),
    ],
)
def test_strip_end(text: str, expected: str) -> None:
    assert strip_end(text) == expected


@pytest.mark.parametrize(
    ("char", "expected"),
    [
        ("あ", True),
        ("漢", True),
        ("ー", True),
        ("Ａ", True),
        ("。", True),
        ("…", True),
        ("A", False),
        ("1", False),
    ],
)
def test_is_japanese(char: str, expected: bool) -> None:
    assert is_japanese(char) is expected


@pytest.mark.parametrize(
    "text",
    [
        "1",
        "1.",
        "(1)",
        "（１）",
        "①",
        "No.1",
        "1-1",
        "1-1-1",
        "A.1.1.1",
        "A-1-1",
        "例",
        "Q1",
        "問3",
        "１２",
        "第1条",
        "ア",
        "(ア)",
        "iv",
        "一",
    ],
)
def test_item_numbers(text: str) -> None:
    assert is_item_number(text) is True


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "項番",
        "有",
        "○",
        "〇",
        "1年",
        "24時間",
        "2026年",
        "12345",
        "no",
        "99.9%",
        "9:00～17:00",
        "対応済",
        "ISO 27001の取得",
    ],
)
def test_no_item_numbers(text: str) -> None:
    assert is_item_number(text) is False


@pytest.mark.parametrize(
    ("text", "number"),
    [("1", 1), ("No.12", 12), ("(3)", 3), ("④", 4), ("１２", 12), ("5.", 5), ("no7", 7), ("007", 7)],
)
def test_plain_number(text: str, number: int) -> None:
    assert plain_number(text) == number


@pytest.mark.parametrize("text", ["1-1", "A1", "12345", "例", "", "1.2", "有", "3年"])
def test_no_plain_number(text: str) -> None:
    assert plain_number(text) is None
