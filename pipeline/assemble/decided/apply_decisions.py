"""The dataset and people's decisions in, the dataset with these decisions out, in seconds: no file is opened, none is read again.

What a decision on a cell, an item or a control needs, stands in the tables. What files are read by (layouts) or given their
meaning by (legends, dates, vendors) waits for the next run, and is told.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.assemble.collect import CollectedRows
from pipeline.assemble.decided.decision_table import unused_decisions
from pipeline.assemble.derive import derive_tables
from pipeline.assemble.run_catalogue import load_catalogue
from pipeline.dataset.lock import lock_dataset
from pipeline.dataset.tables import TABLE_BY_NAME, plain_schema, read_table, write_tables
from pipeline.document.layout_decisions import decisions_key
from pipeline.document.status import READ
from pipeline.errors import DatasetMissing
from pipeline.incremental.plan import RunOptions, corrections_key, with_decisions
from pipeline.incremental.previous_run import KEPT, KnownDocument, PreviousRun, read_previous_run
from pipeline.review.decision import Decision
from pipeline.settings import Settings


@dataclass(frozen=True, slots=True)
class AppliedDecisions:
    """What came of it: whether the dataset is another now, the paths of files that wait for a run to follow what was decided of
    them, and the decisions that fit nothing."""

    changed: bool
    waiting: tuple[str, ...] = ()
    unused: tuple[Decision, ...] = ()


def apply_decisions(settings: Settings) -> AppliedDecisions:
    """Lay people's decisions over the dataset of `settings.out`.

    Raises DatasetMissing where there is none, DatasetBusy where a run writes it, UserFileError where a user's file breaks its
    form, and OSError where the dataset cannot be written; it is then what it was.
    """
    catalogue = load_catalogue(settings)
    with lock_dataset(settings.out):
        previous = read_previous_run(settings.out)
        if previous.manifest is None:
            raise DatasetMissing({"path": settings.out})
        changed = catalogue.key != previous.key
        if changed:
            tables = derive_tables(_rows(previous), catalogue, settings.store)
            write_tables(settings.out, tables, catalogue.key)
        rows = read_table(settings.out, "decisions").to_pylist()
    unused = {(row["kind"], row["key"]) for row in unused_decisions(rows)}
    return AppliedDecisions(
        changed,
        _waiting(catalogue.decisions, previous, settings),
        tuple(entry for entry in catalogue.decisions if (entry.kind, entry.key_text) in unused),
    )


def _rows(previous: PreviousRun) -> CollectedRows:
    """What the last run knew, as read."""
    tables = {name: previous.tables[name].cast(plain_schema(TABLE_BY_NAME[name])) for name in KEPT}
    return CollectedRows(previous.known, previous.checklists, tables)


def _waiting(decisions: tuple[Decision, ...], previous: PreviousRun, settings: Settings) -> tuple[str, ...]:
    """The files that were read, or given their meaning, by other decisions than these."""
    options = with_decisions(RunOptions(settings.language, passwords="", timeout=settings.timeout), decisions)
    documents = (
        known for known in previous.known if known.status in READ and known.row["duplicate_of"] is None
    )
    return tuple(dict.fromkeys(known.path for known in documents if not _is_current(known, options)))


def _is_current(known: KnownDocument, options: RunOptions) -> bool:
    same_layouts = known.decided == decisions_key(known.forms.split(), options.layouts)
    return same_layouts and known.corrections == corrections_key(known.path, options)
