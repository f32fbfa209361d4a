"""Small .xlsb workbooks, written record by record."""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path

RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
    'Target="worksheets/sheet1.bin"/></Relationships>'
)


def binary_record(kind: int, data: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size = len(data)
    length = bytes([size]) if size < 0x80 else bytes([size & 0x7F | 0x80, size >> 7])
    return head + length + data


def binary_text(words: str) -> bytes:
    return struct.pack("<I", len(words)) + words.encode("utf-16-le")


def save_binary(folder: Path, sheet: bytes) -> Path:
    """A workbook of one sheet 見本, whose part holds these bytes."""
    entry = struct.pack("<II", 0, 1) + binary_text("rId1") + binary_text("見本")
    kinds = ((131, b""), (143, b""), (156, entry), (144, b""), (132, b""))
    path = folder / "回答.xlsb"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("xl/workbook.bin", b"".join(binary_record(*each) for each in kinds))
        package.writestr("xl/_rels/workbook.bin.rels", RELATIONS)
        package.writestr("xl/worksheets/sheet1.bin", sheet)
    return path
