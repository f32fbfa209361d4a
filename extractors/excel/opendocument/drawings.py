"""A table of an OpenDocument file in, what is drawn on it out: shapes and check boxes with the cells they are anchored to.

Places are lengths from the cell that holds a shape, or from the sheet's corner for shapes of the whole sheet.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from extractors.excel.objects.anchors import Anchor, Corner
from extractors.excel.objects.apply import SheetDrawings
from extractors.excel.objects.form_controls import FormControl
from extractors.excel.objects.shapes import MOST, DrawnShape, Shapes
from extractors.excel.opendocument.styles import OdfStyles, points
from extractors.excel.opendocument.table import OdfTable, row_cells
from extractors.excel.opendocument.texts import plain_text
from extractors.excel.opendocument.xml_names import attribute, elements
from extractors.package.xml_parts import Element, local
from normalizers.vocabulary import load

_DRAWN = (
    *("frame", "custom-shape", "ellipse", "circle", "rect", "line", "path", "polygon", "polyline", "measure"),
    *("regular-polygon", "caption", "connector", "g", "control"),
)
_STATES = {"checked": True, "unchecked": False, "true": True, "false": False, "": False}


def drawn_on_table(element: Element, table: OdfTable, styles: OdfStyles) -> SheetDrawings:
    """The controls and shapes of the table `element`, which `table` is read from; comments stand in the cells."""
    forms = _forms(element)
    controls: list[FormControl] = []
    shapes: list[DrawnShape] = []
    lost = 0
    for node, corner in _nodes(element, table):
        if local(node) == "control":
            controls.append(_control(node, corner, forms))
        elif len(shapes) < MOST:
            shapes.append(_shape(node, corner, styles))
        else:
            lost += 1
    return SheetDrawings(tuple(controls), Shapes(tuple(shapes), lost))


def _nodes(element: Element, table: OdfTable) -> Iterator[tuple[Element, Corner]]:
    """Everything that is drawn, groups taken apart, with the corner it is measured from."""
    for sheet_shapes in elements(element, "shapes"):
        yield from _leaves(sheet_shapes, Corner(0, 0.0, 0, 0.0))
    for run, _ in table.rows:
        for col, _, cell in row_cells(run):
            yield from _leaves(cell, Corner(col, 0.0, run.first, 0.0))


def _leaves(parent: Element, corner: Corner) -> Iterator[tuple[Element, Corner]]:
    for node in elements(parent, *_DRAWN):
        if local(node) == "g":
            yield from _leaves(node, corner)
        else:
            yield node, corner


def _anchor(node: Element, corner: Corner) -> Anchor | None:
    x, y, width, height = (
        points(attribute(node, name, "svg-compatible")) for name in ("x", "y", "width", "height")
    )
    if x is None or y is None or width is None or height is None:
        return None
    return Anchor(replace(corner, across=x, down=y), None, (width, height))


def _forms(element: Element) -> dict[str, Element]:
    """Id of every control's form element → the element."""
    nodes = (node for form in elements(element, "forms") for node in form.iter("{*}*"))
    return {attribute(node, "id"): node for node in nodes if attribute(node, "id")}


def _control(node: Element, corner: Corner, forms: Mapping[str, Element]) -> FormControl:
    anchor = _anchor(node, corner)
    form = forms.get(attribute(node, "control"))
    kind = "other" if form is None else str(_names()["controls"].get(local(form), "other"))
    if form is None or kind not in {"check", "radio"}:
        return FormControl(kind, None, anchor=anchor)
    names = ("current-state", "state") if kind == "check" else ("current-selected", "selected")
    state = next((value for name in names if (value := attribute(form, name))), "")
    return FormControl(
        kind,
        _STATES.get(state),
        attribute(form, "label").strip(),
        anchor,
        "!".join(attribute(form, "linked-cell").lstrip("$").rsplit(".", 1)),
        group=attribute(form, "group-name"),
    )


@cache
def _names() -> dict[str, Any]:
    return load("extractors.excel.opendocument", "drawings.toml")


def _shape(node: Element, corner: Corner, styles: OdfStyles) -> DrawnShape:
    """What a shape is: by its text, else by its geometry; one without a size lies at its corner as something else."""
    anchor = _anchor(node, corner)
    if anchor is None:
        return DrawnShape("other", "", Anchor(corner, None, (1.0, 1.0)))
    if next(elements(node, "image", "object"), None) is not None:
        return DrawnShape("picture", "", anchor)
    geometry = next(elements(node, "enhanced-geometry"), None)
    name = local(node) if geometry is None else attribute(geometry, "type").removeprefix("ooxml-")
    boxes = list(elements(node, "text-box")) or [node]
    text = "\n".join(filter(None, (plain_text(box, styles) for box in boxes)))
    names = _names()
    if text:
        return DrawnShape("note" if name in names["note"] else "text", text, anchor)
    if name in names["marks"]:
        return DrawnShape("mark", str(names["marks"][name]), anchor)
    if name in names["ring"]:
        return DrawnShape("ring", "", anchor)
    unfilled = styles.value("graphic", attribute(node, "style-name"), "fill") == "none"
    return DrawnShape("frame" if name in names["frame"] and unfilled else "other", "", anchor)
