"""A worksheet's part in, its rows out, one after the other: number, whether hidden, height, and cells as stored.

Rows as Excel and most programs write them are matched one after the other, several times faster than any XML parser:
attributes in the schema's order, no comments, no entities. At the first character that does not fit the sheet is read
by lxml instead: both ways give the same rows, one of them for anything that is XML.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from extractors.errors import Damaged, Unfit
from extractors.excel.objects.anchors import LAST_COL
from extractors.excel.spreadsheetml.frame import PARTS, SheetFrame, elements_to_frame, is_true
from extractors.excel.spreadsheetml.styles import points
from extractors.excel.spreadsheetml.texts import StoredText, item_to_text
from extractors.excel.spreadsheetml.xml_stream import NO_TEXT, is_utf8, stream_elements, unescaped
from extractors.package.xml_parts import Element, children, elements, local

# Letters and digits of the address, style, type, whether it has a formula, whether it has a value element, the
# value, the inline text, and what did not fit. All "" where the file does not tell.
StoredCell = tuple[str, str, str, str, str, str, str, StoredText, str]
# The same of a cell that has a value and nothing else: the beginnings of the blank cells before it and its own, address,
# style and type as written (` s="2" t="s"`), the value, and two times "" that it is one.
BriefCell = tuple[str, str, str, str, str, str]
# What a cell is made of, as nearly all programs write it. A doubled sign (`?+`) never gives back what it took.
_COLUMN, _NUMBER = "[A-Z]{1,3}", "[1-9][0-9]{0,6}"
_STYLE, _TYPE = "[0-9]{1,9}", "[A-Za-z]{1,9}"
_KEEP = '(?: xml:space="preserve")?'
_TEXT = f"[^{NO_TEXT}]"
_START = rf'<c r="({_COLUMN}+)({_NUMBER}+)"(?: s="({_STYLE}+)")?+(?: t="({_TYPE}+)")?+'
_FORMULA = r"(?:(<f)(?: [^<>]*[^<>/])?(?:/>|>[^<]*</f>))?"
_VALUE = rf"(?:(<v){_KEEP}(?: ?/>|>({_TEXT}*+)</v>))?+"
_INLINE = rf"(?:<is><t{_KEEP}>({_TEXT}*+)</t></is>)?"
_CONTENT = f"{_FORMULA}{_VALUE}{_INLINE}</c>"
_ANYTHING = "(.+)"  # what did not fit
# Each cell is a match of its own; or the blank ones between two others are one match of empty groups, which is a blank cell.
_EACH = re.compile(rf"{_START}(?: ?/>|>{_CONTENT})\s*+|{_ANYTHING}", re.DOTALL)
_BLANKS = rf'(?:<c r="{_COLUMN}{_NUMBER}"(?: s="{_STYLE}")? ?/>\s*)+'
_FILLED = re.compile(rf"{_START}>{_CONTENT}\s*+|{_BLANKS}|{_ANYTHING}", re.DOTALL)
# Cells that have a value and nothing else, the blank ones before each passed over: address, style and type as written.
_BLANK = rf'<c r="{_COLUMN}+{_NUMBER}+"(?: s="{_STYLE}+")?+ ?/>\s*+'
_BRIEF_START = rf'<c r="({_COLUMN}+{_NUMBER}+)"((?: s="{_STYLE}+")?+(?: t="{_TYPE}+")?+)'
_BRIEF_CELL = rf"((?:{_BLANK})*+{_BRIEF_START})><v>({_TEXT}++)</v></c>\s*+"
_BRIEF = re.compile(rf"{_BRIEF_CELL}|((?:{_BLANK})++)|{_ANYTHING}", re.DOTALL)
_HEAD = re.compile(rf' r="({_NUMBER})"((?: [\w:.]+="[^"<&]*")*) ?(/?)>')
_ATTRIBUTE = re.compile(r' ([\w:.]+)="([^"]*)"')
_ADDRESS = re.compile(f"({_COLUMN})({_NUMBER})")
_BATCH = 1 << 20  # characters decoded at once
_ROW_BEGINS, _CELL_BEGINS = re.compile(rb"<(?:\w+:)?row[ />]"), re.compile(rb"<(?:\w+:)?c[ />]")
_LEAST = len("<c/>")  # bytes of a cell
_OPEN, _CLOSE, _ROW = b"<sheetData>", b"</sheetData>", b"<row"


class StoredRow(NamedTuple):
    """A row: its number from 1 as written, "" where it has none, whether it is hidden, its height in points.

    The cells stand in `brief` where all of them are, else in `cells`. `heads` are the beginnings of all cells, blank ones
    too, one after the other and without the row's number (`<c r="A" s="3"`), so that rows of the same styles have the same;
    `style` is the row's own, "" where it has none.
    """

    number: str
    hidden: bool
    height: float | None
    cells: list[StoredCell]
    brief: Sequence[BriefCell] = ()
    heads: str = ""
    style: str = ""


def matched_sheet(data: bytes, blanks: bool) -> tuple[SheetFrame, Iterator[StoredRow]]:
    """The frame and the rows of a worksheet by matching; `blanks` tells whether each blank cell is wanted.

    Raises Unfit, while the rows are taken too, where only an XML parser can tell. Raises Refused and Damaged as
    stream_elements does.
    """
    start, end = data.find(_OPEN), data.rfind(_CLOSE)
    if start < 0 or end < start or not is_utf8(data):
        raise Unfit(detail="no rows of UTF-8")
    start += len(_OPEN)
    frame = elements_to_frame(stream_elements(data[:start] + data[end:], *PARTS))
    return frame, _matched_rows(data[start:end], _EACH if blanks else _FILLED)


def _matched_rows(data: bytes, cell: re.Pattern[str]) -> Iterator[StoredRow]:
    start, end = 0, len(data)
    while start < end:
        cut = data.find(_ROW, start + _BATCH, end)
        cut = end if cut < 0 else cut
        try:
            before, *rows = data[start:cut].decode().split("<row")
        except UnicodeDecodeError as error:
            raise Unfit(detail="no UTF-8") from error
        if before.strip(" \r\n\t"):
            raise Unfit(detail="something else before the rows")
        for text in rows:
            row = _matched_row(text, cell)
            # What is left of other rows is their height.
            if row.heads or row.hidden or row.style or cell is _EACH:
                yield row
        start = cut


def _matched_row(text: str, cell: re.Pattern[str]) -> StoredRow:
    head = _HEAD.match(text)
    if head is None:
        raise Unfit(detail="a row without a number")
    number, attributes, empty = head.groups()
    hidden, height, style = _row_state(attributes)
    body = text[head.end() :].rstrip(" \r\n\t")
    if empty:
        if body:
            raise Unfit(detail="something behind a row without cells")
        return StoredRow(number, hidden, height, [], style=style)
    if not body.endswith("</row>"):
        raise Unfit(detail="something behind a row")
    inner = body[: -len("</row>")].lstrip(" \r\n\t")
    if cell is _FILLED and (brief := _brief_cells(inner)) is not None:
        cells_of_values, heads = brief
        return StoredRow(number, hidden, height, [], cells_of_values, _without_number(heads, number), style)
    cells: list[StoredCell] = cell.findall(inner)
    if cells and cells[-1][-1]:
        raise Unfit(detail="something else than cells in a row")
    heads = _without_number(_heads(inner), number)
    if len(cells) == 1 and not cells[0][0]:
        return StoredRow(number, hidden, height, [], (), heads, style)
    if "&" in body:
        cells = [(*c[:6], unescaped(c[6]), unescaped(str(c[7])), "") for c in cells]
    return StoredRow(number, hidden, height, cells, (), heads, style)


def _brief_cells(text: str) -> tuple[list[BriefCell], str] | None:
    """The cells of a row that have a value, and the beginnings of all; None where one of its cells is more than that."""
    cells: list[BriefCell] = _BRIEF.findall(text)
    heads = "".join([cell[0] for cell in cells])
    if cells and not cells[-1][1]:
        *_, blanks, odd = cells.pop()
        heads += blanks
        if odd:
            return None
    if "&" in text:
        cells = [(*cell[:3], unescaped(cell[3]), "", "") for cell in cells]
    return cells, heads


def _heads(text: str) -> str:
    """The beginnings of all cells of a row, without what stands in them."""
    begins = "<c ".join([cell.partition(">")[0] for cell in text.split("<c ")])
    return begins.replace("/", "").replace(' t="inlineStr"', "")


def _without_number(heads: str, number: str) -> str:
    """Beginnings of cells as far as they are the same in the next row; where a cell has no style, its number may stay."""
    return heads.replace(number + '" s="', '" s="').replace(' t="s"', "").replace("/>", "")


@lru_cache(maxsize=1 << 10)
def _row_state(attributes: str) -> tuple[bool, float | None, str]:
    """Whether a row is hidden, its height, and its style, by its attributes; most rows of a file share theirs."""
    by_name = dict(_ATTRIBUTE.findall(attributes))
    style = by_name.get("s", "") if is_true(by_name.get("customFormat")) else ""
    return is_true(by_name.get("hidden")), points(by_name.get("ht")), style


def parsed_sheet(data: bytes) -> tuple[SheetFrame, Iterator[StoredRow]]:
    """The frame and the rows of a worksheet by lxml.

    Raises Refused and Damaged as stream_elements does, Damaged also for a row of more cells than a sheet has columns:
    its tree would take hundreds of megabytes before any cell is looked at.
    """
    _refuse_wide_rows(data)
    frame = elements_to_frame(e for e in stream_elements(data, *PARTS, "row") if local(e) != "row")
    return frame, map(_parsed_row, stream_elements(data, "row"))


def _refuse_wide_rows(data: bytes) -> None:
    begins = [match.start() for match in _ROW_BEGINS.finditer(data)]
    for start, end in pairwise([*begins, len(data)]):
        if end - start > LAST_COL * _LEAST and len(_CELL_BEGINS.findall(data, start, end)) > LAST_COL + 1:
            raise Damaged(detail=f"more than {LAST_COL + 1} columns")


def _parsed_row(element: Element) -> StoredRow:
    cells = [_parsed_cell(cell) for cell in children(element, "c")]
    heads = "".join(f'<c r="{c[0]}"' + (f' s="{c[2]}"' if c[2] else "") for c in cells if c[0])
    hidden, height = is_true(element.get("hidden")), points(element.get("ht"))
    style = element.get("s", "") if is_true(element.get("customFormat")) else ""
    return StoredRow(element.get("r", ""), hidden, height, cells, (), heads, style)


def _parsed_cell(cell: Element) -> StoredCell:
    address = _ADDRESS.fullmatch(cell.get("r", ""))
    letters, digits = address.groups() if address else ("", "")
    odd = "" if address else cell.get("r", "")
    formula, element, value = "", "", ""
    inline: StoredText = ""
    for part in elements(cell):
        name = local(part)
        if name == "v":
            element, value = "<v", part.text or ""
        elif name == "f":
            formula = "<f"
        elif name == "is":
            inline = item_to_text(part)
    return letters, digits, cell.get("s", ""), cell.get("t", ""), formula, element, value, inline, odd
