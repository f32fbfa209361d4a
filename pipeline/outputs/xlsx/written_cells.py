"""Values in, cells of a workbook out that hold text as text: never a formula, a link or a number by accident.

Every workbook of the product is opened and written through here. Texts go through `write_string`; what a workbook
cannot hold is left out, and a text that is too long is cut and says so.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from extractors.illegal_characters import ILLEGAL
from pipeline.system.atomic_write import atomic_write

LONGEST = 32_000  # characters, in UTF-16 as Excel counts them (its limit is 32,767)
_SHEET_LONGEST = 31
_MOST_DIGITS = 1e300  # a cell holds no larger number
_ILLEGAL = re.compile(rf"[{ILLEGAL}\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef]")
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\]")
_OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
    "max_url_length": 255,
}
_MADE = dt.date(2000, 1, 1)  # the same rows give the same bytes
A3, A4 = 8, 9  # as workbooks number sizes of paper
MEASURED = 2_000  # characters of a text that are looked at to tell how tall its row is


@contextmanager
def workbook_at(path: Path, title: str = "", made: dt.date = _MADE) -> Iterator[Any]:
    """A workbook that stands at `path` once it is whole, said to be made on a day. Raises OSError."""
    with atomic_write(path) as partial:
        workbook = xlsxwriter.Workbook(str(partial), _OPTIONS)
        workbook.set_properties({"title": title, "created": dt.datetime(made.year, made.month, made.day)})
        yield workbook
        try:
            workbook.close()
        except FileCreateError as error:
            raise OSError(str(error)) from error


def put(sheet: Any, cell: tuple[int, int], value: object, formats: Mapping[str, Any], style: str) -> None:
    """Write one value at (row, column): text as text, truth, figures and dates as such, nothing for None.

    `formats` are formats by name, `date` among them where there are dates. A figure that no cell holds is text.
    """
    form = formats[style]
    if value is None or value == "":
        sheet.write_blank(*cell, None, form)
    elif isinstance(value, bool):
        sheet.write_boolean(*cell, value, form)
    elif isinstance(value, dt.date):
        sheet.write_datetime(*cell, dt.datetime(value.year, value.month, value.day), formats["date"])
    elif isinstance(value, int | float) and abs(value) < _MOST_DIGITS:
        sheet.write_number(*cell, value, form)
    else:
        sheet.write_string(*cell, clean(str(value)), form)


def clean(text: str, longest: int = LONGEST, tail: str = "…") -> str:
    """The text without what a workbook cannot hold, at most `longest` long; one that is cut ends with `tail`."""
    text = _ILLEGAL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if len(text) <= longest // 2 or len(text.encode("utf-16-le")) // 2 <= longest:
        return text
    room = max(0, longest - len(tail))
    return text.encode("utf-16-le")[: 2 * room].decode("utf-16-le", "ignore") + tail


def sheet_name(name: str) -> str:
    """A name that Excel takes for a sheet: 31 characters, without []:*?/\\ and without apostrophes at its ends."""
    return _NOT_IN_SHEET_NAMES.sub(" ", name)[:_SHEET_LONGEST].strip("' ") or "-"


@lru_cache(maxsize=10_000)
def width_of(text: str) -> int:
    """Width of the widest line in half-width characters: an East Asian character counts two."""
    return max((sum(2 if ord(c) > 0xFF else 1 for c in line) for line in text.split("\n")), default=0)


def lines_of(text: str, width: float) -> int:
    """How many lines a text takes in a column of that width in characters, its indent and edges taken off."""
    if 2 * len(text) <= width - 2 and "\n" not in text:
        return 1
    return sum(max(1, -(-width_of(line) // max(1, int(width - 2)))) for line in text.split("\n"))
