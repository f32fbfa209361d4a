"""Printed text in, comparison keys out: the only place where characters are changed, and only to compare.

Display text stays as printed everywhere else. NFKC folds ① to 1 and ㈱ to (株), which is wanted in a key and
never in a stored cell. It folds none of the circles, crosses and dashes that stand for answers: those are
explicit tables in marks.toml.
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from functools import cache, lru_cache

from normalizers.vocabulary import load

UNREAD = "〓"  # stands for a character of a picture that could not be read: it may be 未 or 不
# What no text of a workbook or a page may hold, since XML forbids it: the inside of a pattern's brackets.
CONTROLS = (
    r"\x00-\x08\x0b\x0c\x0e-\x1f"  # of the first 32 characters all but tab, line feed and carriage return
)
ILLEGAL = CONTROLS + r"\ufffe\uffff"  # XML 1.0, 2.2, but for halves of surrogates
_DASHES = "‐‑‒–—―−─━"
_WAVES = "〜～∼"
_QUOTED = "「『“\"'"
_MENTION = re.compile(
    r"[をへ」』欄”\"]|(?:に|の)(?:チェック|レ|印|記入|いずれ|中|欄|する|変更|[✓✔])|が(?:ない|ある|付)"
)
_TRAILING = " \t\r\n　。．.、，,"
_CHOICE_NUMBER = r"(?:[0-9０-９]{1,2}[．.)）:：]|[①-⑳]|[（(][0-9０-９]{1,2}[)）])"
_NUMBERED_CHOICE = re.compile(rf"{_CHOICE_NUMBER}[\s　]*(?P<choice>[^\s　].*)", re.DOTALL)
_BETWEEN_NUMBERED = re.compile(rf"(?<![\s　、,/／・])[\s　、,/／・]+(?={_CHOICE_NUMBER})")


class Shape(StrEnum):
    """The shapes of marks that stand for answers; which characters are one shape stands in marks.toml."""

    CIRCLE = "circle"
    DOUBLE_CIRCLE = "double_circle"
    FILLED_CIRCLE = "filled_circle"
    CROSS = "cross"
    TRIANGLE = "triangle"
    TICK = "tick"
    DASH = "dash"


@cache
def _fold_table() -> dict[int, str]:
    radicals: dict[str, str] = load("normalizers", "radicals.toml")["radicals"]
    table = {ord(radical): ideograph for radical, ideograph in radicals.items()}
    table.update({ord(dash): "-" for dash in _DASHES})
    table.update({ord(wave): "~" for wave in _WAVES})
    return table


# What Unicode calls default-ignorable, fillers of Hangul among them, anchors of annotations, and the blank of Braille.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)


def without_invisible(text: str) -> str:
    """`text` without characters that nobody sees: zero-width spaces, marks of direction, fillers, variation selectors."""
    return _INVISIBLE.sub("", text) if _INVISIBLE.search(text) else text


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Comparison key of `text`: radicals, width, case and dashes folded, all white space removed."""
    folded = unicodedata.normalize("NFKC", without_invisible(text).translate(_fold_table()))
    return unicodedata.normalize("NFC", "".join(folded.translate(_fold_table()).casefold().split()))


def squeeze(text: str) -> str:
    """`text` without white space, otherwise as printed (NFC)."""
    return "".join(unicodedata.normalize("NFC", text).split())


@cache
def _shapes() -> dict[str, Shape]:
    shapes: dict[str, list[str]] = load("normalizers", "marks.toml")["shapes"]
    return {char: Shape(shape) for shape, chars in shapes.items() for char in chars}


def shape_of(text: str) -> Shape | None:
    """The shape that the whole cell consists of (`circle`, `cross`, `dash`, …), None where it is no mark.

    White space around the mark and variation selectors are passed over; a doubled dash (`--`) is a dash.
    """
    mark = without_invisible(text).strip()
    if len(mark) > 1 and len(set(mark)) == 1 and _shapes().get(mark[0]) == Shape.DASH:
        mark = mark[0]
    return _shapes().get(mark)


def leading_shape(text: str) -> tuple[Shape, str] | None:
    """(shape, the rest) where `text` begins with a mark that is no letter, else None."""
    stripped = text.strip()
    if not stripped:
        return None
    shape = _shapes().get(stripped[0])
    if shape is None or shape == Shape.DASH or stripped[0].isalpha():
        return None
    return shape, stripped[1:].lstrip("\ufe0e\ufe0f")


@cache
def empty_boxes() -> str:
    """The characters that are an empty check box."""
    return "".join(load("normalizers", "marks.toml")["boxes"]["empty"])


@cache
def ticked_boxes() -> str:
    """The characters that are a ticked check box."""
    return "".join(load("normalizers", "marks.toml")["boxes"]["ticked"])


@cache
def mixed_boxes() -> str:
    """The characters that are a check box of which nobody can tell whether it is ticked."""
    return "".join(load("normalizers", "marks.toml")["boxes"]["mixed"])


def is_spoken_of(text: str, index: int) -> bool:
    """Whether the box at `index` is a word of an instruction (`「□」をチェック`) and none to tick."""
    quoted = index > 0 and text[index - 1] in _QUOTED
    return quoted or _MENTION.match(text, index + 1) is not None


def is_japanese(char: str) -> bool:
    """Whether no space is written between this character and its neighbours (kana, kanji, full width)."""
    return unicodedata.east_asian_width(char) in "WF" or char in "・…‥“”‘’"


def strip_end(text: str) -> str:
    """`text` without white space and full stops at its ends."""
    return text.strip(_TRAILING)


_NUMBER = re.compile(
    r"(?:no\.?|q|問|第)?[(\[<【]?"
    r"(?:[a-z]{1,4}[-._]?)?\d{1,4}(?:[-._]\d{1,4}){0,4}(?:[-._]?[a-z]{1,3})?"
    r"[)\]>】]?[.:、)項問条]?",
)
_ARTICLE = re.compile(
    r"第?[\d一二三四五六七八九十]{1,4}[条章節項](?:第?[\d一二三四五六七八九十]{1,3}[項号])*(?:の\d{1,2})?"
    r"(?:[(]?[\dア-ン一二三四五六七八九十]{1,3}[)]?)?(?:[-.]?\d{1,3})?"
)
_ROMAN = re.compile(r"[(\[]?(?:[ivx]{1,5}|[a-z]|[ア-ン]|[一二三四五六七八九十]{1,3})[)\]]?[-.]?")


def is_item_number(text: str) -> bool:
    """Whether a cell holds nothing but an item number (`1`, `(1)`, `①`, `No.1`, `1-1`, `A.1.1.1`, `例`)."""
    key = fold(text)
    if not key or len(key) > 16:
        return False
    return key in {"例", "記入例", "回答例"} or any(
        pattern.fullmatch(key) for pattern in (_NUMBER, _ROMAN, _ARTICLE)
    )


def plain_number(text: str) -> int | None:
    """The whole number that an item number consists of (`No.12` is 12), None where it has other parts."""
    digits = re.fullmatch(r"(?:no\.?)?\(?(\d{1,4})\)?\.?", fold(text))
    return int(digits.group(1)) if digits else None


def split_numbered(text: str) -> list[tuple[str, str]]:
    """`1．はい 2．いいえ` → each choice as printed and without its number; empty where anything else stands in the text."""
    parts = [part.strip() for part in _BETWEEN_NUMBERED.split(text.strip()) if part.strip()]
    matches = [_NUMBERED_CHOICE.fullmatch(part) for part in parts]
    choices = [(match[0], match["choice"]) for match in matches if match]
    return choices if len(choices) == len(parts) else []
