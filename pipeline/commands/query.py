"""The commands that ask a dataset: query, describe, unknown."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from pipeline.commands.terminal import (
    DATASET,
    Dataset,
    Lang,
    console,
    hand_out,
    print_answer,
    resolve_language,
    say,
    stop,
    tell,
    writing,
)
from pipeline.dataset.data_dictionary import columns_markdown
from pipeline.dataset.schema import TABLES
from pipeline.query.query import query, row_counts, to_csv, to_json
from pipeline.query.views.make_views import load_views


def query_command(
    sql: Annotated[
        str,
        typer.Argument(help="SQL over the tables and views that `checksheet describe` lists."),
    ],
    dataset: Dataset = DATASET,
    as_csv: Annotated[
        bool,
        typer.Option("--csv", help="Print CSV, formulas defused by an apostrophe."),
    ] = False,
    bom: Annotated[
        bool, typer.Option("--bom", help="Begin the CSV with a mark by which Excel knows that it is UTF-8.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    xlsx: Annotated[Path | None, typer.Option("--xlsx", help="Workbook to write the rows to.")] = None,
    lang: Lang = None,
) -> None:
    """Ask the dataset in SQL (DuckDB).

    For another program take --json: its texts are as printed in the sheets. In CSV and workbooks lists and structs are JSON.
    """
    language = resolve_language(lang)
    if as_csv + as_json + (xlsx is not None) > 1:
        stop(say(language, "csv_or_json", {}))
    if bom and not as_csv:
        stop(say(language, "bom_without_csv", {}))
    answer = query(dataset, sql)
    if xlsx is not None:
        from pipeline.outputs.xlsx.write_rows import write_rows  # noqa: PLC0415  a query starts without it

        with writing(xlsx, language):
            write_rows(xlsx, answer)
        tell(say(language, "rows_written", {"rows": len(answer.rows), "path": xlsx}))
    elif as_csv:
        hand_out(("\ufeff" if bom else "") + to_csv(answer))
    elif as_json:
        tell(to_json(answer))
    elif answer.columns == ("Success",):  # a statement that shows nothing
        tell(say(language, "nothing_shown", {}))
    else:
        print_answer(answer, say(language, "row_count", {"rows": len(answer.rows)}))


def unknown_command(
    dataset: Dataset = DATASET,
    lang: Lang = None,  # noqa: ARG001  in which an error is told
) -> None:
    """Notations that no rule knows, as TOML to paste into normalizers/answers/lexicon.toml, with their places."""
    from pipeline.query.unknown_notations import build_toml, read_unknown_notations  # noqa: PLC0415  slow import

    tell(build_toml(read_unknown_notations(dataset)))


def describe_command(
    dataset: Dataset = DATASET,
    markdown: Annotated[bool, typer.Option("--markdown", help="Print docs/columns.md.")] = False,
    lang: Lang = None,
) -> None:
    """Tables and views, columns, what they mean, and how many rows the tables hold."""
    language = resolve_language(lang)
    if markdown:
        hand_out(columns_markdown())
        return
    counts = row_counts(dataset)
    for entry in TABLES:
        columns = [(column.name, column.metadata[b"description"].decode()) for column in entry.schema]
        _print_columns(entry.name, f"{counts[entry.name]} rows. {entry.about}", columns)
    for view in load_views():
        if view.public:
            about = view.about_ja if language == "ja" else view.about
            _print_columns(view.name, f"view. {about}", view.columns)


def _print_columns(name: str, about: str, columns: Sequence[tuple[str, str]]) -> None:
    screen = console()
    screen.print(f"[bold]{name}[/bold]  {about}")
    table = Table(show_header=False, show_edge=False, pad_edge=False, box=None)
    for column, meaning in columns:
        table.add_row(Text(f"  {column}", style="cyan"), Text(meaning))
    screen.print(table)
    screen.print()
