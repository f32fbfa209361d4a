"""A grid with boxes over neighbouring cells in, the grid with the choices of one answer in one cell out.

Where cells are narrow (方眼紙) a choice is spread: `[□][有][□][無]` or `[■有][□無]` under one header. Under
headers of their own the cells stay as they are: columns of choices, or answers of two respondents.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace

from extractors.cell_reference import Spot
from extractors.excel.objects.checkboxes.print_boxes import DOUBT
from extractors.grid import Cell, Grid
from extractors.package.drawn_marks import ALONE, EMPTY, TICKED
from normalizers.text import mixed_boxes

_SHORT = 15
_ABOVE = 15
_BARE = {ALONE, EMPTY, TICKED, *mixed_boxes()}


@dataclass(frozen=True, slots=True)
class _Run:
    """Neighbouring cells of a row: those with boxes, and the label of each where it geometries in a cell of its own."""

    boxes: tuple[Cell, ...]
    labels: tuple[Cell, ...] = ()
    before: bool = False

    @property
    def cells(self) -> tuple[Cell, ...]:
        return tuple(sorted((*self.boxes, *self.labels), key=lambda cell: cell.col))


def merge_choices(grid: Grid, box_spots: Set[Spot]) -> Grid:
    """The grid with spread choices joined; `box_spots` are the cells into which boxes were printed."""
    if not box_spots:
        return grid
    rows: dict[int, list[Cell]] = defaultdict(list)
    for cell in grid.cells:
        rows[cell.row].append(cell)
    tops: dict[int, int] = {}
    for row, col in sorted(box_spots):
        tops.setdefault(col, row)
    heads = _Heads(rows, box_spots)
    changed: dict[Spot, Cell] = {}
    for row in sorted({row for row, _ in box_spots}):
        line = sorted(rows[row], key=lambda cell: cell.col)
        for run in _runs(line, box_spots):
            top = min(tops[cell.col] for cell in run.boxes)
            if heads.one_over(top, run.cells[0].col, run.cells[-1].end_col):
                changed |= _folded(run)
    return replace(grid, cells=tuple(changed.get((c.row, c.col), c) for c in grid.cells))


def _runs(line: Sequence[Cell], box_spots: Set[Spot]) -> list[_Run]:
    """The runs of a row that may be one answer."""
    runs = []
    for stretch in _stretches(line, box_spots):
        boxes = tuple(cell for cell in stretch if (cell.row, cell.col) in box_spots)
        if all(cell.text in _BARE for cell in boxes):
            runs += _labelled(stretch, boxes)
        else:
            runs += [_Run(side) for side in _side_by_side(boxes) if len(side) > 1]
    return runs


def _side_by_side(boxes: Sequence[Cell]) -> list[tuple[Cell, ...]]:
    """Cells with boxes and labels that have no other cell between them."""
    sides: list[tuple[Cell, ...]] = []
    for cell in boxes:
        if cell.text in _BARE:
            continue
        if sides and sides[-1][-1].end_col == cell.col:
            sides[-1] = (*sides[-1], cell)
        else:
            sides.append((cell,))
    return sides


def _stretches(line: Sequence[Cell], box_spots: Set[Spot]) -> list[list[Cell]]:
    """Neighbours that hold boxes, or a short text beside one."""
    stretches: list[list[Cell]] = [[]]
    for cell in line:
        boxed = (cell.row, cell.col) in box_spots
        label = cell.text.strip() and len(cell.text) <= _SHORT and "\n" not in cell.text
        if stretches[-1] and stretches[-1][-1].end_col != cell.col:
            stretches.append([])
        if boxed or label:
            stretches[-1].append(cell)
        else:
            stretches.append([])
    return [s for s in stretches if any((c.row, c.col) in box_spots for c in s)]


def _labelled(stretch: Sequence[Cell], boxes: tuple[Cell, ...]) -> list[_Run]:
    """Boxes and labels in turn; a label geometries behind its box, before it only where nothing follows the last box."""
    at = {id(cell): index for index, cell in enumerate(stretch)}
    behind = [stretch[i + 1] for cell in boxes if (i := at[id(cell)]) + 1 < len(stretch)]
    if len(behind) == len(boxes) and not {id(c) for c in behind} & {id(c) for c in boxes}:
        return [_Run(boxes, tuple(behind))]
    before = [stretch[i - 1] for cell in boxes if (i := at[id(cell)]) > 0]
    if len(before) == len(boxes) > 1 and not {id(c) for c in before} & {id(c) for c in boxes}:
        return [_Run(boxes, tuple(before), before=True)]
    return []


def _folded(run: _Run) -> dict[Spot, Cell]:
    first = run.cells[0]
    if run.labels:
        glyphs = [TICKED if cell.text == ALONE else cell.text for cell in run.boxes]
        text = " ".join(g + label.text.strip() for g, label in zip(glyphs, run.labels, strict=True))
    else:
        text = " ".join(cell.text for cell in run.boxes)
    doubt = DOUBT if run.before else next((c.doubt for c in run.boxes if c.doubt), first.doubt)
    folded = {(c.row, c.col): replace(c, text="") for c in run.cells[1:]}
    return {**folded, (first.row, first.col): replace(first, text=text, doubt=doubt)}


class _Heads:
    """Which header geometries over columns; looked up once for all rows below it."""

    def __init__(self, rows: Mapping[int, Sequence[Cell]], marked: Set[Spot]) -> None:
        self._rows, self._marked = rows, marked
        self._known: dict[tuple[int, int, int], bool] = {}

    def one_over(self, top: int, start: int, end: int) -> bool:
        """Whether one header geometries over columns [start, end) above row `top`."""
        key = top, start, end
        if key not in self._known:
            self._known[key] = self._look(*key)
        return self._known[key]

    def _look(self, top: int, start: int, end: int) -> bool:
        first = min((c.col for c in self._rows.get(top, ()) if c.text.strip()), default=start)
        for row in range(top - 1, max(-1, top - _ABOVE), -1):
            filled = [c for c in self._rows.get(row, ()) if c.text.strip()]
            over = [c for c in filled if c.col < end and c.end_col > start]
            if not over or (first < start and any(c.col <= first for c in over)):
                continue  # nothing, or a heading over the whole table
            return len(over) == 1 and over[0].col <= start
        return False
