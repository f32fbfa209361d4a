"""Shapes of a sheet and its grid in, the grid as if they were typed out: rings round choices, marks, answers in boxes.

Only what is sure goes into a cell. A text that does not is put aside with its place, any other shape is reported.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from extractors.cell_reference import Spot, a1
from extractors.excel.objects.anchors import SheetMetrics, anchor_box, cells_under, middle
from extractors.excel.objects.checkboxes.placement import boxes_to_slots
from extractors.excel.objects.checkboxes.text_slots import with_boxes
from extractors.excel.objects.circled_choices import ringed_choices
from extractors.excel.objects.shapes import DrawnShape
from extractors.excel.objects.sheet_metrics import TextSetting
from extractors.grid import Cell, Grid
from extractors.location import Box, Location
from extractors.package.drawn_marks import ASIDE, DRAWN, TICKED
from normalizers.text import empty_boxes, shape_of

OVER = "drawn_over"  # a shape that nobody can read lies over the text: it may strike it out
RING = "○"
_ROUND = {"circle", "double_circle"}
_TICKS = {"tick"}
_TYPED = {"text", "note"}
_OVER = 1.6  # a mark or typed text may be larger than its cell by this much
_TALL = 100  # rows of a merged cell that are looked at
_SLACK = 3.0  # points by which a ring may leave its cell

SettingOf = Callable[[int, int], TextSetting]


@dataclass(frozen=True, slots=True)
class PrintedShapes:
    """The grid with its shapes, and the places of shapes and pictures that were not read."""

    grid: Grid
    unread: tuple[Location, ...] = ()
    pictures: tuple[Location, ...] = ()


@dataclass(frozen=True, slots=True)
class _ShapeOverCell:
    """A shape over a cell: its box and the cell's, in points."""

    shape: DrawnShape
    box: Box
    cell: Cell
    frame: Box

    @property
    def fits(self) -> bool:
        """Whether the shape is no larger than what geometries in one cell."""
        wide = (self.box[2] - self.box[0]) <= _OVER * (self.frame[2] - self.frame[0])
        return wide and (self.box[3] - self.box[1]) <= _OVER * (self.frame[3] - self.frame[1])

    @property
    def inside(self) -> bool:
        """Whether the shape stays within its cell."""
        box, frame = self.box, self.frame
        near = (box[i] >= frame[i] - _SLACK for i in (0, 1)), (box[i] <= frame[i] + _SLACK for i in (2, 3))
        return all(all(side) for side in near)


def print_shapes(
    grid: Grid, shapes: Sequence[DrawnShape], metrics: SheetMetrics, setting_of: SettingOf
) -> PrintedShapes:
    """The grid with the shapes of its sheet."""
    by_cell: dict[Spot, list[_ShapeOverCell]] = defaultdict(list)
    for over in _over_cells(grid, shapes, metrics):
        by_cell[over.cell.row, over.cell.col].append(over)
    cells = {(c.row, c.col): c for c in grid.cells}
    first = _first_filled(grid) if any(s.kind == "picture" for s in shapes) else {}
    aside: list[Cell] = []
    unread: list[Location] = []
    pictures: list[Location] = []
    for spot, overs in by_cell.items():
        cell, unsure = _with_shapes(overs, setting_of(*spot))
        unreadable = [over for over in unsure if over.shape.kind not in {"picture", *_TYPED}]
        if cell is not overs[0].cell:
            cells[spot] = cell
        if unreadable and cell.text.strip() and cell.doubt is None:
            cells[spot] = replace(cells.get(spot, cell), doubt=OVER)
        if cell.text.strip() and (notes := _notes_upon(unsure)):
            noted = cells.get(spot, cell)
            cells[spot] = replace(noted, comments=(*noted.comments, *notes))
        aside += _texts_aside(unsure)
        unread += [cell.location] * len(unreadable)
        if _may_be_answer(cell, first):
            pictures += [cell.location for over in unsure if over.shape.kind == "picture"]
    with_shapes = replace(grid, cells=tuple(cells[s] for s in sorted(cells)), aside=(*grid.aside, *aside))
    return PrintedShapes(with_shapes, tuple(unread), tuple(pictures))


def _notes_upon(unsure: Sequence[_ShapeOverCell]) -> list[str]:
    """The texts that lie over a filled cell, no larger than what belongs to one: they may correct it as a comment does."""
    return [
        over.shape.text
        for over in unsure
        if over.shape.kind in _TYPED and over.fits and over.shape.text.strip()
    ]


def _texts_aside(unsure: Sequence[_ShapeOverCell]) -> list[Cell]:
    """The texts of shapes that belong into no cell for sure."""
    return [
        replace(over.cell, text=over.shape.text, doubt=ASIDE, chosen=())
        for over in unsure
        if over.shape.kind in _TYPED
    ]


def _may_be_answer(cell: Cell, first: Mapping[int, int]) -> bool:
    """Whether a picture over the cell may be an answer: nothing is written in it, but something left of it."""
    return not cell.text.strip() and first.get(cell.row, cell.col) < cell.col


def _over_cells(grid: Grid, shapes: Sequence[DrawnShape], metrics: SheetMetrics) -> list[_ShapeOverCell]:
    boxes = [anchor_box(shape.anchor, metrics) for shape in shapes]
    spots = [(metrics.rows.at(middle(b)[1]), metrics.columns.at(middle(b)[0])) for b in boxes]
    cover = cells_under(grid.cells, spots)
    overlays = []
    for shape, box, spot in zip(shapes, boxes, spots, strict=True):
        cell = cover.get(spot) or Cell(*spot, "", Location(sheet=grid.sheet, cells=a1(*spot)))
        overlays.append(_ShapeOverCell(shape, box, cell, metrics.box_of(cell)))
    return overlays


def _first_filled(grid: Grid) -> dict[int, int]:
    """Row → the first column in which something is written; right of it may be an answer."""
    first: dict[int, int] = {}
    for cell in grid.cells:
        if cell.text.strip():
            for row in range(cell.row, cell.row + min(cell.row_span, _TALL)):
                first[row] = min(cell.col, first.get(row, cell.col))
    return first


def _with_shapes(overs: Sequence[_ShapeOverCell], setting: TextSetting) -> tuple[Cell, list[_ShapeOverCell]]:
    """The cell with what its shapes say, and the shapes that say nothing sure."""
    cell = overs[0].cell
    unsure: list[_ShapeOverCell] = []
    typed: list[_ShapeOverCell] = []
    for over in overs:
        if cell.text.strip():
            after = _round_choice(over, cell, setting) or _in_box(over, cell, setting)
            if after is None:
                unsure.append(over)
            cell = after or cell
        elif _says(over):
            typed.append(over)
        else:
            unsure.append(over)
    if typed:
        typed.sort(key=lambda over: (round(over.box[1]), over.box[0]))
        cell = replace(cell, text=" ".join(_says(over) for over in typed), doubt=DRAWN)
    return cell, unsure


def _says(over: _ShapeOverCell) -> str:
    """What a shape over an empty cell puts into it; "" where it may be something else than an answer."""
    if over.shape.kind in {"text", "mark"} and over.fits:
        return over.shape.text
    return RING if over.shape.kind == "ring" and over.inside else ""


def _round_choice(over: _ShapeOverCell, cell: Cell, setting: TextSetting) -> Cell | None:
    """The cell with the printed choices that a ring is drawn round; None where it is round none."""
    circle = over.shape.kind == "text" and shape_of(over.shape.text) in _ROUND
    if over.shape.kind not in {"ring", "frame"} and not circle:
        return None
    choices = ringed_choices(cell.text, over.box, over.frame, setting)
    if not choices or (over.shape.kind == "frame" and len(choices) != 1):
        return None
    return replace(cell, chosen=(*cell.chosen, *choices))


def _in_box(over: _ShapeOverCell, cell: Cell, setting: TextSetting) -> Cell | None:
    """The cell with a printed empty box ticked over which a tick is drawn; None for any other shape or cell."""
    if over.shape.kind != "text" or shape_of(over.shape.text) not in _TICKS:
        return None
    if not any(char in cell.text for char in empty_boxes()):
        return None
    slots = boxes_to_slots(cell.text, [over.box], [True], over.frame, setting)
    if slots is None or not slots[0].printed:
        return None
    return replace(cell, text=with_boxes(cell.text, slots, [TICKED]), doubt=DRAWN)
