"""Hidden rows and columns of binary workbooks, and parts that lie about their records."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from extractors.excel.fallback.xlsb_hidden import HiddenParts, hidden_of_sheets
from extractors.read import read
from tests.extractors.excel.fallback.binary_books import binary_record, binary_text, save_binary


def _row(number: int, *words: str, hidden: bool = False) -> bytes:
    head = struct.pack("<IIHBB", number, 0, 300, 0, 0x10 if hidden else 0) + bytes(13)
    cells = (binary_record(6, struct.pack("<II", c, 0) + binary_text(word)) for c, word in enumerate(words))
    return binary_record(0, head) + b"".join(cells)


def _save(tmp_path: Path, rows: bytes, columns: bytes = b"") -> Path:
    sheet = binary_record(129) + binary_record(148, struct.pack("<IIII", 0, 1, 0, 1)) + columns
    return save_binary(tmp_path, sheet + binary_record(145) + rows + binary_record(146) + binary_record(130))


def test_hidden_rows_and_columns_are_told(tmp_path: Path) -> None:
    columns = binary_record(60, struct.pack("<IIIIH", 1, 1, 2048, 0, 1)) + binary_record(
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
