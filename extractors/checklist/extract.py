"""Grid in, checklists and leftovers out: headers, then the rows under each, then what no row used."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors.checklist.columns.header_by_content import header_by_content
from extractors.checklist.columns.header_rows import find_headers
from extractors.checklist.columns.roles import assign_columns
from extractors.checklist.grid_index import GridView
from extractors.checklist.metadata import (
    colour_notes,
    legend_lines,
    legend_marks,
    meta_of,
    title_of,
    told_cells,
)
from extractors.checklist.model import Checklist, Column, Field, Found, Header, Leftover
from extractors.checklist.plain_text import lines_to_checklist
from extractors.checklist.reshape.checkbox_list import ticked_to_table
from extractors.checklist.reshape.key_value_cards import cards_to_table
from extractors.checklist.reshape.labelled_blocks import labelled_to_table
from extractors.checklist.reshape.multi_row_records import folded_to_rows
from extractors.checklist.reshape.question_answer_text import dialogue_to_table
from extractors.checklist.reshape.side_by_side import one_below_the_other
from extractors.checklist.reshape.split_pages import pages_side_by_side
from extractors.checklist.reshape.transpose import upright
from extractors.checklist.rows.comments import comments_left
from extractors.checklist.rows.items import drafts_to_items
from extractors.checklist.rows.page_breaks import carry_numbers, join_cut_rows
from extractors.checklist.rows.parse import Body, read_body, take_heading
from extractors.checklist.rows.sub_items import join_overflow, parts_under_parents, under_numbered_headings
from extractors.checklist.table_bounds import (
    first_heading,
    group_headers,
    moved_columns,
    rows_of_others,
    table_end,
    title_start,
)
from extractors.checklist.table_kind import is_list, kind_of
from extractors.grid import Cell, Grid


def grid_to_checklists(grid: Grid) -> Found:
    """All checklists of a grid; what belongs to none is left over with a reason."""
    joined, issue = pages_side_by_side(grid)
    found = _grid_to_found(joined if joined is grid else replace(joined, shades=()))
    return replace(found, issues=(issue,)) if issue is not None else found


def _grid_to_found(grid: Grid) -> Found:
    arranged = one_below_the_other(folded_to_rows(_as_tables(upright(grid))))
    view = GridView(arranged if arranged is grid else replace(arranged, shades=()))
    groups = group_headers(view, find_headers(view) or _untold(view))
    taken: list[_Taken] = []
    top = 0
    for position, group in enumerate(groups):
        bottom = (
            title_start(view, groups[position + 1][0], group) if position + 1 < len(groups) else view.n_rows
        )
        part = _read_group(view, group, (top, bottom), rows_of_others(view, groups, group))
        if part is not None:
            taken.append(part)
        top = bottom
    if not taken and view.n_cols == 1:
        found = lines_to_checklist(grid)
        left = (*found.leftovers, *_set_aside(grid), *comments_left(grid.cells, frozenset()))
        return replace(found, leftovers=left)
    return _found(view, taken)


def _as_tables(grid: Grid) -> Grid:
    """The grid with what asks without a table as a table: cards, labelled blocks, letters, ticked statements."""
    for found in (
        cards_to_table(grid),
        labelled_to_table(grid),
        dialogue_to_table(grid),
        ticked_to_table(grid),
    ):
        if found is not grid:
            return found
    return grid


def _untold(view: GridView) -> list[Header]:
    """The header that no word tells, as a list of one or none; a legend is a line by itself, not a table."""
    alone = [cells[0] for row in range(view.n_rows) if len(cells := view.starting(row)) == 1]
    header = header_by_content(view, legend_marks(legend_lines(alone)))
    return [header] if header is not None else []


@dataclass(frozen=True, slots=True)
class _Taken:
    """One checklist with the cells that it uses and the texts around it."""

    checklist: Checklist
    leftovers: tuple[Leftover, ...]
    used: frozenset[tuple[int, int]]
    rows: frozenset[int]
    item_rows: frozenset[int]


def _set_aside(grid: Grid) -> list[Leftover]:
    """What the reader set aside: page headers and footers, and text that is struck through."""
    return [Leftover(c.text, c.location, c.doubt or "running_text") for c in grid.aside]


def _found(view: GridView, taken: list[_Taken]) -> Found:
    used = {place for part in taken for place in part.used}
    item_rows = {row for part in taken for row in part.rows}
    cells = _cells(view, 0, view.n_rows)
    around = [c for c in cells if c.row not in item_rows]
    # What stands below the first list is no title of the document.
    above = [c for c in around if c.row < min(item_rows, default=view.n_rows)]
    title = title_of([*above, *view.grid.aside])
    about = told_cells(around, title) if taken else set()
    used |= about
    leftovers = [leftover for part in taken for leftover in part.leftovers]
    told = {leftover.location for leftover in leftovers}
    reason = "outside_table" if taken else "no_checklist"
    rest = _set_aside(view.grid)
    rest += [
        Leftover(c.text, c.location, reason)
        for c in cells
        if (c.row, c.col) not in used and c.location not in told
    ]
    rest += comments_left(view.grid.cells, frozenset(row for part in taken for row in part.item_rows))
    legend = () if taken else tuple(legend_lines(around))
    return Found(
        tuple(p.checklist for p in taken),
        (*leftovers, *rest),
        replace(meta_of([*around, *view.grid.aside]), title=title),
        legend,
        len(used),
        tuple(cell.location for cell in around if (cell.row, cell.col) in about),
    )


def _read_group(
    view: GridView, group: list[Header], rows_between: tuple[int, int], others: frozenset[int]
) -> _Taken | None:
    """The checklist under a header and its repetitions, None where nothing is asked there.

    `others` are the rows of the other lists: a number beside its question explains no mark.
    """
    top, bottom = rows_between
    header = group[0]
    above = _cells(view, top, header.top)
    before = [*(c for c in _cells(view, 0, top) if c.row not in others), *above]
    stops = [later.top for later in group[1:]] + [bottom]
    columns = assign_columns(
        view, header, table_end(view, header, stops[0]), legend_marks(legend_lines(before))
    )
    body = Body()
    over = first_heading(view, header, bottom)
    if over is not None:
        take_heading(body, over)
    for part, stop in zip(group, stops, strict=True):
        read_body(view, moved_columns(columns, header, part), body, part.bottom, table_end(view, part, stop))
    starts = view.grid.page_starts
    drafts = join_cut_rows(join_overflow(body.drafts, columns, starts), columns, starts)
    drafts = under_numbered_headings(drafts, columns)
    drafts = carry_numbers(parts_under_parents(drafts, columns), columns, starts)
    rows = drafts_to_items(drafts, columns, view)
    if not rows or not is_list(columns, header, [view.grid.name, *(cell.text for cell in above[:3])]):
        return None
    unused = [cell for cell in _cells(view, header.bottom, bottom) if (cell.row, cell.col) not in body.used]
    after = [c for c in _cells(view, bottom, view.n_rows) if c.row not in others]
    legend = legend_lines([*above, *unused]) or legend_lines([*before, *after])
    kind = kind_of(columns, header, view.grid.name, above)
    headed = [f for part in group for f in _header_fields(view, part, moved_columns(columns, header, part))]
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
    return _taken(view, group, stops, body, _without_answers(checklist, columns))


def _header_fields(view: GridView, part: Header, columns: Sequence[Column]) -> list[Field]:
    """The cells of a header: those nearest to the items name a column, those above them a group of columns."""
    named: dict[tuple[int, int], int] = {}
    for index, column in enumerate(columns):
        stack = [
            view.within(row, column.start, column.end) for row in range(part.bottom - 1, part.top - 1, -1)
        ]
        inner = next((cell for cell in stack if cell is not None and cell.text.strip()), None)
        if inner is not None and inner.row >= part.top:
            named.setdefault((inner.row, inner.col), index)
    cells = _cells(view, part.top, part.bottom)
    return [Field(cell.location, "header", named.get((cell.row, cell.col))) for cell in cells]


def _without_answers(checklist: Checklist, columns: Sequence[Column]) -> Checklist:
    """A reference that has no answer cells gives no rows of answers, and takes in nothing but its header."""
    asked = any(column.role in {"answer", "choice"} for column in columns)
    if asked or checklist.kind != "reference":
        return checklist
    return replace(checklist, rows=(), fields=tuple(f for f in checklist.fields if f.role == "header"))


def _taken(view: GridView, group: list[Header], stops: list[int], body: Body, checklist: Checklist) -> _Taken:
    """The checklist with the cells that it uses and those that it leaves over."""
    last = max((draft.row for draft in body.drafts), default=stops[-1])
    headed = {(c.row, c.col) for part in group for c in _cells(view, part.top, part.bottom)}
    rows = {r for part, stop in zip(group, stops, strict=True) for r in range(part.top, min(stop, last + 1))}
    leftovers = [*body.leftovers, *(Leftover(c.text, c.location, "below_table") for c in body.pending)]
    used = body.used
    if not checklist.rows:
        cells = [c for r in sorted(rows) for c in view.starting(r) if (c.row, c.col) in used]
        leftovers += [Leftover(c.text, c.location, "reference") for c in cells]
        used = set()
    items = frozenset(draft.row for draft in body.drafts) if checklist.rows else frozenset()
    return _Taken(checklist, tuple(leftovers), frozenset(used | headed), frozenset(rows), items)


def _cells(view: GridView, top: int, bottom: int) -> list[Cell]:
    """The non-empty cells of rows [top, bottom) in reading order."""
    return [cell for row in range(top, bottom) for cell in view.starting(row)]
