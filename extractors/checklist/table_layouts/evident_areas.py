"""Layouts in, the areas of their lists out: where a list that evidence or a person shows begins and ends.

Evidence says what the header is and what stands under it; where the list ends is told by what begins below it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.checklist.columns.agreement import READ
from extractors.checklist.columns.layout_columns import layout_to_header
from extractors.checklist.columns.layouts import Layout
from extractors.checklist.grid_index import GridView
from extractors.checklist.model import LayoutDecision
from extractors.checklist.parse_table import TableArea
from extractors.checklist.table_bounds import group_headers, rows_of_other_lists


def decided_areas(
    view: GridView,
    said: Sequence[tuple[Layout, LayoutDecision | None]],
    areas: Sequence[TableArea],
) -> list[tuple[Layout, TableArea]]:
    """The layouts of forms that were decided, with the roles of the decision, and their areas.

    `areas` are the lists that words show, `said` all layouts of the grid with what was decided of them. A list that is read like
    another sheet's ends where a list under other names begins; what a person decided goes as far as it may.
    """
    chosen = [
        replace(layout, roles=decision.roles, p=decision.p)
        for layout, decision in said
        if decision is not None
        and len(decision.roles) == len(layout.roles)
        and "requirement" in decision.roles
    ]
    names = {_names(layout) for layout in chosen}
    likely = [layout for layout, _ in said if layout.p >= READ and _names(layout) not in names]
    other_starts = [*(layout.frame.top for layout in likely), *(area.header.top for area in areas)]
    headed = {row for layout in chosen for row in range(layout.frame.top, layout.frame.bottom + 1)}
    borrowed = all(layout.p < 1.0 for layout in chosen)
    apart = [row for row in other_starts if row not in headed] if borrowed else []
    return [(layout, area) for area, layout in evident_areas(view, chosen, [], apart)]


def _names(layout: Layout) -> tuple[str, ...]:
    return tuple(column.label for column in layout.frame.columns)


def evident_areas(
    view: GridView, layouts: Sequence[Layout], known: Sequence[TableArea], other_starts: Sequence[int] = ()
) -> list[tuple[TableArea, Layout]]:
    """The lists that evidence alone shows; the same header printed again opens no list of its own.

    A list ends at the latest where one that is `known` begins, or at one of the rows `other_starts`.
    """
    by_top = {layout.frame.top: layout for layout in layouts}
    groups = group_headers(view, [layout_to_header(view, layout) for layout in layouts])
    starts = sorted(
        [
            *(area.header.top for area in known),
            *(group[0].top for group in groups),
            *other_starts,
            view.n_rows,
        ]
    )
    areas = []
    for group in groups:
        last = group[-1]
        after = next(start for start in starts if start > last.top or start == view.n_rows)
        before = [area.bottom for area in known if area.bottom <= group[0].top]
        before += [earlier[-1].bottom for earlier in groups if earlier[-1].top < group[0].top]
        bottom = min(max(by_top[last.top].frame.end, last.bottom + 1), after)
        apart = rows_of_other_lists(view, groups, group)
        area = TableArea(tuple(group), max(before, default=0), bottom, apart, evident=True)
        areas.append((area, by_top[group[0].top]))
    return areas
