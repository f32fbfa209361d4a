"""Bounds of a table: which header rows belong to one list, where it ends, where its title begins.

Headers in; groups of headers and rows out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.checklist.grid_index import GridView
from extractors.checklist.model import ChecklistColumn, Header, Role
from extractors.checklist.table_kind import is_example_title
from extractors.checklist.terms.headings import PLAIN, is_example, is_note, style_of
from extractors.grid import Cell
from normalizers.text import is_item_number, squeeze


def group_headers(view: GridView, headers: list[Header]) -> list[list[Header]]:
    """Headers of one checklist together: a header printed again on each page opens no new checklist."""
    groups: list[list[Header]] = []
    for header in headers:
        if (
            groups
            and _repeats(view, groups[-1], header)
            and _example_above(view, groups[-1][0]) == _example_above(view, header)
        ):
            groups[-1].append(header)
        else:
            groups.append([header])
    return groups


def _example_above(view: GridView, header: Header) -> bool:
    """Whether the text nearest above a header calls the table an example."""
    for row in range(header.top - 1, max(-1, header.top - 4), -1):
        cells = view.starting(row)
        if cells:
            return any(is_example_title(cell.text) for cell in cells)
    return False


def first_heading(view: GridView, header: Header, bottom: int) -> Cell | None:
    """The heading that stands over a list's header, as others of its kind stand over the items further below."""
    over = view.starting(header.top - 1) if header.top else []
    if len(over) != 1 or style_of(over[0].text) == PLAIN or is_note(over[0].text):
        return None
    alone = (cells[0] for row in range(header.bottom, bottom) if len(cells := view.starting(row)) == 1)
    alike = any(
        (cell.col, cell.end_col, style_of(cell.text))
        == (over[0].col, over[0].end_col, style_of(over[0].text))
        for cell in alone
    )
    return over[0] if alike else None


def table_end(view: GridView, header: Header, bottom: int) -> int:
    """Where another ruled table with other columns begins below a header's table; `bottom` where none does.

    A header drawn without rules stands over the first ruled table below it.
    """
    tables = [(start, end) for start, end in view.grid.tables if end > header.top and start < bottom]
    if not tables:
        return bottom
    first_edges = _table_edges(view, *tables[0])
    for start, end in tables[1:]:
        edges = _table_edges(view, start, end)
        if edges and len(edges & first_edges) < 0.6 * len(edges | first_edges):
            return start
    return bottom


def _table_edges(view: GridView, start: int, end: int) -> set[int]:
    cells = [cell for row in range(start, end) for cell in view.in_row(row)]
    return {cell.col for cell in cells} | {cell.end_col for cell in cells}


def _repeats(view: GridView, group: list[Header], header: Header) -> bool:
    """The same words and columns, nothing but known page headings in between, and numbers that go on."""
    first = group[0]
    same = set(first.texts) & set(header.texts)
    if len(same) < 0.7 * max(len(set(first.texts)), len(set(header.texts))):
        return False
    if not _alike_in_roles(first, header):
        return False
    if _asks_again(view, first, header):
        return False
    seen = _numbers(view, first, first.bottom, header.top)
    if seen and all(map(is_example, seen)):
        return False
    after = _numbers(view, header, header.bottom, view.n_rows)[:3]
    return not (
        after and seen and after[0] in seen and not _page_break_row(view, group[-1], header, seen, after)
    )


def _alike_in_roles(first: Header, header: Header) -> bool:
    """Whether the columns have the same roles; a section's name may stand over the numbers, `認証 | 質問 | 回答`."""
    pairs = list(zip(first.columns, header.columns, strict=False))
    if len(first.columns) != len(header.columns):
        return False
    sections = pairs[0][0].label != pairs[0][1].label and Role.NUMBER not in {c.role for c in pairs[0]}
    return all(before.role == after.role for before, after in pairs[sections:])


def _asks_again(view: GridView, first: Header, header: Header) -> bool:
    """Whether the first two questions under a header were asked before: somebody else answers the same list."""
    column = next((c for c in header.columns if c.role == Role.REQUIREMENT), None)
    if column is None:
        return False
    rows = range(first.bottom, view.n_rows)
    cells = [(row, view.within(row, column.start, column.end)) for row in rows]
    texts = [(row, squeeze(cell.text)) for row, cell in cells if cell is not None and cell.text.strip()]
    before = {text for row, text in texts if row < header.top}
    after = [text for row, text in texts if row >= header.bottom][:2]
    return len(after) == 2 and before.issuperset(after)


def _page_break_row(view: GridView, last: Header, header: Header, seen: list[str], after: list[str]) -> bool:
    """The number of a row cut by the page end is printed again under the repeated header."""
    return seen[-1] == after[0] and any(last.bottom <= start <= header.top for start in view.grid.page_starts)


def _numbers(view: GridView, header: Header, top: int, bottom: int) -> list[str]:
    column = next((c for c in header.columns if c.role == Role.NUMBER), header.columns[0])
    cells = [view.within(row, column.start, column.end) for row in range(top, bottom)]
    texts = [squeeze(cell.text) for cell in cells if cell is not None and cell.text.strip()]
    return [text for text in texts if text[:1].isalnum() and len(text) <= 12]


def title_start(view: GridView, header: Header, before: list[Header]) -> int:
    """The row from which the texts above a later header belong to it: after the last row of several cells.

    On a page that holds no table before the later list's, all the texts above that belong to it. Below a blank row
    pairs of a label and its value, `会社名 | …`, belong to it too.
    """
    row = header.top
    while row - 1 >= before[-1].bottom and len(view.starting(row - 1)) <= 1:
        row -= 1
    row = _above_pairs(view, row, before[-1].bottom)
    page = max((start for start in view.grid.page_starts if start <= header.top), default=0)
    tables = view.grid.tables
    closed = any(before[-1].top < end <= page for _, end in tables)
    alone = not any(
        start < header.top and end > page and not start <= header.top < end for start, end in tables
    )
    return min(row, page) if closed and alone and page >= before[-1].bottom else row


def _above_pairs(view: GridView, row: int, top: int) -> int:
    """The first of the pairs that stand between a blank row and `row`; `row` where none do."""
    first = row
    while first - 1 >= top and _is_pair(view.starting(first - 1)):
        first -= 1
    blank = first < row and first - 1 >= top and not view.starting(first - 1)
    return first if blank else row


def _is_pair(cells: Sequence[Cell]) -> bool:
    return len(cells) == 2 and not is_item_number(cells[0].text)


def rows_of_other_lists(
    view: GridView, groups: list[list[Header]], own_group: list[Header]
) -> frozenset[int]:
    """The rows of the other lists of a grid: their headers, and rows of a number with something beside it."""
    rows: set[int] = set()
    for index, group in enumerate(groups):
        if group is own_group:
            continue
        after = groups[index + 1][0] if index + 1 < len(groups) else None
        end = title_start(view, after, group) if after else view.n_rows
        first = next((c for c in group[0].columns if c.role == Role.NUMBER), group[0].columns[0])
        for row in range(group[0].top, end):
            cols = [cell.col for cell in view.starting(row)]
            numbered = first.start in cols and any(col >= first.end for col in cols)
            if row < group[0].bottom or numbered:
                rows.add(row)
    return frozenset(rows)


def shift_columns(
    columns: tuple[ChecklistColumn, ...], first: Header, part: Header
) -> tuple[ChecklistColumn, ...]:
    """The settled columns where a repeated header stands elsewhere on its page: each moves with its label."""
    if part is first or len(part.columns) != len(first.columns):
        return columns
    places = {before.start: after for before, after in zip(first.columns, part.columns, strict=True)}
    if any(column.start not in places for column in columns):
        return columns
    return tuple(replace(c, start=places[c.start].start, end=places[c.start].end) for c in columns)
