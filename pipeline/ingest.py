"""Raw folder in, dataset out: the whole flow on one page.

discover → read every file (workers) → forms → align items with controls → write the tables
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.ages import with_ages
from pipeline.align.groups import Group, group_items
from pipeline.align.match import Item, Match, match_items
from pipeline.align.meaning import load_meaning
from pipeline.align.review import apply_decisions, read_decisions
from pipeline.catalogue.load import Control, load_controls
from pipeline.confine import MEMORY
from pipeline.dataset import write_dataset
from pipeline.discover import discover, passwords_beside
from pipeline.document import Outcome
from pipeline.forms import Form, forms_of
from pipeline.harmless import harmless, on_one_line
from pipeline.items import form_of_items, items_of
from pipeline.records import ChecklistRecords, Record
from pipeline.tables import (
    Row,
    alignment_rows,
    answer_row,
    checklist_row,
    control_rows,
    document_row,
    group_rows,
    item_rows,
    problem_rows,
    rescued_rows,
)
from pipeline.vendors import Correction, correct_vendors, read_corrections
from pipeline.workers import read_all

LOG = logging.getLogger("checksheet")
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run is told: folders, worker processes, seconds a file may take, language, passwords to try."""

    raw: Path
    out: Path
    workers: int = 2
    timeout: float = 300.0
    language: str = "en"
    passwords: tuple[str, ...] = ()
    controls: Path | None = None  # folder of a user's own controls
    decisions: Path | None = None  # file of people's decisions about alignments
    vendors: Path | None = None  # file of people's corrections of vendors
    memory: int = MEMORY  # megabytes a process that reads files may hold
    embeddings: Path | None = None  # folder of a user's embedding model


@dataclass(frozen=True, slots=True)
class Aligned:
    """Candidates of every item, groups of items that no control takes, and the controls of the run."""

    matches: dict[str, list[Match]]
    groups: tuple[Group, ...]
    controls: tuple[Control, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """What a run gave, for the summary: outcomes in order of path, the form of each checklist, forms' items and how many
    of these are aligned with a control.
    """

    outcomes: tuple[Outcome, ...]
    forms: tuple[tuple[Form, ...], ...]
    items: int
    aligned: int
    unused: tuple[Correction, ...] = ()  # corrections of vendors that fit no file

    @property
    def exit_code(self) -> int:
        """0 all files read, 1 some not."""
        return int(any(outcome.status in {"failed", "encrypted"} for outcome in self.outcomes))


def ingest(settings: Settings, progress: Progress | None = None) -> Run:
    """Read the raw folder and write the dataset.

    Raises VendorsUnreadable where the file of corrections breaks its form, NotADirectoryError where
    the raw folder is missing and OSError where the dataset cannot be written;
    a file that cannot be read is a row in documents and problems, not an error.
    """
    corrections = read_corrections(settings.vendors) if settings.vendors else []
    files = discover(settings.raw)
    passwords = (*settings.passwords, *passwords_beside(settings.raw))
    outcomes: list[Outcome] = []
    for outcome in read_all(files, settings.workers, settings.timeout, passwords, settings.memory):
        outcomes.append(outcome)
        name = on_one_line(outcome.file.name)  # nobody adds a line to the log
        LOG.info("%s: %s in %.2f s", name, outcome.status, outcome.seconds)
        if outcome.trace:
            LOG.error("%s\n%s", name, harmless(outcome.trace))
        if progress:
            progress(len(outcomes), len(files), outcome.file.name)
    if progress:
        progress(len(files), len(files), "")
    outcomes, unused = correct_vendors(with_ages(outcomes), corrections)
    for correction in unused:
        LOG.warning("line %d of %s fits no file: %s", correction.line, settings.vendors, correction.path)
    forms = _forms(outcomes)
    aligned = align(
        sorted(items_of(outcomes), key=lambda item: item.item_id), form_of_items(outcomes, forms), settings
    )
    write_dataset(settings.out, _rows(outcomes, forms, aligned, settings.language))
    taken = sum(candidates[0].accepted for candidates in aligned.matches.values() if candidates)
    return Run(tuple(outcomes), tuple(forms), len(aligned.matches), taken, tuple(unused))


def align(items: Sequence[Item], forms: Mapping[str, str], settings: Settings) -> Aligned:
    """Align items with the controls, follow people's decisions, group what is left.

    Raises ControlsUnreadable, DecisionsUnreadable and NoEmbeddings where a user's file breaks its form.
    """
    controls = load_controls(settings.controls)
    meaning = load_meaning(settings.embeddings) if settings.embeddings else None
    decisions = read_decisions(settings.decisions) if settings.decisions else []
    matches, lost = apply_decisions(match_items(items, controls, meaning), items, (decisions, controls))
    for decision in lost:
        LOG.warning("no item or control for the decision %s, %s", decision.item_id, decision.control_id)
    left = [item for item in items if not any(match.accepted for match in matches.get(item.item_id, ()))]
    return Aligned(matches, tuple(group_items(left, forms)), controls)


def _forms(outcomes: Sequence[Outcome]) -> list[tuple[Form, ...]]:
    """The form of every checklist of every outcome."""
    flat = iter(forms_of([checklist for outcome in outcomes for checklist in outcome.checklists]))
    return [tuple(next(flat) for _ in outcome.checklists) for outcome in outcomes]


def _rows(
    outcomes: Sequence[Outcome],
    forms: Sequence[Sequence[Form]],
    aligned: Aligned,
    language: str,
) -> dict[str, list[Row]]:
    """All rows of all tables."""
    accepted = {
        item_id: found[0] for item_id, found in aligned.matches.items() if found and found[0].accepted
    }
    grouped = {item.item_id: group.group_id for group in aligned.groups for item in group.items}
    rows: dict[str, list[Row]] = {
        "alignments": alignment_rows(aligned.matches),
        "controls": [*control_rows(aligned.controls), *group_rows(aligned.groups)],
    }
    for name in ("documents", "problems", "rescued", "checklists", "answers"):
        rows[name] = []
    seen: list[tuple[str, Form, ChecklistRecords, Record]] = []
    for outcome, kinds in zip(outcomes, forms, strict=True):
        rows["documents"].append(document_row(outcome, language))
        rows["problems"] += problem_rows(outcome, language)
        rows["rescued"] += rescued_rows(outcome)
        number = 0
        for place, (checklist, form) in enumerate(zip(outcome.checklists, kinds, strict=True), 1):
            rows["checklists"].append(checklist_row(outcome, place, checklist, form))
            for record in checklist.records:
                number += 1
                match = accepted.get(record.item_id)
                row = answer_row(outcome.file.document_id, (place, number), record, match)
                rows["answers"].append(row | {"control_id": row["control_id"] or grouped.get(record.item_id)})
                seen.append((outcome.file.document_id, form, checklist, record))
    rows["items"] = item_rows(seen)
    return rows
