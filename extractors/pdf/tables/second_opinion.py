"""A page and what another reader says of its tables in, the better supported of the two readings out.

A page is read a second time where its own cells cut words (split_words.py), as an edge through 「毎晩」 does. Support is
the share of the page's glyphs that stand in cells, less three times the share of split words. Two readers that fill the
same cells with the same texts are right together.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from extractors.pdf.page.content import PageContent
from extractors.pdf.tables.find_tables import page_with_tables
from extractors.pdf.tables.lattice import BoxTable
from extractors.pdf.tables.page_tables import Page
from extractors.pdf.tables.split_words import MOST_SPLIT, have_same_cells, split_word_share

_WEIGHT = 3.0
_MARGIN = 0.02  # a second opinion has to be better by this


@dataclass(frozen=True, slots=True)
class ReaderAgreement:
    """The page that counts, whether the second reader's, and the share of split words left where the two disagree."""

    page: Page
    by_second: bool = False
    disagreement: float | None = None


def resolve_readers(
    page: Page, content: PageContent, second: Callable[[], Sequence[BoxTable]]
) -> ReaderAgreement:
    """The page as read, or as `second` reads its tables; the second reader is called only where words are split."""
    if split_word_share(page) <= MOST_SPLIT:
        return ReaderAgreement(page)
    tables = tuple(second())
    rival = page_with_tables(content, tables) if tables else None
    if rival is not None and have_same_cells(page, rival):
        return ReaderAgreement(page)
    by_second = rival is not None and _support(rival) > _support(page) + _MARGIN
    chosen = rival if rival is not None and by_second else page
    share = split_word_share(chosen)
    return ReaderAgreement(replace(chosen, splits_words=share > MOST_SPLIT), by_second, share)


def _support(page: Page) -> float:
    return page.cell_glyphs.share - _WEIGHT * split_word_share(page)
