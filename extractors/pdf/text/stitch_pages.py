"""All pages as rows of text in, one Grid out: pages one under the other, columns by their position on the page.

The answers of page 2 come to stand under 「回答」 of page 1. Text outside of tables stands in rows of its own. Headers,
footers and page numbers that repeat are put aside.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container, Sequence

from extractors.grid import Cell, Grid
from extractors.location import Location
from extractors.looks import PLAIN, spots_to_looks
from extractors.pdf.page.glyph_lines import PrintedLine
from extractors.pdf.page.rules import merge_positions
from extractors.pdf.text.page_rows import PageRows, PrintedRow, RowCell, place_box
from extractors.pdf.text.running_headers import running_lines

_NEAR = 3.0


def pages_to_grid(pages: Sequence[PageRows], name: str) -> Grid:
    """All pages as one grid; `page_starts` are the rows at which pages begin."""
    running = running_lines(pages)
    rows: list[PrintedRow] = []
    starts: list[int] = []
    for page in pages:
        starts.append(len(rows))
        rows += _page_rows(page, [line for line in page.outside if id(line) not in running])
    edges = merge_positions([x for row in rows for cell in row.cells for x in (cell.left, cell.right)], _NEAR)
    cells = [(cell, c.look) for at, row in enumerate(rows) for cell, c in _row_cells(row, at, edges)]
    return Grid(
        name,
        tuple([cell for cell, _ in cells]),
        ruled=not any(page.unruled for page in pages),
        page_starts=tuple(starts[1:]),
        tables=tuple((index, index + row.height) for index, row in enumerate(rows) if row.height),
        aside=tuple(cell for page in pages for cell in _aside_cells(page, running)),
        looks=spots_to_looks({(cell.row, cell.col): look for cell, look in cells if look != PLAIN}),
    )


def _aside_cells(page: PageRows, running: Container[int]) -> list[Cell]:
    """The texts of a page that stand in no row: running headers and footers first, then those with a reason."""
    edges = [line for line in page.outside if id(line) in running]
    beside = [Cell(0, 0, line.text, place_box(page, line.box)) for line in edges]
    return beside + [  # the file says these even where the page was read from its picture
        Cell(0, 0, line.text, Location(page=page.number, bbox=line.box), doubt=why)
        for line, why in page.aside
    ]


def _page_rows(page: PageRows, outside: Sequence[PrintedLine]) -> list[PrintedRow]:
    """Rows of a page in reading order: table rows and lines between them."""
    lines = [(line[0].box[1], (_text_row(page, line),)) for line in _side_by_side(outside)]
    parts: list[tuple[float, tuple[PrintedRow, ...]]] = [*lines, *page.tables]
    return [row for _, rows in sorted(parts, key=lambda part: part[0]) for row in rows]


def _side_by_side(lines: Sequence[PrintedLine]) -> list[list[PrintedLine]]:
    groups: list[list[PrintedLine]] = []
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


def _text_row(page: PageRows, lines: Sequence[PrintedLine]) -> PrintedRow:
    """A line outside of tables: as wide as the page, or up to the next text on the same line."""
    cells = []
    for index, line in enumerate(lines):
        left = 0.0 if index == 0 else line.box[0]
        right = lines[index + 1].box[0] if index + 1 < len(lines) else page.width
        cells.append(RowCell(left, right, line.text, place_box(page, line.box)))
    return PrintedRow(tuple(cells))


def _row_cells(row: PrintedRow, index: int, edges: Sequence[float]) -> list[tuple[Cell, RowCell]]:
    cells: list[tuple[Cell, RowCell]] = []
    for cell in row.cells:
        first, last = _nearest(edges, cell.left), _nearest(edges, cell.right)
        printed = Cell(
            index,
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
        cells.append((printed, cell))
    return cells


def _nearest(edges: Sequence[float], position: float) -> int:
    index = bisect_left(edges, position)
    if index and (index == len(edges) or position - edges[index - 1] <= edges[index] - position):
        index -= 1
    return index
