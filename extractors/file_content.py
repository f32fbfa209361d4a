"""File in, what its bytes say of its kind out, each read only when a test of a kind needs it: head, container, names of parts.

A `.xlsx` that is an OLE container is an encrypted workbook or a renamed `.xls`; a `.pdf` may begin with white space or
a byte order mark.
"""

from __future__ import annotations

import re
from functools import cached_property
from io import BytesIO

from extractors.errors import BROKEN_PACKAGE
from extractors.grid import Source
from extractors.package.archive import Package
from extractors.package.xml_parts import elements, parse_part

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")  # the second of one that holds nothing
_HEAD = 4096
_PDF_HEAD = 1024
_ARCHIVES = (
    b"7z\xbc\xaf\x27\x1c",
    b"Rar!\x1a\x07",
    b"\x1f\x8b",
    b"BZh",
    b"\xfd7zXZ\x00",
    b"MSCF",
    b"\x28\xb5\x2f\xfd",
)
_TYPES = "[Content_Types].xml"
_MAIN_TYPE = re.compile(r"[./]main(?:\+xml)?$")
_TAR = (257, b"ustar")  # where a tar says so
_LHA = re.compile(rb"^..-lh[0-9dx]-", re.DOTALL)
_XML_HEAD = 1 << 16  # the root of a flat OpenDocument file names many spaces before it tells its kind
_MIME = 100  # bytes of the part that tells an OpenDocument file's kind


class BrokenPackage(Exception):
    """A zip package so broken that nobody can say what is in it: only the file's name says what it was."""


class FileContent:
    """What a file's bytes say. Raises OSError where it cannot be opened, TooLarge as Package does."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self.head = self._bytes(_HEAD)

    @cached_property
    def xml_head(self) -> bytes:
        """The beginning of a file that begins with a tag, b"" of any other."""
        tagged = self.head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<")
        return self._bytes(_XML_HEAD) if tagged else b""

    @property
    def is_ole(self) -> bool:
        """Whether the file is an OLE container."""
        return self.head.startswith(_OLE)

    @cached_property
    def _ole(self) -> bytes:
        return self._bytes() if self.is_ole else b""

    def has_stream(self, *names: str) -> bool:
        """Whether the file is an OLE container with a stream of one of these names."""
        return any(name.encode("utf-16-le") in self._ole for name in names)

    @property
    def is_pdf(self) -> bool:
        """Whether the file begins as a PDF does, some lines of a mail or a printer before it; an archive may hold one."""
        return b"%PDF-" in self.head[:_PDF_HEAD] and not self.is_package and not self.is_ole

    @property
    def is_package(self) -> bool:
        """Whether the file is a zip package."""
        return self.head.startswith(_ZIP)

    @cached_property
    def parts(self) -> frozenset[str]:
        """The names of a package's parts, none of any other file. Raises BrokenPackage."""
        if not self.is_package:
            return frozenset()
        try:
            with Package(self._source) as package:
                return frozenset(package.namelist())
        except BROKEN_PACKAGE as error:
            raise BrokenPackage from error

    @cached_property
    def main_type(self) -> str:
        """The type of an Office package's document, wherever its part lies, "" of any other. Raises BrokenPackage."""
        if _TYPES not in self.parts:
            return ""
        try:
            with Package(self._source) as package:
                root = parse_part(package, _TYPES)
        except BROKEN_PACKAGE as error:
            raise BrokenPackage from error
        types = [entry.get("ContentType", "") for entry in elements(root)] if root is not None else []
        return next((kind for kind in types if _MAIN_TYPE.search(kind)), "")

    @property
    def is_typed_package(self) -> bool:
        """Whether the file is a package that tells the types of its parts: a document, and no archive of files."""
        return _TYPES in self.parts or "mimetype" in self.parts

    @cached_property
    def mime(self) -> bytes:
        """What the part `mimetype` of a package says, b"" where there is none. Raises BrokenPackage."""
        if "mimetype" not in self.parts:
            return b""
        try:
            with Package(self._source) as package, package.open("mimetype") as stream:
                return stream.read(_MIME)
        except BROKEN_PACKAGE as error:
            raise BrokenPackage from error

    @property
    def is_archive(self) -> bool:
        """Whether the file is an archive that is not opened: 7-Zip, RAR, LZH, gzip, tar, cabinet."""
        at, sign = _TAR
        is_tar = self.head[at : at + len(sign)] == sign
        return self.head.startswith(_ARCHIVES) or is_tar or _LHA.match(self.head) is not None

    @property
    def is_binary(self) -> bool:
        """Whether the file is no text: that of any Japanese encoding holds no control bytes but white space."""
        if self.head.startswith((b"\xff\xfe", b"\xfe\xff")) or utf_16_order(self.head):
            return False
        controls = sum(byte < 32 and byte not in (9, 10, 12, 13, 27) for byte in self.head)
        return controls > len(self.head) // 200

    def _bytes(self, count: int = -1) -> bytes:
        """The first `count` bytes, or all."""
        if isinstance(self._source, BytesIO):
            return self._source.getbuffer()[: count if count >= 0 else None].tobytes()
        with self._source.open("rb") as stream:
            return stream.read(count)


# What Japanese and English texts are made of; the same bytes in the other order are none of it.
_WRITTEN = re.compile(
    r"[\t\r\n -~\u00a0-\u00ff\u2010-\u27bf\u3000-\u30ff\u3220-\u33ff\u4e00-\u9fff\uff01-\uff9f\uffe0-\uffe6]"
)
_MOSTLY = 0.98


def utf_16_order(data: bytes) -> str:
    """`utf-16-le` or `utf-16-be` where bytes without a mark are Japanese or English text in it, else ""."""
    part = data[: min(len(data), _HEAD) // 2 * 2]
    if b"\0" not in part:  # a line's end and a comma hold one
        return ""
    for order in ("utf-16-le", "utf-16-be"):
        text = part.decode(order, errors="replace")
        if len(_WRITTEN.findall(text)) >= _MOSTLY * len(text):
            return order
    return ""
