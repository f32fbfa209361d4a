"""A workbook → bytes that are the same on every run: no clock in the properties or in the archive."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime

from openpyxl import Workbook

WRITTEN = datetime(2026, 7, 1, 9, 0, 0)
ARCHIVE_TIME = (2026, 7, 1, 9, 0, 0)
MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(<)")


def workbook_bytes(book: Workbook, creator: str) -> bytes:
    """Save a workbook with fixed times."""
    book.properties.creator = creator
    book.properties.created = WRITTEN
    raw = io.BytesIO()
    book.save(raw)
    return _without_clock(raw.getvalue())


def _without_clock(raw: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "docProps/core.xml":
                data = MODIFIED.sub(rb"\g<1>" + f"{WRITTEN.isoformat()}Z".encode() + rb"\g<2>", data)
            entry = zipfile.ZipInfo(name, ARCHIVE_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            target.writestr(entry, data)
    return out.getvalue()
