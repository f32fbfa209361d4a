"""Objects of an .xls sheet in, controls, shapes and comments out, with the widths and heights they are placed by."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from extractors.cell_reference import a1
from extractors.excel.biff.objects import DrawnObject, notes_of_sheet, objects_of_sheet
from extractors.excel.biff.sheet import COLUMNS, HEIGHT, ROW
from extractors.excel.biff.stream_records import BiffRecord
from extractors.excel.objects.anchors import HIDDEN, Anchor, Corner, SheetMetrics, axis
from extractors.excel.objects.apply import SheetDrawings
from extractors.excel.objects.comments import Comments
from extractors.excel.objects.form_controls import FormControl, own_caption
from extractors.excel.objects.shapes import MOST, DrawnShape, Shapes
from normalizers.vocabulary import load

_LAST_COL, _LAST_ROW = 255, 65_535
_WIDTH, _USUAL = 0x55, 0x99
_NOTE, _GROUP, _PICTURE = 0x19, 0x00, 0x08
_POINTS = 7 * 0.75 / 256  # points of 1/256 of a digit's width
_PAD = 5 * 0.75
_TWIP = 1 / 20
_HERE, _ELSEWHERE = {0x24, 0x44, 0x64}, {0x3A, 0x5A, 0x7A}


def drawn_on_sheet(
    records: Sequence[BiffRecord], metrics: SheetMetrics, titles: Mapping[int, str]
) -> SheetDrawings:
    """What is drawn on a worksheet; `titles` are the sheets that references to other sheets go to.

    Raises struct.error or BrokenRecords for broken objects.
    """
    objects = objects_of_sheet(records)
    notes, lost_notes = notes_of_sheet(records, objects)
    controls: list[FormControl] = []
    shapes: list[DrawnShape] = []
    lost = 0
    for entry in objects:
        if entry.kind in {_NOTE, _GROUP} or entry.of_program:
            continue
        anchor = _anchor(entry, metrics)
        kind = "other" if entry.active else _names()["controls"].get(str(entry.kind))
        if kind is not None:
            controls.append(_control(entry, kind, anchor, titles))
        elif anchor is None or len(shapes) >= MOST:
            lost += 1
        else:
            shapes.append(_shape(entry, anchor))
    comments = Comments({spot: (text,) for spot, text in notes.items()}, lost_notes)
    return SheetDrawings(tuple(controls), Shapes(tuple(shapes), lost), comments)


@cache
def _names() -> dict[str, Any]:
    return load("extractors.excel.biff", "drawings.toml")


def _control(entry: DrawnObject, kind: str, anchor: Anchor | None, titles: Mapping[int, str]) -> FormControl:
    return FormControl(
        kind, entry.state, own_caption(entry.text), anchor, _link(entry.link, titles), entry.first
    )


def _shape(entry: DrawnObject, anchor: Anchor) -> DrawnShape:
    preset, text = str(entry.drawing.preset), entry.text.strip()
    kind = "picture" if entry.kind == _PICTURE else str(_names()["shapes"].get(preset, "other"))
    if text and kind != "note":
        return DrawnShape("text", text, anchor)
    if kind == "mark":
        return DrawnShape(kind, str(_names()["marks"][preset]), anchor)
    if kind == "frame" and entry.drawing.filled:
        return DrawnShape("other", "", anchor)
    return DrawnShape(kind, text, anchor)


def _link(formula: bytes, titles: Mapping[int, str]) -> str:
    """The formula of a linked cell as text; "" where it is none or leads out of the workbook."""
    if len(formula) < 11:
        return ""
    kind, operands = formula[6], formula[7:]
    if kind in _HERE:
        row, col = struct.unpack_from("<HH", operands)
        return a1(row, col & 0xFF)
    if kind in _ELSEWHERE and len(operands) >= 6:
        sheet, row, col = struct.unpack_from("<HHH", operands)
        title = titles.get(sheet, "").replace("'", "''")
        return f"'{title}'!{a1(row, col & 0xFF)}" if title else ""
    return ""


def _anchor(entry: DrawnObject, metrics: SheetMetrics) -> Anchor | None:
    if entry.drawing.anchor is None:
        return None
    left, across, top, down, right, to_right, bottom, to_bottom = entry.drawing.anchor
    return Anchor(
        _corner(left, across, top, down, metrics), _corner(right, to_right, bottom, to_bottom, metrics)
    )


def _corner(col: int, across: int, row: int, down: int, metrics: SheetMetrics) -> Corner:
    col = min(col, _LAST_COL)
    width, height = metrics.columns.size(col), metrics.rows.size(row)
    return Corner(col, min(across, 1024) / 1024 * width, row, min(down, 256) / 256 * height)


def sheet_sizes(records: Sequence[BiffRecord]) -> SheetMetrics:
    """Widths and heights of a worksheet in points; hidden rows and columns have next to none."""
    columns: dict[int, float] = {}
    rows: dict[int, float] = {}
    usual, height = 8 * 7 * 0.75 + _PAD, 12.75
    for record in records:
        if record.kind == COLUMNS:
            width = HIDDEN if record.u16(8) & 1 else record.u16(4) * _POINTS
            columns |= dict.fromkeys(range(record.u16(0), min(record.u16(2), _LAST_COL) + 1), width)
        elif record.kind == ROW:
            rows[record.u16(0)] = HIDDEN if record.u16(12) & 0x20 else (record.u16(6) & 0x7FFF) * _TWIP
        elif record.kind == _WIDTH:
            usual = record.u16(0) * 7 * 0.75 + _PAD
        elif record.kind == _USUAL:
            usual = record.u16(0) * _POINTS
        elif record.kind == HEIGHT:
            height = record.u16(2) * _TWIP
    return SheetMetrics(axis(usual, _LAST_COL, columns), axis(height, _LAST_ROW, rows))
