"""The layouts that the readers used or propose in, the document's layouts and what a person has to confirm out.

A proposal is one issue a form and document, however many rows it has: where it stands, what it probably is, how it would be read
(`1: number A, requirement C, answer F`), and the command that decides it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.cell_reference import column_letters, range_to_area
from extractors.checklist.model import GridResult, LayoutColumn, LayoutStatus, TableLayout
from extractors.issue import Issue

_SHOWN_KEY = 12  # characters of a form's key: enough to be the only one
_SHOWN_HEADER = 80
_UNUSED_ROLES = {"ignore", "example"}


def document_layouts(sheets: Sequence[GridResult]) -> tuple[TableLayout, ...]:
    """The layouts of all sheets, each with the number of its checklist inside the document."""
    layouts: list[TableLayout] = []
    checklists = 0
    for sheet in sheets:
        layouts += [
            layout if layout.checklist is None else replace(layout, checklist=checklists + layout.checklist)
            for layout in sheet.layouts
        ]
        checklists += len(sheet.checklists)
    return tuple(layouts)


def check_layouts(layouts: Sequence[TableLayout]) -> list[Issue]:
    """One issue for each form that waits for a person."""
    by_form: dict[str, list[TableLayout]] = {}
    for layout in layouts:
        if layout.status == LayoutStatus.PROPOSED:
            by_form.setdefault(layout.form_key, []).append(layout)
    return [_to_confirm(proposals) for proposals in by_form.values()]


def _to_confirm(proposals: Sequence[TableLayout]) -> Issue:
    best = min(proposals, key=lambda layout: layout.rank)
    same_table = [layout for layout in proposals if layout.location == best.location]
    params = {
        "rows": _row_count(best),
        "header": header_text(best)[:_SHOWN_HEADER],
        "p": f"{best.p:.0%}",
        "readings": "; ".join(f"{layout.rank}: {reading_text(layout)}" for layout in same_table),
        "command": f"checksheet decide layout {best.form_key[:_SHOWN_KEY]}",
    }
    return Issue("layout_to_confirm", best.location, params)


def _row_count(layout: TableLayout) -> str:
    """How many rows a table has under its header; of a table on a page only the least is known."""
    area = range_to_area(layout.location.cells or "")
    if area is None:
        return f"≥ {len(layout.sample)}"
    top, _, bottom, _ = area
    first, last = layout.header_rows
    begins = max(top, last) if last >= first else top
    return str(bottom + 1 - begins)


def header_text(layout: TableLayout) -> str:
    """The names of a layout's columns in one line."""
    return " | ".join(" ".join(column.label.split()) or "–" for column in layout.columns)


def reading_text(layout: TableLayout) -> str:
    """Which columns a layout uses as what: `number A, requirement C, answer F`."""
    used = [column for column in layout.columns if column.role not in _UNUSED_ROLES]
    return ", ".join(f"{column.role} {column_range(layout, column)}" for column in used)


def column_range(layout: TableLayout, column: LayoutColumn) -> str:
    """How a person calls a column: by the letters of a sheet, by its number from 1 on a page (`C`, `C:D`, `3`, `3:4`)."""
    edges = dict.fromkeys((column.start, max(column.start, column.end - 1)))
    in_sheet = layout.location.sheet is not None
    return ":".join(column_letters(edge) if in_sheet else str(edge + 1) for edge in edges)


def area_text(layout: TableLayout) -> str | None:
    """Where a layout's table stands: an A1 range, or a box on a page as left,top,right,bottom."""
    if layout.location.cells is not None or layout.location.bbox is None:
        return layout.location.cells
    return ",".join(f"{edge:.1f}" for edge in layout.location.bbox)
