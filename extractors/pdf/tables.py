"""Ink of a page in, the page with its tables out: as its rules enclose them, else as its white rivers part them."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.pdf.guess import guess_table
from extractors.pdf.ink import Ink
from extractors.pdf.lattice import BoxTable, rules_to_tables
from extractors.pdf.outside import Page

_MOST = 0.3


def ink_to_page(ink: Ink, hint: Sequence[float] = ()) -> Page:
    """The tables of a page; `hint` are the column edges (points) guessed on the page before."""
    tables = tuple(rules_to_tables(ink.rules, ink.glyphs.centres))
    if share_inside(tables, ink) < _MOST:
        guess = guess_table(ink.glyphs, ink.rules, ink.width, hint)
        if guess is not None:
            return _page(ink, (guess,), guessed=True)
    return _page(ink, tables)


def share_inside(tables: Sequence[BoxTable], ink: Ink) -> float:
    """Share of a page's glyphs that stand within tables, 0 to 1."""
    centres = ink.glyphs.centres
    inside = 0
    for table in tables:
        x0, y0, x1, y1 = table.box
        within = (centres[:, 0] >= x0) & (centres[:, 0] < x1) & (centres[:, 1] >= y0) & (centres[:, 1] < y1)
        inside += int(within.sum())
    return inside / max(len(ink.glyphs.chars), 1)


def _page(ink: Ink, tables: tuple[BoxTable, ...], guessed: bool = False) -> Page:
    return Page(ink.number, ink.width, ink.height, ink.glyphs, tables, guessed, ink.rings, ink.aside)
