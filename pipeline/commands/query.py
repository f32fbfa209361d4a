"""The commands that ask a dataset: query, describe, unknown."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from pipeline.analyse.query import Answer, DatasetMissing, QueryError, query, row_counts, to_csv, to_json
from pipeline.analyse.unknown import dataset_to_unknown, unknown_toml
from pipeline.commands.terminal import DATASET, Dataset, console, hand_out, no_dataset, stop, tell
from pipeline.harmless import harmless
from pipeline.schema import TABLES, columns_markdown


def query_command(
    sql: Annotated[
        str,
        typer.Argument(
            help="SQL over answers, documents, checklists, items, alignments, controls, rescued, problems."
        ),
    ],
    dataset: Dataset = DATASET,
    as_csv: Annotated[
        bool,
        typer.Option("--csv", help="Print CSV, formulas defused by an apostrophe."),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Ask the dataset in SQL (DuckDB).

    For another program take --json: its texts are as printed in the sheets.
    """
    if as_csv and as_json:
        stop("Choose one of --csv and --json.")
    try:
        answer = query(dataset, sql)
    except DatasetMissing as missing:
        stop(no_dataset(missing))
    except QueryError as error:
        tell(f"The query could not be run: {error}", error=True)
        raise typer.Exit(1) from error
    if as_csv:
        hand_out(to_csv(answer))
    elif as_json:
        tell(to_json(answer))
    else:
        _print_answer(answer)


def unknown_command(dataset: Dataset = DATASET) -> None:
    """Notations that no rule knows, as TOML to paste into normalizers/answers.toml, with their places."""
    try:
        tell(unknown_toml(dataset_to_unknown(dataset)))
    except DatasetMissing as missing:
        stop(no_dataset(missing))


def _print_answer(answer: Answer) -> None:
    table = Table(show_edge=False, pad_edge=False, header_style="bold")
    for column in answer.columns:
        table.add_column(Text(harmless(column)), overflow="fold")
    for row in answer.rows:
        table.add_row(*(Text(harmless(_shown(value))) for value in row))
    screen = console()
    screen.print(table)
    screen.print(f"{len(answer.rows)} rows", style="dim")


def _shown(value: object) -> str:
    """A value for the terminal: nothing for null, figures to four places."""
    if value is None:
        return ""
    return str(round(value, 4)) if isinstance(value, float) else str(value)


def describe_command(
    dataset: Dataset = DATASET,
    markdown: Annotated[bool, typer.Option("--markdown", help="Print docs/columns.md.")] = False,
) -> None:
    """Tables, columns, what they mean, and how many rows they hold."""
    if markdown:
        hand_out(columns_markdown())
        return
    try:
        counts = row_counts(dataset)
    except DatasetMissing as missing:
        stop(no_dataset(missing))
    screen = console()
    for entry in TABLES:
        screen.print(f"[bold]{entry.name}[/bold]  {counts[entry.name]} rows. {entry.about}")
        table = Table(show_header=False, show_edge=False, pad_edge=False, box=None)
        for column in entry.schema:
            table.add_row(
                Text(f"  {column.name}", style="cyan"), Text(column.metadata[b"description"].decode())
            )
        screen.print(table)
        screen.print()
