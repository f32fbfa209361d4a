"""Colours by their names, what lines say they mean, and marks that stand in several colours."""

from __future__ import annotations

import pytest

from normalizers.responses.colour_legend import (
    colour_meanings,
    colour_name,
    is_colour_coded,
    texts_in_several_colours,
)


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("font:FF0000", "red"), ("fill:FF7C80", "red"), ("font:0000FF", "blue"), ("fill:92D050", "green"),
        ("fill:FFFF66", "yellow"), ("fill:FFC000", "orange"), ("fill:7030A0", "purple"), ("fill:BFBFBF", "grey"),
        ("font:000000", None), ("fill:FFFFFF", None), (None, None), ("fill:theme5", "theme5"),
    ],
)  # fmt: skip
def test_names(code: str | None, name: str | None) -> None:
    assert colour_name(code) == name


@pytest.mark.parametrize(
    ("note", "meanings"),
    [
        ("赤字は未対応、青字は対応済みです。", {"red": "no", "blue": "yes"}),
        ("緑：対応　赤：未対応　黄：一部対応", {"green": "yes", "red": "no", "yellow": "partial"}),
        ("灰色の欄は対象外", {"grey": "not_applicable"}),
        ("赤いものを見る", {}),
    ],
)
def test_meanings_of_lines(note: str, meanings: dict[str, str]) -> None:
    assert colour_meanings([note]) == meanings


def test_a_mark_in_one_colour_tells_nothing_by_it() -> None:
    assert (
        texts_in_several_colours([("○", "font:FF0000"), ("○", "font:FF0000"), ("×", "font:0000FF")]) == set()
    )
    assert texts_in_several_colours([("○", "font:FF0000"), ("○", None), ("×", "font:0000FF")]) == {"○"}


@pytest.mark.parametrize(
    ("text", "coloured"),
    [
        ("※○のうち赤字は未対応、青字は対応済みです。", True),
        ("点検結果（色で表示）", True),
        ("灰色：検討中", True),
        ("黄色のセルに記入してください。", False),
        ("※灰色の欄は回答不要です。", False),
        ("赤字は必須項目", False),
    ],
)
def test_notes_that_tell_answers_by_colour(text: str, coloured: bool) -> None:
    assert is_colour_coded([text]) is coloured


@pytest.mark.parametrize(
    ("notes", "meanings"),
    [
        (["赤字は未対応、緑のセルは対応済み"], {"green": "yes"}),
        (["灰色の欄は回答不要です。"], {"grey": "not_applicable"}),
        (["黄色：対応", "黄色のセル：未対応"], {"yellow": "unclear"}),
        (["黄色のセルに記入"], {}),
    ],
)
def test_meanings_of_grounds(notes: list[str], meanings: dict[str, str]) -> None:
    assert colour_meanings(notes, ground=True) == meanings
