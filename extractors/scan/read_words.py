"""Pictures of lines and lone shapes of a page in, their characters out.

A lone shape is a mark where the classifier is sure; where it
may be a mark and is not sure it is 〓, never the letter that it looks like. Short texts are read twice, at two scales: what the
readings do not agree on is 〓 too, for 「未実施」 was read 「天実施」.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from extractors.marks.alike import classify_alike
from extractors.marks.classify import MarkGuess
from extractors.scan.lone_letters import (
    DASH,
    DASHES,
    in_column,
    is_letter,
    is_nought,
    is_sure,
    may_be_letter,
    nought_of,
    shape_of_word,
)
from extractors.scan.marks_in_lines import (
    MARK_LIKE,
    agreed_mark,
    apply_marks,
    crop_around,
    legend_letters,
    mark_places,
    stands_for_mark,
)
from extractors.scan.neighbours import settle_by_neighbours, settle_wrapped
from extractors.scan.place_chars import (
    DARK,
    PlacedChar,
    WordImage,
    fill_gaps,
    is_amid,
    line_size,
    place_chars,
)
from extractors.scan.recognize import ReadChar, read_lines
from normalizers.text import UNREAD

Gray = NDArray[np.uint8]
_SHORT = 14  # characters of a piece that is read twice
_NEGATES = frozenset("未不無非否可有済適合要")
_SURE, _UNSURE = 0.97, 0.75
_DOUBTFUL = 0.35  # the chance of a character below which it is as good as any other
_SMALLER = 0.78  # scale of the second reading
_SMALL = 0.45  # of a character's height: a lone shape no larger is a full stop that wrapped alone, or dirt
_SMALL_MARK = 0.5  # by which a mark that stands apart may be smaller than one in a line
_STOPS = {"。": "。", "o": "。", "O": "。", "0": "。", "○": "。", "〇": "。", "・": "・", "、": "、"}
_WHOLE = -1  # the place of a shape that is its whole line


@dataclass(frozen=True, slots=True)
class ReadLine:
    """A line's characters, and the size of its writing in pixels."""

    chars: tuple[PlacedChar, ...]
    size: float


def read_words(words: Sequence[WordImage], em: float) -> list[ReadLine]:
    """What each picture says, in the same order; `em` is the height of most characters of the page."""
    readings = settle_wrapped([word.box for word in words], _readings(words), em)
    filled = [fill_gaps(word, reading, em) for word, reading in zip(words, readings, strict=True)]
    apart = {number for number, word in enumerate(words) if word.alone or is_amid(words, number, em)}
    guesses = _guess_shapes(words, filled, em, apart)
    texts = [_text(reading) if is_sure(reading) else "" for reading in readings]
    letters = legend_letters(filled)
    lines = []
    for number, (word, reading) in enumerate(zip(words, readings, strict=True)):
        guess = guesses.get((number, _WHOLE))
        if word.mark:
            lines.append(_single_line(word, word.mark, 0.99, word.box[3] - word.box[1]))
            continue
        beside = letters | in_column(words, texts, number, em) if guess is not None else letters
        lone = guess and _lone_char(guess, reading, word, em, _Standing(number in apart, beside))
        if lone:
            lines.append(_single_line(word, *lone, em))
        else:
            chars = filled[number]
            marks = {place: guesses[number, place] for place in mark_places(chars)}
            settled = apply_marks(chars, marks, letters)
            lines.append(ReadLine(place_chars(word, settled, em), line_size(word, em)))
    return lines


def _guess_shapes(
    words: Sequence[WordImage], readings: Sequence[Sequence[ReadChar]], em: float, apart: Container[int]
) -> dict[tuple[int, int], MarkGuess]:
    """What marks all shapes of a page are, by the number of their line and place in it, `_WHOLE` for a line of one shape.

    `apart` are the lines of one shape where no full stop can stand, so that a small one is a mark, too.

    They are looked at together: the small ○ of the legend is told by the sure ones of the answers.
    """
    crops: dict[tuple[int, int], Gray] = {}
    heights: list[float] = []
    for number, (word, reading) in enumerate(zip(words, readings, strict=True)):
        if not word.mark and _is_lone(word, em):
            crops[number, _WHOLE] = word.picture
            heights.append(em * (_SMALL_MARK if number in apart else 1.0))
        for place in mark_places(reading):
            crops[number, place] = crop_around(word, reading[place].x, em)
            share = _SMALL_MARK if stands_for_mark(reading, place) else 1.0
            heights.append(share * min(em, word.box[3] - word.box[1]))
    return dict(zip(crops, classify_alike(list(crops.values()), heights), strict=True))


def _is_lone(word: WordImage, em: float) -> bool:
    """Whether a piece may be a mark: one shape about as large as a character, or alone in its cell a larger one."""
    width, height = word.box[2] - word.box[0], word.box[3] - word.box[1]
    if max(width, height) < 0.28 * em:
        return False
    most = 4.0 * em if word.alone else 1.7 * em
    return height <= most and width <= (most if height > 0.3 * em else 3.2 * em)


def _single_line(word: WordImage, char: str, chance: float, size: float) -> ReadLine:
    left, top, right, bottom = (float(edge) for edge in word.box)
    middle, high = (top + bottom) / 2, max(bottom - top, 0.8 * size)
    return ReadLine((PlacedChar(char, (left, middle - high / 2, right, middle + high / 2), chance),), size)


@dataclass(frozen=True, slots=True)
class _Standing:
    """Whether a lone shape stands where no full stop can, and the texts of its column and of legends."""

    apart: bool
    beside: frozenset[str]


def _lone_char(
    guess: MarkGuess, reading: Sequence[ReadChar], word: WordImage, em: float, standing: _Standing
) -> tuple[str, float] | None:
    """The character of a lone shape and its chance; None where it is read as text.

    A mark must be sure; what could be one and is not sure is 〓. A small shape that stands apart is no full stop: some fonts
    have a × half as high as their kanji, and an answer must not be lost as a blank.
    """
    text = _text(reading)
    shape = shape_of_word(word, em)
    is_small = max(shape.width, shape.height) < _SMALL
    if shape.lies and len(text) <= 1 and (standing.apart or not is_small):
        return (DASH, 0.99) if shape.is_dash or text in DASHES else (UNREAD, 0.3)
    mark = guess.mark or agreed_mark(guess, text)
    if is_small:
        small = (mark, guess.chance) if mark else (UNREAD, 0.3)
        return small if standing.apart else (_STOPS.get(text, " "), 0.5)
    if mark and not (mark == "○" and is_nought(text, shape, standing.beside)):
        return (mark, guess.chance) if len(text) <= 1 or word.alone else None
    if not text:
        return (UNREAD, 0.2) if _is_inked(word, em) else (" ", 0.0)
    if may_be_letter(text):
        own = nought_of(reading[0], shape, guess, standing.beside)
        return (own.char, own.chance) if is_letter(own, shape, guess, standing.beside) else (UNREAD, 0.3)
    return (UNREAD, 0.3) if _may_be_mark(guess, text, reading[0].chance) else None


def _text(reading: Sequence[ReadChar]) -> str:
    return "".join(char.char for char in reading).strip()


def _may_be_mark(guess: MarkGuess, text: str, chance: float) -> bool:
    """Whether a shape that is not surely a mark may be one, whatever the reader of characters says it is."""
    if len(text) > 1:
        return len(text) == 2 and bool(guess.likeliest) and guess.chance > 0.5
    return text in MARK_LIKE or (bool(guess.likeliest) and guess.chance > 0.5 and chance < _SURE)


def _is_inked(word: WordImage, em: float) -> bool:
    """Whether a shape is more than a smear: half as high as a character, and with some ink."""
    height = word.box[3] - word.box[1]
    return height >= 0.5 * em and (word.picture < DARK).sum() >= 0.1 * em * height


def _readings(words: Sequence[WordImage]) -> list[tuple[ReadChar, ...]]:
    """What the reader of characters says of each line; of short ones only what two readings agree on."""
    texts = [index for index, word in enumerate(words) if not word.mark]
    readings: list[tuple[ReadChar, ...]] = [()] * len(words)
    for index, reading in zip(texts, _read([words[index].picture for index in texts]), strict=True):
        readings[index] = tuple(replace(c, char=UNREAD) if c.chance < _DOUBTFUL else c for c in reading)
    again = [index for index in texts if words[index].in_cell and 0 < len(readings[index]) <= _SHORT]
    second = _read([_smaller(words[index].picture) for index in again])
    for index, reading in zip(again, second, strict=True):
        readings[index] = agreed(readings[index], reading)
    return readings


def _read(pictures: Sequence[Gray]) -> list[tuple[ReadChar, ...]]:
    """What pictures of lines say, look-alikes told apart by what stands beside them."""
    return [settle_by_neighbours(reading) for reading in read_lines(pictures)]


def _smaller(picture: Gray) -> Gray:
    """The line at another scale, with more ground around it."""
    height, width = picture.shape
    high, wide = round(height / _SMALLER), width + height // 3
    page = np.full((high, wide), 255, np.uint8)
    top, left = (high - height) // 2, height // 6
    page[top : top + height, left : left + width] = picture
    softer = Image.fromarray(page).resize(
        (max(1, round(wide * 0.9)), max(1, round(high * 0.9))), Image.Resampling.BILINEAR
    )
    return np.asarray(softer)


def agreed(first: Sequence[ReadChar], second: Sequence[ReadChar]) -> tuple[ReadChar, ...]:
    """The characters that two readings of a line agree on; what they differ in is 〓, unless one is sure and the other not."""
    first_text, second_text = "".join(char.char for char in first), "".join(char.char for char in second)
    if first_text == second_text:
        return tuple(replace(a, chance=max(a.chance, b.chance)) for a, b in zip(first, second, strict=True))
    result: list[ReadChar] = []
    for kind, a, b, c, d in SequenceMatcher(None, first_text, second_text, autojunk=False).get_opcodes():
        if kind == "equal":
            result += first[a:b]
        else:
            result += _settled(first[a:b], second[c:d], first, a)
    return tuple(result)


def _settled(
    kept: Sequence[ReadChar], rival: Sequence[ReadChar], line: Sequence[ReadChar], start: int
) -> list[ReadChar]:
    """What stands where two readings differ."""
    if not "".join(char.char for char in (*kept, *rival)).strip():
        return list(kept)
    negates = any(char.char in _NEGATES for char in (*kept, *rival))
    weak = max((char.chance for char in rival), default=0.0)
    if kept and not negates and min(char.chance for char in kept) >= _SURE and weak < _UNSURE:
        return list(kept)
    x = kept[0].x if kept else line[start - 1].x + 1 if start else 0.0
    return [ReadChar(UNREAD, 0.3, x)]
