"""A workbook being written in, cells out that hold text as text: never a formula, a link or a number by accident.

Every text is written by `write_string`, with the apostrophe that keeps Excel from reading it anew when it is edited.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import xlsxwriter

from pipeline.analyse.compare.words import told
from pipeline.analyse.standing.looks import Look, looks

LONGEST = 32_000  # characters, in UTF-16 as Excel counts them (its limit is 32,767)
NOTE_LONGEST = 1_800
_SHEET_LONGEST = 31
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\]")
_OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
    "max_url_length": 255,
}
FONTS = {
    "ja": "Yu Gothic",
    "en": "Yu Gothic",
}  # answers are in Japanese whatever the language of the workbook


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook, its formats by name, and the language of its words."""

    workbook: Any
    formats: dict[str, Any]
    language: str

    def say(self, key: str, words: dict[str, object] | None = None) -> str:
        """A word of the workbook."""
        return told(self.language, key, words or {})

    def sheet(self, key: str) -> Any:
        """A new sheet with the name that `key` has in this language, no grid lines, on A3 landscape."""
        sheet = self.workbook.add_worksheet(sheet_name(self.say(f"sheet_{key}")))
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(8)  # A3
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.set_footer(f"&L{self.say('title')} / {self.say(f'sheet_{key}')}&R{self.say('footer_page')}")
        return sheet

    def put(self, sheet: Any, cell: tuple[int, int], value: object, style: str = "text") -> None:
        """Write one value at (row, column): text as text, figures and dates as such, nothing for None."""
        row, column = cell
        form = self.formats[style]
        if isinstance(value, dt.date):
            sheet.write_datetime(
                row, column, dt.datetime(value.year, value.month, value.day), self.formats["date"]
            )
        elif isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e300:
            sheet.write_number(row, column, value, form)
        elif value is None or value == "":
            sheet.write_blank(row, column, None, form)
        else:
            sheet.write_string(row, column, clean(str(value), self.language), form)


def new_book(path: Path, language: str) -> Book:
    """A workbook to write into `path`; whoever opens it closes its `workbook`."""
    workbook = xlsxwriter.Workbook(str(path), _OPTIONS)
    return Book(workbook, _formats(workbook, FONTS[language]), language)


def clean(text: str, language: str = "en", longest: int = LONGEST) -> str:
    """The text without what a workbook cannot hold; a text that is too long is cut and says so."""
    text = _ILLEGAL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if len(text) <= longest // 2 or _utf16(text) <= longest:
        return text
    tail = told(language, "cut", {"count": len(text)})
    room = max(0, longest - len(tail))
    return text.encode("utf-16-le")[: 2 * room].decode("utf-16-le", "ignore") + tail


def _utf16(text: str) -> int:
    return len(text.encode("utf-16-le", "replace")) // 2


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


def _formats(workbook: Any, font: str) -> dict[str, Any]:
    base = {"font_name": font, "font_size": 10, "valign": "top", "quote_prefix": True}
    line = base | {"border": 1, "border_color": "#9aa3ad"}
    text = line | {"text_wrap": True, "align": "left", "indent": 1}
    middle = text | {"valign": "vcenter"}
    centre = line | {"align": "center", "valign": "vcenter", "text_wrap": True}
    dark = {"bold": True, "bg_color": "#22384f", "font_color": "#ffffff"}
    number = centre | {"quote_prefix": False, "valign": "top"}
    table = {
        "text": text,
        "title": base | {"font_size": 16, "bold": True, "valign": "vcenter"},
        "hint": base | {"font_color": "#3d3d3d", "valign": "vcenter"},
        "head": middle | dark,
        "head_centre": centre | dark,
        "vendor": centre | dark | {"font_size": 11},
        "counts": centre | {"bg_color": "#e8ecf0", "font_size": 9},
        "domain": line | {"bold": True, "bg_color": "#e3e8ed", "top": 2, "valign": "vcenter", "indent": 1},
        "domain_again": line
        | {"font_color": "#5f6770", "bg_color": "#f4f6f8", "valign": "vcenter", "indent": 1},
        "control": middle | {"bold": True},
        "name": text | {"bold": True},
        "centre": centre | {"valign": "top"},
        "middle": centre,
        "figure": middle | {"font_size": 9},
        "number": number | {"num_format": "0.00"},
        "whole": number | {"num_format": "0"},
        "date": number | {"num_format": "yyyy-mm-dd"},
    }
    table |= {state: _state(centre, look) for state, look in looks().items()}
    return {name: workbook.add_format(properties) for name, properties in table.items()}


def _state(centre: dict[str, Any], look: Look) -> dict[str, Any]:
    strong = look.kind in {"gap", "open"}
    return centre | {"bg_color": look.fill, "font_color": look.ink, "bold": strong}
