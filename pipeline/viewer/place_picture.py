"""A place in a received file in, the bare page with the place's box in pixels out: for screens that mark it themselves.

`answer_row.py` draws captions and marks into the picture; a screen on which a person clicks has them over it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from extractors.errors import ReadError
from extractors.grid import Cell, Document
from extractors.issue import Issue
from extractors.location import Box, Location
from extractors.pdf.render.page import draw_bare_page
from extractors.read import read
from pipeline.problems import message_of
from pipeline.sources.discover import RawFile
from pipeline.viewer.locate import document_to_sheets, pdf_boxes
from pipeline.viewer.marks import Locate
from pipeline.viewer.words import ViewerWords


@dataclass(frozen=True, slots=True)
class PlacePicture:
    """A page as PNG, its width and height, and boxes on it in pixels: of the place, or a list for each place."""

    png: bytes
    width: int
    height: int
    boxes: tuple[tuple[Box, ...], ...]


def prepare_drawing() -> None:
    """Nothing: whoever calls it in another process has all that draws imported there."""


def draw_place(
    file: RawFile, document_id: str, location: Location, reading: tuple[str, Sequence[str]]
) -> PlacePicture | str:
    """The page on which a place stands; else the sentence that says why there is none.

    `document_id` is that of the bytes which the dataset knows; `reading` are the language of the sentence and passwords to try.
    """
    language, passwords = reading
    if file.document_id != document_id:
        return ViewerWords(language).say("where_changed", file=file.name)
    try:
        own = pdf_boxes(location) if location.sheet is None else []
        if own:
            return _picture(file.path, passwords, own[0][0], [own])
        return _from_document(read(file.path, passwords), (file, passwords), [[location]], language)
    except ReadError as error:
        return message_of(Issue(error.code, params=error.words), file.name, language)


def draw_columns(
    file: RawFile, table: Location, columns: Sequence[str], reading: tuple[str, Sequence[str]]
) -> PlacePicture | str:
    """The page on which a table begins, with the boxes of its columns (`C`, `C:D`; on a page `3`, `3:4`)."""
    language, passwords = reading
    try:
        document = read(file.path, passwords)
        cells = _cells_of(document, table)
        spans = [_span(name) for name in columns]
        places = [[c.location for c in cells if s[0] <= c.col and c.end_col <= s[1]] for s in spans]
        return _from_document(document, (file, passwords), places, language)
    except ReadError as error:
        return message_of(Issue(error.code, params=error.words), file.name, language)


def _from_document(
    document: Document,
    source: tuple[RawFile, Sequence[str]],
    places: Sequence[Sequence[Location]],
    language: str,
) -> PlacePicture | str:
    """The first page that any of the places stands on, with the boxes that lie on it."""
    file, passwords = source
    sheets = document_to_sheets(document)
    locate: Locate = sheets.behind(document.pages) if document.pages else sheets.locate()
    boxes = [[entry for place in group for entry in locate(place)] for group in places]
    pages = sorted({page for group in boxes for page, _ in group})
    if not pages:
        return ViewerWords(language).say("where_no_place", file=file.name)
    page = pages[0]
    if document.pages and page <= document.pages:
        return _picture(file.path, passwords, page, boxes)
    drawn = sheets.pdf([page - (document.pages or 0)])
    return _picture(drawn, (), 1, [[(1, box) for number, box in group if number == page] for group in boxes])


def _picture(
    source: Any, passwords: Sequence[str], page: int, boxes: Sequence[Sequence[tuple[int, Box]]]
) -> PlacePicture:
    image = draw_bare_page(source, passwords, page)
    scaled = tuple(
        tuple(_scaled(box, image.scale) for number, box in group if number == page) for group in boxes
    )
    return PlacePicture(image.png, image.width, image.height, scaled)


def _scaled(box: Box, scale: float) -> Box:
    return box[0] * scale, box[1] * scale, box[2] * scale, box[3] * scale


def _cells_of(document: Document, table: Location) -> list[Cell]:
    """The cells of the grid in which a table stands, those of the table only where its range is known."""
    for grid in document.grids:
        if table.sheet is not None and grid.sheet == table.sheet:
            return list(_inside(grid.cells, table))
        if table.sheet is None and any(cell.location.page == table.page for cell in grid.cells):
            return list(_inside(grid.cells, table))
    return []


def _inside(cells: Iterable[Cell], table: Location) -> Iterable[Cell]:
    """Cells on the table's page within its box; of a sheet all that stand in its grid."""
    if table.bbox is None:
        return cells
    left, top, right, bottom = table.bbox
    return (
        cell
        for cell in cells
        if cell.location.page == table.page
        and (box := cell.location.bbox) is not None
        and left - 1 <= box[0]
        and box[2] <= right + 1
        and top - 1 <= box[1]
        and box[3] <= bottom + 1
    )


def _span(name: str) -> tuple[int, int]:
    """Columns [first, end) from 0 of `C`, `C:D`, `3` or `3:4`."""
    ends = [_index(end) for end in name.split(":")]
    return ends[0], ends[-1] + 1


def _index(name: str) -> int:
    if name.isdecimal():
        return int(name) - 1
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - 64
    return number - 1
