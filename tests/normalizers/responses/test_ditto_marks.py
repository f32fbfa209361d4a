"""Cells that repeat another row, and those that only look like it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizers.responses.ditto_marks import Ditto, ditto_of, number_key


@pytest.mark.parametrize(
    "text", ["〃", " 〃 ", "同上", "同上。", "々", "上記と同じ", "上に同じ", "前項に同じ", "〃\n"]
)
def test_the_row_above(text: str) -> None:
    assert ditto_of(text) == Ditto()


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("No.3と同じ", "3"),
        ("Ｎｏ．３に同じ", "3"),
        ("№12と同様", "12"),
        ("上記No.9の回答のとおり", "9"),
        ("項番5参照", "5"),
        ("問2-1と同じです", "2-1"),
        ("(4)と同じ", "4"),
        ("A-3に同じ", "a-3"),
        ("設問7をご参照ください", "7"),
        ("1.2と同様", "1.2"),
    ],
)
def test_the_row_of_a_number(text: str, number: str) -> None:
    assert ditto_of(text) == Ditto(number)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "○",
        "別紙1参照",
        "3",
        "5.1参照",
        "ISO27001に準ずる",
        "同上（夜間を除く）",
        "同じ建物の2階",
        "24時間365日",
        "規程第3条のとおり",
    ],
)
def test_what_says_something_of_its_own(text: str) -> None:
    assert ditto_of(text) is None


@pytest.mark.parametrize("number", ["3", "３", "No.3", "(3)", "3.", "3)", "Q3"])
def test_prints_of_one_number(number: str) -> None:
    assert number_key(number) == "3"


@given(st.text(max_size=60))
def test_any_text_is_read(text: str) -> None:
    found = ditto_of(text)
    assert found is None or text.strip()
