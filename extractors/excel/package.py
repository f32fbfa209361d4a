"""A workbook's zip package in, what no cell reader tells out: its size, formulas without a value, controls, shapes.

The package is checked before anything is unpacked: a file of some kilobytes can unpack to gigabytes.
"""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from pathlib import Path

from extractors.errors import Damaged, ReadError
from extractors.grid import Place, Trouble

_MAX_UNPACKED = 1 << 30
_MAX_RATIO = 500
_SMALL = 20 << 20
_NO_VALUE = re.compile(rb'<c r="([A-Z]+\d+)"[^>]*><f[^>]*(?:/>|>[^<]*</f>)(?:<v\s*/>|<v></v>)?</c>')
_SHAPE = re.compile(rb"<xdr:(?:sp|cxnSp)[ >]")


class TooLarge(ReadError):
    """The file unpacks to more than this program is willing to read."""

    code = "file_too_large"


@dataclass(frozen=True, slots=True)
class Findings:
    """What the package holds besides cells, as troubles to report."""

    troubles: tuple[Trouble, ...]


def check_package(path: Path) -> Findings:
    """Look into the workbook at `path` without unpacking it as a whole.

    Raises Damaged for a broken zip and TooLarge for one that unpacks to more than 1 GiB or more than 500
    times its size.
    """
    try:
        with zipfile.ZipFile(path) as package:
            _check_size(package, path)
            return Findings(tuple(_troubles(package)))
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError) as error:
        raise Damaged(detail=str(error)) from error


def _check_size(package: zipfile.ZipFile, path: Path) -> None:
    unpacked = sum(entry.file_size for entry in package.infolist())
    packed = max(path.stat().st_size, 1)
    if unpacked > _MAX_UNPACKED or (unpacked > _SMALL and unpacked / packed > _MAX_RATIO):
        raise TooLarge(megabytes=str(unpacked >> 20))


def _troubles(package: zipfile.ZipFile) -> list[Trouble]:
    names = package.namelist()
    troubles = []
    for name in names:
        if re.fullmatch(r"xl/worksheets/[^/]+\.xml", name):
            found = _NO_VALUE.findall(package.read(name))
            if found:
                cells = ", ".join(cell.decode() for cell in found[:10])
                troubles.append(
                    Trouble("formula_without_value", Place(cells=cells), (("count", str(len(found))),))
                )
    controls = sum(name.startswith(("xl/ctrlProps/", "xl/activeX/activeX")) for name in names)
    if controls:
        troubles.append(Trouble("controls_not_read", words=(("count", str(controls)),)))
    drawings = [name for name in names if re.fullmatch(r"xl/drawings/drawing\d+\.xml", name)]
    shapes = sum(len(_SHAPE.findall(package.read(name))) for name in drawings)
    if shapes:
        troubles.append(Trouble("shapes_not_read", words=(("count", str(shapes)),)))
    return troubles
