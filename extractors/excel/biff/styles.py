"""Globals of a workbook in, what its cells are shown with out: number formats and struck-out fonts of cell styles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

from extractors.excel.biff.records import Record
from extractors.excel.biff.texts import Text, shared_texts, text_at
from extractors.excel.formats import JAPANESE_FORMATS, shown

FONT, FORMAT, XF, SST, DATEMODE, SHEET, FILEPASS = 0x31, 0x41E, 0xE0, 0xFC, 0x22, 0x85, 0x2F
_STRIKE = 0x0008
_NO_FONT = 4  # the number that no font has
_DEFAULT_FORMAT = "General"


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """A sheet by the workbook's list: title, where it begins in the stream, its kind (0 cells) and whether it is hidden."""

    title: str
    start: int
    kind: int
    hidden: bool


@dataclass(frozen=True, slots=True)
class Globals:
    """What a workbook says for all its sheets. `styles` are font and format of every XF; `struck` the fonts that strike."""

    sheets: tuple[SheetEntry, ...] = ()
    texts: tuple[Text, ...] = ()
    styles: tuple[tuple[int, int], ...] = ()
    struck: frozenset[int] = frozenset()
    formats: dict[int, str] = field(default_factory=dict)
    mac: bool = False
    locked: bool = False

    def font_of(self, style: int) -> int:
        """Number of the font of a cell style."""
        return self.styles[style][0] if style < len(self.styles) else 0

    def shown(self, value: float, style: int) -> str:
        """The text that a sheet shows for a number in a cell style."""
        number = self.styles[style][1] if style < len(self.styles) else 0
        known = JAPANESE_FORMATS.get(number) or self.formats.get(number)
        number_format = known or BUILTIN_FORMATS.get(number, _DEFAULT_FORMAT)
        try:
            if is_date_format(number_format):
                epoch = CALENDAR_MAC_1904 if self.mac else CALENDAR_WINDOWS_1900
                moment = from_excel(value, epoch, timedelta=is_timedelta_format(number_format))
                return shown(moment, number_format)
            return shown(value, number_format)
        except (ArithmeticError, ValueError):
            return shown(value, _DEFAULT_FORMAT)  # no date, or more places than a number has


def read_globals(records: Sequence[Record]) -> Globals:
    """What the records of the first substream say. Raises struct.error or BrokenRecords for broken ones."""
    by_kind: dict[int, list[Record]] = {}
    for record in records:
        by_kind.setdefault(record.kind, []).append(record)
    if FILEPASS in by_kind:
        return Globals(locked=True)
    fonts = by_kind.get(FONT, [])
    struck = {_font_number(n) for n, record in enumerate(fonts) if record.u16(2) & _STRIKE}
    return Globals(
        tuple(map(_entry, by_kind.get(SHEET, []))),
        tuple(text for record in by_kind.get(SST, []) for text in shared_texts(record)),
        tuple((record.u16(0), record.u16(2)) for record in by_kind.get(XF, [])),
        frozenset(struck),
        {record.u16(0): str(text_at(record, 2)[0]) for record in by_kind.get(FORMAT, [])},
        any(record.u16(0) == 1 for record in by_kind.get(DATEMODE, [])),
    )


def _font_number(position: int) -> int:
    return position + (position >= _NO_FONT)


def _entry(record: Record) -> SheetEntry:
    title = str(text_at(record, 6, short=True)[0])
    return SheetEntry(title, record.u32(0), record.data[5], bool(record.data[4] & 3))
