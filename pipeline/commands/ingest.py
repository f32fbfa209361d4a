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
from pipeline.commands.terminal import (
    CONTROLS,
    DATASET,
    DECISIONS,
    RAW,
    VENDORS,
    Embeddings,
    Lang,
    console,
    language_told,
    passwords_told,
    say,
    stop,
    tell,
)
from pipeline.confine import MEMORY
from pipeline.faults import UserFileFault
from pipeline.harmless import on_one_line
from pipeline.ingest import Run, Settings, ingest
from pipeline.summary import print_summary

_INTERRUPTED = 130  # 128 and the number of the signal, as shells tell it


def ingest_command(
    raw_dir: Annotated[Path, typer.Argument(help="Folder of received sheets.")] = RAW,
    out: Annotated[Path, typer.Option("--out", help="Folder to write the tables to.")] = DATASET,
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
    lang: Lang = None,
) -> None:
    """Read all sheets of RAW_DIR and write the dataset."""
    settings = Settings(
        raw_dir,
        out,
        workers,
        timeout,
        language_told(lang),
        passwords_told(),
        CONTROLS,
        DECISIONS,
        VENDORS,
        memory,
        embeddings,
    )
    start = time.perf_counter()
    try:
        with _log_to(out):
            run = _with_progress(settings)
    except UserFileFault as error:
        stop(say(settings.language, error.code, error.facts))
    except NotADirectoryError:
        stop(say(settings.language, "no_raw_folder", {"path": raw_dir}))
    except OSError as error:
        stop(say(settings.language, "no_place_for_dataset", {"path": out, "why": error.strerror or error}))
    except KeyboardInterrupt:
        tell(say(settings.language, "interrupted", {"path": out}), error=True)
        raise typer.Exit(_INTERRUPTED) from None
    print_summary(console(), run, settings, time.perf_counter() - start)
    raise typer.Exit(run.exit_code)


class _log_to:  # noqa: N801  reads as a phrase where it is used
    """Writes the run's log, with times and tracebacks, to `ingest.log` beside the tables."""

    def __init__(self, out: Path) -> None:
        self._path = out / "ingest.log"
        self._handler: logging.Handler | None = None

    def __enter__(self) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._handler = logging.FileHandler(self._path, mode="w", encoding="utf-8")
        self._handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
        logger = logging.getLogger("checksheet")
        logger.addHandler(self._handler)
        logger.setLevel(logging.INFO)
        logger.propagate = False

    def __exit__(self, *_: object) -> None:
        if self._handler is not None:
            logging.getLogger("checksheet").removeHandler(self._handler)
            self._handler.close()


def _with_progress(settings: Settings) -> Run:
    """Run with a progress bar on standard error."""
    words = load("pipeline", "summary.toml")[settings.language]
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(words["reading"], total=None)

        def show(done: int, total: int, name: str) -> None:
            label = f"{words['reading']} {escape(on_one_line(name)[-40:])}" if name else words["aligning"]
            bar.update(task, completed=done, total=total, description=label)

        return ingest(settings, show)
