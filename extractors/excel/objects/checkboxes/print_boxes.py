"""Controls of a sheet and its grid in, the grid as if the form had printed the boxes out: `■有 □無`, `☑`.

A box belongs to the cell under it and to the label it geometries before: its own caption, else the words printed in the
cell. A box whose state or label is not sure is printed as ▣, which no rule takes for an answer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from extractors.cell_reference import Spot, a1
from extractors.excel.objects.anchors import SheetMetrics, anchor_box, cells_under, middle
from extractors.excel.objects.checkboxes.placement import GLYPH, boxes_to_slots
from extractors.excel.objects.checkboxes.text_slots import with_boxes
from extractors.excel.objects.form_controls import FormControl
from extractors.excel.objects.sheet_metrics import TextSetting
from extractors.grid import Cell, Grid
from extractors.location import Box, Location
from extractors.package.drawn_marks import ALONE, EMPTY, TICKED
from normalizers.text import mixed_boxes

DOUBT = "box_place"
_MOST = 4_000  # boxes of a sheet; more are no form

SettingOf = Callable[[int, int], TextSetting]


@dataclass(frozen=True, slots=True)
class BoxMark:
    """A check box or option button on the sheet: its state (None not known), caption, box in points and group."""

    state: bool | None
    caption: str
    box: Box
    radio: bool = False
    group: int = 0
    sure: bool = True


@dataclass(frozen=True, slots=True)
class PrintedBoxes:
    """The grid with its boxes printed, how many were not placed, and the cells of which a box is unclear."""

    grid: Grid
    lost: int = 0
    unclear: tuple[Location, ...] = ()
    marked: frozenset[Spot] = frozenset()


def print_boxes(
    grid: Grid, controls: Sequence[FormControl], metrics: SheetMetrics, setting_of: SettingOf
) -> PrintedBoxes:
    """The grid with the check boxes and option buttons of its sheet printed into their cells."""
    boxes = [c for c in controls if c.kind in {"check", "radio"}]
    anchored = [(c, anchor_box(c.anchor, metrics)) for c in boxes if c.anchor is not None]
    lost = sum(c.kind == "other" for c in controls) + len(boxes) - len(anchored)
    if len(anchored) > _MOST:
        return PrintedBoxes(grid, lost + len(anchored))
    frames = [anchor_box(c.anchor, metrics) for c in controls if c.kind == "group" and c.anchor is not None]
    by_cell = _by_cell(grid, _marks(anchored, frames), metrics)
    cells = {(c.row, c.col): c for c in grid.cells} | {spot: cell for spot, (cell, _) in by_cell.items()}
    unclear = []
    for spot, (cell, marks) in by_cell.items():
        lines = reading_order(_contradictions(marks))
        text, sure = boxes_to_text(cell.text, lines, metrics.box_of(cell), setting_of(*spot))
        cells[spot] = replace(cell, text=text, doubt=cell.doubt if sure else DOUBT)
        if not sure or any(char in text for char in mixed_boxes()):
            unclear.append(cell.location)
    ordered_cells = tuple(cells[spot] for spot in sorted(cells))
    return PrintedBoxes(replace(grid, cells=ordered_cells), lost, tuple(unclear), frozenset(by_cell))


def _marks(anchored: Iterable[tuple[FormControl, Box]], frames: Sequence[Box]) -> list[BoxMark]:
    """The boxes with their groups: by the group box they stand in, else by the buttons that begin a group."""
    marks, run = [], 0
    for control, box in anchored:
        run += control.kind == "radio" and control.first
        x, y = middle(box)
        inside = [n for n, f in enumerate(frames) if f[0] <= x <= f[2] and f[1] <= y <= f[3]]
        smallest = min(
            inside, key=lambda n: (frames[n][2] - frames[n][0]) * (frames[n][3] - frames[n][1]), default=None
        )
        group = run if smallest is None else -1 - smallest
        marks.append(BoxMark(control.state, control.caption, box, control.kind == "radio", group))
    return _one_of_a_frame(marks)


def _one_of_a_frame(marks: list[BoxMark]) -> list[BoxMark]:
    """Of option buttons in one group box only one can be on: two ticked are both not known."""
    ticked = Counter(mark.group for mark in marks if mark.radio and mark.state and mark.group < 0)
    return [
        replace(mark, state=None) if mark.radio and mark.state and ticked[mark.group] > 1 else mark
        for mark in marks
    ]


def _contradictions(marks: Sequence[BoxMark]) -> list[BoxMark]:
    """The same for the option buttons of one cell that no group box holds."""
    ticked = Counter(mark.group for mark in marks if mark.radio and mark.state)
    return [
        replace(mark, state=None) if mark.radio and mark.state and ticked[mark.group] > 1 else mark
        for mark in marks
    ]


def _by_cell(
    grid: Grid, marks: Sequence[BoxMark], metrics: SheetMetrics
) -> dict[Spot, tuple[Cell, list[BoxMark]]]:
    """Top left of each cell with boxes → the cell and its boxes.

    The box of a control is drawn at its left edge. Where that and its middle lie over different cells, the column
    in which other boxes stand for sure counts; over two such columns, or none, it is not sure.
    """
    points = [(_spot(metrics, _glyph(mark.box)), _spot(metrics, middle(mark.box))) for mark in marks]
    cover = cells_under(grid.cells, [spot for pair in points for spot in pair])

    def cell_at(spot: Spot) -> Cell:
        row, col = spot
        return cover.get(spot) or Cell(row, col, "", Location(sheet=grid.sheet, cells=a1(row, col)))

    pairs = [(cell_at(drawn), cell_at(centre)) for drawn, centre in points]
    sure = {(a.col, a.end_col) for a, b in pairs if a == b}
    by_cell: dict[Spot, tuple[Cell, list[BoxMark]]] = {}
    for mark, (drawn, centre) in zip(marks, pairs, strict=True):
        cell, certain = centre, drawn == centre
        if not certain:
            sure_cells = [c for c in (drawn, centre) if (c.col, c.end_col) in sure]
            cell = sure_cells[0] if len(sure_cells) == 1 else centre
            # Between two columns of boxes a tick may be the yes or the no.
            mark = mark if len(sure_cells) < 2 or mark.state is False else replace(mark, state=None)  # noqa: PLW2901
        by_cell.setdefault((cell.row, cell.col), (cell, []))[1].append(replace(mark, sure=certain))
    return by_cell


def _glyph(box: Box) -> tuple[float, float]:
    return box[0] + min(box[2] - box[0], GLYPH) / 2, (box[1] + box[3]) / 2


def _spot(metrics: SheetMetrics, point: tuple[float, float]) -> Spot:
    return metrics.rows.at(point[1]), metrics.columns.at(point[0])


def reading_order(marks: Sequence[BoxMark]) -> list[list[BoxMark]]:
    """Boxes in lines from top to bottom, each from left to right."""
    lines: list[list[BoxMark]] = []
    for mark in sorted(marks, key=lambda m: (middle(m.box)[1], m.box[0])):
        height = min(mark.box[3] - mark.box[1], GLYPH)
        if lines and middle(mark.box)[1] - middle(lines[-1][0].box)[1] <= 0.6 * max(height, 4.0):
            lines[-1].append(mark)
        else:
            lines.append([mark])
    return [sorted(line, key=lambda m: m.box[0]) for line in lines]


def boxes_to_text(
    text: str, lines: Sequence[Sequence[BoxMark]], cell: Box, setting: TextSetting
) -> tuple[str, bool]:
    """The cell's text with its boxes printed, and whether every box has its label for sure."""
    marks = [mark for line in lines for mark in line]
    sure = all(mark.sure for mark in marks)
    unlabelled = [mark for mark in marks if not mark.caption]
    if not text.strip():
        if len(marks) == 1 and unlabelled:
            return _glyph_of(marks[0], ALONE), sure
        all_captioned = not unlabelled
        return _printed(lines, all_captioned), sure and all_captioned
    if unlabelled:
        text, fits = _into(text, unlabelled, cell, setting)
        sure = sure and fits
    captioned_lines = [[m for m in line if m.caption] for line in lines]
    captioned_lines = [line for line in captioned_lines if line]
    return (_beside(text, captioned_lines, cell, setting) if captioned_lines else text), sure


def _glyph_of(mark: BoxMark, ticked: str = TICKED, known: bool = True) -> str:
    if mark.state is None or (mark.state and not known):
        return mixed_boxes()[0]
    return ticked if mark.state else EMPTY


def _printed(lines: Iterable[Sequence[BoxMark]], known: bool = True) -> str:
    return "\n".join(" ".join(_glyph_of(m, known=known) + m.caption for m in line) for line in lines)


def _into(text: str, marks: Sequence[BoxMark], cell: Box, setting: TextSetting) -> tuple[str, bool]:
    """The text with boxes before its labels; above it, as not known, where their labels are not sure."""
    slots = boxes_to_slots(text, [m.box for m in marks], [m.state is not False for m in marks], cell, setting)
    if slots is None:
        return " ".join(_glyph_of(mark, known=False) for mark in marks) + "\n" + text, False
    return with_boxes(text, slots, [_glyph_of(mark) for mark in marks]), True


def _beside(text: str, lines: Sequence[Sequence[BoxMark]], cell: Box, setting: TextSetting) -> str:
    """The text with captioned boxes before or behind it, by their height in the cell."""
    printed, single = _printed(lines), "\n" not in text and len(lines) == 1
    if single:
        before = lines[0][0].box[0] - cell[0] < GLYPH and setting.across == "left"
        return f"{printed}\n{text}" if before and setting.down == "bottom" else f"{text} {printed}"
    tops = {"top": cell[1], "center": middle(cell)[1]}
    above = middle(lines[0][0].box)[1] < tops.get(setting.down, cell[3]) - setting.size
    return f"{printed}\n{text}" if above and setting.down != "top" else f"{text}\n{printed}"
