"""The command ingest: a raw folder in, a dataset and a summary out."""

from __future__ import annotations

import errno
import logging
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from normalizers.vocabulary import load
from pipeline.commands.run_summary import print_summary
from pipeline.commands.terminal import (
    CONTROLS,
    DATASET,
    DECISIONS,
    RAW,
    VENDORS,
    Embeddings,
    Lang,
    RawFolder,
    TablesFolder,
    console,
    read_passwords,
    resolve_language,
    say,
    stop,
    tell,
)
from pipeline.dataset.lock import DatasetBusy
from pipeline.errors import UserFileFault
from pipeline.execution.sandbox import MEMORY
from pipeline.ingest import RawFolderEmpty, Settings, ingest
from pipeline.run_report import Run
from pipeline.sanitize import on_one_line
from pipeline.sources.discover import RawFolderUnreadable


def ingest_command(
    raw_dir: RawFolder = RAW,
    out: TablesFolder = DATASET,
    workers: Annotated[
        int, typer.Option("--workers", min=1, help="Processes that read files.")
    ] = os.cpu_count() or 1,
    timeout: Annotated[
        float, typer.Option("--timeout", min=1, help="Seconds that one file may take.")
    ] = 300.0,
    memory: Annotated[
        int, typer.Option("--memory", min=250, help="Megabytes that a process reading files may hold.")
    ] = MEMORY,
    embeddings: Embeddings = None,
    fresh: Annotated[bool, typer.Option("--fresh", help="Read everything again.")] = False,
    prune: Annotated[bool, typer.Option("--prune", help="Drop documents whose files are gone.")] = False,
    lang: Lang = None,
) -> None:
    """Read what is new or changed in RAW_DIR and write the dataset."""
    language = resolve_language(lang)
    settings = Settings(
        raw_dir,
        out,
        workers,
        timeout,
        language,
        read_passwords(),
        CONTROLS,
        DECISIONS,
        VENDORS,
        memory,
        embeddings,
        fresh,
        prune,
    )
    try:
        done = run_and_tell(settings)
    except KeyboardInterrupt:
        tell(say(language, "interrupted", {"out": out}), error=True)
        raise typer.Exit(INTERRUPTED) from None
    if isinstance(done, str):
        stop(done)
    raise typer.Exit(done.exit_code)


def run_and_tell(settings: Settings) -> Run | str:
    """One run with its summary on the screen; the sentence that says why where it could not run."""
    start = time.perf_counter()
    try:
        with _run_log(settings.out):
            run = _with_progress(settings)
    except UserFileFault as error:
        return say(settings.language, error.code, error.facts)
    except (NotADirectoryError, RawFolderUnreadable, RawFolderEmpty, DatasetBusy, OSError) as error:
        return _why_not(error, settings)
    print_summary(console(), run, settings, time.perf_counter() - start)
    return run


def _why_not(error: Exception, settings: Settings) -> str:
    """The sentence for what kept a run from being done."""
    key = _KEYS.get(type(error)) or _WHY.get(getattr(error, "errno", None) or 0, "dataset_not_written")
    facts: dict[str, object] = {"raw": settings.raw, "out": settings.out, "count": error}
    why = error.strerror or error if isinstance(error, OSError) else error
    holder = dict(error.holder) if isinstance(error, DatasetBusy) else {}
    return say(settings.language, key, facts | {"why": why} | holder)


INTERRUPTED = 130  # as shells have it: 128 and the number of the signal
_KEYS: dict[type[Exception], str] = {
    NotADirectoryError: "raw_missing",
    RawFolderUnreadable: "raw_gone",
    RawFolderEmpty: "raw_empty",
    DatasetBusy: "busy",
}
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_CLOSED = (errno.EROFS, errno.EACCES, errno.EPERM)
_WHY = dict.fromkeys(_FULL, "disk_full") | dict.fromkeys(_CLOSED, "folder_closed")


@contextmanager
def _run_log(out: Path) -> Iterator[None]:
    """Writes the run's log, with times and tracebacks, to `ingest.log` beside the tables.

    The file is opened with its first line, when the run has the dataset to itself.
    """
    handler = logging.FileHandler(out / "ingest.log", mode="w", encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    logger = logging.getLogger("checksheet")
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    logger.propagate = False
    try:
        yield
    finally:
        logger.removeHandler(handler)
        handler.close()


def _with_progress(settings: Settings) -> Run:
    """Run with a progress bar on standard error."""
    words = load("pipeline.commands.texts", "run_summary.toml")[settings.language]
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(words["reading"], total=None)

        def show(done: int, total: int, name: str) -> None:
            label = f"{words['reading']} {escape(on_one_line(name)[-40:])}" if name else words["aligning"]
            bar.update(task, completed=done, total=total, description=label)

        return ingest(settings, show)
