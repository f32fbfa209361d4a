"""The command ingest: a raw folder in, a dataset and a summary out."""

from __future__ import annotations

import logging
import os
import time
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
    language_told,
    passwords_told,
    say,
    tell,
)
from pipeline.errors import not_written
from pipeline.execution.sandbox import MEMORY
from pipeline.ingest import ingest
from pipeline.run_report import RunReport
from pipeline.sanitize import sanitize_line
from pipeline.settings import Settings


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
    language = language_told(lang)
    settings = Settings(
        raw_dir,
        out,
        workers,
        timeout,
        language,
        passwords_told(),
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
    raise typer.Exit(done.exit_code)


def run_and_tell(settings: Settings) -> RunReport:
    """One run with its summary on the screen. Raises ChecksheetError where it could not run."""
    start = time.perf_counter()
    try:
        with _log_to(settings.out):
            run = _with_progress(settings)
    except OSError as error:
        raise not_written(error, settings.out) from error
    print_summary(console(), run, settings, time.perf_counter() - start)
    return run


INTERRUPTED = 130  # as shells have it: 128 and the number of the signal


class _log_to:  # noqa: N801  reads as a phrase where it is used
    """Writes the run's log, with times and tracebacks, to `ingest.log` beside the tables.

    The file is opened with its first line, when the run has the dataset to itself.
    """

    def __init__(self, out: Path) -> None:
        self._path = out / "ingest.log"
        self._handler: logging.Handler | None = None

    def __enter__(self) -> None:
        self._handler = logging.FileHandler(self._path, mode="w", encoding="utf-8", delay=True)
        self._handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
        logger = logging.getLogger("checksheet")
        logger.addHandler(self._handler)
        logger.setLevel(logging.INFO)
        logger.propagate = False

    def __exit__(self, *_: object) -> None:
        if self._handler is not None:
            logging.getLogger("checksheet").removeHandler(self._handler)
            self._handler.close()


def _with_progress(settings: Settings) -> RunReport:
    """Run with a progress bar on standard error."""
    words = load("pipeline.commands", "run_summary.toml")[settings.language]
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(words["reading"], total=None)

        def show(done: int, total: int, name: str) -> None:
            label = f"{words['reading']} {escape(sanitize_line(name)[-40:])}" if name else words["aligning"]
            bar.update(task, completed=done, total=total, description=label)

        return ingest(settings, show)
