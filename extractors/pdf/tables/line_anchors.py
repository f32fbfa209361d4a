"""Lines of a table and its column edges in, what each line holds in each column out, and the column that counts rows.

That is the column of item numbers (項番 1, 2, 3), else one whose texts are all of a single line, as marks (○ and ×) are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.pdf.tables.text_rows import TextRow
from normalizers.text import is_item_number

_NUMBERS = 0.6  # share of a column's texts that are item numbers
_LEAST = 2
_LEAST_LINES = 3
_SAME = 1.5  # points: texts that begin no farther apart are one column's
_ROWS = 0.25  # share of the lines of several texts in which the column has one
_MARK = 4  # characters


@dataclass(frozen=True, slots=True)
class Piece:
    """What the line with the index `line` holds in one column."""

    line: int
    row: TextRow
    text: str


@dataclass(frozen=True, slots=True)
class Anchors:
    """The lines (indexes) in which rows have their number or mark, and whether they are numbers."""

    lines: frozenset[int] = frozenset()
    numbered: bool = False
    col: int | None = None


def pieces_of(rows: Sequence[TextRow], cols: Sequence[float]) -> list[list[Piece]]:
    """For each column its texts line by line, from above; a word stands in the column that it begins in.

    Headings over several columns are in none.
    """
    columns: list[list[Piece]] = [[] for _ in cols[1:]]
    headings = headings_in(rows, cols)
    for line, row in enumerate(rows):
        if line in headings:
            continue
        texts: dict[int, str] = {}
        for (start, _), word in zip(row.spans, row.words, strict=True):
            col = max((i for i, edge in enumerate(cols[:-1]) if edge <= start + 1), default=0)
            texts[col] = texts.get(col, "") + word
        for col, text in texts.items():
            columns[col].append(Piece(line, row, text))
    return columns


def anchors_of(columns: Sequence[Sequence[Piece]], close: float) -> Anchors:
    """The lines that count rows; lines of one text follow one another by less than `close` points."""
    for col, column in enumerate(columns):
        numbers = [piece.line for piece in column if is_item_number(piece.text)]
        if len(numbers) >= _LEAST and len(numbers) >= _NUMBERS * (len(column) - 1):
            return Anchors(frozenset(numbers), True, col)
    several = Counter(piece.line for column in columns for piece in column)
    least = max(_LEAST_LINES, _ROWS * sum(count > 1 for count in several.values()))
    single = [
        (len(column), -col)
        for col, column in enumerate(columns)
        if len(column) >= least and _is_single(column, close)
    ]
    if not single:
        return Anchors()
    col = -max(single)[1]
    return Anchors(frozenset(piece.line for piece in columns[col]), False, col)


def _is_single(column: Sequence[Piece], close: float) -> bool:
    """Whether the texts of a column are all of one line: far apart, or as short as marks."""
    apart = all(after.row.top - before.row.top > close for before, after in pairwise(column))
    return apart or all(len(piece.text) <= _MARK for piece in column)


def headings_in(rows: Sequence[TextRow], cols: Sequence[float]) -> frozenset[int]:
    """Lines (indexes) that are a lone text over several columns, in no word of which another line's text begins."""
    starts = [start for row in rows for start, _ in row.spans]
    headings = set()
    for line, row in enumerate(rows):
        beyond = [start for start, _ in row.spans if start >= cols[1] - 1]
        if len(row.parts) > 1 or len(beyond) == len(row.spans):
            continue
        crosses = any(start < cols[1] - 1 and end > cols[1] + 1 for start, end in row.spans)
        beside = any(sum(abs(start - near) <= _SAME for near in starts) > 1 for start in beyond)
        if crosses or (beyond and not beside):
            headings.add(line)
    return frozenset(headings)


def is_heading(line: int, columns: Sequence[Sequence[Piece]], anchors: Anchors) -> bool:
    """Whether a line holds nothing but a text that stands where the numbers do and is none, or nothing in any column."""
    filled_cols = [col for col, column in enumerate(columns) if any(piece.line == line for piece in column)]
    lone = anchors.numbered and anchors.col == 0 and filled_cols == [0] and line not in anchors.lines
    return not filled_cols or lone
