"""A received file and the columns that a person has in mind for one of its forms in, the rows that this would give out.

Nothing is kept: it is read once with the decision as if it stood in the file of decisions, `No. | 確認事項 | 回答` for instance.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors.checklist.model import LayoutDecision
from pipeline.document.process import read_document
from pipeline.document.status import OF_VENDORS
from pipeline.problems import message_of
from pipeline.sources.discover import RawFile


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One row as it would be read: number, question, the answer cell as printed and what it would mean, remarks."""

    item_no: str
    requirement: str
    answer_raw: str
    answer: str
    remarks: str


@dataclass(frozen=True, slots=True)
class LayoutPreview:
    """The first rows, how many there would be in all, and why there are none."""

    rows: tuple[PreviewRow, ...]
    count: int
    message: str = ""


def preview_layout(
    file: RawFile, decision: LayoutDecision, reading: tuple[str, Sequence[str]], most: int = 60
) -> LayoutPreview:
    """Read `file` by the decision; `reading` are the language of messages and passwords to try."""
    language, passwords = reading
    kept = tuple(entry for entry in file.decisions if entry.form_key != decision.form_key)
    outcome = read_document(replace(file, decisions=(*kept, decision)), tuple(passwords))
    records = [
        record
        for checklist in outcome.checklists
        if checklist.kind in OF_VENDORS
        for record in checklist.records
    ]
    rows = tuple(
        PreviewRow(
            " ".join(filter(None, (record.row.item_no, record.row.sub_item))),
            record.row.requirement or record.row.item or "",
            record.row.answer,
            str(record.reading.answer),
            record.remarks,
        )
        for record in records[:most]
    )
    message = message_of(outcome.issues[0], file.name, language) if outcome.issues and not rows else ""
    return LayoutPreview(rows, len(records), message)
