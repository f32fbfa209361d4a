"""Bytes in, kind of file out: decided by content, never by the name alone.

A `.xlsx` that is an OLE container is an encrypted workbook or a renamed `.xls`; a `.pdf` may begin with white
space or a byte order mark. The name decides only between kinds of plain text.
"""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

from extractors.errors import BROKEN_PACKAGE
from extractors.grid import Source
from extractors.package.archive import Package

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEAD = 4096
_XML_HEAD = 1 << 16  # the root of a flat OpenDocument file names many spaces before it tells its kind
_FLAT = b"application/vnd.oasis.opendocument.spreadsheet"

_XML_SPREADSHEET = b"urn:schemas-microsoft-com:office:spreadsheet"
_TABLE = re.compile(rb"<(?:table|html|body)[\s>]", re.IGNORECASE)

MEDIA_TYPES = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xlsb": "application/vnd.ms-excel.sheet.binary.macroEnabled.12",
    "xls": "application/vnd.ms-excel",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "fods": "application/vnd.oasis.opendocument.spreadsheet-flat-xml",
    "html": "text/html",
    "xml_spreadsheet": "application/xml",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "encrypted": "application/x-encrypted-office",
    "text": "text/plain",
    "empty": "application/x-empty",
    "zip": "application/zip",
    "image": "image/*",
    "unknown": "application/octet-stream",
}
_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")


def sniff(path: Source) -> str:
    """The kind of a file, a key of MEDIA_TYPES. Raises OSError where it cannot be opened."""
    head = _bytes(path, _HEAD)
    if not head:
        return "empty"
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(_OLE):
        return _ole_kind(path)
    if head.startswith(b"PK\x03\x04"):
        return _zip_kind(path)
    return "image" if head.startswith(_IMAGES) else _text_kind(path, head)


def _text_kind(path: Source, head: bytes) -> str:
    if _is_flat(path, head):
        return "fods"
    if _begins_with_tag(head):
        start = _bytes(path, _XML_HEAD)
        if _XML_SPREADSHEET in start:
            return "xml_spreadsheet"
        if _TABLE.search(start):
            return "html"
    return "unknown" if _is_binary(head) else "text"


def _is_flat(path: Source, head: bytes) -> bool:
    """Whether a file is an OpenDocument spreadsheet in one piece of XML."""
    if not _begins_with_tag(head):
        return False
    start = _bytes(path, _XML_HEAD)
    return b"urn:oasis:names:tc:opendocument" in start and _FLAT in start


def _begins_with_tag(head: bytes) -> bool:
    return head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<")


def _bytes(path: Source, count: int = -1) -> bytes:
    """The first `count` bytes, or all."""
    if isinstance(path, BytesIO):
        return path.getvalue()[: count if count >= 0 else None]
    with path.open("rb") as stream:
        return stream.read(count)


def _ole_kind(path: Source) -> str:
    """An OLE container is an encrypted workbook, an old workbook, or something else."""
    data = _bytes(path)
    if "EncryptedPackage".encode("utf-16-le") in data:
        return "encrypted"
    if any(name.encode("utf-16-le") in data for name in ("Workbook", "Book")):
        return "xls"
    return "unknown"


def _zip_kind(path: Source) -> str:
    try:
        with Package(path) as package:
            names = set(package.namelist())
            if "xl/workbook.xml" in names:
                return "xlsx"
            if "xl/workbook.bin" in names:
                return "xlsb"
            if "word/document.xml" in names:
                return "docx"
            if "mimetype" in names:
                with package.open("mimetype") as stream:
                    return "ods" if b"opendocument.spreadsheet" in stream.read(100) else "zip"
    except BROKEN_PACKAGE:
        return _kind_by_name(path)
    return "zip"


def _kind_by_name(path: Source) -> str:
    """What a broken package says it is: its reader tells what is wrong with it."""
    kinds = {".xlsx": "xlsx", ".xlsm": "xlsx", ".docx": "docx", ".docm": "docx"}
    return kinds.get(path.suffix.lower(), "zip") if isinstance(path, Path) else "zip"


def _is_binary(head: bytes) -> bool:
    """Text of any Japanese encoding holds no control bytes but white space (UTF-16 has a byte order mark)."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    controls = sum(byte < 32 and byte not in (9, 10, 12, 13, 27) for byte in head)
    return controls > len(head) // 200
