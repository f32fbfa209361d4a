"""Parses one table: the header with its repetitions, and the items under them.

A grid and the area of one list in; the checklist out, with the cells that it uses and the texts that it leaves
over. Columns get their roles, rows become drafts, drafts cut by page ends are merged and become items; then the
texts around the table say what it is called, what kind of list it is and what its marks mean. A table of editions
(`版数 | 改訂内容 | 備考`) has names over its columns, too, and asks nothing: it gives no checklist.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from extractors.checklist.columns.by_words.roles import assign_roles
from extractors.checklist.grid_index import GridView
from extractors.checklist.model import (
    ANSWER_ROLES,
    Checklist,
    ChecklistColumn,
    Field,
    FieldRole,
    Header,
    ItemRow,
    Leftover,
    ListKind,
    Role,
    UnusedReason,
)
from extractors.checklist.outside_tables.legend_lines import (
    header_legend,
    legend_lines,
    legend_marks,
    legend_rows,
)
from extractors.checklist.outside_tables.metadata import colour_notes, title_of
from extractors.checklist.rows.group_numbers import carry_group_numbers
from extractors.checklist.rows.items import drafts_to_items
from extractors.checklist.rows.list_end import list_end
from extractors.checklist.rows.page_breaks import fill_down_numbers, merge_cut_rows
from extractors.checklist.rows.parse import ParsedRows, parse_rows, push_heading
from extractors.checklist.rows.sub_items import apply_numbered_headings, attach_sub_items, merge_overflow
from extractors.checklist.table_bounds import first_heading, shift_columns, table_end
from extractors.checklist.table_kind import classify_kind, is_list
from extractors.grid import Cell


@dataclass(frozen=True, slots=True)
class TableArea:
    """The headers of one list, the first and its repetitions, and the rows [top, bottom) that belong to it.

    `other_rows` are the rows of the other lists: a number beside its question explains no mark. `evident` says that the roles
    of the header's columns are settled already, by evidence.
    """

    headers: tuple[Header, ...]
    top: int
    bottom: int
    other_rows: frozenset[int]
    evident: bool = False

    @property
    def header(self) -> Header:
        """The first of the headers."""
        return self.headers[0]

    def stretches(self) -> list[tuple[Header, int]]:
        """Each header with the row at which the next one begins, or the list ends."""
        ends = [later.top for later in self.headers[1:]] + [self.bottom]
        return list(zip(self.headers, ends, strict=True))


@dataclass(frozen=True, slots=True)
class ParsedTable:
    """One checklist with the cells that it uses and the texts that it leaves over.

    `rows` are all rows of its headers and items, `item_rows` those of its items.
    """

    checklist: Checklist
    leftovers: tuple[Leftover, ...]
    used: frozenset[tuple[int, int]]
    rows: frozenset[int]
    item_rows: frozenset[int]


@dataclass(frozen=True, slots=True)
class _TextsAround:
    """Cells of no other list: above the header, all before it, and all behind the end of the list."""

    above: list[Cell]
    before: list[Cell]
    after: list[Cell]


def parse_table(view: GridView, area: TableArea) -> ParsedTable | None:
    """The checklist under a header and its repetitions, None where nothing is asked there."""
    texts = _texts_around(view, area)
    columns = _assign_columns(view, area, texts)
    body = _parse_body(view, area, columns)
    items = _body_to_items(view, body, columns)
    titles = [view.grid.name, *(cell.text for cell in texts.above[:3])]
    if not items or (not area.evident and not is_list(columns, area.header, titles)):
        return None
    if explains_marks(view, area):
        return None
    unused = [
        cell
        for cell in cells_of_rows(view, area.header.bottom, area.bottom)
        if (cell.row, cell.col) not in body.used
    ]
    checklist = Checklist(
        title_of(texts.above),
        classify_kind(columns, area.header, view.grid.name, texts.above),
        tuple(items),
        area.header.texts,
        tuple(_column_legend(view, area, columns) or _legend(texts, unused, _heading_of_all(items))),
        view.grid.sheet,
        view.grid.hidden,
        columns,
        (*_all_header_fields(view, area, columns), *body.fields),
        colour_notes([*texts.before, *unused, *texts.after]),
    )
    return _account_for_cells(view, area, body, _without_answers(checklist, columns))


def _texts_around(view: GridView, area: TableArea) -> _TextsAround:
    above = cells_of_rows(view, area.top, area.header.top)
    before = [c for c in cells_of_rows(view, 0, area.top) if c.row not in area.other_rows]
    after = [c for c in cells_of_rows(view, area.bottom, view.n_rows) if c.row not in area.other_rows]
    return _TextsAround(above, [*before, *above], after)


def _assign_columns(view: GridView, area: TableArea, texts: _TextsAround) -> tuple[ChecklistColumn, ...]:
    """The columns with their roles, by the rows under the first header."""
    if area.evident:
        return area.header.columns
    header, stop = area.stretches()[0]
    return assign_roles(view, header, table_end(view, header, stop), legend_marks(legend_lines(texts.before)))


def _parse_body(view: GridView, area: TableArea, columns: tuple[ChecklistColumn, ...]) -> ParsedRows:
    """The rows under all the headers; a heading over the first header is one of the list."""
    body = ParsedRows()
    over = first_heading(view, area.header, area.bottom)
    if over is not None:
        push_heading(body, over)
    for part, stop in area.stretches():
        own_columns = shift_columns(columns, area.header, part)
        end = table_end(view, part, stop)
        if part is area.headers[-1]:
            end = list_end(view, own_columns, part.bottom, end)
        parse_rows(view, own_columns, body, part.bottom, end)
    return body


def _body_to_items(view: GridView, body: ParsedRows, columns: tuple[ChecklistColumn, ...]) -> list[ItemRow]:
    """The items of the parsed rows: texts cut in two are merged, then parts are put under what they are parts of."""
    starts = view.grid.page_starts
    drafts = merge_overflow(body.drafts, columns, starts)
    drafts = merge_cut_rows(drafts, columns, starts)
    drafts = apply_numbered_headings(drafts, columns)
    drafts = carry_group_numbers(attach_sub_items(drafts, columns), columns)
    drafts = fill_down_numbers(drafts, columns, starts)
    return drafts_to_items(drafts, columns, view)


def explains_marks(view: GridView, area: TableArea) -> bool:
    """Whether the rows of a table do nothing but explain marks: `記号 | 意味`, `◎ | 標準機能で対応`. Nothing is asked there."""
    cells = [cell for cell in cells_of_rows(view, area.header.bottom, area.bottom) if cell.text.strip()]
    rows = {cell.row for cell in cells if cell.col <= area.header.columns[-1].start}
    signs = legend_rows(cells)
    return bool(signs) and len({row for row in rows if len(view.starting(row)) > 1} - signs) == 0


def _column_legend(view: GridView, area: TableArea, columns: Sequence[ChecklistColumn]) -> list[str]:
    """What the names of the answer columns, or the comments on these, say of their marks, or the prompts of their cells."""
    answers = [column for column in columns if column.role == Role.ANSWER]
    names = [
        view.within(row, column.start, column.end)
        for column in answers
        for row in range(area.header.top, area.header.bottom)
    ]
    lines = header_legend(names)
    lines = lines or legend_lines([], [text for cell in names if cell is not None for text in cell.comments])
    return lines or [line for column in answers for line in _prompted(view, area, column)]


def _prompted(view: GridView, area: TableArea, column: ChecklistColumn) -> list[str]:
    """The prompt of an answer column where one is shown in most of its cells: `1：はい 2：いいえ`."""
    rows = range(area.header.bottom, area.bottom)
    prompts = (
        Counter(view.grid.looks.at(row, column.start).prompt for row in rows)
        if view.grid.looks
        else Counter()
    )
    return legend_lines([], [text for text, count in prompts.items() if text and count * 2 > len(rows)])


def _heading_of_all(items: Sequence[ItemRow]) -> tuple[str, ...]:
    """The headings under which every item stands: a sentence there, `①はい ②いいえ から選択`, speaks of all of them."""
    paths = [item.section for item in items]
    return tuple(takewhile(lambda text: all(text in path for path in paths), paths[0])) if paths else ()


def _legend(texts: _TextsAround, unused: Sequence[Cell], headings: Sequence[str]) -> list[str]:
    """The legend at the table, else one anywhere outside the other lists."""
    return legend_lines([*texts.above, *unused], headings) or legend_lines([*texts.before, *texts.after])


def _all_header_fields(view: GridView, area: TableArea, columns: tuple[ChecklistColumn, ...]) -> list[Field]:
    return [
        field
        for part in area.headers
        for field in _header_fields(view, part, shift_columns(columns, area.header, part))
    ]


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
    cells = cells_of_rows(view, part.top, part.bottom)
    return [
        Field(cell.location, FieldRole.HEADER, column_of_spot.get((cell.row, cell.col))) for cell in cells
    ]


def _without_answers(checklist: Checklist, columns: Sequence[ChecklistColumn]) -> Checklist:
    """A reference that has no answer cells gives no rows of answers, and takes in nothing but its header."""
    has_answers = any(column.role in ANSWER_ROLES for column in columns)
    if has_answers or checklist.kind != ListKind.REFERENCE:
        return checklist
    return replace(
        checklist, rows=(), fields=tuple(f for f in checklist.fields if f.role == FieldRole.HEADER)
    )


def _account_for_cells(
    view: GridView, area: TableArea, body: ParsedRows, checklist: Checklist
) -> ParsedTable:
    """The checklist with the cells that it uses and those that it leaves over."""
    last = max((draft.row for draft in body.drafts), default=area.bottom)
    headed = {(c.row, c.col) for part in area.headers for c in cells_of_rows(view, part.top, part.bottom)}
    rows = {r for part, stop in area.stretches() for r in range(part.top, min(stop, last + 1))}
    leftovers = [
        *body.leftovers,
        *(Leftover(c.text, c.location, UnusedReason.BELOW_TABLE) for c in body.pending),
    ]
    used = body.used
    if not checklist.rows:
        cells = [c for r in sorted(rows) for c in view.starting(r) if (c.row, c.col) in used]
        leftovers += [Leftover(c.text, c.location, UnusedReason.REFERENCE) for c in cells]
        used = set()
    items = frozenset(draft.row for draft in body.drafts) if checklist.rows else frozenset()
    return ParsedTable(checklist, tuple(leftovers), frozenset(used | headed), frozenset(rows), items)


def cells_of_rows(view: GridView, top: int, bottom: int) -> list[Cell]:
    """The non-empty cells of rows [top, bottom) in reading order."""
    return [cell for row in range(top, bottom) for cell in view.starting(row)]
