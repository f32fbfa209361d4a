"""Glyphs and tables of all pages in, one Grid out: pages one under the other, columns by their place on the page.

Text outside of tables stands in rows of its own. Headers, footers and page numbers that repeat are put aside.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from extractors.grid import Cell, Grid, Place
from extractors.pdf.glyphs import Glyphs
from extractors.pdf.lattice import BoxCell, BoxTable
from extractors.pdf.lines import Line, glyphs_to_lines, join_lines

_NEAR = 3.0
_PAGE_NUMBER = re.compile(
    r"^[\s\-–—]*(?:page|p\.?)?\s*\d{1,4}\s*(?:(?:[/／]|of|／)\s*\d{1,4})?[\s\-–—]*(?:ページ|頁)?$",
    re.IGNORECASE,
)
_EDGE = 0.09
_CUT_LINE = 7.0


@dataclass(frozen=True, slots=True)
class Page:
    """One page as read: number from 1, size in points, glyphs and tables; `guessed` where no rules part columns."""

    number: int
    width: float
    height: float
    glyphs: Glyphs
    tables: tuple[BoxTable, ...]
    guessed: bool = False


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of the grid to be: its cells by their x edges."""

    page: int
    cells: tuple[
        tuple[float, float, int, str, Place, bool, bool], ...
    ]  # x0, x1, row span, text, place, open top, bottom
    height: int = 0  # of the ruled table that begins with this row, in rows


def pages_to_grid(pages: Sequence[Page], name: str) -> Grid:
    """All pages as one grid; `page_starts` are the rows at which pages begin."""
    outside = {page.number: _outside_lines(page) for page in pages}
    aside = _running(pages, outside)
    rows: list[_Row] = []
    starts: list[int] = []
    for page in pages:
        starts.append(len(rows))
        kept = [line for line in outside[page.number] if id(line) not in aside]
        rows += _page_rows(page, kept)
    edges = _edges([x for row in rows for x0, x1, *_ in row.cells for x in (x0, x1)])
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


def _reach(cell: BoxCell) -> tuple[float, float, float, float]:
    """The box of a cell; where the page end cut it open, a line that is cut in two still belongs to it."""
    x0, y0, x1, y1 = cell.box
    return x0, y0 - _CUT_LINE * cell.open_top, x1, y1 + _CUT_LINE * cell.open_bottom


def _in_table(page: Page) -> list[tuple[BoxTable, list[list[int]]]]:
    """For each table, the glyphs of each of its cells."""
    centres = page.glyphs.centres
    found = []
    for table in page.tables:
        chosen = []
        for cell in table.cells:
            x0, y0, x1, y1 = _reach(cell)
            inside = (
                (centres[:, 0] >= x0) & (centres[:, 0] < x1) & (centres[:, 1] >= y0) & (centres[:, 1] < y1)
            )
            chosen.append(np.flatnonzero(inside).tolist())
        found.append((table, chosen))
    return found


def _any_open(table: BoxTable, side: str) -> bool:
    return any(getattr(cell, f"open_{side}") for cell in table.cells)


def _outside_lines(page: Page) -> list[Line]:
    """Lines of text that stand in no table, from top to bottom; far apart texts of one line are two."""
    free = np.ones(len(page.glyphs.chars), dtype=bool)
    centres = page.glyphs.centres
    for table in page.tables:
        x0, y0, x1, y1 = _reach(BoxCell(table.box, _any_open(table, "top"), _any_open(table, "bottom")))
        free &= ~((centres[:, 0] >= x0) & (centres[:, 0] < x1) & (centres[:, 1] >= y0) & (centres[:, 1] < y1))
    lines: list[Line] = []
    numbers = page.glyphs.lines
    for number in dict.fromkeys(numbers[free].tolist()):
        lines += glyphs_to_lines(page.glyphs, np.flatnonzero(free & (numbers == number)).tolist())
    ordered = _whole_lines(sorted(lines, key=lambda line: (round(line.box[1] / 4), line.box[0])))
    return _paragraphs(ordered, max([table.box[2] for table in page.tables], default=0.0))


def _whole_lines(lines: Sequence[Line]) -> list[Line]:
    """Parts of one printed line that the file draws one by one, as where a character comes from another font."""
    whole: list[Line] = []
    for line in lines:
        last = whole[-1] if whole else None
        if (
            last is not None
            and abs(last.box[1] - line.box[1]) < 0.4 * line.size
            and -1.0 < line.box[0] - last.box[2] < line.size
        ):
            box = (last.box[0], min(last.box[1], line.box[1]), line.box[2], max(last.box[3], line.box[3]))
            whole[-1] = Line(last.text + line.text, box, last.size)
        else:
            whole.append(line)
    return whole


def _paragraphs(lines: Sequence[Line], right: float) -> list[Line]:
    """Lines that run up to the right edge go on in the next line of the same left edge and size."""
    right = max([right, *(line.box[2] for line in lines)], default=0.0)
    joined: list[Line] = []
    for line in lines:
        last = joined[-1] if joined else None
        follows = (
            last is not None
            and abs(last.box[0] - line.box[0]) < line.size
            and abs(last.size - line.size) < 0.6
            and line.box[1] - last.box[1] > 0
            and line.box[1] - last.box[3] < 0.8 * line.size
            and right - last.box[2] < 2.0 * line.size
        )
        if last is not None and follows:
            box = (min(last.box[0], line.box[0]), last.box[1], max(last.box[2], line.box[2]), line.box[3])
            joined[-1] = Line(
                join_lines(
                    [replace(last, box=(last.box[0], line.box[1], last.box[2], line.box[1])), line],
                    last.box[0],
                    right,
                ),
                box,
                line.size,
            )
        else:
            joined.append(line)
    return joined


def _running(pages: Sequence[Page], outside: dict[int, list[Line]]) -> set[int]:
    """Ids of lines that are page headers, footers or page numbers."""
    seen: Counter[tuple[str, int]] = Counter()
    for page in pages:
        for key in {_running_key(line) for line in outside[page.number]}:
            seen[key] += 1
    aside: set[int] = set()
    for page in pages:
        for line in outside[page.number]:
            at_edge = line.box[1] > page.height * (1 - _EDGE) or line.box[3] < page.height * _EDGE
            repeats = seen[_running_key(line)] >= max(2, len(pages) * 0.5)
            if (repeats and (at_edge or len(pages) > 2)) or (at_edge and _PAGE_NUMBER.match(line.text)):
                aside.add(id(line))
    return aside


def _running_key(line: Line) -> tuple[str, int]:
    return re.sub(r"\d+", "0", "".join(line.text.split())), round(line.box[1] / 6)


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
        cells.append((left, right, 1, line.text, Place(page=page.number, bbox=line.box), False, False))
    return _Row(page.number, tuple(cells))


def _table_rows(page: Page, table: BoxTable, chosen: Sequence[Sequence[int]]) -> list[_Row]:
    lines = [glyphs_to_lines(page.glyphs, glyphs) for glyphs in chosen]
    limits = _limits(table, lines)
    rows: list[list[tuple[float, float, int, str, Place, bool, bool]]] = [[] for _ in table.rows[:-1]]
    for cell, found in zip(table.cells, lines, strict=True):
        left, right = limits[cell.box[0], cell.box[2]]
        first, last = table.rows.index(cell.box[1]), table.rows.index(cell.box[3])
        place = Place(page=page.number, bbox=cell.box)
        text = join_lines(found, left, right)
        rows[first].append(
            (cell.box[0], cell.box[2], last - first, text, place, cell.open_top, cell.open_bottom)
        )
    return [
        _Row(page.number, tuple(row), height=len(rows) if number == 0 else 0)
        for number, row in enumerate(rows)
    ]


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


def _edges(places: Sequence[float]) -> list[float]:
    edges: list[float] = []
    for place in sorted(places):
        if not edges or place - edges[-1] > _NEAR:
            edges.append(place)
    return edges


def _row_cells(row: _Row, number: int, edges: Sequence[float]) -> list[Cell]:
    cells = []
    for x0, x1, span, text, place, open_top, open_bottom in row.cells:
        first, last = _nearest(edges, x0), _nearest(edges, x1)
        cell = Cell(
            number, first, text, place, span, max(1, last - first), open_top=open_top, open_bottom=open_bottom
        )
        cells.append(cell)
    return cells


def _nearest(edges: Sequence[float], place: float) -> int:
    index = int(np.searchsorted(edges, place))
    if index and (index == len(edges) or place - edges[index - 1] <= edges[index] - place):
        index -= 1
    return index
