"""Ink of a page in, the page with its tables out: as its rules enclose them, else as its white rivers part them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.pdf.page.content import Ink
from extractors.pdf.tables.fill import fill_tables
from extractors.pdf.tables.lattice import BoxTable, rules_to_tables
from extractors.pdf.tables.page import Page
from extractors.pdf.tables.stream import guess_table

_MOST = 0.3


def ink_to_page(ink: Ink, hint: Sequence[float] = ()) -> Page:
    """The tables of a page; `hint` are the column edges (points) guessed on the page before."""
    page = page_with(ink, tuple(rules_to_tables(ink.rules, ink.glyphs.centres)))
    if page.filled.share < _MOST:
        guess = guess_table(ink.glyphs, ink.rules, ink.width, hint)
        if guess is not None:
            found = page_with(ink, (guess.table,), guessed=True)
            return found if guess.sure else replace(found, unsure=True)
    return page


def page_with(ink: Ink, tables: tuple[BoxTable, ...], guessed: bool = False) -> Page:
    """The page with these tables, filled with its glyphs."""
    filled = fill_tables(tables, ink.glyphs)
    return Page(ink.number, ink.width, ink.height, ink.glyphs, tables, filled, guessed, ink.rings, ink.aside)
