"""A layout in, what a person is told of it out: its area, its columns with their roles, three rows as they would be
read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.cell_reference import a1
from extractors.checklist.columns.layout_columns import form_key, layout_to_header
from extractors.checklist.columns.layouts import Layout
from extractors.checklist.grid_index import GridView
from extractors.checklist.model import LayoutColumn, LayoutSource, LayoutStatus, TableLayout
from extractors.checklist.parse_table import ParsedTable, TableArea, parse_table
from extractors.location import Location

_SAMPLE = 3


def layout_to_report(view: GridView, layout: Layout, key: str, table: ParsedTable | None) -> TableLayout:
    """The report of a layout as a proposal of evidence; `table` is its list as it would be read, None where it gives none."""
    frame = layout.frame
    columns = tuple(
        LayoutColumn(column.start, column.end, column.label, role, round(chance, 4))
        for column, role, chance in zip(frame.columns, layout.roles, layout.chances, strict=True)
    )
    rows = table.checklist.rows[:_SAMPLE] if table is not None else ()
    return TableLayout(
        key,
        1,
        LayoutStatus.PROPOSED,
        LayoutSource.EVIDENCE,
        _area(view, layout),
        (frame.top + 1, frame.bottom),
        columns,
        round(layout.p, 4),
        round(layout.margin, 4),
        tuple((row.item_no, row.requirement, row.answer) for row in rows),
    )


def rival_reports(view: GridView, rivals: Sequence[Layout]) -> Iterator[TableLayout]:
    """The reports of layouts of the same rows, of which a person chooses one: under one key, the likeliest first."""
    key = form_key(view, rivals[0])
    for rank, layout in enumerate(rivals, start=1):
        header = layout_to_header(view, layout)
        area = TableArea((header,), header.top, layout.frame.end, frozenset(), evident=True)
        yield replace(layout_to_report(view, layout, key, parse_table(view, area)), rank=rank)


def _area(view: GridView, layout: Layout) -> Location:
    """The sheet and range of a table, or the page on which it begins."""
    frame = layout.frame
    last = max([frame.bottom, *frame.rows])
    if view.grid.sheet is not None:
        first, end = frame.columns[0].start, frame.columns[-1].end
        return Location(sheet=view.grid.sheet, cells=a1(frame.top, first, last - frame.top + 1, end - first))
    cells = view.starting(frame.rows[0])
    return Location(page=cells[0].location.page) if cells else Location()
