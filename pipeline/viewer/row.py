"""A row of the dataset in, what is known of it and a PNG picture of its place in the received file out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extractors.errors import ReadError
from extractors.issue import Issue
from extractors.location import Box, Location
from extractors.pdf.render.marks import Mark, View
from extractors.pdf.render.page import draw_views
from extractors.read import read
from pipeline.errors import NoSuchRow
from pipeline.problems import location_text, message_of
from pipeline.query.query import connect
from pipeline.sources.discover import RawFile
from pipeline.viewer.locate import document_to_sheets, pdf_boxes
from pipeline.viewer.words import Words, styles

_MOST_NAMED = 5
_FIND = """
SELECT DISTINCT document_id, path, sha256 FROM documents
WHERE duplicate_of IS NULL AND replaced_by IS NULL AND {} ORDER BY path
"""
_ROW = (
    "SELECT item_no, requirement, answer_raw, answer, answer_rule, remarks, source FROM answers "
    "WHERE document_id = ? AND row = ?"
)
# The ways in which a document may be named, the surest first.
_NAMES = ("document_id = ?", "path = ?", "starts_with(document_id, ?)", "contains(path, ?)")


@dataclass(frozen=True, slots=True)
class Spot:
    """One row of answers: the file that it stands in, its place there, and the lines that say what it holds."""

    document_id: str
    row: int
    path: str
    sha256: str
    location: Location
    answer: str
    lines: tuple[str, ...]


def dataset_to_spot(dataset: Path, asked: str, words: Words) -> Spot:
    """The row that `DOCUMENT:ROW` names: DOCUMENT is a document_id, a path, or a part of either that is one file's only.

    Raises NoSuchRow, and DatasetMissing where there is no dataset.
    """
    name, _, number = asked.rpartition(":")
    if not name or not number.isdecimal():
        raise NoSuchRow({"asked": asked}, "where_form")
    with connect(dataset) as connection:
        document = _document(connection, name)
        found = connection.execute(_ROW, [document["document_id"], int(number)])
        row = _first(found)
        if row is None:
            raise NoSuchRow({"row": number, "file": document["path"]}, "where_no_row")
    source = row["source"] or {}
    location = Location(
        source.get("page"), source.get("sheet"), source.get("cells"), _box(source.get("bbox"))
    )
    lines = _lines(row, location, words)
    return Spot(
        document["document_id"],
        int(number),
        document["path"],
        document["sha256"],
        location,
        row["answer"],
        lines,
    )


def _document(connection: Any, name: str) -> Mapping[str, Any]:
    """The one document that is meant. Raises NoSuchRow."""
    for condition in _NAMES:
        found = connection.execute(_FIND.format(condition), [name]).fetchall()
        if len(found) == 1:
            return dict(zip(("document_id", "path", "sha256"), found[0], strict=True))
        if found:
            named = "\n  ".join(f"{identity}  {path}" for identity, path, _ in found[:_MOST_NAMED])
            raise NoSuchRow({"name": name, "count": len(found), "files": named}, "where_several")
    raise NoSuchRow({"name": name}, "where_no_file")


def _first(found: Any) -> dict[str, Any] | None:
    """The first row of a result under its column names."""
    row = found.fetchone()
    return dict(zip((column[0] for column in found.description), row, strict=True)) if row else None


def _box(edges: Sequence[float] | None) -> Box | None:
    return (edges[0], edges[1], edges[2], edges[3]) if edges else None


def _lines(row: Mapping[str, Any], location: Location, words: Words) -> tuple[str, ...]:
    """Place, question, the answer as printed and as read, remarks."""
    read_as = words.say("where_read", answer=words.answer(row["answer"]), rule=row["answer_rule"])
    told = [
        location_text(location, words.language),
        f"{row['item_no']} {row['requirement']}".strip(),
        f"{words.say('where_printed')}: {row['answer_raw'] or '–'} → {read_as}",
    ]
    if row["remarks"]:
        told.append(f"{words.role('remarks')}: {row['remarks']}")
    return tuple(" ".join(line.split()) for line in told)


def spot_to_png(file: RawFile, spot: Spot, language: str, passwords: Sequence[str] = ()) -> bytes | str:
    """The page or sheet of the row with its answer cell marked, as PNG; else the sentence that says why there is none.

    `file` is the received file as it lies in the raw folder now.
    """
    words = Words(language)
    if file.sha256 != spot.sha256:
        return words.say("where_changed", file=spot.path)
    try:
        boxes, source, views_from = _boxes(file, spot.location, passwords)
        if not boxes:
            return words.say("where_no_place", file=spot.path)
        page = boxes[0][0]
        kind, label = f"answer_{spot.answer}", words.letter(spot.answer)
        marks = [Mark(views_from, boxes[0][1], kind, label)]
        marks += [Mark(views_from, box, "here") for number, box in boxes if number == page]
        view = View(views_from, words.say("title", file=spot.path), spot.lines, marks=tuple(marks))
        return next(draw_views(source, passwords, [view], styles()))
    except ReadError as error:
        return message_of(Issue(error.code, params=error.words), spot.path, language)


def _boxes(
    file: RawFile, location: Location, passwords: Sequence[str]
) -> tuple[list[tuple[int, Box]], Any, int]:
    """The boxes of the place with their pages, the PDF to draw from, and the page of that PDF."""
    own = pdf_boxes(location) if location.sheet is None else []
    if own:
        return own, file.path, own[0][0]
    sheets = document_to_sheets(read(file.path, passwords))
    boxes = list(sheets.locate()(location))
    return boxes, sheets.pdf([boxes[0][0]]) if boxes else None, 1
