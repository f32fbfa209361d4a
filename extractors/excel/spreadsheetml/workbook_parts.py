"""A workbook's package in, its sheets in order out: title, part and state, and the parts that all sheets share."""

from __future__ import annotations

import datetime as dt
import zipfile
from dataclasses import dataclass, field

from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900

from extractors.errors import Damaged, Refused
from extractors.excel.looks.choice_lists import Names
from extractors.excel.spreadsheetml.xml_stream import part_bytes, refuse_dtd
from extractors.package.xml_parts import (
    Element,
    child,
    children,
    main_part,
    parse_xml,
    relation_id,
    relations_of,
)

_WORKBOOK = "xl/workbook.xml"
_MOST_SHEETS = 2_000
_MOST_NAMES = 20_000
_SHARED = {"sharedStrings", "styles", "theme"}
_TRUE = {"1", "true", "on"}


@dataclass(frozen=True, slots=True)
class SheetPart:
    """One worksheet: its title, its part in the package, and whether it is hidden."""

    title: str
    part: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class WorkbookParts:
    """The worksheets of a workbook in order; `epoch` is day 0 of its dates. Parts are "" where there are none.

    `names` are formulas by the sheet for which their name holds, None for all, and the folded name.
    """

    sheets: tuple[SheetPart, ...]
    epoch: dt.datetime
    strings: str = ""
    styles: str = ""
    theme: str = ""
    names: Names = field(default_factory=dict)


def package_to_workbook_parts(package: zipfile.ZipFile) -> WorkbookParts:
    """The workbook of a package, by its relations. Raises Refused where they make no sense."""
    names = {name.lower(): name for name in package.namelist()}
    main = main_part(package, _WORKBOOK)
    root = parse_root(package, main)
    relations = relations_of(package, main)
    parts = {r.key: (r.kind, names.get(r.part.lower(), "")) for r in relations}
    shared = {kind: part for kind, part in parts.values() if kind in _SHARED}
    properties = child(root, "workbookPr")
    mac = properties is not None and properties.get("date1904", "0").lower() in _TRUE
    return WorkbookParts(
        tuple(_sheets(root, parts)),
        CALENDAR_MAC_1904 if mac else CALENDAR_WINDOWS_1900,
        shared.get("sharedStrings") or names.get("xl/sharedstrings.xml", ""),
        shared.get("styles") or names.get("xl/styles.xml", ""),
        shared.get("theme", ""),
        _names(root),
    )


def parse_root(package: zipfile.ZipFile, name: str) -> Element:
    """Root element of a part. Raises Refused where it is missing or no XML, Damaged where it has a DTD."""
    root = parse_xml(part_bytes(package, name))
    if root is None:
        raise Refused(detail=f"{name} is no XML")
    refuse_dtd(root)
    return root


def _names(root: Element) -> Names:
    """The names that the workbook gives to ranges."""
    name_list, sheet_list = child(root, "definedNames"), child(root, "sheets")
    entries = list(children(name_list, "definedName"))[:_MOST_NAMES] if name_list is not None else []
    titles = (
        [entry.get("name", "") for entry in children(sheet_list, "sheet")] if sheet_list is not None else []
    )
    names: dict[tuple[str | None, str], str] = {}
    for entry in entries:
        index = entry.get("localSheetId", "")
        local = int(index) if index.isdecimal() and len(index) < 6 else None
        title = titles[local] if local is not None and local < len(titles) else None
        names[title, entry.get("name", "").casefold()] = entry.text or ""
    return names


def _sheets(root: Element, parts: dict[str, tuple[str, str]]) -> list[SheetPart]:
    sheets: list[SheetPart] = []
    sheet_list = child(root, "sheets")
    entries = list(children(sheet_list, "sheet")) if sheet_list is not None else []
    if len(entries) > _MOST_SHEETS:
        raise Damaged(detail=f"{len(entries)} sheets")
    for entry in entries:
        kind, part = parts.get(relation_id(entry), ("", ""))
        if kind == "chartsheet":
            continue
        if not part or any(sheet.part == part for sheet in sheets):
            raise Refused(detail=f"no part of its own for the sheet {entry.get('name', '')}")
        hidden = entry.get("state", "visible") != "visible"
        sheets.append(SheetPart(entry.get("name", ""), part, hidden))
    if sheet_list is None:
        raise Refused(detail="no list of sheets")
    return sheets
