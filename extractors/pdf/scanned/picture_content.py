"""What was read of a picture in, the page content that the rest of the room knows out, with the room's own lattice.

So tables, rings and boxes of a scan are found as those of a print are: by the same rules, in the same code.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from extractors.location import PICTURE, Box
from extractors.pdf.page.content import PageContent
from extractors.pdf.page.glyphs import glyphs_of
from extractors.pdf.page.rules import Rule, Rules, merge_rules
from extractors.pdf.tables.lattice import rules_to_tables
from extractors.scan.picture_reading import PictureContent
from extractors.scan.picture_reading import Rule as PictureRule

_NO_GLYPHS = np.zeros((0, 2))


def picture_to_content(picture: PictureContent, number: int) -> PageContent:
    """The page `number` (from 1) as content."""
    glyphs = [(glyph.char, glyph.box, glyph.size, True) for glyph in picture.glyphs]
    return PageContent(
        number,
        picture.width,
        picture.height,
        glyphs_of(glyphs, [glyph.line for glyph in picture.glyphs]),
        _rules(picture.horizontal, picture.vertical),
        picture.circles,
        read_by=PICTURE,
        plane=picture.plane,
    )


def rules_to_cells(horizontal: Sequence[PictureRule], vertical: Sequence[PictureRule]) -> list[Box]:
    """The boxes of all cells that rules form, by the lattice that prints are read by."""
    tables = rules_to_tables(_rules(horizontal, vertical), _NO_GLYPHS)
    return [cell.box for table in tables for cell in table.cells]


def _rules(horizontal: Sequence[PictureRule], vertical: Sequence[PictureRule]) -> Rules:
    return Rules(
        merge_rules(Rule(*rule) for rule in horizontal), merge_rules(Rule(*rule) for rule in vertical)
    )
