"""Elements of an OpenDocument file in, their attributes and counts out, by names without name spaces."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.package import xml_parts
from extractors.package.xml_parts import Element


def is_element(node: Element) -> bool:
    """Whether a node is an element: comments and entities that are not expanded have no name."""
    return isinstance(node.tag, str)


def elements(parent: Element, *names: str) -> Iterator[Element]:
    """The children of these names; all where none is named."""
    return xml_parts.children(parent, *names) if names else xml_parts.elements(parent)


def attribute(element: Element, name: str, space: str = "") -> str:
    """The value of an attribute, "" where there is none; `space` is the last word of its name space (`table`)."""
    for key, value in element.items():
        head, _, tail = str(key).rpartition("}")
        if tail == name and (not space or f":{space}:" in head):
            return str(value)
    return ""


def number(element: Element, name: str, most: int) -> int:
    """A count of an attribute, from 1 to `most`; 1 where there is none or it makes no sense."""
    text = attribute(element, name).strip()
    if not (text.isascii() and text.isdigit()):
        return 1
    return most if len(text) > len(str(most)) else min(max(int(text), 1), most)
