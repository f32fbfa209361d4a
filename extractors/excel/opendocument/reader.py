"""`.ods` or flat `.fods` file → one Grid a sheet: cells as the sheet shows them, what is hidden, struck out, drawn and pinned."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from functools import partial
from io import BytesIO

from extractors.errors import BROKEN_PACKAGE, Encrypted, TooLarge
from extractors.excel.objects.apply import Drawn, Stand, draw
from extractors.excel.objects.sheet_metrics import Look
from extractors.excel.opendocument.drawings import drawn_on_table
from extractors.excel.opendocument.grids import Spot, cell_looks, table_to_grid, table_to_layout
from extractors.excel.opendocument.names import elements
from extractors.excel.opendocument.styles import Styles, read_styles
from extractors.excel.opendocument.table import BrokenDocument, read_table
from extractors.excel.package_findings import check_size
from extractors.grid import Document, Grid, Source
from extractors.package.archive import Package
from extractors.package.xml_parts import Element, parse_xml
from extractors.strikethrough import struck_texts

__all__ = ["BrokenDocument", "read_open_document"]
_MOST = 200 << 20  # bytes of XML as a tree


def read_open_document(path: Source) -> Document:
    """Read all tables of the spreadsheet `path`, those not displayed too.

    Raises Encrypted, TooLarge, or BrokenDocument where its XML makes no sense.
    """
    check_size(path)
    content, styles = _content(path)
    book = next(
        (found for body in elements(content, "body") for found in elements(body, "spreadsheet")), None
    )
    if book is None:
        raise BrokenDocument("no spreadsheet inside")
    grids: list[Grid] = []
    drawn: dict[str, Drawn] = {}
    stands: dict[str, Stand] = {}
    for element in elements(book, "table"):
        table = read_table(element, styles)
        if not table.displayed and next(elements(element, "table-source"), None) is not None:
            continue  # a copy of another file's cells that formulas look into
        grids.append(table_to_grid(table, styles))
        found = drawn_on_table(element, table, styles)
        if found.controls or found.shapes.shapes or found.shapes.lost:
            drawn[table.title] = found
            looks = partial(_look, cell_looks(table, styles))
            stands[table.title] = Stand(table_to_layout(table, styles), looks)
    done, undrawn = draw(grids, drawn, stands)
    struck = (issue for grid in done for issue in struck_texts(grid))
    return Document(done, "opendocument", sheets=len(done), issues=(*undrawn, *struck))


def _look(looks: Mapping[Spot, Look], row: int, col: int) -> Look:
    return looks.get((row, col), Look())


def _content(path: Source) -> tuple[Element, Styles]:
    """The root of the content, and the styles: of a package's two parts, or of the one file."""
    if not zipfile.is_zipfile(path):
        root = _parsed(path.getvalue() if isinstance(path, BytesIO) else path.read_bytes())
        return root, _styles(root, root)
    try:
        with Package(path) as package:
            names = set(package.namelist())
            manifest = package.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in names else b""
            if b"encryption-data" in manifest:
                raise Encrypted
            content = _parsed(package.read("content.xml"))
            named = _parsed(package.read("styles.xml")) if "styles.xml" in names else None
    except (KeyError, *BROKEN_PACKAGE) as error:
        raise BrokenDocument(str(error)) from error
    return content, _styles(content, named)


def _parsed(data: bytes) -> Element:
    if len(data) > _MOST:
        raise TooLarge(megabytes=str(len(data) >> 20))
    root = parse_xml(data)
    if root is None:
        raise BrokenDocument("no XML")
    return root


def _styles(content: Element, named: Element | None) -> Styles:
    """The automatic styles of the content, and the named ones, which stand in a package's other part."""
    sections = [] if named is None else list(elements(named, "styles"))
    return read_styles([*sections, *elements(content, "automatic-styles")])
