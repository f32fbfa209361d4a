"""Grid in, checklists and leftovers out: headers, then the rows under each, then what no row used."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extractors.checklist.assign import assign_columns, is_reference
from extractors.checklist.body import Body, read_body
from extractors.checklist.header import find_headers
from extractors.checklist.items import drafts_to_items
from extractors.checklist.join import carry_numbers, join_cut_rows
from extractors.checklist.lines import lines_to_checklist
from extractors.checklist.meta import legend_lines, legend_marks, meta_of, title_of
from extractors.checklist.roles import contains_word, words
from extractors.checklist.shape import Checklist, Column, Found, Header, Leftover
from extractors.checklist.view import GridView
from extractors.grid import Cell, Grid
from normalizers.text import fold, squeeze


def grid_to_checklists(grid: Grid) -> Found:
    """All checklists of a grid; what belongs to none is left over with a reason."""
    view = GridView(grid)
    groups = _group_headers(view, find_headers(view))
    taken: list[_Taken] = []
    top = 0
    for position, group in enumerate(groups):
        bottom = (
            _title_start(view, groups[position + 1][0], group) if position + 1 < len(groups) else view.n_rows
        )
        part = _read_group(view, group, top, bottom)
        if part is not None:
            taken.append(part)
        top = bottom
    if not taken and view.n_cols == 1:
        return lines_to_checklist(grid)
    return _found(view, taken)


_EXAMPLES = {"例", "記入例", "回答例"}


@dataclass(frozen=True, slots=True)
class _Taken:
    """One checklist with the cells that it uses and the texts around it."""

    checklist: Checklist
    leftovers: tuple[Leftover, ...]
    used: frozenset[tuple[int, int]]
    rows: frozenset[int]


def _found(view: GridView, taken: list[_Taken]) -> Found:
    used = {place for part in taken for place in part.used}
    leftovers = [leftover for part in taken for leftover in part.leftovers]
    told = {leftover.place for leftover in leftovers}
    item_rows = {row for part in taken for row in part.rows}
    cells = [c for r in range(view.n_rows) for c in view.starting(r)]
    around = [c for c in cells if c.row not in item_rows]
    reason = "outside_table" if taken else "no_checklist"
    rest = [Leftover(c.text, c.place, "running_text") for c in view.grid.aside]
    rest += [
        Leftover(c.text, c.place, reason) for c in cells if (c.row, c.col) not in used and c.place not in told
    ]
    legend = () if taken else tuple(legend_lines(around))
    return Found(
        tuple(p.checklist for p in taken),
        (*leftovers, *rest),
        meta_of([*around, *view.grid.aside]),
        legend,
        len(used),
    )


def _group_headers(view: GridView, headers: list[Header]) -> list[list[Header]]:
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
            return any(contains_word(cell.text, words()["kinds"]["example"]) for cell in cells)
    return False


def _table_end(view: GridView, header: Header, bottom: int) -> int:
    """Where another ruled table with other columns begins below a header's table; `bottom` where none does.

    A header drawn without rules stands over the first ruled table below it.
    """
    tables = [(start, end) for start, end in view.grid.tables if end > header.top and start < bottom]
    if not tables:
        return bottom
    mine = _table_edges(view, *tables[0])
    for start, end in tables[1:]:
        edges = _table_edges(view, start, end)
        if edges and len(edges & mine) < 0.6 * len(edges | mine):
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
    if [c.role for c in first.columns] != [c.role for c in header.columns]:
        return False
    seen = _numbers(view, first, first.bottom, header.top)
    if seen and all(text in _EXAMPLES for text in seen):
        return False
    after = _numbers(view, header, header.bottom, view.n_rows)[:3]
    return not (
        after and seen and after[0] in seen and not _page_break_row(view, group[-1], header, seen, after)
    )


def _page_break_row(view: GridView, last: Header, header: Header, seen: list[str], after: list[str]) -> bool:
    """The number of a row cut by the page end is printed again under the repeated header."""
    return seen[-1] == after[0] and any(last.bottom <= start <= header.top for start in view.grid.page_starts)


def _numbers(view: GridView, header: Header, top: int, bottom: int) -> list[str]:
    column = next((c for c in header.columns if c.role == "number"), header.columns[0])
    cells = [view.within(row, column.start, column.end) for row in range(top, bottom)]
    texts = [squeeze(cell.text) for cell in cells if cell is not None and cell.text.strip()]
    return [text for text in texts if text[:1].isalnum() and len(text) <= 12]


def _title_start(view: GridView, header: Header, before: list[Header]) -> int:
    """The row from which the texts above a later header belong to it: after the last row of several cells."""
    row = header.top
    while row - 1 >= before[-1].bottom and len(view.starting(row - 1)) <= 1:
        row -= 1
    return row


def _read_group(view: GridView, group: list[Header], top: int, bottom: int) -> _Taken | None:
    """The checklist under a header and its repetitions, None where nothing is asked there."""
    header = group[0]
    above = [c for r in range(top, header.top) for c in view.starting(r)]
    around = [
        c for r in range(view.n_rows) for c in view.starting(r) if not top <= r < bottom or r < header.top
    ]
    marks = legend_marks(legend_lines([*above, *(c for c in around if c.row < top)]))
    columns = assign_columns(
        view, header, _table_end(view, header, group[1].top if len(group) > 1 else bottom), marks
    )
    body = Body()
    stops = [later.top for later in group[1:]] + [bottom]
    for part, stop in zip(group, stops, strict=True):
        read_body(view, _moved(columns, header, part), body, part.bottom, _table_end(view, part, stop))
    drafts = carry_numbers(join_cut_rows(body.drafts, columns, view.grid.page_starts), columns)
    rows = drafts_to_items(drafts, columns, view)
    if not rows or not _is_list(columns, header, above, view):
        return None
    unused = _unused_cells(view, body, header.bottom, bottom)
    legend = legend_lines([*above, *unused]) or legend_lines(around)
    checklist = Checklist(
        title_of(above),
        _kind(view, header, columns, above),
        tuple(rows),
        header.texts,
        tuple(legend),
        view.grid.sheet,
        view.grid.hidden,
    )
    headed = {
        (c.row, c.col) for part in group for r in range(part.top, part.bottom) for c in view.starting(r)
    }
    titled = {(c.row, c.col) for c in above}
    trailing = [Leftover(c.text, c.place, "below_table") for c in body.pending]
    item_rows = {r for part, stop in zip(group, stops, strict=True) for r in range(part.top, stop)}
    item_rows -= {c.row for c in _below(view, body, bottom)}
    return _Taken(
        checklist, (*body.leftovers, *trailing), frozenset(body.used | headed | titled), frozenset(item_rows)
    )


def _unused_cells(view: GridView, body: Body, top: int, bottom: int) -> list[Cell]:
    """Cells beside and below the items: a legend may stand there."""
    return [c for r in range(top, bottom) for c in view.starting(r) if (c.row, c.col) not in body.used]


def _moved(columns: tuple[Column, ...], first: Header, part: Header) -> tuple[Column, ...]:
    """The settled columns where a repeated header stands elsewhere on its page: each moves with its label."""
    if part is first or len(part.columns) != len(first.columns):
        return columns
    places = {before.start: after for before, after in zip(first.columns, part.columns, strict=True)}
    if any(column.start not in places for column in columns):
        return columns
    return tuple(replace(c, start=places[c.start].start, end=places[c.start].end) for c in columns)


def _below(view: GridView, body: Body, bottom: int) -> list[Cell]:
    last = max((draft.row for draft in body.drafts), default=bottom)
    return [c for r in range(last + 1, bottom) for c in view.starting(r)]


def _is_list(columns: Sequence[Column], header: Header, above: list[Cell], view: GridView) -> bool:
    """A table is a checklist where somebody is asked; without an answer column only words can say so."""
    roles = {column.role for column in columns}
    if "requirement" not in roles and "item" not in roles:
        return False
    title = " ".join([view.grid.name, *(cell.text for cell in above[:3])])
    if any(contains_word(text, words()["kinds"]["no_list"]) for text in [title, *header.texts]):
        return "answer" in roles and contains_word(title, words()["kinds"]["list"])
    if roles & {"answer", "choice"}:
        return True
    return is_reference(columns, title) or contains_word(
        " ".join([title, *header.texts]), words()["kinds"]["list"]
    )


def _kind(view: GridView, header: Header, columns: Sequence[Column], above: list[Cell]) -> str:
    examples = [fold(word) for word in words()["kinds"]["example"]]
    titles = [
        fold(view.grid.name),
        *(fold(cell.text) for cell in above if len(cell.text) <= 80),
        *header.texts,
    ]
    asked = [fold(c.label) for c in columns if c.role == "example"]
    if any(word in text for word in examples for text in titles if text not in asked):
        return "example"
    title = " ".join(cell.text for cell in above[:3])
    return "reference" if is_reference(columns, title) else "form"
