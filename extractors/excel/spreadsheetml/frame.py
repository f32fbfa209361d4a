"""A worksheet's part without its rows in, its merged ranges, column widths, usual sizes and rules for cells out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from extractors.cell_reference import Area, range_to_area
from extractors.errors import Refused
from extractors.excel.looks.sheet_looks import (
    MOST_VALIDATIONS,
    SheetRules,
    Validation,
    parse_areas,
    short_prompt,
)
from extractors.excel.objects.anchors import LAST_COL, LAST_ROW
from extractors.excel.spreadsheetml.styles import points
from extractors.limits import check_count
from extractors.package.xml_parts import Element, child, local, text_at

_FALSE = {"", "0", "false", "f"}
_LONGEST = 10_000  # characters of a formula
PARTS = (
    "sheetFormatPr",
    "col",
    "mergeCell",
    "sheetProtection",
    "protectedRange",
    "dataValidation",
)


@dataclass(frozen=True, slots=True)
class ColumnRun:
    """Neighbouring columns, from 0, both ends included: their width in characters, whether they are hidden, their style."""

    first: int
    last: int
    width: float | None
    hidden: bool
    style: str = ""


@dataclass(frozen=True, slots=True)
class SheetFrame:
    """What a sheet says outside of its rows. Merged ranges are rows and columns from 0, both ends included."""

    merges: tuple[Area, ...] = ()
    columns: tuple[ColumnRun, ...] = ()
    usual_width: float | None = None
    usual_height: float | None = None
    hidden: frozenset[int] = field(default_factory=frozenset)
    rules: SheetRules = field(default_factory=SheetRules)


def elements_to_frame(elements: Iterable[Element]) -> SheetFrame:
    """The frame of the elements named in PARTS. Raises Refused for a merged range that is none, TooMuch for too many."""
    merges: dict[tuple[int, int], Area] = {}
    columns: list[ColumnRun] = []
    validations: list[Validation] = []
    opened: list[Area] = []
    protected = False
    width = height = None
    for element in elements:
        name = local(element)
        if name == "mergeCell":
            area = _area(element)
            merges[area[:2]] = area
            check_count(len(merges))
        elif name == "col":
            columns.append(_columns(element))
        elif name == "dataValidation" and len(validations) < MOST_VALIDATIONS:
            validations.append(_validation(element))
        elif name == "sheetProtection":
            protected = is_true(element.get("sheet"))
        elif name == "protectedRange":
            opened += parse_areas(element.get("sqref", ""))
        elif name == "sheetFormatPr":
            width, height = points(element.get("defaultColWidth")), points(element.get("defaultRowHeight"))
    hidden = frozenset(n for entry in columns if entry.hidden for n in range(entry.first, entry.last + 1))
    rules = SheetRules(tuple(validations), protected, tuple(opened[:MOST_VALIDATIONS]))
    return SheetFrame(tuple(merges.values()), tuple(columns), width, height, hidden, rules)


def _validation(element: Element) -> Validation:
    """A validation of either kind: Excel writes lists on other sheets as an extension, with elements instead of attributes."""
    areas = parse_areas(element.get("sqref") or text_at(element, "sqref"))
    prompt = short_prompt(element.get("promptTitle", ""), element.get("prompt", ""))
    if element.get("type") != "list":
        return Validation(areas, None, prompt)
    formula = child(element, "formula1")
    return Validation(areas, (text_at(element, "formula1", "f") or _text(formula))[:_LONGEST], prompt)


def _text(element: Element | None) -> str:
    return (element.text or "") if element is not None else ""


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
    hidden, style = is_true(element.get("hidden")), element.get("style", "")
    return ColumnRun(max(first, 0), last, points(element.get("width")), hidden, style)
