"""Web page in, one Grid out: its tables one under the other, lines of text between them as rows of their own.

Portals export their answers as a web page with the name of a workbook; a spreadsheet program opens it. Nothing is
fetched and no script is run. A table within another one is a table by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import replace
from functools import partial
from io import BytesIO

from lxml import etree

from extractors.errors import Damaged
from extractors.grid import Cell, Document, Grid, Source
from extractors.html.table_layout import WrittenCell, lay_out_table
from extractors.location import Location
from extractors.package.xml_parts import Element

_MAX_BYTES = 50 << 20
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_\-]{3,20})", re.IGNORECASE)
_UNSEEN = {"script", "style", "head", "template", "noscript", "object", "title"}
_STRUCK = {"s", "del", "strike"}
_SKIPPED = _UNSEEN | _STRUCK
_BLOCKS = {
    *("p", "div", "li", "ul", "ol", "tr", "dt", "dd", "pre", "br", "caption"),
    *(f"h{level}" for level in range(1, 7)),
}
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
# What pages call what Python knows by another name; Shift_JIS is always Windows' extension of it.
_CALLED = {
    **dict.fromkeys(
        ("shift_jis", "shift-jis", "x-sjis", "sjis", "ms_kanji", "windows-31j", "cswindows31j", "ms932"),
        "cp932",
    ),
    **dict.fromkeys(("euc-jp", "x-euc-jp", "eucjp-ms", "cp51932"), "euc_jis_2004"),
}
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_CUT_SHORT = {"ERR_INTERNAL_ERROR", "ERR_RESOURCE_LIMIT"}  # the parser left something out
_BREAK = "\x00"


def read_html(source: Source) -> Document:
    """Read a web page. Raises Damaged where it is over 50 MB, holds no element, or tables larger than any sheet."""
    data = source.getvalue() if isinstance(source, BytesIO) else source.read_bytes()
    if len(data) > _MAX_BYTES:
        raise Damaged(detail=f"{len(data) >> 20} MB of HTML")
    return Document((_page_to_grid(_tree(data)),), "lxml.html")


def _page_to_grid(root: Element) -> Grid:
    """Tables one below the other, and each line of text between them as a row as wide as the grid."""
    cells: list[Cell] = []
    aside: list[Cell] = []
    tables: list[tuple[int, int]] = []
    lines: set[int] = set()
    row = 0
    for part in _parts(root):
        if isinstance(part, str):
            cells.append(Cell(row, 0, part, Location(cells=f"text {row + 1}")))
            lines.add(row)
            row += 1
            continue
        rows = _rows(part)
        table_cells, struck = lay_out_table(rows, row, partial(_place, len(tables) + 1))
        tables.append((row, row + len(rows)))
        cells, aside, row = cells + table_cells, aside + struck, row + len(rows)
    width = max((cell.end_col for cell in cells), default=1)
    cells = [replace(cell, col_span=width) if cell.row in lines else cell for cell in cells]
    return Grid("page", tuple(cells), tables=tuple(tables), aside=tuple(aside))


def _place(table: int, row: int, col: int) -> Location:
    return Location(cells=f"table {table}, row {row + 1}, column {col + 1}")


def _tree(data: bytes) -> Element:
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True)
    text = data.decode(_encoding(data), errors="replace").removeprefix("\ufeff").replace("\x00", "")
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Damaged(detail=str(error)[:200]) from error
    if any(entry.type_name in _CUT_SHORT for entry in parser.error_log):
        raise Damaged(detail="elements nested too deeply")
    if root is None:
        raise Damaged(detail="no element")
    return root


def _encoding(data: bytes) -> str:
    """What the page says of itself where Python knows it and it fits, else the first that fits."""
    if data.startswith(_UTF_16):
        return "utf-16"
    declared = _CHARSET.search(data[:4096])
    names = [declared.group(1).decode("ascii")] if declared else []
    names = [_CALLED.get(name.lower(), name) for name in names]
    for name in (*names, "utf-8", "cp932", "euc_jp"):
        try:
            data.decode(name)
        except (LookupError, UnicodeDecodeError):
            continue
        return name
    return "utf-8"


def _parts(root: Element) -> Iterator[str | Element]:
    """Tables that hold no table, and between them lines of text, in the page's order."""
    innermost = {table for table in root.iter("table") if next(table.iterdescendants("table"), None) is None}
    texts: list[str] = []
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if not isinstance(element.tag, str) or _is_inside(element, innermost):
            continue
        if event == "start" and element in innermost:
            yield from _lines(texts)
            texts = []
            yield element
        elif event == "end" or element.tag not in _UNSEEN:
            text = element.text if event == "start" else element.tail
            texts.append((_BREAK if element.tag in _BLOCKS else "") + (text or ""))
    yield from _lines(texts)


def _is_inside(element: Element, tables: Set[Element]) -> bool:
    """Whether an element stands inside one of the tables, or inside of what no page shows."""
    return any(above in tables or above.tag in _UNSEEN for above in element.iterancestors())


def _lines(texts: list[str]) -> list[str]:
    return [line for part in "".join(texts).split(_BREAK) if (line := " ".join(part.split()))]


def _rows(table: Element) -> list[list[WrittenCell]]:
    rows = []
    for row in table.iter("tr"):
        rows.append([_cell(cell, _is_hidden(row)) for cell in row.iterchildren("td", "th")])
    return rows


def _cell(cell: Element, hidden: bool) -> WrittenCell:
    struck = " ".join("".join(part.itertext()) for part in cell.iter(*_STRUCK)).strip()
    text = "".join(_texts(cell))
    lines = [" ".join(line.split(" ")).strip(" \t\r\n") for line in text.split(_BREAK)]
    lines = [re.sub(r"[ \t\r\n]+", " ", line) for line in lines]
    return WrittenCell(
        "\n".join(lines).strip("\n"),
        _span(cell.get("rowspan")),
        _span(cell.get("colspan")),
        hidden or _is_hidden(cell),
        struck,
    )


def _texts(element: Element) -> Iterator[str]:
    """The texts of an element in order, with what its form fields hold; without what is struck through or not shown."""
    yield element.text or ""
    for child in element.iterchildren():
        if not isinstance(child.tag, str) or child.tag in _SKIPPED or _is_hidden(child):
            yield child.tail or ""
            continue
        breaks = _BREAK if child.tag in _BLOCKS else ""
        yield breaks
        yield _field(child) if child.tag in {"input", "select"} else "".join(_texts(child))
        yield (breaks if child.tag != "br" else "") + (child.tail or "")


def _field(field: Element) -> str:
    """What a form field shows: its text, the chosen entry, or a box."""
    if field.tag == "select":
        chosen = [option for option in field.iter("option") if option.get("selected") is not None]
        return " ".join("".join(option.itertext()).strip() for option in chosen)
    kind = (field.get("type") or "text").lower()
    if kind in {"checkbox", "radio"}:
        return "■" if field.get("checked") is not None else "□"
    return (field.get("value") or "") if kind in {"text", "number", "date", "email", "url"} else ""


def _is_hidden(element: Element) -> bool:
    return element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style") or ""))


def _span(text: str | None) -> int:
    digits = re.match(r"\s*(\d{1,5})", text or "")
    return max(1, int(digits.group(1))) if digits else 1
