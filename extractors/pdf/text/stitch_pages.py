"""All pages as rows of text in, one Grid out: pages one under the other, columns by their place on the page.

Text outside of tables stands in rows of its own. Headers, footers and page numbers that repeat are put aside.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from extractors.grid import Cell, Grid
from extractors.location import Location
from extractors.pdf.page.glyph_lines import Line
from extractors.pdf.page.rules import merge_places
from extractors.pdf.text.page_rows import PageRows, Row, RowCell
from extractors.pdf.text.running_headers import running_lines

_NEAR = 3.0


def pages_to_grid(pages: Sequence[PageRows], name: str) -> Grid:
    """All pages as one grid; `page_starts` are the rows at which pages begin."""
    aside = running_lines(pages)
    rows: list[Row] = []
    starts: list[int] = []
    for page in pages:
        starts.append(len(rows))
        rows += _page_rows(page, [line for line in page.outside if id(line) not in aside])
    edges = merge_places([x for row in rows for cell in row.cells for x in (cell.left, cell.right)], _NEAR)
    cells = tuple(cell for number, row in enumerate(rows) for cell in _row_cells(row, number, edges))
    put_aside = tuple(
        Cell(0, 0, line.text, Location(page=page.number, bbox=line.box), doubt=why)
        for page in pages
        for line, why in (*((line, None) for line in page.outside if id(line) in aside), *page.aside)
    )
    tables = tuple((n, n + row.height) for n, row in enumerate(rows) if row.height)
    ruled = not any(page.guessed for page in pages)
    return Grid(name, cells, ruled=ruled, page_starts=tuple(starts[1:]), tables=tables, aside=put_aside)


def _page_rows(page: PageRows, outside: Sequence[Line]) -> list[Row]:
    """Rows of a page in reading order: table rows and lines between them."""
    lines = [(line[0].box[1], (_text_row(page, line),)) for line in _side_by_side(outside)]
    parts: list[tuple[float, tuple[Row, ...]]] = [*lines, *page.tables]
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


def _text_row(page: PageRows, lines: Sequence[Line]) -> Row:
    """A line outside of tables: as wide as the page, or up to the next text on the same line."""
    cells = []
    for position, line in enumerate(lines):
        left = 0.0 if position == 0 else line.box[0]
        right = lines[position + 1].box[0] if position + 1 < len(lines) else page.width
        cells.append(RowCell(left, right, line.text, Location(page=page.number, bbox=line.box)))
    return Row(tuple(cells))


def _row_cells(row: Row, number: int, edges: Sequence[float]) -> list[Cell]:
    cells = []
    for cell in row.cells:
        first, last = _nearest(edges, cell.left), _nearest(edges, cell.right)
        cells.append(
            Cell(
                number,
                first,
                cell.text,
                cell.location,
                cell.row_span,
                max(1, last - first),
                open_top=cell.open_top,
                open_bottom=cell.open_bottom,
                doubt=cell.doubt,
                chosen=cell.chosen,
                comments=cell.comments,
            )
        )
    return cells


def _nearest(edges: Sequence[float], place: float) -> int:
    index = bisect_left(edges, place)
    if index and (index == len(edges) or place - edges[index - 1] <= edges[index] - place):
        index -= 1
    return index
