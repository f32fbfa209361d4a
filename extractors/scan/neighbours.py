"""Characters read in, the same with those that only their neighbours tell apart put right: デー夕 is データ.

Only characters that look alike are exchanged (confusions.toml), and none that could turn an answer round.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

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
