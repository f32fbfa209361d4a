"""The characters of a line that may be marks, told by their shapes: of 「O：対応」 the first is ○, of 「口はい」 a box.

The reader of characters knows few marks and takes them for letters; the classifier of marks looks at their ink.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from extractors.marks.classify import MarkGuess
from extractors.scan.lone_letters import DASH, DASHES, is_borne_out
from extractors.scan.place_chars import DARK, WordImage
from extractors.scan.recognize import ReadChar
from normalizers.text import UNREAD

Gray = NDArray[np.uint8]
# Characters that marks are taken for, and the other way round.
MARK_LIKE = frozenset("OoO0〇○◯QDC@@◎●×xXχメ×△▲A∆Δムレv√V✓丶ノ／/一ー―-－—_□ロ口■回")
_LETTER_LIKE = frozenset("OoxXvVA0QDC")
_INLINE = frozenset("○◎●×△▲✓")
_BOX_LIKE, _BOXES = frozenset("口ロ回□"), frozenset("□■☑☒")
_MAYBE_BOX = 0.3  # the chance from which on 口 at the start of a text may be a box before a choice
_EXPLAINS = frozenset(":：=＝…")
# What the reader of characters takes marks for. Where it does and the classifier says the same at 0.9, two that err in other
# ways agree: of 5,056 marks held out the classifier alone is wrong there in 0.45 %.
_LOOKS = {
    "○": "○〇◯Oo0Q", "◎": "◎", "×": "×xXχメ", "△": "△A∆Δ", "▲": "▲", "✓": "✓√レVv", "□": "□口ロ", "―": "一ー―-－—",
    "／": "／/ノ",
}  # fmt: skip
_NEARLY = 0.9


def mark_places(reading: Sequence[ReadChar]) -> list[int]:
    """The characters of a line that may be marks; one that could not be read may be, for the reader knows few of them."""
    return [
        i
        for i, char in enumerate(reading)
        if (char.char in MARK_LIKE or char.char == UNREAD) and not _in_word(reading, i)
    ]


def crop_around(word: WordImage, x: float, em: float) -> Gray:
    """The picture of the shape at a place of a line: from gap to gap."""
    dark: NDArray[np.bool_] = np.asarray((word.picture < DARK).any(axis=0))
    middle = min(max(int(x), 0), len(dark) - 1)
    near = [
        i
        for i in range(max(0, middle - round(0.4 * em)), min(len(dark), middle + round(0.4 * em)))
        if dark[i]
    ]
    if not near:
        return word.picture[:, :1]
    centre = min(near, key=lambda i: abs(i - middle))
    left, right = centre, centre
    while left > 0 and dark[left - 1] and right - left < 1.3 * em:
        left -= 1
    while right < len(dark) - 1 and dark[right + 1] and right - left < 1.3 * em:
        right += 1
    crop = np.full((word.picture.shape[0], right - left + 5), 255, np.uint8)
    crop[:, 2:-2] = word.picture[:, left : right + 1]
    return crop


def agreed_mark(guess: MarkGuess, text: str) -> str | None:
    """The mark that is nearly sure by its shape, where the reader of characters saw a character that looks like it."""
    return (
        guess.likeliest
        if guess.chance >= _NEARLY and text and text in _LOOKS.get(guess.likeliest, "")
        else None
    )


def legend_letters(lines: Sequence[Sequence[ReadChar]]) -> frozenset[str]:
    """The letters and figures that entries of legends begin with: of 「A：満たす　B：一部」 A and B."""
    return frozenset(
        line[index].char
        for line in lines
        for index in range(len(line) - 1)
        if line[index + 1].char in _EXPLAINS and line[index].char.isascii() and stands_for_mark(line, index)
    )


def apply_marks(
    reading: Sequence[ReadChar], guesses: Mapping[int, MarkGuess], letters: Collection[str] = ()
) -> list[ReadChar]:
    """The characters of a line, marks among them read by their shape: of 「O：対応」 the first is ○.

    What explains a mark must not be taken for a letter: an entry whose mark is not sure is 〓, unless others of `letters` (what
    entries of legends begin with) bear its letter out. A stroke before a colon is a dash, and no numeral.
    """
    result = list(reading)
    for index, guess in guesses.items():
        mark = guess.mark or agreed_mark(guess, reading[index].char)
        if mark in _INLINE:
            result[index] = replace(result[index], char=str(mark), chance=guess.chance)
        elif _may_be_box(reading[index], guess) or (
            reading[index].char in _LETTER_LIKE | set("〇○◎×△▲")
            and stands_for_mark(reading, index)
            and not (guess.likeliest == "" and is_borne_out(reading[index], letters))
        ):
            result[index] = replace(result[index], char=UNREAD, chance=0.3)
    for index in range(len(result) - 1):
        if result[index].char in DASHES and stands_for_mark(result, index) and _explains(result, index):
            result[index] = replace(result[index], char=DASH)
    return result


def _explains(reading: Sequence[ReadChar], index: int) -> bool:
    """Whether a colon follows."""
    return reading[index + 1].char in _EXPLAINS


def _may_be_box(char: ReadChar, guess: MarkGuess) -> bool:
    """Whether what was read as 口 before a choice may be its box: 口はい is □はい, and no word."""
    return char.char in _BOX_LIKE and guess.likeliest in _BOXES and guess.chance >= _MAYBE_BOX


def stands_for_mark(reading: Sequence[ReadChar], index: int) -> bool:
    """Whether a character begins its line, or stands alone before a colon, as the marks of a legend do."""
    before = reading[index - 1].char if index else ""
    after = reading[index + 1].char if index + 1 < len(reading) else ""
    return bool(after) if not index else after in _EXPLAINS and not before.isalnum()


def _in_word(reading: Sequence[ReadChar], index: int) -> bool:
    """Whether a character stands in a word: a letter or figure beside another, a kana or kanji of one stroke."""
    own = reading[index].char
    beside = [reading[i].char for i in (index - 1, index + 1) if 0 <= i < len(reading)]
    if own in _BOX_LIKE:
        return index > 0 and not reading[index - 1].char.isspace()
    if own in "一ー―-－—_ノ／/レムメ丶":
        return True
    return any(char.isascii() and (char.isalnum() or char in ".-_/&@") for char in beside)
