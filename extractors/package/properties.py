"""Office package in, the properties that its program wrote down out: company, author, who changed it last."""

from __future__ import annotations

import zipfile
from io import BytesIO

from extractors.errors import BROKEN_PACKAGE, Damaged
from extractors.grid import Source
from extractors.package.archive import Package
from extractors.package.xml_parts import parse_xml

_PARTS = {
    "docProps/app.xml": {"Company": "company"},
    "docProps/core.xml": {"creator": "author", "lastModifiedBy": "modified_by"},
}
_MAX_BYTES = 1 << 20
_LONGEST = 200


def workbook_properties(source: Source) -> tuple[tuple[str, str], ...]:
    """Name and text of each property of an .xlsx or .docx package; none where they are missing, broken or over 1 MiB."""
    if isinstance(source, BytesIO):
        source.seek(0)
    try:
        with Package(source) as package:
            return tuple(pair for part in _PARTS for pair in _properties(package, part))
    except (*BROKEN_PACKAGE, Damaged):
        return ()


def _properties(package: zipfile.ZipFile, part: str) -> list[tuple[str, str]]:
    if part not in package.namelist() or package.getinfo(part).file_size > _MAX_BYTES:
        return []
    root = parse_xml(package.read(part))
    if root is None:
        return []
    names = _PARTS[part]
    texts = [(str(entry.tag).rpartition("}")[2], (entry.text or "").strip()) for entry in root]
    return [(names[tag], text[:_LONGEST]) for tag, text in texts if tag in names and text]
