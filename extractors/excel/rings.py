"""Drawings of a workbook in, the rings in them out; and which of a cell's printed choices a ring is drawn round.

A ring is anchored to cells with offsets in EMU (914,400 an inch, 12,700 a point; ECMA-376 part 1, 20.5). Where a
text stands inside its cell is not stored: it follows from alignment and font size, full-width characters counting
one, others half.
"""

from __future__ import annotations

import posixpath
import re
import unicodedata
import zipfile
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

from openpyxl.utils import get_column_letter

EMU = 12_700
_SHAPES = {"ellipse", "donut", "flowChartConnector", "octagon"}
_NS = {
    "xdr": "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
}
_PADDING = 2.0
_REACH = 0.8  # of a choice's width: how far the middles of ring and choice may lie apart


@dataclass(frozen=True, slots=True)
class Corner:
    """A corner of an anchor: column and row from 0, and the way from their edges in EMU."""

    col: int
    col_off: int
    row: int
    row_off: int


@dataclass(frozen=True, slots=True)
class Ring:
    """A drawn ring by the corners of its box."""

    start: Corner
    end: Corner


def rings_of_sheets(package: zipfile.ZipFile, sheets: dict[str, str]) -> dict[str, tuple[Ring, ...]]:
    """Title of each sheet → its rings; `sheets` are the sheets' parts and titles."""
    found = {}
    for part, title in sheets.items():
        rings = tuple(ring for drawing in _drawings(package, part) for ring in _rings(package, drawing))
        if rings:
            found[title] = rings
    return found


def _drawings(package: zipfile.ZipFile, part: str) -> list[str]:
    """Drawing parts of a sheet, by its relations."""
    folder, name = posixpath.split(part)
    try:
        relations = ElementTree.fromstring(package.read(f"{folder}/_rels/{name}.rels"))
    except (KeyError, ElementTree.ParseError):
        return []
    targets = [entry.get("Target", "") for entry in relations if entry.get("Type", "").endswith("/drawing")]
    return [posixpath.normpath(posixpath.join(f"/{folder}", target)).lstrip("/") for target in targets]


def _rings(package: zipfile.ZipFile, drawing: str) -> list[Ring]:
    try:
        root = ElementTree.fromstring(package.read(drawing))
    except (KeyError, ElementTree.ParseError):
        return []
    rings = []
    for anchor in root.iterfind("xdr:twoCellAnchor", _NS):
        shape = anchor.find("xdr:sp/xdr:spPr/a:prstGeom", _NS)
        if shape is not None and shape.get("prst") in _SHAPES:
            start, end = _corner(anchor.find("xdr:from", _NS)), _corner(anchor.find("xdr:to", _NS))
            if start and end:
                rings.append(Ring(start, end))
    return rings


def _corner(element: ElementTree.Element | None) -> Corner | None:
    if element is None:
        return None
    numbers = [int(element.findtext(f"xdr:{name}", "0", _NS)) for name in ("col", "colOff", "row", "rowOff")]
    return Corner(*numbers)


def centre_of(ring: Ring, sheet: Any) -> tuple[int, float, int]:
    """Column (from 0), points from its left edge, and row (from 0) of a ring's middle."""
    left = ring.start.col_off / EMU
    right = _across(sheet, ring.start.col, ring.end.col) + ring.end.col_off / EMU
    col, x = ring.start.col, (left + right) / 2
    while x > column_points(sheet, col) and col < ring.end.col:
        x -= column_points(sheet, col)
        col += 1
    row = ring.start.row
    top = ring.start.row_off / EMU
    bottom = sum(row_points(sheet, r) for r in range(row, ring.end.row)) + ring.end.row_off / EMU
    y = (top + bottom) / 2
    while y > row_points(sheet, row) and row < ring.end.row:
        y -= row_points(sheet, row)
        row += 1
    return col, x, row


def _across(sheet: Any, start: int, end: int) -> float:
    return sum(column_points(sheet, col) for col in range(start, end))


def column_points(sheet: Any, col: int) -> float:
    """Width of a column in points: characters of 7 pixels and 5 pixels of padding, 0.75 points a pixel."""
    dimension = sheet.column_dimensions.get(get_column_letter(col + 1))
    width = (
        dimension.width if dimension is not None and dimension.width else sheet.sheet_format.defaultColWidth
    )
    return ((width or 8.43) * 7 + 5) * 0.75


def row_points(sheet: Any, row: int) -> float:
    """Height of a row in points."""
    dimension = sheet.row_dimensions.get(row + 1)
    height = dimension.height if dimension is not None else None
    return float(height or sheet.sheet_format.defaultRowHeight or 15.0)


def ringed_choice(text: str, x: float, cell: Any, width: float) -> str | None:
    """The printed choice whose middle lies nearest to `x` (points from the cell's left edge), None where none is near.

    `width` is the cell's in points.
    """
    size = float(cell.font.sz or 11.0)
    whole = _width(text, size)
    place = {"center": (width - whole) / 2, "right": width - whole - _PADDING}
    left = place.get(cell.alignment.horizontal or "left", _PADDING)
    best: tuple[float, str] | None = None
    for match in re.finditer(r"[^\s　・･/／、,|｜]+", text):
        middle = left + _width(text[: match.start()], size) + _width(match.group(0), size) / 2
        away = abs(middle - x)
        if away <= _REACH * _width(match.group(0), size) and (best is None or away < best[0]):
            best = away, match.group(0)
    return best[1] if best else None


def _width(text: str, size: float) -> float:
    return sum(size if unicodedata.east_asian_width(char) in "WFA" else size / 2 for char in text)
