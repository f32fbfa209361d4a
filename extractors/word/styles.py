"""The styles part of a Word file in, what a style says of text and numbers out, with what it inherits from its base styles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from extractors.package.xml_parts import Element, attribute, child, children

OFF = {"0", "false", "off", "none"}
_DEEPEST = 20  # styles based on one another


@dataclass(frozen=True, slots=True)
class WordStyle:
    """What one style says; None where it says nothing. `number` is (list, level) of its automatic numbers."""

    based_on: str = ""
    struck: bool | None = None
    hidden: bool | None = None
    number: tuple[str, int] | None = None


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
            value(child(entry, "basedOn")), is_struck(text), switch(text, "vanish"), number_of(paragraph)
        )
    return WordStyles(styles)


def value(element: Element | None, name: str = "val") -> str:
    """The value that an element holds in its attribute `w:val` or another one, "" where there is none."""
    return attribute(element, name)


def switch(properties: Element | None, name: str) -> bool | None:
    """Whether a property that is on or off is on; None where it is not there."""
    element = child(properties, name)
    return None if element is None else value(element).lower() not in OFF


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
