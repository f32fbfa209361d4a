"""A page with its tables in, the share of words that the edges of its cells split out.

Where the edges of cells are those that a person sees, no word is cut by one. Counted are neighbouring characters of one
word that come to stand in two cells, or one inside of a table and one outside: 「毎」 and 「晩」 of 「毎晩」.
"""

from __future__ import annotations

import numpy as np

from extractors.pdf.tables.page_tables import Page

MOST_SPLIT = 0.01  # a page with a larger share than this is read a second time
_TOUCHING = 0.25  # of the size: the gap within a word


def split_word_share(page: Page) -> float:
    """Share of the neighbouring characters of words that the page's cells part, 0 to 1."""
    glyphs = page.glyphs
    if not page.tables or len(glyphs.chars) < 2:
        return 0.0
    lines, corners, inked = np.asarray(glyphs.lines), glyphs.corners, ~glyphs.blank
    near = np.abs(corners[1:, 0] - corners[:-1, 2]) < _TOUCHING * glyphs.sizes_of[1:]
    pairs = near & (lines[1:] == lines[:-1]) & inked[1:] & inked[:-1]
    parted = pairs & (page.cell_glyphs.owner[1:] != page.cell_glyphs.owner[:-1])
    return float(parted.sum() / max(int(pairs.sum()), 1))


def cell_texts(page: Page) -> list[str]:
    """The texts of a page's cells without white space, in reading order: what two readings are compared by."""
    texts = []
    for cells in page.cell_glyphs.cells:
        texts += ["".join(page.glyphs.chars[index] for index in cell) for cell in cells]
    return ["".join(text.split()) for text in texts if text.strip()]


def have_same_cells(page: Page, rival: Page) -> bool:
    """Whether two readings of a page fill the same cells with the same texts."""
    return sorted(cell_texts(page)) == sorted(cell_texts(rival))
