"""XML spreadsheet (Excel 2003, one XML file) in, one Grid a worksheet out."""

from __future__ import annotations

from functools import partial
from io import BytesIO

from extractors.cell_reference import a1
from extractors.errors import Damaged
from extractors.grid import Document, Grid, Source
from extractors.html.table_layout import WrittenCell, lay_out_table
from extractors.location import Location
from extractors.package.xml_parts import Element, parse_xml

SPACE = "urn:schemas-microsoft-com:office:spreadsheet"
_SS = "{" + SPACE + "}"
_MAX_BYTES = 50 << 20
_MOST_GAPS = 100_000  # rows that a file may skip


def read_spreadsheet(source: Source) -> Document:
    """Read an XML spreadsheet. Raises Damaged where it is over 50 MB, no XML, or has tables larger than any sheet."""
    data = source.getvalue() if isinstance(source, BytesIO) else source.read_bytes()
    if len(data) > _MAX_BYTES:
        raise Damaged(detail=f"{len(data) >> 20} MB of XML")
    root = parse_xml(data)
    if root is None:
        raise Damaged(detail="no XML")
    grids = tuple(_grid(sheet) for sheet in root.iter(f"{_SS}Worksheet"))
    return Document(grids, "lxml", sheets=len(grids))


def _grid(sheet: Element) -> Grid:
    title = sheet.get(f"{_SS}Name") or ""
    rows: list[list[WrittenCell]] = []
    for row in sheet.iter(f"{_SS}Row"):
        at = _number(row.get(f"{_SS}Index"), len(rows) + 1) - 1
        if at - len(rows) > _MOST_GAPS:
            raise Damaged(detail=f"row {at}")
        rows += [[] for _ in range(at - len(rows))]
        rows.append([_cell(cell, row) for cell in row.iterchildren(f"{_SS}Cell")])
    cells, struck = lay_out_table(rows, 0, partial(_place, title))
    filled = tuple(cell for cell in cells if cell.text.strip() or cell.row_span > 1 or cell.col_span > 1)
    return Grid(title, filled, sheet=title, aside=tuple(struck))


def _place(title: str, row: int, col: int) -> Location:
    return Location(sheet=title, cells=a1(row, col))


def _cell(cell: Element, row: Element) -> WrittenCell:
    data = cell.find(f"{_SS}Data")
    text = "" if data is None else "".join(data.itertext())
    index = cell.get(f"{_SS}Index")
    return WrittenCell(
        text.strip(),
        1 + _number(cell.get(f"{_SS}MergeDown"), 0),
        1 + _number(cell.get(f"{_SS}MergeAcross"), 0),
        row.get(f"{_SS}Hidden") == "1",
        col=_number(index, 1) - 1 if index else None,
    )


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and 0 < len(text) < 8 else otherwise
