"""A letter or figure that was read alone, the shape of its ink and what stands in its column in; whether it is that out.

A dash is read as 1 where its picture is enlarged to the height of a line, a rule's rest as I or l, △ as A and ○ as 0. Where such
a character answers a question, no reader's chance outweighs what the ink looks like: a stroke that lies is no figure, a bare bar
is none either, and what has a mark for its double must be borne out by others of its kind in the column or in the legend.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from extractors.marks.classify import MarkGuess
from extractors.scan.place_chars import DARK, WordImage
from extractors.scan.recognize import ReadChar
from normalizers.text import fold
from normalizers.vocabulary import load

DASH, DASHES = "―", frozenset("-－ー―—一_‐–−")
_SURE = 0.9  # a lone character has no word that would bear it out
_NEARLY = 0.6  # enough where the same was read surely above or below it
_DASH_LOW, _DASH_FULL = 0.2, 0.6
_FLAT, _LOW = (
    2.2,
    0.3,
)  # how many times as wide as high a stroke is that lies, and of a character's height how high at most
_SHORT = 0.22  # of a character's height: a shorter one is a dot
_SLIM, _FULL = 0.36, 0.72  # the width of a bar in heights, and how much of its box is ink
_NARROW = 0.72  # width in heights of a figure: an O is wider
_ROUND = 0.86  # width in heights from which on a 0 may be a circle
_BESIDE = 1.0  # of a character's height: how far apart the middles of one column's characters lie


@dataclass(frozen=True, slots=True)
class LoneShape:
    """A piece of a page with one shape: its sides in heights of a character, and how much of its box is ink."""

    width: float
    height: float
    filled: float

    @property
    def lies(self) -> bool:
        """Whether it is a level stroke."""
        return self.height <= _LOW and self.width >= max(_SHORT, _FLAT * self.height)

    @property
    def is_dash(self) -> bool:
        """Whether it is one, whatever a reader took it for: thin, long, and full of ink."""
        return self.lies and self.height <= _DASH_LOW and self.filled >= _DASH_FULL

    @property
    def is_bar(self) -> bool:
        """Whether it is a bare upright stroke, without the flag or the foot of a 1."""
        return self.height >= 0.4 and self.width <= _SLIM * self.height and self.filled >= _FULL


def shape_of_word(word: WordImage, em: float) -> LoneShape:
    """The shape of a piece; `em` is a character's height in pixels."""
    left, top, right, bottom = word.box
    dark = int((word.picture < DARK).sum())
    area = max(1, (right - left) * (bottom - top))
    return LoneShape((right - left) / em, (bottom - top) / em, dark / area)


def in_column(words: Sequence[WordImage], texts: Sequence[str], index: int, em: float) -> frozenset[str]:
    """The short texts that stand above and below a piece of a page."""
    left, _, right, _ = words[index].box
    middle = (left + right) / 2
    return frozenset(
        text
        for number, (word, text) in enumerate(zip(words, texts, strict=True))
        if number != index and text and abs((word.box[0] + word.box[2]) / 2 - middle) <= _BESIDE * em
    )


def may_be_letter(text: str) -> bool:
    """Whether a text is one letter, figure or upright stroke, that a mark or a rule's rest may look like."""
    return len(text) == 1 and ((fold(text).isascii() and text.isalnum()) or text in _tables()["upright"])


def is_nought(text: str, shape: LoneShape, beside: Collection[str]) -> bool:
    """Whether a shape that looks like ○ may be the figure 0: it is narrow, or its column or the legend has figures.

    Where 0 says no and ○ would say yes, nothing but figures beside it tells them apart.
    """
    is_narrow = fold(text) == "0" and shape.width < _ROUND * shape.height
    return is_narrow or (fold(text) in {"0", "o"} and not set("123456789").isdisjoint(beside))


def nought_of(char: ReadChar, shape: LoneShape, guess: MarkGuess, beside: Collection[str]) -> ReadChar:
    """The figure 0 for an O among figures that is too narrow for a letter and surely no mark; else the character itself."""
    is_narrow = shape.width < _NARROW * shape.height
    is_figure = is_narrow and not guess.likeliest and not set("123456789").isdisjoint(beside)
    return replace(char, char="0") if char.char in "OoＯ" and is_figure else char


def is_sure(reading: Sequence[ReadChar]) -> bool:
    """Whether each character of a reading is sure enough to bear others out."""
    return all(char.chance >= _SURE for char in reading)


def is_letter(char: ReadChar, shape: LoneShape, guess: MarkGuess | None, beside: Collection[str]) -> bool:
    """Whether a lone letter or figure is what it was read as; `beside` are texts of its column and marks of legends."""
    tables = _tables()
    own = char.char
    if shape.lies:
        return False
    if shape.is_bar or own in tables["bars"]:
        return own in tables["numerals"] and not set(tables["numerals"][own]).isdisjoint(beside)
    if char.chance < (_NEARLY if own in beside else _SURE):
        return False
    is_doubtful = guess is not None and guess.likeliest != "" and guess.chance > 0.5
    if own in "0０":
        is_doubtful |= shape.width >= _ROUND * shape.height
    elif not own.isdigit():
        is_doubtful |= own in tables["borne_out_by"] or own in tables["marks"]
    return not is_doubtful or is_borne_out(char, beside)


def is_borne_out(char: ReadChar, beside: Collection[str]) -> bool:
    """Whether others of its kind stand beside a letter or figure that was read surely: A is no △ where B and C stand."""
    rivals = _tables()["borne_out_by"].get(char.char, "")
    return char.chance >= _SURE and not set(rivals).isdisjoint(beside)


@cache
def _tables() -> dict[str, Any]:
    return load("extractors.scan", "look_alikes.toml")
