"""The command explain: one received sheet in, pictures of what was read of it out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from extractors.issue import Issue
from pipeline.commands.single_sheet import decided_file
from pipeline.commands.terminal import PICTURES, RAW, read_passwords, resolve_language, stop, tell
from pipeline.execution.process_pool import run_apart
from pipeline.execution.sandbox import ProcessLimits
from pipeline.problems import message_of
from pipeline.sources.file_names import path_in
from pipeline.sources.passwords import passwords_of
from pipeline.viewer.pictures import Request, explain_file
from pipeline.viewer.words import ViewerWords

_EXPLAIN_SECONDS = 300.0


def explain_command(
    file: Annotated[Path, typer.Argument(help="One received sheet, or its path inside data/raw.")],
    page: Annotated[
        int | None, typer.Option("--page", min=1, help="This page only; of a workbook, this picture.")
    ] = None,
    sheet: Annotated[str | None, typer.Option("--sheet", help="This sheet of a workbook only.")] = None,
    out: Annotated[
        Path,
        typer.Option("--out", help="Folder of pictures; those of FILE go to a folder with its name in it."),
    ] = PICTURES,
    lang: Annotated[str | None, typer.Option("--lang", help="Language of the pictures: en or ja.")] = None,
) -> None:
    """Draw what was read of FILE, and what was not: a PNG picture of each page or sheet.

    The pictures are written to data/explain/<name of FILE>/, as page-001.png or sheet-01-<title>.png.
    """
    language = resolve_language(lang)
    words = ViewerWords(language)
    if not file.exists() and _is_in_raw(file):
        file = path_in(RAW, str(file))  # a path as the dataset tells it
    try:
        raw = decided_file(file)
    except FileNotFoundError:
        stop(words.say("no_file", file=file))
    except IsADirectoryError:
        stop(words.say("a_folder", file=file))
    request = Request(out, page, sheet, language, (*read_passwords(), *passwords_of(file, RAW)))
    done = run_apart(explain_file, (raw, request), ProcessLimits(_EXPLAIN_SECONDS, writes=True))
    if isinstance(done, Issue):
        slow = done.code == "file_took_too_long"  # its message tells of an option that this command has not
        message = words.say("too_long", file=raw.name, seconds=f"{_EXPLAIN_SECONDS:.0f}") if slow else ""
        tell(message or message_of(done, raw.name, language), error=True)
        raise typer.Exit(1)
    if done.refusal is not None:
        stop(done.refusal)
    for picture in done.pictures:
        tell(f"{picture.line}\n  {picture.path}")
    for note in done.notes:
        tell(note, error=True)
    raise typer.Exit(int(done.status in {"failed", "encrypted"} or not done.pictures))


def _is_in_raw(file: Path) -> bool:
    """Whether the raw folder holds the file, or the mail or archive that carries it."""
    return any(path_in(RAW, str(path)).is_file() for path in (file, *file.parents))
