"""File in, what its bytes say of its kind out, each read only when a test of a kind needs it: head, container, names of parts.

A `.xlsx` that is an OLE container is an encrypted workbook or a renamed `.xls`; a `.pdf` may begin with white space or
a byte order mark.
"""

from __future__ import annotations

from functools import cached_property
from io import BytesIO

from extractors.errors import BROKEN_PACKAGE
from extractors.grid import Source
from extractors.package.archive import Package

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_HEAD = 4096
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
    def is_binary(self) -> bool:
        """Whether the file is no text: that of any Japanese encoding holds no control bytes but white space."""
        if self.head.startswith((b"\xff\xfe", b"\xfe\xff")):  # UTF-16
            return False
        controls = sum(byte < 32 and byte not in (9, 10, 12, 13, 27) for byte in self.head)
        return controls > len(self.head) // 200

    def _bytes(self, count: int = -1) -> bytes:
        """The first `count` bytes, or all."""
        if isinstance(self._source, BytesIO):
            return self._source.getvalue()[: count if count >= 0 else None]
        with self._source.open("rb") as stream:
            return stream.read(count)
