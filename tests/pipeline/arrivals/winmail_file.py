"""Attachments packed as Outlook packs them (winmail.dat, TNEF), written attribute by attribute."""

from __future__ import annotations

import struct
from collections.abc import Mapping

_SIGN = b"x\x9f>\x22\x01\x00"
_VERSION, _SUBJECT, _SHOWN, _TITLE, _CONTENT, _PROPERTIES = (
    0x00089006, 0x00018004, 0x00069002, 0x00018010, 0x0006800F, 0x00069005,
)  # fmt: skip
_WIDE, _NARROW, _FLAG, _DATE = 0x1F, 0x1E, 0x0B, 0x40


def winmail(attached: Mapping[str, bytes], long_names: bool = True) -> bytes:
    """The bytes of a winmail.dat with attachments by name; names in short are those of Windows in Japan."""
    parts = [_attribute(1, _VERSION, struct.pack("<L", 0x10000)), _attribute(1, _SUBJECT, b"reply\0")]
    for name, data in attached.items():
        parts.append(_attribute(2, _SHOWN, bytes(14)))
        parts.append(_attribute(2, _TITLE, name.encode("cp932") + b"\0"))
        parts.append(_attribute(2, _CONTENT, data))
        if long_names:
            parts.append(_attribute(2, _PROPERTIES, _properties(name)))
    return _SIGN + b"".join(parts)


def forwarded(subject: str, packed: bytes) -> bytes:
    """The bytes of a winmail.dat whose only attachment is a mail, packed alike."""
    content = bytes(16) + packed
    inner = struct.pack("<LHHLL", 1, 0x0D, 0x3701, 1, len(content)) + content + bytes(-len(content) % 4)
    shown = _attribute(2, _SHOWN, bytes(14)) + _attribute(2, _TITLE, subject.encode("cp932") + b"\0")
    return _SIGN + shown + _attribute(2, _PROPERTIES, inner)


def _attribute(level: int, key: int, data: bytes) -> bytes:
    return struct.pack("<BLL", level, key, len(data)) + data + struct.pack("<H", sum(data) & 0xFFFF)


def _properties(name: str) -> bytes:
    """What stands before and behind a long name: a flag, a date, a text that has a name of its own."""
    wide = (name + "\0").encode("utf-16-le")
    named = struct.pack("<HH", _NARROW, 0x8001) + bytes(16) + struct.pack("<LL", 1, 6) + b"a\0b\0c\0\0\0"
    return b"".join((
        struct.pack("<L", 4),
        struct.pack("<HHL", _FLAG, 0x0E13, 1),
        struct.pack("<HHQ", _DATE, 0x3007, 1),
        named, struct.pack("<LL", 1, 5), b"xyzw\0\0\0\0",
        struct.pack("<HHLL", _WIDE, 0x3707, 1, len(wide)), wide, bytes(-len(wide) % 4),
    ))  # fmt: skip
