"""The command ingest: a raw folder in, a dataset and a summary out."""

from __future__ import annotations

import os
import time
from dataclasses import replace
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from normalizers.vocabulary import load
from pipeline.commands.terminal import (
    CONTROLS,
    DATASET,
    RAW,
    REVIEW,
    Embeddings,
    Lang,
    PasswordFolders,
    RawFolder,
    TablesFolder,
    console,
    find_requests,
    read_cache,
    read_mask,
    read_passwords,
    resolve_language,
    say,
    tell,
)
from pipeline.dataset.objects.copies import local_places
from pipeline.dataset.storage import place_text
from pipeline.errors import ChecksheetError, not_written
from pipeline.incremental.run_log import run_log
from pipeline.incremental.run_report import RunReport
from pipeline.ingest import ingest
from pipeline.outputs.run_summary import print_summary
from pipeline.query.totals import count_dataset
from pipeline.settings import MEMORY, Settings
from pipeline.system.platform import holds_memory
from pipeline.system.signals import ends_kept, exit_code_of
from pipeline.texts.sanitize import sanitize_line

_CORES = os.cpu_count() or 1
Workers = Annotated[int, typer.Option("--workers", min=1, help="Processes that read files.")]
Timeout = Annotated[float, typer.Option("--timeout", min=1, help="Seconds that one file may take.")]
Memory = Annotated[
    int, typer.Option("--memory", min=250, help="Megabytes that a process reading files may hold.")
]
Fresh = Annotated[bool, typer.Option("--fresh", help="Read everything again.")]
Prune = Annotated[bool, typer.Option("--prune", help="Drop documents whose files are gone.")]
Scans = Annotated[
    bool, typer.Option("--scans/--no-scans", help="Read pages that are pictures, about 10 seconds a page.")
]
FolderHours = Annotated[
    float,
    typer.Option("--folder-hours", min=0.1, help="Hours of reading that one vendor's folder may take."),
]
Parts = Annotated[
    bool | None,
    typer.Option(
        "--parts/--no-parts",
        help="Write each table as a folder of parts, so that a file more writes what is new; kept until changed.",
        show_default=False,
    ),
]
Strict = Annotated[
    bool, typer.Option("--strict", help="End with 1 where a file could not be read; for scripts.")
]
Scheduler = Annotated[
    str | None,
    typer.Option(
        "--scheduler", help="Dask cluster that reads the files: tcp://HOST:8786, or local for one made here."
    ),
]


def ingest_command(
    raw_dir: RawFolder = RAW,
    out: TablesFolder = DATASET,
    workers: Workers = _CORES,
    timeout: Timeout = 300.0,
    memory: Memory = MEMORY,
    embeddings: Embeddings = None,
    fresh: Fresh = False,
    prune: Prune = False,
    scans: Scans = True,
    passwords_in: PasswordFolders = None,
    folder_hours: FolderHours = 4.0,
    parts: Parts = None,
    strict: Strict = False,
    scheduler: Scheduler = None,
    lang: Lang = None,
) -> None:
    """Read what is new or changed in RAW_DIR and write the dataset.

    Ends with 0 where the dataset was written, though some files could not be read (the summary says which; --strict makes
    that 1), with 1 where no file of the folder could be read, and with 2 where it could not run.
    """
    language = resolve_language(lang)
    settings = Settings(
        raw=raw_dir,
        out=out,
        workers=workers,
        timeout=timeout,
        language=language,
        passwords=read_passwords(),
        controls=CONTROLS,
        review=REVIEW,
        memory=memory,
        embeddings=embeddings,
        fresh=fresh,
        prune=prune,
        scans=scans,
        password_folders=tuple(passwords_in or ()),
        folder_hours=folder_hours,
        mask=read_mask(),
        expected=find_requests(language),
        scheduler=scheduler,
        in_parts=parts,
    )
    try:
        with ends_kept(RuntimeError, ChecksheetError):
            done = run_and_tell(settings)
    except KeyboardInterrupt as interrupt:
        tell(say(language, "interrupted", {"out": place_text(out)}), error=True)
        raise typer.Exit(exit_code_of(interrupt)) from None
    raise typer.Exit(done.strict_exit_code if strict else done.exit_code)


def run_and_tell(settings: Settings) -> RunReport:
    """One run with its summary on the screen. Raises ChecksheetError where it could not run."""
    start = time.perf_counter()
    if not holds_memory():
        tell(say(settings.language, "memory_not_held", {}), error=True)
    try:
        with local_places(settings.raw, settings.out, read_cache()) as places:
            in_parts = settings.in_parts if places.in_parts is None else places.in_parts
            local = replace(settings, raw=places.raw, out=places.out, in_parts=in_parts)
            with run_log(local.out):
                run = _with_progress(local)
            counts = count_dataset(local.out)
    except OSError as error:
        raise not_written(error, settings.out) from error
    seconds = time.perf_counter() - start
    print_summary(console(), run, counts, settings, seconds)
    return run


def _with_progress(settings: Settings) -> RunReport:
    """Run with a progress bar on standard error."""
    words = load("pipeline.outputs", "run_summary.toml")[settings.language]
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(words["reading"], total=None)

        def show(done: int, total: int, name: str) -> None:
            label = f"{words['reading']} {escape(sanitize_line(name)[-40:])}" if name else words["aligning"]
            bar.update(task, completed=done, total=total, description=label)

        return ingest(settings, show)
