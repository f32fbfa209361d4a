"""Bytes of a Workbook stream in, its records out, each joined with its CONTINUE records.

A record is a kind and a length of two bytes each, and at most 8,224 bytes of data ([MS-XLS] 2.1.4). What is longer
goes on in CONTINUE records; where these begin is kept, as texts repeat a byte of flags there.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.errors import BrokenRecords

BOF, EOF, CONTINUE = 0x809, 0x0A, 0x3C
_BIFF8 = 0x600


@dataclass(frozen=True, slots=True)
class BiffRecord:
    """A record: its kind, its data, and the offsets in the data at which CONTINUE records begin."""

    kind: int
    data: bytes
    edges: tuple[int, ...] = ()

    def u16(self, at: int) -> int:
        """The unsigned number of two bytes at offset `at`. Raises struct.error where the data ends before."""
        return int(struct.unpack_from("<H", self.data, at)[0])

    def u32(self, at: int) -> int:
        """The unsigned number of four bytes at offset `at`. Raises struct.error where the data ends before."""
        return int(struct.unpack_from("<I", self.data, at)[0])


def substream(stream: bytes, at: int) -> Iterator[BiffRecord]:
    """The records of the substream that begins at byte `at`, BOF first; those of charts inside it are left out.

    Raises BrokenRecords where no BOF of BIFF8 geometries there or the stream ends before the substream's EOF.
    """
    depth = 0
    for record in _joined(stream, at):
        if record.kind == BOF:
            depth += 1
            if depth == 1 and (len(record.data) < 4 or record.u16(0) != _BIFF8):
                raise BrokenRecords(detail="no BIFF8")
        elif depth == 0:
            raise BrokenRecords(detail="a sheet does not begin where the workbook says")
        if depth == 1 and record.kind != EOF:
            yield record
        depth -= record.kind == EOF
        if depth == 0:
            return


def _joined(stream: bytes, at: int) -> Iterator[BiffRecord]:
    kind, parts = -1, [b""]
    while True:
        if at + 4 > len(stream):
            raise BrokenRecords(detail="the workbook is cut off")
        following, size = struct.unpack_from("<HH", stream, at)
        data = stream[at + 4 : at + 4 + size]
        if len(data) < size:
            raise BrokenRecords(detail="the workbook is cut off")
        at += 4 + size
        if following == CONTINUE and kind >= 0:
            parts.append(data)
            continue
        if kind >= 0:
            yield _record(kind, parts)
        if following == EOF:
            yield BiffRecord(EOF, b"")
            kind = -1
        else:
            kind, parts = following, [data]


def _record(kind: int, parts: list[bytes]) -> BiffRecord:
    edges, size = [], 0
    for part in parts[:-1]:
        size += len(part)
        edges.append(size)
    return BiffRecord(kind, b"".join(parts), tuple(edges))
