"""Rows and columns in, A1 names out and back; a cell's stored text in, its characters out."""

from __future__ import annotations

import re
from functools import lru_cache

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_RANGE = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})(?::\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6}))?")

_NO_COLUMN = 1 << 20

Area = tuple[int, int, int, int]
Spot = tuple[int, int]  # row and column from 0


def a1(row: int, col: int, row_span: int = 1, col_span: int = 1) -> str:
    """A1 name of a range, rows and columns counted from 0."""
    first = f"{column_letters(col)}{row + 1}"
    if row_span == 1 and col_span == 1:
        return first
    return f"{first}:{column_letters(col + col_span - 1)}{row + row_span}"


@lru_cache(maxsize=1 << 14)
def column_letters(col: int) -> str:
    """The letters of a column counted from 0: 0 is A, 26 is AA."""
    letters, number = "", col + 1
    while number:
        number, letter = divmod(number - 1, 26)
        letters = chr(65 + letter) + letters
    return letters


@lru_cache(maxsize=1 << 10)
def column_number(letters: str) -> int:
    """Number of a column from 0 by its capital letters: A is 0, AA is 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def range_to_area(name: str) -> Area | None:
    """First row, first column, last row, last column (from 0) of an A1 range; None for anything else."""
    match = _RANGE.fullmatch(name.strip())
    if match is None:
        return None
    letters, digits, end_letters, end_digits = match.groups()
    left, top = column_number(letters.upper()), int(digits) - 1
    right, bottom = (column_number(end_letters.upper()), int(end_digits) - 1) if end_letters else (left, top)
    return min(top, bottom), min(left, right), max(top, bottom), max(left, right)


class _Columns(dict[str, int]):
    """Letters of a column → its number from 0; those behind ZZ are computed when they are looked up.

    What are no letters is a column that no sheet has.
    """

    def __missing__(self, letters: str) -> int:
        return column_number(letters) if letters.isalpha() else _NO_COLUMN


COLUMNS = _Columns({column_letters(number): number for number in range(702)})  # A to ZZ


def clean(text: str) -> str:
    """Cell text with Excel's escapes undone and line ends as `\\n`."""
    if "_x" in text and _ESCAPE.search(text):
        text = _ESCAPE.sub(lambda match: chr(int(match.group(1), 16)), text)
        # An escape is one UTF-16 unit: two make a character outside the first plane, one alone is none.
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
