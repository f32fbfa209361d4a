"""A character that stands alone is what it was read as only where its ink and its column allow it."""

from __future__ import annotations

import numpy as np
import pytest

from extractors.marks.classify import MarkGuess
from extractors.scan.lone_letters import LoneShape, in_column, is_letter, is_nought, nought_of, shape_of_word
from extractors.scan.place_chars import WordImage
from extractors.scan.recognize import ReadChar

EM = 20.0
NO_MARK = MarkGuess(None, 0.99, "")
FIGURE, BAR, STROKE = LoneShape(0.45, 0.9, 0.5), LoneShape(0.14, 0.9, 0.95), LoneShape(0.8, 0.08, 0.9)
LETTER, DISC = LoneShape(0.8, 0.9, 0.3), LoneShape(0.9, 0.95, 0.3)


def _is_letter(char: str, shape: LoneShape, guess: MarkGuess = NO_MARK, beside: str = "") -> bool:
    return is_letter(ReadChar(char, 0.98, 10.0), shape, guess, frozenset(beside))


@pytest.mark.parametrize("char", ["1", "7", "I", "l", "Y"])
def test_a_stroke_that_lies_is_no_figure_and_no_letter(char: str) -> None:
    assert STROKE.lies
    assert not _is_letter(char, STROKE, beside="123")


@pytest.mark.parametrize("char", ["1", "l", "I", "|", "！"])
def test_a_bare_bar_is_no_figure_even_among_figures(char: str) -> None:
    assert not _is_letter(char, BAR, beside="23")


def test_a_bar_is_the_roman_one_beside_the_roman_three() -> None:
    char = ReadChar("I", 0.98, 10.0)
    assert is_letter(char, BAR, NO_MARK, {"III"})
    assert not is_letter(char, BAR, NO_MARK, {"○", "×"})


@pytest.mark.parametrize(
    ("char", "shape", "guess", "beside", "is_one"),
    [
        ("1", FIGURE, NO_MARK, "", True),
        ("1", FIGURE, MarkGuess(None, 0.7, "／"), "", False),
        ("1", FIGURE, MarkGuess(None, 0.7, "／"), "23", True),
        ("0", DISC, NO_MARK, "", False),
        ("0", DISC, NO_MARK, "1", True),
        ("A", LETTER, NO_MARK, "", False),
        ("A", LETTER, NO_MARK, "BC", True),
        ("Y", LETTER, NO_MARK, "", True),
        ("O", DISC, NO_MARK, "ABC", False),
        ("x", LETTER, NO_MARK, "ABC", False),
    ],
)
def test_the_double_of_a_mark_must_be_borne_out(
    char: str, shape: LoneShape, guess: MarkGuess, beside: str, is_one: bool
) -> None:
    assert _is_letter(char, shape, guess, beside) is is_one


def test_a_character_read_with_a_doubt_is_none() -> None:
    assert not is_letter(ReadChar("2", 0.8, 10.0), FIGURE, NO_MARK, {"1", "3"})


def test_a_narrow_o_among_figures_is_a_nought() -> None:
    char = ReadChar("O", 0.97, 10.0)
    assert nought_of(char, FIGURE, NO_MARK, {"1"}).char == "0"
    assert nought_of(char, DISC, NO_MARK, {"1"}).char == "O"
    assert nought_of(char, FIGURE, NO_MARK, {"×"}).char == "O"
    assert nought_of(char, FIGURE, MarkGuess(None, 0.6, "○"), {"1"}).char == "O"


def test_the_same_character_read_surely_beside_it_bears_one_out() -> None:
    char = ReadChar("1", 0.7, 10.0)
    assert is_letter(char, FIGURE, NO_MARK, {"1"})
    assert not is_letter(char, FIGURE, NO_MARK, {"2"})
    assert not is_letter(char, BAR, NO_MARK, {"1"})


def test_a_circle_among_figures_may_be_a_nought() -> None:
    assert is_nought("0", DISC, {"1", "2"})
    assert is_nought("O", DISC, {"1", "2"})
    assert not is_nought("0", DISC, {"×", "△", "0"})


def test_the_shape_and_the_column_of_a_piece() -> None:
    words = [_word(100, top, 116, top + 2) for top in (40, 80, 120)] + [_word(300, 40, 310, 58)]
    assert shape_of_word(words[0], EM).is_dash
    assert not shape_of_word(words[3], EM).lies
    assert in_column(words, ["―", "1", "", "9"], 0, EM) == {"1"}


def _word(left: int, top: int, right: int, bottom: int) -> WordImage:
    picture = np.full((bottom - top + 4, right - left + 4), 255, np.uint8)
    picture[2:-2, 2:-2] = 0
    return WordImage(picture, (left, top, right, bottom), True, alone=True)
