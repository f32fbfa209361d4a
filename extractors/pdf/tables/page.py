"""One page with its tables, as plain data: what finding tables hands out, and what the page's text is made from.

The glyphs of each cell are known by their indexes; `○` in the answer cell of row 3 has not become a text yet.
"""

from __future__ import annotations

from dataclasses import dataclass

from extractors.grid import Box
from extractors.pdf.page.glyph_lines import Line
from extractors.pdf.page.glyphs import Glyphs
from extractors.pdf.tables.fill import Filled
from extractors.pdf.tables.lattice import BoxTable


@dataclass(frozen=True, slots=True)
class Page:
    """One page as read: number from 1, size in points, glyphs, tables and what is in their cells.

    `guessed` is True where no rules part the columns, `rings` are boxes of rings drawn on the page,
    `aside` texts that stand in no row, and why. `doubtful` is True where its cells cut words and nothing better was found,
    `unsure` where it is a guess which lines are one row.
    """

    number: int
    width: float
    height: float
    glyphs: Glyphs
    tables: tuple[BoxTable, ...]
    filled: Filled
    guessed: bool = False
    rings: tuple[Box, ...] = ()
    aside: tuple[tuple[Line, str], ...] = ()
    doubtful: bool = False
    unsure: bool = False
