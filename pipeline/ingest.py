"""Raw folder in, dataset out: the whole flow on one page.

discover → plan (what is new?) → read what is new (workers) → join with what is known → forms, controls → write all at once
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

from extractors.issue import Issue
from pipeline.align.cached import matching_key
from pipeline.align.embeddings import load_meaning
from pipeline.assemble.collect import harvest, joined
from pipeline.assemble.derive import Catalogue, derive
from pipeline.catalogue.load import load_controls
from pipeline.dataset.lock import one_writer
from pipeline.dataset.tables import mend, write_tables
from pipeline.document.extraction_cache import drop_extracts, save_extract
from pipeline.document.process import Outcome
from pipeline.errors import RawFolderEmpty, RawFolderMissing, RawFolderUnreadable
from pipeline.execution.process_pool import read_all
from pipeline.incremental.password_salt import salt_of
from pipeline.incremental.plan import Plan, Terms, passwords_key, plan_run
from pipeline.incremental.previous_run import Before, read_before
from pipeline.review.alignments import read_decisions
from pipeline.review.vendors import corrected, read_corrections
from pipeline.run_report import Run, report
from pipeline.sanitize import harmless, on_one_line
from pipeline.settings import Settings
from pipeline.sources.discover import RawFile, discover, mark_of, passwords_beside
from pipeline.sources.file_index import load_seen, save_seen
from pipeline.system.fingerprints import meaning_version, reading_version

LOG = logging.getLogger("checksheet")
Progress = Callable[[int, int, str], None]


def ingest(settings: Settings, progress: Progress | None = None) -> Run:
    """Read what is new in the raw folder and write the dataset; what is done is kept where the run is interrupted.

    Raises RawFolderMissing and RawFolderUnreadable where the raw folder is missing or gone, DatasetBusy where another
    run writes, UserFileError where a user's file breaks its form, and OSError where the dataset cannot be
    written; it is then what it was. A file that cannot be read is a row in documents and problems.
    """
    if not settings.raw.is_dir():
        raise RawFolderMissing({"raw": settings.raw})
    catalogue = _catalogue(settings)
    corrections = read_corrections(settings.vendors) if settings.vendors else []
    with one_writer(settings.out):
        before = read_before(settings.out)
        files = _files(settings, before)
        passwords = (*settings.passwords, *passwords_beside(settings.raw))
        terms = replace(_terms(settings, passwords), corrections=tuple(corrections))
        plan = plan_run(files, before, settings.store, terms)
        key = _key(catalogue)
        if not plan.changes(before) and key == before.key and before.manifest:
            mend(settings.out, before.manifest)
            return report(settings.out, plan, {}, corrections)
        seconds: dict[str, float] = {}
        with contextlib.closing(_outcomes(plan, settings, terms, passwords, progress)) as outcomes:
            told = _timed(outcomes, seconds)
            new = harvest(islice(told, len(plan.tasks)), terms)
            again = harvest(told, terms)
        if not settings.raw.is_dir():
            raise RawFolderUnreadable({"why": settings.raw})
        rows = joined(plan, before, new, again)
        write_tables(settings.out, derive(rows, catalogue, settings.store), key)
        drop_extracts(settings.store, {str(one.row["sha256"]) for one in rows.known})
        return report(settings.out, plan, seconds, corrections)


def _catalogue(settings: Settings) -> Catalogue:
    decisions = read_decisions(settings.decisions) if settings.decisions else []
    meaning = load_meaning(settings.embeddings) if settings.embeddings else None
    return Catalogue(load_controls(settings.controls), tuple(decisions), meaning)


def _files(settings: Settings, before: Before) -> list[RawFile]:
    """The files of the raw folder; an empty one where there were files is rather a share that is gone."""
    started = time.time_ns()
    files = discover(settings.raw, {} if settings.fresh else load_seen(settings.store))
    there = sum(one.row["status"] != "removed" for one in before.known)
    if not files and there:
        raise RawFolderEmpty({"raw": settings.raw, "out": settings.out, "count": there})
    save_seen(settings.store, settings.raw, files, started)
    return files


def _terms(settings: Settings, passwords: tuple[str, ...]) -> Terms:
    key = passwords_key(passwords, salt_of(settings.store)) if passwords else "none"
    return Terms(
        settings.language, key, settings.timeout, settings.fresh, settings.prune, memory=settings.memory
    )


def _key(catalogue: Catalogue) -> str:
    """By what the tables are derived: program, words, controls and decisions, as one key."""
    told = repr((meaning_version(), matching_key(catalogue.controls, catalogue.meaning), catalogue.decisions))
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()


def _outcomes(
    plan: Plan, settings: Settings, terms: Terms, passwords: tuple[str, ...], progress: Progress | None
) -> Generator[Outcome]:
    """What comes of each file of the plan, in its order; what was read is in the store before it is handed on."""
    files: Sequence[RawFile] = (*plan.tasks, *plan.again)
    for number, found in enumerate(
        read_all(files, settings.workers, settings.timeout, passwords, settings.memory), 1
    ):
        outcome = _kept(found, settings.store)
        name = on_one_line(outcome.file.name)  # nobody adds a line to the log
        LOG.info("%s: %s in %.2f s", name, outcome.status, outcome.seconds)
        if outcome.trace:
            LOG.error("%s\n%s", name, harmless(outcome.trace))
        if progress:
            progress(number, len(files), outcome.file.name)
        yield corrected(outcome, terms.corrections)
    if progress:
        progress(len(files), len(files), "")


def _kept(outcome: Outcome, store: Path) -> Outcome:
    """The outcome, with what was read of it in the store; a failure where the file changed while it was read."""
    file = outcome.file
    if outcome.extract is None or file.mark is None:
        return outcome
    if not _is_as_hashed(file):
        return Outcome(file, "failed", outcome.media_type, issues=(Issue("file_changed"),))
    save_extract(store, file.sha256, outcome.extract, reading_version())
    return replace(outcome, extract=None)


def _is_as_hashed(file: RawFile) -> bool:
    """Whether the file is what it was when its bytes were hashed."""
    try:
        return mark_of(file.path) == file.mark
    except OSError:
        return False


def _timed(outcomes: Iterator[Outcome], seconds: dict[str, float]) -> Iterator[Outcome]:
    """The outcomes, with their seconds noted by path."""
    for outcome in outcomes:
        seconds[outcome.file.name] = outcome.seconds
        yield outcome
