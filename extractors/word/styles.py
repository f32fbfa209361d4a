"""The styles part of a Word file in, what a style says of text and numbers out, with what it inherits from its base styles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from extractors.package.xml_parts import Element, attribute, child, children

OFF = {"0", "false", "off", "none"}
_SIDES = ("top", "left", "start", "bottom", "right", "end", "insideH", "insideV")
_TWO_SIDES = 2
_DEEPEST = 20  # styles based on one another


@dataclass(frozen=True, slots=True)
class WordStyle:
    """What one style says; None where it says nothing. `number` is (list, level) of its automatic numbers.

    `table` is the element of a style of tables: what it says of lines and of the first row is looked up where it is used.
    """

    based_on: str = ""
    struck: bool | None = None
    hidden: bool | None = None
    number: tuple[str, int] | None = None
    bold: bool | None = None
    table: Element | None = None


@dataclass(frozen=True, slots=True)
class WordStyles:
    """All styles by their ids."""

    by_id: Mapping[str, WordStyle] = field(default_factory=dict)

    def struck(self, name: str) -> bool | None:
        """Whether a style strikes its text through; None where neither it nor those it is based on say so."""
        return next((style.struck for style in self._line(name) if style.struck is not None), None)

    def hidden(self, name: str) -> bool | None:
        """Whether a style hides its text."""
        return next((style.hidden for style in self._line(name) if style.hidden is not None), None)

    def number(self, name: str) -> tuple[str, int] | None:
        """List and level of a style's automatic numbers."""
        return next((style.number for style in self._line(name) if style.number is not None), None)

    def bold(self, name: str) -> bool | None:
        """Whether a style makes its text bold."""
        return next((style.bold for style in self._line(name) if style.bold is not None), None)

    def lines(self, name: str) -> bool:
        """Whether a style of tables draws lines."""
        borders = (draws_lines(child(style.table, "tblPr", "tblBorders")) for style in self._line(name))
        return next((lines for lines in borders if lines is not None), False)

    def head(self, name: str) -> tuple[bool, str]:
        """Whether a style of tables makes the first row bold, and the colour of that row's ground, "" for none."""
        heads = [_head(style.table) for style in self._line(name) if style.table is not None]
        weights = (switch(child(head, "rPr"), "b") for head in heads)
        fills = (value(child(head, "tcPr", "shd"), "fill") for head in heads)
        return next((bold for bold in weights if bold is not None), False), next(filter(None, fills), "")

    def _line(self, name: str) -> Iterator[WordStyle]:
        for _ in range(_DEEPEST):
            style = self.by_id.get(name)
            if style is None:
                return
            yield style
            name = style.based_on


def read_styles(root: Element | None) -> WordStyles:
    """The styles of the part; none where there is no part."""
    styles: dict[str, WordStyle] = {}
    for entry in children(root, "style") if root is not None else ():
        text, paragraph = child(entry, "rPr"), child(entry, "pPr")
        styles[value(entry, "styleId")] = WordStyle(
            value(child(entry, "basedOn")),
            is_struck(text),
            switch(text, "vanish"),
            number_of(paragraph),
            switch(text, "b"),
            entry if value(entry, "type") == "table" else None,
        )
    return WordStyles(styles)


def _head(style: Element) -> Element | None:
    """What a style of tables says of the first row."""
    return next((part for part in children(style, "tblStylePr") if value(part, "type") == "firstRow"), None)


def value(element: Element | None, name: str = "val") -> str:
    """The value that an element holds in its attribute `w:val` or another one, "" where there is none."""
    return attribute(element, name)


def switch(properties: Element | None, name: str) -> bool | None:
    """Whether a property that is on or off is on; None where it is not there."""
    element = child(properties, name)
    return None if element is None else value(element).lower() not in OFF


def draws_lines(borders: Element | None) -> bool | None:
    """Whether borders are lines on two sides or more; None where they are not there."""
    if borders is None:
        return None
    lines = [side for side in children(borders, *_SIDES) if value(side) not in {"", "nil", "none"}]
    return len(lines) >= _TWO_SIDES


def is_struck(properties: Element | None) -> bool | None:
    """Whether properties of text strike it through, with one line or two."""
    states = [state for name in ("strike", "dstrike") if (state := switch(properties, name)) is not None]
    return any(states) if states else None


def number_of(properties: Element | None) -> tuple[str, int] | None:
    """List and level of a paragraph's automatic number; list "0" takes that of the style away."""
    entry = child(properties, "numPr")
    list_id = value(child(entry, "numId"))
    level = value(child(entry, "ilvl")) or "0"
    return (list_id, min(int(level), 8) if level.isdecimal() and len(level) < 3 else 0) if list_id else None
