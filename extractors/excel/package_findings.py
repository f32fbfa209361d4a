"""A workbook's zip package in, what no reader of cells hands out: formulas without a value, controls, shapes, comments.

The package is checked before anything is unpacked (unpacked_size.py).
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.etree import ElementTree

from extractors.errors import BROKEN_PACKAGE, Damaged
from extractors.excel.objects.apply import SheetDrawings, read_drawn, unreached_to_issues
from extractors.grid import Source
from extractors.issue import Issue
from extractors.location import Location
from extractors.package.archive import Package
from extractors.package.unpacked_size import check_unpacked

_CELL = rb'<c r="(?P<cell>[A-Z]+\d+)"(?P<attributes>[^>]*)>'
_FORMULA = rb"<f[^>]*(?:/>|>[^<]*</f>)"
_EMPTY_VALUE = rb"(?P<value><v\s*/>|<v></v>)?"
_UNVALUED = re.compile(_CELL + _FORMULA + _EMPTY_VALUE + rb"</c>")
_TEXT = re.compile(rb"""\st=["']str["']""")


@dataclass(frozen=True, slots=True)
class Findings:
    """What the package holds besides cells: issues to report, and what is drawn on each sheet by its title."""

    issues: tuple[Issue, ...]
    drawn: Mapping[str, SheetDrawings] = field(default_factory=dict)


def check_package(path: Source) -> Findings:
    """Look into the workbook `path` without unpacking it as a whole.

    Raises Damaged for a broken zip and TooLarge for one that unpacks to more than 1 GiB or more than 500
    times its size.
    """
    try:
        with Package(path) as package:
            check_unpacked(package, path)
            findings = read_findings(package, sheet_titles(package))
            issues = (*_formula_issues(package, package.namelist()), *findings.issues)
            return Findings(issues, findings.drawn)
    except BROKEN_PACKAGE as error:
        raise Damaged(detail=str(error)) from error


def read_findings(package: zipfile.ZipFile, titles: Mapping[str, str]) -> Findings:
    """What the package holds besides its cells; `titles` are the sheets' parts and titles."""
    return Findings(tuple(unreached_to_issues(package, titles)), read_drawn(package, titles))


def _formula_issues(package: zipfile.ZipFile, names: list[str]) -> list[Issue]:
    """One issue a sheet that has formulas without a stored value; a stored empty text is a value."""
    issues = []
    titles: dict[str, str] | None = None
    for name in names:
        if not re.fullmatch(r"(?:xl/)?worksheets/[^/]+\.xml", name):
            continue
        addresses = [
            match.group("cell").decode()
            for match in _UNVALUED.finditer(package.read(name))
            if not (match.group("value") and _TEXT.search(match.group("attributes")))
        ]
        if addresses:
            titles = sheet_titles(package) if titles is None else titles
            location = Location(sheet=titles.get(name), cells=", ".join(addresses[:10]))
            issues.append(Issue("formula_without_value", location, {"count": str(len(addresses))}))
    return issues


def sheet_titles(package: zipfile.ZipFile) -> dict[str, str]:
    """Part of each sheet → its title, by the workbook and its relations; empty where they make no sense."""
    try:
        book = ElementTree.fromstring(package.read("xl/workbook.xml"))
        relations = ElementTree.fromstring(package.read("xl/_rels/workbook.xml.rels"))
    except (KeyError, ElementTree.ParseError):
        return {}
    parts = {entry.get("Id"): posixpath.join("/xl", entry.get("Target", "")) for entry in relations}
    titles = {}
    for sheet in book.iter():
        if sheet.tag.endswith("}sheet"):
            key = next((value for name, value in sheet.items() if name.endswith("}id")), None)
            titles[posixpath.normpath(parts.get(key, "")).lstrip("/")] = sheet.get("name", "")
    return titles
