"""Lines of a table and its column edges in, what each line holds in each column out, and the column that counts rows.

That is the column of item numbers, else one whose texts are all of a single line, as marks are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.pdf.textrows import TextRow
from normalizers.text import is_item_number

_NUMBERS = 0.6  # share of a column's texts that are item numbers
_LEAST = 2
_LEAST_LINES = 3
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
    """For each column its texts line by line, from above; a word stands in the column that it begins in."""
    columns: list[list[Piece]] = [[] for _ in cols[1:]]
    for line, row in enumerate(rows):
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
    single = [(len(column), -col) for col, column in enumerate(columns) if _is_single(column, close)]
    if not single:
        return Anchors()
    col = -max(single)[1]
    return Anchors(frozenset(piece.line for piece in columns[col]), False, col)


def _is_single(column: Sequence[Piece], close: float) -> bool:
    """Whether the texts of a column are all of one line: far apart, or as short as marks."""
    apart = all(after.row.top - before.row.top > close for before, after in pairwise(column))
    return len(column) >= _LEAST_LINES and (apart or all(len(piece.text) <= _MARK for piece in column))


def is_heading(line: int, row: TextRow, cols: Sequence[float], anchors: Anchors) -> bool:
    """Whether a line is a lone text over several columns, or one that stands where the numbers do and is none."""
    if len(row.parts) > 1 or row.spans[0][0] >= cols[1] - 1:
        return False
    crosses = any(start < cols[1] - 1 and end > cols[1] + 1 for start, end in row.spans)
    beyond = row.spans[-1][1] > cols[1] + 1
    return crosses or beyond or (anchors.numbered and anchors.col == 0 and line not in anchors.lines)
