"""Zip archive and passwords in, what it carries out; nothing is unpacked before it is asked for, and nothing to disk.

Names are decoded as their writer meant them (Windows: cp932, macOS: UTF-8 without a mark). Archives locked by the old
way or by AES are opened by the passwords at hand; without one each file inside stands as locked, by its name.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import pyzipper

from extractors.errors import BROKEN_PACKAGE, Damaged, Encrypted, TooLarge
from extractors.grid import Source, source_bytes
from extractors.mail.carried import MOST_FILES, CarriedFile, Contents, with_own_names
from extractors.mail.decode_names import decode_bytes
from extractors.package.archive import Package
from extractors.package.unpacked_size import check_unpacked

_BROKEN = (*BROKEN_PACKAGE, pyzipper.BadZipFile, ValueError, struct.error)
_UTF_8 = 0x800  # the bit that says that a name is UTF-8
_LOCKED = 0x1
_UNICODE_PATH = 0x7075  # the extra field in which Info-ZIP keeps the name as Unicode
_MOST_BYTES = 256 << 20  # of one file inside


def open_zip(source: Source, passwords: Sequence[str] = ()) -> Contents:
    """What the archive carries. Raises Damaged and TooLarge."""
    data = BytesIO(source_bytes(source))
    try:
        with Package(
            data
        ) as package:  # its list of members is no longer than this program is willing to read
            check_unpacked(package, data)
        archive = pyzipper.AESZipFile(data)
        members = [member for member in archive.infolist() if not member.is_dir()]
    except _BROKEN as error:
        raise Damaged(detail=str(error)[:200]) from error
    if len(members) > MOST_FILES:
        raise TooLarge(megabytes=str(sum(member.file_size for member in members) >> 20))
    keys = _Keys(archive, [key for password in passwords for key in _spellings(password)])
    return Contents(with_own_names([CarriedFile(_name(member), _Member(keys, member)) for member in members]))


def _spellings(password: str) -> list[bytes]:
    """A password as programs write it: in UTF-8, in Japan's Windows in cp932."""
    return list(dict.fromkeys([password.encode("utf-8", "replace"), password.encode("cp932", "replace")]))


@dataclass(slots=True)
class _Keys:
    """An archive and the keys to try, the one that fitted last first."""

    archive: Any
    keys: list[bytes] = field(default_factory=list)

    def read(self, member: Any) -> bytes:
        """Raises Encrypted where no key fits, else what zipfile raises."""
        if not member.flag_bits & _LOCKED:
            return self._read(member, None)
        for key in list(self.keys):
            try:
                data = self._read(member, key)
            except (RuntimeError, zlib.error, *_BAD_ZIP):
                continue  # another key; or, once in 256 times, one that fits the first byte only
            self.keys.remove(key)
            self.keys.insert(0, key)
            return data
        raise Encrypted

    def _read(self, member: Any, key: bytes | None) -> bytes:
        with self.archive.open(member, pwd=key) as stream:
            data: bytes = stream.read(min(member.file_size, _MOST_BYTES) + 1)
        if len(data) > _MOST_BYTES:
            raise TooLarge(megabytes=str(len(data) >> 20))
        return data


_BAD_ZIP = (pyzipper.BadZipFile,)


@dataclass(frozen=True, slots=True)
class _Member:
    """Reads one member when it is called."""

    keys: _Keys
    member: Any

    def __call__(self) -> bytes:
        try:
            return self.keys.read(self.member)
        except _BROKEN as error:
            raise Damaged(detail=str(error)[:200]) from error


def _name(member: Any) -> str:
    """The name as its writer meant it."""
    stored: str = member.filename
    if member.flag_bits & _UTF_8:
        return stored
    unicode_name = _unicode_path(member.extra)
    if unicode_name is not None:
        return unicode_name
    try:
        return decode_bytes(stored.encode("cp437"))
    except UnicodeEncodeError:
        return stored


def _unicode_path(extra: bytes) -> str | None:
    """The name in the extra field of Info-ZIP, None where there is none."""
    at = 0
    while at + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, at)
        if kind == _UNICODE_PATH and size > 5:
            return extra[at + 9 : at + 4 + size].decode("utf-8", errors="replace")
        at += 4 + size
    return None
