"""Streams by path in, the bytes of an OLE container out; with it Outlook's messages, old Word files and locked workbooks.

No library that the project uses writes one. Layout as in [MS-CFB], version 3: header, sectors of 512 bytes, one FAT, a small
FAT for streams under 4,096 bytes, and directory entries that hang on each other as a list.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass, field

_SECTOR, _SMALL, _CUTOFF = 512, 64, 4096
_FREE, _END, _FAT, _NONE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
_ROOT, _STORAGE, _STREAM = 5, 1, 2


@dataclass(slots=True)
class _Entry:
    name: str
    kind: int
    data: bytes = b""
    children: list[int] = field(default_factory=list)


def ole_bytes(streams: Mapping[str, bytes]) -> bytes:
    """A container with these streams; a path's folders are storages (`__attach_version1.0_#00000000/__properties_version1.0`)."""
    entries = [_Entry("Root Entry", _ROOT)]
    index: dict[str, int] = {"": 0}
    for path, data in streams.items():
        parts = path.split("/")
        for depth in range(len(parts)):
            parent, here = "/".join(parts[:depth]), "/".join(parts[: depth + 1])
            if here not in index:
                index[here] = len(entries)
                entries[index[parent]].children.append(index[here])
                is_stream = depth == len(parts) - 1
                entries.append(
                    _Entry(parts[depth], _STREAM if is_stream else _STORAGE, data if is_stream else b"")
                )
    return _assemble(entries)


def _assemble(entries: list[_Entry]) -> bytes:
    sectors: list[bytes] = []
    fat: list[int] = []

    def store(data: bytes) -> int:
        first = len(sectors)
        count = -(-len(data) // _SECTOR)
        for number in range(count):
            sectors.append(data[number * _SECTOR : (number + 1) * _SECTOR].ljust(_SECTOR, b"\0"))
            fat.append(first + number + 1 if number < count - 1 else _END)
        return first if count else _END

    small, small_fat, starts = b"", list[int](), {}
    for number, entry in enumerate(entries):
        if entry.kind != _STREAM:
            continue
        if len(entry.data) >= _CUTOFF:
            starts[number] = store(entry.data)
            continue
        count = -(-len(entry.data) // _SMALL)
        starts[number] = len(small_fat) if count else _END
        small_fat += [len(small_fat) + n + 1 if n < count - 1 else _END for n in range(count)]
        small += entry.data.ljust(count * _SMALL, b"\0")
    small_start = store(small)
    small_fat_start = store(b"".join(struct.pack("<L", n) for n in small_fat))
    directory = b"".join(
        _directory_entry(number, entries, starts.get(number, small_start if number == 0 else 0), len(small))
        for number in range(len(entries))
    )
    directory_start = store(directory)
    fat_sectors = -(-(len(fat) + 1) // (_SECTOR // 4))
    while (len(fat) + fat_sectors) > fat_sectors * (_SECTOR // 4):
        fat_sectors += 1
    fat_start = len(sectors)
    fat += [_FAT] * fat_sectors
    table = b"".join(struct.pack("<L", n) for n in fat).ljust(fat_sectors * _SECTOR, b"\xff")
    head = struct.pack(
        "<8s16xHHHHH6xLLLLLLLLL",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6, 0, fat_sectors, directory_start, 0, _CUTOFF,
        small_fat_start, -(-len(small_fat) * 4 // _SECTOR), _END, 0,
    )  # fmt: skip
    difat = [fat_start + n for n in range(fat_sectors)]
    head += b"".join(struct.pack("<L", n) for n in difat).ljust(109 * 4, b"\xff")
    return head + b"".join(sectors) + table


def _directory_entry(number: int, entries: list[_Entry], start: int, small: int) -> bytes:
    entry = entries[number]
    sibling = next(
        (
            own.children[at + 1]
            for own in entries
            for at, child in enumerate(own.children[:-1])
            if child == number
        ),
        _NONE,
    )
    name = entry.name.encode("utf-16-le") + b"\0\0"
    size = small if number == 0 else len(entry.data)
    child = entry.children[0] if entry.children else _NONE
    packed = struct.pack("<64sHBBLLL", name, len(name), entry.kind, 1, _NONE, sibling, child)
    return packed + bytes(36) + struct.pack("<LQ", start, size)


def word_file() -> bytes:
    """An old Word file, as far as its kind goes."""
    return ole_bytes({"WordDocument": b"\xec\xa5\xc1\x00" + bytes(5000), "1Table": bytes(600)})


def rights_managed_file() -> bytes:
    """A workbook under rights management: encrypted by the rules of its sender's organisation."""
    info = "\x06DataSpaces/DataSpaceInfo/DRMEncryptedDataSpace"
    return ole_bytes({"EncryptedPackage": bytes(8000), info: bytes(80), "\x06DataSpaces/Version": bytes(76)})


_TEXT_KIND, _BYTES_KIND, _LONG_KIND, _TIME_KIND = "001F", "0102", "0003", "0040"


def outlook_message(
    texts: Mapping[int, str],
    sent: int,
    attachments: Mapping[str, bytes],
    inner: Mapping[str, bytes] | None = None,
) -> bytes:
    """A message of Outlook: texts by the number of their property, 100 ns since 1601 when sent, attachments by name.

    `inner` are the streams of a message that is attached to it.
    """
    return ole_bytes(message_streams(texts, sent, attachments, inner))


def message_streams(
    texts: Mapping[int, str],
    sent: int,
    attachments: Mapping[str, bytes],
    inner: Mapping[str, bytes] | None = None,
) -> dict[str, bytes]:
    """The streams of a message, by path."""
    streams = {f"__substg1.0_{key:04X}{_TEXT_KIND}": text.encode("utf-16-le") for key, text in texts.items()}
    fixed = b"".join(_variable(key, _TEXT_KIND, len(text) * 2 + 2) for key, text in texts.items())
    fixed += struct.pack("<LLQ", 0x00390040, 6, sent)
    count = len(attachments)
    all_of_them = count + (inner is not None)
    streams["__properties_version1.0"] = struct.pack("<8xLLLL8x", 0, all_of_them, 0, all_of_them) + fixed
    streams["__nameid_version1.0/__substg1.0_00020102"] = b""
    for number, (name, data) in enumerate(attachments.items()):
        folder = f"__attach_version1.0_#{number:08X}"
        streams[f"{folder}/__substg1.0_3707{_TEXT_KIND}"] = name.encode("utf-16-le")
        streams[f"{folder}/__substg1.0_3701{_BYTES_KIND}"] = data
        method = struct.pack("<LLLL", 0x37050003, 6, 1, 0)
        fixed = (
            _variable(0x3707, _TEXT_KIND, len(name) * 2 + 2)
            + _variable(0x3701, _BYTES_KIND, len(data))
            + method
        )
        streams[f"{folder}/__properties_version1.0"] = bytes(8) + fixed
    if inner is not None:
        folder = f"__attach_version1.0_#{count:08X}"
        streams[f"{folder}/__properties_version1.0"] = bytes(8) + struct.pack("<LLLL", 0x37050003, 6, 5, 0)
        for path, data in inner.items():
            shorter = data[:24] + data[32:] if path == "__properties_version1.0" else data
            streams[f"{folder}/__substg1.0_3701000D/{path}"] = shorter
    return streams


def _variable(key: int, kind: str, size: int) -> bytes:
    return struct.pack("<LLLL", (key << 16) | int(kind, 16), 6, size, 0)
