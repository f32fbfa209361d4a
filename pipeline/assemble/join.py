"""Rows of this run and of the last one in, the rows of all documents out: read now, taken over, or of files that are gone.

Input: the plan of the run, the previous run, what was read or derived. A vendor's `回答.xlsx` that did not change keeps its rows;
one that was replaced keeps them too, under its older version; what is much older than the newest sheet is told anew.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from extractors.issue import Issue
from pipeline.assemble.collect import CollectedRows
from pipeline.assemble.documents.sheet_age import OLD, find_old_sheets
from pipeline.assemble.rows import issue_row
from pipeline.dataset.tables import TABLE_BY_NAME, join_parts, plain_schema
from pipeline.document.status import READ, ChecklistKind
from pipeline.incremental.file_history import PastDocument
from pipeline.incremental.plan import RunPlan, corrections_key, past_key
from pipeline.incremental.previous_run import KEPT, KnownDocument, PreviousRun, Row


def join_rows(
    plan: RunPlan, previous: PreviousRun, new: CollectedRows, again: CollectedRows
) -> CollectedRows:
    """The rows of all documents: of this run (`new`), taken over, and of files that are gone (`again`: derived anew)."""
    derived = {known.document_id: known.row for known in again.known if known.status in READ}
    kept = _kept_documents(plan, derived)
    rows = CollectedRows(
        _join_documents(plan, new, derived),
        _join_checklists(previous, kept, new, [r for r in again.checklists if r["document_id"] in derived]),
        {name: _join_table(name, (plan, previous, kept), new, again) for name in KEPT},
    )
    return _with_old_sheets(rows, plan)


def _kept_documents(plan: RunPlan, derived: Collection[str]) -> set[str]:
    """Ids of the documents whose answers of the last run still stand."""
    past = {past.known.document_id for past in plan.past if past.owns} - set(derived)
    carried = {known.document_id for known in plan.carried.values() if known.row["duplicate_of"] is None}
    return carried | past | {known.document_id for known in plan.lost.values()}


def _join_documents(
    plan: RunPlan, new: CollectedRows, derived: Mapping[str, Row]
) -> tuple[KnownDocument, ...]:
    """What is known of every document: taken over, read in this run, and of the past."""
    past = (_past_document(past, derived if past.owns else {}, plan) for past in plan.past)
    return (*plan.carried.values(), *(_with_version(known, plan) for known in new.known), *past)


def _with_version(known: KnownDocument, plan: RunPlan) -> KnownDocument:
    """A document of this run with its version; one that could not be read now keeps what is known of it."""
    row = known.row | {"version": plan.versions[known.path]}
    lost = plan.lost.get(known.path)
    if lost is None:
        return replace(known, row=row)
    kept = lost.row | {"status": known.row["status"], "message": known.row["message"]}
    return replace(lost, row=kept, conditions=known.conditions)


def _past_document(past: PastDocument, derived: Mapping[str, Row], plan: RunPlan) -> KnownDocument:
    """A document whose file is gone, as it was or derived anew."""
    again = derived.get(past.known.document_id)
    chain = {name: past.row[name] for name in ("status", "version", "replaced_by", "duplicate_of")}
    return replace(
        past.known,
        row=past.row if again is None else again | chain,
        key=past_key(past.known, plan.options),
        corrections=corrections_key(past.known.path, plan.options),
    )


def _join_checklists(
    previous: PreviousRun, kept: Collection[str], new: CollectedRows, again: Collection[Row]
) -> tuple[Row, ...]:
    carried = (row for row in previous.checklists if row["document_id"] in kept)
    return (*carried, *new.checklists, *again)


def _join_table(
    name: str,
    carried_from: tuple[RunPlan, PreviousRun, Collection[str]],
    new: CollectedRows,
    again: CollectedRows,
) -> pa.Table:
    """The rows of a table; problems are kept by path and of files in the folder only, the others by document."""
    plan, previous, kept = carried_from
    if name == "problems":
        parts = [*_rows_where(previous, name, "path", plan.carried), new.tables[name]]
    else:
        carried = _rows_where(previous, name, "document_id", kept)
        parts = [*carried, new.tables[name], again.tables[name]]
    return join_parts(TABLE_BY_NAME[name], parts)


def _rows_where(previous: PreviousRun, name: str, column: str, kept: Collection[str]) -> list[pa.Table]:
    """The rows of a table of the last run whose `column` is one of `kept`."""
    if name not in previous.tables:
        return []
    table = previous.tables[name].cast(plain_schema(TABLE_BY_NAME[name]))
    return [table.filter(pc.is_in(table[column], pa.array(sorted(kept), pa.string())))]


def _with_old_sheets(rows: CollectedRows, plan: RunPlan) -> CollectedRows:
    """The rows with a problem on each sheet of the folder that is much older than its newest one: found anew in each run."""
    current = {known.path: known for known in rows.known if plan.versions.get(known.path) == known.version}
    old = _old_sheets(rows, current)
    problems = rows.tables["problems"]
    problems = problems.filter(pc.not_equal(problems["code"], OLD))  # found anew by all sheets of a run
    with_problems = set(problems["path"].to_pylist())
    language = plan.options.language
    added = {path: issue_row(current[path].document_id, path, issue, language) for path, issue in old.items()}
    known = tuple(
        known
        if known.path in with_problems or current.get(known.path) is not known
        else replace(known, row=known.row | {"message": added[known.path]["message"] if known.path in added else ""})
        for known in rows.known
    )  # fmt: skip
    rows_of_old = pa.Table.from_pylist(list(added.values()), schema=plain_schema(TABLE_BY_NAME["problems"]))
    tables = dict(rows.tables) | {"problems": pa.concat_tables([problems, rows_of_old])}
    return CollectedRows(known, rows.checklists, tables)


def _old_sheets(rows: CollectedRows, current: Mapping[str, KnownDocument]) -> dict[str, Issue]:
    """The issue of each old sheet by its path; only sheets that are filled in have an age."""
    filled = {row["document_id"] for row in rows.checklists if row["kind"] == ChecklistKind.FILLED}
    dates = {
        path: known.row["received_at"]
        for path, known in sorted(current.items())
        if known.row["received_at"] and known.row["duplicate_of"] is None and known.document_id in filled
    }
    return find_old_sheets(dates)
