"""What the commands share: usual folders and options, the environment's settings, words, and how a command ends."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console

from normalizers.vocabulary import load
from pipeline.problems import LANGUAGES
from pipeline.sanitize import sanitize_text

RAW, DATASET, PICTURES = Path("data/raw"), Path("data/parquet"), Path("data/explain")
CONTROLS, DECISIONS = Path("data/controls"), Path("data/review/alignments.csv")
VENDORS = Path("data/review/vendors.csv")
Dataset = Annotated[Path, typer.Option("--dataset", help="Folder of the Parquet tables.")]
RawFolder = Annotated[Path, typer.Argument(help="Folder of received sheets.")]
TablesFolder = Annotated[Path, typer.Option("--out", help="Folder to write the tables to.")]
Lang = Annotated[str | None, typer.Option("--lang", help="Language of the messages: en or ja.")]
Embeddings = Annotated[
    Path | None, typer.Option("--embeddings", help="Folder of a model2vec model, one more sign of likeness.")
]
_PIPE_WIDTH = 120


def console() -> Console:
    """Standard output; into a file or pipe 120 columns wide, where no terminal tells its width."""
    return Console() if sys.stdout.isatty() else Console(width=_PIPE_WIDTH)


def say(language: str, key: str, words: dict[str, object]) -> str:
    """What words.toml says under `key`, with `words` put in."""
    return str(load("pipeline.commands", "words.toml")[language][key]).format_map(words)


def passwords_told() -> tuple[str, ...]:
    """Passwords of CHECKSHEET_PASSWORDS: one a line, or the whole text and its parts between commas."""
    told = os.environ.get("CHECKSHEET_PASSWORDS", "")
    lines = told.splitlines() if "\n" in told else [told, *told.split(",")]
    return tuple(dict.fromkeys(line for line in lines if line))


def language_told(asked: str | None) -> str:
    """`en` or `ja`: as asked, else by CHECKSHEET_LANG, else by the locale."""
    told = (
        asked
        or os.environ.get("CHECKSHEET_LANG")
        or os.environ.get("LC_ALL")
        or os.environ.get("LANG")
        or "en"
    )
    language = told[:2].lower()
    if asked and language not in LANGUAGES:
        raise typer.BadParameter(f"{asked} is not one of {', '.join(LANGUAGES)}", param_hint="--lang")
    return language if language in LANGUAGES else "en"


def tell(text: object, error: bool = False) -> None:
    """Print a line, on standard error if it tells of an error; control characters of files reach no terminal."""
    print(sanitize_text(str(text)), file=sys.stderr if error else sys.stdout)


def hand_out(text: str) -> None:
    """Write data for another program on standard output as it is; what a person sees on a terminal is made harmless."""
    sys.stdout.write(sanitize_text(text) if sys.stdout.isatty() else text)


def stop(message: str) -> NoReturn:
    """End the command with code 2 and a message."""
    tell(message, error=True)
    raise typer.Exit(2)
