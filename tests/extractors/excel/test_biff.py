"""Workbooks of Excel 97: what the sheet shows, what is hidden, struck out and pinned, and bytes that lie."""

from __future__ import annotations

import datetime as dt
import struct
from pathlib import Path

import pytest

from extractors.errors import BrokenRecords, Damaged, Encrypted
from extractors.excel.biff.reader import read_biff
from extractors.excel.biff.stream_records import BiffRecord, substream
from extractors.excel.biff.texts import shared_texts, text_at
from extractors.grid import Document
from extractors.read import read
from tests.extractors.excel.old_books import (
    STRUCK,
    XlsSheet,
    grid_values,
    record,
    save_xls,
    text,
    xls_stream,
)
from tests.extractors.grids import texts


def _read(tmp_path: Path, *sheets: XlsSheet, formats: tuple[str | int, ...] = ()) -> Document:
    return read_biff(save_xls(tmp_path / "回答.xls", xls_stream(sheets, formats)))


def test_values_of_every_kind(tmp_path: Path) -> None:
    document = _read(tmp_path, XlsSheet("見本", grid_values([["鍵", 3.0, 99.5, True, False, "一\r\n二"]])))
    assert (document.extractor, document.sheets, document.issues) == ("biff", 1, ())
    assert [c.text for c in document.grids[0].cells] == ["鍵", "3", "99.5", "TRUE", "FALSE", "一\n二"]
    assert [c.location.cells for c in document.grids[0].cells][:2] == ["A1", "B1"]


@pytest.mark.parametrize(
    ("value", "number_format", "expected"),
    [
        (0.999, "0.0%", "99.9%"),
        (24.0, '0"時間"', "24時間"),
        (7.0, "000", "007"),
        (46113.0, 31, "2026年4月1日"),
        (46113.0, 14, "2026/4/1"),
        (46113.0, '[$-411]ggge"年"m"月"', "令和8年4月"),
        (0.375, "h:mm", "9:00"),
        (1.5, "[h]:mm", "36:00"),
        (0.0005, 10, "0.05%"),
        (-1.0, 31, "-1"),
        (1.5, "0." + "0" * 40, "1.5"),
        (float("inf"), "yyyy/m/d", "INF"),
    ],
)
def test_figures_as_the_sheet_shows_them(
    tmp_path: Path, value: float, number_format: str | int, expected: str
) -> None:
    sheet = XlsSheet("見本", {(0, 0): value}, styles={(0, 0): 2})
    (cell,) = _read(tmp_path, sheet, formats=(number_format,)).grids[0].cells
    assert cell.text == expected


def test_dates_of_a_workbook_that_counts_from_1904(tmp_path: Path) -> None:
    days = (dt.date(2026, 4, 1) - dt.date(1904, 1, 1)).days
    sheet = XlsSheet("見本", {(0, 0): float(days)}, styles={(0, 0): 2})
    stream = xls_stream([sheet], (14,), shared=record(0x22, b"\x01\x00"))
    assert read_biff(save_xls(tmp_path / "回答.xls", stream)).grids[0].cells[0].text == "2026/4/1"


def test_hidden_columns_rows_and_sheets(tmp_path: Path) -> None:
    values = grid_values([["番号", "前の答", "答"], ["1", "○", "×"]])
    document = _read(
        tmp_path,
        XlsSheet("見本", values, hidden_cols=[1], hidden_rows=[1]),
        XlsSheet("控え", {(0, 0): "旧"}, state=1),
        XlsSheet("奥", {(0, 0): "旧"}, state=2),
    )
    hidden = {c.location.cells: c.hidden for c in document.grids[0].cells}
    assert hidden == {"A1": False, "B1": True, "C1": False, "A2": True, "B2": True, "C2": True}
    assert [(g.name, g.hidden) for g in document.grids] == [("見本", False), ("控え", True), ("奥", True)]


def test_merged_cells_cover_others(tmp_path: Path) -> None:
    values = {(1, 1): "鍵", (2, 2): "覆われた", (1, 3): "○"}
    grid = _read(tmp_path, XlsSheet("見本", values, merges=[(1, 3, 1, 2), (5, 5, 0, 1)])).grids[0]
    found = [(c.text, c.location.cells, c.row_span, c.col_span) for c in grid.cells]
    assert found == [("鍵", "B2:C4", 3, 2), ("○", "D2", 1, 1), ("", "A6:B6", 1, 2)]


def test_struck_text_is_withdrawn(tmp_path: Path) -> None:
    sheet = XlsSheet(
        "見本",
        {(0, 0): "○ ×", (1, 0): "△", (2, 0): 5.0},
        styles={(1, 0): STRUCK, (2, 0): STRUCK},
        runs={(0, 0): [(0, STRUCK), (1, 0)]},
    )
    document = _read(tmp_path, sheet)
    assert texts(document.grids[0]) == {(0, 0): " ×"}
    assert [(c.text, c.doubt) for c in document.grids[0].aside] == [
        ("○", "struck_through"), ("△", "struck_through"), ("5", "struck_through"),
    ]  # fmt: skip
    assert [t.code for t in document.issues] == ["text_struck_through"] * 3


def test_formulas_by_their_stored_value(tmp_path: Path) -> None:
    def formula(row: int, result: bytes, flags: int = 0) -> bytes:
        return record(0x06, struct.pack("<HHH", row, 0, 0) + result + struct.pack("<HIH", flags, 0, 0))

    more = formula(0, struct.pack("<d", 2.5))
    more += formula(1, b"\x00\x00\x00\x00\x00\x00\xff\xff") + record(0x207, text("○"))
    more += formula(2, b"\x01\x00\x01\x00\x00\x00\xff\xff") + formula(3, b"\x02\x00\x2a\x00\x00\x00\xff\xff")
    more += formula(4, b"\x03\x00\x00\x00\x00\x00\xff\xff") + formula(5, bytes(8), flags=3)
    document = _read(tmp_path, XlsSheet("見本", {}, more=more))
    assert [c.text for c in document.grids[0].cells if c.text] == ["2.5", "○", "TRUE", "#N/A"]
    assert [(t.code, t.location.cells) for t in document.issues] == [("formula_without_value", "A6")]


def test_packed_numbers(tmp_path: Path) -> None:
    packed = b"".join(struct.pack("<HI", 0, n) for n in (3 << 2 | 2, 0xFFFFFFFE, 12345 << 2 | 3))
    more = record(0xBD, struct.pack("<HH", 0, 1) + packed + struct.pack("<H", 3))
    more += record(0x27E, struct.pack("<HHHI", 1, 0, 0, struct.unpack("<Q", struct.pack("<d", 2.0))[0] >> 32))
    document = _read(tmp_path, XlsSheet("見本", {}, more=more))
    assert texts(document.grids[0]) == {(0, 1): "3", (0, 2): "-1", (0, 3): "123.45", (1, 0): "2"}


def test_comments_and_boxes(tmp_path: Path) -> None:
    words = "確認済"
    pieces = record(0x5D, struct.pack("<HHHHH", 0x15, 18, 0x19, 7, 0) + bytes(12) + bytes(4))
    pieces += record(0x1B6, bytes(10) + struct.pack("<HHI", len(words), 0, 0))
    pieces += record(0x3C, b"\x01" + words.encode("utf-16-le")) + record(0x3C, bytes(8))
    pieces += record(0x1C, struct.pack("<HHHH", 0, 1, 0, 7) + text("M"))
    anchor = struct.pack("<HHHHHHHHH", 0, 2, 100, 0, 20, 2, 400, 0, 200)
    shape = struct.pack("<HHI", 0, 0xF00A, 8) + bytes(8)
    drawing = shape + struct.pack("<HHI", 0, 0xF010, 18) + anchor + struct.pack("<HHI", 0, 0xF011, 0)
    box = struct.pack("<HHHHH", 0x15, 18, 0x0B, 8, 0) + bytes(12)
    box += struct.pack("<HHHHHH", 0x12, 8, 1, 0, 0, 0) + bytes(4)
    pieces += record(0xEC, drawing) + record(0x5D, box)
    document = _read(tmp_path, XlsSheet("見本", {(0, 0): "鍵", (0, 1): "○"}, more=pieces))
    found = {c.location.cells: (c.text, c.comments) for c in document.grids[0].cells}
    assert found == {"A1": ("鍵", ()), "B1": ("○", (words,)), "C1": ("☑", ())}
    assert document.issues == ()


def test_broken_drawing_does_not_lose_the_cells(tmp_path: Path) -> None:
    document = _read(tmp_path, XlsSheet("見本", {(0, 0): "鍵"}, more=record(0x5D, b"\x15\x00")))
    assert texts(document.grids[0]) == {(0, 0): "鍵"}
    assert [(t.code, dict(t.params)) for t in document.issues] == [("shapes_not_read", {"count": "1"})]


def test_texts_that_go_on_in_another_record() -> None:
    head = struct.pack("<II", 2, 2)
    first = struct.pack("<HBH", 6, 0x09, 1) + "鍵穴".encode("utf-16-le")
    rest = b"\x00abcd" + struct.pack("<HH", 2, 5)
    second = struct.pack("<HBI", 1, 0x04, 3) + b"x" + b"yyy"
    data = head + first + rest + second
    one, two = shared_texts(BiffRecord(0xFC, data, (len(head + first),)))
    assert (str(one), one.parts(0), str(two)) == ("鍵穴abcd", [("鍵穴", 0), ("abcd", 5)], "x")


def test_texts_that_promise_more_than_there_is() -> None:
    with pytest.raises(BrokenRecords):
        text_at(BiffRecord(0, struct.pack("<HB", 60_000, 1) + b"ab"), 0)
    with pytest.raises(BrokenRecords):
        text_at(BiffRecord(0, struct.pack("<HBH", 1, 8, 60_000) + b"ab"), 0)


def test_half_a_character_is_replaced() -> None:
    assert str(text_at(BiffRecord(0, struct.pack("<HBH", 1, 1, 0xD83D)), 0)[0]) == "\ufffd"


def test_stream_that_ends_early_is_not_read_in_part() -> None:
    stream = xls_stream([XlsSheet("見本", {(0, 0): "鍵", (1, 0): "○"})])
    with pytest.raises(BrokenRecords):
        list(substream(stream[:-4], stream.rindex(record(0x809)[:2])))


def test_other_reader_where_records_make_no_sense(tmp_path: Path) -> None:
    outside = XlsSheet("見本", {(0, 0): "鍵", (1, 300): "○"})
    path = save_xls(tmp_path / "回答.xls", xls_stream([outside]))
    try:
        document = read(path)
    except Damaged:
        return
    assert document.extractor == "calamine"
    assert [t.code for t in document.issues] == ["formats_not_read", "reader_refused"]


def test_merged_ranges_and_comments_outside_of_the_sheet(tmp_path: Path) -> None:
    with pytest.raises(BrokenRecords):
        _read(tmp_path, XlsSheet("見本", {(0, 0): "鍵"}, merges=[(0, 0, 0, 65_000)]))
    note = record(0x1C, struct.pack("<HHHH", 0, 65_000, 0, 7) + text("M"))
    document = _read(tmp_path, XlsSheet("見本", {(0, 0): "鍵"}, more=note))
    assert [t.code for t in document.issues] == ["comments_not_read"]


def test_merged_ranges_over_each_other_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BrokenRecords):
        _read(tmp_path, XlsSheet("見本", {(0, 0): "鍵"}, merges=[(0, 65535, 0, 255)] * 100))


def test_password_is_asked_for(tmp_path: Path) -> None:
    stream = xls_stream([XlsSheet("見本", {(0, 0): "鍵"})], shared=record(0x2F, bytes(6)))
    with pytest.raises(Encrypted):
        read(save_xls(tmp_path / "回答.xls", stream))
