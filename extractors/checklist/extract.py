"""Grid in, checklists and leftovers out: headers, then the rows under each, then what no row used."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors.checklist.columns.header_by_content import detect_header_by_content
from extractors.checklist.columns.header_rows import detect_headers
from extractors.checklist.columns.roles import assign_roles
from extractors.checklist.grid_index import GridView
from extractors.checklist.metadata import (
    colour_notes,
    legend_lines,
    legend_marks,
    metadata_cells,
    read_metadata,
    title_of,
)
from extractors.checklist.model import (
    Checklist,
    ChecklistColumn,
    Field,
    FieldRole,
    GridResult,
    Header,
    Leftover,
    ListKind,
    Role,
    UnusedReason,
)
from extractors.checklist.plain_text import lines_to_checklist
from extractors.checklist.reshape.checkbox_list import checkbox_list_to_table
from extractors.checklist.reshape.key_value_cards import cards_to_table
from extractors.checklist.reshape.labelled_blocks import labelled_blocks_to_table
from extractors.checklist.reshape.multi_row_records import merge_multi_row_records
from extractors.checklist.reshape.question_answer_text import question_answers_to_table
from extractors.checklist.reshape.side_by_side import stack_side_by_side
from extractors.checklist.reshape.split_pages import merge_split_pages
from extractors.checklist.reshape.transpose import normalize_orientation
from extractors.checklist.rows.comments import unused_comments
from extractors.checklist.rows.items import drafts_to_items
from extractors.checklist.rows.page_breaks import fill_down_numbers, merge_cut_rows
from extractors.checklist.rows.parse import ParsedRows, parse_rows, push_heading
from extractors.checklist.rows.sub_items import apply_numbered_headings, attach_sub_items, merge_overflow
from extractors.checklist.table_bounds import (
    first_heading,
    group_headers,
    rows_of_other_lists,
    shift_columns,
    table_end,
    title_start,
)
from extractors.checklist.table_kind import classify_kind, is_list
from extractors.grid import Cell, Grid


def grid_to_checklists(grid: Grid) -> GridResult:
    """All checklists of a grid; what belongs to none is left over with a reason."""
    merged, trouble = merge_split_pages(grid)
    result = _parse_grid(merged if merged is grid else replace(merged, shades=()))
    return replace(result, troubles=(trouble,)) if trouble is not None else result


def _parse_grid(grid: Grid) -> GridResult:
    arranged = stack_side_by_side(merge_multi_row_records(_as_tables(normalize_orientation(grid))))
    view = GridView(arranged if arranged is grid else replace(arranged, shades=()))
    groups = group_headers(view, detect_headers(view) or _headers_by_content(view))
    tables: list[_ParsedTable] = []
    top = 0
    for index, group in enumerate(groups):
        bottom = title_start(view, groups[index + 1][0], group) if index + 1 < len(groups) else view.n_rows
        table = _read_group(view, group, (top, bottom), rows_of_other_lists(view, groups, group))
        if table is not None:
            tables.append(table)
        top = bottom
    if not tables and view.n_cols == 1:
        result = lines_to_checklist(grid)
        leftovers = (*result.leftovers, *_reader_leftovers(grid), *unused_comments(grid.cells, frozenset()))
        return replace(result, leftovers=leftovers)
    return _build_result(view, tables)


def _as_tables(grid: Grid) -> Grid:
    """The grid with what asks without a table as a table: cards, labelled blocks, letters, ticked statements."""
    for table in (
        cards_to_table(grid),
        labelled_blocks_to_table(grid),
        question_answers_to_table(grid),
        checkbox_list_to_table(grid),
    ):
        if table is not grid:
            return table
    return grid


def _headers_by_content(view: GridView) -> list[Header]:
    """The header that no word tells, as a list of one or none; a legend is a line by itself, not a table."""
    alone = [cells[0] for row in range(view.n_rows) if len(cells := view.starting(row)) == 1]
    header = detect_header_by_content(view, legend_marks(legend_lines(alone)))
    return [header] if header is not None else []


@dataclass(frozen=True, slots=True)
class _ParsedTable:
    """One checklist with the cells that it uses and the texts around it."""

    checklist: Checklist
    leftovers: tuple[Leftover, ...]
    used: frozenset[tuple[int, int]]
    rows: frozenset[int]
    item_rows: frozenset[int]


def _reader_leftovers(grid: Grid) -> list[Leftover]:
    """What the reader set aside: page headers and footers, and text that is struck through."""
    return [Leftover(c.text, c.place, c.doubt or UnusedReason.RUNNING_TEXT) for c in grid.aside]


def _build_result(view: GridView, tables: list[_ParsedTable]) -> GridResult:
    used = {spot for part in tables for spot in part.used}
    item_rows = {row for part in tables for row in part.rows}
    cells = _cells(view, 0, view.n_rows)
    around = [c for c in cells if c.row not in item_rows]
    # What stands below the first list is no title of the document.
    above = [c for c in around if c.row < min(item_rows, default=view.n_rows)]
    title = title_of([*above, *view.grid.aside])
    metadata_spots = metadata_cells(around, title) if tables else set()
    used |= metadata_spots
    leftovers = [leftover for part in tables for leftover in part.leftovers]
    leftover_places = {leftover.place for leftover in leftovers}
    reason = UnusedReason.OUTSIDE_TABLE if tables else UnusedReason.NO_CHECKLIST
    rest = _reader_leftovers(view.grid)
    rest += [
        Leftover(c.text, c.place, reason)
        for c in cells
        if (c.row, c.col) not in used and c.place not in leftover_places
    ]
    rest += unused_comments(view.grid.cells, frozenset(row for part in tables for row in part.item_rows))
    legend = () if tables else tuple(legend_lines(around))
    return GridResult(
        tuple(p.checklist for p in tables),
        (*leftovers, *rest),
        replace(read_metadata([*around, *view.grid.aside]), title=title),
        legend,
        len(used),
        tuple(cell.place for cell in around if (cell.row, cell.col) in metadata_spots),
    )


def _read_group(
    view: GridView, group: list[Header], rows_between: tuple[int, int], others: frozenset[int]
) -> _ParsedTable | None:
    """The checklist under a header and its repetitions, None where nothing is asked there.

    `others` are the rows of the other lists: a number beside its question explains no mark.
    """
    top, bottom = rows_between
    header = group[0]
    above = _cells(view, top, header.top)
    before = [*(c for c in _cells(view, 0, top) if c.row not in others), *above]
    stops = [later.top for later in group[1:]] + [bottom]
    columns = assign_roles(
        view, header, table_end(view, header, stops[0]), legend_marks(legend_lines(before))
    )
    body = ParsedRows()
    over = first_heading(view, header, bottom)
    if over is not None:
        push_heading(body, over)
    for part, stop in zip(group, stops, strict=True):
        parse_rows(view, shift_columns(columns, header, part), body, part.bottom, table_end(view, part, stop))
    starts = view.grid.page_starts
    drafts = merge_cut_rows(merge_overflow(body.drafts, columns, starts), columns, starts)
    drafts = apply_numbered_headings(drafts, columns)
    drafts = fill_down_numbers(attach_sub_items(drafts, columns), columns, starts)
    rows = drafts_to_items(drafts, columns, view)
    if not rows or not is_list(columns, header, [view.grid.name, *(cell.text for cell in above[:3])]):
        return None
    unused = [cell for cell in _cells(view, header.bottom, bottom) if (cell.row, cell.col) not in body.used]
    after = [c for c in _cells(view, bottom, view.n_rows) if c.row not in others]
    legend = legend_lines([*above, *unused]) or legend_lines([*before, *after])
    kind = classify_kind(columns, header, view.grid.name, above)
    headed = [f for part in group for f in _header_fields(view, part, shift_columns(columns, header, part))]
    checklist = Checklist(
        title_of(above),
        kind,
        tuple(rows),
        header.texts,
        tuple(legend),
        view.grid.sheet,
        view.grid.hidden,
        columns,
        (*headed, *body.fields),
        colour_notes([*before, *unused, *after]),
    )
    return _build_table(view, group, stops, body, _without_answers(checklist, columns))


def _header_fields(view: GridView, part: Header, columns: Sequence[ChecklistColumn]) -> list[Field]:
    """The cells of a header: those nearest to the items name a column, those above them a group of columns."""
    column_of_spot: dict[tuple[int, int], int] = {}
    for index, column in enumerate(columns):
        stack = [
            view.within(row, column.start, column.end) for row in range(part.bottom - 1, part.top - 1, -1)
        ]
        inner = next((cell for cell in stack if cell is not None and cell.text.strip()), None)
        if inner is not None and inner.row >= part.top:
            column_of_spot.setdefault((inner.row, inner.col), index)
    cells = _cells(view, part.top, part.bottom)
    return [Field(cell.place, FieldRole.HEADER, column_of_spot.get((cell.row, cell.col))) for cell in cells]


def _without_answers(checklist: Checklist, columns: Sequence[ChecklistColumn]) -> Checklist:
    """A reference that has no answer cells gives no rows of answers, and takes in nothing but its header."""
    has_answers = any(column.role in {Role.ANSWER, Role.CHOICE} for column in columns)
    if has_answers or checklist.kind != ListKind.REFERENCE:
        return checklist
    return replace(
        checklist, rows=(), fields=tuple(f for f in checklist.fields if f.role == FieldRole.HEADER)
    )


def _build_table(
    view: GridView, group: list[Header], stops: list[int], body: ParsedRows, checklist: Checklist
) -> _ParsedTable:
    """The checklist with the cells that it uses and those that it leaves over."""
    last = max((draft.row for draft in body.drafts), default=stops[-1])
    headed = {(c.row, c.col) for part in group for c in _cells(view, part.top, part.bottom)}
    rows = {r for part, stop in zip(group, stops, strict=True) for r in range(part.top, min(stop, last + 1))}
    leftovers = [
        *body.leftovers,
        *(Leftover(c.text, c.place, UnusedReason.BELOW_TABLE) for c in body.pending),
    ]
    used = body.used
    if not checklist.rows:
        cells = [c for r in sorted(rows) for c in view.starting(r) if (c.row, c.col) in used]
        leftovers += [Leftover(c.text, c.place, UnusedReason.REFERENCE) for c in cells]
        used = set()
    items = frozenset(draft.row for draft in body.drafts) if checklist.rows else frozenset()
    return _ParsedTable(checklist, tuple(leftovers), frozenset(used | headed), frozenset(rows), items)


def _cells(view: GridView, top: int, bottom: int) -> list[Cell]:
    """The non-empty cells of rows [top, bottom) in reading order."""
    return [cell for row in range(top, bottom) for cell in view.starting(row)]
