"""What the queue begins with: its answers and where to start, what people decided of them already, and of older sheets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from nicegui import run

from pipeline.app.workspace import Visit
from pipeline.assemble.decided.decided_before import DecidedBefore, read_decided_before
from pipeline.query.review_queue import QueueItem, read_queue_item
from pipeline.review.answers import answer_cells, cell_decisions
from pipeline.review.decision import Decision, DecisionKind
from pipeline.review.form_layouts.alike_forms import LayoutOffer, find_offers
from pipeline.review.form_layouts.form_legends import FormLegend
from pipeline.review.form_layouts.forms import FormLayouts, read_forms
from pipeline.review.form_layouts.layouts import layout_decisions
from pipeline.review.kinds import KINDS
from pipeline.review.store import read_decisions


@dataclass(frozen=True, slots=True)
class QueueStart:
    """The answers, the index of the one that was asked for, keys of what is decided, and by an answer's reference what a person
    had decided of it in an older sheet."""

    items: list[QueueItem]
    index: int | None
    decided: set[tuple[str, ...]]
    before: Mapping[str, DecidedBefore]


async def load_queue(visit: Visit, reference: str) -> QueueStart:
    """The queue of a visit, beginning at `DOCUMENT:ROW` where it is given. Raises ChecksheetError."""
    items = await run.io_bound(visit.workspace.queue.get)
    items, index = await _at(visit, items, reference)
    decided, before = await run.io_bound(_decided, visit)
    return QueueStart(items, index, decided, before)


def load_forms(visit: Visit) -> list[tuple[FormLayouts, LayoutOffer | None]]:
    """The forms that wait for a person, and those that are read otherwise than a form much like them was decided to be, each with
    that decision. Raises ChecksheetError."""
    forms = read_forms(visit.workspace.dataset)
    decided = layout_decisions(read_decisions(visit.workspace.folders.review).in_force)
    offers = find_offers(forms, decided)
    return [(form, offers.get(form.form_key)) for form in forms if form.waits or form.form_key in offers]


def load_legends(visit: Visit) -> list[FormLegend]:
    """The forms with marks that are not understood and that nobody decided; one odd answer is a matter of the queue itself.

    Raises ChecksheetError.
    """
    reviewed = read_decisions(visit.workspace.folders.review)
    said = {(entry.key[0], entry.key[1], entry.key[2]) for entry in reviewed.of(DecisionKind.LEGEND)}
    return [
        form
        for form in visit.workspace.legends.get()
        if any(
            mark.unclear > (0 if mark.meaning else 1)
            and not said & {(form.form_key, mark.mark, ""), ("", "", mark.meaning)}
            for mark in form.marks
        )
    ]


async def _at(visit: Visit, items: list[QueueItem], reference: str) -> tuple[list[QueueItem], int | None]:
    """The queue and the index of the answer that is asked for; one that is not in the queue stands before it."""
    if not reference:
        return items, None
    index = next((n for n, item in enumerate(items) if item.reference == reference), None)
    if index is not None:
        return items, index
    item = await run.io_bound(read_queue_item, visit.workspace.dataset, reference)
    if item is None:
        return items, None
    same = next((n for n, entry in enumerate(items) if entry.reference == item.reference), None)
    return (items, same) if same is not None else ([item, *items], 0)


def _decided(visit: Visit) -> tuple[set[tuple[str, ...]], dict[str, DecidedBefore]]:
    """Keys of the cells and items on which a decision is in force, applied to the dataset or not yet, and what was decided of
    older sheets."""
    reviewed = read_decisions(visit.workspace.folders.review)
    cells = (*reviewed.of(DecisionKind.ANSWER), *reviewed.of(DecisionKind.REPLY))
    keys = {decision_key(entry) for entry in (*cells, *reviewed.of(DecisionKind.DIRECTION))}
    return keys, read_decided_before(visit.workspace.dataset, cell_decisions(cells))


def decision_key(decision: Decision) -> tuple[str, ...]:
    """What a decision is of; a cell's place too, which tells two of one name apart."""
    if decision.kind == DecisionKind.DIRECTION:
        return decision.key
    return (*decision.key, decision.about_text(KINDS[decision.kind].about.index("place")))


def item_key(item: QueueItem) -> tuple[str, ...]:
    """What names the cell of an answer, as `decision_key` names it."""
    cells = answer_cells(item.row, item.row)
    return tuple(cells[name] for name in (*KINDS[DecisionKind.ANSWER].key, "place"))
