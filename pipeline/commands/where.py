"""The command where: a row of the dataset in, the picture of its place in the received file out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from extractors.issue import Issue
from pipeline.commands.single_sheet import named_file
from pipeline.commands.terminal import (
    DATASET,
    PICTURES,
    RAW,
    Dataset,
    Lang,
    read_passwords,
    resolve_language,
    stop,
    tell,
)
from pipeline.execution.process_pool import run_apart
from pipeline.problems import message_of
from pipeline.sources.file_names import path_in
from pipeline.sources.passwords import passwords_of
from pipeline.viewer.answer_row import AnswerRow, draw_answer_row, read_answer_row
from pipeline.viewer.words import ViewerWords

_SECONDS = 120.0


def where_command(
    row: Annotated[
        str,
        typer.Argument(
            metavar="DOCUMENT:ROW", help="document_id or path, and row, as they stand in the table answers."
        ),
    ],
    dataset: Dataset = DATASET,
    raw: Annotated[Path, typer.Option("--raw", help="Folder of received sheets.")] = RAW,
    out: Annotated[Path | None, typer.Option("--out", help="PNG file to write.")] = None,
    show: Annotated[bool, typer.Option("--open", help="Open the picture.")] = False,
    lang: Lang = None,
) -> None:
    """Show where a row of the dataset stands in the received file: what it holds, and a picture with its cell marked."""
    language = resolve_language(lang)
    words = ViewerWords(language)
    answer_row = read_answer_row(dataset, row, words)
    tell("\n  ".join((answer_row.path, *answer_row.lines)))
    target = out or PICTURES / f"{answer_row.document_id}-{answer_row.row}.png"
    _write(target, _picture(raw, answer_row, language), words)
    tell(target)
    if show:
        typer.launch(str(target))


def _picture(raw: Path, answer_row: AnswerRow, language: str) -> bytes:
    """The picture, drawn in a process of its own; ends the command with code 1 where there is none."""
    path = path_in(raw, answer_row.path)
    try:
        file = named_file(path)
    except (FileNotFoundError, IsADirectoryError):
        stop(ViewerWords(language).say("where_gone", file=path))
    passwords = (*read_passwords(), *passwords_of(path, raw))
    drawn = run_apart(draw_answer_row, (file, answer_row, language, passwords), _SECONDS)
    if isinstance(drawn, bytes):
        return drawn
    tell(message_of(drawn, answer_row.path, language) if isinstance(drawn, Issue) else drawn, error=True)
    raise typer.Exit(1)


def _write(target: Path, data: bytes, words: ViewerWords) -> None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    except OSError as error:
        detail = error.strerror or type(error).__name__
        stop(words.say("not_written", folder=target, detail=detail))
