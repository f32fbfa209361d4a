"""Hidden rows and columns of binary workbooks, and parts that lie about their records."""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path

import pytest

from extractors.excel.fallback.xlsb_hidden import HiddenParts, hidden_of_sheets
from extractors.read import read

RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
    'Target="worksheets/sheet1.bin"/></Relationships>'
)


def _record(kind: int, data: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    return head + bytes([len(data)]) + data


def _text(words: str) -> bytes:
    return struct.pack("<I", len(words)) + words.encode("utf-16-le")


def _row(number: int, *words: str, hidden: bool = False) -> bytes:
    head = struct.pack("<IIHBB", number, 0, 300, 0, 0x10 if hidden else 0) + bytes(13)
    cells = (_record(6, struct.pack("<II", c, 0) + _text(word)) for c, word in enumerate(words))
    return _record(0, head) + b"".join(cells)


def _save(tmp_path: Path, rows: bytes, columns: bytes = b"") -> Path:
    sheet = _record(129) + _record(148, struct.pack("<IIII", 0, 1, 0, 1)) + columns
    sheet += _record(145) + rows + _record(146) + _record(130)
    entry = struct.pack("<II", 0, 1) + _text("rId1") + _text("見本")
    book = _record(131) + _record(143) + _record(156, entry) + _record(144) + _record(132)
    path = tmp_path / "回答.xlsb"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("xl/workbook.bin", book)
        package.writestr("xl/_rels/workbook.bin.rels", RELATIONS)
        package.writestr("xl/worksheets/sheet1.bin", sheet)
    return path


def test_hidden_rows_and_columns_are_told(tmp_path: Path) -> None:
    columns = _record(60, struct.pack("<IIIIH", 1, 1, 2048, 0, 1)) + _record(
        60, struct.pack("<IIIIH", 2, 0xFFFFFFFF, 0, 0, 0)
    )
    rows = _row(0, "鍵", "○") + _row(1, "窓", "×", hidden=True)
    path = _save(tmp_path, rows, columns)
    told = hidden_of_sheets(path)["見本"]
    assert told.rows == {1}
    assert (min(told.cols), max(told.cols)) == (1, 16_383)
    document = read(path)
    assert document.extractor == "calamine"
    assert [(c.text, c.hidden) for c in document.grids[0].cells] == [
        ("鍵", False), ("○", True), ("窓", True), ("×", True),
    ]  # fmt: skip


def test_nothing_hidden(tmp_path: Path) -> None:
    assert hidden_of_sheets(_save(tmp_path, _row(0, "鍵"))) == {"見本": HiddenParts()}


@pytest.mark.parametrize("rows", [b"\x00\x7f\x00", b"\x00\x00", b"\xff", b"\x3c\x01\x00"])
def test_broken_records_tell_nothing(tmp_path: Path, rows: bytes) -> None:
    assert hidden_of_sheets(_save(tmp_path, rows + bytes(0))) in ({}, {"見本": HiddenParts()})


def test_what_is_no_package_tells_nothing(tmp_path: Path) -> None:
    path = tmp_path / "回答.xls"
    path.write_bytes(b"PK\x03\x04junk")
    assert hidden_of_sheets(path) == {}
