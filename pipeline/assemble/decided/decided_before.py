"""Decisions on single cells and a dataset's tables in, what they say of the newer version of a sheet out.

A decision belongs to the very bytes of one file. When the vendor sends the sheet again, as the same file or as a newer sheet of
that form, nothing is carried over: the new cell may say another thing. But nobody should decide twice without knowing: 山田 had
decided `○※` to be no, the new sheet says `○※` again and reads as yes. That is told, and offered in the queue; so is an answer
that changed since it was decided, and a question that is not asked any more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from extractors.issue import Issue
from normalizers.text import fold
from pipeline.assemble.documents.standing_sheets import newer_sheets
from pipeline.assemble.rows import struct_to_location, value_struct
from pipeline.dataset.tables import read_table
from pipeline.review.answers import CellDecision, CellKey, cell_key, place_text

Row = dict[str, Any]
_COLUMNS = (
    "document_id", "row", "item_id", "sub_item", "respondent", "source", "item", "requirement", "answer", "answer_raw",
    "remarks", "caveat", "planned_date", "value", "decided",
)  # fmt: skip
_SHOWN = 60  # characters of a text in a message


@dataclass(frozen=True, slots=True)
class DecidedBefore:
    """A decision on an older sheet: the row of documents of that sheet and of the newest one, and of this the row of answers.

    `row` is None where the newest sheet does not have the cell. `fits` says whether the vendor writes what it wrote then.
    """

    decision: CellDecision
    older: Row
    document: Row
    row: Row | None = None
    before: str = ""
    fits: bool = False

    @property
    def reference(self) -> str:
        """What names the cell of the newest sheet: id of the document and row."""
        return f"{self.document['document_id']}:{self.row['row']}" if self.row else ""


def find_decided_before(
    documents: Sequence[Row], checklists: Sequence[Row], answers: pa.Table, decisions: Sequence[CellDecision]
) -> list[DecidedBefore]:
    """What was decided of sheets that newer ones replace, where it is not what is read of the newest anyway.

    `decisions` are in the order of their times: of one cell the last one is told. A cell on which a person decided since then is
    left out.
    """
    wanted = {decision.cell.document_id for decision in decisions}
    newest = newer_sheets(documents, checklists, wanted)
    if not newest:
        return []
    ids = {*newest, *(row["document_id"] for _, row in newest.values())}
    rows = answers.filter(pc.is_in(answers["document_id"], pa.array(sorted(ids), pa.string())))
    cells = _by_cell(rows.select(_COLUMNS).to_pylist())
    news: dict[tuple[str, CellKey], DecidedBefore] = {}
    for decision in decisions:
        if decision.cell.document_id in newest:
            older, document = newest[decision.cell.document_id]
            entry = _compare(decision, older, document, cells)
            news.pop((document["path"], _without_document(decision.cell)), None)
            if entry is not None:
                news[(document["path"], _without_document(decision.cell))] = entry
    return list(news.values())


def read_decided_before(dataset: Path, decisions: Sequence[CellDecision]) -> dict[str, DecidedBefore]:
    """Reference of a cell of a newest sheet → what was decided of it in an older one, of the dataset as it stands.

    Raises FileNotFoundError where there is none.
    """
    if not decisions:
        return {}
    documents, checklists = (read_table(dataset, name).to_pylist() for name in ("documents", "checklists"))
    entries = find_decided_before(documents, checklists, read_table(dataset, "answers"), decisions)
    return {entry.reference: entry for entry in entries if entry.row is not None}


def decided_before_issues(entries: Sequence[DecidedBefore]) -> Iterator[tuple[Row, Issue]]:
    """The rows of documents with what is to be told of them; questions that are gone are one issue a document."""
    for entry in entries:
        if entry.row is not None:
            yield entry.document, _cell_issue(entry, entry.row)
    gone: dict[tuple[str, str], list[DecidedBefore]] = {}
    for entry in entries:
        if entry.row is None:
            gone.setdefault((entry.document["path"], _name(entry)), []).append(entry)
    for (_, older), group in gone.items():
        params = {"count": str(len(group)), "older": older, "question": _short(group[0].decision.question)}
        yield group[0].document, Issue("decided_item_gone", params=params)


def _compare(
    decision: CellDecision, older: Row, document: Row, cells: Mapping[CellKey, Sequence[Row]]
) -> DecidedBefore | None:
    """What is to be told of a decision; None where a person decided anew, or where the same is read without any doubt."""
    then = _pick(cells.get(decision.cell, ()), decision)
    key = replace(decision.cell, document_id=document["document_id"])
    now = _pick(cells.get(key, ()), decision)
    if now is None:
        return DecidedBefore(decision, older, document)
    if now["decided"]:
        return None
    before = _printed(then) if then else ""
    fits = then is not None and fold(before) == fold(_printed(now))
    if _reads_as(now, decision) and not now["caveat"]:
        return None
    return DecidedBefore(decision, older, document, now, before, fits)


def _pick(rows: Sequence[Row], decision: CellDecision) -> Row | None:
    """The row of a cell; of several of one name the one at the place that was decided."""
    if len(rows) == 1:
        return rows[0]
    exact = [row for row in rows if place_text(row["source"]) == decision.place]
    return exact[0] if len(exact) == 1 else None


def _reads_as(row: Row, decision: CellDecision) -> bool:
    figure = value_struct(decision.figure, "answer") if decision.figure else {}
    value = row["value"] or {}
    same_figure = all(
        value.get(name) == figure.get(name) for name in ("canonical", "canonical_unit", "bound")
    )
    return row["answer"] == decision.answer and row["planned_date"] == decision.planned_date and same_figure


def _printed(row: Row) -> str:
    return "　".join(filter(None, (row["answer_raw"], row["remarks"])))


def _by_cell(rows: Iterable[Row]) -> dict[CellKey, list[Row]]:
    cells: dict[CellKey, list[Row]] = {}
    for row in rows:
        cells.setdefault(cell_key(row), []).append(row)
    return cells


def _without_document(cell: CellKey) -> CellKey:
    return replace(cell, document_id="")


def _cell_issue(entry: DecidedBefore, row: Row) -> Issue:
    decision = entry.decision
    params = {
        "older": _name(entry),
        "question": _short(row["requirement"] or row["item"] or ""),
        "decided": str(decision.answer),
        "who": decision.decision.who or "–",
        "at": decision.decision.at,
        "answer": str(row["answer"]),
        "before": _short(entry.before) or "–",
        "printed": _short(_printed(row)) or "–",
        "command": f"checksheet decide answer {entry.document['path']}:{row['row']} {decision.answer}",
    }
    location = struct_to_location(row["source"])
    if entry.fits:
        return Issue("decided_before", location, params)
    return Issue("changed_since_decided", location, params)


def _name(entry: DecidedBefore) -> str:
    """How a person tells the older sheet from the newest: by its path, of one path by its version."""
    older = str(entry.older["path"])
    return older if older != entry.document["path"] else f"{older} (#{entry.older['version']})"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"
