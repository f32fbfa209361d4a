"""`.tsv`, `.csv`, `.txt` file → one Grid: fields of tables, or lines of text copied out of a viewer.

A row of a table that was copied where a merged cell stood has one field too few: its texts stand one column to the
left. It is moved back where the values fit the columns better that way.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from statistics import median

from extractors.errors import Damaged
from extractors.file_content import utf_16_order
from extractors.grid import Cell, Document, Grid, Source, source_bytes, source_name
from extractors.issue import Issue
from extractors.location import Location
from extractors.text.delimited import text_to_fields
from normalizers.text import is_item_number

_ENCODINGS = ("utf-8-sig", "cp932", "euc_jp")
_JIS = b"\x1b$"  # begins kanji in ISO-2022-JP, whose other bytes are ASCII
_KANA = re.compile(r"[ぁ-んァ-ヶー]")
_KANJI = re.compile(r"[一-龥]")
_HALF_WIDTH = re.compile(r"[｡-ﾟ]")
_MAX_BYTES = 50 << 20
_RADIO = re.compile(r'<input type="radio"\s*/?>', re.IGNORECASE)
_CHECKBOX = re.compile(r'<input type="checkbox"\s*/?>', re.IGNORECASE)
_BETTER = 1.5


def read_text(source: Source) -> Document:
    """Read a text file; its name tells a .csv. Raises Damaged where it is no text of a known encoding or over 50 MB."""
    data, name = source_bytes(source), source_name(source)
    if len(data) > _MAX_BYTES:
        raise Damaged(detail=f"{len(data) >> 20} MB of text")
    text, encoding = _decode(data)
    fields = text_to_fields(text, Path(name).suffix.lower())
    cells, restored = _cells(_shift_back(fields.rows) if fields.delimiter == "\t" else fields.rows)
    issues = [] if encoding.startswith("utf") else [Issue("encoding_guessed", params={"encoding": encoding})]
    if restored:
        first = next(cell for cell in cells if cell.doubt == "mark_restored")
        issues.append(Issue("mark_restored", first.location, {"count": str(restored)}))
    return Document((Grid(name, cells),), "text", issues=tuple(issues))


def _decode(data: bytes) -> tuple[str, str]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace"), "utf-16"
    if order := utf_16_order(data):
        return data.decode(order, errors="replace"), order
    if _JIS in data:
        return data.decode("iso2022_jp", errors="replace"), "iso2022_jp"
    readings = {encoding: text for encoding in _ENCODINGS if (text := _decoded(data, encoding)) is not None}
    if "utf-8-sig" in readings:
        return readings["utf-8-sig"], "utf-8-sig"
    if not readings:
        raise Damaged(detail="not UTF-8, Shift_JIS or EUC-JP text")
    best = max(readings, key=lambda encoding: _plausible(readings[encoding]))
    return readings[best], best


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _plausible(text: str) -> float:
    """How much a text looks like Japanese: kana count most, kanji less, half-width katakana against it.

    EUC-JP read as cp932 is a run of half-width katakana with rare kanji between them.
    """
    kana = len(_KANA.findall(text))
    return (2 * kana + len(_KANJI.findall(text)) - 2 * len(_HALF_WIDTH.findall(text))) / max(len(text), 1)


@dataclass(frozen=True, slots=True)
class _Column:
    """What a column of regular rows holds: values seen more than once, usual length, share of blanks."""

    common: frozenset[str]
    length: float
    blank: float


def _shift_back(rows: list[list[str]]) -> list[list[str]]:
    """Every table of the file (a run of tabbed lines of one width or less) with its shifted rows moved back."""
    result: list[list[str]] = []
    for tabbed, run in groupby(rows, key=lambda row: len(row) > 1 or not "".join(row).strip()):
        block = list(run)
        result += _shift_block(block) if tabbed else block
    return result


def _shift_block(rows: list[list[str]]) -> list[list[str]]:
    widths = Counter(len(row) for row in rows if len(row) > 1)
    if not widths:
        return rows
    width = widths.most_common(1)[0][0]
    items = [row for row in rows if len(row) > 1 and is_item_number(row[0])]
    regular = [row for row in items if len(row) == width and row[-1].strip()]
    if len(regular) < 5:
        return rows
    columns = [_profile([row[col] for row in regular]) for col in range(width)]
    return [_moved(row, columns, width) if row in items else row for row in rows]


def _profile(values: Sequence[str]) -> _Column:
    filled = [value for value in values if value.strip()]
    common = frozenset(value for value, count in Counter(filled).items() if count > 1)
    return _Column(common, median(map(len, filled)) if filled else 1.0, 1 - len(filled) / len(values))


def _moved(row: list[str], columns: Sequence[_Column], width: int) -> list[str]:
    """The row with a blank put in where a merged cell was lost, if it fits the columns clearly better."""
    filled = list(row)
    while len(filled) > 1 and not filled[-1].strip():
        filled.pop()
    if len(filled) >= width:
        return row
    as_is = filled + [""] * (width - len(filled))
    best, best_fit = row, _fit(as_is, columns) + _BETTER
    for col in range(1, width - 1):
        if columns[col].blank < 0.3:
            continue
        shifted = [*filled[:col], "", *filled[col:]]
        shifted += [""] * (width - len(shifted))
        if _fit(shifted, columns) > best_fit:
            best, best_fit = [*shifted, _SHIFTED], _fit(shifted, columns)
    return best


_SHIFTED = "\x00shifted"


def _fit(row: Sequence[str], columns: Sequence[_Column]) -> float:
    """How well values fit their columns: known values count most, odd lengths and blanks count against."""
    score = 0.0
    for value, column in zip(row, columns, strict=True):
        if not value.strip():
            score += math.log(max(column.blank, 0.02)) / 2
        elif value in column.common:
            score += 2.0
        else:
            score -= min(2.0, abs(math.log(max(len(value), 1) / max(column.length, 1))))
    return score


def _cells(rows: Sequence[Sequence[str]]) -> tuple[tuple[Cell, ...], int]:
    """Cells of all rows; a row of one field is as wide as the widest. Also how many marks were restored."""
    width = max((len([f for f in row if f != _SHIFTED]) for row in rows), default=1)
    cells: list[Cell] = []
    restored = 0
    for number, row in enumerate(rows):
        doubt = "shifted_columns" if _SHIFTED in row else None
        fields = [field for field in row if field != _SHIFTED]
        for col, field in enumerate(fields):
            text = _CHECKBOX.sub("□", _RADIO.sub("○", field))
            cell = Cell(number, col, text, Location(cells=f"line {number + 1}, field {col + 1}"), doubt=doubt)
            if text != field:
                cell = replace(cell, doubt="mark_restored")
                restored += 1
            if len(fields) == 1:
                cell = replace(cell, col_span=width, location=Location(cells=f"line {number + 1}"))
            cells.append(cell)
    return tuple(cells), restored
