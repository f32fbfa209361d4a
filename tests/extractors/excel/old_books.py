"""Small .xls workbooks (BIFF8 in an OLE container) and flat OpenDocument files, written byte by byte."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import escape

Spot = tuple[int, int]
_SECTOR = 512
PLAIN, STRUCK = 0, 1  # the two fonts, and the cell styles that use them; formats follow as further styles


@dataclass(frozen=True)
class XlsSheet:
    """A sheet to write: values, styles and runs of rich text (first character, font) by place."""

    title: str
    values: Mapping[Spot, float | bool | str]
    styles: Mapping[Spot, int] = field(default_factory=dict)
    runs: Mapping[Spot, Sequence[tuple[int, int]]] = field(default_factory=dict)
    merges: Sequence[tuple[int, int, int, int]] = ()
    hidden_cols: Sequence[int] = ()
    hidden_rows: Sequence[int] = ()
    state: int = 0
    more: bytes = b""


def record(kind: int, data: bytes = b"") -> bytes:
    """One record."""
    return struct.pack("<HH", kind, len(data)) + data


def text(words: str, runs: Sequence[tuple[int, int]] = (), short: bool = False) -> bytes:
    """A Unicode string with its runs."""
    count = struct.pack("<B" if short else "<H", len(words))
    head = count + bytes([0x01 | (0x08 if runs else 0)]) + (struct.pack("<H", len(runs)) if runs else b"")
    return head + words.encode("utf-16-le") + b"".join(struct.pack("<HH", *run) for run in runs)


def grid_values(rows: Sequence[Sequence[float | bool | str]]) -> dict[Spot, float | bool | str]:
    """Values by place, blank ones left out."""
    return {(r, c): value for r, row in enumerate(rows) for c, value in enumerate(row) if value != ""}


def xls_stream(
    sheets: Sequence[XlsSheet],
    formats: Sequence[str | int] = (),
    shared: bytes = b"",
    fonts_and_styles: bytes = b"",
) -> bytes:
    """The Workbook stream: `formats` are number formats, or numbers of built-in ones, of the styles from 2 on.

    `shared` are whole SST records to write instead of the texts standing in their cells, `fonts_and_styles` records of further
    fonts (from 2) and styles (behind those of the formats).
    """
    fonts = b"".join(
        record(0x31, struct.pack("<HH", 220, flags) + b"\x00" * 10 + text("M", short=True))
        for flags in (0, 8)
    )
    told = b"".join(
        record(0x41E, struct.pack("<H", 164 + n) + text(f))
        for n, f in enumerate(formats)
        if isinstance(f, str)
    )
    numbers = [0, 0, *(f if isinstance(f, int) else 164 + n for n, f in enumerate(formats))]
    styles = b"".join(
        record(0xE0, struct.pack("<HH", int(n == STRUCK), number) + b"\x00" * 16)
        for n, number in enumerate(numbers)
    )
    bodies = [_sheet(sheet) for sheet in sheets]
    start = (
        bytes(record(0x809, struct.pack("<HH", 0x600, 5) + b"\x00" * 12))
        + fonts
        + told
        + styles
        + fonts_and_styles
    )
    start += shared
    size = len(start) + sum(len(record(0x85, b"\x00" * 6 + text(s.title, short=True))) for s in sheets) + 4
    entries = b""
    for sheet, body in zip(sheets, bodies, strict=True):
        entries += record(0x85, struct.pack("<IBB", size, sheet.state, 0) + text(sheet.title, short=True))
        size += len(body)
    return start + entries + record(0x0A) + b"".join(bodies)


def _sheet(sheet: XlsSheet) -> bytes:
    parts = [record(0x809, struct.pack("<HH", 0x600, 0x10) + b"\x00" * 12)]
    parts += [record(0x7D, struct.pack("<HHHHHH", c, c, 2048, 0, 1, 0)) for c in sheet.hidden_cols]
    parts += [record(0x208, struct.pack("<HHHHHHHH", r, 0, 9, 300, 0, 0, 0x20, 0)) for r in sheet.hidden_rows]
    for spot, value in sheet.values.items():
        head = struct.pack("<HHH", *spot, sheet.styles.get(spot, PLAIN))
        if isinstance(value, bool):
            parts.append(record(0x205, head + bytes([value, 0])))
        elif isinstance(value, str):
            runs = sheet.runs.get(spot, ())
            tail = struct.pack("<H", len(runs)) + b"".join(struct.pack("<HH", *run) for run in runs)
            parts.append(record(0xD6, head + text(value) + tail))
        else:
            parts.append(record(0x203, head + struct.pack("<d", value)))
    if sheet.merges:
        ranges = b"".join(struct.pack("<HHHH", *merge) for merge in sheet.merges)
        parts.append(record(0xE5, struct.pack("<H", len(sheet.merges)) + ranges))
    return b"".join([*parts, sheet.more, record(0x0A)])


def save_xls(path: Path, stream: bytes) -> Path:
    """The stream `Workbook` in an OLE container: a sector of allocation, one of the directory, the stream."""
    padded = stream.ljust(4096, b"\x00")
    padded += b"\x00" * (-len(padded) % _SECTOR)
    count = len(padded) // _SECTOR
    chain = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, count + 2), 0xFFFFFFFE]
    assert len(chain) <= _SECTOR // 4
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 16
    header += struct.pack("<HHHHH6xIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0)
    header += struct.pack("<IIIII", 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0) + struct.pack("<I", 0)
    header = header.ljust(_SECTOR, b"\xff")
    allocation = struct.pack(f"<{len(chain)}I", *chain).ljust(_SECTOR, b"\xff")
    directory = _entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + _entry("Workbook", 2, 0xFFFFFFFF, 2, len(padded))
    path.write_bytes(header + allocation + directory.ljust(_SECTOR, b"\x00") + padded)
    return path


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    units = (name + "\x00").encode("utf-16-le")
    head = units.ljust(64, b"\x00") + struct.pack(
        "<HBBIII", len(units), kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child
    )
    return head + b"\x00" * 36 + struct.pack("<IQ", start, size)


SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{tail}:1.0"'
    for name, tail in {
        "office": "office",
        "table": "table",
        "text": "text",
        "style": "style",
        "draw": "drawing",
        "svg": "svg-compatible",
        "form": "form",
    }.items()
)
STYLES = (
    '<style:style style:name="gone" style:family="{family}"><style:text-properties '
    'style:text-line-through-style="solid"/></style:style>'
    '<style:style style:name="below" style:family="{family}" style:parent-style-name="gone"/>'
    '<style:style style:name="plain" style:family="{family}"><style:text-properties '
    'style:text-line-through-style="none"/></style:style>'
)
SHEET_STYLE = (
    '<style:style style:name="away" style:family="table"><style:table-properties table:display="false"/>'
    "</style:style>"
)


def flat(tables: str, styles: str = "") -> bytes:
    """A flat OpenDocument spreadsheet of these tables."""
    families = "".join(STYLES.format(family=family) for family in ("text", "table-cell", "paragraph"))
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document {SPACES} office:version="1.3" '
        'office:mimetype="application/vnd.oasis.opendocument.spreadsheet">'
        f"<office:automatic-styles>{families}{SHEET_STYLE}{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document>"
    ).encode()


def cell(words: str, attributes: str = "") -> str:
    """A cell of a text, each line a paragraph."""
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in words.split("\n")) if words else ""
    return f'<table:table-cell office:value-type="string" {attributes}>{lines}</table:table-cell>'


def row(*cells: str, attributes: str = "") -> str:
    """A row of cells that are XML already."""
    return f"<table:table-row {attributes}>{''.join(cells)}</table:table-row>"


def table(*rows: str, columns: str = "", title: str = "見本", attributes: str = "") -> str:
    """A table of rows that are XML already."""
    return f'<table:table table:name="{title}" {attributes}>{columns}{"".join(rows)}</table:table>'
