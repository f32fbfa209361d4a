"""A table drawn with random spans, wraps and page breaks comes back cell for cell."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.pdf.reader import read_pdf
from tests.extractors.pdf.prints import Print

pytestmark = pytest.mark.slow

_SIZE, _LEADING, _TOP = 10.0, 12.0, 40.0
_LETTERS = "安全鍵窓扉塀庫番夜朝机紙印棚箱網柵灯"


@dataclass(frozen=True)
class Drawn:
    """Column widths in characters, rows of texts, first rows of pages, and rows whose first cell is merged upwards."""

    widths: list[int]
    rows: list[list[str]]
    breaks: set[int]
    merged: set[int]


@st.composite
def tables(draw: st.DrawFn) -> Drawn:
    widths = draw(st.lists(st.integers(4, 12), min_size=3, max_size=6))
    count = draw(st.integers(3, 14))
    texts = [
        [draw(st.text(_LETTERS, min_size=1, max_size=3 * width)) for width in widths] for _ in range(count)
    ]
    breaks = draw(st.sets(st.integers(2, count - 1), max_size=2))
    merged = draw(st.sets(st.integers(1, count - 1), max_size=4)) - breaks
    return Drawn(widths, texts, breaks, merged)


def _wrapped(text: str, width: int) -> list[str]:
    return [text[start : start + width] for start in range(0, len(text), width)]


def _draw(table: Drawn, path: Path) -> list[list[str]]:
    """Print the table; the rows of texts as they stand, "" where a cell is merged with the one above."""
    xs = list(accumulate([20.0] + [width * _SIZE + 8 for width in table.widths]))
    drawing = Print(path, (xs[-1] + 20, 800))
    expected = []
    y = _TOP
    for number, row in enumerate(table.rows):
        if number in table.breaks:
            drawing.page()
            y = _TOP
        top_merged = number in table.merged
        texts = ["" if top_merged and col == 0 else text for col, text in enumerate(row)]
        lines = [_wrapped(text, width) for text, width in zip(texts, table.widths, strict=True)]
        height = max(map(len, lines)) * _LEADING + 8
        drawing.rule(xs[1] if top_merged else xs[0], y, xs[-1], y)
        for x in xs:
            drawing.rule(x, y, x, y + height)
        for x, cell in zip(xs, lines, strict=False):
            for place, line in enumerate(cell):
                drawing.text(x + 4, y + _SIZE + 3 + place * _LEADING, line, _SIZE)
        y += height
        if number + 1 == len(table.rows) or number + 1 in table.breaks:
            drawing.rule(xs[0], y, xs[-1], y)
        expected.append(texts)
    drawing.save()
    return expected


@settings(max_examples=60, deadline=None, derandomize=True)
@given(tables())
def test_table_comes_back_cell_for_cell(table: Drawn) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "表.pdf"
        expected = _draw(table, path)
        (grid,) = read_pdf(path).grids
    read = [[""] * len(table.widths) for _ in range(grid.n_rows)]
    for cell in grid.cells:
        if cell.text:
            read[cell.row][cell.col - grid.cells[0].col] = cell.text
    assert read == expected
