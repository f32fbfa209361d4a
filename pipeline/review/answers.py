"""What people decided of single cells: the answer as it should have been read, or what the vendor replied since.

`data/review/answers.csv` and `replies.csv` name a cell by its file's sha256, item_id, sub_item and respondent; `place` tells two
cells of one name apart (the same form on the sheets 本社 and 支社 of one book). Of an answer and a reply the later one counts.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.compute as pc

from normalizers.answers.model import AnswerValue
from normalizers.values.quantities import Quantity
from normalizers.values.time_spans import figure_of
from pipeline.dataset.tables import read_table
from pipeline.errors import DatasetMissing, NoSuchRow
from pipeline.review.decision import Decision, DecisionKind
from pipeline.review.lines.decision_times import moment_of

Row = Mapping[str, Any]
_KINDS = frozenset({DecisionKind.ANSWER, DecisionKind.REPLY})


@dataclass(frozen=True, slots=True)
class CellKey:
    """What names a cell: the document (the first 16 digits of its file's hash), its item, sub-item and respondent."""

    document_id: str
    item_id: str
    sub_item: str
    respondent: str


@dataclass(frozen=True, slots=True)
class CellDecision:
    """What was decided of one cell: answer, figure, date of a plan; `received` is the date of a vendor's reply, else None.

    `place` and `question` are as they were when it was decided, "" where they are not known.
    """

    decision: Decision
    cell: CellKey
    answer: AnswerValue
    figure: Quantity | None
    planned_date: dt.date | None
    received: dt.date | None
    place: str
    question: str


def cell_decisions(decisions: Iterable[Decision]) -> list[CellDecision]:
    """The decisions of the kinds answer and reply in the order of their times: of one cell the last one counts."""
    return [_cell_decision(entry) for entry in sorted(decisions, key=_order) if entry.kind in _KINDS]


def _order(entry: Decision) -> tuple[tuple[int, ...], bool]:
    """By time; a reply of the same moment presupposes the answer that it is given to."""
    return moment_of(entry.at), entry.kind == DecisionKind.REPLY


def _cell_decision(entry: Decision) -> CellDecision:
    sha256, item_id, sub_item, respondent = entry.key
    answer, figure, planned, *reply = entry.value
    return CellDecision(
        entry,
        CellKey(sha256[:16], item_id, sub_item, respondent),
        AnswerValue(answer),
        figure_of(figure) if figure else None,
        dt.date.fromisoformat(planned) if planned else None,
        dt.date.fromisoformat(reply[0]) if reply else None,
        entry.about_text(1),
        entry.about_text(2),
    )


def cell_key(answer: Row) -> CellKey:
    """What names the cell of a row of answers."""
    names = ("document_id", "item_id", "sub_item", "respondent")
    return CellKey(*(answer[name] or "" for name in names))


def place_text(source: Row | None) -> str:
    """Where a cell stands, as one text: `回答!E13`, or `3 (72, 140, 300, 152)` for a page and a box on it."""
    if source is None:
        return ""
    if source["sheet"] is not None or source["cells"]:
        return "!".join(filter(None, (source["sheet"], source["cells"])))
    if source["page"] is None:
        return ""
    box = ", ".join(f"{edge:.0f}" for edge in source["bbox"] or ())
    return f"{source['page']} ({box})" if box else str(source["page"])


def find_answer(dataset: Path, document_id: str, row: int) -> tuple[Row, Row]:
    """The rows of documents and answers of one cell. Raises DatasetMissing and NoSuchRow."""
    try:
        answers = read_table(dataset, "answers")
        documents = read_table(dataset, "documents")
    except FileNotFoundError as error:
        raise DatasetMissing({"path": dataset}) from error
    of_row = pc.and_(pc.equal(answers["document_id"], document_id), pc.equal(answers["row"], row))
    found_answers = answers.filter(of_row).to_pylist()
    of_document = pc.and_(
        pc.equal(documents["document_id"], document_id), pc.is_null(documents["duplicate_of"])
    )
    found_documents = documents.filter(of_document).to_pylist()
    if not (found_answers and found_documents):
        raise NoSuchRow({"row": row, "file": document_id}, "where_no_row")
    return found_documents[-1], found_answers[0]


def answer_cells(document: Row, answer: Row) -> dict[str, str]:
    """Key and words for people of a decision on a row of answers, by column; `document` is its row of documents."""
    return {
        "sha256": document["sha256"],
        "item_id": answer["item_id"],
        "sub_item": answer["sub_item"] or "",
        "respondent": answer["respondent"],
        "path": document["path"],
        "place": place_text(answer["source"]),
        "question": answer["requirement"] or answer["item"] or "",
    }


def item_cells(answer: Row) -> dict[str, str]:
    """What a decision on an item (alignment, direction) says of it, by column; a row of answers or of items will do."""
    name = " ".join(filter(None, (answer["item"], answer["sub_item"])))
    return {"item_id": answer["item_id"], "name": name, "requirement": answer["requirement"]}
