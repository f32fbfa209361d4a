"""A dataset in, of each form its marks out: what its legend says of them, what is read from them, how many answers have them.

A mark that the legend explains in words which are not understood, and a code that nothing explains, leave all its answers
unclear: one decision on the form's legend puts them right. `A: 北棟の係に委ねる` stands in 12 sheets and 40 answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from normalizers.answers.legend import mark_key
from normalizers.answers.model import AnswerValue
from normalizers.text import fold
from pipeline.dataset.tables import read_table
from pipeline.document.status import OF_VENDORS, DocumentStatus
from pipeline.errors import DatasetMissing, NoSuchLayout

_RULE, _UNKNOWN = "legend:", "unknown"  # answer_rule; what several marks in one cell mean, no legend says
_LONGEST = 12  # characters of an answer that may be a mark, and no sentence
_COLUMNS = ("document_id", "checklist", "row", "answer", "answer_raw", "answer_rule", "source")
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class LegendMark:
    """A mark of a form: its meaning as printed ("" where nothing explains it) and the answer that is read from it.

    `count` answers have it, `unclear` of them are not understood; `first` is the row of answers of the first one, None where no
    answer has it.
    """

    mark: str
    meaning: str
    answer: str
    count: int
    unclear: int
    first: Row | None


@dataclass(frozen=True, slots=True)
class FormLegend:
    """A form with its marks; `paths` are its files by document."""

    form_key: str
    name: str
    paths: Mapping[str, str]
    marks: tuple[LegendMark, ...]

    @property
    def unclear(self) -> int:
        """How many answers a decision on the legend could put right."""
        return sum(mark.unclear for mark in self.marks)

    def path_of(self, mark: LegendMark) -> str:
        """The file in which the first answer with a mark stands, "" where none has it."""
        return self.paths[mark.first["document_id"]] if mark.first else ""


def read_form_legends(dataset: Path) -> list[FormLegend]:
    """The forms whose sheets have a legend or marks that are not understood, those with most of these first.

    Raises DatasetMissing.
    """
    try:
        layouts, lists, documents = (
            read_table(dataset, name).to_pylist() for name in ("layouts", "checklists", "documents")
        )
        answers = read_table(dataset, "answers")
    except FileNotFoundError as error:
        raise DatasetMissing({"path": dataset}) from error
    paths = {
        row["document_id"]: row["path"]
        for row in documents
        if row["replaced_by"] is None
        and row["status"] != DocumentStatus.REMOVED
        and row["duplicate_of"] is None
    }
    wanted = {
        (row["document_id"], row["checklist"]): row
        for row in lists
        if row["kind"] in OF_VENDORS and row["document_id"] in paths
    }
    by_list = _candidates(answers, wanted)
    forms: dict[str, list[tuple[Row, Row]]] = {}
    for layout in layouts:
        key = (layout["document_id"], layout["checklist"])
        if key in wanted and (wanted[key]["legend"] or key in by_list):
            forms.setdefault(layout["form_key"], []).append((layout, wanted[key]))
    legends = [_form_legend(key, entries, by_list, paths) for key, entries in forms.items()]
    return sorted((f for f in legends if f.marks), key=lambda form: (-form.unclear, form.name, form.form_key))


def find_form_legend(legends: Sequence[FormLegend], form_key: str, dataset: Path) -> FormLegend:
    """The form of that key. Raises NoSuchLayout."""
    for form in legends:
        if form.form_key == form_key:
            return form
    raise NoSuchLayout({"name": form_key, "dataset": dataset}, "form_none")


def _candidates(answers: pa.Table, wanted: Mapping[tuple[str, int], Row]) -> dict[tuple[str, int], list[Row]]:
    """Document and list → its answers that a legend decided, or that are a mark and not understood."""
    rule = answers["answer_rule"].cast(pa.string())
    of_legend = pc.starts_with(pc.fill_null(rule, ""), _RULE)
    unknown = pc.equal(pc.fill_null(rule, ""), _UNKNOWN)
    short = pc.less_equal(pc.utf8_length(answers["answer_raw"]), _LONGEST)
    rows = answers.filter(pc.or_(of_legend, pc.and_(unknown, short))).select(_COLUMNS).to_pylist()
    by_list: dict[tuple[str, int], list[Row]] = {}
    for row in rows:
        if (row["document_id"], row["checklist"]) in wanted and row["answer_raw"].strip():
            by_list.setdefault((row["document_id"], row["checklist"]), []).append(row)
    return by_list


def _form_legend(
    key: str,
    entries: Sequence[tuple[Row, Row]],
    by_list: Mapping[tuple[str, int], Sequence[Row]],
    paths: Mapping[str, str],
) -> FormLegend:
    rows = [
        row for layout, _ in entries for row in by_list.get((layout["document_id"], layout["checklist"]), ())
    ]
    printed: dict[str, Row] = {}
    for _, checklist in entries:
        for line in checklist["legend"] or ():
            printed.setdefault(mark_key(line["mark"]), line)
    marks = [_mark(line["mark"], line, _with_mark(rows, mark)) for mark, line in printed.items()]
    alone: dict[str, list[Row]] = {}
    for row in rows:
        if row["answer"] == AnswerValue.UNCLEAR and not _explained(row, printed):
            alone.setdefault(fold(row["answer_raw"]), []).append(row)
    marks += [_mark(said[0]["answer_raw"].strip(), None, said) for said in alone.values()]
    layout = entries[0][0]
    header = " | ".join(column["header"] for column in layout["columns"])
    name = " ".join(f"{layout['sheet'] or entries[0][1]['title'] or ''}: {header}".split())
    own = {layout["document_id"]: paths[layout["document_id"]] for layout, _ in entries}
    return FormLegend(key, name, own, tuple(sorted(marks, key=lambda mark: -mark.unclear)))


def _mark(mark: str, line: Row | None, rows: Sequence[Row]) -> LegendMark:
    unclear = sum(row["answer"] == AnswerValue.UNCLEAR for row in rows)
    meaning, answer = (line["meaning"], line["answer"]) if line else ("", AnswerValue.UNCLEAR)
    return LegendMark(mark, meaning, str(answer or ""), len(rows), unclear, next(iter(rows), None))


def _with_mark(rows: Iterable[Row], mark: str) -> list[Row]:
    return [row for row in rows if _key_of(row) == mark or mark_key(row["answer_raw"]) == mark]


def _key_of(row: Row) -> str:
    rule = str(row["answer_rule"] or "")
    return rule.removeprefix(_RULE) if rule.startswith(_RULE) else ""


def _explained(row: Row, printed: Mapping[str, Row]) -> bool:
    return _key_of(row) in printed or mark_key(row["answer_raw"]) in printed
