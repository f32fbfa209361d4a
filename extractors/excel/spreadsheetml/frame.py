"""A worksheet's part without its rows in, its merged ranges, column widths and usual sizes out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from extractors.cell_reference import Area, range_to_area
from extractors.errors import Refused
from extractors.excel.objects.anchors import LAST_COL, LAST_ROW
from extractors.excel.spreadsheetml.styles import points
from extractors.limits import check_count
from extractors.package.xml_parts import Element, local

_FALSE = {"", "0", "false", "f"}
PARTS = ("sheetFormatPr", "col", "mergeCell")


@dataclass(frozen=True, slots=True)
class ColumnRun:
    """Neighbouring columns, from 0, both ends included: their width in characters and whether they are hidden."""

    first: int
    last: int
    width: float | None
    hidden: bool


@dataclass(frozen=True, slots=True)
class SheetFrame:
    """What a sheet says outside of its rows. Merged ranges are rows and columns from 0, both ends included."""

    merges: tuple[Area, ...] = ()
    columns: tuple[ColumnRun, ...] = ()
    usual_width: float | None = None
    usual_height: float | None = None
    hidden: frozenset[int] = field(default_factory=frozenset)


def elements_to_frame(elements: Iterable[Element]) -> SheetFrame:
    """The frame of the elements named in PARTS. Raises Refused for a merged range that is none, TooMuch for too many."""
    merges: dict[tuple[int, int], Area] = {}
    columns: list[ColumnRun] = []
    width = height = None
    for element in elements:
        name = local(element)
        if name == "mergeCell":
            area = _area(element)
            merges[area[:2]] = area
            check_count(len(merges))
        elif name == "col":
            columns.append(_columns(element))
        elif name == "sheetFormatPr":
            width, height = points(element.get("defaultColWidth")), points(element.get("defaultRowHeight"))
    hidden = frozenset(n for entry in columns if entry.hidden for n in range(entry.first, entry.last + 1))
    return SheetFrame(tuple(merges.values()), tuple(columns), width, height, hidden)


def is_true(text: str | None) -> bool:
    """Whether an attribute says yes."""
    return text is not None and text not in _FALSE


def _area(element: Element) -> Area:
    area = range_to_area(element.get("ref", ""))
    if area is None or area[0] > LAST_ROW or area[1] > LAST_COL:
        raise Refused(detail=f"merged range {element.get('ref', '')[:40]}")
    return area[0], area[1], min(area[2], LAST_ROW), min(area[3], LAST_COL)


def _columns(element: Element) -> ColumnRun:
    ends = []
    for name in ("min", "max"):
        text = element.get(name, "")
        ends.append(min(int(text) - 1, LAST_COL) if text.isdecimal() and len(text) < 10 else None)
    first = ends[0] if ends[0] is not None else 0
    last = ends[1] if ends[1] is not None else first
    return ColumnRun(max(first, 0), last, points(element.get("width")), is_true(element.get("hidden")))
