"""Records of a worksheet in, its objects and comments out: what each is by its OBJ record, its text, its drawing.

The drawing of an object geometries before its OBJ record, its text behind it. [MS-XLS] 2.4.181, [MS-ODRAW] 2.2.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extractors.cell_reference import Spot
from extractors.errors import BrokenRecords
from extractors.excel.biff.sheet import LAST_COL
from extractors.excel.biff.stream_records import BiffRecord
from extractors.excel.biff.texts import characters_at, readable

DRAWING, OBJECT, TEXT, NOTE = 0xEC, 0x5D, 0x1B6, 0x1C
_SHAPE, _ANCHOR, _IN_GROUP, _OPTIONS, _CLIENT = 0xF00A, 0xF010, 0xF00F, 0xF00B, 0xF011
_CONTAINER = 0x0F
_FILL, _FILL_STATED, _FILLED = 0x01BF, 0x100000, 0x10
_COMMON, _BOX, _BOX_DATA, _RADIO_DATA, _LINK, _PICTURE, _LIST = 0x15, 0x0A, 0x12, 0x11, 0x14, 0x08, 0x13
_OF_PROGRAM, _CONTROL_PICTURE = 0x100, 0x10
_STATES = {0: False, 1: True}


@dataclass(frozen=True, slots=True)
class BiffDrawing:
    """How an object is drawn: the preset number of its shape, its anchor as stored, whether it is filled.

    `anchor` are left column, its offset in 1/1024, top row, its offset in 1/256, and the same for right and bottom;
    None for parts of groups, which stand in the group's own coordinates.
    """

    preset: int = 0
    anchor: tuple[int, ...] | None = None
    filled: bool = True


@dataclass(frozen=True, slots=True)
class DrawnObject:
    """An object of a sheet: its kind and number by the OBJ record; `link` is a formula of one cell as bytes."""

    kind: int
    number: int
    drawing: BiffDrawing
    text: str = ""
    state: bool | None = None
    first: bool = False
    link: bytes = b""
    of_program: bool = False
    active: bool = False


def objects_of_sheet(records: Sequence[BiffRecord]) -> list[DrawnObject]:
    """The objects of a worksheet in drawing order. Raises struct.error or BrokenRecords for broken ones."""
    objects: list[DrawnObject] = []
    drawing = BiffDrawing()
    for record in records:
        if record.kind == DRAWING:
            drawing = _last_drawing(record.data) or BiffDrawing()
        elif record.kind == OBJECT:
            objects.append(_object(record, drawing))
            drawing = BiffDrawing()
        elif record.kind == TEXT and objects:
            objects[-1] = replace(objects[-1], text=_text(record))
    return objects


def notes_of_sheet(
    records: Sequence[BiffRecord], objects: Sequence[DrawnObject]
) -> tuple[dict[Spot, str], int]:
    """(row, column) → the comment on that cell, and how many more have no text."""
    texts = {entry.number: entry.text for entry in objects}
    notes: dict[Spot, str] = {}
    lost = 0
    for record in records:
        if record.kind == NOTE:
            text = texts.get(record.u16(6), "").strip()
            outside = record.u16(2) > LAST_COL
            lost += outside or record.u16(6) not in texts
            if text and not outside:
                notes[record.u16(0), record.u16(2)] = text
    return notes, lost


def _text(record: BiffRecord) -> str:
    count = record.u16(10)
    if not count:
        return ""
    start = record.edges[0] if record.edges else len(record.data)
    return readable(characters_at(record, start, count)[0])


def _last_drawing(data: bytes) -> BiffDrawing | None:
    """The drawing in a piece of the sheet's drawing stream that the next OBJ record belongs to; None where there is none."""
    drawing = last = None
    for kind, instance, body in _atoms(data):
        if kind == _SHAPE:
            drawing = BiffDrawing(instance)
        elif drawing is not None and kind == _OPTIONS:
            drawing = replace(drawing, filled=_is_filled(body, instance))
        elif drawing is not None and kind == _ANCHOR and len(body) >= 18:
            drawing = replace(drawing, anchor=struct.unpack_from("<HHHHHHHH", body, 2))
        elif kind == _CLIENT:
            last = drawing
    return last


def _atoms(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Every (kind, instance, body) of a piece of a drawing stream; containers are looked into, their end is passed over."""
    at = 0
    while at + 8 <= len(data):
        head, kind, size = struct.unpack_from("<HHI", data, at)
        at += 8
        if head & 0x0F == _CONTAINER:
            yield kind, head >> 4, b""
        else:
            yield kind, head >> 4, data[at : at + size]
            at += size


def _is_filled(body: bytes, count: int) -> bool:
    for at in range(0, min(6 * count, len(body) - 5), 6):
        key, value = struct.unpack_from("<HI", body, at)
        if key & 0x3FFF == _FILL and value & _FILL_STATED:
            return bool(value & _FILLED)
    return True


def _object(record: BiffRecord, drawing: BiffDrawing) -> DrawnObject:
    parts = dict(_parts(record))
    common = parts.get(_COMMON, b"")
    if len(common) < 6:
        raise BrokenRecords(detail="an object without a kind")
    kind, number, flags = struct.unpack_from("<HHH", common)
    data = parts.get(_BOX_DATA) or parts.get(_BOX, b"")
    radio, picture = parts.get(_RADIO_DATA, b""), parts.get(_PICTURE, b"")
    return DrawnObject(
        kind,
        number,
        drawing,
        state=_STATES.get(struct.unpack_from("<H", data)[0]) if len(data) >= 2 else None,
        first=len(radio) >= 4 and radio[2] != 0,
        link=parts.get(_LINK, b""),
        of_program=bool(flags & _OF_PROGRAM),
        active=len(picture) >= 2 and bool(picture[0] & _CONTROL_PICTURE),
    )


def _parts(record: BiffRecord) -> Iterator[tuple[int, bytes]]:
    """The parts of an OBJ record: kind, length, data. The length of a list is wrong in files: nothing follows it."""
    at = 0
    while at + 4 <= len(record.data):
        kind, size = record.u16(at), record.u16(at + 2)
        if kind == _LIST:
            return
        yield kind, record.data[at + 4 : at + 4 + size]
        at += 4 + size
