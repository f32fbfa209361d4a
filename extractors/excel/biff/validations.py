"""Records of an .xls sheet in, its rules for cells out: validations ([MS-XLS] 2.4.90), protection, styles of columns.

The list of a validation is a formula in tokens. Those that a list may be made of (a text, a range of this or another sheet,
a name) are written out as Excel shows them; what else there is can only be calculated.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping, Sequence

from extractors.cell_reference import a1
from extractors.errors import BrokenRecords
from extractors.excel.biff.stream_records import BiffRecord
from extractors.excel.biff.texts import characters_at, readable, text_at
from extractors.excel.looks.sheet_looks import MOST_VALIDATIONS, SheetRules, Validation, short_prompt
from extractors.looks import Area

VALIDATION, PROTECT, NAME = 0x1BE, 0x12, 0x18
_LIST = 3
_TEXT, _NAMED = 0x17, 0x03
_HERE, _ELSEWHERE = {0x04, 0x05, 0x0C, 0x0D}, {0x1A, 0x1B}  # references to cells of this and of another sheet
_AREAS, _NEAR = (
    {0x05, 0x0D, 0x1B},
    {0x0C, 0x0D},
)  # to ranges; to cells that may be relative to where the formula is used
_KIND = 0x1F  # of a token without its class
_FIRST_CLASS = 0x20
_COLUMN = 0x3FFF  # of a reference without the bits that say that it is relative
_RELATIVE = 0xC000
_NAME_HEAD = 14

Titles = Mapping[int, str]  # number of a reference → sheet


def read_rules(records: Iterable[BiffRecord], titles: Titles, names: Sequence[BiffRecord]) -> SheetRules:
    """What the records of a sheet say of its cells; `names` are the records of the workbook's names.

    A validation that makes no sense is none: the texts of the sheet count still.
    """
    protected = False
    validations: list[Validation] = []
    for record in records:
        if record.kind == PROTECT:
            protected = record.data[:2] == b"\x01\x00"
        elif record.kind == VALIDATION and len(validations) < MOST_VALIDATIONS:
            try:
                validations.append(_validation(record, titles, names))
            except (struct.error, IndexError, BrokenRecords):
                continue
    return SheetRules(tuple(validations), protected)


def _validation(record: BiffRecord, titles: Titles, names: Sequence[BiffRecord]) -> Validation:
    texts, at = [], 4
    for _ in range(4):
        text, at = text_at(record, at)
        texts.append(str(text))
    size = record.u16(at)
    formula = record.data[at + 4 : at + 4 + size]
    at += 4 + size
    at += 4 + record.u16(at)
    count = record.u16(at)
    numbers = struct.unpack_from(f"<{4 * count}H", record.data, at + 2)
    ranges = zip(numbers[::4], numbers[1::4], numbers[2::4], numbers[3::4], strict=True)
    areas: tuple[Area, ...] = tuple((top, left, bottom, right) for top, bottom, left, right in ranges)
    listed = record.u32(0) & 0xF == _LIST
    prompt = short_prompt(texts[0], texts[2])
    return Validation(areas, tokens_to_formula(formula, titles, names) if listed else None, prompt)


def tokens_to_formula(tokens: bytes, titles: Titles, names: Sequence[BiffRecord], depth: int = 4) -> str:
    """The formula of a list as Excel shows it; "" where it is no text, range or name alone."""
    if not tokens or not depth:
        return ""
    if tokens[0] == _TEXT:
        return _text(tokens)
    kind = tokens[0] & _KIND if tokens[0] >= _FIRST_CLASS else None
    if kind == _NAMED:
        index = struct.unpack_from("<I", tokens, 1)[0] - 1
        behind = _name_tokens(names[index]) if index < len(names) else b""
        return tokens_to_formula(behind, titles, names, depth - 1)
    if kind in _ELSEWHERE:
        title = titles.get(struct.unpack_from("<H", tokens, 1)[0])
        return (
            "" if title is None else "'" + title.replace("'", "''") + "'!" + _cells(tokens, 3, kind in _AREAS)
        )
    return _cells(tokens, 1, kind in _AREAS) if kind in _HERE else ""


def _cells(tokens: bytes, at: int, area: bool) -> str:
    """The name of the range or cell of which the numbers begin at `at`; "" for one that is relative to where it is used."""
    if area:
        top, bottom, left, right = struct.unpack_from("<HHHH", tokens, at)
    else:
        top, left = struct.unpack_from("<HH", tokens, at)
        bottom, right = top, left
    near = tokens[0] & _KIND in _NEAR and (left | right) & _RELATIVE
    left, right = left & _COLUMN, right & _COLUMN
    if near or top > bottom or left > right:
        return ""
    return a1(top, left, bottom - top + 1, right - left + 1)


def _text(tokens: bytes) -> str:
    """The entries of a list that is a text: they are divided by NUL."""
    record = BiffRecord(0, tokens)
    units, _ = characters_at(record, 3, tokens[1], bool(tokens[2] & 1))
    entries = (
        readable(entry.encode("utf-16-le")) for entry in units.decode("utf-16-le", "replace").split("\0")
    )
    return '"' + ",".join(entries).replace('"', '""') + '"'


def _name_tokens(record: BiffRecord) -> bytes:
    """The tokens that a name stands for."""
    length, size = record.data[3], record.u16(4)
    _, at = characters_at(record, _NAME_HEAD + 1, length, bool(record.data[_NAME_HEAD] & 1))
    return record.data[at : at + size]
