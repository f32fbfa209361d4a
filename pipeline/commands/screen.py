"""Answers of a query in, tables on the screen out. Texts of received files cannot steer the terminal."""

from __future__ import annotations

from rich.table import Table
from rich.text import Text

from pipeline.commands.terminal import console
from pipeline.query.query import Answer
from pipeline.sanitize import sanitize_text


def shown(value: object) -> str:
    """A value for the terminal: nothing for null, figures to four places, texts that cannot steer it."""
    if value is None:
        return ""
    return str(round(value, 4)) if isinstance(value, float) else sanitize_text(str(value))


def print_answer(answer: Answer, note: str = "") -> None:
    """The rows as a table, and how many there are or what `note` says."""
    table = Table(show_edge=False, pad_edge=False, header_style="bold")
    for column in answer.columns:
        table.add_column(Text(sanitize_text(column)), overflow="fold")
    for row in answer.rows:
        table.add_row(*(Text(shown(value)) for value in row))
    screen = console()
    screen.print(table)
    screen.print(note or f"{len(answer.rows)} rows", style="dim")
