"""A page of unruled columns in, its left and its right half as two tables out where two pages are printed on one sheet.

「番号　設問　回答」 stands twice then, side by side, at one height or at two: the same names, moved by one distance; or the right
half has no names and its numbers go on. Rows of
the left half have nothing to do with rows of the right one that happen to stand level with them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from extractors.pdf.page.content import PageContent
from extractors.pdf.page.rules import Rule, Rules
from extractors.pdf.tables.find_tables import page_with_tables
from extractors.pdf.tables.page_tables import Page
from extractors.pdf.tables.row_ends import is_header
from extractors.pdf.tables.stream import StreamTable, detect_stream_table
from extractors.pdf.tables.text_rows import TextRow, text_rows

_SAME = 3.0  # points: how far the distances of the same names may differ
_NAMES = 2  # names that have to stand twice at least
_MOST = 0.6  # share of the names that have to
_BESIDE = 3.0  # points left of the right half's first name that the half begins
_CROSSING = 0.06  # share of the lines that may cross the gutter
_LEAST = 3  # lines in each half
_ALIKE = 0.1  # of the width: how far the widths of the columns of two halves differ at most


def split_sheet(page: Page, content: PageContent) -> Page:
    """The page as two tables where its columns are those of two pages side by side, else as it is."""
    lines = text_rows(content.glyphs)
    halves_at = _gutter(lines)
    if halves_at is None:
        return page
    gutter, shift = halves_at
    left_side = content.glyphs.centres[:, 0] < gutter
    sides = [np.flatnonzero(side).tolist() for side in (left_side, ~left_side)]
    rules = (_within(content.rules, 0.0, gutter), _within(content.rules, gutter, content.width))
    halves = [
        detect_stream_table(content.glyphs, rule, content.width, among=side)
        for rule, side in zip(rules, sides, strict=True)
    ]
    tables = [half for half in halves if isinstance(half, StreamTable)]
    if len(tables) < len(halves):
        return page
    return replace(
        page_with_tables(content, tuple(half.table for half in tables)),
        unruled=True,
        rows_uncertain=not all(half.sure for half in tables),
        shifts=(0.0, shift),
    )


def shift_halves(page: Page) -> Page:
    """The page with its ruled tables that go on with one left of them: as many columns, as wide, under the same names."""
    shifts = [0.0] * len(page.tables)
    for second, table in enumerate(page.tables):
        for first, partner in enumerate(page.tables):
            if not shifts[first] and not shifts[second] and _goes_on(page, first, second):
                shifts[second] = table.cols[0] - partner.cols[0]
    return replace(page, shifts=tuple(shifts)) if any(shifts) else page


def _goes_on(page: Page, first: int, second: int) -> bool:
    """Whether a table stands right of another, is ruled alike and begins with the same names."""
    left_table, right_table = page.tables[first], page.tables[second]
    if (
        len(left_table.cols) != len(right_table.cols)
        or len(left_table.cols) <= _NAMES
        or right_table.cols[0] < left_table.cols[-1] - _BESIDE
    ):
        return False
    widths = zip(pairwise(left_table.cols), pairwise(right_table.cols), strict=True)
    alike = all(abs((b - a) - (d - c)) <= _ALIKE * max(b - a, d - c) for (a, b), (c, d) in widths)
    level = min(left_table.rows[-1], right_table.rows[-1]) > max(left_table.rows[0], right_table.rows[0])
    return (
        alike
        and level
        and (_first_row(page, first) == _first_row(page, second) != [] or _counts_on(page, first, second))
    )


def _counts_on(page: Page, first: int, second: int) -> bool:
    """Whether the right table has no header of its own, and its numbers go on where those of the left one end."""
    last, begin = _row(page, first, page.tables[first].rows[-2]), _first_row(page, second)
    numbers = [
        re.fullmatch(r"(.*?)(\d{1,4})", texts[0]) if len(texts) > 1 else None for texts in (last, begin)
    ]
    if numbers[0] is None or numbers[1] is None or numbers[0][1] != numbers[1][1]:
        return False
    return int(numbers[1][2]) == int(numbers[0][2]) + 1


def _first_row(page: Page, number: int) -> list[str]:
    """The texts of a table's first row."""
    return _row(page, number, page.tables[number].rows[0])


def _row(page: Page, number: int, top: float) -> list[str]:
    """The texts of the row of a table that begins at a height (points)."""
    table = page.tables[number]
    texts = [
        "".join(page.glyphs.chars[index] for index in inside if not page.glyphs.blank[index])
        for cell, inside in zip(table.cells, page.cell_glyphs.cells[number], strict=True)
        if cell.box[1] == top
    ]
    return [text for text in texts if text]


def _gutter(lines: Sequence[TextRow]) -> tuple[float, float] | None:
    """Where the right half of a sheet begins and how far it stands from the left one.

    None where no names stand twice side by side, or lines run across.
    """
    words = [(word, span) for line in lines for span, word in zip(line.spans, line.words, strict=True)]
    for line in lines:
        if len(line.parts) < _NAMES or not is_header([line]):
            continue
        names: dict[str, tuple[float, float]] = {}
        for word, span in zip(line.words, line.spans, strict=True):
            names.setdefault(word, span)
        moved = [
            (word, span[0] - names[word][0])
            for word, span in words
            if word in names and span[0] > names[word][1]
        ]
        first = next(iter(names))
        for distance in [distance for word, distance in moved if word == first]:
            again = {word for word, shift in moved if abs(shift - distance) <= _SAME}
            gutter = names[first][0] + distance - _BESIDE
            if len(again) >= max(_NAMES, _MOST * len(names)) and _parts(lines, gutter):
                return gutter, distance
    return None


def _parts(lines: Sequence[TextRow], gutter: float) -> bool:
    """Whether lines stand on both sides of a gutter, and hardly one runs across."""
    crossing = sum(any(start < gutter < end for start, end in line.spans) for line in lines)
    before = sum(line.spans[0][0] < gutter for line in lines)
    behind = sum(line.spans[-1][1] > gutter for line in lines)
    return crossing <= _CROSSING * len(lines) and min(before, behind) >= _LEAST


def _within(rules: Rules, start: float, end: float) -> Rules:
    """The rules of the half from `start` to `end` (points), those over both halves cut at the gutter."""
    level = tuple(
        Rule(rule.at, max(rule.start, start), min(rule.end, end))
        for rule in rules.horizontal
        if rule.start < end - _BESIDE and rule.end > start + _BESIDE
    )
    upright = tuple(rule for rule in rules.vertical if start <= rule.at <= end)
    fills = tuple(
        (max(x0, start), top, min(x1, end), foot)
        for x0, top, x1, foot in rules.fills
        if x0 < end - _BESIDE and x1 > start + _BESIDE
    )
    breaks = tuple(at for at in rules.breaks if start + _BESIDE <= at <= end - _BESIDE)
    return Rules(level, upright, fills, breaks if len(breaks) > 2 else ())
