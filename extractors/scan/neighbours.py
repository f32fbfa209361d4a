"""Characters read in, the same with those that only their neighbours tell apart put right: デー夕 is データ.

Only characters that look alike are exchanged (confusions.toml), and none that could turn an answer round.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from extractors.scan.place_chars import PixelBox
from extractors.scan.recognize import ReadChar
from normalizers.vocabulary import load

_KATAKANA = re.compile(r"[ァ-ヺー]")
_KANJI = re.compile(r"[一-龠々]")
_LONG = re.compile(r"[ァ-ヺーぁ-ぉゎわ]")  # behind which a long mark may stand
_NUMBERS = frozenset("一二三八千―")
_HIRAGANA = re.compile(r"[ぁ-ゖ]")


@cache
def _tables() -> dict[str, dict[str, str]]:
    return load("extractors.scan", "confusions.toml")


def settle_by_neighbours(reading: Sequence[ReadChar]) -> tuple[ReadChar, ...]:
    """The characters of a line, look-alikes in the script of what stands beside them."""
    text = "".join(char.char for char in reading)
    return tuple(
        replace(char, char=settled) for char, settled in zip(reading, settle_text(text), strict=True)
    )


def settle_wrapped(
    boxes: Sequence[PixelBox], readings: Sequence[Sequence[ReadChar]], em: float
) -> list[tuple[ReadChar, ...]]:
    """Lines of a page with the characters put right that stand at the end of one and at the start of the next: オプシ|ヨン.

    `boxes` are the lines' places in pixels; a line goes on in the one that begins under it within a line's height.
    """
    settled = [tuple(reading) for reading in readings]
    alike = set().union(*_tables().values())
    for index, reading in enumerate(readings):
        above = _line_above(boxes, index, em) if reading else None
        if above is None or not settled[above]:
            continue
        last, first = settled[above][-1], reading[0]
        if not {last.char, first.char} & alike:
            continue
        around = [settled[above][-2].char if len(settled[above]) > 1 else "", last.char, first.char]
        around.append(reading[1].char if len(reading) > 1 else "")
        settled[above] = (*settled[above][:-1], replace(last, char=_settled(last.char, around[0], around[2])))
        settled[index] = (
            replace(first, char=_settled(first.char, around[1], around[3])),
            *settled[index][1:],
        )
    return settled


def _line_above(boxes: Sequence[PixelBox], index: int, em: float) -> int | None:
    """The line that a line goes on from: right above it, and beginning where it begins."""
    left, top = boxes[index][:2]
    near = [
        above
        for above, box in enumerate(boxes)
        if abs(box[0] - left) <= em and -0.3 * em <= top - box[3] <= em and box[1] < top
    ]
    return max(near, key=lambda above: boxes[above][3], default=None)


def settle_text(text: str) -> str:
    """The same for a text: as many characters as before."""
    chars = list(text)
    for index, char in enumerate(chars):
        before = chars[index - 1] if index else ""
        after = chars[index + 1] if index + 1 < len(chars) else ""
        chars[index] = _settled(char, before, after)
    return "".join(chars)


def _settled(char: str, before: str, after: str) -> str:
    """A character as its neighbours say that it is; itself where they say nothing."""
    tables = _tables()
    if char in tables["katakana"] and _is_beside(_KATAKANA, char, before, after):
        return tables["katakana"][char]
    if char in tables["hiragana"] and _is_beside(_HIRAGANA, char, before, after):
        return tables["hiragana"][char]
    if char in tables["rare"] and _KATAKANA.match(after):
        return tables["rare"][char]
    for small in (tables["small"], tables["small_e"]):
        if before and char in small and before in small["behind"]:
            return small[char]
    if char == "ー" and before and not _LONG.match(before):
        return "一"
    is_kanji = (
        _KANJI.match(before) and after not in tables["kanji"]["counters"] and not _KATAKANA.match(after)
    )
    return tables["kanji"][char] if is_kanji and after and char in tables["kanji"] else char


def _is_beside(script: re.Pattern[str], char: str, before: str, after: str) -> bool:
    """Whether a script stands before a character and goes on or ends behind it, or begins with it; a number begins no word."""
    if before and script.match(before):
        goes_on = not after or bool(script.match(after)) or not after.isalnum()
        return goes_on or (char not in _NUMBERS and bool(_KANJI.match(after)))
    begins = (not before or not before.isalnum()) and char not in _NUMBERS
    return begins and bool(after and script.match(after))
