"""Glyphs and tables of all pages in, one Grid out: pages one under the other, columns by their place on the page.

Text outside of tables stands in rows of its own. Headers, footers and page numbers that repeat are put aside.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from extractors.grid import Cell, Grid, Place
from extractors.pdf.lattice import BoxTable
from extractors.pdf.lines import Line, glyphs_to_lines, join_lines
from extractors.pdf.outside import Page, outside_lines, reach, running_lines
from extractors.pdf.rules import merge_places

_NEAR = 3.0


@dataclass(frozen=True, slots=True)
class _RowCell:
    """A cell of the grid to be, by its x edges on the page."""

    left: float
    right: float
    text: str
    place: Place
    row_span: int = 1
    open_top: bool = False
    open_bottom: bool = False
    chosen: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of the grid to be; `height` is that of the ruled table which begins with it, in rows."""

    cells: tuple[_RowCell, ...]
    height: int = 0


def pages_to_grid(pages: Sequence[Page], name: str) -> Grid:
    """All pages as one grid; `page_starts` are the rows at which pages begin."""
    outside = {page.number: outside_lines(page) for page in pages}
    aside = running_lines(pages, outside)
    rows: list[_Row] = []
    starts: list[int] = []
    for page in pages:
        starts.append(len(rows))
        kept = [line for line in outside[page.number] if id(line) not in aside]
        rows += _page_rows(page, kept)
    edges = merge_places([x for row in rows for cell in row.cells for x in (cell.left, cell.right)], _NEAR)
    cells = tuple(cell for number, row in enumerate(rows) for cell in _row_cells(row, number, edges))
    put_aside = tuple(
        Cell(0, 0, line.text, Place(page=page.number, bbox=line.box))
        for page in pages
        for line in outside[page.number]
        if id(line) in aside
    )
    tables = tuple((n, n + row.height) for n, row in enumerate(rows) if row.height)
    ruled = not any(page.guessed for page in pages)
    return Grid(name, cells, ruled=ruled, page_starts=tuple(starts[1:]), tables=tables, aside=put_aside)


def _in_table(page: Page) -> list[tuple[BoxTable, list[list[int]]]]:
    """For each table, the glyphs of each of its cells."""
    centres = page.glyphs.centres
    found = []
    for table in page.tables:
        chosen = []
        for cell in table.cells:
            x0, y0, x1, y1 = reach(cell)
            inside = (
                (centres[:, 0] >= x0) & (centres[:, 0] < x1) & (centres[:, 1] >= y0) & (centres[:, 1] < y1)
            )
            chosen.append(np.flatnonzero(inside).tolist())
        found.append((table, chosen))
    return found


def _page_rows(page: Page, outside: Sequence[Line]) -> list[_Row]:
    """Rows of a page in reading order: table rows and lines between them."""
    parts: list[tuple[float, list[_Row]]] = [
        (line[0].box[1], [_text_row(page, line)]) for line in _side_by_side(outside)
    ]
    for table, chosen in _in_table(page):
        parts.append((table.box[1], _table_rows(page, table, chosen)))
    return [row for _, rows in sorted(parts, key=lambda part: part[0]) for row in rows]


def _side_by_side(lines: Sequence[Line]) -> list[list[Line]]:
    groups: list[list[Line]] = []
    for line in lines:
        if (
            groups
            and abs(line.box[1] - groups[-1][0].box[1]) < 0.5 * line.size
            and line.box[0] > groups[-1][-1].box[2]
        ):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _text_row(page: Page, lines: Sequence[Line]) -> _Row:
    """A line outside of tables: as wide as the page, or up to the next text on the same line."""
    cells = []
    for position, line in enumerate(lines):
        left = 0.0 if position == 0 else line.box[0]
        right = lines[position + 1].box[0] if position + 1 < len(lines) else page.width
        cells.append(_RowCell(left, right, line.text, Place(page=page.number, bbox=line.box)))
    return _Row(tuple(cells))


def _table_rows(page: Page, table: BoxTable, chosen: Sequence[Sequence[int]]) -> list[_Row]:
    lines = [glyphs_to_lines(page.glyphs, glyphs) for glyphs in chosen]
    limits = _limits(table, lines)
    rows: list[list[_RowCell]] = [[] for _ in table.rows[:-1]]
    for cell, found, glyphs in zip(table.cells, lines, chosen, strict=True):
        first, last = table.rows.index(cell.box[1]), table.rows.index(cell.box[3])
        text = join_lines(found, *limits[cell.box[0], cell.box[2]])
        place = Place(page=page.number, bbox=cell.box)
        rings = _ringed(page, glyphs) if page.rings else ()
        rows[first].append(
            _RowCell(
                cell.box[0], cell.box[2], text, place, last - first, cell.open_top, cell.open_bottom, rings
            )
        )
    return [_Row(tuple(row), height=len(rows) if number == 0 else 0) for number, row in enumerate(rows)]


def _ringed(page: Page, glyphs: Sequence[int]) -> tuple[str, ...]:
    """The parts of a cell's text that rings are drawn round."""
    found = []
    for x0, y0, x1, y1 in page.rings:
        inside = [
            i
            for i in glyphs
            if x0 <= page.glyphs.centres[i, 0] <= x1 and y0 <= page.glyphs.centres[i, 1] <= y1
        ]
        text = "".join(page.glyphs.chars[i] for i in sorted(inside, key=lambda i: page.glyphs.boxes[i][0]))
        if text.strip():
            found.append(text.strip(" 　・/／"))
    return tuple(found)


def _limits(
    table: BoxTable, lines: Sequence[Sequence[Line]]
) -> dict[tuple[float, float], tuple[float, float]]:
    """Where the writing of a column begins and ends: the outermost glyphs of all its cells, within a margin."""
    limits: dict[tuple[float, float], tuple[float, float]] = {}
    for cell, found in zip(table.cells, lines, strict=True):
        key = cell.box[0], cell.box[2]
        left, right = limits.get(key, (cell.box[2], cell.box[0]))
        for line in found:
            left, right = min(left, line.box[0]), max(right, line.box[2])
        limits[key] = left, right
    sizes = {
        (c.box[0], c.box[2]): max((line.size for line in found), default=8.0)
        for c, found in zip(table.cells, lines, strict=True)
    }
    return {
        (x0, x1): (min(left, x0 + 0.5 * sizes[x0, x1]), max(right, x1 - 1.6 * sizes[x0, x1]))
        for (x0, x1), (left, right) in limits.items()
    }


def _row_cells(row: _Row, number: int, edges: Sequence[float]) -> list[Cell]:
    cells = []
    for cell in row.cells:
        first, last = _nearest(edges, cell.left), _nearest(edges, cell.right)
        cells.append(
            Cell(
                number,
                first,
                cell.text,
                cell.place,
                cell.row_span,
                max(1, last - first),
                open_top=cell.open_top,
                open_bottom=cell.open_bottom,
                chosen=cell.chosen,
            )
        )
    return cells


def _nearest(edges: Sequence[float], place: float) -> int:
    index = int(np.searchsorted(edges, place))
    if index and (index == len(edges) or place - edges[index - 1] <= edges[index] - place):
        index -= 1
    return index
