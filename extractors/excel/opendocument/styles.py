"""Styles of an OpenDocument file in, what of them changes what a person reads out: strikes, sheets not displayed, sizes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from extractors.excel.opendocument.xml_names import attribute, elements, is_element
from extractors.looks import Look
from extractors.package.cell_colours import cell_colour, colour_code
from extractors.package.xml_parts import Element, local

_DEPTH = 20
_SIDES = ("border-left", "border-right", "border-top", "border-bottom")
_TWO_SIDES = 2
_READ = {
    "text-properties": (
        "text-line-through-style",
        "text-line-through-type",
        "font-size",
        "color",
        "font-weight",
    ),
    "table-properties": ("display",),
    "paragraph-properties": ("text-align",),
    "table-cell-properties": (
        "vertical-align",
        "wrap-option",
        "background-color",
        "cell-protect",
        "border",
        *_SIDES,
    ),
    "table-column-properties": ("column-width",),
    "table-row-properties": ("row-height",),
    "graphic-properties": ("fill",),
}
_LENGTH = re.compile(r"(-?\d{1,9}(?:\.\d{1,9})?)(in|cm|mm|pt|pc|px)")
_BOLD = {"bold", "600", "700", "800", "900"}
_POINTS = {"in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4, "pt": 1.0, "pc": 12.0, "px": 0.75}

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class OdfStyles:
    """(family, name) of a style → its properties by name; → the name of its parent."""

    properties: dict[Key, dict[str, str]] = field(default_factory=dict)
    parents: dict[Key, str] = field(default_factory=dict)

    def value(self, family: str, name: str, wanted: str) -> str | None:
        """A property of a style, of its parents where it does not say; None where none of them does."""
        for _ in range(_DEPTH):
            property_value = self.properties.get((family, name), {}).get(wanted)
            if property_value is not None:
                return property_value
            if (family, name) not in self.parents:
                return None
            name = self.parents[family, name]
        return None

    def ground(self, name: str) -> str | None:
        """The code of the coloured ground of a cell style, None for white and none."""
        return _code(self.value("table-cell", name, "background-color"))

    def colour(self, name: str) -> str | None:
        """The colour of a cell style, as in Cell."""
        return cell_colour(self.ground(name), _code(self.value("table-cell", name, "color")))

    def look(self, name: str) -> Look:
        """The look of a cell style on a sheet without protection."""
        all_sides = self.value("table-cell", name, "border") or "none"
        sides = [self.value("table-cell", name, side) or all_sides for side in _SIDES]
        return Look(
            writable=True if "protected" not in (self._protection(name) or "protected") else None,
            bold=(self.value("table-cell", name, "font-weight") or "") in _BOLD,
            fill=self.ground(name),
            bordered=sum(side != "none" for side in sides) >= _TWO_SIDES,
        )

    def _protection(self, name: str) -> str | None:
        return self.value("table-cell", name, "cell-protect")

    def struck(self, family: str, name: str) -> bool | None:
        """Whether a style strikes its text through; None where it does not say."""
        lines = [self.value(family, name, wanted) for wanted in _READ["text-properties"][:2]]
        line_styles = [line for line in lines if line is not None]
        return "none" not in line_styles if line_styles else None


def read_styles(sections: Iterable[Element]) -> OdfStyles:
    """The styles of the sections `office:styles` and `office:automatic-styles`."""
    properties: dict[Key, dict[str, str]] = {}
    parents: dict[Key, str] = {}
    for style in (style for section in sections for style in elements(section, "style")):
        key = attribute(style, "family"), attribute(style, "name")
        parent = attribute(style, "parent-style-name")
        if parent:
            parents[key] = parent
        own_properties = {
            name: value
            for part in filter(is_element, style)
            for name in _READ.get(local(part), ())
            if (value := attribute(part, name))
        }
        if own_properties:
            properties[key] = own_properties
    return OdfStyles(properties, parents)


def _code(text: str | None) -> str | None:
    return colour_code("rgb", (text or "").strip().removeprefix("#"))


def points(text: str | None) -> float | None:
    """A length such as `1.2cm` in points; None where it is none."""
    match = _LENGTH.fullmatch((text or "").strip())
    return float(match.group(1)) * _POINTS[match.group(2)] if match else None
