"""A sheet's part of a package in, its drawn shapes out: rings, marks, texts and pictures with their anchors.

Shapes inside groups are placed by the group's own coordinates (ECMA-376 part 1, 20.5.2.17 and 20.1.7.5). Of
alternative contents one is taken. The drawn twins of form controls are left out: form_controls.py reads them.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from extractors.excel.objects.anchors import EMU, Anchor, Corner, corner
from extractors.excel.objects.form_controls import drawn_corner
from extractors.location import Box
from extractors.package.xml_parts import Element, child, children, elements, local, parse_part, relations_of
from normalizers.vocabulary import load

MOST = 20_000  # shapes of a sheet; more are a picture made of shapes, and no form
_DEPTH = 20
_ANCHORS = {"twoCellAnchor", "oneCellAnchor", "absoluteAnchor"}
_SHAPE = re.compile(rb"<(?:\w+:)?(?:sp|cxnSp|pic)[ >/]")


@dataclass(frozen=True, slots=True)
class DrawnShape:
    """A drawn shape. `kind` is ring, frame, mark, text, note, picture or other; `text` what is written in it.

    The text of a mark is the character that it draws.
    """

    kind: str
    text: str
    anchor: Anchor


@dataclass(frozen=True, slots=True)
class Shapes:
    """The shapes of a sheet, and how many more could not be read."""

    shapes: tuple[DrawnShape, ...] = ()
    lost: int = 0


def shapes_of_sheet(package: zipfile.ZipFile, part: str) -> Shapes:
    """The shapes of the sheet in `part`, in drawing order."""
    shapes: list[DrawnShape] = []
    lost = 0
    for relation in relations_of(package, part):
        if relation.kind != "drawing":
            continue
        root = parse_part(package, relation.part)
        if root is None:
            lost += max(count_shapes(package, relation.part), relation.part in package.namelist())
            continue
        for anchor in _anchors(root):
            for shape in _anchored(anchor):
                if shape is None or len(shapes) >= MOST:
                    lost += 1
                else:
                    shapes.append(shape)
    return Shapes(tuple(shapes), lost)


def count_shapes(package: zipfile.ZipFile, part: str) -> int:
    """How many shapes a part holds that nobody can read as a whole."""
    if part not in package.namelist():
        return 0
    count, rest = 0, b""
    with package.open(part) as stream:
        while block := stream.read(1 << 20):
            count += len(_SHAPE.findall(rest + block))
            rest = block[-16:] if not _SHAPE.search(block[-16:]) else b""
    return count


def _anchors(root: Element) -> Iterator[Element]:
    """The anchors of a drawing; of alternative contents those of the first that holds any."""
    for entry in elements(root):
        if local(entry) in _ANCHORS:
            yield entry
        elif local(entry) == "AlternateContent":
            yield from next(
                (anchors for branch in elements(entry) if (anchors := list(_anchors(branch)))), []
            )


def _anchored(element: Element) -> Iterator[DrawnShape | None]:
    """The shapes under one anchor, groups taken apart; None for each that has no place."""
    anchor = _anchor(element)
    for content in _contents(element):
        if not _is_control(content):
            yield from _shapes(content, anchor, (0.0, 0.0, 1.0, 1.0), 0)


def _contents(element: Element) -> Iterator[Element]:
    """The shapes, groups and pictures directly under an element; alternatives within as above."""
    for entry in elements(element):
        if local(entry) == "AlternateContent":
            yield from next(
                (contents for branch in elements(entry) if (contents := list(_contents(branch)))), []
            )
        elif local(entry) in {"sp", "cxnSp", "pic", "grpSp", "graphicFrame", "contentPart"}:
            yield entry


def _anchor(element: Element) -> Anchor | None:
    start = drawn_corner(child(element, "from"))
    if local(element) == "twoCellAnchor":
        end = drawn_corner(child(element, "to"))
        return Anchor(start, end) if start and end else None
    size = _pair(child(element, "ext"), "cx", "cy")
    if local(element) == "absoluteAnchor":
        offset = _pair(child(element, "pos"), "x", "y")
        start = Corner(0, offset[0], 0, offset[1]) if offset else None
    return Anchor(start, None, size) if start and size else None


def _pair(element: Element | None, first: str, second: str) -> tuple[float, float] | None:
    """Two lengths of an element in points."""
    if element is None:
        return None
    lengths = corner(("0", element.get(first, ""), "0", element.get(second, "")), 1 / EMU)
    return (lengths.across, lengths.down) if lengths else None


def _is_control(element: Element) -> bool:
    """Whether a shape is the drawn twin of a form control."""
    properties = child(element, "nvSpPr", "cNvPr")
    return properties is not None and next(properties.iter("{*}compatExt"), None) is not None


def _shapes(element: Element, anchor: Anchor | None, part: Box, depth: int) -> Iterator[DrawnShape | None]:
    """The shape of an element, or those of a group; `part` is the element's share of the anchor's box."""
    if local(element) != "grpSp":
        if anchor is None:
            yield None
        else:
            yield _shape(element, Anchor(anchor.start, anchor.end, anchor.size, part))
        return
    frame = child(element, "grpSpPr", "xfrm")
    inner = _box_of(frame, "chOff", "chExt")
    for entry in _contents(element):
        if depth >= _DEPTH:
            yield None
            continue
        transform = child(entry, "grpSpPr" if local(entry) == "grpSp" else "spPr", "xfrm")
        share = _share(inner, _box_of(transform, "off", "ext"), part)
        yield from _shapes(entry, anchor if share else None, share or part, depth + 1)


def _box_of(frame: Element | None, offset: str, extent: str) -> Box | None:
    """The box that `<a:off>` and `<a:ext>` of a transform name, in their own units."""
    start, size = _pair(child(frame, offset), "x", "y"), _pair(child(frame, extent), "cx", "cy")
    return (*start, start[0] + size[0], start[1] + size[1]) if start and size else None


def _share(outer: Box | None, inner: Box | None, part: Box) -> Box | None:
    """`inner`, which lies in the coordinates of `outer`, as a share of the anchor's box of which `outer` is `part`."""
    if outer is None or inner is None or outer[2] <= outer[0] or outer[3] <= outer[1]:
        return None
    across, down = (part[2] - part[0]) / (outer[2] - outer[0]), (part[3] - part[1]) / (outer[3] - outer[1])
    return (
        part[0] + (inner[0] - outer[0]) * across,
        part[1] + (inner[1] - outer[1]) * down,
        part[0] + (inner[2] - outer[0]) * across,
        part[1] + (inner[3] - outer[1]) * down,
    )


@cache
def _presets() -> dict[str, Any]:
    return load("extractors.excel.objects", "shapes.toml")


def _shape(element: Element, anchor: Anchor) -> DrawnShape:
    """What a shape is: by its text, else by its preset geometry."""
    if local(element) == "pic":
        return DrawnShape("picture", "", anchor)
    properties = child(element, "spPr")
    geometry = child(properties, "prstGeom")
    preset = str(geometry.get("prst", "")) if geometry is not None else ""
    text = _text(child(element, "txBody"))
    if text:
        return DrawnShape("note" if preset in _presets()["note"] else "text", text, anchor)
    if preset in _presets()["marks"]:
        return DrawnShape("mark", str(_presets()["marks"][preset]), anchor)
    if preset in _presets()["ring"]:
        return DrawnShape("ring", "", anchor)
    if preset in _presets()["frame"] and child(properties, "noFill") is not None:
        return DrawnShape("frame", "", anchor)
    return DrawnShape("other", "", anchor)


def _text(body: Element | None) -> str:
    """The text of a shape: its paragraphs as lines."""
    if body is None:
        return ""
    lines = []
    for paragraph in children(body, "p"):
        words = []
        for run in children(paragraph, "r", "fld", "br"):
            part = child(run, "t")
            words.append("\n" if local(run) == "br" else (part.text or "") if part is not None else "")
        lines.append("".join(words))
    return "\n".join(lines).strip()
