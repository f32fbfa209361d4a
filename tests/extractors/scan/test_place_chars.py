"""Ink of a line and the characters read on it: what has ink and no character is told."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from extractors.scan.place_chars import WordImage, fill_gaps, place_chars
from extractors.scan.recognize import ReadChar

SIZE = 20


def _word(inked: str) -> WordImage:
    """A line of squares of ink, one a character of `inked`; a space has none."""
    picture = np.full((SIZE + 4, SIZE * len(inked) + 4), 255, np.uint8)
    for number, char in enumerate(inked):
        if char != " ":
            picture[2:-2, 3 + number * SIZE : 1 + (number + 1) * SIZE] = 0
    return WordImage(picture, (100, 50, 100 + SIZE * len(inked), 50 + SIZE), True)


def _reading(text: str, *places: int) -> list[ReadChar]:
    return [ReadChar(char, 0.9, 2 + SIZE * (place + 0.5)) for char, place in zip(text, places, strict=True)]


@pytest.mark.parametrize(
    ("inked", "reading", "text"),
    [
        ("未対応", _reading("未対応", 0, 1, 2), "未対応"),
        ("未対応", _reading("対応", 1, 2), "〓対応"),
        ("対応不可", _reading("対応可", 0, 1, 3), "対応〓可"),
        ("対応済未", _reading("対応済", 0, 1, 2), "対応済〓"),
        ("有 無", _reading("有無", 0, 2), "有無"),
        ("    ", _reading("有", 1), "有"),
    ],
)
def test_left_out_character_is_told(inked: str, reading: list[ReadChar], text: str) -> None:
    assert "".join(char.char for char in fill_gaps(_word(inked), reading, SIZE)) == text


def test_nothing_read_stays_nothing() -> None:
    assert fill_gaps(_word("未対応"), [], SIZE) == []


def test_boxes_stand_over_their_ink_and_not_over_each_other() -> None:
    placed = place_chars(_word("鍵の棚"), _reading("鍵の棚", 0, 1, 2), SIZE)
    assert [char.char for char in placed] == ["鍵", "の", "棚"]
    for number, char in enumerate(placed):
        middle = (char.box[0] + char.box[2]) / 2
        assert middle == pytest.approx(100 + SIZE * (number + 0.5), abs=2)
        assert (char.box[1], char.box[3]) == (50, 50 + SIZE)
    assert all(a.box[2] <= b.box[0] + 0.01 for a, b in pairwise(placed))
