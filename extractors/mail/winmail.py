"""Outlook's own packing of attachments (winmail.dat, TNEF) in, the attachments out: [MS-OXTNEF].

A mail that Outlook sent as rich text arrives elsewhere with this one attachment, which holds the others. The stream is a run
of attributes; each attachment begins with how it is shown, its long name stands among its properties.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from functools import partial

from extractors.errors import Damaged
from extractors.grid import Source, source_bytes
from extractors.mail.carried import CarriedFile, Contents, contents_of
from extractors.mail.decode_names import decode_bytes

SIGN = b"x\x9f>\x22"
_START, _LENGTH_OF_HEAD, _CHECKSUM = 6, 9, 2
_SHOWN, _TITLE, _CONTENT, _PROPERTIES = 0x00069002, 0x00018010, 0x0006800F, 0x00069005
_LONG_NAME, _OBJECT = 0x3707, 0x3701
_WIDTHS = {0x02: 4, 0x03: 4, 0x04: 4, 0x0A: 4, 0x0B: 4, 0x05: 8, 0x06: 8, 0x07: 8, 0x14: 8, 0x40: 8, 0x48: 16}
_UNICODE, _SEVERAL, _IID = 0x1F, 0x1000, 16
_NAMED = 0x8000  # properties from here on carry a name of their own
_MOST_PROPERTIES = 10_000


def open_winmail(source: Source, passwords: Sequence[str] = ()) -> Contents:  # noqa: ARG001  one shape of openers
    """What the packing carries. Raises Damaged."""
    data = source_bytes(source)
    try:
        return contents_of(_files(data))
    except (struct.error, IndexError, ValueError, UnicodeError) as error:
        raise Damaged(detail=f"winmail.dat: {error}"[:200]) from error


def _files(data: bytes) -> Iterator[CarriedFile]:
    attachments: list[dict[int, bytes]] = []
    for key, value in _attributes(data):
        if key == _SHOWN:
            attachments.append({})
        elif attachments:
            attachments[-1].setdefault(key, value)
    for number, parts in enumerate(attachments, 1):
        properties = dict(_properties(parts.get(_PROPERTIES, b"")))
        title = decode_bytes(parts.get(_TITLE, b"").rstrip(b"\0"))
        content = parts.get(_CONTENT, b"")
        inner = properties.get(_OBJECT, b"")[_IID:]
        if inner.startswith(SIGN):  # a mail that was forwarded
            title, content = f"{title or number}/winmail.dat", inner
        name = properties.get(_LONG_NAME, b"").decode("utf-16-le").rstrip("\0") or title or f"{number}"
        yield CarriedFile(title if content is inner else name, partial(bytes, content))


def _attributes(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Key and value of each attribute. Raises ValueError where one is cut off."""
    at = _START
    while at + _LENGTH_OF_HEAD <= len(data):
        key, length = struct.unpack_from("<xLL", data, at)
        at += _LENGTH_OF_HEAD
        if at + length > len(data):
            raise ValueError(f"{at + length - len(data)} bytes are missing")
        yield key, data[at : at + length]
        at += length + _CHECKSUM
    if data[at:].strip(b"\0"):
        raise ValueError(f"{len(data) - at} bytes are no attribute")


def _properties(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Key and first value of each property whose length differs; texts in UTF-16."""
    if not data:
        return
    (count,), at = struct.unpack_from("<L", data), 4
    for _ in range(min(count, _MOST_PROPERTIES)):
        kind, key = struct.unpack_from("<HH", data, at)
        at = _behind_name(data, at + 4) if key >= _NAMED else at + 4
        width = _WIDTHS.get(kind & ~_SEVERAL)
        values = 1
        if width is None or kind & _SEVERAL:
            values, at = struct.unpack_from("<L", data, at)[0], at + 4
        if width is not None:
            at += width * values
            continue
        for index in range(values):
            (length,), at = struct.unpack_from("<L", data, at), at + 4
            if index == 0:
                value = data[at : at + length]
                yield key, value if kind & ~_SEVERAL == _UNICODE else _as_utf_16(key, value)
            at += -(-length // 4) * 4


def _as_utf_16(key: int, value: bytes) -> bytes:
    """A name in bytes of one of Windows' code pages as UTF-16; of anything else the bytes."""
    return decode_bytes(value.rstrip(b"\0")).encode("utf-16-le") if key == _LONG_NAME else value


def _behind_name(data: bytes, at: int) -> int:
    """Where the value of a property begins behind its name: 16 bytes of a set, and a number or a text."""
    (is_text, length) = struct.unpack_from("<LL", data, at + 16)
    return at + 24 + (-(-length // 4) * 4 if is_text else 0)
