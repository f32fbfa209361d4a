"""Records of one worksheet in, its values, merges and hidden rows and columns out."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from extractors.cell_reference import Spot
from extractors.errors import BrokenRecords
from extractors.excel.biff.stream_records import BiffRecord
from extractors.excel.biff.texts import BiffText, text_at

ROW, COLUMNS, HEIGHT, MERGES = 0x208, 0x7D, 0x225, 0xE5
_NUMBER, _RK, _MULRK, _SHARED, _LABEL, _RICH = 0x203, 0x27E, 0xBD, 0xFD, 0x204, 0xD6
_BOOLERR, _FORMULA, _STRING = 0x205, 0x06, 0x207
_BLANK, _MULBLANK = 0x201, 0xBE
_ROW_HIDDEN, _COLUMN_HIDDEN, _ALL_HIDDEN = 0x20, 0x01, 0x02
_UNCALCULATED = 0x03
LAST_COL = 255
_MOST_MERGED = 5_000_000  # rows of all merged ranges; merged ranges that do not overlap have fewer
ERRORS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
}  # fmt: skip

Value = float | bool | str | BiffText


@dataclass(frozen=True, slots=True)
class StoredValue:
    """A value as stored and the number of its cell style; a formula nobody calculated has the value None."""

    value: Value | None
    style: int


@dataclass(frozen=True, slots=True)
class SheetRecords:
    """What a worksheet holds. `merges` are first row, last row, first column, last column.

    `blanks` are the cell styles of cells without a value, `columns` first column, last column and the style of those that
    the file leaves out.
    """

    values: dict[Spot, StoredValue] = field(default_factory=dict)
    merges: tuple[tuple[int, int, int, int], ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_cols: frozenset[int] = frozenset()
    shown_rows: frozenset[int] | None = None
    blanks: dict[Spot, int] = field(default_factory=dict)
    columns: tuple[tuple[int, int, int], ...] = ()

    def hides(self, row: int, col: int) -> bool:
        """Whether a row or column is hidden; where all rows are, those count as shown that say so."""
        unsaid = self.shown_rows is not None and row not in self.shown_rows
        return unsaid or row in self.hidden_rows or col in self.hidden_cols


@dataclass(slots=True)
class _SheetDraft:
    """What the records of a worksheet say so far; `waiting` is the formula whose text stands in a record behind it."""

    values: dict[Spot, StoredValue] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_by_row: dict[int, bool] = field(default_factory=dict)
    hidden_cols: set[int] = field(default_factory=set)
    blanks: dict[Spot, int] = field(default_factory=dict)
    columns: list[tuple[int, int, int]] = field(default_factory=list)
    all_hidden: bool = False
    waiting: Spot | None = None


def read_sheet(records: Iterable[BiffRecord], texts: tuple[BiffText, ...]) -> SheetRecords:
    """What the records of a worksheet say; `texts` are the workbook's shared texts.

    Raises struct.error, IndexError or BrokenRecords for records that make no sense.
    """
    draft = _SheetDraft()
    for record in records:
        if not _take_frame(record, draft):
            _take_values(record, texts, draft)
    _check_merges(draft.merges)
    hidden = frozenset(row for row, is_hidden in draft.hidden_by_row.items() if is_hidden)
    shown = frozenset(draft.hidden_by_row) - hidden if draft.all_hidden else None
    cols = frozenset(draft.hidden_cols)
    columns = tuple(sorted(draft.columns))
    return SheetRecords(draft.values, tuple(draft.merges), hidden, cols, shown, draft.blanks, columns)


def _take_frame(record: BiffRecord, draft: _SheetDraft) -> bool:
    """Put down what a record says of rows, columns, merges and blank cells; False for records of other kinds."""
    if record.kind == ROW:
        draft.hidden_by_row[record.u16(0)] = bool(record.u16(12) & _ROW_HIDDEN)
    elif record.kind == COLUMNS:
        draft.hidden_cols.update(_hidden_columns(record))
        draft.columns.append((record.u16(0), min(record.u16(2), LAST_COL), record.u16(6)))
    elif record.kind == HEIGHT:
        draft.all_hidden = bool(record.u16(0) & _ALL_HIDDEN)
    elif record.kind == MERGES:
        draft.merges += _merges(record)
    elif record.kind in {_BLANK, _MULBLANK}:
        draft.blanks |= _blanks(record)
    else:
        return False
    return True


def _take_values(record: BiffRecord, texts: tuple[BiffText, ...], draft: _SheetDraft) -> None:
    """Put down the values of a record, or the text of the formula before it."""
    if record.kind == _STRING and draft.waiting is not None:
        style = draft.values[draft.waiting].style
        draft.values[draft.waiting] = StoredValue(text_at(record, 0)[0], style)
        return
    for spot, stored in _values(record, texts):
        if spot[1] > LAST_COL:
            raise BrokenRecords(detail="a cell stands outside of the sheet")
        draft.values[spot] = stored
        draft.waiting = spot if record.kind == _FORMULA else None


def _check_merges(merges: Sequence[tuple[int, int, int, int]]) -> None:
    if any(right > LAST_COL for _, _, _, right in merges):
        raise BrokenRecords(detail="a merged cell leaves the sheet")
    if sum(bottom - top + 1 for top, bottom, _, _ in merges) > _MOST_MERGED:
        raise BrokenRecords(detail="merged cells overlap")


def _hidden_columns(record: BiffRecord) -> range:
    """The columns of a COLINFO record where they are hidden or have no width."""
    if record.u16(8) & _COLUMN_HIDDEN or record.u16(4) == 0:
        return range(record.u16(0), min(record.u16(2), LAST_COL) + 1)
    return range(0)


def _merges(record: BiffRecord) -> list[tuple[int, int, int, int]]:
    numbers = struct.unpack_from(f"<{4 * record.u16(0)}H", record.data, 2)
    ranges = zip(numbers[::4], numbers[1::4], numbers[2::4], numbers[3::4], strict=True)
    return [
        (top, bottom, left, right) for top, bottom, left, right in ranges if top <= bottom and left <= right
    ]


def _blanks(record: BiffRecord) -> dict[Spot, int]:
    """The cells of a record that have a style and no value."""
    row, first = record.u16(0), record.u16(2)
    count = 1 if record.kind == _BLANK else (len(record.data) - 6) // 2
    return {(row, first + n): record.u16(4 + 2 * n) for n in range(count) if first + n <= LAST_COL}


def _values(record: BiffRecord, texts: tuple[BiffText, ...]) -> Iterator[tuple[Spot, StoredValue]]:
    """The cells of one record with a value; none for records of other kinds and for blank cells."""
    if record.kind == _MULRK:
        row, first = record.u16(0), record.u16(2)
        for index in range((len(record.data) - 6) // 6):
            at = 4 + 6 * index
            yield (row, first + index), StoredValue(_rk(record.u32(at + 2)), record.u16(at))
    elif record.kind in {_NUMBER, _RK, _SHARED, _LABEL, _RICH, _BOOLERR, _FORMULA}:
        value = _value(record, texts)
        yield (record.u16(0), record.u16(2)), StoredValue(value, record.u16(4))


def _value(record: BiffRecord, texts: tuple[BiffText, ...]) -> Value | None:
    if record.kind in {_NUMBER, _RK}:
        return (
            _rk(record.u32(6)) if record.kind == _RK else float(struct.unpack_from("<d", record.data, 6)[0])
        )
    if record.kind == _SHARED:
        return texts[record.u32(6)]
    if record.kind == _BOOLERR:
        return _error(record.data[6]) if record.data[7] else bool(record.data[6])
    if record.kind == _FORMULA:
        return _result(record)
    text, end = text_at(record, 6)
    if record.kind == _LABEL or end + 2 > len(record.data):
        return text
    runs = struct.unpack_from(f"<{2 * record.u16(end)}H", record.data, end + 2)
    return BiffText(text.units, tuple(zip(runs[::2], runs[1::2], strict=True)))


def _result(record: BiffRecord) -> Value | None:
    """The stored value of a formula: a number, or a kind and a value where the last two bytes are set.

    The text of a formula geometries in a STRING record behind it.
    """
    result = record.data[6:14]
    if result[6:8] != b"\xff\xff":
        uncalculated = not any(result) and record.u16(14) & _UNCALCULATED
        return None if uncalculated else float(struct.unpack("<d", result)[0])
    if result[0] == 1:
        return bool(result[2])
    return _error(result[2]) if result[0] == 2 else ""


def _error(code: int) -> str:
    return ERRORS.get(code, "#N/A")


def _rk(number: int) -> float:
    """A number packed in 30 bits: an integer, or the upper half of a double; divided by 100 where bit 0 says so."""
    if number & 2:
        value = float((number >> 2) - (1 << 30 if number >> 31 else 0))
    else:
        value = float(struct.unpack("<d", struct.pack("<Q", (number & 0xFFFFFFFC) << 32))[0])
    return value / 100 if number & 1 else value
