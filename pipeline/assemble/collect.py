"""Outcomes in, rows as Arrow tables out: of the documents of this run alone, and joined with those taken over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.assemble.forms import header_key, name_of_form
from pipeline.assemble.rows import (
    answer_row,
    checklist_row,
    document_row,
    problem_rows,
    rescued_rows,
    source_of,
)
from pipeline.assemble.sheet_age import OLD, ages_of
from pipeline.dataset.schema import SCHEMA_VERSION, TABLES, Table
from pipeline.document.process import Outcome
from pipeline.incremental.file_history import Past, is_ignored
from pipeline.incremental.plan import READ, Plan, Terms, conditions_of, key_of, past_key
from pipeline.incremental.previous_run import KEPT, Before, Known, Row
from pipeline.problems import message_of, severity_of

_AT_ONCE = 100  # outcomes whose rows are held as Python objects
_TABLES = {table.name: table for table in TABLES}


@dataclass(frozen=True, slots=True)
class Harvest:
    """Rows before forms and controls are known: documents, checklists with what tells their form, and the other tables."""

    known: tuple[Known, ...]
    checklists: tuple[Row, ...]
    tables: Mapping[str, pa.Table]


def harvest(outcomes: Iterable[Outcome], terms: Terms) -> Harvest:
    """The rows of what was read or derived in this run."""
    known: list[Known] = []
    checklists: list[Row] = []
    parts: dict[str, list[pa.Table]] = {name: [] for name in KEPT}
    waiting = iter(outcomes)
    while some := list(islice(waiting, _AT_ONCE)):
        known += [_known(outcome, terms) for outcome in some]
        checklists += [row for outcome in some for row in _checklists(outcome)]
        rows = {
            "answers": [row for outcome in some for row in _answers(outcome)],
            "rescued": [row for outcome in some for row in rescued_rows(outcome)],
            "problems": [row for outcome in some for row in problem_rows(outcome, terms.language)],
        }
        for name in KEPT:
            parts[name].append(pa.Table.from_pylist(rows[name], schema=_plain(_TABLES[name])))
    return Harvest(tuple(known), tuple(checklists), {name: _joined(name, parts[name]) for name in KEPT})


def _known(outcome: Outcome, terms: Terms) -> Known:
    key = key_of(outcome.file, terms)
    row = document_row(outcome, terms.language)
    return Known(row, key, conditions_of(outcome, terms), outcome.status, is_ignored(outcome.file))


def _checklists(outcome: Outcome) -> Iterator[Row]:
    for number, checklist in enumerate(outcome.checklists, 1):
        told = {"header": header_key(checklist), "name": name_of_form(checklist)}
        yield checklist_row(outcome, number, checklist) | told


def _answers(outcome: Outcome) -> Iterator[Row]:
    number = 0
    for place, checklist in enumerate(outcome.checklists, 1):
        for record in checklist.records:
            number += 1
            yield answer_row(outcome.file.document_id, (place, number), record)


def joined(plan: Plan, before: Before, new: Harvest, again: Harvest) -> Harvest:
    """The rows of all documents: of this run (`new`), taken over, and of files that are gone (`again`: derived anew)."""
    derived = {one.document_id: one.row for one in again.known if one.status in READ}
    owned = {past.known.document_id for past in plan.past if past.owns} - set(derived)
    own = {one.document_id for one in plan.carried.values() if one.row["duplicate_of"] is None}
    kept = own | owned | {one.document_id for one in plan.lost.values()}
    known = [*plan.carried.values(), *(_put_in(one, plan) for one in new.known)]
    known += [
        _past(past, derived if past.owns else {}, past_key(past.known, plan.terms)) for past in plan.past
    ]
    checklists = [row for row in before.checklists if row["document_id"] in kept]
    checklists += [*new.checklists, *(row for row in again.checklists if row["document_id"] in derived)]
    tables = {}
    for name in KEPT:
        carried = (
            _only(before, name, "path", plan.carried)
            if name == "problems"
            else _only(before, name, "document_id", kept)
        )
        parts = [new.tables[name]] if name == "problems" else [new.tables[name], again.tables[name]]
        tables[name] = _joined(name, [*carried, *parts])
    return _with_ages(Harvest(tuple(known), tuple(checklists), tables), plan)


def _with_ages(rows: Harvest, plan: Plan) -> Harvest:
    """The rows with a problem on each sheet of the folder that is much older than its newest one: told anew in each run."""
    filled = {row["document_id"] for row in rows.checklists if row["kind"] == "filled"}
    current = {one.path: one for one in rows.known if plan.versions.get(one.path) == one.version}
    dates = {
        path: one.row["received_at"]
        for path, one in sorted(current.items())
        if one.row["received_at"] and one.row["duplicate_of"] is None and one.document_id in filled
    }
    problems = rows.tables["problems"]
    problems = problems.filter(pc.not_equal(problems["code"], OLD))
    others = set(problems["path"].to_pylist())
    language = plan.terms.language
    old = {path: (one, message_of(one, path, language)) for path, one in ages_of(dates).items()}
    told = [
        {"document_id": current[path].document_id, "path": path, "severity": severity_of(one), "code": one.code,
         "message": text, "source": source_of(one.location)}
        for path, (one, text) in old.items()
    ]  # fmt: skip
    known = tuple(
        one
        if one.path in others or current.get(one.path) is not one
        else replace(one, row=one.row | {"message": old[one.path][1] if one.path in old else ""})
        for one in rows.known
    )
    added = pa.Table.from_pylist(told, schema=_plain(_TABLES["problems"]))
    tables = dict(rows.tables) | {"problems": pa.concat_tables([problems, added])}
    return Harvest(known, rows.checklists, tables)


def _put_in(one: Known, plan: Plan) -> Known:
    """A document of this run with its version; one that could not be read now keeps what is known of it."""
    row = one.row | {"version": plan.versions[one.path]}
    lost = plan.lost.get(one.path)
    if lost is None:
        return replace(one, row=row)
    kept = lost.row | {"status": one.row["status"], "message": one.row["message"]}
    return replace(lost, row=kept, conditions=one.conditions)


def _past(past: Past, derived: Mapping[str, Row], key: str) -> Known:
    """A document whose file is gone, as it was or derived anew."""
    again = derived.get(past.known.document_id)
    chain = {name: past.row[name] for name in ("status", "version", "replaced_by", "duplicate_of")}
    return replace(past.known, row=past.row if again is None else again | chain, key=key)


def _only(before: Before, name: str, column: str, kept: Iterable[str]) -> list[pa.Table]:
    """The rows of a table of the last run whose `column` is one of `kept`."""
    if name not in before.tables:
        return []
    table = before.tables[name].cast(_plain(_TABLES[name]))
    return [table.filter(pc.is_in(table[column], pa.array(sorted(kept), pa.string())))]


def _joined(name: str, parts: Sequence[pa.Table]) -> pa.Table:
    return pa.concat_tables(parts) if parts else _plain(_TABLES[name]).empty_table()


def _plain(table: Table) -> pa.Schema:
    """The schema with texts instead of dictionaries, whose words depend on the order of rows."""
    return pa.schema(
        [
            pa.field(f.name, pa.string() if pa.types.is_dictionary(f.type) else f.type, f.nullable)
            for f in table.schema
        ]
    )


def finished(table: Table, rows: pa.Table) -> pa.Table:
    """The rows in the contract's types and order: the same table, to the byte, for the same rows in any order."""
    order = pc.sort_indices(rows, sort_keys=[(name, "ascending") for name in table.sorted_by])
    rows = rows.take(order).combine_chunks()
    columns = [
        rows[f.name].combine_chunks().dictionary_encode() if pa.types.is_dictionary(f.type) else rows[f.name]
        for f in table.schema
    ]
    about = {"schema_version": SCHEMA_VERSION, "about": table.about}
    return pa.table(columns, schema=table.schema.with_metadata(about))
