"""Chooses how each table of a grid is read: by known words, or by evidence where that is much likelier.

The areas that known words show come in, the parsed tables go out. A table stands as words read it where evidence agrees, or
disagrees by little; where evidence finds other columns far likelier (`対応予定の有無` taken for the answer beside `現状`), it is read as
evidence says. Lists that no known word shows are added where evidence is sure of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.checklist.columns.agreement import overrules
from extractors.checklist.columns.frames import frame_of
from extractors.checklist.columns.layout_columns import layout_to_header
from extractors.checklist.columns.layouts import Layout, layout_of, layouts_of
from extractors.checklist.grid_index import GridView
from extractors.checklist.parse_table import ParsedTable, TableArea, parse_table
from extractors.checklist.table_bounds import group_headers, rows_of_other_lists

SURE = 0.5  # chance from which a list that no known word shows is read
_OVERRULES = 0.5  # chance from which a layout may overrule the words


def parse_tables(view: GridView, areas: Sequence[TableArea]) -> list[ParsedTable]:
    """The lists of a grid from top to bottom; none where nothing is asked."""
    layouts = layouts_of(view)
    tables: list[tuple[TableArea, ParsedTable]] = []
    for area in areas:
        chosen = _overruled(view, area, layouts)
        table = parse_table(view, chosen)
        if table is not None:
            tables.append((chosen, table))
    rest = [layout for layout in layouts if layout.p >= SURE and not _covered(layout, tables)]
    for area in _evident_areas(view, rest, [area for area, _ in tables]):
        table = parse_table(view, area)
        if table is not None and table.checklist.rows:
            tables.append((area, table))
    return [table for _, table in sorted(tables, key=lambda entry: entry[0].header.top)]


def _overruled(view: GridView, area: TableArea, layouts: Sequence[Layout]) -> TableArea:
    """The area with the columns of evidence where these are much likelier than those of the words, else as it is."""
    by_words = parse_table(view, area)
    if by_words is None or not by_words.checklist.rows:
        return area
    frame = frame_of(view, area.header.top, area.header.bottom)
    layout = layout_of(view, frame) if frame is not None else None
    if layout is None or layout.p < _OVERRULES:
        return area
    if not overrules(layout, by_words.checklist.columns):
        return area
    header = layout_to_header(view, layout)
    return replace(area, headers=(header, *area.headers[1:]), evident=True)


def _covered(layout: Layout, tables: Sequence[tuple[TableArea, ParsedTable]]) -> bool:
    """Whether a list that was read already claims the rows of a layout."""
    rows = {row for _, table in tables for row in table.rows if table.checklist.rows}
    return (
        sum(row in rows for row in layout.frame.rows) > len(layout.frame.rows) / 5 or layout.frame.top in rows
    )


def _evident_areas(view: GridView, layouts: Sequence[Layout], known: Sequence[TableArea]) -> list[TableArea]:
    """The lists that evidence alone shows; the same header printed again opens no list of its own."""
    ends = {layout_to_header(view, layout).top: layout.frame.end for layout in layouts}
    groups = group_headers(view, [layout_to_header(view, layout) for layout in layouts])
    starts = sorted([*(area.header.top for area in known), *(group[0].top for group in groups), view.n_rows])
    areas = []
    for group in groups:
        after = next(start for start in starts if start > group[-1].top or start == view.n_rows)
        before = max((area.bottom for area in known if area.bottom <= group[0].top), default=0)
        earlier = max((g[-1].bottom for g in groups if g[-1].top < group[0].top), default=0)
        bottom = min(max(ends[group[-1].top], group[-1].bottom + 1), after)
        others = rows_of_other_lists(view, groups, group)
        areas.append(
            TableArea(tuple(group), max(before, min(earlier, group[0].top)), bottom, others, evident=True)
        )
    return areas
