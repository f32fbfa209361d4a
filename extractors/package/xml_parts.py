"""Zip package of a workbook or Word file in, its XML parts and the relations between them out.

Parts come from strangers: entities are never expanded, nothing is fetched, and a part that is broken or larger
than this program is willing to hold in memory gives None instead of a tree.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from extractors.errors import Damaged

_OPEN_BREAK = re.compile(rb"<br\s*>", re.IGNORECASE)
MAX_PART = 48 << 20  # bytes of one part as a tree; some 100,000 drawn shapes

Element = Any  # lxml's elements carry no types


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation of a part: its id, the last word of its type (`drawing`, `vmlDrawing`), the part it leads to."""

    key: str
    kind: str
    part: str


def parse_part(package: zipfile.ZipFile, name: str, lenient: bool = False) -> Element | None:
    """Root element of the part `name`; None where it is missing, too large or no XML.

    `lenient` closes the line breaks that Excel leaves open in VML, and goes on behind other errors.
    """
    try:
        if package.getinfo(name).file_size > MAX_PART:
            return None
        data = package.read(name)
    except KeyError:
        return None
    return parse_xml(_OPEN_BREAK.sub(b"<br/>", data) if lenient else data, lenient)


def parse_xml(data: bytes, lenient: bool = False) -> Element | None:
    """Root element of `data`; None where it is no XML.

    Raises Damaged where it declares entities: what they stand for, here or in another place, would be lost without a word.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=lenient
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    declared = root.getroottree().docinfo.internalDTD if root is not None else None
    if declared is not None and any(True for _ in declared.iterentities()):
        raise Damaged(detail="entities are declared in its XML")
    return root


def relations_of(package: zipfile.ZipFile, part: str) -> list[Relation]:
    """The relations of `part` inside the package; none where they make no sense."""
    folder, name = posixpath.split(part)
    root = parse_part(package, posixpath.join(folder, "_rels", f"{name}.rels"))
    if root is None:
        return []
    relations = []
    for entry in elements(root):
        if entry.get("TargetMode") == "External":
            continue
        target = posixpath.normpath(
            posixpath.join(f"/{folder}", entry.get("Target", "").replace("\\", "/"))
        ).lstrip("/")
        relations.append(Relation(entry.get("Id", ""), entry.get("Type", "").rsplit("/", 1)[-1], target))
    return relations


def main_part(package: zipfile.ZipFile, usual: str) -> str:
    """The part that the package says is its document (`word/document2.xml` of Word on the web), else the `usual` one.

    Names of parts are the same in any case (ECMA-376 part 2, 6.2.2.3), and some programs mix them.
    """
    names = {name.lower(): name for name in package.namelist()}
    main = next((r.part for r in relations_of(package, "") if r.kind == "officeDocument"), usual)
    return names.get(main.lower(), usual)


def elements(parent: Element) -> Iterator[Element]:
    """The child elements, without comments and processing instructions."""
    return (child for child in parent if isinstance(child.tag, str))


def local(element: Element) -> str:
    """The element's name without its namespace; strict and transitional files name different ones."""
    return str(element.tag).rsplit("}", 1)[-1]


def children(parent: Element, *names: str) -> Iterator[Element]:
    """Child elements by local names."""
    return (child for child in elements(parent) if local(child) in names)


def child(parent: Element | None, *path: str) -> Element | None:
    """The first descendant along a path of local names, None where the path ends."""
    for name in path:
        if parent is None:
            return None
        parent = next(children(parent, name), None)
    return parent


def text_at(parent: Element | None, *path: str) -> str:
    """Text of the first descendant along a path, "" where there is none."""
    element = child(parent, *path)
    return (element.text or "").strip() if element is not None else ""


def attribute(element: Element | None, name: str) -> str:
    """An attribute by its local name, "" where there is none."""
    if element is None:
        return ""
    return next((str(value) for key, value in element.items() if key.rsplit("}", 1)[-1] == name), "")


def relation_id(element: Element) -> str:
    """The id of the relation that an element names (`r:id`), "" where it names none."""
    return next((str(value) for name, value in element.items() if name.endswith("}id")), "")
