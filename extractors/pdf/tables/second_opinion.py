"""A page and what another reader says of it in, the better supported of the two out.

A page is read a second time where its own cells cut words (doubt.py). Support is the share of the page's glyphs that
stand in cells, less three times the doubt. Two readers that fill the same cells with the same texts are right together.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from extractors.pdf.page.content import Ink
from extractors.pdf.tables.find_tables import page_with
from extractors.pdf.tables.lattice import BoxTable
from extractors.pdf.tables.page import Page
from extractors.pdf.tables.split_words import LIMIT, agree, doubt_of

_WEIGHT = 3.0
_MARGIN = 0.02  # a second opinion has to be better by this


@dataclass(frozen=True, slots=True)
class Settled:
    """The page that counts, whether it is the second reader's, and the doubt in it where the two disagree."""

    page: Page
    second: bool = False
    disagreement: float | None = None


def settle(page: Page, ink: Ink, second: Callable[[], Sequence[BoxTable]]) -> Settled:
    """The page as read, or as `second` reads its tables; the second reader is only asked where there is doubt."""
    doubt = doubt_of(page)
    if doubt <= LIMIT:
        return Settled(page)
    tables = tuple(second())
    other = page_with(ink, tables) if tables else None
    if other is not None and agree(page, other):
        return Settled(page)
    better = other is not None and _support(other) > _support(page) + _MARGIN
    chosen = other if other is not None and better else page
    left = doubt_of(chosen)
    return Settled(replace(chosen, doubtful=left > LIMIT), better, left)


def _support(page: Page) -> float:
    return page.filled.share - _WEIGHT * doubt_of(page)
