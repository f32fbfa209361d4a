"""Rows by matching and by parsing: the same, or left to the parser."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.errors import Unfit
from extractors.excel.spreadsheetml.stored_rows import StoredRow, matched_sheet, parsed_sheet
from extractors.excel.spreadsheetml.values import stored_value
from tests.extractors.excel.spreadsheetml.packages import sheet

PIECES = [
    '<row r="1">', '<row r="2" ht="9.5" hidden="1">', '<row r="3"/>', "</row>", '<c r="A1"/>', '<c r="B1" s="3" />',
    '<c r="C1" t="s"><v>0</v></c>', '<c r="D1" t="str"><f>A1&amp;"x"</f><v>a&amp;b</v></c>', "<c><v>1</v></c>",
    '<c r="E1" t="inlineStr"><is><t xml:space="preserve"> 鍵 </t></is></c>', '<c r="F1"><f t="shared" si="0"/><v/></c>',
    '<c s="1" r="G1"><v>2</v></c>', "<!-- <row> -->", "<v><![CDATA[</row>]]></v>", "\n  ", "&#9;", "<extLst/>",
]  # fmt: skip


def _all(part: str) -> tuple[list[StoredRow] | None, list[StoredRow] | None]:
    """The rows by matching and by parsing, None where that way does not read them."""
    both = []
    for rows in (lambda data: matched_sheet(data, True), parsed_sheet):
        try:
            both.append(list(rows(part.encode())[1]))
        except Unfit:
            both.append(None)
    return both[0], both[1]


@pytest.mark.parametrize(
    "piece", ["", '<c r="A1" s="1"/>', '<c r="B1"><v>5</v></c>', PIECES[7], PIECES[9], PIECES[10]]
)
def test_rows_as_excel_writes_them_are_matched(piece: str) -> None:
    matched, parsed = _all(sheet(f'<row r="1" spans="1:9" ht="18.75" hidden="1">{piece}</row>\n<row r="2"/>'))
    assert matched is not None
    assert parsed is not None
    assert _comparable(matched) == _comparable(parsed)
    assert matched[0][:3] == ("1", True, 18.75)


@pytest.mark.parametrize(
    "piece", ['<c s="1" r="A1"/>', "<!-- x -->", "<c><v>1</v></c>", '<c r="A1"><v><![CDATA[1]]></v></c>']
)
def test_other_ways_to_write_rows_are_left_to_the_parser(piece: str) -> None:
    matched, parsed = _all(sheet(f'<row r="1">{piece}</row>'))
    assert matched is None
    assert parsed is not None


@given(st.lists(st.sampled_from(PIECES), max_size=9))
def test_what_is_matched_is_what_the_parser_reads(pieces: list[str]) -> None:
    part = sheet(f'<row r="1">{"".join(pieces)}</row>')
    try:
        matched = list(matched_sheet(part.encode(), True)[1])
    except Unfit:
        return
    assert _comparable(matched) == _comparable(parsed_sheet(part.encode())[1])


@given(st.lists(st.sampled_from(PIECES), max_size=9))
def test_rows_of_values_alone_are_the_same_in_brief(pieces: list[str]) -> None:
    part = sheet(f'<row r="1">{"".join(pieces)}</row>')
    try:
        matched = list(matched_sheet(part.encode(), False)[1])
    except Unfit:
        return
    filled = [cell for row in parsed_sheet(part.encode())[1] for cell in row.cells if any(cell[4:])]
    brief = [
        (*_parted(address), *stored_value(told, value))
        for r in matched
        for _, address, told, value, *_ in r.brief
    ]
    cells = [cell for row in matched for cell in row.cells if cell[0] and any(cell[4:])]
    if brief:
        assert brief == [(c[0], c[1], c[3], c[6], c[7], c[2]) for c in filled]
    else:
        assert cells == filled


def _comparable(rows: Iterable[StoredRow]) -> list[tuple[StoredRow, list[tuple[str, str]]]]:
    """Each row with the columns and styles of its cells, however their beginnings are written."""
    begins = re.compile(r'<c r="([A-Z]+)[0-9]*"(?: s="([0-9]+)")?')
    return [(row._replace(heads=""), begins.findall(row.heads)) for row in rows]


def _parted(address: str) -> tuple[str, str]:
    letters = address.rstrip("0123456789")
    return letters, address.removeprefix(letters)
