"""A zip package in, its members out, no more of each than the package says: packages come from strangers.

A package can lie: about how many members it has, and about how large they are once unpacked.
"""

from __future__ import annotations

import struct
import zipfile
from io import BytesIO

from extractors.errors import TooLarge
from extractors.grid import Source

_MOST_DIRECTORY = 8 << 20  # bytes of the list of members, some 80,000 of them; a workbook has dozens
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}  # ECMA-376 part 2, annex C; ODF 1.3 part 2, 3.1
_END, _END_64 = b"PK\x05\x06", b"PK\x06\x06"
_TAIL = 66_000  # the end of the directory with its longest comment


class Package(zipfile.ZipFile):
    """A zip package opened for reading.

    Raises TooLarge where its list of members alone is too long, and what zipfile raises on a broken one.
    """

    def __init__(self, source: Source) -> None:
        if _directory_size(source) > _MOST_DIRECTORY:
            raise TooLarge(megabytes=str(_directory_size(source) >> 20))
        self._in_lower_case: dict[str, zipfile.ZipInfo] = {}
        super().__init__(source)
        self._mend_names()

    def _mend_names(self) -> None:
        """Names with `/` between folders, as a package has to have them: some programs on Windows write `xl\\workbook.xml`."""
        for member in self.filelist:
            if "\\" in member.filename or member.filename.startswith("/"):
                member.filename = member.filename.replace("\\", "/").lstrip("/")
                self.NameToInfo.setdefault(member.filename, member)

    def getinfo(self, name: str) -> zipfile.ZipInfo:
        """The member of a name, in any case where none is written just so: names of parts are the same in any case.

        Raises KeyError where it is missing.
        """
        if name not in self.NameToInfo and not self._in_lower_case:
            self._in_lower_case = {member.filename.lower(): member for member in reversed(self.filelist)}
        return self.NameToInfo.get(name) or self._in_lower_case.get(name.lower()) or super().getinfo(name)

    def read(self, name: str | zipfile.ZipInfo, pwd: bytes | None = None) -> bytes:
        """The bytes of a member, unpacked only as far as it says that it is long.

        Raises KeyError where it is missing, zipfile.BadZipFile where it is longer or otherwise broken.
        """
        member = name if isinstance(name, zipfile.ZipInfo) else self.getinfo(name)
        if member.compress_type not in _METHODS:
            raise zipfile.BadZipFile(f"a part is packed by method {member.compress_type}")
        with self.open(member, pwd=pwd) as stream:
            return stream.read(member.file_size + 1)


def _directory_size(source: Source) -> int:
    """Bytes of the list of members as the package says, 0 where it does not."""
    tail = _tail(source)
    sizes = [0]
    for sign, form, at in ((_END, "<L", 12), (_END_64, "<Q", 40)):
        offset = tail.rfind(sign)
        if 0 <= offset <= len(tail) - at - struct.calcsize(form):
            size = struct.unpack_from(form, tail, offset + at)[0]
            sizes.append(0 if (form, size) == ("<L", 0xFFFFFFFF) else size)
    return max(sizes)


def _tail(source: Source) -> bytes:
    if isinstance(source, BytesIO):
        return bytes(source.getbuffer()[-_TAIL:])
    with source.open("rb") as stream:
        size = stream.seek(0, 2)
        stream.seek(max(0, size - _TAIL))
        return stream.read()
