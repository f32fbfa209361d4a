"""A workbook's package and its grids in, the grids with what is drawn on the sheets out: controls, shapes, comments.

Reading the parts and printing them into the cells are two steps, because widths and heights are known only when the
cells are.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from extractors.excel.boxes import print_boxes
from extractors.excel.controls import Control, controls_of_sheet
from extractors.excel.drawing import Layout
from extractors.excel.folds import fold_choices
from extractors.excel.layout import Look
from extractors.excel.links import settle_links
from extractors.grid import Grid, Place, Trouble

_NAMED = 10


@dataclass(frozen=True, slots=True)
class Drawn:
    """What is drawn on one sheet."""

    controls: tuple[Control, ...] = ()


@dataclass(frozen=True, slots=True)
class Stand:
    """Where things stand on a sheet: widths and heights, and the look of the cell at a row and column."""

    layout: Layout
    look: Callable[[int, int], Look]


def read_drawn(package: zipfile.ZipFile, sheets: Mapping[str, str]) -> dict[str, Drawn]:
    """Title of each sheet → what is drawn on it; `sheets` are the sheets' parts and titles."""
    return {title: Drawn(controls_of_sheet(package, part)) for part, title in sheets.items()}


def draw(
    grids: Sequence[Grid], drawn: Mapping[str, Drawn], stands: Mapping[str, Stand]
) -> tuple[tuple[Grid, ...], list[Trouble]]:
    """The grids with what is drawn on their sheets, and troubles for what could not be read."""
    grids, controls = settle_links(grids, {title: sheet.controls for title, sheet in drawn.items()})
    troubles: list[Trouble] = []
    done = []
    for grid in grids:
        title = str(grid.sheet)
        if title in stands:
            grid = _draw_boxes(grid, controls.get(title, ()), stands[title], troubles)  # noqa: PLW2901
        done.append(grid)
    return tuple(done), troubles


def _draw_boxes(
    grid: Grid, controls: Sequence[Control], stand: Stand, troubles: list[Trouble]
) -> Grid:
    if not controls:
        return grid
    boxed = print_boxes(grid, controls, stand.layout, stand.look)
    if boxed.lost:
        place = Place(sheet=grid.sheet)
        troubles.append(Trouble("controls_not_read", place, (("count", str(boxed.lost)),)))
    if boxed.unclear:
        words = (("count", str(len(boxed.unclear))),)
        troubles.append(Trouble("box_unclear", _named(grid, boxed.unclear), words))
    return fold_choices(boxed.grid, boxed.marked)


def _named(grid: Grid, places: Sequence[Place]) -> Place:
    """One place for several cells of a sheet: the first few by name."""
    cells = [place.cells for place in places[:_NAMED] if place.cells]
    return Place(sheet=grid.sheet, cells=", ".join(cells) + (" …" if len(places) > _NAMED else ""))
