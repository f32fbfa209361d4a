"""A workbook's package and its grids in, the grids with what is drawn on the sheets out: controls, shapes, comments.

Reading the parts and printing them into the cells are two steps, because widths and heights are known only when the
cells are.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from extractors.cell_reference import a1
from extractors.excel.objects.anchors import Layout, grown
from extractors.excel.objects.checkboxes import print_boxes
from extractors.excel.objects.choice_cells import fold_choices
from extractors.excel.objects.comments import Comments, comments_of_sheet, put_comments
from extractors.excel.objects.form_controls import Control, controls_of_sheet
from extractors.excel.objects.linked_cells import settle_links
from extractors.excel.objects.list_boxes import print_lists, settle_lists
from extractors.excel.objects.shapes import Shapes, count_shapes, shapes_of_sheet
from extractors.excel.objects.shapes_to_text import ASIDE, print_shapes
from extractors.excel.objects.sheet_metrics import Look
from extractors.grid import Cell, Grid
from extractors.issue import Issue
from extractors.location import Location
from extractors.package.xml_parts import relations_of

_NAMED = 10
_CONTROL = re.compile(r"xl/(?:ctrlProps/.+|activeX/activeX\d*)\.xml")
_DRAWING = re.compile(r"xl/drawings/drawing\d*\.xml")
_COMMENTS = re.compile(r"xl/(?:comments(?:\d*|/[^/]+)|threadedComments/[^/]+)\.xml")


@dataclass(frozen=True, slots=True)
class Drawn:
    """What is drawn on one sheet."""

    controls: tuple[Control, ...] = ()
    shapes: Shapes = field(default_factory=Shapes)
    comments: Comments = field(default_factory=Comments)


@dataclass(frozen=True, slots=True)
class Stand:
    """Where things stand on a sheet: widths and heights, and the look of the cell at a row and column."""

    layout: Layout
    look: Callable[[int, int], Look]


def read_drawn(package: zipfile.ZipFile, sheets: Mapping[str, str]) -> dict[str, Drawn]:
    """Title of each sheet → what is drawn on it; `sheets` are the sheets' parts and titles."""
    return {
        title: Drawn(
            controls_of_sheet(package, part),
            shapes_of_sheet(package, part),
            comments_of_sheet(package, part),
        )
        for part, title in sheets.items()
    }


def unreached(package: zipfile.ZipFile, sheets: Iterable[str]) -> list[Issue]:
    """Troubles for parts with controls, shapes or comments to which no sheet leads: nobody knows where they stand."""
    reached = {relation.part for sheet in sheets for relation in relations_of(package, sheet)}
    loose = [name for name in package.namelist() if name not in reached]
    issues = []
    controls = sum(_CONTROL.fullmatch(name) is not None for name in loose)
    if controls:
        issues.append(Issue("controls_not_read", params={"count": str(controls)}))
    shapes = sum(count_shapes(package, name) for name in loose if _DRAWING.fullmatch(name))
    if shapes:
        issues.append(Issue("shapes_not_read", params={"count": str(shapes)}))
    comments = sum(_COMMENTS.fullmatch(name) is not None for name in loose)
    if comments:
        issues.append(Issue("comments_not_read", params={"count": str(comments)}))
    return issues


def not_drawn(drawn: Mapping[str, Drawn]) -> list[Issue]:
    """Troubles for everything that is drawn, where the reader of the cells knows no widths and heights."""
    issues = []
    for title, sheet in drawn.items():
        location = Location(sheet=title)
        controls = sum(control.kind != "silent" for control in sheet.controls)
        if controls:
            issues.append(Issue("controls_not_read", location, {"count": str(controls)}))
        shapes = len(sheet.shapes.shapes) + sheet.shapes.lost
        if shapes:
            issues.append(Issue("shapes_not_read", location, {"count": str(shapes)}))
        comments = sum(map(len, sheet.comments.texts.values())) + sheet.comments.lost
        if comments:
            issues.append(Issue("comments_not_read", location, {"count": str(comments)}))
    return issues


def draw(
    grids: Sequence[Grid], drawn: Mapping[str, Drawn], stands: Mapping[str, Stand]
) -> tuple[tuple[Grid, ...], list[Issue]]:
    """The grids with what is drawn on their sheets, and issues for what could not be read."""
    listed = settle_lists(grids, {title: sheet.controls for title, sheet in drawn.items()})
    grids, controls = settle_links(grids, listed)
    issues: list[Issue] = []
    done = []
    for grid in grids:
        title = str(grid.sheet)
        if title in stands and title in drawn:
            sheet = replace(drawn[title], controls=controls.get(title, ()))
            grid = _draw_sheet(grid, sheet, stands[title], issues)  # noqa: PLW2901
        done.append(grid)
    return tuple(done), issues


def _draw_sheet(grid: Grid, drawn: Drawn, stand: Stand, issues: list[Issue]) -> Grid:
    anchors = [s.anchor for s in drawn.shapes.shapes] + [c.anchor for c in drawn.controls if c.anchor]
    stand = replace(stand, layout=grown(stand.layout, anchors))
    grid = _draw_shapes(grid, drawn.shapes, stand, issues)
    grid, controls = print_lists(grid, drawn.controls, stand.layout)
    grid = _draw_boxes(grid, controls, stand, issues)
    if drawn.comments.lost:
        params = {"count": str(drawn.comments.lost)}
        issues.append(Issue("comments_not_read", Location(sheet=grid.sheet), params))
    return put_comments(grid, drawn.comments)


def _draw_shapes(grid: Grid, shapes: Shapes, stand: Stand, issues: list[Issue]) -> Grid:
    marked = print_shapes(grid, shapes.shapes, stand.layout, stand.look)
    unread = shapes.lost + len(marked.unread)
    if unread:
        params = {"count": str(unread)}
        issues.append(Issue("shapes_not_read", _named(grid, marked.unread), params))
    if marked.pictures:
        params = {"count": str(len(marked.pictures))}
        issues.append(Issue("picture_over_answer", _named(grid, marked.pictures), params))
    return marked.grid


def _draw_boxes(grid: Grid, controls: Sequence[Control], stand: Stand, issues: list[Issue]) -> Grid:
    if not controls:
        return grid
    boxed = print_boxes(grid, controls, stand.layout, stand.look)
    if boxed.lost:
        params = {"count": str(boxed.lost)}
        issues.append(Issue("controls_not_read", Location(sheet=grid.sheet), params))
    if boxed.unclear:
        params = {"count": str(len(boxed.unclear))}
        issues.append(Issue("box_unclear", _named(grid, boxed.unclear), params))
    folded = fold_choices(boxed.grid, boxed.marked)
    return replace(folded, aside=(*folded.aside, *_captions(grid, controls)))


def _captions(grid: Grid, controls: Sequence[Control]) -> list[Cell]:
    """The captions of group boxes, buttons and other controls that are no box to tick."""
    found = []
    for control in controls:
        if control.kind in {"check", "radio"} or not control.caption or control.anchor is None:
            continue
        row, col = control.anchor.start.row, control.anchor.start.col
        location = Location(sheet=grid.sheet, cells=a1(row, col))
        found.append(Cell(row, col, control.caption, location, doubt=ASIDE))
    return found


def _named(grid: Grid, places: Sequence[Location]) -> Location:
    """One place for several cells of a sheet: the first few by name."""
    cells = list(dict.fromkeys(location.cells for location in places if location.cells))[:_NAMED]
    return Location(
        sheet=grid.sheet, cells=(", ".join(cells) + (" …" if len(places) > _NAMED else "")) or None
    )
