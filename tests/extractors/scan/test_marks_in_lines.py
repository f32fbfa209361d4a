"""Marks within lines of a scan, small marks that stand apart, and look-alikes at the ends of wrapped lines."""

from __future__ import annotations

import numpy as np
import pytest

from extractors.marks.classify import MarkGuess
from extractors.scan.marks_in_lines import apply_marks, mark_places
from extractors.scan.neighbours import settle_wrapped
from extractors.scan.place_chars import WordImage, is_amid, place_chars
from extractors.scan.recognize import ReadChar

EM = 20.0


def _read(text: str) -> list[ReadChar]:
    return [ReadChar(char, 0.9, EM * (number + 0.5)) for number, char in enumerate(text)]


def _word(left: int, top: int, right: int, bottom: int) -> WordImage:
    picture = np.full((bottom - top + 4, right - left + 4), 255, np.uint8)
    picture[2:-2, 2:-2] = 0
    return WordImage(picture, (left, top, right, bottom), False)


@pytest.mark.parametrize(
    ("text", "guess", "result"),
    [
        ("O：満たす", MarkGuess("○", 0.995, "○"), "○：満たす"),
        ("〓：満たす", MarkGuess("◎", 0.995, "◎"), "◎：満たす"),
        ("O：満たす", MarkGuess(None, 0.7, "○"), "〓：満たす"),
        ("O：満たす", MarkGuess(None, 0.99, ""), "〓：満たす"),
        ("口はい", MarkGuess(None, 0.6, "□"), "〓はい"),
        ("口座を分ける", MarkGuess(None, 0.99, ""), "口座を分ける"),
    ],
)
def test_the_first_of_a_line_is_a_mark_or_is_not_read(text: str, guess: MarkGuess, result: str) -> None:
    reading = _read(text)
    assert mark_places(reading) == [0]
    assert "".join(char.char for char in apply_marks(reading, {0: guess})) == result


def test_a_letter_before_a_colon_within_a_line_is_not_taken_for_one() -> None:
    reading = _read("◎：満たす O：有償")
    place = 6
    assert place in mark_places(reading)
    read = apply_marks(reading, {place: MarkGuess(None, 0.5, "○")})
    assert "".join(char.char for char in read) == "◎：満たす 〓：有償"


LINE = _word(100, 100, 300, 120)


@pytest.mark.parametrize(
    ("piece", "apart"),
    [
        (_word(340, 106, 348, 114), True),
        (_word(340, 113, 348, 121), False),
        (_word(340, 306, 348, 314), False),
        (_word(100, 126, 108, 134), False),
    ],
    ids=["at the middle", "low as a stop", "beside nothing", "under its text"],
)
def test_a_small_piece_at_the_middle_of_a_line_is_no_full_stop(piece: WordImage, apart: bool) -> None:
    assert is_amid([LINE, piece, _word(340, 60, 380, 80)], 1, EM) is apart


@pytest.mark.parametrize(
    ("above", "below", "result"),
    [
        ("有料のオプシ", "ヨン", ("有料のオプシ", "ョン")),
        ("鍵のデー", "夕・窓", ("鍵のデー", "タ・窓")),
        ("帳簿の保管才", "プション", ("帳簿の保管オ", "プション")),
        ("窓を見る", "夕方の当番", ("窓を見る", "夕方の当番")),
    ],
)
def test_what_wraps_is_told_by_the_line_before(above: str, below: str, result: tuple[str, str]) -> None:
    boxes = [(100, 100, 240, 120), (100, 124, 200, 144)]
    lines = settle_wrapped(boxes, [_read(above), _read(below)], EM)
    assert tuple("".join(char.char for char in line) for line in lines) == result


def test_names_are_as_far_apart_as_their_ink() -> None:
    picture = np.full((24, 124), 255, np.uint8)
    picture[2:22, 4:40] = picture[2:22, 66:102] = 0
    reading = [ReadChar(char, 0.9, x) for char, x in zip("可否備考", (12.0, 32.0, 74.0, 94.0), strict=True)]
    placed = place_chars(WordImage(picture, (0, 0, 120, 20), False), reading, EM)
    assert placed[2].box[0] - placed[1].box[2] == pytest.approx(26, abs=1)
