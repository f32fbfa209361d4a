"""Answers of a query in, tables on the screen out. Texts of received files cannot steer the terminal."""

from __future__ import annotations

import re
import sys

from rich.table import Table
from rich.text import Text

from pipeline.analyse.query import Answer
from pipeline.commands.terminal import console

# Control characters but line feed and tab, and characters that turn the direction of writing.
_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def visible(text: str) -> str:
    """`text` with characters that steer a terminal shown as escapes (`\\x1b`)."""
    return _STEERING.sub(lambda found: ascii(found.group())[1:-1], text)


def shown(value: object) -> str:
    """A value for the terminal: nothing for null, figures to four places, texts that cannot steer it."""
    if value is None:
        return ""
    return str(round(value, 4)) if isinstance(value, float) else visible(str(value))


def print_answer(answer: Answer, note: str = "") -> None:
    """The rows as a table, and how many there are or what `note` says."""
    table = Table(show_edge=False, pad_edge=False, header_style="bold")
    for column in answer.columns:
        table.add_column(Text(visible(column)), overflow="fold")
    for row in answer.rows:
        table.add_row(*(Text(shown(value)) for value in row))
    screen = console()
    screen.print(table)
    screen.print(note or f"{len(answer.rows)} rows", style="dim")


def write_text(text: str) -> None:
    """Text for other programs to standard output; where a person reads it there, it cannot steer the terminal."""
    sys.stdout.write(visible(text) if sys.stdout.isatty() else text)
