"""A workbook's zip package in, what no cell reader tells out: its size, formulas without a value, controls, shapes, comments.

The package is checked before anything is unpacked: a file of some kilobytes can unpack to gigabytes.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO
from xml.etree import ElementTree

from extractors.errors import BROKEN_PACKAGE, Damaged, TooLarge
from extractors.excel.objects.apply import Drawn, read_drawn, unreached
from extractors.grid import Source
from extractors.issue import Issue
from extractors.location import Location
from extractors.package.archive import Package

_MAX_UNPACKED = 1 << 30
_MAX_RATIO = 500
_SMALL = 20 << 20
_FORMULA = re.compile(
    rb'<c r="(?P<cell>[A-Z]+\d+)"(?P<attributes>[^>]*)><f[^>]*(?:/>|>[^<]*</f>)(?P<value><v\s*/>|<v></v>)?</c>'
)
_TEXT = re.compile(rb"""\st=["']str["']""")


@dataclass(frozen=True, slots=True)
class Findings:
    """What the package holds besides cells: issues to report, and what is drawn on each sheet by its title."""

    issues: tuple[Issue, ...]
    drawn: Mapping[str, Drawn] = field(default_factory=dict)


def check_package(path: Source) -> Findings:
    """Look into the workbook `path` without unpacking it as a whole.

    Raises Damaged for a broken zip and TooLarge for one that unpacks to more than 1 GiB or more than 500
    times its size.
    """
    try:
        with Package(path) as package:
            check_unpacked(package, path)
            found = look_round(package, sheet_titles(package))
            issues = (*_formula_issues(package, package.namelist()), *found.issues)
            return Findings(issues, found.drawn)
    except BROKEN_PACKAGE as error:
        raise Damaged(detail=str(error)) from error


def look_round(package: zipfile.ZipFile, titles: Mapping[str, str]) -> Findings:
    """What the package holds besides its cells; `titles` are the sheets' parts and titles."""
    return Findings(tuple(unreached(package, titles)), read_drawn(package, titles))


def check_size(path: Source) -> None:
    """Look whether the package at `path` (.xlsb, .ods) may be unpacked; what is no zip is passed over.

    Raises TooLarge as check_package does.
    """
    try:
        with Package(path) as package:
            check_unpacked(package, path)
    except BROKEN_PACKAGE:
        return  # an old .xls, or a zip so broken that its reader says it better


def check_unpacked(package: zipfile.ZipFile, path: Source) -> None:
    """Look whether the package of the file `path` may be unpacked. Raises TooLarge as check_package does."""
    unpacked = sum(entry.file_size for entry in package.infolist())
    packed = max(len(path.getbuffer()) if isinstance(path, BytesIO) else path.stat().st_size, 1)
    if unpacked > _MAX_UNPACKED or (unpacked > _SMALL and unpacked / packed > _MAX_RATIO):
        raise TooLarge(megabytes=str(unpacked >> 20))


def _formula_issues(package: zipfile.ZipFile, names: list[str]) -> list[Issue]:
    """One issue a sheet that has formulas without a stored value; a stored empty text is a value."""
    issues = []
    titles: dict[str, str] | None = None
    for name in names:
        if not re.fullmatch(r"xl/worksheets/[^/]+\.xml", name):
            continue
        found = [
            match.group("cell").decode()
            for match in _FORMULA.finditer(package.read(name))
            if not (match.group("value") and _TEXT.search(match.group("attributes")))
        ]
        if found:
            titles = sheet_titles(package) if titles is None else titles
            location = Location(sheet=titles.get(name), cells=", ".join(found[:10]))
            issues.append(Issue("formula_without_value", location, {"count": str(len(found))}))
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
