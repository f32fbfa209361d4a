"""A structure that a grid was made of in (cards, dialogues, boxes), its layout as a person is told of it out, and what one
decided of its form.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from extractors.checklist.columns.layout_columns import form_key
from extractors.checklist.grid_index import GridView
from extractors.checklist.model import Header, LayoutDecision, TableLayout
from extractors.checklist.parse_table import TableArea, parse_table
from extractors.checklist.reshape.structures.label_roles import layout_of_structure
from extractors.checklist.reshape.structures.structure import Structure
from extractors.checklist.table_layouts.layout_report import layout_to_report


def propose_structure(structure: Structure, decisions: Mapping[str, LayoutDecision]) -> TableLayout | None:
    """The report of a structure that waits for a person, None where one decided that it is no list, or it has no rows."""
    view = GridView(structure.grid)
    layout = layout_of_structure(view, structure)
    table = parse_table(view, structure_area(structure, structure.header))
    key = form_key(view, layout)
    decision = decisions.get(key)
    if table is None or not table.checklist.rows or (decision is not None and not decision.roles):
        return None
    return structure_report(layout_to_report(view, layout, key, table), structure)


def decision_of(structure: Structure, decisions: Mapping[str, LayoutDecision]) -> LayoutDecision | None:
    """What a person decided of a structure's form, None where nobody did."""
    if not decisions:
        return None
    view = GridView(structure.grid)
    return decisions.get(form_key(view, layout_of_structure(view, structure)))


def structure_area(structure: Structure, header: Header) -> TableArea:
    """The area of a structure's list: the whole grid that was made of it."""
    return TableArea((header,), 0, structure.bottom, frozenset(), evident=True)


def structure_report(report: TableLayout, structure: Structure) -> TableLayout:
    """A structure stands elsewhere in the file than in the grid that was made of it."""
    first = structure.first_row
    return replace(report, location=structure.location, header_rows=(first + 1, first))
