"""Packages written part by part, as no library writes them."""

from __future__ import annotations

import zipfile
from pathlib import Path

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


def sheet(rows: str, tail: str = "", space: str = MAIN) -> str:
    """A worksheet part."""
    return f'<worksheet xmlns="{space}"><sheetData>{rows}</sheetData>{tail}</worksheet>'


def package(folder: Path, part: str | bytes, strings: str = "", styles: str = "") -> Path:
    """A workbook of one sheet `見本`; `strings` and `styles` are what geometries inside their parts' roots."""
    kinds = [("worksheet", "worksheets/sheet1.xml")]
    parts: dict[str, str | bytes] = {"xl/worksheets/sheet1.xml": part}
    if strings:
        kinds.append(("sharedStrings", "sharedStrings.xml"))
        parts["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{strings}</sst>'
    if styles:
        kinds.append(("styles", "styles.xml"))
        parts["xl/styles.xml"] = f'<styleSheet xmlns="{MAIN}">{styles}</styleSheet>'
    entries = "".join(
        f'<Relationship Id="r{n}" Type="{_KINDS}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(kinds)
    )
    parts["xl/workbook.xml"] = (
        f'<workbook xmlns="{MAIN}" xmlns:r="{_KINDS}"><sheets><sheet name="見本" sheetId="1" r:id="r0"/></sheets>'
        "</workbook>"
    )
    parts["xl/_rels/workbook.xml.rels"] = f'<Relationships xmlns="{_RELATIONS}">{entries}</Relationships>'
    path = folder / "見本.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, data in parts.items():
            zipped.writestr(name, data)
    return path
