"""A row of the dataset in, what is known of it and a PNG picture of its place in the received file out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extractors.errors import ReadError
from extractors.issue import Issue
from extractors.location import Box, Location
from extractors.pdf.render.model import PageMark, PageView
from extractors.pdf.render.page import draw_views
from extractors.read import read
from pipeline.errors import NoSuchRow
from pipeline.problems import location_text, message_of
from pipeline.query.query import connect, result_rows
from pipeline.sources.contents import open_source
from pipeline.sources.discover import RawFile
from pipeline.viewer.locate import document_to_sheets, pdf_boxes
from pipeline.viewer.words import ViewerWords, styles

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
class AnswerRow:
    """One row of answers: the file that it stands in, its place there, and the lines that say what it holds."""

    document_id: str
    row: int
    path: str
    sha256: str
    location: Location
    answer: str
    lines: tuple[str, ...]


def read_answer_row(dataset: Path, reference: str, words: ViewerWords) -> AnswerRow:
    """The row that `DOCUMENT:ROW` names: DOCUMENT is a document_id, a path, or a part of either that is one file's only.

    Raises NoSuchRow, and DatasetMissing where there is no dataset.
    """
    name, _, number = reference.rpartition(":")
    if not name or not number.isdecimal():
        raise NoSuchRow({"asked": reference}, "where_form")
    with connect(dataset) as connection:
        document = _document(connection, name)
        rows = result_rows(connection.execute(_ROW, [document["document_id"], int(number)]))
        if not rows:
            raise NoSuchRow({"row": number, "file": document["path"]}, "where_no_row")
    row = rows[0]
    source = row["source"] or {}
    location = Location(
        source.get("page"), source.get("sheet"), source.get("cells"), _box(source.get("bbox"))
    )
    lines = _lines(row, location, words)
    return AnswerRow(
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
        documents = result_rows(connection.execute(_FIND.format(condition), [name]))
        if len(documents) == 1:
            return documents[0]
        if documents:
            files = "\n  ".join(
                f"{entry['document_id']}  {entry['path']}" for entry in documents[:_MOST_NAMED]
            )
            raise NoSuchRow({"name": name, "count": len(documents), "files": files}, "where_several")
    raise NoSuchRow({"name": name}, "where_no_file")


def _box(edges: Sequence[float] | None) -> Box | None:
    return (edges[0], edges[1], edges[2], edges[3]) if edges else None


def _lines(row: Mapping[str, Any], location: Location, words: ViewerWords) -> tuple[str, ...]:
    """Place, question, the answer as printed and as read, remarks."""
    read_as = words.say("where_read", answer=words.answer(row["answer"]), rule=row["answer_rule"])
    lines = [
        location_text(location, words.language),
        f"{row['item_no']} {row['requirement']}".strip(),
        f"{words.say('where_printed')}: {row['answer_raw'] or '–'} → {read_as}",
    ]
    if row["remarks"]:
        lines.append(f"{words.role('remarks')}: {row['remarks']}")
    return tuple(" ".join(line.split()) for line in lines)


def draw_answer_row(
    file: RawFile, answer_row: AnswerRow, language: str, passwords: Sequence[str] = ()
) -> bytes | str:
    """The page or sheet of the row with its answer cell marked, as PNG; else the sentence that says why there is none.

    `file` is the received file as it lies in the raw folder now.
    """
    words = ViewerWords(language)
    if file.sha256 != answer_row.sha256:
        return words.say("where_changed", file=answer_row.path)
    try:
        boxes, source, views_from = _boxes(file, answer_row.location, passwords)
        if not boxes:
            return words.say("where_no_place", file=answer_row.path)
        page = boxes[0][0]
        kind, label = f"answer_{answer_row.answer}", words.letter(answer_row.answer)
        marks = [PageMark(views_from, boxes[0][1], kind, label)]
        marks += [PageMark(views_from, box, "here") for number, box in boxes if number == page]
        view = PageView(
            views_from, words.say("title", file=answer_row.path), answer_row.lines, marks=tuple(marks)
        )
        return next(draw_views(source, passwords, [view], styles()))
    except ReadError as error:
        return message_of(Issue(error.code, params=error.words), answer_row.path, language)


def _boxes(
    file: RawFile, location: Location, passwords: Sequence[str]
) -> tuple[list[tuple[int, Box]], Any, int]:
    """The boxes of the place with their pages, the PDF to draw from, and the page of that PDF."""
    own = pdf_boxes(location) if location.sheet is None else []
    if own:
        return own, open_source(file, passwords), own[0][0]
    sheets = document_to_sheets(read(open_source(file, passwords), passwords))
    boxes = list(sheets.locate()(location))
    return boxes, sheets.pdf([boxes[0][0]]) if boxes else None, 1
