"""A page with its lattice tables in, the page with what their rules leave out: header rows, header cells, rows of items.

A table may be ruled in its body alone: 「番号　設問　回答」 stands above it without borders, or in one dark cell, or a
ruled row holds 「(1) 鍵」「(2) 窓」 line by line with a mark beside each.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from extractors.pdf.half_ruled.header_cells import split_header_cells
from extractors.pdf.half_ruled.header_row import add_header_row
from extractors.pdf.half_ruled.item_lines import split_item_rows
from extractors.pdf.half_ruled.two_pages import shift_halves, split_sheet
from extractors.pdf.page.content import PageContent
from extractors.pdf.tables.fill import fill_tables
from extractors.pdf.tables.lattice import BoxTable
from extractors.pdf.tables.page_tables import Page

_Step = Callable[[Page, BoxTable, Sequence[Sequence[int]]], BoxTable]
_STEPS: tuple[_Step, ...] = (split_header_cells, add_header_row, split_item_rows)


def complete_tables(page: Page, content: PageContent) -> Page:
    """The page with its ruled tables completed; one whose columns no rules part, as two halves where it holds two pages."""
    if page.unruled or not page.tables:
        return split_sheet(page, content)
    for step in _STEPS:
        tables = tuple(
            step(page, table, cells) for table, cells in zip(page.tables, page.cell_glyphs.cells, strict=True)
        )
        if tables != page.tables:
            page = replace(page, tables=tables, cell_glyphs=fill_tables(tables, page.glyphs))
    return shift_halves(page)
