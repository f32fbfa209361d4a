"""The plain frozen shapes that every reader hands out: Cell, Grid, Document.

Rows and columns count from 0 inside a Grid. Lengths are PDF points from the page's top left corner.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from extractors.issue import Issue
from extractors.location import Location
from extractors.looks import NO_LOOKS, Looks

Source = Path | BytesIO  # a file, or the bytes of one that was opened with a password


class CarriedBytes(BytesIO):
    """The bytes of a file that a mail or an archive carried, with the file's name."""

    def __init__(self, data: bytes, name: str) -> None:
        super().__init__(data)
        self.name = name


def source_name(source: Source) -> str:
    """The name of a file, "" where there are bytes only."""
    return source.name if isinstance(source, Path | CarriedBytes) else ""


def source_bytes(source: Source) -> bytes:
    """All bytes of a file. Raises OSError."""
    return source.getvalue() if isinstance(source, BytesIO) else source.read_bytes()


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as printed; `row` and `col` are its top left, the spans count the cells it covers.

    `open_top` and `open_bottom` say that no rule closes the cell there: it was cut by a page end. `doubt` names
    what makes its place or text less sure (`shifted_columns`, `mark_restored`). `chosen` are the parts of the text
    that a ring is drawn round. `comments` are the comments and notes pinned to the cell.
    `colour` is that of its text or its ground (`font:FF0000`, `fill:theme5`), None for black on white.
    """

    row: int
    col: int
    text: str
    location: Location
    row_span: int = 1
    col_span: int = 1
    hidden: bool = False
    open_top: bool = False
    open_bottom: bool = False
    doubt: str | None = None
    chosen: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    colour: str | None = None

    @property
    def end_row(self) -> int:
        """The first row below the cell."""
        return self.row + self.row_span

    @property
    def end_col(self) -> int:
        """The first column right of the cell."""
        return self.col + self.col_span


@dataclass(frozen=True, slots=True)
class Grid:
    """Cells of one sheet, or of the pages over which one layout runs, in reading order.

    `page_starts` are the rows at which a new page begins, `tables` the rows [first, end)
    of each ruled table. `ruled` is False where columns were guessed from
    gaps or words. Text outside of tables stands in cells as wide as the grid. `sheet` is the sheet's title
    in a workbook: there row 0 and column 0 are cell A1, and cells that hold nothing may be left out. `aside` are
    page headers, footers and page numbers, which stand in no row. `shades` are row, column and colour of blank cells
    on a coloured ground, where the file's own words speak of colours. `looks` tells by row and column what the form's
    maker told the program that shows the file, of blank cells too: drop-down lists, protection, fill, borders. `file` is the
    file's name without its ending, a title like others; "" where it is not known.
    """

    name: str
    cells: tuple[Cell, ...]
    sheet: str | None = None
    hidden: bool = False
    ruled: bool = True
    page_starts: tuple[int, ...] = ()
    tables: tuple[tuple[int, int], ...] = ()
    aside: tuple[Cell, ...] = ()
    shades: tuple[tuple[int, int, str], ...] = ()
    looks: Looks = field(default=NO_LOOKS, compare=False, repr=False)
    file: str = ""

    @property
    def n_rows(self) -> int:
        """Number of rows that hold cells."""
        return max((cell.end_row for cell in self.cells), default=0)

    @property
    def n_cols(self) -> int:
        """Number of columns that hold cells."""
        return max((cell.end_col for cell in self.cells), default=0)


@dataclass(frozen=True, slots=True)
class Document:
    """What one file holds. `pages` and `sheets` are counts, None where the kind of file has none.

    `attached` are names and bytes of files inside it that were not read yet. `properties` are what the program that saved
    the file wrote down (`company`, `author`, `modified_by`): often of whoever made the form.
    """

    grids: tuple[Grid, ...]
    extractor: str
    pages: int | None = None
    sheets: int | None = None
    issues: tuple[Issue, ...] = ()
    attached: tuple[tuple[str, bytes], ...] = ()
    properties: tuple[tuple[str, str], ...] = ()
