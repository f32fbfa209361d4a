"""A page with its tables in, how much speaks against them out.

Where the edges of cells are those that a person sees, no word is cut by one. The doubt is the share of neighbouring
characters of one word that come to stand in two cells, or one inside of a table and one outside.
"""

from __future__ import annotations

import numpy as np

from extractors.pdf.tables.page import Page

LIMIT = 0.01  # a page with more doubt than this is read a second time
_TOUCHING = 0.25  # of the size: the gap within a word


def doubt_of(page: Page) -> float:
    """Share of the neighbouring characters of words that the page's cells part, 0 to 1."""
    glyphs = page.glyphs
    if not page.tables or len(glyphs.chars) < 2:
        return 0.0
    lines, corners, inked = np.asarray(glyphs.lines), glyphs.corners, ~glyphs.blank
    near = np.abs(corners[1:, 0] - corners[:-1, 2]) < _TOUCHING * glyphs.sizes_of[1:]
    pairs = near & (lines[1:] == lines[:-1]) & inked[1:] & inked[:-1]
    parted = pairs & (page.filled.owner[1:] != page.filled.owner[:-1])
    return float(parted.sum() / max(int(pairs.sum()), 1))


def contents_of(page: Page) -> list[str]:
    """The texts of a page's cells without white space, in reading order: what two readings are compared by."""
    texts = []
    for cells in page.filled.cells:
        texts += ["".join(page.glyphs.chars[index] for index in cell) for cell in cells]
    return ["".join(text.split()) for text in texts if text.strip()]


def agree(one: Page, other: Page) -> bool:
    """Whether two readings of a page fill the same cells with the same texts."""
    return sorted(contents_of(one)) == sorted(contents_of(other))
