"""Content of a page in, the page with its tables out: by its rules (lattice), else by gaps that no text crosses (stream).

A sheet printed with its grid has rules round 「番号」「設問」「回答」; one without them parts its columns by gaps alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.pdf.page.content import PageContent
from extractors.pdf.tables.fill import fill_tables
from extractors.pdf.tables.lattice import BoxTable, rules_to_tables
from extractors.pdf.tables.page_tables import Page
from extractors.pdf.tables.split_words import MOST_SPLIT, split_word_share
from extractors.pdf.tables.stream import detect_stream_table

_MOST = 0.3  # share of the glyphs in ruled cells from which on no other table is looked for


def content_to_page(content: PageContent, hint: Sequence[float] = ()) -> Page:
    """The tables of a page; `hint` are the column edges (points) of an unruled table on the page before."""
    page = page_with_tables(content, tuple(rules_to_tables(content.rules, content.glyphs.centres)))
    if page.cell_glyphs.share >= _MOST:
        return page
    if (coloured := _coloured_tables(content)) is not None:
        return coloured
    stream = detect_stream_table(content.glyphs, content.rules, content.width, hint)
    if stream is None:
        return page
    return replace(page_with_tables(content, (stream.table,)), unruled=True, rows_uncertain=not stream.sure)


def _coloured_tables(content: PageContent) -> Page | None:
    """The page by its white rules too, as between coloured cells; None where they make no table or cut words."""
    if not all(content.rules.white):
        return None
    tables = tuple(rules_to_tables(content.rules.with_white(), content.glyphs.centres))
    if not tables:
        return None
    page = page_with_tables(content, tables)
    fits = page.cell_glyphs.share >= _MOST and split_word_share(page) <= MOST_SPLIT
    return page if fits else None


def page_with_tables(content: PageContent, tables: tuple[BoxTable, ...]) -> Page:
    """The page with these tables, filled with its glyphs."""
    return Page(
        content.number,
        content.width,
        content.height,
        content.glyphs,
        tables,
        fill_tables(tables, content.glyphs),
        circles=content.circles,
        aside=content.aside,
        looks=content.looks,
        emphasis=content.emphasis,
        read_by=content.read_by,
        plane=content.plane,
    )
