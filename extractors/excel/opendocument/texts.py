"""A cell of an OpenDocument table in, its text as shown and the text struck through out.

The file holds the text as shown beside the value. White space of the file itself is one blank (ODF 1.3 part 3,
6.1.2); blanks, tabs and line breaks that are meant are elements.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from extractors.excel.number_format.render import render_value
from extractors.excel.opendocument.styles import OdfStyles
from extractors.excel.opendocument.xml_names import attribute, elements, is_element, number
from extractors.package.xml_parts import Element, local

_WHITE = re.compile(r"[ \t\r\n]+")
_BLANKS = 1_000
# Elements inside a paragraph that are no text of the cell; the reading over a word is one of them.
_OTHER = {"annotation", "annotation-end", "note", "frame", "ruby-text", "custom-shape", "control"}
_SIGNS = {"tab": "\t", "line-break": "\n"}

Part = tuple[str, bool]


def cell_texts(cell: Element, struck: bool, styles: OdfStyles) -> tuple[str, str]:
    """The text of a cell that holds and what of it is struck through; `struck` is whether its cell style strikes."""
    holding, gone = [], []
    paragraphs = list(elements(cell, "p", "h"))
    for paragraph in paragraphs:
        parts = paragraph_parts(paragraph, struck, styles)
        kept, lost = ("".join(text for text, flag in parts if flag is side) for side in (False, True))
        if kept.strip() or not lost:
            holding.append(kept)
        if lost:
            gone.append(lost)
    if not paragraphs:
        value = _value_text(cell)
        return ("", value) if struck else (value, "")
    return "\n".join(holding), "\n".join(gone)


def plain_text(element: Element, styles: OdfStyles) -> str:
    """The text of an element's paragraphs, whatever its style: of a comment."""
    lines = (paragraph_parts(p, False, styles) for p in elements(element, "p", "h"))
    return "\n".join("".join(text for text, _ in line) for line in lines).strip()


def paragraph_parts(paragraph: Element, struck: bool, styles: OdfStyles) -> list[Part]:
    """The text of a paragraph in parts, each with whether it is struck through."""
    own = styles.struck("paragraph", attribute(paragraph, "style-name"))
    parts = list(_parts(paragraph, struck if own is None else own, styles))
    if paragraph.text:  # white space that the paragraph begins with is none
        parts[0] = parts[0][0].lstrip(" "), parts[0][1]
    return parts


def _parts(node: Element, struck: bool, styles: OdfStyles) -> Iterator[Part]:
    if node.text:
        yield _WHITE.sub(" ", node.text), struck
    for child in node:
        name = local(child) if is_element(child) else ""
        if name == "s":
            yield " " * number(child, "c", _BLANKS), struck
        elif name in _SIGNS:
            yield _SIGNS[name], struck
        elif name and name not in _OTHER:
            own = styles.struck("text", attribute(child, "style-name")) if name == "span" else None
            yield from _parts(child, struck if own is None else own, styles)
        if child.tail:
            yield _WHITE.sub(" ", child.tail), struck


def _value_text(cell: Element) -> str:
    """The value of a cell of which the file holds no text, as a sheet shows it where nobody chose a format."""
    kind = attribute(cell, "value-type", "office")
    if kind == "string":
        return attribute(cell, "string-value")
    if kind == "boolean":
        return attribute(cell, "boolean-value").upper()
    if kind == "date":
        return _date_text(attribute(cell, "date-value"))
    if kind == "time":
        return attribute(cell, "time-value")
    text = attribute(cell, "value", "office")
    try:
        figure = float(text)
    except ValueError:
        return text
    return (
        render_value(figure * 100, "General") + "%"
        if kind == "percentage"
        else render_value(figure, "General")
    )


def _date_text(text: str) -> str:
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        return text
    return render_value(moment, "yyyy/m/d h:mm" if moment.time() != dt.time() else "yyyy/m/d")
