"""List boxes and drop-down lists of a sheet and the grids in, the entry that each shows printed into its cell out.

Excel stores the number of the chosen entry and the range that the entries stand in. A list whose entry cannot be
told for sure is handed on as a control that is not read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from extractors.cell_reference import Spot, a1, range_to_area
from extractors.excel.objects.anchors import SheetMetrics, anchor_box, cells_under, middle
from extractors.excel.objects.form_controls import FormControl
from extractors.excel.objects.linked_cells import link_target
from extractors.grid import Cell, Grid
from extractors.location import Location
from extractors.package.drawn_marks import DRAWN

LIST, SHOWN, UNREAD = "list", "shown", "other"


Texts = Mapping[str, Mapping[Spot, str]]  # sheet → row and column → text


def resolve_list_boxes(
    grids: Sequence[Grid], controls: Mapping[str, Sequence[FormControl]]
) -> dict[str, tuple[FormControl, ...]]:
    """The controls of each sheet, lists as what they show: their caption is the chosen entry, "" where none is."""
    texts: Texts = {}
    if any(control.kind == LIST for several in controls.values() for control in several):
        texts = {str(g.sheet): {(c.row, c.col): c.text.strip() for c in g.cells} for g in grids}
    return {
        title: tuple(_settled(c, title, texts) if c.kind == LIST else c for c in several)
        for title, several in controls.items()
    }


def _settled(control: FormControl, title: str, texts: Texts) -> FormControl:
    if control.chosen is None or not control.entries or not _agrees(control, title, texts):
        return replace(control, kind=UNREAD)
    if not control.chosen:
        return replace(control, kind=SHOWN, caption="")
    entry = _entry(control.entries, control.chosen, title, texts)
    return replace(control, kind=SHOWN if entry else UNREAD, caption=entry)


def _agrees(control: FormControl, title: str, texts: Texts) -> bool:
    """Whether the linked cell holds the number of the entry; one changed without Excel leaves it open."""
    if not control.link:
        return True
    linked = link_target(control.link, title)
    stored = None if linked is None else texts.get(linked[0], {}).get(linked[1:], "")
    return stored == str(control.chosen) or (stored == "" and not control.chosen)


def _entry(formula: str, chosen: int, title: str, texts: Texts) -> str:
    """The text of an entry, counted from 1 down the first column of the range; "" where there is none."""
    sheet, mark, cells = formula.rpartition("!")
    area = range_to_area(cells)
    first = link_target(f"{sheet}{mark}{cells.partition(':')[0]}", title)
    if area is None or first is None or area[0] + chosen - 1 > area[2]:
        return ""
    return texts.get(first[0], {}).get((area[0] + chosen - 1, area[1]), "")


def print_list_boxes(
    grid: Grid, controls: Sequence[FormControl], metrics: SheetMetrics
) -> tuple[Grid, tuple[FormControl, ...]]:
    """The grid with the entries that lists show, and the other controls.

    A list hides the cell under it: that may hold the number of the entry, and else nothing, or the list is not read.
    """
    shown = [control for control in controls if control.kind == SHOWN]
    if not shown:
        return grid, tuple(controls)
    remaining = [control for control in controls if control.kind != SHOWN]
    spots = [_spot_under(control, metrics) for control in shown]
    cover = cells_under(grid.cells, [spot for spot in spots if spot is not None])
    cells = {(cell.row, cell.col): cell for cell in grid.cells}
    printed: set[Spot] = set()
    for control, spot in zip(shown, spots, strict=True):
        cell = None if spot is None else cover.get(spot) or _blank(grid, spot)
        if cell is None or (cell.row, cell.col) in printed or not _may_hide(control, cell):
            remaining.append(replace(control, kind=UNREAD, caption=""))
        elif control.caption or cell.text.strip():
            cells[cell.row, cell.col] = replace(cell, text=control.caption, doubt=DRAWN)
            printed.add((cell.row, cell.col))
    return replace(grid, cells=tuple(cells[spot] for spot in sorted(cells))), tuple(remaining)


def _spot_under(control: FormControl, metrics: SheetMetrics) -> Spot | None:
    """The row and column under the middle of a control, None where nobody knows where it stands."""
    if control.anchor is None:
        return None
    x, y = middle(anchor_box(control.anchor, metrics))
    return metrics.rows.at(y), metrics.columns.at(x)


def _may_hide(control: FormControl, cell: Cell) -> bool:
    """Whether a list may stand over a cell: that holds nothing, or the number of the entry."""
    return cell.text.strip() in {"", str(control.chosen)}


def _blank(grid: Grid, spot: Spot) -> Cell:
    return Cell(*spot, "", Location(sheet=grid.sheet, cells=a1(*spot)))
