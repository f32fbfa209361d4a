"""A table of an OpenDocument file in, its rows, columns and filled cells out: repeats as counts.

A file of some bytes can repeat a cell over all rows of a sheet: blank repeats cost nothing, filled ones are counted.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.errors import TooMuch
from extractors.excel.objects.anchors import LAST_COL, LAST_ROW
from extractors.excel.opendocument.styles import OdfStyles
from extractors.excel.opendocument.texts import cell_texts, plain_text
from extractors.excel.opendocument.xml_names import attribute, elements, number
from extractors.package.xml_parts import Element, local

MOST = 1_000_000  # filled cells of a sheet
_FORM = 64  # columns of blank cells of one colour; more are no form
_HIDDEN = {"collapse", "filter"}
_ROW_GROUPS = ("table-rows", "table-header-rows", "table-row-group")
_COLUMN_GROUPS = ("table-columns", "table-header-columns", "table-column-group")


@dataclass(frozen=True, slots=True)
class RepeatedLine:
    """Rows or columns that are alike: the first, their count, whether hidden, their style and that of their cells."""

    first: int
    count: int
    hidden: bool
    style: str
    cells: str
    element: Element


@dataclass(frozen=True, slots=True)
class FilledCells:
    """Cells side by side that hold or cover the same; `gone` is what is struck through, `style` their cell style.

    Cells that hold and cover nothing are here for the colour of their ground only.
    """

    col: int
    count: int
    span: tuple[int, int]
    text: str
    gone: str
    comments: tuple[str, ...]
    style: str

    @property
    def blank(self) -> bool:
        """Whether there is nothing but a coloured ground."""
        return not (self.text or self.gone or self.comments) and self.span == (1, 1)


# Column, count, cell style and validation of cells side by side, blank ones too.
StyledCells = tuple[int, int, str, str]


@dataclass(frozen=True, slots=True)
class OdfTable:
    """A table: its title, its columns, and its rows with what is filled in each; `styled` are the styles of all their cells."""

    title: str
    columns: tuple[RepeatedLine, ...]
    rows: tuple[tuple[RepeatedLine, tuple[FilledCells, ...]], ...]
    displayed: bool = True
    protected: bool = False
    styled: tuple[tuple[StyledCells, ...], ...] = ()

    def hides_column(self, col: int) -> bool:
        """Whether a column is hidden."""
        run = _run_of(self.columns, col)
        return run is not None and run.hidden


def read_table(table: Element, styles: OdfStyles) -> OdfTable:
    """What a table holds. Raises TooMuch where more cells are filled than people fill."""
    columns = tuple(_runs(table, "table-column", _COLUMN_GROUPS, LAST_COL))
    rows, styled, count = [], [], 0
    known: dict[tuple[StyledCells, ...], tuple[StyledCells, ...]] = {}
    for run in _runs(table, "table-row", _ROW_GROUPS, LAST_ROW):
        cells = list(row_cells(run))
        named_styles = [_style(element, run, columns, col) for col, _, element in cells]
        filled = tuple(_filled(run, cells, named_styles, styles))
        in_row = tuple(_styled(run, columns, cells))
        styled.append(known.setdefault(in_row, in_row))
        count += run.count * sum(cell.count for cell in filled)
        if count > MOST:
            raise TooMuch(cells=str(count), megabytes="0")
        rows.append((run, filled))
    style = attribute(table, "style-name", "table")
    displayed = styles.value("table", style, "display") != "false"
    protected = attribute(table, "protected", "table") == "true"
    return OdfTable(
        attribute(table, "name", "table"), columns, tuple(rows), displayed, protected, tuple(styled)
    )


def _style(element: Element, run: RepeatedLine, columns: Sequence[RepeatedLine], col: int) -> str:
    """The cell style of a cell: its own, or that of its row or its column."""
    column = _run_of(columns, col)
    return attribute(element, "style-name", "table") or run.cells or (column.cells if column else "")


def _styled(
    run: RepeatedLine, columns: Sequence[RepeatedLine], cells: Sequence[tuple[int, int, Element]]
) -> Iterator[StyledCells]:
    """The styles and validations of the cells of a row; where columns have styles of their own, column by column."""
    for col, count, element in cells:
        validation = attribute(element, "content-validation-name", "table")
        own = attribute(element, "style-name", "table") or run.cells
        if own:
            yield col, count, own, validation
            continue
        end = col + count
        for column in columns:
            first, last = max(col, column.first), min(end, column.first + column.count)
            if first < last:
                yield first, last - first, column.cells, validation


def _runs(table: Element, name: str, groups: Sequence[str], last: int) -> Iterator[RepeatedLine]:
    """The rows or columns of a table in order, alike ones as one; what lies behind the last of a sheet is left out."""
    at = 0
    repeated = f"number-{name.removeprefix('table-')}s-repeated"
    for element, folded in _members(table, name, groups):
        count = min(number(element, repeated, last + 1), last + 1 - at)
        if count <= 0:
            return
        hidden = folded or attribute(element, "visibility", "table") in _HIDDEN
        cells = attribute(element, "default-cell-style-name", "table")
        yield RepeatedLine(at, count, hidden, attribute(element, "style-name", "table"), cells, element)
        at += count


def _members(
    parent: Element, name: str, groups: Sequence[str], folded: bool = False
) -> Iterator[tuple[Element, bool]]:
    """The rows or columns in a table, those inside groups too, and whether their group is folded up."""
    for child in elements(parent, name, *groups):
        if local(child) == name:
            yield child, folded
        else:
            closed = folded or attribute(child, "display", "table") == "false"
            yield from _members(child, name, groups, closed)


def _run_of(runs: Sequence[RepeatedLine], at: int) -> RepeatedLine | None:
    index = bisect_right(runs, at, key=lambda run: run.first) - 1
    return runs[index] if index >= 0 and at < runs[index].first + runs[index].count else None


def row_cells(run: RepeatedLine) -> Iterator[tuple[int, int, Element]]:
    """(column, count, element) of the cells of a row, those covered by others too."""
    at = 0
    for element in elements(run.element, "table-cell", "covered-table-cell"):
        count = min(number(element, "number-columns-repeated", LAST_COL + 1), LAST_COL + 1 - at)
        if count <= 0:
            return
        yield at, count, element
        at += count


def _filled(
    run: RepeatedLine,
    cells: Sequence[tuple[int, int, Element]],
    named_styles: Sequence[str],
    styles: OdfStyles,
) -> Iterator[FilledCells]:
    """The cells of a row that hold or cover something; covered ones are passed over, as on the sheet."""
    for (col, count, element), style in zip(cells, named_styles, strict=True):
        if local(element) == "covered-table-cell":
            continue
        text, gone = cell_texts(element, bool(styles.struck("table-cell", style)), styles)
        span = (
            number(element, "number-rows-spanned", LAST_ROW + 1),
            number(element, "number-columns-spanned", LAST_COL + 1),
        )
        notes = (plain_text(note, styles) for note in elements(element, "annotation"))
        comments = tuple(note for note in notes if note)
        coloured = run.count == 1 and count <= _FORM and styles.ground(style) is not None
        if text or gone or comments or span != (1, 1) or coloured:
            yield FilledCells(col, count, span, text, gone, comments, style)
