"""One page with its tables in, its rows of text out: what the rest of the room needs of a page once it is read.

Of `有 ・ 無` with a circle round 有 a cell keeps the text and the choice. Glyphs are dropped here, so that memory does not
grow with what a long file draws.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from extractors.location import PICTURE, TEXT, Box, Location
from extractors.looks import PLAIN, Look
from extractors.pdf.page.content import NOTE
from extractors.pdf.page.glyph_lines import PrintedLine, glyphs_to_lines
from extractors.pdf.shown.emphasis import chosen_by_emphasis
from extractors.pdf.tables.lattice import BoxTable
from extractors.pdf.tables.page_tables import Page
from extractors.pdf.text.cell_looks import cell_looks
from extractors.pdf.text.line_wraps import join_lines
from extractors.pdf.text.outside_tables import outside_lines
from extractors.scan.picture.plane import Plane
from normalizers.text import UNREAD

DOUBTFUL, PICTURE_READ, PICTURE_UNSURE = "grid_doubtful", "read_from_picture", "unread_character"


@dataclass(frozen=True, slots=True)
class RowCell:
    """A cell of the grid to be, by its x edges on the page; flags as in Cell."""

    left: float
    right: float
    text: str
    location: Location
    row_span: int = 1
    open_top: bool = False
    open_bottom: bool = False
    chosen: tuple[str, ...] = ()
    doubt: str | None = None
    comments: tuple[str, ...] = ()
    look: Look = PLAIN


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """A row of the grid to be; `height` is that of the table which begins with it, in rows."""

    cells: tuple[RowCell, ...]
    height: int = 0


@dataclass(frozen=True, slots=True)
class PageRows:
    """A page as text: size in points, its tables as (top edge in points, rows), and the lines outside of them.

    `unruled` is True where no rules part the columns, `aside` are texts that stand in no row, and why.
    """

    number: int
    width: float
    height: float
    tables: tuple[tuple[float, tuple[PrintedRow, ...]], ...]
    outside: tuple[PrintedLine, ...]
    unruled: bool = False
    aside: tuple[tuple[PrintedLine, str], ...] = ()
    read_by: str = TEXT
    plane: Plane | None = None


def page_to_rows(page: Page) -> PageRows:
    """The texts of a page's cells and the lines beside its tables; a comment goes to the cell that it is pinned to."""
    cell_of_note = {
        id(line): cell for line, why in page.aside if why == NOTE and (cell := _cell_under(page, line.box))
    }
    notes: dict[Box, list[str]] = {}
    for line, _ in page.aside:
        if id(line) in cell_of_note:
            notes.setdefault(cell_of_note[id(line)], []).append(line.text)
    shifts = page.shifts or (0.0,) * len(page.tables)
    foot = max(
        (table.box[3] for table, shift in zip(page.tables, shifts, strict=True) if not shift), default=0.0
    )
    tables = tuple(
        (
            max(foot, table.box[1]) if shift else table.box[1],
            _moved(_table_rows(page, table, cells, notes), shift),
        )
        for table, cells, shift in zip(page.tables, page.cell_glyphs.cells, shifts, strict=True)
    )
    aside = tuple((line, why) for line, why in page.aside if id(line) not in cell_of_note)
    outside = tuple(outside_lines(page))
    return PageRows(
        page.number, page.width, page.height, tables, outside, page.unruled, aside, page.read_by, page.plane
    )


def _moved(rows: Sequence[PrintedRow], shift: float) -> tuple[PrintedRow, ...]:
    """Rows whose cells stand `shift` points further left: under the columns that they go on with."""
    if not shift:
        return tuple(rows)
    return tuple(
        replace(
            row,
            cells=tuple(
                replace(cell, left=cell.left - shift, right=cell.right - shift) for cell in row.cells
            ),
        )
        for row in rows
    )


def _cell_under(page: Page, box: Box) -> Box | None:
    """The smallest cell that the middle of a box lies in."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    under = [
        cell.box
        for table in page.tables
        for cell in table.cells
        if cell.box[0] <= x < cell.box[2] and cell.box[1] <= y < cell.box[3]
    ]
    return min(under, key=lambda b: (b[2] - b[0]) * (b[3] - b[1]), default=None)


def _table_rows(
    page: Page, table: BoxTable, glyphs: Sequence[Sequence[int]], notes: Mapping[Box, Sequence[str]]
) -> list[PrintedRow]:
    """The rows of a table; `glyphs` are the indexes of its cells' glyphs, `notes` the comments on its cells by their box."""
    lines = glyphs_to_lines(page.glyphs, glyphs)
    limits = _limits(table, lines)
    row_of = {edge: index for index, edge in enumerate(table.rows)}
    rows: list[list[RowCell]] = [[] for _ in table.rows[:-1]]
    looks = cell_looks([c.box for c in table.cells], list(map(len, glyphs)), page.looks, not page.unruled)
    for cell, cell_lines, cell_glyphs, look in zip(table.cells, lines, glyphs, looks, strict=True):
        first, last = row_of[cell.box[1]], row_of[cell.box[3]]
        text = join_lines(cell_lines, *limits[cell.box[0], cell.box[2]])
        rows[first].append(
            RowCell(
                cell.box[0],
                cell.box[2],
                text,
                place_box(page, cell.box),
                last - first,
                cell.open_top,
                cell.open_bottom,
                _chosen(page, cell_glyphs, cell.box),
                _doubt(page, cell.box, text),
                tuple(notes.get(cell.box, ())),
                look,
            )
        )
    return [PrintedRow(tuple(row), len(rows) if index == 0 else 0) for index, row in enumerate(rows)]


def place_box(page: Page | PageRows, box: Box) -> Location:
    """Where a box of a page lies on it as a person sees it: a scan was made straight before it was read."""
    bbox = page.plane.box(box) if page.plane is not None else box
    return Location(page=page.number, bbox=bbox, read_by=page.read_by)


def _doubt(page: Page, cell: Box, text: str) -> str | None:
    """Why the text of a cell is less sure: cells that cut words, what its picture showed, or that it was read in a picture."""
    if page.splits_words or page.rows_uncertain:
        return DOUBTFUL
    if cell in page.doubts:
        return page.doubts[cell]
    if page.read_by == PICTURE:
        return PICTURE_UNSURE if UNREAD in text else PICTURE_READ
    return None


def _chosen(page: Page, glyphs: Sequence[int], cell: Box) -> tuple[str, ...]:
    """The parts of a cell's text that circles are drawn round; where there are none, the choice that is set off by its paint."""
    circled = _circled(page, glyphs) if page.circles else ()
    if circled:
        return circled
    choice = chosen_by_emphasis(page.emphasis, page.glyphs, glyphs, cell)
    return (choice,) if choice is not None else ()


def _circled(page: Page, glyphs: Sequence[int]) -> tuple[str, ...]:
    """The parts of a cell's text that circles are drawn round."""
    texts = []
    for x0, y0, x1, y1 in page.circles:
        inside = [
            i
            for i in glyphs
            if x0 <= page.glyphs.centres[i, 0] <= x1 and y0 <= page.glyphs.centres[i, 1] <= y1
        ]
        text = "".join(page.glyphs.chars[i] for i in sorted(inside, key=lambda i: page.glyphs.boxes[i][0]))
        if text.strip():
            texts.append(text.strip(" 　・/／"))
    return tuple(texts)


def _limits(
    table: BoxTable, lines: Sequence[Sequence[PrintedLine]]
) -> dict[tuple[float, float], tuple[float, float]]:
    """Where the writing of a column begins and ends: the outermost glyphs of all its cells, within a margin."""
    extents: dict[tuple[float, float], tuple[float, float]] = {}
    for cell, cell_lines in zip(table.cells, lines, strict=True):
        key = cell.box[0], cell.box[2]
        left, right = extents.get(key, (cell.box[2], cell.box[0]))
        for line in cell_lines:
            left, right = min(left, line.box[0]), max(right, line.box[2])
        extents[key] = left, right
    sizes = {
        (cell.box[0], cell.box[2]): max((line.size for line in cell_lines), default=8.0)
        for cell, cell_lines in zip(table.cells, lines, strict=True)
    }
    return {
        (x0, x1): (min(left, x0 + 0.5 * sizes[x0, x1]), max(right, x1 - 1.6 * sizes[x0, x1]))
        for (x0, x1), (left, right) in extents.items()
    }
