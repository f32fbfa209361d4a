"""Shapes of a sheet and its grid in, the grid as if they were typed out: rings round choices, marks, answers in boxes.

Only what is sure goes into a cell. A text that does not is put aside with its place, any other shape is reported.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from extractors.cell_reference import a1
from extractors.excel.objects.anchors import Layout, anchor_box, cells_under, middle
from extractors.excel.objects.checkbox_placement import boxes_to_slots, with_boxes
from extractors.excel.objects.circled_choices import ringed_choices
from extractors.excel.objects.shapes import Shape
from extractors.excel.objects.sheet_metrics import Look
from extractors.grid import Cell, Grid
from extractors.location import Box, Location
from normalizers.text import empty_boxes, shape_of

DRAWN = "drawn_mark"
ASIDE = "drawn_text"
OVER = "drawn_over"  # a shape that nobody can read lies over the text: it may strike it out
RING = "○"
_ROUND = {"circle", "double_circle"}
_TICKS = {"tick"}
_OVER = 1.6  # a mark or typed text may be larger than its cell by this much
_TALL = 100  # rows of a merged cell that are looked at
_SLACK = 3.0  # points by which a ring may leave its cell

Spot = tuple[int, int]
Looks = Callable[[int, int], Look]


@dataclass(frozen=True, slots=True)
class Marked:
    """The grid with its shapes, and the places of shapes and pictures that were not read."""

    grid: Grid
    unread: tuple[Location, ...] = ()
    pictures: tuple[Location, ...] = ()


@dataclass(frozen=True, slots=True)
class _Over:
    """A shape over a cell: its box and the cell's, in points."""

    shape: Shape
    box: Box
    cell: Cell
    frame: Box

    @property
    def fits(self) -> bool:
        """Whether the shape is no larger than what stands in one cell."""
        wide = (self.box[2] - self.box[0]) <= _OVER * (self.frame[2] - self.frame[0])
        return wide and (self.box[3] - self.box[1]) <= _OVER * (self.frame[3] - self.frame[1])

    @property
    def inside(self) -> bool:
        """Whether the shape stays within its cell."""
        box, frame = self.box, self.frame
        near = (box[i] >= frame[i] - _SLACK for i in (0, 1)), (box[i] <= frame[i] + _SLACK for i in (2, 3))
        return all(all(side) for side in near)


def print_shapes(grid: Grid, shapes: Sequence[Shape], layout: Layout, looks: Looks) -> Marked:
    """The grid with the shapes of its sheet."""
    by_cell: dict[Spot, list[_Over]] = defaultdict(list)
    for over in _over_cells(grid, shapes, layout):
        by_cell[over.cell.row, over.cell.col].append(over)
    cells = {(c.row, c.col): c for c in grid.cells}
    aside, unread, pictures = [], [], []
    first = _first_filled(grid) if any(s.kind == "picture" for s in shapes) else {}
    for spot, overs in by_cell.items():
        cell, left = _with_shapes(overs, looks(*spot))
        if cell is not overs[0].cell:
            cells[spot] = cell
        for over in left:
            location = cell.location
            if over.shape.kind == "picture":
                if not cell.text.strip() and first.get(cell.row, cell.col) < cell.col:
                    pictures.append(location)
            elif over.shape.kind in {"text", "note"}:
                aside.append(replace(over.cell, text=over.shape.text, doubt=ASIDE, chosen=()))
            else:
                unread.append(location)
                if cell.text.strip() and cell.doubt is None:
                    cells[spot] = replace(cells.get(spot, cell), doubt=OVER)
    done = replace(grid, cells=tuple(cells[s] for s in sorted(cells)), aside=(*grid.aside, *aside))
    return Marked(done, tuple(unread), tuple(pictures))


def _over_cells(grid: Grid, shapes: Sequence[Shape], layout: Layout) -> list[_Over]:
    boxes = [anchor_box(shape.anchor, layout) for shape in shapes]
    spots = [(layout.rows.at(middle(b)[1]), layout.columns.at(middle(b)[0])) for b in boxes]
    cover = cells_under(grid.cells, spots)
    found = []
    for shape, box, spot in zip(shapes, boxes, spots, strict=True):
        cell = cover.get(spot) or Cell(*spot, "", Location(sheet=grid.sheet, cells=a1(*spot)))
        found.append(_Over(shape, box, cell, layout.box_of(cell)))
    return found


def _first_filled(grid: Grid) -> dict[int, int]:
    """Row → the first column in which something is written; right of it may be an answer."""
    first: dict[int, int] = {}
    for cell in grid.cells:
        if cell.text.strip():
            for row in range(cell.row, cell.row + min(cell.row_span, _TALL)):
                first[row] = min(cell.col, first.get(row, cell.col))
    return first


def _with_shapes(overs: Sequence[_Over], look: Look) -> tuple[Cell, list[_Over]]:
    """The cell with what its shapes say, and the shapes that say nothing sure."""
    cell = overs[0].cell
    left: list[_Over] = []
    typed: list[_Over] = []
    for over in overs:
        if cell.text.strip():
            after = _round_choice(over, cell, look) or _in_box(over, cell, look)
            if after is None:
                left.append(over)
            cell = after or cell
        elif _says(over):
            typed.append(over)
        else:
            left.append(over)
    if typed:
        typed.sort(key=lambda over: (round(over.box[1]), over.box[0]))
        cell = replace(cell, text=" ".join(_says(over) for over in typed), doubt=DRAWN)
    return cell, left


def _says(over: _Over) -> str:
    """What a shape over an empty cell puts into it; "" where it may be something else than an answer."""
    if over.shape.kind in {"text", "mark"} and over.fits:
        return over.shape.text
    return RING if over.shape.kind == "ring" and over.inside else ""


def _round_choice(over: _Over, cell: Cell, look: Look) -> Cell | None:
    """The cell with the printed choices that a ring is drawn round; None where it is round none."""
    circle = over.shape.kind == "text" and shape_of(over.shape.text) in _ROUND
    if over.shape.kind not in {"ring", "frame"} and not circle:
        return None
    choices = ringed_choices(cell.text, over.box, over.frame, look)
    if not choices or (over.shape.kind == "frame" and len(choices) != 1):
        return None
    return replace(cell, chosen=(*cell.chosen, *choices))


def _in_box(over: _Over, cell: Cell, look: Look) -> Cell | None:
    """The cell with a printed empty box ticked over which a tick is drawn; None for any other shape or cell."""
    if over.shape.kind != "text" or shape_of(over.shape.text) not in _TICKS:
        return None
    if not any(char in cell.text for char in empty_boxes()):
        return None
    slots = boxes_to_slots(cell.text, [over.box], [True], over.frame, look)
    if slots is None or not slots[0].printed:
        return None
    return replace(cell, text=with_boxes(cell.text, slots, ["■"]), doubt=DRAWN)
