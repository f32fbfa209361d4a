"""Raw folder in, dataset out: the whole flow on one page.

discover → plan (what is new?) → read what is new (workers) → join with what is known → forms, controls → write all at once
"""

from __future__ import annotations

import contextlib
import logging
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

from extractors.issue import Issue
from pipeline.assemble.collect import collect_rows
from pipeline.assemble.derive import derive_tables
from pipeline.assemble.join import join_rows
from pipeline.assemble.run_catalogue import load_catalogue, with_new_decisions
from pipeline.dataset.lock import lock_dataset
from pipeline.dataset.tables import repair_dataset, write_tables
from pipeline.document.extraction_cache import drop_extractions, save_extraction
from pipeline.document.process import DocumentResult
from pipeline.document.status import DocumentStatus
from pipeline.errors import RawFolderEmpty, RawFolderMissing, RawFolderUnreadable
from pipeline.execution.budget import Budgets
from pipeline.execution.choose_executor import choose_executor
from pipeline.execution.open_containers import OpeningOptions, with_contents
from pipeline.execution.read_files import read_all
from pipeline.execution.sandbox import ProcessLimits
from pipeline.incremental.expected_sheets import expected_sheets
from pipeline.incremental.password_salt import load_salt
from pipeline.incremental.plan import RunOptions, RunPlan, passwords_key, plan_run, with_decisions
from pipeline.incremental.previous_run import PreviousRun, read_previous_run
from pipeline.incremental.run_report import RunReport, build_run_report
from pipeline.review.lines.expected import SheetRequest, read_requests
from pipeline.review.vendors import apply_corrections
from pipeline.settings import Settings
from pipeline.sources.discover import RawFile, list_files, stamp_of
from pipeline.sources.file_index import load_seen_files, save_seen_files
from pipeline.sources.passwords import passwords_in, within_limits
from pipeline.system.fingerprints import reading_fingerprint
from pipeline.system.platform import long_path
from pipeline.system.private_files import close_folder, private_files
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
    catalogue = load_catalogue(settings)
    requests = read_requests(settings.expected) if settings.expected else []
    with private_files(settings.mask), lock_dataset(settings.out):
        for kept in (settings.store, settings.out / ".snapshots"):
            close_folder(kept, settings.mask)
        previous = read_previous_run(settings.out)
        listed = _files(settings, previous)
        passwords = _passwords(settings)
        options = with_decisions(_options(settings, passwords), catalogue.decisions)
        files = with_contents(listed, _opening(settings, passwords, options.passwords))
        plan = plan_run(files, previous, settings.store, options)
        same = not plan.changes(previous) and catalogue.key == previous.key
        if same and previous.manifest and settings.in_parts in {None, previous.manifest.in_parts}:
            repair_dataset(settings.out, previous.manifest)
            return _report(settings, plan, {}, requests)
        seconds: dict[str, float] = {}
        with contextlib.closing(_outcomes(plan, settings, passwords, progress)) as outcomes:
            timed = _timed(outcomes, seconds)
            new = collect_rows(islice(timed, len(plan.tasks)), options)
            again = collect_rows(timed, options)
        if not settings.raw.is_dir():
            raise RawFolderUnreadable({"why": settings.raw})
        rows = join_rows(plan, previous, new, again)
        catalogue = with_new_decisions(catalogue, settings)
        tables = derive_tables(rows, catalogue, settings.store)
        write_tables(settings.out, tables, catalogue.key, settings.in_parts)
        drop_extractions(settings.store, {str(known.row["sha256"]) for known in rows.known})
        return _report(settings, plan, seconds, requests)


def _report(
    settings: Settings, plan: RunPlan, seconds: dict[str, float], requests: Sequence[SheetRequest]
) -> RunReport:
    report = build_run_report(settings.out, plan, seconds)
    return replace(report, expected=tuple(expected_sheets(settings.out, plan, requests)))


def _files(settings: Settings, previous: PreviousRun) -> list[RawFile]:
    """The files of the raw folder; an empty one where there were files is rather a share that is gone."""
    started = time.time_ns()
    files = list_files(settings.raw, {} if settings.fresh else load_seen_files(settings.store))
    known_files = sum(known.row["status"] != DocumentStatus.REMOVED for known in previous.known)
    if not files and known_files:
        raise RawFolderEmpty({"raw": settings.raw, "out": settings.out, "count": known_files})
    save_seen_files(settings.store, settings.raw, files, started)
    return files


def _passwords(settings: Settings) -> tuple[str, ...]:
    """The passwords to try: a person's own, of the top of the raw folder, and of the folders that a person names."""
    return within_limits((*settings.passwords, *passwords_in([settings.raw, *settings.password_folders])))


def _opening(settings: Settings, passwords: tuple[str, ...], key: str) -> OpeningOptions:
    limits = ProcessLimits(settings.timeout, settings.memory)
    store = None if settings.fresh else settings.store
    return OpeningOptions(passwords, key, limits, store, settings.workers)


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


def _outcomes(
    plan: RunPlan,
    settings: Settings,
    passwords: tuple[str, ...],
    progress: Progress | None,
) -> Generator[DocumentResult]:
    """What comes of each file of the plan, in its order; what was read is in the store before it is handed on."""
    files: Sequence[RawFile] = (*plan.tasks, *plan.again)
    limits = ProcessLimits(settings.timeout, settings.memory)
    budgets = Budgets(3600 * settings.folder_hours)
    executor = choose_executor(settings.scheduler, settings.workers)
    for number, result in enumerate(read_all(files, executor, limits, passwords, budgets), 1):
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
