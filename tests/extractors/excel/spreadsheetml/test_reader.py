"""Workbooks straight from their XML: what libraries do not write, and what strangers do."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from extractors.errors import Damaged, Refused
from extractors.excel.spreadsheetml.reader import read_spreadsheetml
from extractors.grid import Document
from tests.extractors.excel.spreadsheetml.packages import MAIN, STRICT, package, sheet
from tests.extractors.grids import texts

STYLES = (
    '<numFmts><numFmt numFmtId="170" formatCode="0&quot;世代&quot;"/></numFmts>'
    "<fonts><font/><font><strike/></font></fonts>"
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="170"/><xf numFmtId="0" fontId="1"/><xf numFmtId="31"/></cellXfs>'
)


def _read(folder: Path, part: str | bytes, strings: str = "", styles: str = "") -> Document:
    document = read_spreadsheetml(package(folder, part, strings, styles))
    assert document.extractor == "spreadsheetml"
    return document


def _names(document: Document) -> dict[str | None, str]:
    return {cell.location.cells: cell.text for cell in document.grids[0].cells}


def test_cells_and_rows_without_address_follow_the_ones_before(tmp_path: Path) -> None:
    rows = '<row><c><v>5</v></c><c><v>6</v></c></row><row><c r="D2"><v>8</v></c><c><v>9</v></c></row>'
    assert _names(_read(tmp_path, sheet(rows))) == {"A1": "5", "B1": "6", "D2": "8", "E2": "9"}


def test_both_editions_and_prefixes_are_the_same_sheet(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1" t="d"><v>2026-06-05</v></c></row>'
    prefixed = sheet(rows).replace("<", "<x:").replace("<x:/", "</x:").replace("xmlns=", "xmlns:x=")
    for part in (sheet(rows), sheet(rows, space=STRICT), prefixed):
        assert texts(_read(tmp_path, part).grids[0]) == {(0, 0): "2026-06-05"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "shift_jis"])
def test_encodings_that_xml_names_are_read(tmp_path: Path, encoding: str) -> None:
    part = f'<?xml version="1.0" encoding="{encoding}"?>' + sheet(
        '<row r="1"><c r="A1" t="str"><v>鍵</v></c></row>'
    )
    assert texts(_read(tmp_path, part.encode(encoding)).grids[0]) == {(0, 0): "鍵"}


def test_formats_strikes_and_rich_text_of_shared_strings(tmp_path: Path) -> None:
    rows = (
        '<row r="1"><c r="A1" s="1"><v>3</v></c><c r="B1" s="2" t="s"><v>0</v></c><c r="C1" t="s"><v>1</v></c>'
        '<c r="D1" s="3"><v>46178</v></c></row>'
    )
    strings = (
        "<si><t>旧</t></si><si><r><rPr><strike/></rPr><t>×</t></r><r><t>○</t></r>"
        '<rPh sb="0" eb="1"><t>マル</t></rPh></si>'
    )
    document = _read(tmp_path, sheet(rows), strings, STYLES)
    assert _names(document) == {"A1": "3世代", "B1": "", "C1": "○", "D1": "2026年6月5日"}
    assert [cell.text for cell in document.grids[0].aside] == ["旧", "×"]
    assert [issue.code for issue in document.issues] == ["text_struck_through"] * 2


def test_references_and_escapes_are_undone_once(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1" t="str"><v>&lt;a&#13;&#10;b_x000D_ &amp;lt; &#x9375;</v></c></row>'
    assert texts(_read(tmp_path, sheet(rows)).grids[0]) == {(0, 0): "<a\nb\n &lt; 鍵"}


def test_escaped_surrogates_make_one_character_or_none(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1" t="str"><v>_xD83D__xDE00_ _xD83D_</v></c></row>'
    assert texts(_read(tmp_path, sheet(rows)).grids[0]) == {(0, 0): "\U0001f600 \ufffd"}


@pytest.mark.parametrize(
    "cell",
    [
        't="s"><v>7</v>',
        't="s"><v>-1</v>',
        't="b"><v>7</v>',
        't="d"><v>2026-13-45</v>',
        "><v>1e999</v>",
        f"><v>{'9' * 5000}</v>",
        "><v>有</v>",
    ],
)
def test_values_that_make_no_sense_are_unclear_and_told(tmp_path: Path, cell: str) -> None:
    document = _read(tmp_path, sheet(f'<row r="1"><c r="A1" {cell}</c></row>'), "<si><t>○</t></si>")
    assert texts(document.grids[0]) == {(0, 0): "\ufffd"}
    (issue,) = document.issues
    assert (issue.code, issue.location.cells, dict(issue.params)) == (
        "cells_not_read",
        "A1",
        {"count": "1"},
    )


def test_a_number_without_its_format_is_told(tmp_path: Path) -> None:
    document = _read(tmp_path, sheet('<row r="1"><c r="A1" s="9"><v>0.5</v></c></row>'))
    assert texts(document.grids[0]) == {(0, 0): "0.5"}
    assert [issue.code for issue in document.issues] == ["formats_not_read"]


def test_merged_cells_of_hidden_and_missing_rows_are_kept(tmp_path: Path) -> None:
    rows = '<row r="2" hidden="1"/><row r="3"><c r="A3"><v>1</v></c><c r="B3"><v>2</v></c></row>'
    merges = "".join(f'<mergeCell ref="{ref}"/>' for ref in ("A2:B2", "A3:B4", "C9:D9"))
    document = _read(tmp_path, sheet(rows, f"<mergeCells>{merges}</mergeCells>"))
    found = [(cell.location.cells, cell.text, cell.hidden) for cell in document.grids[0].cells]
    assert found == [("A2:B2", "", True), ("A3:B4", "1", False), ("C9:D9", "", False)]


def test_a_merged_cell_as_large_as_a_sheet_is_one_cell(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="900"><c r="Z900"><v>2</v></c></row>'
    tail = '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    assert _names(_read(tmp_path, sheet(rows, tail))) == {"A1:XFD1048576": "1"}


def test_sizes_without_bounds_are_cut(tmp_path: Path) -> None:
    part = sheet('<row r="1"><c r="A1"><v>1</v></c></row>').replace(
        "<sheetData>",
        '<dimension ref="A1:XFD1048576"/><cols><col min="2" max="999999999" hidden="1"/></cols><sheetData>',
    )
    (cell,) = _read(tmp_path, part).grids[0].cells
    assert (cell.text, cell.hidden) == ("1", False)


@pytest.mark.parametrize("value", ["&a;", "○&b;"])
def test_a_part_with_a_dtd_is_damaged(tmp_path: Path, value: str) -> None:
    part = sheet(f'<row r="1"><c r="A1" t="str"><v>{value}</v></c></row>')
    dtd = '<!DOCTYPE worksheet [<!ENTITY a "有"><!ENTITY b SYSTEM "file:///secret">]>'
    with pytest.raises(Damaged):
        _read(tmp_path, dtd + part)


@pytest.mark.parametrize(
    "part",
    [
        sheet('<row r="2"/><row r="1"><c r="A1"><v>1</v></c></row><row r="1"><c r="B1"><v>1</v></c></row>'),
        sheet('<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>2</v></c></row>'),
        sheet('<row r="1"><c r="A2"><v>1</v></c></row>'),
        sheet('<row r="1"><c r="A1"><v>1</c></row>'),
        sheet('<row r="1"><c r="A1" t="str"><v>&nothing;</v></c></row>'),
        sheet("")[:-9],
        sheet("", '<mergeCells><mergeCell ref="nowhere"/></mergeCells>'),
        sheet("").replace(MAIN, "urn:other"),
    ],
)
def test_what_makes_no_sense_is_refused(tmp_path: Path, part: str) -> None:
    with pytest.raises(Refused):
        _read(tmp_path, part)


@pytest.mark.slow
def test_a_million_formatted_rows_without_text_take_seconds(tmp_path: Path) -> None:
    rows = "".join(f'<row r="{n}" ht="{n % 90}"><c r="A{n}" s="1"/></row>' for n in range(1, 1_000_001))
    started = time.process_time()
    document = _read(
        tmp_path, sheet(rows + '<row r="1000001"><c r="B1000001"><v>1</v></c></row>'), "", STYLES
    )
    assert time.process_time() - started < 60  # some 5 s; one object a row and cell would take minutes
    assert _names(document) == {"B1000001": "1"}


@pytest.mark.slow
def test_a_hundred_thousand_merged_cells_are_read(tmp_path: Path) -> None:
    merges = "".join(f'<mergeCell ref="A{n}:C{n}"/>' for n in range(1, 100_001))
    document = _read(tmp_path, sheet("", f"<mergeCells>{merges}</mergeCells>"))
    assert len(document.grids[0].cells) == 100_000


@pytest.mark.parametrize(
    "cells",
    [
        '<c r="B1"><v>1</v></c><c r="A1"><v>2</v></c>',
        '<c r="A2"><v>1</v></c>',
        '<c r="A11"><v>1</v></c>',
        '<c r="XFE1"><v>1</v></c>',
    ],
)
def test_cells_that_stand_elsewhere_than_they_say_are_refused(tmp_path: Path, cells: str) -> None:
    with pytest.raises(Refused):
        _read(tmp_path, sheet(f'<row r="1">{cells}</row>'))


def test_values_with_blank_cells_around(tmp_path: Path) -> None:
    rows = (
        '<row r="1"><c r="A1" s="1"/><c r="B1"><v>1</v></c><c r="C1" s="1"/><c r="D1"><v>2</v></c><c r="E1"/></row>'
        '<row r="2"><c r="B2" t="str"><v>a &amp; b</v></c><c r="AAA2"><v>3</v></c></row>'
    )
    assert _names(_read(tmp_path, sheet(rows))) == {"B1": "1", "D1": "2", "B2": "a & b", "AAA2": "3"}
