"""`.xlsx` / `.xlsm` file → one Grid a sheet: every cell as the sheet shows it, formulas by cached value.

Three readers are asked in turn. The first reads the XML itself and is the fastest; openpyxl and calamine see some
workbooks that it refuses. `extractor` says which one answered, and a issue which ones did not.
"""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

from extractors.errors import Refused
from extractors.excel.fallback.calamine import read_old_workbook
from extractors.excel.fallback.openpyxl import REFUSALS, read_by_openpyxl
from extractors.excel.objects.apply import not_drawn
from extractors.excel.package_findings import check_package
from extractors.excel.spreadsheetml.reader import NAME, read_spreadsheetml
from extractors.grid import Document, Source
from extractors.issue import Issue


def read_workbook(path: Source) -> Document:
    """Read all worksheets of the workbook `path`, hidden ones too. Raises Damaged, Encrypted or TooLarge."""
    try:
        return read_spreadsheetml(path)
    except Refused as refusal:
        told = _refused(NAME, refusal.words.get("detail", ""))
    _rewind(path)
    try:
        document = read_by_openpyxl(path)
    except REFUSALS as refusal:
        again = _refused("openpyxl", f"{type(refusal).__name__}: {refusal}")
    else:
        return replace(document, issues=(*document.issues, told))
    _rewind(path)
    document = read_old_workbook(path)
    undrawn = not_drawn(check_package(path).drawn)
    return replace(document, issues=(*document.issues, *undrawn, told, again))


def _refused(reader: str, detail: str) -> Issue:
    return Issue("reader_refused", params={"reader": reader, "detail": detail[:200]})


def _rewind(path: Source) -> None:
    if isinstance(path, BytesIO):
        path.seek(0)
