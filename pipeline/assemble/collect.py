"""Results of documents in, their rows as Arrow tables out, before forms and controls are known.

The rows of few documents are held as Python objects at a time: a dataset of a million answers fits into memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

import pyarrow as pa

from pipeline.assemble.forms import form_name, header_key
from pipeline.assemble.layout_rows import layout_rows
from pipeline.assemble.rows import answer_row, checklist_row, document_row, problem_rows, rescued_rows
from pipeline.dataset.tables import TABLE_BY_NAME, join_parts, plain_schema
from pipeline.document.layout_decisions import decisions_key
from pipeline.document.process import DocumentResult
from pipeline.incremental.file_history import is_ignored
from pipeline.incremental.plan import RunOptions, conditions_of, corrections_key, key_of
from pipeline.incremental.previous_run import KEPT, KnownDocument, Row

_BATCH = 100  # results whose rows are held as Python objects
_ROWS = 10_000  # rows with which no other result is taken to them


@dataclass(frozen=True, slots=True)
class CollectedRows:
    """Rows before forms and controls are known: documents, checklists with what tells their form, and the other tables."""

    known: tuple[KnownDocument, ...]
    checklists: tuple[Row, ...]
    tables: Mapping[str, pa.Table]


def collect_rows(outcomes: Iterable[DocumentResult], options: RunOptions) -> CollectedRows:
    """The rows of what was read or derived in this run."""
    known: list[KnownDocument] = []
    checklists: list[Row] = []
    parts: dict[str, list[pa.Table]] = {name: [] for name in KEPT}
    waiting = iter(outcomes)
    while batch := _batch(waiting):
        known += [_known(outcome, options) for outcome in batch]
        checklists += [row for outcome in batch for row in _checklists(outcome)]
        rows = {
            "answers": [row for outcome in batch for row in _answers(outcome)],
            "rescued": [row for outcome in batch for row in rescued_rows(outcome)],
            "problems": [row for outcome in batch for row in problem_rows(outcome, options.language)],
            "layouts": [row for outcome in batch for row in layout_rows(outcome)],
        }
        for name in KEPT:
            schema = plain_schema(TABLE_BY_NAME[name])
            parts[name].append(pa.Table.from_pylist(rows[name], schema=schema))
    tables = {name: join_parts(TABLE_BY_NAME[name], parts[name]) for name in KEPT}
    return CollectedRows(tuple(known), tuple(checklists), tables)


def _batch(waiting: Iterator[DocumentResult]) -> list[DocumentResult]:
    """The next results, as many as may be held at a time; none where there are no more."""
    batch: list[DocumentResult] = []
    rows = 0
    for outcome in islice(waiting, _BATCH):
        batch.append(outcome)
        rows += sum(len(checklist.records) for checklist in outcome.checklists) + len(outcome.leftovers)
        if rows >= _ROWS:
            break
    return batch


def _known(outcome: DocumentResult, options: RunOptions) -> KnownDocument:
    key = key_of(outcome.file, options)
    row = document_row(outcome, options.language)
    return KnownDocument(
        row,
        key,
        conditions_of(outcome, options),
        outcome.status,
        is_ignored(outcome.file),
        " ".join(outcome.form_keys),
        decisions_key(outcome.form_keys, outcome.file.decisions),
        corrections_key(outcome.file.name, options),
    )


def _checklists(outcome: DocumentResult) -> Iterator[Row]:
    for number, checklist in enumerate(outcome.checklists, 1):
        form_columns = {"header": header_key(checklist), "name": form_name(checklist)}
        yield checklist_row(outcome, number, checklist) | form_columns


def _answers(outcome: DocumentResult) -> Iterator[Row]:
    number = 0
    for checklist_number, checklist in enumerate(outcome.checklists, 1):
        for record in checklist.records:
            number += 1
            yield answer_row(outcome.file.document_id, (checklist_number, number), record)
