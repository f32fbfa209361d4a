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
from extractors.excel.objects.anchors import SheetMetrics, grow_to_anchors
from extractors.excel.objects.checkboxes.choice_cells import merge_choices
from extractors.excel.objects.checkboxes.print_boxes import print_boxes
from extractors.excel.objects.comments import Comments, apply_comments, comments_of_sheet
from extractors.excel.objects.form_controls import FormControl, controls_of_sheet
from extractors.excel.objects.linked_cells import resolve_linked_cells
from extractors.excel.objects.list_boxes import print_list_boxes, resolve_list_boxes
from extractors.excel.objects.shapes import Shapes, count_shapes, shapes_of_sheet
from extractors.excel.objects.shapes_to_text import print_shapes
from extractors.excel.objects.sheet_metrics import TextSetting
from extractors.grid import Cell, Grid
from extractors.issue import Issue
from extractors.location import Location
from extractors.package.drawn_marks import ASIDE
from extractors.package.xml_parts import relations_of

_NAMED = 10
_CONTROL = re.compile(r"(?:xl/)?(?:ctrlProps/.+|activeX/activeX\d*)\.xml")
_DRAWING = re.compile(r"(?:xl/)?drawings/drawing\d*\.xml")
_COMMENTS = re.compile(r"(?:xl/)?(?:comments(?:\d*|/[^/]+)|threadedComments/[^/]+)\.xml")


@dataclass(frozen=True, slots=True)
class SheetDrawings:
    """What is drawn on one sheet."""

    controls: tuple[FormControl, ...] = ()
    shapes: Shapes = field(default_factory=Shapes)
    comments: Comments = field(default_factory=Comments)


@dataclass(frozen=True, slots=True)
class SheetGeometry:
    """Where things stand on a sheet: widths and heights, and the setting of the cell at a row and column."""

    metrics: SheetMetrics
    setting: Callable[[int, int], TextSetting]


def read_drawn(package: zipfile.ZipFile, sheets: Mapping[str, str]) -> dict[str, SheetDrawings]:
    """Title of each sheet → what is drawn on it; `sheets` are the sheets' parts and titles."""
    return {
        title: SheetDrawings(
            controls_of_sheet(package, part),
            shapes_of_sheet(package, part),
            comments_of_sheet(package, part),
        )
        for part, title in sheets.items()
    }


def unreached_to_issues(package: zipfile.ZipFile, sheets: Iterable[str]) -> list[Issue]:
    """Issues for parts with controls, shapes or comments to which no sheet leads: nobody knows where they stand."""
    reached_parts = {relation.part for sheet in sheets for relation in relations_of(package, sheet)}
    unreached_parts = [name for name in package.namelist() if name not in reached_parts]
    issues = []
    controls = sum(_CONTROL.fullmatch(name) is not None for name in unreached_parts)
    if controls:
        issues.append(Issue("controls_not_read", params={"count": str(controls)}))
    shapes = sum(count_shapes(package, name) for name in unreached_parts if _DRAWING.fullmatch(name))
    if shapes:
        issues.append(Issue("shapes_not_read", params={"count": str(shapes)}))
    comments = sum(_COMMENTS.fullmatch(name) is not None for name in unreached_parts)
    if comments:
        issues.append(Issue("comments_not_read", params={"count": str(comments)}))
    return issues


def drawings_to_issues(drawings: Mapping[str, SheetDrawings]) -> list[Issue]:
    """Issues for everything that is drawn, where the reader of the cells knows no widths and heights."""
    issues = []
    for title, sheet in drawings.items():
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


def apply_drawings(
    grids: Sequence[Grid], drawings: Mapping[str, SheetDrawings], geometries: Mapping[str, SheetGeometry]
) -> tuple[tuple[Grid, ...], list[Issue]]:
    """The grids with what is drawn on their sheets, and issues for what could not be read."""
    with_lists = resolve_list_boxes(grids, {title: sheet.controls for title, sheet in drawings.items()})
    grids, controls = resolve_linked_cells(grids, with_lists)
    issues: list[Issue] = []
    grids_with_drawings = []
    for grid in grids:
        title = str(grid.sheet)
        if title in geometries and title in drawings:
            sheet = replace(drawings[title], controls=controls.get(title, ()))
            grid = _draw_sheet(grid, sheet, geometries[title], issues)  # noqa: PLW2901
        grids_with_drawings.append(grid)
    return tuple(grids_with_drawings), issues


def _draw_sheet(grid: Grid, drawings: SheetDrawings, geometry: SheetGeometry, issues: list[Issue]) -> Grid:
    anchors = [s.anchor for s in drawings.shapes.shapes] + [c.anchor for c in drawings.controls if c.anchor]
    geometry = replace(geometry, metrics=grow_to_anchors(geometry.metrics, anchors))
    grid = _draw_shapes(grid, drawings.shapes, geometry, issues)
    grid, controls = print_list_boxes(grid, drawings.controls, geometry.metrics)
    grid = _draw_boxes(grid, controls, geometry, issues)
    if drawings.comments.lost:
        params = {"count": str(drawings.comments.lost)}
        issues.append(Issue("comments_not_read", Location(sheet=grid.sheet), params))
    return apply_comments(grid, drawings.comments)


def _draw_shapes(grid: Grid, shapes: Shapes, geometry: SheetGeometry, issues: list[Issue]) -> Grid:
    with_shapes = print_shapes(grid, shapes.shapes, geometry.metrics, geometry.setting)
    unread = shapes.lost + len(with_shapes.unread)
    if unread:
        params = {"count": str(unread)}
        issues.append(Issue("shapes_not_read", _cells_location(grid, with_shapes.unread), params))
    if with_shapes.pictures:
        params = {"count": str(len(with_shapes.pictures))}
        issues.append(Issue("picture_over_answer", _cells_location(grid, with_shapes.pictures), params))
    return with_shapes.grid


def _draw_boxes(
    grid: Grid, controls: Sequence[FormControl], geometry: SheetGeometry, issues: list[Issue]
) -> Grid:
    if not controls:
        return grid
    with_boxes = print_boxes(grid, controls, geometry.metrics, geometry.setting)
    if with_boxes.lost:
        params = {"count": str(with_boxes.lost)}
        issues.append(Issue("controls_not_read", Location(sheet=grid.sheet), params))
    if with_boxes.unclear:
        params = {"count": str(len(with_boxes.unclear))}
        issues.append(Issue("box_unclear", _cells_location(grid, with_boxes.unclear), params))
    with_choices = merge_choices(with_boxes.grid, with_boxes.marked)
    return replace(with_choices, aside=(*with_choices.aside, *_captions(grid, controls)))


def _captions(grid: Grid, controls: Sequence[FormControl]) -> list[Cell]:
    """The captions of group boxes, buttons and other controls that are no box to tick."""
    captions = []
    for control in controls:
        if control.kind in {"check", "radio"} or not control.caption or control.anchor is None:
            continue
        row, col = control.anchor.start.row, control.anchor.start.col
        location = Location(sheet=grid.sheet, cells=a1(row, col))
        captions.append(Cell(row, col, control.caption, location, doubt=ASIDE))
    return captions


def _cells_location(grid: Grid, locations: Sequence[Location]) -> Location:
    """One location for several cells of a sheet: the first few by name."""
    cells = list(dict.fromkeys(location.cells for location in locations if location.cells))[:_NAMED]
    return Location(
        sheet=grid.sheet, cells=(", ".join(cells) + (" …" if len(locations) > _NAMED else "")) or None
    )
