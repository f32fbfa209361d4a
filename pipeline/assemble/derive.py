"""Rows of all documents in, the dataset out: forms, items, their controls, and the tables that hang on these.

Works on whole columns, so that a dataset of a million answers takes seconds; each item is aligned once, and not again
while its words and the controls are the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from operator import attrgetter
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from pipeline.align.cached import (
    Aligning,
    group_with,
    load_aligning,
    match_with,
    matching_key,
    save_aligning,
    words_key,
)
from pipeline.align.groups import Group
from pipeline.align.item import Item
from pipeline.align.match import Candidate, unaligned
from pipeline.assemble.answer_index import AnswerIndex, Indices, column_to_array, first_indices, index_answers
from pipeline.assemble.collect import CollectedRows
from pipeline.assemble.decided.count_answered import count_answered
from pipeline.assemble.decided.decide_cells import DecidedAnswers, decide_cells
from pipeline.assemble.decided.decision_table import CountedRows, decision_rows
from pipeline.assemble.decided.standing_problems import without_decided
from pipeline.assemble.documents.beside_others import with_problems_of_all
from pipeline.assemble.form_editions import assign_families
from pipeline.assemble.forms import Form, FormList, assign_forms
from pipeline.assemble.hope.answer_wordings import wording_codes
from pipeline.assemble.hope.favourable import favourable_column
from pipeline.assemble.items.comparable import documents_to_compare, with_uncompared
from pipeline.assemble.items.items_to_align import ITEM_COLUMNS, row_to_item
from pipeline.assemble.rows import alignment_rows, control_rows, group_rows
from pipeline.assemble.run_catalogue import Catalogue
from pipeline.catalogue.load import Control
from pipeline.dataset.tables import TABLE_BY_NAME, finish_table, rows_to_table
from pipeline.document.status import ChecklistKind, DocumentStatus
from pipeline.incremental.previous_run import (
    ANSWERS_READ,
    KEPT,
    KNOWN,
    LISTS,
    PROBLEMS_READ,
    KnownDocument,
    Row,
)
from pipeline.review.answers import cell_decisions
from pipeline.review.decision import Decision
from pipeline.review.items.alignments import alignment_decisions, apply_alignments
from pipeline.review.items.directions import direction_decisions, turn_candidates
from pipeline.review.items.item_targets import with_targets

_QUESTIONS, _COMPARED = 2_000, 1_500  # of a form, and characters of each, by which its editions are known


@dataclass(frozen=True, slots=True)
class AlignmentResult:
    """Candidates of every item, groups of items that no control takes, and the controls of the run.

    `directions` tells of each item that somebody decided whether はい is good, `reached` which items each decision reached.
    """

    matches: dict[str, list[Candidate]]
    groups: tuple[Group, ...]
    controls: tuple[Control, ...]
    directions: Mapping[str, bool]
    reached: Mapping[Decision, Sequence[str]]


def derive_tables(rows: CollectedRows, catalogue: Catalogue, store: Path) -> dict[str, pa.Table]:
    """All tables of the dataset, those that the next run needs too. Raises OSError where the store cannot be written.

    `rows` are as read; what people decided is laid over them here.
    """
    decided = decide_cells(rows.tables["answers"], cell_decisions(catalogue.decisions))
    problems = without_decided(rows.tables["problems"], decided.answers, decided.as_read)
    as_read, rows = rows, _with_decided(rows, decided.answers)
    index = index_answers(rows)
    answers = rows.tables["answers"]
    forms = _forms(index, answers)
    form_of_item = _form_of_item(index, forms)
    asks = index.where_checklist([row["kind"] != ChecklistKind.REFERENCE for row in index.checklists])
    fits, uncompared = documents_to_compare(index, rows, asks)
    items = _items_to_align(index, answers, asks & fits[index.document])
    aligned = align_items(items, form_of_item, catalogue, store)
    problems_of_run = with_uncompared(problems.problems, uncompared, catalogue.language)
    words = {item.item_id: item.requirement for item in items}
    with_controls = _with_controls(answers, (index, words), aligned)
    kept = {**rows.tables, "answers": with_controls, "problems": problems_of_run}
    tables = {name: finish_table(TABLE_BY_NAME[name], kept[name]) for name in KEPT}
    ids = frozenset(control.control_id for control in aligned.controls)
    counted = CountedRows(rows.known, rows.checklists, answers, rows.tables["layouts"], ids)
    derived = {
        "items": _item_rows(index, rows, form_of_item),
        "documents": [_document_row(known, problems.messages) for known in rows.known],
        "checklists": _checklist_rows(index.checklists, forms),
        "alignments": alignment_rows(aligned.matches),
        "controls": [*control_rows(aligned.controls), *group_rows(aligned.groups)],
        "decisions": decision_rows(catalogue.decisions, decided.applied, aligned.reached, counted),
    }
    tables |= {name: rows_to_table(TABLE_BY_NAME[name], derived[name]) for name in derived}
    return with_problems_of_all(tables, catalogue.language) | _tables_for_next_run(as_read, decided)


def _with_decided(rows: CollectedRows, answers: pa.Table) -> CollectedRows:
    """The rows with the answers after the decisions, and the checklists as these fill them in."""
    checklists = count_answered(rows.checklists, answers)
    return replace(rows, checklists=checklists, tables={**rows.tables, "answers": answers})


def _document_row(known: KnownDocument, messages: Mapping[str, str]) -> Row:
    """The row of a document, with what remains to be said of it where a person has decided on its answers."""
    is_current = known.row["replaced_by"] is None and known.row["status"] != DocumentStatus.REMOVED
    return (
        known.row | {"message": messages[known.path]} if is_current and known.path in messages else known.row
    )


def _tables_for_next_run(as_read: CollectedRows, decided: DecidedAnswers) -> dict[str, pa.Table]:
    values = attrgetter(*KNOWN.schema.names)
    how = [dict(zip(KNOWN.schema.names, values(entry), strict=True)) for entry in as_read.known]
    return {
        KNOWN.name: rows_to_table(KNOWN, how),
        LISTS.name: rows_to_table(LISTS, _select(as_read.checklists, LISTS.schema.names)),
        ANSWERS_READ.name: finish_table(ANSWERS_READ, decided.as_read),
        PROBLEMS_READ.name: finish_table(PROBLEMS_READ, as_read.tables["problems"]),
    }


def align_items(
    items: Sequence[Item], forms: Mapping[str, str], catalogue: Catalogue, store: Path
) -> AlignmentResult:
    """Align items with the controls, follow people's decisions, group what remains; what `store` knows is taken from there.

    Raises OSError where the store cannot be written.
    """
    key_of = matching_key(catalogue.controls, catalogue.meaning)
    known = load_aligning(store, key_of)
    candidates = match_with(known, items, catalogue.controls, catalogue.meaning)
    said = alignment_decisions(catalogue.decisions)
    matches, reached = apply_alignments(candidates, items, (said, catalogue.controls))
    directions, turned = _directions(items, catalogue.decisions)
    matches |= {name: turn_candidates(matches.get(name, ()), good) for name, good in directions.items()}
    unmatched = [i for i in items if not any(match.accepted for match in matches.get(i.item_id, ()))]
    key, groups = group_with(known, unmatched, forms)
    kept = {words_key(i): tuple(candidates[i.item_id]) for i in items if i.item_id in candidates}
    if (kept, key) != (known.matches, known.groups_key):
        save_aligning(store, key_of, Aligning(kept, key, groups))
    return AlignmentResult(matches, groups, catalogue.controls, directions, reached | turned)


def _directions(
    items: Sequence[Item], decisions: Sequence[Decision]
) -> tuple[dict[str, bool], dict[Decision, list[str]]]:
    """Of each item that somebody decided whether はい is good, and which items each decision reached."""
    good: dict[str, bool] = {}
    reached: dict[Decision, list[str]] = {}
    for said, targets in with_targets(direction_decisions(decisions), items):
        reached[said.decision] = [item.item_id for item, _ in targets]
        good |= {item.item_id: said.good for item, _ in targets}
    return good, reached


def _forms(index: AnswerIndex, answers: pa.Table) -> list[Form]:
    """The form of each checklist, and of each form its family by the questions of its first list.

    Lists that ask the same items in the same order, most of a form, share one set of them.
    """
    edges = np.searchsorted(index.checklist, np.arange(len(index.checklists) + 1))
    sets: dict[bytes, frozenset[str]] = {}
    lists = []
    for row, (start, end) in zip(index.checklists, pairwise(edges), strict=True):
        codes = index.item[start:end]
        items = sets.get(key := codes.tobytes())
        if items is None:
            items = sets[key] = frozenset(index.item_ids[code] for code in codes)
        lists.append(FormList(items, row["header"], row["name"]))
    forms = assign_forms(lists)
    questions_of: dict[str, tuple[str | None, list[str]]] = {}
    for form, (start, end) in zip(forms, pairwise(edges), strict=True):
        if form.form_id not in questions_of:
            texts = answers["requirement"].take(pa.array(index.order[start:end])[:_QUESTIONS]).to_pylist()
            questions = [text[:_COMPARED] for text in texts]
            questions_of[form.form_id] = form.name, questions
    families = assign_families(questions_of)
    with_family = {form: replace(form, family=families.get(form.form_id)) for form in set(forms)}
    return [with_family[form] for form in forms]


def _form_of_item(index: AnswerIndex, forms: Sequence[Form]) -> dict[str, str]:
    """The form that each item stands in first."""
    codes, first = first_indices(index.item)
    checklists = index.checklist[first]
    return {
        index.item_ids[code]: forms[checklist].form_id
        for code, checklist in zip(codes, checklists, strict=True)
    }


def _items_to_align(index: AnswerIndex, answers: pa.Table, asks: NDArray[np.bool_]) -> list[Item]:
    """The items by id, in the words of the list that asks them first, of the answers that `asks` tells of."""
    codes, first = first_indices(index.item[asks])
    rows = answers.select(ITEM_COLUMNS).take(pa.array(index.order[asks][first])).to_pylist()
    items = [row_to_item(index.item_ids[code], row) for code, row in zip(codes, rows, strict=True)]
    return sorted(items, key=lambda item: item.item_id)


def _item_rows(index: AnswerIndex, rows: CollectedRows, form_of_item: Mapping[str, str]) -> list[Row]:
    """Every item of every list once, in the words of the first that asks it, and how many documents answered it."""
    answers = rows.tables["answers"]
    codes, first = first_indices(index.item)
    words = answers.select(ITEM_COLUMNS).take(pa.array(index.order[first])).to_pylist()
    older = {known.document_id for known in rows.known if known.row["replaced_by"] is not None}
    counts = _documents_that_answered(index, answers, older)
    return [
        {"item_id": index.item_ids[code], "form_id": form_of_item[index.item_ids[code]]} | row
        | {"documents": int(counts[code])}
        for code, row in zip(codes, words, strict=True)
    ]  # fmt: skip


def _documents_that_answered(index: AnswerIndex, answers: pa.Table, older: set[str]) -> Indices:
    """For each item the number of documents with an answer to it: filled lists of the newest versions."""
    filled = index.where_checklist([row["kind"] == ChecklistKind.FILLED for row in index.checklists])
    newest = index.where_checklist([row["document_id"] not in older for row in index.checklists])
    is_answer = pc.not_equal(answers["answer"], "unanswered").cast(pa.int8())
    answered = column_to_array(is_answer)[index.order].astype(bool)
    counted = filled & answered & newest
    pairs = np.unique(np.column_stack([index.item[counted], index.document[counted]]), axis=0)
    return np.bincount(pairs[:, 0], minlength=len(index.item_ids)).astype(np.intp)


def _checklist_rows(checklists: Sequence[Row], forms: Sequence[Form]) -> list[Row]:
    with_forms = [
        row | {"form_id": form.form_id, "form_name": form.name, "form_family": form.family}
        for row, form in zip(checklists, forms, strict=True)
    ]
    return _select(with_forms, TABLE_BY_NAME["checklists"].schema.names)


def _select(rows: Sequence[Row], names: Sequence[str]) -> list[Row]:
    return [{name: row[name] for name in names} for row in rows]


def _with_controls(
    answers: pa.Table, items: tuple[AnswerIndex, Mapping[str, str]], aligned: AlignmentResult
) -> pa.Table:
    """The answers with the control of their item: an accepted match, else the group that the item stands in.

    `items` are the index and the requirement of each item; what no control takes is judged by its words alone.
    """
    index, words = items
    accepted = {name: ranked[0] for name, ranked in aligned.matches.items() if ranked and ranked[0].accepted}
    grouped = {item.item_id: group.group_id for group in aligned.groups for item in group.items}
    matches = [accepted.get(name) for name in index.item_ids]
    ids = answers["item_id"].combine_chunks().dictionary_encode().indices
    columns = {
        "control_id": [
            m.control_id if m else grouped.get(n) for m, n in zip(matches, index.item_ids, strict=True)
        ],
        "match_score": [m.score if m else None for m in matches],
        "match_method": [m.method if m else None for m in matches],
    }
    for name, values in columns.items():
        kind = answers.schema.field(name).type
        answers = _set_column(answers, name, pa.array(values, kind).take(ids))
    judged = [
        match or (unaligned(words[name]) if name in words else None)
        for match, name in zip(matches, index.item_ids, strict=True)
    ]
    said = [aligned.directions.get(name) for name in index.item_ids]
    hopes = favourable_column(answers, (judged, said), ids, wording_codes(answers, index))
    return _set_column(answers, "favourable", hopes)


def _set_column(table: pa.Table, name: str, values: pa.Array) -> pa.Table:
    return table.set_column(table.schema.get_field_index(name), table.schema.field(name), values)
