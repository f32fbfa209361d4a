"""Characters of a line and its picture in, the characters with their boxes out; ink that none of them stands on is 〓.

The reader of characters leaves one out now and then. Where 「未対応」 is read as 「対応」, the 未 is still there as ink.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from extractors.scan.recognize import ReadChar
from normalizers.text import UNREAD, is_japanese

Gray = NDArray[np.uint8]
PixelBox = tuple[int, int, int, int]
DARK = 160
_WIDE, _NARROW = 0.5, 0.27  # of the size: half the width of a character, and of a letter or figure
_LEFT_OUT = 0.62  # of the size: so wide a stretch of ink without a character is one that was left out
_LINE = 0.6  # of a character's height: lower pieces say nothing of where their line stands
_LOW, _HIGH = 0.3, 0.68  # between which parts of a line's height its middle lies
_GAP = 1.6  # of the size: middles farther apart have a gap between them
_FEW_STEPS = 3
_INKED = 0.6  # share of its columns that hold ink


@dataclass(frozen=True, slots=True)
class WordImage:
    """A picture of a line, its place on the page in pixels, whether in a cell, and alone there.

    `mark` is what a drawn box says: there is nothing to read in it then. `pad` are pixels of ground round the line.
    """

    picture: Gray
    box: PixelBox
    in_cell: bool
    alone: bool = False
    mark: str = ""
    pad: int = 2


@dataclass(frozen=True, slots=True)
class PlacedChar:
    """A character with its box in pixels of the page."""

    char: str
    box: tuple[float, float, float, float]
    chance: float


def is_amid(words: Sequence[WordImage], index: int, em: float) -> bool:
    """Whether a piece stands at the middle height of a line beside it, and under no line that it could be the end of.

    A full stop that wrapped alone stands low, and under the text that it ends.
    """
    left, top, _, bottom = words[index].box
    middle = (top + bottom) / 2
    beside = above = False
    for number, word in enumerate(words):
        if number == index:
            continue
        box = word.box
        high = box[3] - box[1]
        beside |= high >= _LINE * em and _LOW <= (middle - box[1]) / high <= _HIGH
        above |= abs(box[0] - left) <= em and 0 <= top - box[3] <= 1.2 * em and box[2] - box[0] > 2 * em
    return beside and not above


def line_size(word: WordImage, em: float) -> float:
    """The size of a line's writing in pixels, by its height; `em` is that of most of the page."""
    height = word.box[3] - word.box[1]
    return float(min(max(1.05 * height, 0.8 * em), max(1.25 * em, 1.05 * height)))


def place_chars(word: WordImage, reading: Sequence[ReadChar], em: float) -> tuple[PlacedChar, ...]:
    """The characters with their boxes: each as wide as its kind, no further than half way to its neighbours.

    At a gap a box ends where its ink does, so that 「対応」 and 「備考」 behind it are as far apart as they are printed.
    """
    left, top, right, bottom = (float(edge) for edge in word.box)
    size = _advance(reading) or line_size(word, em)
    inked = np.flatnonzero((word.picture < DARK).any(axis=0)) - word.pad + left
    middles = [min(max(left + char.x - word.pad, left), right) for char in reading]
    chars = []
    for index, (char, x) in enumerate(zip(reading, middles, strict=True)):
        half = size * _half(char.char)
        before = (middles[index - 1] + x) / 2 if index else left - 1
        after = (x + middles[index + 1]) / 2 if index + 1 < len(middles) else right + 1
        start, end = max(x - half, before), min(x + half, after)
        own = inked[(inked >= start) & (inked <= end)]
        if len(own) and index and x - middles[index - 1] > _GAP * size:
            start = float(own[0])
        if len(own) and index + 1 < len(middles) and middles[index + 1] - x > _GAP * size:
            end = float(own[-1]) + 1
        chars.append(PlacedChar(char.char, (start, top, end, bottom), char.chance))
    return tuple(chars)


def _advance(reading: Sequence[ReadChar]) -> float | None:
    """By how much a line goes on with each kana or kanji, which all are as wide as high; None where it has too few."""
    steps = [
        after.x - before.x
        for before, after in pairwise(reading)
        if is_japanese(before.char) and is_japanese(after.char)
    ]
    return float(np.median(steps)) if len(steps) >= _FEW_STEPS else None


def fill_gaps(word: WordImage, reading: Sequence[ReadChar], em: float) -> list[ReadChar]:
    """The characters of a line with 〓 where ink of the width of a character has none."""
    if not reading:
        return []
    size = _advance(reading) or line_size(word, em)
    dark = np.asarray((word.picture < DARK).any(axis=0))
    inked = np.flatnonzero(dark)
    if not len(inked):
        return list(reading)
    edges = [(float(inked[0]), float(inked[0]))]
    edges += [(char.x - size * _half(char.char), char.x + size * _half(char.char)) for char in reading]
    edges.append((float(inked[-1]) + 1, float(inked[-1]) + 1))
    filled: list[ReadChar] = []
    for index in range(1, len(edges)):
        start, end = edges[index - 1][1], edges[index][0]
        if end - start >= _LEFT_OUT * size and dark[max(0, round(start)) : round(end)].mean() >= _INKED:
            filled.append(ReadChar(UNREAD, 0.2, (start + end) / 2))
        if index <= len(reading):
            filled.append(reading[index - 1])
    return filled


def _half(char: str) -> float:
    return _NARROW if char.isascii() else _WIDE
