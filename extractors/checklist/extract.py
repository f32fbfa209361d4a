"""Extracts checklists from a grid: reshapes tables, finds headers, parses the rows under each, lists what no row
used.

A Grid comes in; checklists, the texts that none of them uses and what the sheet says about itself go out. No
filled cell is lost: a note `※No.3は対象外` under a table is told with its place and the reason why it is no item.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from extractors.checklist.choose_tables import ChosenTables, choose_tables
from extractors.checklist.columns.agreement import READ_TITLED_OTHER
from extractors.checklist.columns.by_words.header_by_content import detect_header_by_content
from extractors.checklist.columns.by_words.header_rows import detect_headers
from extractors.checklist.columns.frame_features import titled_other
from extractors.checklist.grid_index import GridView
from extractors.checklist.model import (
    GridResult,
    Header,
    LayoutDecision,
    Leftover,
    UnusedReason,
)
from extractors.checklist.outside_tables.legend_lines import legend_lines, legend_marks
from extractors.checklist.outside_tables.metadata import (
    metadata_cells,
    read_metadata,
    title_of,
)
from extractors.checklist.outside_tables.plain_text import lines_to_checklist
from extractors.checklist.parse_table import ParsedTable, TableArea, cells_of_rows, parse_table
from extractors.checklist.reshape.detect_structures import structures_of
from extractors.checklist.reshape.multi_row_records import merge_multi_row_records
from extractors.checklist.reshape.side_by_side import stack_side_by_side
from extractors.checklist.reshape.split_lines import split_lines
from extractors.checklist.reshape.split_pages import merge_split_pages
from extractors.checklist.reshape.structures.structure import Structure
from extractors.checklist.reshape.transpose import normalize_orientation
from extractors.checklist.rows.attach_comments import unused_comments
from extractors.checklist.table_bounds import (
    group_headers,
    rows_of_other_lists,
    title_start,
)
from extractors.checklist.table_layouts.asks_nobody import lacks_questions, tells_how_to_fill_in
from extractors.checklist.table_layouts.structure_layouts import (
    decision_of,
    propose_structure,
    structure_area,
)
from extractors.grid import Grid
from extractors.looks import NO_LOOKS

_NO_DECISIONS: Mapping[str, LayoutDecision] = MappingProxyType({})
# Kinds of structures that no table of columns has: they are looked for first; and kinds that a table may look like.
_STRONG, _WEAK = frozenset({"cards", "across", "wide"}), frozenset({"pairs", "boxes"})
READ_STRUCTURE = 0.55  # chance from which a structure is read
_AHEAD = 0.4  # how far such a structure is ahead of every layout of the columns, where it is read
_LIKELY = 0.4  # chance from which a structure is proposed: settings, words and steps are below it


def grid_to_checklists(grid: Grid, decisions: Mapping[str, LayoutDecision] = _NO_DECISIONS) -> GridResult:
    """All checklists of a grid; what belongs to none is left over with a reason. `decisions` are people's, by form key."""
    merged, issue = merge_split_pages(grid)
    result = _parse_grid(merged if merged is grid else replace(merged, shades=(), looks=NO_LOOKS), decisions)
    return replace(result, issues=(issue,)) if issue is not None else result


def _parse_grid(printed: Grid, decisions: Mapping[str, LayoutDecision]) -> GridResult:
    grid = split_lines(printed)
    said = [(structure, decision_of(structure, decisions)) for structure in structures_of(grid)]
    possible = [structure for structure, decision in said if decision is None]
    first = [structure for structure, decision in said if decision is not None and decision.roles]
    first += [structure for structure in possible if structure.kind in _STRONG and _is_read(grid, structure)]
    if first:
        return _parse_structure(first[0], decisions)
    upright = normalize_orientation(grid)
    arranged = stack_side_by_side(merge_multi_row_records(upright))
    view = GridView(arranged if arranged is grid else replace(arranged, shades=(), looks=NO_LOOKS))
    chosen = choose_tables(view, _table_areas(view), decisions, reshaped=False)
    if chosen.tables:
        return replace(_build_result(view, chosen.tables), layouts=tuple(chosen.layouts))
    return _parse_without_tables(grid, view, chosen, possible, decisions)


def _parse_without_tables(
    grid: Grid,
    view: GridView,
    chosen: ChosenTables,
    structures: Sequence[Structure],
    decisions: Mapping[str, LayoutDecision],
) -> GridResult:
    """A grid in which no header heads a list: the lines that its numbers part, its likeliest structure, or what is proposed."""
    lines = lines_to_checklist(grid) if view.n_cols == 1 else None
    if lines is not None and any(tells_how_to_fill_in(checklist.rows) for checklist in lines.checklists):
        lines = None
    counted = sum(len(checklist.rows) for checklist in lines.checklists) if lines is not None else 0
    likeliest = max((layout.p for layout in chosen.layouts), default=0.0)
    best = next((s for s in structures if s.kind not in _WEAK or s.chance - likeliest >= _AHEAD), None)
    layouts = list(chosen.layouts)
    if best is not None and counted < best.rows:
        if _is_read(grid, best) and all(best.chance >= layout.p for layout in layouts):
            return _parse_structure(best, decisions)
        proposal = propose_structure(best, decisions) if best.chance >= _LIKELY else None
        layouts += [proposal] if proposal is not None else []
    if lines is not None:
        leftovers = (*lines.leftovers, *_reader_leftovers(grid), *unused_comments(grid.cells, frozenset()))
        return replace(lines, leftovers=leftovers, layouts=() if lines.checklists else tuple(layouts))
    return replace(_build_result(view, chosen.tables), layouts=tuple(layouts))


def _is_read(grid: Grid, structure: Structure) -> bool:
    """Whether a structure is likely enough to be read, under the titles over it, and asks something in most of its rows."""
    if structure.chance < READ_STRUCTURE:
        return False
    if structure.chance < READ_TITLED_OTHER and titled_other(GridView(grid), structure.first_row):
        return False
    table = parse_table(GridView(structure.grid), structure_area(structure, structure.header))
    if table is None:
        return True
    return not lacks_questions(table.checklist.rows) and not tells_how_to_fill_in(table.checklist.rows)


def _parse_structure(structure: Structure, decisions: Mapping[str, LayoutDecision]) -> GridResult:
    """The list that a structure makes, with the tables around it."""
    view = GridView(structure.grid)
    chosen = choose_tables(view, _table_areas(view), decisions, reshaped=True, structure=structure)
    return replace(_build_result(view, chosen.tables), layouts=tuple(chosen.layouts))


def _table_areas(view: GridView) -> list[TableArea]:
    """The headers of each list with the rows that belong to it: from the end of the list above to its own end."""
    groups = group_headers(view, detect_headers(view) or _headers_by_content(view))
    areas = []
    top = 0
    for index, group in enumerate(groups):
        bottom = title_start(view, groups[index + 1][0], group) if index + 1 < len(groups) else view.n_rows
        areas.append(TableArea(tuple(group), top, bottom, rows_of_other_lists(view, groups, group)))
        top = bottom
    return areas


def _headers_by_content(view: GridView) -> list[Header]:
    """The header that no word tells, as a list of one or none; a legend is a line by itself, not a table."""
    alone = [cells[0] for row in range(view.n_rows) if len(cells := view.starting(row)) == 1]
    header = detect_header_by_content(view, legend_marks(legend_lines(alone)))
    return [header] if header is not None else []


def _reader_leftovers(grid: Grid) -> list[Leftover]:
    """What the reader set aside: page headers and footers, and text that is struck through."""
    return [Leftover(c.text, c.location, c.doubt or UnusedReason.RUNNING_TEXT) for c in grid.aside]


def _build_result(view: GridView, tables: list[ParsedTable]) -> GridResult:
    """What the tables of a grid give together, with what the texts around them say of the sheet."""
    table_rows = {row for table in tables for row in table.rows}
    around = [c for c in cells_of_rows(view, 0, view.n_rows) if c.row not in table_rows]
    # What stands below the first list is no title of the document.
    above = [c for c in around if c.row < min(table_rows, default=view.n_rows)]
    title = title_of([*above, *view.grid.aside])
    metadata_spots = metadata_cells(around, title) if tables else set()
    used = metadata_spots | {spot for table in tables for spot in table.used}
    return GridResult(
        tuple(table.checklist for table in tables),
        tuple(_leftovers(view, tables, used)),
        replace(read_metadata([*around, *view.grid.aside]), title=title),
        () if tables else tuple(legend_lines(around)),
        len(used),
        tuple(cell.location for cell in around if (cell.row, cell.col) in metadata_spots),
    )


def _leftovers(view: GridView, tables: list[ParsedTable], used: set[tuple[int, int]]) -> list[Leftover]:
    """What no item uses: of the tables, of the reader, of the rows around the tables, and comments there."""
    of_tables = [leftover for table in tables for leftover in table.leftovers]
    places = {leftover.location for leftover in of_tables}
    reason = UnusedReason.OUTSIDE_TABLE if tables else UnusedReason.NO_CHECKLIST
    of_rows = [
        Leftover(c.text, c.location, reason)
        for c in cells_of_rows(view, 0, view.n_rows)
        if (c.row, c.col) not in used and c.location not in places
    ]
    item_rows = frozenset(row for table in tables for row in table.item_rows)
    comments = unused_comments(view.grid.cells, item_rows)
    return [*of_tables, *_reader_leftovers(view.grid), *of_rows, *comments]
