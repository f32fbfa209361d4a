"""Checklists of one document in, answer records out: every row read by the normalisers in its column's context."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from extractors.checklist.model import Checklist, ItemRow, ListKind
from normalizers.answers.legend import LegendEntry, mark_key
from normalizers.answers.model import AnswerResult, AnswerValue
from normalizers.legends.parse_legend import parse_legend
from normalizers.remarks.contradiction import contradicts
from normalizers.responses.apply_colours import apply_colours
from normalizers.responses.apply_remarks import is_taken_back
from normalizers.responses.read_responses import read_responses
from normalizers.text import fold
from pipeline.document.status import ChecklistKind

_DOUBTS = {
    "joined_over_page_end": 0.85,
    "number_carried": 0.9,
    "answer_column_guessed": 0.6,
    "columns_guessed": 0.5,
    "shifted_columns": 0.7,
    "mark_restored": 0.7,
    "no_answer_column": 0.8,
    "unruled": 0.8,
    "headless": 0.5,
    "grid_doubtful": 0.6,
    "box_place": 0.6,
    "drawn_mark": 0.9,
    "drop_down": 0.6,
    "drawn_over": 0.6,
    "ink_not_read": 0.6,
    "picture_in_cell": 0.6,
    "answer_columns_differ": 0.5,
    "read_from_picture": 0.95,
    "unread_character": 0.6,
    "answer_column_unsure": 0.5,
}
_PICTURE = "picture_in_cell"
_NO_ANSWER = {"unanswered", "not_applicable"}
_BASE = 0.98
_CONTRADICTED = 0.5  # the remark says the opposite of the answer
_REPEATED = 0.95  # the answer stands in another row
_HIDDEN = 0.9


@dataclass(frozen=True, slots=True)
class SheetContext:
    """What the document says about a list: its date, lines of its sheet that speak of colours, and whether the
    file keeps colours. `legends` is what people decided that words of legends mean, by their folded text, `marks` what they
    decided that marks of its form mean.
    """

    date: dt.date | None = None
    colour_notes: tuple[str, ...] = ()
    keeps_colours: bool = True
    legends: Mapping[str, AnswerValue] = field(default_factory=dict)
    marks: tuple[LegendEntry, ...] = ()


NO_CONTEXT = SheetContext()


@dataclass(frozen=True, slots=True)
class Record:
    """One answer cell with its meaning; `contradicted` where its remark turns the answer round."""

    row: ItemRow
    reading: AnswerResult
    item_id: str
    confidence: float
    contradicted: bool = False

    @property
    def remarks(self) -> str:
        """The remarks cell, or the remark written inside the answer cell."""
        return self.row.remarks or self.reading.remark


@dataclass(frozen=True, slots=True)
class ChecklistRecords:
    """A checklist with the meaning of its rows; `kind` is filled, blank, example or reference."""

    checklist: Checklist
    kind: ChecklistKind
    legend: tuple[LegendEntry, ...]
    records: tuple[Record, ...]

    @property
    def answered(self) -> int:
        """Answer cells that are not blank and were asked for."""
        return sum(r.reading.answer not in _NO_ANSWER for r in self.records)


def checklist_to_records(
    checklist: Checklist, document_legend: Sequence[str], context: SheetContext = NO_CONTEXT
) -> ChecklistRecords:
    """Read every answer of a checklist.

    `document_legend` are legend lines of sheets without a list of their own.
    """
    legend = parse_legend(checklist.legend_lines, context.legends) or parse_legend(
        document_legend, context.legends
    )
    legend = _with_marks(legend, context.marks)
    readings = read_responses(checklist.rows, legend, context.date)
    notes = (*checklist.colour_notes, *context.colour_notes)
    readings = apply_colours(checklist.rows, readings, notes, context.keeps_colours)
    kind = _list_kind(checklist, readings)
    if kind == ChecklistKind.BLANK:
        readings = _without_defaults(checklist.rows, readings)
    ids = item_ids(checklist.rows)
    records = tuple(
        _record(row, reading, item_id, checklist.hidden, context.date)
        for row, reading, item_id in zip(checklist.rows, readings, ids, strict=True)
    )
    return ChecklistRecords(checklist, kind, legend, records)


def _with_marks(legend: tuple[LegendEntry, ...], marks: tuple[LegendEntry, ...]) -> tuple[LegendEntry, ...]:
    """The legend with the marks that people decided, which outrank what it says of them."""
    decided = {mark_key(entry.mark) for entry in marks}
    return (*marks, *(entry for entry in legend if mark_key(entry.mark) not in decided))


def _list_kind(checklist: Checklist, readings: Sequence[AnswerResult]) -> ChecklistKind:
    """What the list is; a form without any answer is a blank one."""
    if checklist.kind != ListKind.FORM:
        return ChecklistKind(checklist.kind)
    blank = all(reading.answer in _NO_ANSWER for reading in readings)
    return ChecklistKind.BLANK if blank else ChecklistKind.FILLED


def _record(row: ItemRow, reading: AnswerResult, item_id: str, hidden: bool, sheet: dt.date | None) -> Record:
    contradicted = is_taken_back(reading) or contradicts(reading.answer, row.remarks or reading.remark, sheet)
    sure = confidence_of(row, hidden) * (_CONTRADICTED if contradicted else 1.0)
    if reading.rule.startswith("ditto:"):
        sure *= _REPEATED
    if _PICTURE in row.doubts:
        row = replace(row, answer="")  # a picture is no text
    return Record(row, reading, item_id, round(sure, 4), contradicted)


def confidence_of(row: ItemRow, hidden_sheet: bool = False) -> float:
    """How sure the extraction of a row is: 0.98 less a factor for each doubt."""
    sure = _BASE * (_HIDDEN if row.hidden or hidden_sheet else 1.0)
    for doubt in row.doubts:
        sure *= _DOUBTS[doubt]
    return round(sure, 4)


def item_ids(rows: Sequence[ItemRow]) -> list[str]:
    """Ids of items from number, sub-item and question: the same whoever filled the form in, and in any file type.

    A second item with the same number and question in one list gets another id.
    """
    counts: Counter[tuple[str, ...]] = Counter()
    ids = []
    for row in rows:
        key = (fold(row.item_no), fold(row.sub_item or ""), fold(row.requirement) or fold(row.item or ""))
        counts[(*key, row.respondent)] += 1
        text = "\x1f".join([*key, str(counts[(*key, row.respondent)])])
        ids.append(hashlib.sha256(text.encode()).hexdigest()[:16])
    return ids


def _without_defaults(rows: Sequence[ItemRow], readings: list[AnswerResult]) -> list[AnswerResult]:
    """In a blank form, a dash in the only answer cell of an item is a default to overwrite, not an answer.

    Where another respondent is asked about the same item, the dash says that nobody is asked here.
    """
    respondents = Counter((row.item_no, row.sub_item, row.requirement) for row in rows)
    result = []
    for row, reading in zip(rows, readings, strict=True):
        alone = respondents[(row.item_no, row.sub_item, row.requirement)] == 1
        if alone and reading.answer == "not_applicable" and reading.rule == "mark:dash":
            reading = AnswerResult(AnswerValue.UNANSWERED, "blank_form_default")  # noqa: PLW2901
        result.append(reading)
    return result
