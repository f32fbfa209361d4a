"""`.ods` or flat `.fods` file → one Grid a sheet: cells as shown, hidden parts, struck-through text, drawings, comments."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from io import BytesIO

from extractors.cell_reference import Spot
from extractors.errors import BROKEN_PACKAGE, BrokenDocument, Encrypted, TooLarge
from extractors.excel.looks.choice_lists import ChoiceLists
from extractors.excel.objects.apply import SheetDrawings, SheetGeometry, apply_drawings
from extractors.excel.objects.sheet_metrics import TextSetting
from extractors.excel.opendocument.drawings import drawn_on_table
from extractors.excel.opendocument.grids import table_to_grid, table_to_looks, table_to_metrics, text_settings
from extractors.excel.opendocument.styles import OdfStyles, read_styles
from extractors.excel.opendocument.table import OdfTable, read_table
from extractors.excel.opendocument.validations import read_names, read_validations, rules_of_cells
from extractors.excel.opendocument.xml_names import elements
from extractors.grid import Document, Grid, Source
from extractors.package.archive import Package
from extractors.package.unpacked_size import check_size
from extractors.package.xml_parts import Element, parse_xml
from extractors.strikethrough import struck_texts

_MOST = 200 << 20  # bytes of XML as a tree


def read_open_document(path: Source) -> Document:
    """Read all tables of the spreadsheet `path`, those not displayed too.

    Raises Encrypted, TooLarge, or BrokenDocument where its XML makes no sense.
    """
    check_size(path)
    content, styles = _content(path)
    book = next(
        (
            sheet_drawings
            for body in elements(content, "body")
            for sheet_drawings in elements(body, "spreadsheet")
        ),
        None,
    )
    if book is None:
        raise BrokenDocument(detail="no spreadsheet inside")
    grids: list[Grid] = []
    drawings: dict[str, SheetDrawings] = {}
    geometries: dict[str, SheetGeometry] = {}
    tables: list[OdfTable] = []
    for element in elements(book, "table"):
        table = read_table(element, styles)
        if not table.displayed and next(elements(element, "table-source"), None) is not None:
            continue  # a copy of another file's cells that formulas look into
        tables.append(table)
        grids.append(table_to_grid(table, styles))
        sheet_drawings = drawn_on_table(element, table, styles)
        if sheet_drawings.controls or sheet_drawings.shapes.shapes or sheet_drawings.shapes.lost:
            drawings[table.title] = sheet_drawings
            setting_of = partial(_setting, text_settings(table, styles))
            geometries[table.title] = SheetGeometry(table_to_metrics(table, styles), setting_of)
    grids = _with_looks(grids, tables, styles, book)
    grids_with_drawings, undrawn = apply_drawings(grids, drawings, geometries)
    struck = (issue for grid in grids_with_drawings for issue in struck_texts(grid))
    return Document(
        grids_with_drawings, "opendocument", sheets=len(grids_with_drawings), issues=(*undrawn, *struck)
    )


def _with_looks(
    grids: Sequence[Grid], tables: Sequence[OdfTable], styles: OdfStyles, book: Element
) -> list[Grid]:
    """The grids with their looks; the entries of a drop-down list may stand in any table."""
    lists, validations = ChoiceLists(grids, read_names(book)), read_validations(book)
    return [
        replace(grid, looks=table_to_looks(table, styles, rules_of_cells(validations, table.title, lists)))
        for grid, table in zip(grids, tables, strict=True)
    ]


def _setting(setting_of: Mapping[Spot, TextSetting], row: int, col: int) -> TextSetting:
    return setting_of.get((row, col), TextSetting())


def _content(path: Source) -> tuple[Element, OdfStyles]:
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
            styles_root = _parsed(package.read("styles.xml")) if "styles.xml" in names else None
    except (KeyError, *BROKEN_PACKAGE) as error:
        raise BrokenDocument(detail=str(error)) from error
    return content, _styles(content, styles_root)


def _parsed(data: bytes) -> Element:
    if len(data) > _MOST:
        raise TooLarge(megabytes=str(len(data) >> 20))
    root = parse_xml(data)
    if root is None:
        raise BrokenDocument(detail="no XML")
    return root


def _styles(content: Element, styles_root: Element | None) -> OdfStyles:
    """The automatic styles of the content, and the named ones, which stand in a package's other part."""
    sections = [] if styles_root is None else list(elements(styles_root, "styles"))
    return read_styles([*sections, *elements(content, "automatic-styles")])
