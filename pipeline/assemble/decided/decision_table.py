"""People's decisions in force and the rows of a dataset in, the table `decisions` out: each with how much follows it.

0 is no fault: the file may still come, or a later decision may outrank it. It is told, and never dropped.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from extractors.checklist.model import LayoutSource
from normalizers.answers.legend import mark_key
from normalizers.text import fold
from normalizers.values.organisations import organisation_key
from pipeline.document.layout_decisions import decisions_key
from pipeline.incremental.previous_run import KnownDocument
from pipeline.review.decision import Decision, DecisionKind
from pipeline.review.form_layouts.layouts import layout_decisions
from pipeline.review.vendors import covers

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class CountedRows:
    """What decisions are counted on: documents, checklists, the tables answers and layouts, and the ids of controls."""

    known: Sequence[KnownDocument]
    checklists: Sequence[Row]
    answers: pa.Table
    layouts: pa.Table
    controls: frozenset[str]


def decision_rows(
    decisions: Sequence[Decision],
    cells: Mapping[Decision, int],
    items: Mapping[Decision, Sequence[str]],
    rows: CountedRows,
) -> list[dict[str, Any]]:
    """The rows of the table decisions; `cells` and `items` tell what the decisions on cells and on items reach."""
    counters = _counters(decisions, cells, items, rows)
    return [
        {"kind": entry.kind, "key": entry.key_text, "value": entry.value_text, "who": entry.who, "at": entry.at,
         "why": entry.why, "applied": counters[entry.kind](entry)}
        for entry in decisions
    ]  # fmt: skip


def _counters(
    decisions: Sequence[Decision],
    cells: Mapping[Decision, int],
    items: Mapping[Decision, Sequence[str]],
    rows: CountedRows,
) -> dict[DecisionKind, Callable[[Decision], int]]:
    """How the reach of each kind is counted."""
    kinds = {entry.kind for entry in decisions}
    layouts = _layout_documents(decisions, rows) if DecisionKind.LAYOUT in kinds else {}
    answers = Counter(rows.answers["item_id"].to_pylist()) if items else Counter()
    paths = {known.path for known in rows.known}

    def by_path(entry: Decision) -> int:
        return sum(covers(entry.key[0], path) for path in paths)

    def by_item(entry: Decision) -> int:
        return sum(answers[item_id] for item_id in items.get(entry, ()))

    return {
        DecisionKind.LAYOUT: lambda entry: len(layouts.get(entry.key[0], ())),
        **dict.fromkeys((DecisionKind.ANSWER, DecisionKind.REPLY), lambda entry: cells.get(entry, 0)),
        **dict.fromkeys((DecisionKind.DATE, DecisionKind.VENDOR, DecisionKind.SERVICE), by_path),
        **dict.fromkeys((DecisionKind.ALIGNMENT, DecisionKind.DIRECTION), by_item),
        DecisionKind.LEGEND: lambda entry: _legend_documents(entry, rows),
        DecisionKind.EXCEPTION: lambda entry: _vendor_documents(entry, rows),
    }


def _layout_documents(decisions: Sequence[Decision], rows: CountedRows) -> dict[str, set[str]]:
    """Key of a form → the documents that are read as a person decided, or that a person decided to be no list."""
    reviewed = layout_decisions(decisions)
    said = [entry.decision for entry in reviewed]
    lists = {entry.form_key for entry in reviewed if entry.roles}
    documents: dict[str, set[str]] = {}
    follows = rows.layouts.filter(pc.equal(rows.layouts["decided_by"], LayoutSource.REVIEWED))
    for row in follows.select(["form_key", "document_id"]).to_pylist():
        if row["form_key"] in lists:
            documents.setdefault(row["form_key"], set()).add(row["document_id"])
    for known in rows.known:
        keys = known.forms.split()
        if keys and known.decided == decisions_key(keys, said):
            for key in set(keys) - lists:
                documents.setdefault(key, set()).add(known.document_id)
    return documents


def _legend_documents(entry: Decision, rows: CountedRows) -> int:
    """How many documents have the mark, or the words, in a legend that was read."""
    form_key, mark, meaning = entry.key
    forms = {known.document_id: known.forms.split() for known in rows.known}
    return len(
        {
            row["document_id"]
            for row in rows.checklists
            if (not form_key or form_key in forms.get(row["document_id"], ()))
            and any(_is_of(line, mark, meaning) for line in row["legend"] or ())
        }
    )


def _is_of(line: Row, mark: str, meaning: str) -> bool:
    same_mark = not mark or mark_key(line["mark"]) == mark_key(mark)
    return same_mark and (not meaning or fold(line["meaning"]) == fold(meaning))


def _vendor_documents(entry: Decision, rows: CountedRows) -> int:
    """How many documents of the vendor there are, where the control is one of the catalogue's."""
    vendor, service, control_id = entry.key
    if control_id not in rows.controls:
        return 0
    return sum(
        known.row["vendor_key"] == (organisation_key(vendor) or None)
        and (not service or not known.row["service"] or fold(known.row["service"]) == fold(service))
        for known in rows.known
    )


def unused_decisions(rows: Iterable[Row]) -> list[Row]:
    """The rows of the table decisions that reach nothing."""
    return [row for row in rows if not row["applied"]]
