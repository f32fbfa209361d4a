"""Heading rows: their styles and the stack that they make."""

from __future__ import annotations

import pytest

from extractors.checklist.terms.headings import Headings, is_note, is_total, style_of


@pytest.mark.parametrize(
    ("text", "style"),
    [
        ("第2章 鍵", "chapter"),
        ("Ⅲ．鍵", "roman"),
        ("A. 鍵", "letter"),
        ("1. 鍵", "number"),
        ("２　鍵", "number"),
        ("■鍵", "square"),
        ("◆鍵について", "diamond"),
        ("【鍵】", "bracket"),
        ("1.2 鍵", "dotted"),
        ("3-1 鍵", "dotted"),
        ("(1) 鍵", "paren"),
        ("（二）鍵", "paren"),
        ("③鍵", "circled"),
        ("・鍵", "bullet"),
        ("鍵の章", "plain"),
    ],
)
def test_styles(text: str, style: str) -> None:
    assert style_of(text) == style


def _after(*texts: str | None) -> tuple[str, ...]:
    headings = Headings()
    for text in texts:
        headings = headings.settled() if text is None else headings.push(text)
    return headings.texts


def test_headings_one_after_the_other_nest() -> None:
    assert _after("第1章 建物", "(1) 入口", "・鍵") == ("第1章 建物", "(1) 入口", "・鍵")


def test_same_style_takes_the_place_of_the_last() -> None:
    assert _after("■建物", "(1) 入口", None, "(2) 窓") == ("■建物", "(2) 窓")
    assert _after("■建物", "(1) 入口", None, "■庭") == ("■庭",)


def test_outer_style_after_items_closes_inner_ones() -> None:
    assert _after("(1) 入口", None, "◆庭について") == ("◆庭について",)


def test_inner_style_after_items_nests() -> None:
    assert _after("◆庭について", None, "(1) 垣根") == ("◆庭について", "(1) 垣根")


def test_texts_are_stripped_and_otherwise_as_printed() -> None:
    assert _after("　① ㈱架空堂の庭 ") == ("① ㈱架空堂の庭",)


def test_items_settle_without_a_change_of_headings() -> None:
    headings = Headings().push("■建物")
    assert headings.fresh
    assert not headings.settled().fresh
    assert headings.settled().texts == ("■建物",)


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("※No.3～5は夜だけ", True),
        ("注）夜だけ", True),
        ("＊夜だけ", True),
        ("◆夜について", False),
        ("夜※", False),
    ],
)
def test_notes(text: str, note: bool) -> None:
    assert is_note(text) is note


@pytest.mark.parametrize(
    ("text", "others", "total"),
    [
        ("合計", ["12"], True),
        ("小計：", [], True),
        ("○の数", ["12", "3"], True),
        ("○の数", ["鍵はあるか", "○"], False),
        ("合計額の計算方法を定めているか", ["○"], False),
        ("鍵", ["3"], False),
        ("設計", ["図面を残しているか", "○"], False),
        ("時計", [], False),
    ],
)
def test_totals(text: str, others: list[str], total: bool) -> None:
    assert is_total(text, others) is total
