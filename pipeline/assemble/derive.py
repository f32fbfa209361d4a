"""Rows of all documents in, the dataset out: forms, items, their controls, and the tables that hang on these.

Works on whole columns, so that a dataset of a million answers takes seconds; each item is aligned once, and not again
while its words and the controls are the same.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.align.cached import (
    Aligning,
    group_with,
    load_aligning,
    match_with,
    matching_key,
    save_aligning,
    words_key,
)
from pipeline.align.embeddings import EmbeddingModel
from pipeline.align.groups import Group
from pipeline.align.match import Candidate, Item
from pipeline.assemble.answer_index import Asked, asked_of, firsts, numbers
from pipeline.assemble.collect import Harvest, finished
from pipeline.assemble.form_editions import families_of
from pipeline.assemble.forms import Form, FormList, forms_of
from pipeline.assemble.rows import alignment_rows, control_rows, group_rows
from pipeline.catalogue.limits import Figure
from pipeline.catalogue.load import Control
from pipeline.dataset.schema import TABLES
from pipeline.dataset.tables import rows_to_table
from pipeline.incremental.previous_run import KNOWN, LISTS, Row
from pipeline.review.alignments import Decision, apply_decisions

LOG = logging.getLogger("checksheet")
_ITEM = ("item_no", "sub_item", "section", "category", "item", "requirement")


@dataclass(frozen=True, slots=True)
class Aligned:
    """Candidates of every item, groups of items that no control takes, and the controls of the run."""

    matches: dict[str, list[Candidate]]
    groups: tuple[Group, ...]
    controls: tuple[Control, ...]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The controls, people's decisions and the embedding model of a run."""

    controls: tuple[Control, ...]
    decisions: tuple[Decision, ...]
    meaning: EmbeddingModel | None = None


def derive(rows: Harvest, catalogue: Catalogue, store: Path) -> dict[str, pa.Table]:
    """All tables of the dataset, those of `before` too. Raises OSError where the store cannot be written."""
    asked = asked_of(rows)
    forms = _forms(asked, rows.tables["answers"])
    items, form_of_item = _items(asked, rows, forms)
    aligned = align(items, form_of_item, catalogue, store)
    told = {table.name: table for table in TABLES}
    tables = {
        "answers": finished(told["answers"], _with_controls(rows.tables["answers"], asked, aligned)),
        "rescued": finished(told["rescued"], rows.tables["rescued"]),
        "problems": finished(told["problems"], rows.tables["problems"]),
        "items": rows_to_table(told["items"], _item_rows(asked, rows, form_of_item)),
        "documents": rows_to_table(told["documents"], [one.row for one in rows.known]),
        "checklists": rows_to_table(told["checklists"], _checklist_rows(asked.checklists, forms)),
        "alignments": rows_to_table(told["alignments"], alignment_rows(aligned.matches)),
        "controls": rows_to_table(
            told["controls"], [*control_rows(aligned.controls), *group_rows(aligned.groups)]
        ),
    }
    how = ("path", "key", "conditions", "status", "version", "ignored")
    known = [{name: getattr(one, name) for name in how} for one in rows.known]
    return tables | {
        KNOWN.name: rows_to_table(KNOWN, known),
        LISTS.name: rows_to_table(LISTS, _picked(rows.checklists, LISTS.schema.names)),
    }


def align(items: Sequence[Item], forms: Mapping[str, str], catalogue: Catalogue, store: Path) -> Aligned:
    """Align items with the controls, follow people's decisions, group what is left; what `store` knows is taken from there.

    Raises OSError where the store cannot be written.
    """
    key_of = matching_key(catalogue.controls, catalogue.meaning)
    known = load_aligning(store, key_of)
    found = match_with(known, items, catalogue.controls, catalogue.meaning)
    matches, lost = apply_decisions(found, items, (catalogue.decisions, catalogue.controls))
    for decision in lost:
        LOG.warning("no item or control for the decision %s, %s", decision.item_id, decision.control_id)
    left = [item for item in items if not any(match.accepted for match in matches.get(item.item_id, ()))]
    key, groups = group_with(known, left, forms)
    kept = {words_key(item): tuple(found[item.item_id]) for item in items if item.item_id in found}
    if (kept, key) != (known.matches, known.groups_key):
        save_aligning(store, key_of, Aligning(kept, key, groups))
    return Aligned(matches, groups, catalogue.controls)


def _forms(asked: Asked, answers: pa.Table) -> list[Form]:
    """The form of each checklist, and of each form its family by the questions of its first list."""
    edges = np.searchsorted(asked.checklist, np.arange(len(asked.checklists) + 1))
    sets = (np.unique(asked.item[start:end]) for start, end in pairwise(edges))
    forms = forms_of(
        [
            FormList(frozenset(asked.item_ids[code] for code in codes), row["header"], row["name"])
            for row, codes in zip(asked.checklists, sets, strict=True)
        ]
    )
    asks: dict[str, tuple[str | None, list[str]]] = {}
    for form, (start, end) in zip(forms, pairwise(edges), strict=True):
        if form.form_id not in asks:
            questions = answers["requirement"].take(pa.array(asked.order[start:end])).to_pylist()
            asks[form.form_id] = form.name, questions
    families = families_of(asks)
    return [replace(form, family=families.get(form.form_id)) for form in forms]


def _items(asked: Asked, rows: Harvest, forms: Sequence[Form]) -> tuple[list[Item], dict[str, str]]:
    """The items to align, by id (references ask nothing), and the form that each stands in first."""
    codes, first = firsts(asked.item)
    forms_first = asked.checklist[first]
    form_of_item = {
        asked.item_ids[code]: forms[place].form_id for code, place in zip(codes, forms_first, strict=True)
    }
    asks = np.array([row["kind"] != "reference" for row in asked.checklists], dtype=bool)[asked.checklist]
    codes, first = firsts(asked.item[asks])
    told = rows.tables["answers"].select(_ITEM).take(pa.array(asked.order[asks][first])).to_pylist()
    items = [row_to_item(asked.item_ids[code], row) for code, row in zip(codes, told, strict=True)]
    return sorted(items, key=lambda item: item.item_id), form_of_item


def row_to_item(item_id: str, row: Row) -> Item:
    """What a row of answers asks."""
    name = " ".join(filter(None, (row["item"], row["sub_item"])))
    section = row["section"][-1] if row["section"] else ""
    return Item(item_id, row["category"] or "", name, row["requirement"], section, row["item_no"])


def _item_rows(asked: Asked, rows: Harvest, form_of_item: Mapping[str, str]) -> list[Row]:
    """Every item of every list once, in the words of the first that asks it, and how many documents answered it."""
    answers = rows.tables["answers"]
    codes, first = firsts(asked.item)
    told = answers.select(_ITEM).take(pa.array(asked.order[first])).to_pylist()
    filled = np.array([row["kind"] == "filled" for row in asked.checklists], dtype=bool)[asked.checklist]
    said = numbers(pc.not_equal(answers["answer"], "unanswered").cast(pa.int8()))[asked.order].astype(bool)
    older = {one.document_id for one in rows.known if one.row["replaced_by"] is not None}
    newest = np.array([row["document_id"] not in older for row in asked.checklists], dtype=bool)[
        asked.checklist
    ]
    mine = filled & said & newest
    pairs = np.unique(np.column_stack([asked.item[mine], asked.document[mine]]), axis=0)
    counts = np.bincount(pairs[:, 0], minlength=len(asked.item_ids))
    return [
        {"item_id": asked.item_ids[code], "form_id": form_of_item[asked.item_ids[code]]} | row
        | {"documents": int(counts[code])}
        for code, row in zip(codes, told, strict=True)
    ]  # fmt: skip


def _checklist_rows(checklists: Sequence[Row], forms: Sequence[Form]) -> list[Row]:
    names = [name for table in TABLES if table.name == "checklists" for name in table.schema.names]
    told = (
        row | {"form_id": form.form_id, "form_name": form.name, "form_family": form.family}
        for row, form in zip(checklists, forms, strict=True)
    )
    return _picked(list(told), names)


def _picked(rows: Sequence[Row], names: Sequence[str]) -> list[Row]:
    return [{name: row[name] for name in names} for row in rows]


def _with_controls(answers: pa.Table, asked: Asked, aligned: Aligned) -> pa.Table:
    """The answers with the control of their item: an accepted match, else the group that the item stands in."""
    accepted = {name: found[0] for name, found in aligned.matches.items() if found and found[0].accepted}
    grouped = {item.item_id: group.group_id for group in aligned.groups for item in group.items}
    matches = [accepted.get(name) for name in asked.item_ids]
    ids = answers["item_id"].combine_chunks().dictionary_encode().indices
    columns = {
        "control_id": [
            m.control_id if m else grouped.get(n) for m, n in zip(matches, asked.item_ids, strict=True)
        ],
        "match_score": [m.score if m else None for m in matches],
        "match_method": [m.method if m else None for m in matches],
    }
    for name, values in columns.items():
        kind = answers.schema.field(name).type
        answers = _set(answers, name, pa.array(values, kind).take(ids))
    return _set(answers, "favourable", _favourable(answers, matches, ids))


def _favourable(answers: pa.Table, matches: Sequence[Candidate | None], items: pa.Array) -> pa.Array:
    """Whether each answer is the one that a buyer hopes for, told once for each pair of item and answer."""
    words = answers["answer"].combine_chunks().dictionary_encode()
    known = words.dictionary.to_pylist()
    wide = len(known) or 1
    pairs, place = np.unique(numbers(items) * wide + numbers(words.indices), return_inverse=True)
    told = [m.favourable(known[p % wide]) if (m := matches[p // wide]) else None for p in pairs.tolist()]
    found = np.array(told, dtype=object)[place.ravel()]
    limited = [place for place, match in enumerate(matches) if match is not None and match.limits is not None]
    rows = np.flatnonzero(np.isin(numbers(items), limited))
    said = answers.select(["answer", "value"]).take(pa.array(rows)).to_pylist() if len(rows) else []
    for row, one in zip(rows, said, strict=True):
        match = matches[items[row].as_py()]
        found[row] = match.favourable(one["answer"], _figure(one["value"])) if match else None
    return pa.array(found.tolist(), pa.bool_())


def _figure(value: Mapping[str, Any] | None) -> Figure | None:
    return (value["canonical"], value["canonical_unit"], value["bound"]) if value else None


def _set(table: pa.Table, name: str, values: pa.Array) -> pa.Table:
    place = table.schema.get_field_index(name)
    return table.set_column(place, table.schema.field(name), values)
