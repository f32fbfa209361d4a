"""A table of an OpenDocument file in, a Grid, the looks and the text settings of its cells out: repeats are written out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from extractors.cell_reference import Spot, a1
from extractors.excel.looks.sheet_looks import protected_look
from extractors.excel.objects.anchors import LAST_COL, LAST_ROW, SheetMetrics, axis
from extractors.excel.objects.sheet_metrics import TextSetting
from extractors.excel.opendocument.styles import OdfStyles, points
from extractors.excel.opendocument.table import FilledCells, OdfTable, RepeatedLine, StyledCells
from extractors.grid import Cell, Grid
from extractors.location import Location
from extractors.looks import PLAIN, CellRule, Line, Look, Looks, Run, build_looks
from extractors.package.cell_colours import blank_shades
from extractors.strikethrough import STRUCK

_WIDTH, _HEIGHT = 64.0, 12.8  # points where a style tells none
_SIZED = 10_000  # alike rows or columns that stand behind all that is drawn
_ACROSS = {"start": "left", "left": "left", "center": "center", "end": "right", "right": "right"}
_DOWN = {"top": "top", "middle": "center", "bottom": "bottom"}


def table_to_grid(table: OdfTable, styles: OdfStyles) -> Grid:
    """The grid of a table."""
    cells: list[Cell] = []
    aside: list[Cell] = []
    blanks: list[tuple[int, int, str]] = []
    for spot, entry, hidden in _spots(table):
        ground = None if entry.text else styles.ground(entry.style)
        if ground is not None:
            blanks.append((*spot, f"fill:{ground}"))
        if entry.blank:
            continue
        cell = replace(_cell(table.title, spot, entry, hidden), colour=styles.colour(entry.style))
        cells.append(cell)
        if entry.gone.strip():
            aside.append(replace(cell, text=entry.gone, doubt=STRUCK, comments=()))
    return Grid(
        table.title,
        tuple(cells),
        sheet=table.title,
        hidden=not table.displayed,
        aside=tuple(aside),
        shades=blank_shades(blanks, cells),
    )


def table_to_looks(table: OdfTable, styles: OdfStyles, rules: Mapping[str, CellRule]) -> Looks:
    """The looks of a table's cells; `rules` are what the validations take that cells name."""
    known: dict[tuple[str, str], Look] = {}

    def look(style: str, validation: str) -> Look:
        if (style, validation) not in known:
            own = protected_look(styles.look(style), table.protected)
            rule = rules.get(validation, CellRule())
            known[style, validation] = replace(own, choices=rule.choices, prompt=rule.prompt)
        return known[style, validation]

    lines: dict[tuple[StyledCells, ...], Line] = {}
    for cells in table.styled:
        if cells not in lines:
            runs = (Run(col, col + count - 1, look(style, name)) for col, count, style, name in cells)
            lines[cells] = tuple(run for run in runs if run.look != PLAIN)
    rows = (run for run, _ in table.rows)
    return build_looks(
        (run.first, run.first + run.count, lines[cells])
        for run, cells in zip(rows, table.styled, strict=True)
    )


def _spots(table: OdfTable) -> Iterator[tuple[Spot, FilledCells, bool]]:
    """Every filled cell with its row and column, and whether it is hidden."""
    for run, filled in table.rows:
        for row in range(run.first, run.first + run.count) if filled else ():
            for entry in filled:
                for col in range(entry.col, entry.col + entry.count):
                    yield (row, col), entry, run.hidden or table.hides_column(col)


def _cell(title: str, spot: Spot, entry: FilledCells, hidden: bool) -> Cell:
    row, col = spot
    rows, cols = min(entry.span[0], LAST_ROW + 1 - row), min(entry.span[1], LAST_COL + 1 - col)
    location = Location(sheet=title, cells=a1(row, col, rows, cols))
    return Cell(row, col, entry.text, location, rows, cols, hidden, comments=entry.comments)


def table_to_metrics(table: OdfTable, styles: OdfStyles) -> SheetMetrics:
    """Widths and heights of a table in points; hidden rows and columns have none in an OpenDocument file."""
    columns = dict(_sizes(table.columns, "table-column", "column-width", styles))
    rows = dict(_sizes([run for run, _ in table.rows], "table-row", "row-height", styles))
    return SheetMetrics(axis(_WIDTH, LAST_COL, columns), axis(_HEIGHT, LAST_ROW, rows))


def _sizes(
    runs: list[RepeatedLine] | tuple[RepeatedLine, ...], family: str, name: str, styles: OdfStyles
) -> Iterator[tuple[int, float]]:
    for run in runs:
        size = 0.0 if run.hidden else points(styles.value(family, run.style, name))
        if size is not None:
            for at in range(run.first, run.first + min(run.count, _SIZED)):
                yield at, size


def text_settings(table: OdfTable, styles: OdfStyles) -> dict[Spot, TextSetting]:
    """(row, column) of the filled cells → how their text geometries in them."""
    known: dict[str, TextSetting] = {}
    setting_of = {}
    for spot, entry, _ in _spots(table):
        if entry.style not in known:
            known[entry.style] = _setting(entry.style, styles)
        setting_of[spot] = known[entry.style]
    return setting_of


def _setting(style: str, styles: OdfStyles) -> TextSetting:
    def said(name: str) -> str:
        return styles.value("table-cell", style, name) or ""

    return TextSetting(
        points(said("font-size")) or 10.0,
        _ACROSS.get(said("text-align"), "left"),
        _DOWN.get(said("vertical-align"), "bottom"),
        said("wrap-option") == "wrap",
    )
