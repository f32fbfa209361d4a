"""Rows of a list in, a sheet of a workbook out: title, hint, header, rows; frozen, filtered, set up for print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.assess.comparison.labels import Labels
from pipeline.outputs.comparison.book import ComparisonBook
from pipeline.outputs.xlsx.written_cells import MEASURED, lines_of

_HEAD = 2
_LINE = 14.5
_TALLEST = 20  # lines: a taller row hides the others; the text is whole in the cell


@dataclass(frozen=True, slots=True)
class StateMark:
    """A state to be shown with its mark, word and colours."""

    state: str


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A column: the key of its title, its width in characters, the format of its cells."""

    key: str
    width: float
    style: str = "text"


@dataclass(frozen=True, slots=True)
class Listing:
    """A sheet: the key of its names, what its hint is told, its columns and rows.

    `tallest` is the tallest row in lines; what is not `printed` is for the screen: only its title goes to paper.
    """

    key: str
    columns: tuple[ListColumn, ...]
    rows: Sequence[Sequence[object]]
    hint: str
    tallest: int = _TALLEST
    printed: bool = True


def write_listing(book: ComparisonBook, listing: Listing) -> None:
    """Write one list as a sheet of the book."""
    sheet = book.sheet(listing.key)
    book.put(sheet, (0, 0), book.say(f"title_{listing.key}"), "title")
    book.put(sheet, (1, 0), listing.hint, "hint")
    sheet.set_row(0, 26)
    for index, column in enumerate(listing.columns):
        sheet.set_column(index, index, column.width)
        book.put(sheet, (_HEAD, index), book.say(column.key), "head")
    sheet.set_row(_HEAD, 32)
    for number, row in enumerate(listing.rows, _HEAD + 1):
        _row(book, sheet, number, (listing, row))
    last = max(_HEAD, _HEAD + len(listing.rows))
    sheet.freeze_panes(_HEAD + 1, 0)
    sheet.autofilter(_HEAD, 0, last, len(listing.columns) - 1)
    if listing.printed:
        sheet.repeat_rows(_HEAD)
    sheet.print_area(0, 0, last if listing.printed else 1, len(listing.columns) - 1)
    sheet.fit_to_pages(1, 0)


def _row(
    book: ComparisonBook, sheet: Any, number: int, listing_row: tuple[Listing, Sequence[object]]
) -> None:
    listing, row = listing_row
    tall = 1
    for index, (column, value) in enumerate(zip(listing.columns, row, strict=True)):
        if isinstance(value, StateMark):
            book.put(sheet, (number, index), Labels(book.language).shown(value.state), value.state)
            continue
        book.put(sheet, (number, index), value, column.style)
        if isinstance(value, str) and tall < listing.tallest:
            tall = max(tall, lines_of(value[:MEASURED], column.width))
    sheet.set_row(number, _LINE * min(tall, listing.tallest) + 3)
