"""A cell's stored type, value and style in, the text that the sheet shows out."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite

from openpyxl.utils.datetime import from_excel, from_ISO8601

from extractors.cell_reference import clean
from extractors.excel.number_format.render import Value, render_value
from extractors.excel.spreadsheetml.styles import PLAIN, CellStyle
from extractors.excel.spreadsheetml.texts import StoredText, cleaned, split_struck

_NO_DATE = "#VALUE!"  # a number that geometries for no day under the format of a date
_STATES = {"1": True, "true": True, "0": False, "false": False}
_NUMBERS = 1 << 14  # of a style kept with their texts: sheets repeat item numbers and dates
_WRITTEN = re.compile(r'(?: s="([0-9]+)")?(?: t="([A-Za-z]+)")?')
_LONGEST = 400  # characters of a number; Excel writes at most 25

Split = tuple[str, str]  # what holds, and what is struck through


class Lookups(dict[str, Callable[[str], str | None]]):
    """Style and type of a cell as written (` s="2" t="s"`) → the look-up of its text by its value.

    It finds nothing for texts that the style changes, and for numbers met for the first time.
    """

    def __init__(self, plain: Mapping[str, str], marked: frozenset[str]) -> None:
        super().__init__()
        self.plain, self.marked = plain, marked
        self.known: dict[str, dict[str, str]] = {}

    def __missing__(self, written: str) -> Callable[[str], str | None]:
        match = _WRITTEN.fullmatch(written)
        style, kind = match.groups("") if match else ("", "?")
        texts: Mapping[str, str] = {}
        if style not in self.marked and kind in {"s", "n", ""}:
            texts = self.plain if kind == "s" else self.known.setdefault(style, {})
        self[written] = texts.get
        return texts.get

    def keep(self, style: str, value: str, text: str) -> None:
        """Remember the text of a number."""
        known = self.known.setdefault(style, {})
        if len(known) < _NUMBERS:
            known[value] = text


@dataclass(frozen=True, slots=True)
class Values:
    """What turns stored values into texts; `number` is for those without a type, by value and style."""

    strings: Sequence[StoredText]
    styles: Mapping[str, CellStyle]
    number: Callable[[str, str], str]
    marked: frozenset[str]  # styles that change texts or colour them
    texts: Lookups  # the texts of cells by style and type as written, then by value

    def split(self, kind: str, value: str, inline: StoredText, style: str) -> Split | None:
        """The text of a cell and what of it is struck through; None where the value makes no sense."""
        try:
            if kind == "s":
                index = int(value)
                return self._with_style(self.strings[index], style) if index >= 0 else None
            if kind in {"", "n"}:
                struck = style in self.marked and self.styles[style].struck
                return split_struck(self.number(value, style), struck)
            if kind == "inlineStr":
                return self._with_style(cleaned(inline), style)
            cell_style = self.styles.get(style, PLAIN)
            return split_struck(_typed(kind, value, cell_style.number_format), cell_style.struck)
        except (ValueError, LookupError, ArithmeticError):
            return None

    def _with_style(self, text: StoredText, style: str) -> Split:
        cell_style = self.styles.get(style, PLAIN)
        if isinstance(text, str):
            text = text if cell_style.plain else render_value(text, cell_style.number_format)
        return split_struck(text, cell_style.struck)


def stored_value(written: str, value: str) -> tuple[str, str, StoredText, str]:
    """Type, value, inline text and style of a cell by its style and type as written."""
    match = _WRITTEN.fullmatch(written)
    style, kind = match.groups("") if match else ("", "?")
    return kind, value, "", style


def book_values(
    strings: Sequence[StoredText], styles: Mapping[str, CellStyle], epoch: dt.datetime, unknown: set[str]
) -> Values:
    """The values of a workbook. Styles that numbers name and the workbook does not have are put into `unknown`."""

    marked = frozenset(index for index, style in styles.items() if not style.plain or style.colour)
    plain = {str(index): text for index, text in enumerate(strings) if isinstance(text, str)}
    texts = Lookups(plain, marked)

    def number(value: str, style: str) -> str:
        cell_style = styles.get(style)
        if cell_style is None:
            unknown.add(style)
        text = number_text(value, cell_style or PLAIN, epoch)
        texts.keep(style, value, text)
        return text

    return Values(strings, styles, number, marked, texts)


def number_text(value: str, style: CellStyle, epoch: dt.datetime) -> str:
    """The text of a stored number. Raises ValueError for what is none."""
    if len(value) > _LONGEST:
        raise ValueError(value[:20])
    figure = float(value) if "." in value or "e" in value.lower() else int(value)
    if not isfinite(figure):
        raise ValueError(value)
    number: Value = figure
    if style.of_date:
        try:
            number = from_excel(figure, epoch, timedelta=style.of_duration)
        except (ValueError, OverflowError):
            number = _NO_DATE
    return render_value(number, style.number_format)


def _typed(kind: str, value: str, number_format: str) -> str:
    """The text of a boolean, a date in the words of ISO 8601, a formula's text or an error."""
    if kind == "b":
        return render_value(_STATES[value.strip().lower()], number_format)
    return render_value(from_ISO8601(value) if kind == "d" else clean(value), number_format)
