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
from pipeline.align.embeddings import load_embeddings
from pipeline.assemble.collect import collect_rows
from pipeline.assemble.derive import Catalogue, derive_tables
from pipeline.assemble.join import join_rows
from pipeline.catalogue.load import load_controls
from pipeline.dataset.lock import lock_dataset
from pipeline.dataset.tables import repair_dataset, write_tables
from pipeline.document.extraction_cache import drop_extractions, save_extraction
from pipeline.document.process import DocumentResult
from pipeline.document.status import DocumentStatus
from pipeline.errors import RawFolderEmpty, RawFolderMissing, RawFolderUnreadable
from pipeline.execution.process_pool import read_all
from pipeline.incremental.password_salt import load_salt
from pipeline.incremental.plan import RunOptions, RunPlan, passwords_key, plan_run
from pipeline.incremental.previous_run import PreviousRun, read_previous_run
from pipeline.incremental.run_report import RunReport, build_run_report
from pipeline.review.alignments import read_decisions
from pipeline.review.layouts import read_layout_decisions
from pipeline.review.legends import read_legend_decisions
from pipeline.review.vendors import apply_corrections, read_corrections
from pipeline.settings import Settings
from pipeline.sources.discover import RawFile, discover, passwords_beside, stamp_of
from pipeline.sources.file_index import load_seen_files, save_seen_files
from pipeline.system.fingerprints import meaning_fingerprint, reading_fingerprint
from pipeline.system.platform import long_path
from pipeline.texts.sanitize import sanitize_line, sanitize_text

LOG = logging.getLogger("checksheet")
_SCANS_LEFT = {"scan_skipped", "scan_out_of_time"}
Progress = Callable[[int, int, str], None]


def ingest(settings: Settings, progress: Progress | None = None) -> RunReport:
    """Read what is new in the raw folder and write the dataset; what is done is kept where the run is interrupted.

    Raises RawFolderMissing and RawFolderUnreadable where the raw folder is missing or gone, DatasetBusy where another
    run writes, UserFileError where a user's file breaks its form, and OSError where the dataset cannot be
    written; it is then what it was. A file that cannot be read is a row in documents and problems.
    """
    if not settings.raw.is_dir():
        raise RawFolderMissing({"raw": settings.raw})
    settings = replace(settings, raw=long_path(settings.raw), out=long_path(settings.out))
    catalogue = _catalogue(settings)
    corrections = read_corrections(settings.vendors) if settings.vendors else []
    with lock_dataset(settings.out):
        previous = read_previous_run(settings.out)
        files = _files(settings, previous)
        passwords = (*settings.passwords, *passwords_beside(settings.raw))
        decisions = tuple(entry.decision for entry in catalogue.layouts)
        legends = tuple(read_legend_decisions(settings.legends)) if settings.legends else ()
        options = replace(
            _options(settings, passwords), corrections=tuple(corrections), layouts=decisions, legends=legends
        )
        plan = plan_run(files, previous, settings.store, options)
        key = _key(catalogue)
        if not plan.changes(previous) and key == previous.key and previous.manifest:
            repair_dataset(settings.out, previous.manifest)
            return build_run_report(settings.out, plan, {}, corrections)
        seconds: dict[str, float] = {}
        with contextlib.closing(_outcomes(plan, settings, passwords, progress)) as outcomes:
            timed = _timed(outcomes, seconds)
            new = collect_rows(islice(timed, len(plan.tasks)), options)
            again = collect_rows(timed, options)
        if not settings.raw.is_dir():
            raise RawFolderUnreadable({"why": settings.raw})
        rows = join_rows(plan, previous, new, again)
        write_tables(settings.out, derive_tables(rows, catalogue, settings.store), key)
        drop_extractions(settings.store, {str(known.row["sha256"]) for known in rows.known})
        return build_run_report(settings.out, plan, seconds, corrections)


def _catalogue(settings: Settings) -> Catalogue:
    decisions = read_decisions(settings.decisions) if settings.decisions else []
    meaning = load_embeddings(settings.embeddings) if settings.embeddings else None
    layouts = read_layout_decisions(settings.layouts) if settings.layouts else []
    return Catalogue(load_controls(settings.controls), tuple(decisions), meaning, tuple(layouts))


def _files(settings: Settings, previous: PreviousRun) -> list[RawFile]:
    """The files of the raw folder; an empty one where there were files is rather a share that is gone."""
    started = time.time_ns()
    files = discover(settings.raw, {} if settings.fresh else load_seen_files(settings.store))
    known_files = sum(known.row["status"] != DocumentStatus.REMOVED for known in previous.known)
    if not files and known_files:
        raise RawFolderEmpty({"raw": settings.raw, "out": settings.out, "count": known_files})
    save_seen_files(settings.store, settings.raw, files, started)
    return files


def _options(settings: Settings, passwords: tuple[str, ...]) -> RunOptions:
    key = passwords_key(passwords, load_salt(settings.store)) if passwords else "none"
    return RunOptions(
        settings.language,
        key,
        settings.timeout,
        settings.fresh,
        settings.prune,
        memory=settings.memory,
        scans=settings.scans,
    )


def _key(catalogue: Catalogue) -> str:
    """By what the tables are derived: program, words, controls and decisions, as one key."""
    matching = matching_key(catalogue.controls, catalogue.meaning)
    text = repr((meaning_fingerprint(), matching, catalogue.decisions, catalogue.layouts))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _outcomes(
    plan: RunPlan,
    settings: Settings,
    passwords: tuple[str, ...],
    progress: Progress | None,
) -> Generator[DocumentResult]:
    """What comes of each file of the plan, in its order; what was read is in the store before it is handed on."""
    files: Sequence[RawFile] = (*plan.tasks, *plan.again)
    for number, result in enumerate(
        read_all(files, settings.workers, settings.timeout, passwords, settings.memory), 1
    ):
        outcome = _keep(result, settings.store)
        name = sanitize_line(outcome.file.name)  # nobody adds a line to the log
        LOG.info("%s: %s in %.2f s", name, outcome.status, outcome.seconds)
        if outcome.trace:
            LOG.error("%s\n%s", name, sanitize_text(outcome.trace))
        if progress:
            progress(number, len(files), outcome.file.name)
        yield apply_corrections(outcome, plan.options.corrections)
    if progress:
        progress(len(files), len(files), "")


def _keep(outcome: DocumentResult, store: Path) -> DocumentResult:
    """The outcome, with what was read of it in the store; a failure where the file changed while it was read."""
    file = outcome.file
    if outcome.extraction is None or file.stamp is None:
        return outcome
    if not _is_as_hashed(file):
        return DocumentResult(
            file, DocumentStatus.FAILED, outcome.media_type, issues=(Issue("file_changed"),)
        )
    if _SCANS_LEFT & {issue.code for issue in outcome.issues}:
        return replace(outcome, extraction=None)  # another run may read more of it
    save_extraction(store, file.sha256, outcome.extraction, reading_fingerprint())
    return replace(outcome, extraction=None)


def _is_as_hashed(file: RawFile) -> bool:
    """Whether the file is what it was when its bytes were hashed."""
    try:
        return stamp_of(file.path) == file.stamp
    except OSError:
        return False


def _timed(outcomes: Iterator[DocumentResult], seconds: dict[str, float]) -> Iterator[DocumentResult]:
    """The outcomes, with their seconds noted by path."""
    for outcome in outcomes:
        seconds[outcome.file.name] = outcome.seconds
        yield outcome
