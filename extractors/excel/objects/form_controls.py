"""A sheet's part of a package in, its form controls out: what each is, whether it is ticked, its caption and place.

Excel writes every control up to three times: the sheet's `<controls>` with the anchor, a ctrlProp or ActiveX part
with the state, and a VML shape with the caption, the state and the anchor again. Files of Excel 2007 have VML only.
Where the state is told twice and differently, it is not known.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from lxml import etree

from extractors.excel.objects.anchors import EMU, PIXEL, Anchor, Corner, corner
from extractors.package.activex import read_activex
from extractors.package.xml_parts import (
    Element,
    Relation,
    child,
    children,
    local,
    parse_part,
    relation_id,
    relations_of,
    text_at,
)
from normalizers.text import is_japanese
from normalizers.vocabulary import load

# Rows of cells, in transitional and strict files; anchors hold elements of the same name.
_ROWS = (
    "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}row",
    "{http://purl.oclc.org/ooxml/spreadsheetml/main}row",
)
_STATES = {"": False, "0": False, "unchecked": False, "1": True, "checked": True}


@dataclass(frozen=True, slots=True)
class FormControl:
    """A control of a sheet. `kind` is check, radio, list, shown (a list that shows its caption), group (a box round
    options), silent or other.

    `state` is None where it is mixed or not known; `link` is the formula of the cell that holds the state; `first`
    tells the first option button of a group, `group` is the group's name (ActiveX). Of a list `chosen` is the number
    of the entry from 1 (0 none, None not known), `entries` the formula of the range that they stand in.
    """

    kind: str
    state: bool | None
    caption: str = ""
    anchor: Anchor | None = None
    link: str = ""
    first: bool = False
    group: str = ""
    chosen: int | None = None
    entries: str = ""


def controls_of_sheet(package: zipfile.ZipFile, part: str) -> tuple[FormControl, ...]:
    """The controls of the sheet in `part`, each once, in the file's order; no notes."""
    relations = relations_of(package, part)
    by_number: dict[str, FormControl] = {}
    for relation in relations:
        if relation.kind == "vmlDrawing":
            by_number |= _vml_controls(package, relation.part)
    parts = {r.key: r for r in relations if r.kind in {"ctrlProp", "control"}}
    sheet_controls = dict(_sheet_controls(package, part, parts)) if parts else {}
    for key, control in sheet_controls.items():
        by_number[key] = _joined(control, by_number[key]) if key in by_number else control
    if parts and not sheet_controls:
        by_number = _compared(package, by_number, parts)
    return tuple(replace(c, caption=own_caption(c.caption)) for c in by_number.values())


def _joined(control: FormControl, twin: FormControl) -> FormControl:
    """A control of the sheet with what its VML twin adds; ActiveX keeps no state in VML."""
    kind = control.kind if control.kind != "other" else twin.kind
    told_twice = twin.kind in {"check", "radio"} and twin.state != control.state
    return FormControl(
        kind,
        None if told_twice else control.state,
        control.caption or twin.caption,
        control.anchor or twin.anchor,
        control.link or twin.link,
        control.first or twin.first,
        control.group,
        _agreed_choice(control.chosen, twin.chosen),
        control.entries or twin.entries,
    )


def _agreed_choice(chosen: int | None, twin: int | None) -> int | None:
    """The entry of a list that both say is chosen, or one where the other says nothing; None where they differ."""
    if chosen is None:
        return twin
    return chosen if twin in {None, chosen} else None


def _compared(
    package: zipfile.ZipFile, by_number: dict[str, FormControl], parts: dict[str, Relation]
) -> dict[str, FormControl]:
    """VML controls of a sheet that does not say which part belongs to which: as many must be ticked in both."""
    roots = (parse_part(package, relation.part) for relation in parts.values() if relation.kind == "ctrlProp")
    states = [_STATES.get(root.get("checked", "").lower()) for root in roots if root is not None]
    if sum(map(bool, states)) == sum(bool(control.state) for control in by_number.values()):
        return by_number
    return {key: replace(control, state=None) for key, control in by_number.items()}


@cache
def _kinds() -> dict[str, str]:
    kinds: dict[str, list[str]] = load("extractors.package", "controls.toml")["kinds"]
    return {name: kind for kind, names in kinds.items() for name in names}


@cache
def _default_caption() -> re.Pattern[str]:
    return re.compile(load("extractors.package", "controls.toml")["captions"]["default"], re.IGNORECASE)


def own_caption(caption: str) -> str:
    """The caption that somebody wrote; "" for the one that Excel gives to every new control."""
    return "" if _default_caption().fullmatch(caption.strip()) else caption.strip()


def _vml_controls(package: zipfile.ZipFile, part: str) -> dict[str, FormControl]:
    """Number of each VML shape that is a control → the control."""
    root = parse_part(package, part, lenient=True)
    if root is None:
        return {}
    by_number = {}
    for shape in root.iter("{*}shape"):
        data = child(shape, "ClientData")
        name = "" if data is None else str(data.get("ObjectType", "")).lower()
        if data is None or name in {"note", "pict"}:
            continue
        by_number[_number(shape.get("id", ""))] = FormControl(
            _kind(name, text_at(data, "FmlaLink")),
            _STATES.get(text_at(data, "Checked").lower()),
            _caption(child(shape, "textbox")),
            _vml_anchor(text_at(data, "Anchor")),
            text_at(data, "FmlaLink"),
            child(data, "FirstButton") is not None,
            chosen=_chosen(text_at(data, "Sel"), text_at(data, "SelType")),
            entries=text_at(data, "FmlaRange"),
        )
    return by_number


def _number(name: str) -> str:
    """`_x0000_s1026` → 1026, the number by which the sheet names the shape."""
    match = re.search(r"(?<!\d)(\d+)$", name)
    return match.group(1) if match else name


def _vml_anchor(text: str) -> Anchor | None:
    """`left column, pixels, top row, pixels, right column, pixels, bottom row, pixels`."""
    numbers = [number.strip() for number in text.split(",")]
    if len(numbers) != 8:
        return None
    start, end = corner(numbers[:4], PIXEL), corner(numbers[4:], PIXEL)
    return Anchor(start, end) if start and end else None


def _caption(box: Element | None) -> str:
    """The text of a VML text box: `<br>` parts lines, line ends of the file itself do not."""
    if box is None:
        return ""
    words: list[str] = []
    for node in box.iter():
        if not isinstance(node.tag, str):
            continue
        if local(node) == "br":
            words.append("\n")
        words += [node.text or ""] if node is not box else []
        words += [node.tail or ""] if node is not box else []
    lines = "".join(_unwrapped(word) if word != "\n" else word for word in words).split("\n")
    return "\n".join(line.strip() for line in lines).strip()


def _unwrapped(text: str) -> str:
    def joint(match: re.Match[str]) -> str:
        near = text[: match.start()][-1:] + text[match.end() :][:1]
        return "" if not near.strip() or any(map(is_japanese, near)) else " "

    return re.sub(r"(?<!\s)\s*[\r\n]\s*", joint, text)


def _sheet_controls(
    package: zipfile.ZipFile, part: str, parts: dict[str, Relation]
) -> Iterator[tuple[str, FormControl]]:
    """Every (shape number, control) of a sheet's `<controls>`; an alternative of one already seen is passed over."""
    shape_ids: set[str] = set()
    with package.open(part) as stream:
        rows = etree.iterparse(
            stream, tag=(*_ROWS, "{*}control"), resolve_entities=False, no_network=True, huge_tree=False
        )
        try:
            for _, element in rows:
                if local(element) == "row":
                    element.clear()
                    while element.getprevious() is not None:  # a sheet can have a million rows
                        del element.getparent()[0]
                elif element.get("shapeId", "") not in shape_ids:
                    shape_ids.add(element.get("shapeId", ""))
                    yield element.get("shapeId", ""), _sheet_control(package, element, parts)
        except etree.XMLSyntaxError:
            return  # the reader of the cells refuses such a sheet


def _sheet_control(package: zipfile.ZipFile, element: Element, parts: dict[str, Relation]) -> FormControl:
    properties = child(element, "controlPr")
    anchor = _sheet_anchor(child(properties, "anchor"))
    relation = parts.get(relation_id(element))
    if relation is None:
        return FormControl("other", None, anchor=anchor)
    if relation.kind == "control":
        active = read_activex(package, relation.part)
        link = properties.get("linkedCell", "") if properties is not None else ""
        return FormControl(active.kind, active.state, active.caption, anchor, link, group=active.group)
    root = parse_part(package, relation.part)
    if root is None:
        return FormControl("other", None, anchor=anchor)
    return FormControl(
        _kind(root.get("objectType", "").lower(), root.get("fmlaLink", "")),
        _STATES.get(root.get("checked", "").lower()),
        "",
        anchor,
        root.get("fmlaLink", ""),
        root.get("firstButton", "") in {"1", "true"},
        chosen=_chosen(root.get("sel", ""), root.get("selType", "")),
        entries=root.get("fmlaRange", ""),
    )


def _kind(name: str, link: str) -> str:
    """The kind of a control; one whose figure geometries in a linked cell shows nothing itself."""
    kind = _kinds().get(name, "other")
    return ("silent" if link else "other") if kind == "figure" else kind


def _chosen(text: str, choice: str) -> int | None:
    """The number of the chosen entry; None where several can be chosen. A list that names none has none chosen."""
    if choice.lower() not in {"", "single"} or len(text) > len("32767"):
        return None
    return int(text or 0) if text.isdecimal() or not text else None


def _sheet_anchor(element: Element | None) -> Anchor | None:
    if element is None:
        return None
    start, end = (drawn_corner(next(children(element, name), None)) for name in ("from", "to"))
    return Anchor(start, end) if start and end else None


def drawn_corner(element: Element | None) -> Corner | None:
    """The corner that `<from>` or `<to>` names in EMU."""
    if element is None:
        return None
    return corner((text_at(element, name) for name in ("col", "colOff", "row", "rowOff")), 1 / EMU)
