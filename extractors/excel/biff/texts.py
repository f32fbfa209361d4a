"""Data of a record in, the text at an offset out: Unicode strings of BIFF8 ([MS-XLS] 2.5.293 and 2.5.294).

A character takes one byte or two. Where a CONTINUE record begins inside the characters, a byte of flags geometries that
says anew which. Phonetic readings stand behind the characters and are no cell text.
"""

from __future__ import annotations

import struct
from bisect import bisect_left
from dataclasses import dataclass

from extractors.errors import BrokenRecords
from extractors.excel.biff.stream_records import BiffRecord

_WIDE, _PHONETIC, _RICH = 0x01, 0x04, 0x08
_SST_HEADER = 8


@dataclass(frozen=True, slots=True)
class BiffText:
    """A text as UTF-16 (two bytes a unit) and its runs: (first unit, number of the font) from there on."""

    units: bytes
    runs: tuple[tuple[int, int], ...] = ()

    def __str__(self) -> str:
        return readable(self.units)

    def parts(self, font: int) -> list[tuple[str, int]]:
        """The parts of the text with the font of each; `font` is that of the cell, for what geometries before a run."""
        starts = [(0, font), *sorted(self.runs, key=lambda run: run[0])]
        ends = [start for start, _ in starts[1:]] + [len(self.units) // 2]
        parts = [
            (readable(self.units[2 * start : 2 * max(start, end)]), number)
            for (start, number), end in zip(starts, ends, strict=True)
        ]
        return [(text, number) for text, number in parts if text]


def readable(units: bytes) -> str:
    """UTF-16 as text: half characters are replaced, NUL is dropped, lines end with `\\n`."""
    text = units.decode("utf-16-le", errors="replace").replace("\x00", "")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def text_at(record: BiffRecord, at: int, short: bool = False) -> tuple[BiffText, int]:
    """The text at offset `at` and the offset behind it; `short` where its length takes one byte.

    Raises struct.error or BrokenRecords where the data ends before the text does.
    """
    count = record.data[at : at + 1][0] if short and at < len(record.data) else record.u16(at)
    at += 1 if short else 2
    flags = struct.unpack_from("<B", record.data, at)[0]
    at += 1
    runs = phonetic = 0
    if flags & _RICH:
        runs, at = record.u16(at), at + 2
    if flags & _PHONETIC:
        phonetic, at = record.u32(at), at + 4
    units, at = characters_at(record, at, count, bool(flags & _WIDE))
    end = at + 4 * runs + phonetic
    if end > len(record.data):
        raise BrokenRecords(detail="a text runs out of its record")
    numbers = struct.unpack_from(f"<{2 * runs}H", record.data, at)
    return BiffText(units, tuple(zip(numbers[::2], numbers[1::2], strict=True))), end


def characters_at(record: BiffRecord, at: int, count: int, wide: bool = False) -> tuple[bytes, int]:
    """`count` characters from offset `at` as UTF-16, and the offset behind them. Raises BrokenRecords."""
    pieces = []
    while count:
        index = bisect_left(record.edges, at)
        if index < len(record.edges) and record.edges[index] == at:
            wide = bool(record.data[at] & _WIDE) if at < len(record.data) else wide
            at, index = at + 1, index + 1
        end = record.edges[index] if index < len(record.edges) else len(record.data)
        width = 2 if wide else 1
        taken = min(count, (end - at) // width)
        if taken <= 0 and end >= len(record.data):
            raise BrokenRecords(detail="a text runs out of its record")
        piece = record.data[at : at + max(taken, 0) * width]
        pieces.append(piece if wide else piece.decode("latin-1").encode("utf-16-le"))
        count -= max(taken, 0)
        at = at + taken * width if count == 0 else end
    return b"".join(pieces), at


def shared_texts(record: BiffRecord) -> tuple[BiffText, ...]:
    """The texts of an SST record. Raises struct.error or BrokenRecords where it ends before the last."""
    texts: list[BiffText] = []
    at = _SST_HEADER
    for _ in range(record.u32(4)):
        text, at = text_at(record, at)
        texts.append(text)
    return tuple(texts)
