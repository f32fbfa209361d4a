"""What a form's maker told Excel is read from .xls and OpenDocument files as from .xlsx."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from extractors.excel.biff.stream_records import BiffRecord
from extractors.excel.biff.validations import tokens_to_formula
from extractors.looks import Look
from extractors.read import read
from tests.extractors.excel.old_books import (
    XlsSheet,
    cell,
    flat,
    grid_values,
    record,
    row,
    save_xls,
    table,
    text,
    xls_stream,
)

INPUT = Look(writable=True, fill="FFFF99", bordered=True)
JUDGED = ("適合", "不適合")
ASKED = [
    ["No.", "設問", "判定"],
    [1.0, "鍵を替えたか", ""],
    [2.0, "名簿はあるか", ""],
    [3.0, "訓練したか", ""],
]
_BOLD_FONT = record(0x31, struct.pack("<HHHH", 220, 0, 32767, 700) + b"\x00" * 6 + text("M", short=True))
# Fonts 0 and 1 are there, styles 0 and 1 too: style 2 is bold and locked, 3 is unlocked, yellow (43), with four lines.
_STYLES = (
    record(0xE0, struct.pack("<HHH", 2, 0, 1) + b"\x00" * 14)
    + record(0xE0, struct.pack("<HHH4xIIH", 0, 0, 0, 0x1111, 1 << 26, 43))
    + record(0xE0, struct.pack("<HHH", 0, 0, 1) + b"\x00" * 14)
)
BOLD, YELLOW, LOCKED = 2, 3, 4


def _validation(formula: bytes, *areas: tuple[int, int, int, int], kind: int = 3) -> bytes:
    """A DV record; `areas` are first and last row, first and last column."""
    texts = b"".join(text(words) for words in ("判定", "\x00", "選んでください", "\x00"))
    ends = b"".join(struct.pack("<HHHH", *area) for area in areas)
    formulas = struct.pack("<HH", len(formula), 0) + formula + struct.pack("<HH", 0, 0)
    return record(0x1BE, struct.pack("<I", kind) + texts + formulas + struct.pack("<H", len(areas)) + ends)


def _inline(words: str) -> bytes:
    return struct.pack("<BBB", 0x17, len(words), 1) + words.encode("utf-16-le")


def _xls(folder: Path, *more: bytes) -> Path:
    values = grid_values(ASKED)
    styles = {(0, col): BOLD for col in range(3)} | {spot: LOCKED for spot in values if spot[0]}
    blanks = b"".join(record(0x201, struct.pack("<HHH", at, 2, YELLOW)) for at in (1, 2, 3))
    asked = XlsSheet("調査票", values, styles=styles, more=blanks + b"".join(more))
    lists = XlsSheet("選択肢", grid_values([[word] for word in JUDGED]))
    return save_xls(folder / "調査票.xls", xls_stream([asked, lists], fonts_and_styles=_BOLD_FONT + _STYLES))


def test_an_old_workbook_tells_lists_protection_grounds_and_borders(tmp_path: Path) -> None:
    rules = [
        record(0x12, b"\x01\x00"),
        _validation(_inline("はい\0いいえ"), (1, 1, 2, 2)),
        _validation(struct.pack("<BHHHH", 0x25, 1, 2, 1, 1), (2, 2, 2, 2)),
        _validation(b"\x1e\x05\x00", (3, 3, 2, 2), kind=1),
    ]
    looks = read(_xls(tmp_path, *rules)).grids[0].looks
    assert looks.at(0, 1) == Look(writable=False, bold=True)
    assert looks.at(1, 1) == Look(writable=False)
    assert [looks.at(r, 2).choices for r in (1, 2, 3)] == [
        ("はい", "いいえ"),
        ("鍵を替えたか", "名簿はあるか"),
        None,
    ]
    assert looks.at(3, 2) == Look(writable=True, fill="FFFF99", bordered=True, prompt="判定 選んでください")


def test_validations_that_make_no_sense_cost_no_text(tmp_path: Path) -> None:
    cut = record(0x1BE, struct.pack("<I", 3) + text("判定") + b"\x05")
    grid = read(_xls(tmp_path, cut, record(0x1BE, b""))).grids[0]
    assert [c.text for c in grid.cells if c.row == 1] == ["1", "鍵を替えたか"]
    assert grid.looks.at(1, 2) == INPUT


_NAME = BiffRecord(
    0x18, struct.pack("<HBBHHHBBBB", 0, 0, 2, 11, 0, 0, 0, 0, 0, 0) + b"\x01" + "判定".encode("utf-16-le")
    + struct.pack("<BHHHHH", 0x3B, 7, 0, 1, 0, 0),
)  # fmt: skip


@pytest.mark.parametrize(
    ("tokens", "formula"),
    [
        (_inline("可\0否"), '"可,否"'),
        (struct.pack("<BHHHH", 0x25, 0, 4, 2, 2), "C1:C5"),
        (struct.pack("<BHH", 0x44, 6, 1), "B7"),
        (struct.pack("<BHHHHH", 0x3B, 7, 0, 1, 0, 0), "'値''集'!A1:A2"),
        (struct.pack("<BIH", 0x23, 1, 0), "'値''集'!A1:A2"),
        (struct.pack("<BIH", 0x23, 9, 0), ""),
        (struct.pack("<BHHHHH", 0x3B, 8, 0, 1, 0, 0), ""),
        (struct.pack("<BHHHH", 0x2D, 0, 4, 0xC002, 0xC002), ""),
        (b"\x1e\x05\x00", ""),
        (b"", ""),
    ],
)
def test_tokens_of_lists_are_written_as_excel_shows_them(tokens: bytes, formula: str) -> None:
    assert tokens_to_formula(tokens, {7: "値'集"}, [_NAME]) == formula


_ODF_STYLES = (
    '<style:style style:name="head" style:family="table-cell"><style:text-properties style:font-weight="bold"/></style:style>'
    '<style:style style:name="input" style:family="table-cell"><style:table-cell-properties style:cell-protect="none"'
    ' style:background-color="#ffff99" style:border-left="0.1pt solid" style:border-right="0.1pt solid"/></style:style>'
)
_ODF_RULES = (
    '<table:content-validations><table:content-validation table:name="v1" '
    'table:condition="of:cell-content-is-in-list(&quot;はい&quot;;&quot;いいえ&quot;)"><table:help-message '
    'table:title="判定"><text:p>選んでください</text:p></table:help-message></table:content-validation>'
    '<table:content-validation table:name="v2" table:condition="of:cell-content-is-in-list([$選択肢.$A$1:.$A$2])"/>'
    '<table:content-validation table:name="v3" table:condition="of:cell-content-is-in-list(語彙)"/>'
    '<table:content-validation table:name="v4" table:condition="of:cell-content-is-whole-number()"/>'
    "</table:content-validations>"
)


def test_an_open_document_tells_lists_protection_grounds_and_borders(tmp_path: Path) -> None:
    def chosen(name: str) -> str:
        return f'<table:table-cell table:style-name="input" table:content-validation-name="{name}"/>'

    rows = [row(cell("No.", 'table:style-name="head"'), cell("設問"), cell("判定"))]
    rows += [row(cell(str(n)), cell("鍵を替えたか"), chosen(f"v{n}")) for n in (1, 2, 3, 4)]
    lists = table(row(cell("適合")), row(cell("不適合")), title="選択肢")
    names = (
        '<table:named-expressions><table:named-range table:name="語彙" '
        'table:cell-range-address="$選択肢.$A$1:.$A$2"/></table:named-expressions>'
    )
    path = tmp_path / "調査票.fods"
    asked = table(*rows, title="調査票", attributes='table:protected="true"')
    path.write_bytes(flat(_ODF_RULES + asked + lists + names, _ODF_STYLES))
    looks = read(path).grids[0].looks
    assert looks.at(0, 0) == Look(writable=False, bold=True)
    assert [looks.at(r, 2).choices for r in (1, 2, 3, 4)] == [("はい", "いいえ"), JUDGED, JUDGED, None]
    assert looks.at(1, 2) == Look(("はい", "いいえ"), True, False, "FFFF99", True, "判定 選んでください")


def test_a_look_repeated_over_all_rows_is_kept_once(tmp_path: Path) -> None:
    blank = '<table:table-cell table:style-name="input" table:number-columns-repeated="16384"/>'
    path = tmp_path / "調査票.fods"
    rows = row(cell("No.")), row(blank, attributes='table:number-rows-repeated="1000000"')
    path.write_bytes(flat(table(*rows), _ODF_STYLES))
    looks = read(path).grids[0].looks
    assert looks.at(900_000, 16_000) == INPUT
    assert len(looks.lines) <= 3
