"""The commands; the only place that reads arguments and the environment.

Exit codes: 0 all files read, 1 some files not read (or a query failed), 2 the command could not run.
"""

from __future__ import annotations

import logging
import os
import sys
import time
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from normalizers.vocabulary import load
from pipeline.align.review import DecisionsUnreadable
from pipeline.analyse.explain_words import Words
from pipeline.analyse.pictures import Request, explain_file
from pipeline.analyse.query import Answer, DatasetMissing, QueryError, query, row_counts, to_csv, to_json
from pipeline.analyse.unknown import dataset_to_unknown, unknown_toml
from pipeline.catalogue.load import ControlsUnreadable
from pipeline.commands import CONTROLS, DECISIONS, catalogue_app, map_command, review_app
from pipeline.discover import passwords_above, single_file
from pipeline.ingest import Run, Settings, ingest
from pipeline.problems import Problem, message_of
from pipeline.schema import TABLES, columns_markdown
from pipeline.summary import print_summary
from pipeline.terminal import language_told, passwords_told, stop
from pipeline.workers import run_apart

app = typer.Typer(help="Received check sheets in, a dataset out.", no_args_is_help=True, add_completion=False)
_RAW, _OUT, _PICTURES = Path("data/raw"), Path("data/parquet"), Path("data/explain")
_EXPLAIN_SECONDS = 300.0
_PIPE_WIDTH = 120
_NO_DATASET = (
    "There is no dataset: {path} is missing or damaged. "
    "Run `checksheet ingest` first, or name its folder with --dataset."
)
_Dataset = Annotated[Path, typer.Option("--dataset", help="Folder of the Parquet tables.")]


app.command("map")(map_command)
app.add_typer(review_app, name="review")
app.add_typer(catalogue_app, name="catalogue")


def main() -> None:
    """Entry point of the command `checksheet`."""
    app()


def _console() -> Console:
    """Standard output; into a file or pipe 120 columns wide, where no terminal tells its width."""
    return Console() if sys.stdout.isatty() else Console(width=_PIPE_WIDTH)


@app.command("ingest")
def ingest_command(
    raw_dir: Annotated[Path, typer.Argument(help="Folder of received sheets.")] = _RAW,
    out: Annotated[Path, typer.Option("--out", help="Folder to write the tables to.")] = _OUT,
    workers: Annotated[
        int, typer.Option("--workers", min=1, help="Processes that read files.")
    ] = os.cpu_count() or 1,
    timeout: Annotated[
        float, typer.Option("--timeout", min=1, help="Seconds that one file may take.")
    ] = 300.0,
    lang: Annotated[str | None, typer.Option("--lang", help="Language of the messages: en or ja.")] = None,
) -> None:
    """Read all sheets of RAW_DIR and write the dataset."""
    settings = Settings(
        raw_dir, out, workers, timeout, language_told(lang), passwords_told(), CONTROLS, DECISIONS
    )
    console = _console()
    start = time.perf_counter()
    try:
        with _log_to(out):
            run = _with_progress(settings)
    except (ControlsUnreadable, DecisionsUnreadable) as error:
        stop(str(error))
    except NotADirectoryError:
        stop(f"{raw_dir} is no folder. Name the folder that holds the received sheets.")
    except OSError as error:
        stop(
            f"The dataset could not be written to {out}: {error.strerror or error}. Check that the folder can be written."
        )
    print_summary(console, run, settings, time.perf_counter() - start)
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
            label = f"{words['reading']} {name[-40:]}" if name else words["aligning"]
            bar.update(task, completed=done, total=total, description=label)

        return ingest(settings, show)


@app.command("explain")
def explain_command(
    file: Annotated[Path, typer.Argument(help="One received sheet: PDF, workbook or text.")],
    page: Annotated[
        int | None, typer.Option("--page", min=1, help="This page only; of a workbook, this picture.")
    ] = None,
    sheet: Annotated[str | None, typer.Option("--sheet", help="This sheet of a workbook only.")] = None,
    out: Annotated[
        Path,
        typer.Option("--out", help="Folder of pictures; those of FILE go to a folder with its name in it."),
    ] = _PICTURES,
    lang: Annotated[str | None, typer.Option("--lang", help="Language of the pictures: en or ja.")] = None,
) -> None:
    """Draw what was read of FILE, and what was not: a PNG picture of each page or sheet.

    The pictures are written to data/explain/<name of FILE>/, as page-001.png or sheet-01-<title>.png.
    """
    language = language_told(lang)
    words = Words(language)
    try:
        raw = single_file(file)
    except FileNotFoundError:
        stop(words.say("no_file", file=file))
    except IsADirectoryError:
        stop(words.say("a_folder", file=file))
    request = Request(out, page, sheet, language, (*passwords_told(), *passwords_above(file)))
    done = run_apart(explain_file, (raw, request), _EXPLAIN_SECONDS)
    if isinstance(done, Problem):
        slow = done.code == "file_took_too_long"  # its message tells of an option that this command has not
        told = words.say("too_long", file=raw.name, seconds=f"{_EXPLAIN_SECONDS:.0f}") if slow else ""
        print(told or message_of(done, raw.name, language), file=sys.stderr)
        raise typer.Exit(1)
    if done.refusal is not None:
        stop(done.refusal)
    for picture in done.pictures:
        print(f"{picture.line}\n  {picture.path}")
    for note in done.notes:
        print(note, file=sys.stderr)
    raise typer.Exit(int(done.status in {"failed", "encrypted"} or not done.pictures))


@app.command("query")
def query_command(
    sql: Annotated[
        str,
        typer.Argument(
            help="SQL over answers, documents, checklists, items, alignments, controls, rescued, problems."
        ),
    ],
    dataset: _Dataset = _OUT,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Ask the dataset in SQL (DuckDB)."""
    if as_csv and as_json:
        stop("Choose one of --csv and --json.")
    try:
        answer = query(dataset, sql)
    except DatasetMissing as missing:
        stop(_NO_DATASET.format(path=missing))
    except QueryError as error:
        print(f"The query could not be run: {error}", file=sys.stderr)
        raise typer.Exit(1) from error
    if as_csv:
        sys.stdout.write(to_csv(answer))
    elif as_json:
        print(to_json(answer))
    else:
        _print_answer(answer)


@app.command("unknown")
def unknown_command(dataset: _Dataset = _OUT) -> None:
    """Notations that no rule knows, as TOML to paste into normalizers/answers.toml, with their places."""
    try:
        print(unknown_toml(dataset_to_unknown(dataset)))
    except DatasetMissing as missing:
        stop(_NO_DATASET.format(path=missing))


def _print_answer(answer: Answer) -> None:
    table = Table(show_edge=False, pad_edge=False, header_style="bold")
    for column in answer.columns:
        table.add_column(Text(column), overflow="fold")
    for row in answer.rows:
        table.add_row(*(Text(_shown(value)) for value in row))
    console = _console()
    console.print(table)
    console.print(f"{len(answer.rows)} rows", style="dim")


def _shown(value: object) -> str:
    """A value for the terminal: nothing for null, figures to four places."""
    if value is None:
        return ""
    return str(round(value, 4)) if isinstance(value, float) else str(value)


@app.command("describe")
def describe_command(
    dataset: _Dataset = _OUT,
    markdown: Annotated[bool, typer.Option("--markdown", help="Print docs/columns.md.")] = False,
) -> None:
    """Tables, columns, what they mean, and how many rows they hold."""
    if markdown:
        sys.stdout.write(columns_markdown())
        return
    try:
        counts = row_counts(dataset)
    except DatasetMissing as missing:
        stop(_NO_DATASET.format(path=missing))
    console = _console()
    for entry in TABLES:
        console.print(f"[bold]{entry.name}[/bold]  {counts[entry.name]} rows. {entry.about}")
        table = Table(show_header=False, show_edge=False, pad_edge=False, box=None)
        for column in entry.schema:
            table.add_row(
                Text(f"  {column.name}", style="cyan"), Text(column.metadata[b"description"].decode())
            )
        console.print(table)
        console.print()
