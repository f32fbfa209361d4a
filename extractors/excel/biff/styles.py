"""Globals of a workbook in, what its cells are shown with out: number formats, fonts and alignments of cell styles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

from extractors.excel.biff.stream_records import BiffRecord
from extractors.excel.biff.texts import BiffText, shared_texts, text_at
from extractors.excel.biff.validations import NAME
from extractors.excel.number_format.render import JAPANESE_FORMATS, render_value
from extractors.excel.objects.sheet_metrics import TextSetting
from extractors.looks import Look
from extractors.package.cell_colours import cell_colour, colour_code

FONT, FORMAT, XF, SST, DATEMODE, SHEET, FILEPASS = 0x31, 0x41E, 0xE0, 0xFC, 0x22, 0x85, 0x2F
_BOOK, _SHEETS, PALETTE = 0x1AE, 0x17, 0x92
_FIRST_COLOUR, _XF_SIZE = 8, 20
_OWN = b"\x01\x04"  # what a SUPBOOK record says of the workbook itself
_STRIKE, _WRAPPED = 0x0008, 0x08
_ACROSS = {2: "center", 3: "right"}
_DOWN = {0: "top", 1: "center"}
_LOCKED, _WEIGHT, _BOLD, _TWO_SIDES = 1, 6, 600, 2
_NO_FONT = 4  # the number that no font has
_DEFAULT_FORMAT = "General"


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """A sheet by the workbook's list: title, where it begins in the stream, its kind (0 cells), whether it is hidden."""

    title: str
    start: int
    kind: int
    hidden: bool


@dataclass(frozen=True, slots=True)
class BiffStyle:
    """A cell style: the numbers of its font and its number format, how its text geometries in a cell, its colours.

    `colour` is as in Cell, `ground` that of a blank cell; `look` is what it looks like on a sheet without protection.
    """

    font: int = 0
    number_format: int = 0
    setting: TextSetting = field(default_factory=TextSetting)
    ground: str | None = None
    colour: str | None = None
    look: Look = field(default_factory=Look)


@dataclass(frozen=True, slots=True)
class WorkbookGlobals:
    """What a workbook says for all its sheets: `struck` the fonts that strike, `titles` where references lead to,
    `names` the records of names for ranges.
    """

    sheets: tuple[SheetEntry, ...] = ()
    texts: tuple[BiffText, ...] = ()
    styles: tuple[BiffStyle, ...] = ()
    struck: frozenset[int] = frozenset()
    formats: dict[int, str] = field(default_factory=dict)
    titles: dict[int, str] = field(default_factory=dict)
    names: tuple[BiffRecord, ...] = ()
    mac: bool = False
    locked: bool = False

    def style(self, number: int) -> BiffStyle:
        """The cell style of a number."""
        return self.styles[number] if number < len(self.styles) else BiffStyle()

    def render_value(self, value: float, style: int) -> str:
        """The text that a sheet shows for a number in a cell style."""
        number = self.style(style).number_format
        known = JAPANESE_FORMATS.get(number) or self.formats.get(number)
        number_format = known or BUILTIN_FORMATS.get(number, _DEFAULT_FORMAT)
        try:
            elapsed = is_timedelta_format(number_format)
            if is_date_format(number_format) and (value >= 0 or elapsed):
                epoch = CALENDAR_MAC_1904 if self.mac else CALENDAR_WINDOWS_1900
                moment = from_excel(value, epoch, timedelta=elapsed)
                return render_value(moment, number_format)
            return render_value(
                value, number_format if value >= 0 or not is_date_format(number_format) else _DEFAULT_FORMAT
            )
        except (ArithmeticError, ValueError):
            return render_value(value, _DEFAULT_FORMAT)  # no date, or more places than a number has


def read_globals(records: Sequence[BiffRecord]) -> WorkbookGlobals:
    """What the records of the first substream say. Raises struct.error or BrokenRecords for broken ones."""
    by_kind: dict[int, list[BiffRecord]] = {}
    for record in records:
        by_kind.setdefault(record.kind, []).append(record)
    if FILEPASS in by_kind:
        return WorkbookGlobals(locked=True)
    fonts = {_font_number(position): record for position, record in enumerate(by_kind.get(FONT, []))}
    palette = _palette(by_kind.get(PALETTE, []))
    sheets = tuple(map(_entry, by_kind.get(SHEET, [])))
    return WorkbookGlobals(
        sheets,
        tuple(text for record in by_kind.get(SST, []) for text in shared_texts(record)),
        tuple(_style(record, fonts, palette) for record in by_kind.get(XF, [])),
        frozenset(number for number, font in fonts.items() if font.u16(2) & _STRIKE),
        {record.u16(0): str(text_at(record, 2)[0]) for record in by_kind.get(FORMAT, [])},
        _titles(by_kind, sheets),
        tuple(by_kind.get(NAME, [])),
        any(record.u16(0) == 1 for record in by_kind.get(DATEMODE, [])),
    )


def _font_number(position: int) -> int:
    return position + (position >= _NO_FONT)


def _palette(records: Sequence[BiffRecord]) -> dict[int, str]:
    """The colours that a workbook puts in place of Excel's own, by their numbers."""
    data = records[-1].data[2:] if records else b""
    return {_FIRST_COLOUR + at // 4: data[at : at + 3].hex() for at in range(0, len(data) - 3, 4)}


def _code(number: int, palette: dict[int, str]) -> str | None:
    own = palette.get(number)
    return colour_code("rgb", own) if own is not None else colour_code("indexed", str(number))


def _style(record: BiffRecord, fonts: dict[int, BiffRecord], palette: dict[int, str]) -> BiffStyle:
    font, aligned = fonts.get(record.u16(0)), record.data[6]
    size = font.u16(0) / 20 if font is not None else TextSetting().size
    across, down = _ACROSS.get(aligned & 7, "left"), _DOWN.get(aligned >> 4 & 7, "bottom")
    solid = len(record.data) >= _XF_SIZE and record.u32(14) >> 26 == 1
    ground = _code(record.u16(18) & 0x7F, palette) if solid else None
    text = _code(font.u16(4), palette) if font is not None else None
    setting = TextSetting(size, across, down, bool(aligned & _WRAPPED))
    look = Look(
        writable=None if record.u16(4) & _LOCKED else True,
        bold=font is not None and len(font.data) >= _WEIGHT + 2 and font.u16(_WEIGHT) >= _BOLD,
        fill=ground,
        bordered=len(record.data) >= _XF_SIZE
        and sum(record.u16(10) >> side & 0xF > 0 for side in (0, 4, 8, 12)) >= _TWO_SIDES,
    )
    return BiffStyle(
        record.u16(0), record.u16(2), setting, ground and f"fill:{ground}", cell_colour(ground, text), look
    )


def _entry(record: BiffRecord) -> SheetEntry:
    title = str(text_at(record, 6, short=True)[0])
    return SheetEntry(title, record.u32(0), record.data[5], bool(record.data[4] & 3))


def _titles(by_kind: dict[int, list[BiffRecord]], sheets: Sequence[SheetEntry]) -> dict[int, str]:
    """Number of a reference to one sheet of this workbook → the sheet's title."""
    own = {n for n, record in enumerate(by_kind.get(_BOOK, [])) if record.data[2:4] == _OWN}
    titles = {}
    for record in by_kind.get(_SHEETS, []):
        for index in range(record.u16(0)):
            book, first, last = (record.u16(2 + 6 * index + at) for at in (0, 2, 4))
            if book in own and first == last < len(sheets):
                titles[index] = sheets[first].title
    return titles
