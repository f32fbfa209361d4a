"""Controls and the cells that they are linked to in, controls whose state the cells agree with out.

Excel writes the state of a control into its linked cell, on any sheet: TRUE, FALSE, #N/A for mixed, the number of
the chosen option button. That cell is a helper and no answer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace

from extractors.cell_reference import column_number
from extractors.excel.objects.anchors import LAST_COL, LAST_ROW, cells_under
from extractors.excel.objects.form_controls import FormControl
from extractors.grid import Grid

LINKED = "linked_state"
_TARGET = re.compile(
    r"=?(?:(?:'(?P<quoted>(?:[^']|'')+)'|(?P<plain>[^'!]+))!)?\$?(?P<col>[A-Z]{1,3})\$?(?P<row>\d{1,7})"
)
_STATES = {"TRUE": True, "FALSE": False}
# What the linked cell of a box or of option buttons holds; that of a spin button or list may be an answer.
_HELD = {"check": re.compile(r"TRUE|FALSE|#N/A"), "radio": re.compile(r"\d{1,2}|#N/A")}

Target = tuple[str, int, int]  # sheet, row, column


def link_target(formula: str, title: str) -> Target | None:
    """Sheet, row and column of a linked cell on or from the sheet `title`; None for a name or anything else."""
    match = _TARGET.fullmatch(formula.strip())
    if match is None:
        return None
    sheet = (match.group("quoted") or "").replace("''", "'") or match.group("plain") or title
    row, col = int(match.group("row")) - 1, column_number(match.group("col"))
    return (sheet, row, col) if 0 <= row <= LAST_ROW and col <= LAST_COL else None


def resolve_linked_cells(
    grids: Sequence[Grid], controls: Mapping[str, Sequence[FormControl]]
) -> tuple[tuple[Grid, ...], dict[str, tuple[FormControl, ...]]]:
    """The grids with linked states put aside, and the controls; one that its cell contradicts has no known state."""
    targets = {
        target: _HELD[control.kind]
        for title, several in controls.items()
        for control in several
        if control.kind in _HELD and (target := link_target(control.link, title)) is not None
    }
    if not targets:
        return tuple(grids), {title: tuple(several) for title, several in controls.items()}
    texts: dict[Target, str] = {}
    grids_without_states = []
    for grid in grids:
        linked_spots = [(row, col) for sheet, row, col in targets if sheet == grid.sheet]
        cover = cells_under(grid.cells, linked_spots)
        state_spots = {
            (cell.row, cell.col)
            for (row, col), cell in cover.items()
            if targets[str(grid.sheet), row, col].fullmatch(cell.text.strip())
        }
        texts |= {(str(grid.sheet), *spot): cell.text.strip() for spot, cell in cover.items()}
        grids_without_states.append(_put_aside(grid, state_spots))
    return tuple(grids_without_states), {
        title: tuple(_settled(control, texts, title) for control in several)
        for title, several in controls.items()
    }


def _settled(control: FormControl, texts: Mapping[Target, str], title: str) -> FormControl:
    """A check box whose cell says something else than the box was changed without Excel: nobody knows which holds."""
    target = link_target(control.link, title)
    text = texts.get(target, "") if target is not None else ""
    if control.kind != "check" or not _HELD["check"].fullmatch(text):
        return control
    return control if _STATES.get(text) is control.state else replace(control, state=None)


def _put_aside(grid: Grid, state_spots: Set[tuple[int, int]]) -> Grid:
    helpers = [cell for cell in grid.cells if (cell.row, cell.col) in state_spots]
    if not helpers:
        return grid
    return replace(
        grid,
        cells=tuple(replace(c, text="") if (c.row, c.col) in state_spots else c for c in grid.cells),
        aside=(*grid.aside, *(replace(cell, doubt=LINKED) for cell in helpers)),
    )
