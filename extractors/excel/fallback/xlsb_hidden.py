"""`.xlsb` workbook in, its hidden rows and columns out, which the reader of its values does not hand out.

A part is a run of records: a kind and a length of some bytes each, seven bits a byte ([MS-XLSB] 2.1.4).
"""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.errors import BROKEN_PACKAGE
from extractors.grid import Source
from extractors.package.archive import Package
from extractors.package.xml_parts import MAX_PART, relations_of

_BOOK = "xl/workbook.bin"
_SHEET, _ROW, _COLUMNS = 156, 0, 60
_ROW_HIDDEN, _COLUMN_HIDDEN = 0x10, 0x01
_LAST_COL = 16_383


@dataclass(frozen=True, slots=True)
class HiddenParts:
    """Rows and columns of a sheet that are hidden, counted from 0."""

    rows: frozenset[int] = frozenset()
    cols: frozenset[int] = frozenset()


def hidden_of_sheets(path: Source) -> dict[str, HiddenParts]:
    """Title of each sheet → what is hidden on it; a sheet whose records make no sense is left out."""
    try:
        with Package(path) as package:
            parts = {relation.key: relation.part for relation in relations_of(package, _BOOK)}
            titles = _titles(package)
            hidden_parts = ((title, _hidden(package, parts.get(key, ""))) for key, title in titles.items())
            return {title: hidden for title, hidden in hidden_parts if hidden is not None}
    except (KeyError, struct.error, *BROKEN_PACKAGE):
        return {}


def _titles(package: zipfile.ZipFile) -> dict[str, str]:
    """Relation of each sheet → its title."""
    titles = {}
    for kind, data in _records(package.read(_BOOK)):
        if kind == _SHEET:
            key, at = _text(data, 8)
            titles[key] = _text(data, at)[0]
    return titles


def _hidden(package: zipfile.ZipFile, part: str) -> HiddenParts | None:
    if part not in package.namelist() or package.getinfo(part).file_size > MAX_PART:
        return None
    rows: set[int] = set()
    cols: set[int] = set()
    try:
        for kind, data in _records(package.read(part)):
            if kind == _ROW and data[11] & _ROW_HIDDEN:
                rows.add(struct.unpack_from("<I", data)[0])
            elif kind == _COLUMNS:
                first, last, width, _, flags = struct.unpack_from("<IIIIH", data)
                if flags & _COLUMN_HIDDEN or not width:
                    cols.update(range(first, min(last, _LAST_COL) + 1))
    except (struct.error, IndexError):
        return None
    return HiddenParts(frozenset(rows), frozenset(cols))


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at < len(data):
        kind, at = _number(data, at, 2)
        size, at = _number(data, at, 4)
        if at + size > len(data):
            raise struct.error("a record runs out of its part")
        yield kind, data[at : at + size]
        at += size


def _number(data: bytes, at: int, most: int) -> tuple[int, int]:
    """A number of up to `most` bytes of seven bits, and the offset behind it; kinds keep their bits in place."""
    value = 0
    for index in range(most):
        if at >= len(data):
            raise struct.error("a number runs out of its part")
        value |= (data[at] & 0x7F) << 7 * index
        at += 1
        if data[at - 1] < 0x80:
            break
    return value, at


def _text(data: bytes, at: int) -> tuple[str, int]:
    count = struct.unpack_from("<I", data, at)[0]
    end = at + 4 + 2 * count
    if end > len(data):
        raise struct.error("a text runs out of its record")
    return data[at + 4 : end].decode("utf-16-le", errors="replace"), end
