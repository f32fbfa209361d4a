"""One page with its tables, as plain data: what finding tables hands out, and what the page's text is made from.

The glyphs of each cell are known by their indexes; `○` in the answer cell of row 3 has not become a text yet.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from extractors.location import TEXT, Box
from extractors.pdf.page.content import NO_PAGE_LOOKS, Emphasis, PageLooks
from extractors.pdf.page.glyph_lines import PrintedLine
from extractors.pdf.page.glyphs import Glyphs
from extractors.pdf.tables.fill import CellGlyphs
from extractors.pdf.tables.lattice import BoxTable
from extractors.scan.picture.plane import Plane


@dataclass(frozen=True, slots=True)
class Page:
    """One page as read: number from 1, size in points, glyphs, tables and what is in their cells.

    `unruled` is True where no rules part the columns, `circles` are boxes of circles drawn on the page,
    `aside` texts that stand in no row, and why. `splits_words` is True where its cells cut words and nothing better was found,
    `rows_uncertain` where it is a guess which lines are one row. `doubts` are reasons why the text of a cell, by its box, is
    less sure, `emphasis` is what is set off by its paint. `read_by` and `plane` are those of its content. `shifts` are by how
    many points each table stands right of one that it goes on with, as the second of two pages on a sheet does; none where no
    table does.
    """

    number: int
    width: float
    height: float
    glyphs: Glyphs
    tables: tuple[BoxTable, ...]
    cell_glyphs: CellGlyphs
    unruled: bool = False
    circles: tuple[Box, ...] = ()
    aside: tuple[tuple[PrintedLine, str], ...] = ()
    splits_words: bool = False
    rows_uncertain: bool = False
    looks: PageLooks = NO_PAGE_LOOKS
    doubts: Mapping[Box, str] = field(default_factory=dict)
    emphasis: Emphasis = field(default_factory=Emphasis)
    read_by: str = TEXT
    plane: Plane | None = None
    shifts: tuple[float, ...] = ()
